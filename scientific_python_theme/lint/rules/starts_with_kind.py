"""ALT008: the alternative begins with "image of"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..mend import new_alternative
from ..model import Image, Severity
from ..wording import is_placeholder, is_vague, shown
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
    rest = (image.text or "").lstrip()
    match = _KIND.match(rest)
    if not match or not image.exposed:
        return
    said = shown(match[0].strip())
    while match:  # "Image of a picture of"
        rest = rest[match.end() :].lstrip()
        match = _KIND.match(rest)
    rest = rest.strip()
    if not rest:
        return
    better = rest[0].upper() + rest[1:]
    empty = is_placeholder(rest) or is_vague(rest)
    yield Remark(
        message=f"alternative text begins with {said}",
        help="say what it shows" if empty else f"begin with what it shows: {shown(better)}",
        fix=None if empty or image.alt != image.text else new_alternative(image, better, f"Strip {said}"),
    )
