"""Edits that rules offer: they know how each format writes an alternative."""

from __future__ import annotations

from .model import Applicability, Edit, Fix, Image, Place

_MARKUP = frozenset("\\*_[]<>&`|{}$")


def new_alternative(image: Image, text: str, message: str) -> Fix | None:
    """Write another alternative in place of the present one.

    Parameters
    ----------
    image : Image
        The image; its reader must have said where the alternative stands.
    text : str
        The new alternative.
    message : str
        What the fix does.

    Returns
    -------
    Fix or None
        None where the text cannot be written without knowing the source's own escapes.
    """
    place = image.alt_place
    if place is None or place.end_line == 0:
        return None
    if not text and image.element == "![]()":
        return None  # in Markdown empty brackets are no mark of a decoration
    if image.format == "html":
        written = _in_html(image, place, text)
    elif _MARKUP.isdisjoint(text) and "\n" not in text and '"' not in text:
        written = text
    else:
        return None
    return Fix(message=message, edits=(Edit(place=place, text=written),))


def _in_html(image: Image, place: Place, text: str) -> str:
    escaped = text.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;").replace("<", "&lt;")
    attribute = next((a for a in image.attributes if a.name == "alt"), None)
    if attribute is None:
        return escaped
    if attribute.value is None:
        return f'="{escaped}"'
    quoted = (attribute.place.end_line, attribute.place.end_column) != (place.end_line, place.end_column)
    return escaped if quoted else f'"{escaped}"'


def insert_alternative(image: Image, text: str, message: str) -> Fix | None:
    """Write an alternative where there is none.

    Parameters
    ----------
    image : Image
        The image; ``facts["insert_alt"]`` says where and in what form.
    text : str
        The alternative.
    message : str
        What the fix does.

    Returns
    -------
    Fix or None
        An unsafe fix: a person has to complete the text.
    """
    found = image.facts.get("insert_alt")
    if not found:
        return None
    place, form = found
    return Fix(
        message=message,
        edits=(Edit(place=place, text=form.format(text)),),
        applicability=Applicability.UNSAFE,
    )


def delete(place: Place, message: str) -> Fix:
    """Delete a span."""
    return Fix(message=message, edits=(Edit(place=place, text=""),))
