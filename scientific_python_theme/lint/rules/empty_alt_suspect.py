"""ALT006: an image is marked as decoration where one would expect a picture that tells something."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Severity
from . import Remark, rule


@rule(
    "ALT006",
    "empty-alt-suspect",
    severity=Severity.INFO,
    default=False,
    source="WCAG 2.2 SC 1.1.1, failure F39; ACT rule e88epe",
)
def check(image: Image) -> Iterator[Remark]:
    """An image that seems to matter is marked as decoration.

    A figure with a caption, a plot, the output of a notebook or a picture that opens itself in full size is
    seldom mere decoration. Only a person can tell: this rule asks.

    Bad: ``<figure><img src="fit.png" alt=""><figcaption>The fitted curve</figcaption></figure>``
    Good:
        <figure><img src="fit.png" alt="Curve through 20 points"><figcaption>The fit</figcaption></figure>

    """
    if image.alt != "" or not image.exposed or (image.text or "").strip() or image.facts.get("thumbnail"):
        return
    if image.made_by_code:
        yield Remark(
            message="a figure made by code is marked as decoration",
            help="say what the figure shows, unless the text beside it does",
            severity=Severity.WARNING,
        )
    elif image.around.caption:
        yield Remark(
            message="a figure with a caption is marked as decoration",
            help="say what the image shows; the caption need not be repeated",
        )
    elif image.facts.get("self_linked"):
        yield Remark(
            message="an image that opens in full size is marked as decoration",
            help="say what the image shows",
        )
