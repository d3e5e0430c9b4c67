"""ALT022: a picture comes from a style sheet."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Kind, Severity
from . import Remark, rule


@rule(
    "ALT022",
    "css-image",
    severity=Severity.INFO,
    default=False,
    source="WCAG 2.2 SC 1.1.1, failure F3",
)
def check(image: Image) -> Iterator[Remark]:
    """An empty element shows a background image.

    A background has no alternative and is gone in print and in high contrast. If it tells something, use
    ``<img>`` or add ``role="img"`` with ``aria-label``. Only ``style`` attributes are looked at.

    Bad: ``<div style="background-image: url(chart.png); height: 9em"></div>``
    Good: ``<div role="img" aria-label="Sales by month" style="background-image: url(chart.png)"></div>``
    """
    if image.kind is Kind.BACKGROUND:
        yield Remark(
            message="an element without text shows a background image",
            help='if it tells something, use <img alt="…"> instead',
        )
