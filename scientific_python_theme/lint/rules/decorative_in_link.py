"""ALT005: a link, button or heading has an image as its only content, and that says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Severity
from . import Remark, rule

_WHAT = {
    "link": ("link", "say where the link leads"),
    "button": ("button", "say what the button does"),
    "heading": ("heading", "say what the heading says"),
}


@rule(
    "ALT005",
    "decorative-in-link",
    severity=Severity.ERROR,
    undescribed=True,
    source="WCAG 2.2 SC 2.4.4, 4.1.2 and 1.3.1, failure F89; ACT rules c487ae and ffd0e9",
)
def check(image: Image) -> Iterator[Remark]:
    """A link, button or heading holds nothing but an image without a name.

    A screen reader says "link" and spells the address. In a link the image is never decoration: its
    alternative is the link's text, so say where the link leads. If visible text stands in the same link,
    ``alt=""`` is right.

    Bad: ``<a href="https://numpy.org"><img src="numpy.svg" alt=""></a>``
    Bad: ``<button><svg viewBox="0 0 8 8"><path d="M0 0h8"/></svg></button>``
    Good: ``<a href="https://numpy.org"><img src="numpy.svg" alt="NumPy home"></a>``
    Good: ``<a href="https://numpy.org"><img src="numpy.svg" alt=""> NumPy</a>``
    """
    around = image.around
    if (
        not around.container
        or around.container_name is None
        or around.container_name.strip()
        or not image.exposed
    ):
        return
    what, how = _WHAT.get(around.container, ("link", "say where it leads"))
    yield Remark(
        message=f"{what} has no text: nothing names the image in it",
        help=f"{how} in the image's alternative text",
    )
