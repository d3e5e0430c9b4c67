"""Findings as plain lists: what the cache stores, processes exchange and pages are merged by."""

from __future__ import annotations

import hashlib
import posixpath
from typing import Any

from .check import Checked, described, undescribed
from .fingerprint import address, digest
from .model import Applicability, Finding, Fix, Image, Kind, Place, Severity, Surroundings
from .rules import all_rules
from .text import Lines

#: Fields of a packed finding, in order.
Packed = list[Any]
STATES = ("undescribed", "described", "decorative")


def pack(finding: Finding, document_format: str, lines: Lines) -> Packed:
    """A finding as a list of numbers and texts; `unpack` is its inverse for all that is reported."""
    place, image = finding.place, finding.image
    chrome = bool(image and image.facts.get("chrome"))
    group = group_of(finding, lines) if document_format == "html" else ""
    around = image.around if image else Surroundings()
    return [
        finding.code,
        finding.severity.value,
        finding.message,
        place.line,
        place.column,
        place.end_line,
        place.end_column,
        place.note,
        finding.help,
        finding.fingerprint,
        finding.fix.applicability.value if finding.fix else "",
        image.src if image else None,
        image.alt if image else None,
        image.element if image else "",
        image.format if image else document_format,
        image.kind.value if image else "",
        [
            around.caption[:400],
            around.heading[:200],
            around.title[:200],
            around.href[:400],
            around.adjacent[:200],
        ],
        document_format,
        group,
        chrome,
    ]


def place_of(packed: Packed, path: str) -> Place:
    """Where a packed finding stands."""
    line, column, end_line, end_column, note = packed[3:8]
    return Place(path=path, line=line, column=column, end_line=end_line, end_column=end_column, note=note)


def unpack(packed: Packed, path: str) -> Finding:
    """A finding from its list; the image holds what reports show."""
    code, severity, message = packed[:3]
    help_, name, fix, src, alt, element, form, kind, around = packed[8:17]
    place = place_of(packed, path)
    image = None
    if src is not None:
        caption, heading, title, href, adjacent = around
        image = Image(
            src=src,
            alt=alt,
            place=place,
            kind=Kind(kind),
            element=element,
            format=form,
            around=Surroundings(caption=caption, heading=heading, title=title, href=href, adjacent=adjacent),
        )
    rules = all_rules()
    return Finding(
        code=code,
        name=rules[code].name if code in rules else "",
        severity=Severity(severity),
        message=message,
        place=place,
        help=help_,
        image=image,
        # The edits stay behind: whoever applies them reads the file anew.
        fix=Fix(message="", edits=(), applicability=Applicability(fix)) if fix else None,
        fingerprint=name,
    )


def group_of(finding: Finding, lines: Lines) -> str:
    """Key by which the same finding on several built pages is known."""
    if finding.image is None:
        return digest(finding.code, finding.message)
    return digest(finding.code, same(finding.image, lines))


def same(image: Image, lines: Lines) -> str:
    """Key by which the same image on several built pages is known.

    The address counts from the folder of the page, so that ``_static/logo.svg`` and ``../_static/logo.svg``
    are one image; an image without address is known by its markup.
    """
    folder = posixpath.dirname(image.place.path)
    target = image.src or image.around.href
    if not target or target.startswith("#"):
        start, end = lines.span(image.place)
        what = lines.text[start : min(end, start + 2000)].replace("../", "")
    elif "://" in target or target.startswith(("/", "data:")):
        what = address(target) if target.startswith("data:") else target
    else:
        what = posixpath.normpath(posixpath.join(folder, target))
    return digest(what, image.alt or "", image.element, image.kind.value, str(image.src != ""))


def coverage(checked: Checked) -> bytes:
    """Images of a document, eight bytes each: a digest of which image, and its state in the low two bits.

    Built pages show one image many times (the digest leaves the page out); in sources every image is its own.
    """
    flagged = undescribed(checked.findings)
    built = checked.document.format == "html"
    folder = posixpath.dirname(checked.document.path)
    out = bytearray()
    for n, image in enumerate(checked.document.images):
        state = described(image, flagged)
        if not state:
            continue
        if built and image.src:
            where = image.src if "://" in image.src else posixpath.normpath(posixpath.join(folder, image.src))
            key = f"{where}\0{image.alt}"
        else:
            key = f"{checked.document.path}\0{n}"
        raw = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(raw, "little") & ~3 | STATES.index(state)
        out += number.to_bytes(8, "little")
    return bytes(out)
