"""ALT001: an image has no alternative."""

from __future__ import annotations

from collections.abc import Iterator

from ..mend import insert_alternative
from ..model import Image, Kind, Severity
from ..wording import shown
from . import Remark, rule

_KINDS = frozenset({Kind.IMAGE, Kind.ROLE_IMG, Kind.OUTPUT})
_HOW = {
    "html": 'add alt="…" that says what it shows, or alt="" if it only decorates',
    "directive": "add an :alt: line that says what it shows; leave :alt: blank if it only decorates",
    "card": "add an :img-alt: line that says what it shows; leave :img-alt: blank if it only decorates",
    "yaml": 'add alt: "…" between the --- lines, with what it shows, or "" if it only decorates',
    "card-yaml": 'add img-alt: "…" between the --- lines, with what it shows, or "" if it only decorates',
    "mermaid": "write accTitle: … and accDescr: … in the diagram; :alt: has no effect in the browser",
    "```mermaid": 'write {alt="…"} behind mermaid, or accDescr: … in the diagram',
    "![]()": "write what it shows between the square brackets; mark a decoration with an attribute",
    "featuredImage": "add a description to its params",
    "resource": "add an alt beside it that says what it shows, as other entries have",
    "role-img": 'add aria-label="…" that says what it shows',
}


@rule(
    "ALT001",
    "missing",
    severity=Severity.ERROR,
    undescribed=True,
    source="WCAG 2.2 SC 1.1.1, failure F65; ACT rule 23a2a8",
)
def check(image: Image) -> Iterator[Remark]:
    """The image has no alternative text.

    A screen reader says "image", or reads out the file name. Whoever cannot see the picture does not learn
    what it shows, or whether it matters. Say what it shows in a sentence: for a plot the kind of chart, its
    axes and what can be seen. An image that only decorates is marked as such: ``alt=""`` in HTML, a blank
    ``:alt:`` in reStructuredText.

    Bad: ``<img src="residuals.png">``
    Good: ``<img src="residuals.png" alt="Histogram of residuals, centred on zero">``
    Good: ``<img src="wave.png" alt="">``
    """
    if image.kind not in _KINDS or not image.exposed or image.decorative:
        return
    if image.format == "notebook" and image.kind is Kind.OUTPUT:
        return  # ALT024 speaks once for a notebook
    if (image.text or "").strip() or image.facts.get("malformed") or image.facts.get("ignored_alt"):
        return  # ALT018 tells of words that were written
    if image.alt and not image.alt.strip():
        message = "alternative text holds nothing but white space"
    elif image.missing_ids:
        message = f"image has no name: {', '.join(image.missing_ids[:3])} leads to no text"
    elif image.facts.get("conflict"):
        message = f"image has no alternative text, and {image.facts['mark']} does not hold here"
    elif substitution := image.facts.get("substitution"):
        message = (
            f"the substitution's name {shown(substitution, 40)} is spoken in place of an alternative text"
        )
    else:
        message = "image has no alternative text"
    caption = image.around.caption
    nearby = f"; its caption: {shown(caption, 90)}" if caption else ""
    yield Remark(
        message=message,
        help=_HOW[_construct(image)] + nearby,
        fix=insert_alternative(image, "TODO: describe this image", "Insert a text to complete"),
    )


def _construct(image: Image) -> str:
    """What the image is written with, as a key of `_HOW`."""
    if image.kind is Kind.ROLE_IMG:
        return "role-img"
    if image.format == "html" or image.facts.get("shortcode"):
        return "html"
    if image.facts.get("yaml"):
        return "card-yaml" if image.facts.get("card") else "yaml"
    if image.element in _HOW:
        return image.element
    if image.format == "resource":
        return "resource"
    return "card" if image.facts.get("card") else "directive"
