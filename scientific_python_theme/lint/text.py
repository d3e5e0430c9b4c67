"""Lines, offsets and decoding: the text of a file as its editor counts it."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property

from .model import Place

_BREAK = re.compile(r"\r\n|\r|\n")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (
    ("utf-16-le", (False, True, False, True)),
    ("utf-16-be", (True, False, True, False)),
    ("utf-32-le", (False, True, True, True)),
    ("utf-32-be", (True, True, True, False)),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|coding[:=]\s*)([A-Za-z0-9][\w.-]{0,40})""")


def split_lines(text: str) -> list[str]:
    r"""Lines of a text without their ends; only ``\r\n``, ``\r`` and ``\n`` end a line.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        At least one line. `str.splitlines` would also break at form feeds and U+2028,
        which no editor counts.
    """
    return _BREAK.split(text)


def line_end(text: str, offset: int) -> str:
    """What ends the line at an offset; where nothing does, what ends the first line."""
    match = _BREAK.search(text, offset) or _BREAK.search(text)
    return match.group() if match else "\n"


#: Characters from which a line is kept: each finding of a page in one line asks for it.
LONG = 10_000


class Lines:
    """Turn places of a text into offsets and back.

    Parameters
    ----------
    text : str
        Text as decoded, line ends untouched.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._long: dict[int, str] = {}

    @cached_property
    def starts(self) -> list[int]:
        """Offset at which each line starts; most built pages never ask."""
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    def line(self, number: int) -> str:
        """Text of a line without its end; ``""`` beyond the file."""
        if not 1 <= number <= len(self.starts):
            return ""
        if number in self._long:
            return self._long[number]
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        line = self.text[start:end].rstrip("\r\n")
        if len(line) > LONG:
            self._long[number] = line
        return line

    def offset(self, line: int, column: int) -> int:
        """Offset of a 1-based line and column, clipped to the text."""
        if line < 1:
            return 0
        if line > len(self.starts):
            return len(self.text)
        limit = self.starts[line] if line < len(self.starts) else len(self.text)
        return min(self.starts[line - 1] + max(column, 1) - 1, limit)

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line and column of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def span(self, place: Place) -> tuple[int, int]:
        """Start and end offset of a place; an end before the start counts as the start."""
        start = self.offset(place.line, place.column)
        end = self.offset(place.end_line, place.end_column) if place.end_line else start
        return start, max(start, end)


def _wide(head: bytes) -> str:
    """Encoding of a text whose characters take two or four bytes each, told by where its zeros stand."""
    size = len(head) // 4
    if size < 2 or b"\0" not in head:
        return ""
    zeros = [head[n : 4 * size : 4].count(0) / size for n in range(4)]
    return next((name for name, full in _WIDE if all((z > 0.7) == f for z, f in zip(zeros, full, strict=True))
                 and all(z < 0.1 for z, f in zip(zeros, full, strict=True) if not f)), "")  # fmt: skip


def decode(data: bytes) -> tuple[str, str, str]:
    """Decode a file, whatever it holds.

    A byte-order mark wins, then zeros where UTF-16 and UTF-32 have them, then UTF-8, then the encoding
    the file declares (``<meta charset>``, ``coding:``), then Windows-1252, as browsers do.

    Parameters
    ----------
    data : bytes
        Content of the file.

    Returns
    -------
    text : str
        Text without byte-order mark.
    encoding : str
        Encoding that read it, suitable for writing it back.
    trouble : str
        Empty, or one line about bytes that fit no encoding tried.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(name, "replace")
            return (
                text,
                name,
                "" if "�" not in text else f"damaged {name} text; broken characters were replaced",
            )
    if name := _wide(data[:1024]):
        text = data.decode(name, "replace")
        return text, name, f"read as {name.upper()} without byte-order mark: save the file as UTF-8"
    try:
        return data.decode("utf-8"), "utf-8", ""
    except UnicodeDecodeError as error:
        start, reason = error.start, data[error.start]
    declared = _DECLARED.search(data[:2048])
    if declared:
        name = declared[1].decode("ascii")
        try:
            if codecs.lookup(name).name != "utf-8":
                return data.decode(name), name, ""
        except (LookupError, UnicodeError, ValueError):
            pass
    line = data.count(b"\n", 0, start) + 1
    text = data.decode("cp1252", "replace")
    return (
        text,
        "cp1252",
        f"line {line}: byte 0x{reason:02x} is not UTF-8; read as Windows-1252: save the file as UTF-8",
    )


def encode(new: str, encoding: str, *, data: bytes, old: str) -> bytes | None:
    """Encode a changed text as its file was, byte-order mark included.

    Parameters
    ----------
    new : str
        The changed text.
    encoding : str
        What `decode` said of the file.
    data : bytes
        Content of the file.
    old : str
        Its text.

    Returns
    -------
    bytes or None
        None where the encoding lacks a letter, or would write what was not changed with other bytes.
    """
    try:
        before, after = old.encode(encoding), new.encode(encoding)
    except UnicodeError:
        return None
    return data[: len(data) - len(before)] + after if data.endswith(before) else None
