"""ALT012: different images of a page have the same alternative."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Document, Image, Kind, Severity
from ..wording import is_placeholder, is_vague, shown, words_of
from . import Remark, rule


@rule(
    "ALT012",
    "duplicate-alt",
    severity=Severity.INFO,
    default=False,
    document=True,
    source="WCAG 2.2 SC 1.1.1; ACT rule qt1vmo",
)
def check(document: Document) -> Iterator[tuple[Image | None, Remark]]:
    """Different images of a page have the same alternative text.

    Two plots that are both "Example output" cannot be told apart. Say what is different about each.

    Bad: ``<p><img src="a.png" alt="Fitted curve"></p><p><img src="b.png" alt="Fitted curve"></p>``
    Good: ``<p><img src="a.png" alt="Fitted line"></p><p><img src="b.png" alt="Fitted parabola"></p>``
    """
    first: dict[str, Image] = {}
    for image in document.images:
        text = words_of(image.text or "")
        if not text or not image.src or not image.exposed or image.kind in (Kind.LINK, Kind.AREA):
            continue
        if image.facts.get("math") or image.facts.get("thumbnail") or is_placeholder(text) or is_vague(text):
            continue
        known = first.setdefault(text, image)
        if known.src != image.src:
            yield (
                image,
                Remark(
                    message=f"same alternative text as on line {known.place.line}: {shown(image.text or '')}",
                    help="say what is different about this one",
                ),
            )
