"""ALT018: an attribute is given twice or misspelt, so that the alternative is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..mend import delete
from ..model import Attribute, Document, Edit, Fix, Image, Kind, Place, Severity
from ..wording import shown
from . import Remark, rule

_MISSPELT = {
    **dict.fromkeys(
        (
            "atl", "lat", "al", "altt", "aalt", "alt_text", "alt-text", "alttext", "alternate", "alternative",
            "alt-txt", "allt", "alr", "ait", "alts", "image-alt",
        ),
        "alt",
    ),
    **dict.fromkeys(
        ("arialabel", "aria-lable", "aria-labels", "area-label", "aria_label", "arai-label"), "aria-label"
    ),
    **dict.fromkeys(
        ("aria-labeledby", "aria-labelby", "aria-labelled-by", "aria-labellby"), "aria-labelledby"
    ),
    **dict.fromkeys(("titel", "tittle"), "title"),
}  # fmt: skip
_NEAR_ALT = re.compile(r"""alt[^a-z0-9=-][\w"'“”]*\Z|alt-?["'“”]""", re.IGNORECASE)
_BROKEN = re.compile(
    r"""(?P<name>\balt)(?P<sign>[\s]*[-:~;,+.][\s]*|[\s]+)(?=(?P<quote>["'])[^"'>]*(?P=quote))""",
    re.IGNORECASE,
)


@rule(
    "ALT018",
    "dup-or-misspelt-attr",
    severity=Severity.ERROR,
    document=True,
    source="HTML standard, duplicate-attribute; WCAG technique H94; ACT rule e6952f",
)
def check(document: Document) -> Iterator[tuple[Image | None, Remark]]:
    """An attribute or option is given twice or misspelt.

    Of two attributes of one name browsers keep the first and drop the other without a word; a misspelt one is
    dropped too. The text was written, and nobody hears it.

    Bad: ``<img src="a.png" alt="" alt="Fitted curve">``
    Bad: ``<img src="a.png" alt-"Fitted curve">``
    Good: ``<img src="a.png" alt="Fitted curve">``
    """
    for image in document.images:
        if image.kind is Kind.LINK:
            continue
        for remark in (*_twice(image), *_misspelt(image), *_malformed(image)):
            yield image, remark
    for attribute in document.facts.get("duplicates", ()):
        yield (
            None,
            Remark(
                message=f"attribute {attribute.name!r} is given twice in one <{attribute.value or 'tag'}>",
                help="browsers keep the first; delete one",
                place=attribute.place,
                severity=Severity.WARNING,
            ),
        )


def _twice(image: Image) -> Iterator[Remark]:
    first: dict[str, Attribute] = {}
    for attribute in image.attributes:
        if attribute.name not in first:
            first[attribute.name] = attribute
            continue
        if attribute.name == "class" and image.format == "markdown":
            continue  # {.one .two} adds up
        kept = first[attribute.name]
        same = kept.value == attribute.value
        fix = delete(attribute.place, "Delete the repetition") if same and image.format == "html" else None
        if len(first) > 200:
            return  # no tag that a person wrote
        lost = "" if same or not attribute.value else f"; {shown(attribute.value, 40)} is lost"
        yield Remark(
            message=f"{attribute.name!r} is given twice{lost}",
            help="keep one: the first wins" if image.format == "html" else "keep one",
            place=attribute.place,
            fix=fix,
        )


def _misspelt(image: Image) -> Iterator[Remark]:
    names = {a.name for a in image.attributes}
    if image.format == "resource" and image.alt is not None:
        return  # keys of data have no fixed spelling; the alternative was found
    for attribute in image.attributes:
        name = attribute.name
        meant = _MISSPELT.get(name)
        if meant is None and _NEAR_ALT.match(name):
            meant = "alt"
        if meant is None or meant in names:
            continue
        yield Remark(
            message=f"{shown(name, 30)} is no attribute here; {meant!r} was meant"
            if image.format == "html"
            else f"{shown(name, 30)} is not understood here; {meant!r} was meant",
            help=f"spell it {meant}",
            place=attribute.place,
            fix=_respell(image, attribute, meant),
        )
        return  # what follows a broken quote is debris


def _respell(image: Image, attribute: Attribute, meant: str) -> Fix | None:
    place = attribute.place
    if image.format != "html":
        return None  # the place is the value's there
    if attribute.name in _MISSPELT:
        end = place.column + len(attribute.name)
        name = Place(
            path=place.path, line=place.line, column=place.column, end_line=place.line, end_column=end
        )
        return Fix(message=f"Spell it {meant}", edits=(Edit(place=name, text=meant),))
    tag = str(image.facts.get("tag") or "")
    found = list(_BROKEN.finditer(tag))
    if len(found) != 1:
        return None
    line, column = _advance(tag, found[0].end("name"), image.place)
    end_line, end_column = _advance(tag, found[0].end(), image.place)
    sign = Place(path=place.path, line=line, column=column, end_line=end_line, end_column=end_column)
    return Fix(message='Write alt="…"', edits=(Edit(place=sign, text="="),))


def _advance(text: str, offset: int, start: Place) -> tuple[int, int]:
    breaks = text.count("\n", 0, offset)
    column = offset - text.rfind("\n", 0, offset) if breaks else start.column + offset
    return start.line + breaks, column


def _malformed(image: Image) -> Iterator[Remark]:
    for attribute in image.facts.get("malformed", ()):
        yield Remark(
            message=f"{shown(attribute.name, 30)} is written so that it is not understood",
            help='write alt="…"'
            if image.facts.get("shortcode")
            else "write :alt: with colons on both sides and a space behind",
            place=attribute.place,
        )
    ignored = image.facts.get("ignored_alt")
    if ignored is not None and ignored != (image.alt or ""):
        yield Remark(
            message=f"alt={shown(str(ignored), 40)} is lost in MyST and Hugo: the text in brackets wins",
            help="write the alternative between the square brackets",
        )
