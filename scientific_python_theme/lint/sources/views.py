"""Texts inside texts, and where each of their characters stands in the file that a person edits.

A docstring, a notebook cell or a string in a TOML body is read by the reader of its own format.
`View` carries such a text together with the map back to the file, so that readers nest freely
and places stay exact through escapes, indentation, tabs and line endings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from attrs import evolve

from ..model import Attribute, Document, Image, Place, Problem, Suppression

_LINE_END = re.compile(r"\r\n|\n|\r")
_UNUSUAL = re.compile("[\t\r\v\f\x1c-\x1e\x85\u2028\u2029\ufeff]")


class Source:
    """A file as it stands on disk, which turns offsets into lines and columns.

    Parameters
    ----------
    text : str
        Its whole text.
    path : str
        Path as shown to a person.
    """

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self._starts: list[int] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both 1-based."""
        if self._starts is None:
            self._starts = [0, *(m.end() for m in _LINE_END.finditer(self.text))]
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        if line == 1 and self.text.startswith("\ufeff"):
            column = max(1, column - 1)
        return line, column

    def offset(self, line: int, column: int) -> int:
        """Offset of a line and column."""
        if self._starts is None:
            self.position(0)
        assert self._starts is not None
        if line > len(self._starts):
            return len(self.text)
        return min(self._starts[max(line, 1) - 1] + max(column, 1) - 1, len(self.text))


class View:
    """A text to be read, and the way back to its file.

    Parameters
    ----------
    text : str
        What a reader sees.
    parent : View or Source
        The text it was taken from.
    pieces : list of (int, int) or None
        Where runs of characters come from: ``(offset here, offset in parent)``, ascending;
        None when both texts have the same offsets.
    note : str
        Finer address for a person, such as ``"cell 3"``.
    """

    def __init__(
        self,
        text: str,
        parent: View | Source,
        pieces: list[tuple[int, int]] | None = None,
        note: str = "",
    ) -> None:
        self.text = text
        self.parent = parent
        self.note: str = note or (parent.note if isinstance(parent, View) else "")
        self.wide: dict[int, int] = {}  # characters that are written with several, and with how many
        self._here = [p[0] for p in pieces] if pieces else None
        self._there = [p[1] for p in pieces] if pieces else None
        self._lines: Source | None = None

    @property
    def source(self) -> Source:
        """The file at the bottom."""
        below: View | Source = self
        while isinstance(below, View):
            below = below.parent
        return below

    def origin(self, offset: int) -> int:
        """Offset in the file of an offset in this text."""
        view: View | Source = self
        while isinstance(view, View):
            offset = view.step(offset)
            view = view.parent
        return offset

    def step(self, offset: int) -> int:
        """Offset in the parent of an offset in this text."""
        if self._here is None or self._there is None:
            return offset
        i = max(bisect_right(self._here, offset) - 1, 0)
        return self._there[i] + offset - self._here[i]

    def place(self, start: int, end: int | None = None) -> Place:
        """Span in the file of a span of this text.

        Parameters
        ----------
        start, end : int
            Offsets; `end` is exclusive, None for an empty span.

        Returns
        -------
        Place
            The same span as a person finds it in the file.
        """
        source = self.source
        first = self.origin(start)
        if end is None or end <= start:
            if source.text[max(first - 1, 0) : first + 1] == "\r\n":
                first -= 1  # never between the two
            last = first
        else:
            last = max(self.end_origin(end - 1), first)
        line, column = source.position(first)
        end_line, end_column = source.position(last)
        if end_column == 1 and end_line > line:  # never end on the line after a line break
            end_line, end_column = source.position(last - 1)
            end_column += 1
        return Place(
            path=source.path,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            note=self.note,
        )

    def end_origin(self, last: int) -> int:
        """Offset in the file just after a character, all of it if it is written as an escape."""
        view: View | Source = self
        while isinstance(view, View):
            last = view.step(last) + view.wide.get(last, 1) - 1
            view = view.parent
        return last + 1

    def pieces(self) -> list[tuple[int, int]]:
        """Where runs of characters come from: ``(offset here, offset in parent)``."""
        if self._here is None or self._there is None:
            return [(0, 0)]
        return list(zip(self._here, self._there, strict=True))

    def part(self, start: int, end: int) -> View:
        """A stretch of this text as a view of its own."""
        return View(self.text[start:end], self, [(0, start)])

    def relocate(self, place: Place) -> Place:
        """Move a place that counts in this text's own lines to the file."""
        if self._lines is None:
            self._lines = Source(self.text, "")
        start = self._lines.offset(place.line, place.column)
        end = self._lines.offset(place.end_line, place.end_column) if place.end_line else start
        return self.place(start, end)


