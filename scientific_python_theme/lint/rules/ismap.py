"""ALT021: a map that only a mouse can use."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Severity
from . import Remark, rule


@rule(
    "ALT021",
    "ismap",
    severity=Severity.WARNING,
    source="WCAG 2.2 SC 2.1.1, failure F54; axe-core rule server-side-image-map",
)
def check(image: Image) -> Iterator[Remark]:
    """The image is a map that works by the mouse's position.

    With ``ismap`` the server is told where the mouse was; the keyboard cannot point. Use a map with areas, or
    links.

    Bad: ``<a href="/where"><img src="map.png" alt="Map" ismap></a>``
    Good: ``<img src="m.png" alt="Map" usemap="#m"><map name="m"><area href="/n" alt="North"></map>``
    """
    if image.facts.get("ismap") and image.exposed and image.around.container == "link":
        yield Remark(
            message="a server-side image map cannot be used with the keyboard",
            help="use <map> with <area alt>, or plain links",
        )
