"""ALT013: a drawing is announced as an image and has no name."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Kind, Severity
from . import Remark, rule


@rule(
    "ALT013",
    "svg-name",
    severity=Severity.ERROR,
    undescribed=True,
    source="WCAG 2.2 SC 1.1.1; ACT rule 7d6734; SVG-AAM",
)
def check(image: Image) -> Iterator[Remark]:
    """An SVG drawing with an image's role has no name.

    The role says that the drawing means something. Its name comes from ``aria-label``, ``aria-labelledby`` or
    a ``<title>`` that is the *first level* below it; text inside the drawing does not count. An icon that
    decorates takes ``aria-hidden="true"`` instead of a role. A drawing without a role is left alone.

    Bad: ``<svg role="img"><text>1 circle</text><circle r="4"/></svg>``
    Good: ``<svg role="img"><title>1 circle</title><circle r="4"/></svg>``
    Good: ``<svg aria-hidden="true"><circle r="4"/></svg>``
    """
    if image.facts.get("conflict"):
        return  # the role was given up; ALT017 speaks
    if image.kind is Kind.SVG and image.exposed and not image.decorative and not (image.text or "").strip():
        yield Remark(
            message=f"<{image.element}> has an image's role and no name",
            help='add aria-label="…" or a <title> right below; aria-hidden="true" if it only decorates',
        )