class Weave:
    """Builds the text of a view out of stretches of its parent."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._pieces: list[tuple[int, int]] = []
        self._wide: dict[int, int] = {}
        self._length = 0
        self._next = -1

    def add(self, text: str, origin: int, width: int = 0) -> None:
        """Append characters that stand at `origin` in the parent; one of them may take up `width` there."""
        if not text:
            return
        if width:
            self._wide[self._length] = width
        if origin != self._next:
            self._pieces.append((self._length, origin))
        self._texts.append(text)
        self._length += len(text)
        self._next = origin + len(text)

    def view(self, parent: View | Source) -> View:
        """The finished view."""
        view = View("".join(self._texts), parent, self._pieces or [(0, 0)])
        view.wide = self._wide
        return view


def joined(views: list[View], note: str = "") -> View:
    """Several views of the same parent, one after the other.

    Parameters
    ----------
    views : list of View
        At least one.
    note : str
        Finer address for a person.

    Returns
    -------
    View
        Their texts in one.
    """
    pieces: list[tuple[int, int]] = []
    wide: dict[int, int] = {}
    length = 0
    for view in views:
        pieces.extend((length + here, there) for here, there in view.pieces())
        wide.update((length + offset, width) for offset, width in view.wide.items())
        length += len(view.text)
    whole_view = View("".join(v.text for v in views), views[0].parent, pieces, note)
    whole_view.wide = wide
    return whole_view


def whole(text: str, path: str) -> View:
    """A file's text as a view.

    Parameters
    ----------
    text, path : str
        Text and path as shown to a person.

    Returns
    -------
    View
        The whole text.
    """
    return View(text, Source(text, path))


def normal(view: View, *, tabs: bool = True) -> View:
    r"""The same text with ``\n`` line ends, no byte-order mark and, if wanted, no tabs.

    Parameters
    ----------
    view : View
        Any text.
    tabs : bool
        Whether tabs become spaces up to the next eighth column, as docutils does.

    Returns
    -------
    View
        `view` itself when there is nothing to do.
    """
    if not _UNUSUAL.search(view.text):
        return view
    weave = Weave()
    text, at, column = view.text, 0, 0
    for match in _UNUSUAL.finditer(text):
        start = match.start()
        if start < at:
            continue
        before = text[at:start]
        weave.add(before, at)
        line_end = before.rfind("\n")
        column = column + len(before) if line_end < 0 else len(before) - line_end - 1
        char = match.group()
        at = start + 1
        if char == "\t" and tabs:
            for _ in range(8 - column % 8):
                weave.add(" ", start)
                column += 1
        elif char in "\t\v\f":
            weave.add(char if char == "\t" else " ", start)
            column += 1
        elif char == "\ufeff":
            if start:
                weave.add(char, start)
                column += 1
        elif char == "\r" and text[at : at + 1] == "\n":
            weave.add("\n", at)
            at += 1
            column = 0
        else:
            weave.add("\n", start)
            column = 0
    weave.add(text[at:], at)
    return weave.view(view)


def relocate(document: Document, view: View) -> Document:
    """Move every place of a document that was read from `view.text` to the file below.

    Parameters
    ----------
    document : Document
        Read with `view.text` as if it were a file.
    view : View
        Where that text came from.

    Returns
    -------
    Document
        With places in the file.
    """

    def attribute(old: Attribute) -> Attribute:
        return evolve(old, place=view.relocate(old.place))

    def fact(value: Any) -> Any:
        if isinstance(value, Place):
            return view.relocate(value)
        if isinstance(value, Attribute):
            return attribute(value)
        if isinstance(value, tuple):
            return tuple(fact(v) for v in value)
        return value

    def image(old: Image) -> Image:
        return evolve(
            old,
            place=view.relocate(old.place),
            alt_place=old.alt_place and view.relocate(old.alt_place),
            attributes=tuple(attribute(a) for a in old.attributes),
            facts={name: fact(value) for name, value in old.facts.items()},
        )

    def suppression(old: Suppression) -> Suppression:
        return evolve(
            old,
            place=view.relocate(old.place),
            first=view.relocate(Place(path="", line=old.first)).line,
            last=view.relocate(Place(path="", line=old.last)).line if old.last else 0,
        )

    def problem(old: Problem) -> Problem:
        return evolve(old, place=view.relocate(old.place))

    return evolve(
        document,
        path=view.source.path,
        images=tuple(image(i) for i in document.images),
        suppressions=tuple(suppression(s) for s in document.suppressions),
        problems=tuple(problem(p) for p in document.problems),
    )
