"""ALT016: an image button has no name."""

from __future__ import annotations

from collections.abc import Iterator

from ..mend import insert_alternative
from ..model import Image, Kind, Severity
from ..wording import plain
from . import Remark, rule


@rule(
    "ALT016",
    "input-image",
    severity=Severity.ERROR,
    undescribed=True,
    source="WCAG 2.2 SC 1.1.1 and 4.1.2, failure F65; ACT rule 59796f",
)
def check(image: Image) -> Iterator[Remark]:
    """An image button has no name.

    Without one, browsers call it "Submit Query". Say what the button does. An empty ``alt`` does not hide it.

    Bad: ``<input type="image" src="go.png" alt="">``
    Good: ``<input type="image" src="go.png" alt="Search">``
    """
    if image.kind is not Kind.INPUT or not image.exposed:
        return
    if plain(image.text or "") in ("", "submit query"):
        yield Remark(
            message="image button has no name",
            help='add alt="…" that says what the button does',
            fix=insert_alternative(image, "TODO: say what this button does", "Insert a text to complete"),
        )
