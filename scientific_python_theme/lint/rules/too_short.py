"""ALT010: the alternative is a single character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ..model import Image, Kind, Severity
from ..wording import has_words, shown
from . import Remark, rule


@rule(
    "ALT010",
    "too-short",
    severity=Severity.WARNING,
    source="WCAG 2.2 SC 1.1.1, failure F30",
)
def check(image: Image) -> Iterator[Remark]:
    """The alternative text is a single character.

    "x" or "-" is what is typed to satisfy a checker. An image that only decorates takes an empty alternative
    instead. Emoji, ideographs and formulas may stand alone.

    Bad: ``<img src="a.png" alt="-">``
    Bad: ``<img src="a.png" alt="x">``
    Good: ``<img src="a.png" alt="">``
    """
    text = (image.text or "").strip()
    if (
        not text
        or not image.exposed
        or image.decorative
        or image.facts.get("math")
        or image.kind is Kind.LINK
    ):
        return
    if len(text) == 1:
        short = text.isascii() or unicodedata.category(text)[0] in "PZC"
    else:
        short = not has_words(text) and all(unicodedata.category(c)[0] in "PZC" for c in text)
    if short:
        what = f"a single character: {shown(text)}" if len(text) == 1 else f"punctuation: {text}"
        yield Remark(
            message=f"alternative text is only {what}",
            help='write what the image shows, or alt="" if it only decorates',
        )
