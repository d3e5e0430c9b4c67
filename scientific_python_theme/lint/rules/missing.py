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
    "rst": "add an :alt: line that says what it shows; leave :alt: blank if it only decorates",
    "markdown": "write what it shows between the square brackets; mark a decoration with an attribute",
}


@rule(
    "ALT001",
    "missing",
    severity=Severity.ERROR,
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
    if image.text is not None and image.format != "html" and image.alt == "" and image.generator == "":
        # A card or other directive whose tool writes alt="" by itself.
        message = "alternative text is left empty by the tool, not by you"
    elif image.alt and not image.alt.strip():
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
    how = _HOW.get(image.format, _HOW["html"])
    if image.kind is Kind.ROLE_IMG:
        how = 'add aria-label="…" that says what it shows'
    caption = image.around.caption
    nearby = f"; its caption: {shown(caption, 90)}" if caption else ""
    yield Remark(
        message=message,
        help=how + nearby,
        fix=insert_alternative(image, "TODO: describe this image", "Insert a text to complete"),
    )
