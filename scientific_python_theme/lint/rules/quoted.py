"""ALT026: the alternative is wrapped in quotes."""

from __future__ import annotations

from collections.abc import Iterator

from ..mend import new_alternative
from ..model import Image, Severity
from ..wording import shown
from . import Remark, rule

_PAIRS = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“", "`": "`"}


@rule(
    "ALT026",
    "quoted",
    severity=Severity.WARNING,
    source="docutils: an option's value is plain text; practice of screen readers",
)
def check(image: Image) -> Iterator[Remark]:
    """The alternative text is wrapped in quotes.

    In reStructuredText quotes around an option's value are not syntax: they become part of the text, and some
    screen readers speak them. ``--fix`` strips them.

    Bad: ``<img src="a.png" alt='"Histogram of residuals"'>``
    Good: ``<img src="a.png" alt="Histogram of residuals">``
    """
    text = (image.text or "").strip()
    if len(text) < 3 or not image.exposed or image.facts.get("math") or text[0] not in _PAIRS:
        return
    opening, closing = text[0], _PAIRS[text[0]]
    inside = text[1:-1]
    if text[-1] != closing or opening in inside or closing in inside or not inside.strip():
        return
    same = image.alt is not None and image.alt.strip() == text
    yield Remark(
        message=f"alternative text is wrapped in quotes: {shown(text)[1:-1]}",
        help="leave the quotes out",
        fix=new_alternative(image, inside.strip(), "Strip the quotes") if same else None,
    )
