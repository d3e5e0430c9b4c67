"""What a reader gathers while it goes through a file."""

from __future__ import annotations

import re
from bisect import bisect_right, insort

from attrs import evolve

from ..model import Attribute, Document, Image, Problem, Suppression
from .comments import Note, parse, suppressions
from .views import View, relocate

DEEPEST = 60  # nested blocks or texts; nobody writes more, machines do

_NO_PICTURE = re.compile(r"#|xref:|[^?#]*\.(?:mp4|m4v|webm|mov|ogv|avi|mkv)(?:[?#]|$)", re.IGNORECASE)


def names_no_picture(address: str) -> bool:
    """Whether an image's address is that of a video, or of a cell, table or note that mystmd embeds."""
    return _NO_PICTURE.match(address) is not None


class Collector:
    """Images, comments to the linter, included files and problems of one file."""

    def __init__(self) -> None:
        self.images: list[Image] = []
        self.notes: list[Note] = []
        self.ready: list[Suppression] = []
        self.includes: list[str] = []
        self.problems: list[Problem] = []
        self.heading = ""
        self.headings: list[tuple[int, str]] = []
        self.depth = 0
        self.nested = 0  # characters read again because they stand in a block of their own

    def head(self, view: View, offset: int, text: str) -> None:
        """Take a heading: what follows stands below it."""
        self.heading = text
        line = view.source.position(view.origin(offset))[0]
        insort(self.headings, (line, text), key=lambda heading: heading[0])

    def under_heading(self, image: Image) -> Image:
        """An image that was found apart from the text around it, with the heading above."""
        k = bisect_right(self.headings, image.place.line, key=lambda heading: heading[0])
        return evolve(image, around=evolve(image.around, heading=self.headings[k - 1][1])) if k else image

    def optional(self, start: int, part: int) -> None:
        """Tell images from index `start` on that they stand in a part of the page that may be left out."""
        self.images[start:] = [
            evolve(i, facts={**i.facts, "branch": ((-1, part), *i.facts.get("branch", ()))})
            for i in self.images[start:]
        ]

    def note(self, view: View, start: int, end: int, text: str, last: int, first: int = 0) -> bool:
        """Take a comment if it is for the linter; it covers line `first` up to the offset `last`."""
        understood = parse(text)
        if understood is None:
            return False
        place = view.place(start, end)
        last_line = view.source.position(view.origin(max(last - 1, start)))[0]
        self.notes.append(
            Note(verb=understood[0], codes=understood[1], place=place, last=last_line, first=first)
        )
        return True

    def problem(self, view: View, offset: int, message: str) -> None:
        """Record what could not be read."""
        self.problems.append(Problem(place=view.place(offset), message=message))

    def html(self, view: View, masked: str, original: str | None = None) -> None:
        """Read raw HTML: `masked` is the view's text with all else blanked out."""
        from . import html

        fragment = html.read_fragment(
            masked, view.source.path, original=view.text if original is None else original
        )
        document = relocate(fragment, view)
        for image in document.images:
            self.images.append(image if image.around.heading else self.under_heading(image))
        self.ready.extend(document.suppressions)
        self.problems.extend(document.problems)

    def document(self, path: str, form: str) -> Document:
        """All of it, in reading order."""
        if form in ("notebook", "resource"):  # a line more inside a string takes more than inserting it
            self.images = [_without_new_line(image) for image in self.images]
        notes = sorted(self.notes, key=lambda n: (n.place.line, n.place.column))
        for note in notes:
            if note.verb == "decorative":
                first = note.first or note.place.line
                self.images = [
                    evolve(i, decorative=True) if first <= i.place.line <= max(note.last, first) else i
                    for i in self.images
                ]
        return Document(
            path=path,
            format=form,
            images=tuple(sorted(self.images, key=lambda i: (i.place.line, i.place.column))),
            suppressions=tuple(
                sorted([*self.ready, *suppressions(notes)], key=lambda s: (s.place.line, s.place.column))
            ),
            includes=tuple(dict.fromkeys(self.includes)),
            problems=tuple(self.problems),
        )


def _without_new_line(image: Image) -> Image:
    insert = image.facts.get("insert_alt")
    if not insert or "\n" not in insert[1]:
        return image
    return evolve(image, facts={name: fact for name, fact in image.facts.items() if name != "insert_alt"})


def is_decorative(attributes: list[Attribute]) -> bool:
    """Whether options or attributes mark an image as needing no alternative."""
    for attribute in attributes:
        name, value = attribute.name.lower(), (attribute.value or "").strip().lower()
        if name in ("class", "figclass") and "decorative" in value.split():
            return True
        if name == "role" and value in ("presentation", "none"):
            return True
        if name in ("aria-hidden", "decorative") and value in ("true", "yes", "1"):
            return True
    return False
