"""Cells of reStructuredText tables, as lines that know where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

Lines = list[tuple[int, int]]
"""Lines as (start, end) in the text, without the indentation of their block; blank when start >= end."""

Cells = Callable[[str, Lines], Iterator[Lines]]
LARGEST = 2_000  # lines of a grid table; tracing its borders takes time with the square

_BORDER = re.compile(r"=[ =]*$")
GRID_BORDER = re.compile(r"\+-[-+]+-\+ *$")
_SPAN = re.compile(r"-[ -]*$")


def _columns_to_offsets(line: str) -> list[int] | None:
    """Where each column of a line begins, or None when every character is one column wide."""
    if line.isascii():
        return None
    starts: list[int] = []
    for i, char in enumerate(line):
        if unicodedata.combining(char):
            continue
        starts.append(i)
        if unicodedata.east_asian_width(char) in "WF":
            starts.append(i)
    return starts


def _cut(text: str, line: tuple[int, int], left: int, right: int | None) -> tuple[int, int]:
    """The span of a line between two columns."""
    start, end = line
    columns = _columns_to_offsets(text[start:end])
    if columns is None:
        first, last = start + left, end if right is None else start + right
    else:
        first = start + columns[left] if left < len(columns) else end
        last = end if right is None or right >= len(columns) else start + columns[right]
    last = min(last, end)
    if first >= last:
        return last, last
    return first, first + len(text[first:last].rstrip())


def grid_cells(text: str, block: Lines) -> Iterator[Lines]:
    """Cells of a table drawn with ``+---+``; docutils' own parser traces the borders.

    Parameters
    ----------
    text : str
        The whole text.
    block : Lines
        Lines of the table.

    Yields
    ------
    Lines
        The lines of one cell.
    """
    from docutils.parsers.rst.tableparser import GridTableParser, TableMarkupError
    from docutils.statemachine import StringList

    if len(block) > LARGEST:
        return
    rows = []
    for start, end in block:
        line = text[start:end]
        columns = _columns_to_offsets(line)
        if columns is None:
            rows.append(line)
        else:
            rows.append(
                "".join(line[k] if i == 0 or columns[i - 1] != k else "\0" for i, k in enumerate(columns))
            )
    if len(rows) < 3:
        return
    width = len(rows[0])
    parser = GridTableParser()
    try:
        parser.setup(StringList([row.ljust(width)[:width] for row in rows], "table"))
        parser.find_head_body_sep()
        parser.parse_table()
    except (TableMarkupError, IndexError, AssertionError, RecursionError):
        return
    cells: list[Any] = parser.cells
    for top, left, bottom, right, _ in cells:
        yield [_cut(text, line, left + 1, right) for line in block[top + 1 : bottom]]


def grid_end(text: str, lines: Lines, i: int) -> int:
    """Index after the last line of a grid table that begins at `i`."""
    j = i
    while j < len(lines) and lines[j][0] < lines[j][1] and text[lines[j][0]] in "+|":
        j += 1
    for k in range(j - 1, i + 1, -1):
        if GRID_BORDER.match(text, *lines[k]):
            return k + 1
    return j


def simple_end(text: str, lines: Lines, i: int) -> int:
    """Index after the last line of a simple table at `i`; without a bottom it takes all that follows."""
    found = last_border = 0
    last = len(lines) - 1
    width = lines[i][1] - lines[i][0]
    for j in range(i + 1, len(lines)):
        start, end = lines[j]
        if start < end and _BORDER.match(text, start, end):
            found += 1
            if end - start != width or found == 2 or j == last or lines[j + 1][0] >= lines[j + 1][1]:
                return j + 1
            last_border = j
    return last_border + 1 if found else len(lines)


def simple_cells(text: str, block: Lines) -> Iterator[Lines]:
    """Cells of a table ruled with ``===  ===``.

    Parameters
    ----------
    text : str
        The whole text.
    block : Lines
        Lines of the table.

    Yields
    ------
    Lines
        The lines of one cell.
    """
    columns = _spans(text[block[0][0] : block[0][1]])
    if not columns:
        return
    row: Lines = []
    for line in block[1:]:
        start, end = line
        if start < end and (_BORDER.match(text, start, end) or _SPAN.match(text, start, end)):
            shape = _spans(text[start:end]) if text[start] == "-" else columns
            yield from _row(text, row, shape)
            row = []
            continue
        first = _cut(text, line, *columns[0]) if start < end else (0, 0)
        if row and first[0] < first[1] and text[first[0] : first[1]].strip():
            yield from _row(text, row, columns)
            row = []
        row.append(line)
    yield from _row(text, row, columns)


def _spans(border: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[=-]+", border)]


def _row(text: str, lines: Lines, columns: list[tuple[int, int]]) -> Iterator[Lines]:
    for number, (left, right) in enumerate(columns if lines else []):
        stop = None if number == len(columns) - 1 else right
        yield [_cut(text, line, left, stop) for line in lines]


def csv_cells(text: str, block: Lines, delimiter: str, quote: str) -> Iterator[Lines]:
    """Cells of comma-separated values.

    Parameters
    ----------
    text : str
        The whole text.
    block : Lines
        Lines of the data.
    delimiter, quote : str
        One character each.

    Yields
    ------
    Lines
        The lines of one cell. A doubled quote inside stays doubled.
    """
    cell: Lines = []
    quoted = False
    for start, end in block:
        at = first = start
        while at < end:
            char = text[at]
            if quoted:
                close = text.find(quote, at, end)
                if close < 0:
                    at = end
                elif text.startswith(quote * 2, close) and close + 2 <= end:
                    at = close + 2
                else:
                    yield [*cell, (first, close)]
                    cell, quoted = [], False
                    stop = text.find(delimiter, close + 1, end)
                    at = first = end if stop < 0 else stop + 1
                    if stop < 0:
                        first = -1
                continue
            if char == " ":
                at += 1
            elif char == quote:
                quoted, at = True, at + 1
                first = at
            else:
                stop = text.find(delimiter, at, end)
                stop = end if stop < 0 else stop
                yield [(at, stop)]
                at = first = stop + 1
        if quoted:
            cell.append((min(first, end), end))
