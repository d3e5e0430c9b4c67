"""ALT008: the alternative begins with "image of"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..mend import new_alternative
from ..model import Image, Severity
from ..wording import shown
from . import Remark, rule

_KIND = re.compile(
    r"(?:(?:an?|the|this) )?(?:image|picture|photo(?:graph)?|pic|screenshot|graphic)s? "
    r"(?:of|showing|that shows|shows)(?: (?:an?|the))? "
    r"|(?:ein )?(?:bild|foto) (?:von|einer|eines|der|des) |(?:une )?(?:image|photo) (?:de|du|des) "
    r"|(?:una )?(?:imagen|foto) (?:de|del) |(?:uma )?(?:imagem|foto) (?:de|do|da) "
    r"|(?:un')?immagine (?:di|del|della) ",
    re.IGNORECASE,
)


@rule(
    "ALT008",
    "starts-with-kind",
    severity=Severity.INFO,
    default=False,
    source="W3C Web Accessibility Tutorials: Images, tips and tricks",
)
def check(image: Image) -> Iterator[Remark]:
    """The alternative text begins with "Image of".

    A screen reader has said "image" already. The kind of *chart* is another matter: "Scatter plot of …" tells
    much, and this rule leaves it alone.

    Bad: ``<img src="a.png" alt="Image of a heron at the lake">``
    Good: ``<img src="a.png" alt="Heron at the lake">``
    Good: ``<img src="a.png" alt="Scatter plot of mass against radius">``
    """
    text = image.text or ""
    match = _KIND.match(text.lstrip())
    if not match or not image.exposed:
        return
    rest = text.lstrip()[match.end() :].strip()
    if not rest:
        return
    better = rest[0].upper() + rest[1:]
    yield Remark(
        message=f"alternative text begins with {shown(match[0].strip())}",
        help=f"begin with what it shows: {shown(better)}",
        fix=new_alternative(image, better, f"Strip {shown(match[0].strip())}")
        if image.alt == image.text
        else None,
    )
