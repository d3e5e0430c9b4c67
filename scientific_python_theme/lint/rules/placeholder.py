"""ALT004: the alternative only says that there is a picture."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Kind, Severity
from ..wording import is_placeholder, is_vague, shown, words_of
from . import Remark, rule


@rule(
    "ALT004",
    "placeholder",
    severity=Severity.ERROR,
    undescribed=True,
    source="WCAG 2.2 SC 1.1.1, failures F30 and F39; ACT rule qt1vmo",
)
def check(image: Image) -> Iterator[Remark]:
    """The alternative text is a placeholder.

    "Image", "png", "Figure 2", "Out[3]" and "TODO" tell no more than that there is a picture, which a screen
    reader says anyway. Some come from tools: nbconvert writes "No description has been provided for this
    image". A lone "logo" or "chart" is a warning: name whose logo it is, and what the chart shows.

    Bad: ``<img src="a.png" alt="png">``
    Bad: ``<img src="a.png" alt="Out[3]">``
    Good: ``<img src="a.png" alt="Residuals against fitted values, without a trend">``
    """
    text = (image.text or "").strip()
    if (
        not text
        or not image.exposed
        or image.decorative
        or image.kind is Kind.LINK
        or image.facts.get("math")
    ):
        return
    if is_placeholder(text):
        yield Remark(
            message=f"alternative text {shown(text)} is a placeholder",
            help="write what the image shows"
            if image.kind is not Kind.AREA
            else "write where the area leads",
        )
    elif is_vague(text):
        yield Remark(
            message=f"alternative text {shown(text)} does not say of what",
            help=_remedy(image, text.lower()),
            severity=Severity.WARNING,
        )


def _remedy(image: Image, text: str) -> str:
    beside = image.around.container in ("link", "button") and words_of(image.around.container_text)
    if beside and ("logo" in text or "icon" in text):  # its name would repeat them
        how = 'use alt=""' if image.format == "html" else "mark it as decoration"
        return f"{how}: the {image.around.container} has words beside it"
    return "write whose: the project's name" if "logo" in text else "write what it shows"
