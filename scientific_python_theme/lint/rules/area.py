"""ALT015: an area of an image map has no name."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Kind, Severity
from . import Remark, rule


@rule(
    "ALT015",
    "area",
    severity=Severity.ERROR,
    undescribed=True,
    source="WCAG 2.2 SC 1.1.1 and 2.4.4, failure F65; ACT rule c487ae; axe-core rule area-alt",
)
def check(image: Image) -> Iterator[Remark]:
    """An area of an image map leads somewhere and has no name.

    To a screen reader each area is a link. Say where it leads. Areas without ``href`` need no name.

    Bad: ``<img src="m.png" alt="Classes" usemap="#m"><map name="m"><area href="a.html"></map>``
    Good:
        <img src="m.png" alt="Classes" usemap="#m"><map name="m"><area href="a.html" alt="class A"></map>

    """
    if image.kind is Kind.AREA and image.exposed and not (image.text or "").strip():
        yield Remark(
            message="area of an image map has no name", help='add alt="…" that says where the area leads'
        )
