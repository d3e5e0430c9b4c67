"""ALT012: different images of a page have the same alternative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Document, Image, Kind, Severity
from ..wording import is_placeholder, is_vague, shown, words_of
from . import Remark, rule

# Classes and ends of addresses by which themes, Quarto, GitHub and MkDocs choose a picture for a scheme.
_SCHEME = re.compile(r"only-(light|dark)\b|\b(light|dark)-(?:theme|content|(?:mode-)?only)\b")


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

    Two plots that are both "Example output" cannot be told apart. Say what is different about each. Pictures
    of which a page may never show both, for light and dark or in branches of a template, are left alone.

    Bad: ``<p><img src="a.png" alt="Fitted curve"></p><p><img src="b.png" alt="Fitted curve"></p>``
    Good: ``<p><img src="a.png" alt="Fitted line"></p><p><img src="b.png" alt="Fitted parabola"></p>``
    """
    first: dict[str, list[Image]] = {}
    for image in document.images:
        text = words_of(image.text or "")
        if not text or not image.src or not image.exposed or image.kind in (Kind.LINK, Kind.AREA):
            continue
        if image.facts.get("math") or image.facts.get("thumbnail") or is_placeholder(text) or is_vague(text):
            continue
        others = first.setdefault(text, [])
        known = next((other for other in others if not _apart(other, image)), None)
        if known is None:
            others.append(image)
        elif known.src != image.src:
            yield (
                image,
                Remark(
                    message=f"same alternative text as on line {known.place.line}: {shown(image.text or '')}",
                    help="say what is different about this one",
                ),
            )


def _apart(one: Image, other: Image) -> bool:
    """Whether a page never shows both images."""
    if {_scheme(one), _scheme(other)} == {"light", "dark"}:
        return True
    pairs = zip(one.facts.get("branch", ()), other.facts.get("branch", ()), strict=False)
    for (choice, branch), (other_choice, other_branch) in pairs:
        if choice != other_choice:
            return False
        if branch != other_branch:
            return True
    return False


def _scheme(image: Image) -> str:
    match = _SCHEME.search(f"{image.src.rpartition('#')[2]} {' '.join(image.classes)}")
    return match[1] or match[2] if match else ""
