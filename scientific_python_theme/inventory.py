"""Inventories (`objects.inv`): read them without trusting them, and write them for Hugo.

The parser is ours, not Sphinx's, because an inventory comes from another host: it bounds the
size before and after inflating, and refuses what Sphinx would pass over in silence.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import attrs

from .errors import InventoryError

MAX_FILE = 32 * 2**20  # bytes; the largest in use has under 2 MiB
MAX_TEXT = 128 * 2**20  # bytes after inflating

_LINE = re.compile(r"(.+?)\s+(\S+:\S+)\s+(-?\d+)\s+?(\S*)\s+(.*)")
# What Python's splitlines() and Sphinx would take for a line end, other controls, and characters that
# reorder or hide text: none has a place in a name.
_HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]")
# Characters that end an address, a scheme or host of its own, a step out of the documentation.
_BAD_URI = re.compile(r"[ \t\"'<>\\^`{|}]|^(?:[A-Za-z][A-Za-z0-9+.-]*:|/)|(?:^|/)\.\.(?:/|$)", re.M)


@attrs.frozen(kw_only=True, slots=True)
class Entry:
    """One target of an inventory.

    Parameters
    ----------
    name : str
        Full name, such as ``"numpy.fft.fft"``.
    role : str
        Domain and type, such as ``"py:function"`` or ``"std:label"``.
    uri : str
        Address relative to the root of the documentation, fragment included.
    title : str
        Text to show; the name when the inventory has none of its own.
    """

    name: str
    role: str
    uri: str
    title: str


@attrs.frozen(kw_only=True, slots=False)
class Inventory:
    """What one project's documentation can be linked at.

    Parameters
    ----------
    project, version : str
        As written in the file's header.
    rows : tuple of (name, role, uri, title)
        Raw entries in the order of the file: ``uri`` may end in ``$`` and ``title`` may be ``-``,
        both of which stand for the name.
    """

    project: str
    version: str
    rows: tuple[tuple[str, str, str, str], ...] = attrs.field(repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Entry]:
        return (_entry(row) for row in self.rows)

    @cached_property
    def _by_name(self) -> Mapping[str, list[tuple[str, str, str, str]]]:
        found: dict[str, list[tuple[str, str, str, str]]] = {}
        for row in self.rows:
            found.setdefault(row[0], []).append(row)
        return found

    def find(self, name: str, role: str = "") -> list[Entry]:
        """Entries of a name, in the order of the file.

        Parameters
        ----------
        name : str
            Exact name.
        role : str, optional
            ``"py:function"``, or a domain such as ``"py"``; any when empty.

        Returns
        -------
        list of Entry
            Empty if there is none.
        """
        rows = self._by_name.get(name, ())
        return [_entry(r) for r in rows if not role or r[1] == role or r[1].startswith(role + ":")]


def _entry(row: tuple[str, str, str, str]) -> Entry:
    name, role, uri, title = row
    uri = uri[:-1] + name if uri.endswith("$") else uri
    return Entry(name=name, role=role, uri=uri, title=name if title == "-" else title)


def read(file: Path) -> Inventory:
    """Read an inventory from a file; see `parse` for what it refuses.

    Parameters
    ----------
    file : pathlib.Path
        An ``objects.inv``.

    Returns
    -------
    Inventory
        What it holds.

    Raises
    ------
    InventoryError
        If the file cannot be read or trusted.
    """
    try:
        if file.stat().st_size > MAX_FILE:
            raise InventoryError(f"{file}: {file.stat().st_size:,} bytes, more than {MAX_FILE:,}; refused")
        data = file.read_bytes()
    except OSError as error:
        raise InventoryError(f"{file}: cannot be read ({error.strerror})") from error
    return parse(data, str(file))


def parse(data: bytes, where: str) -> Inventory:
    """Read an inventory, version 1 or 2.

    Parameters
    ----------
    data : bytes
        Content of an ``objects.inv``.
    where : str
        File or address, for messages.

    Returns
    -------
    Inventory
        What it holds.

    Raises
    ------
    InventoryError
        If it is a web page, truncated, damaged, too large before or after inflating, empty, or
        holds names or addresses that nothing but an attack would.
    """
    if len(data) > MAX_FILE:
        raise InventoryError(f"{where}: {len(data):,} bytes, more than {MAX_FILE:,}; refused")
    first, _, rest = data.partition(b"\n")
    match first.strip():
        case b"# Sphinx inventory version 2":
            project, version, text = _version_2(rest, where)
            lines_2 = text.split("\n")
            rows = tuple(row for row in map(_row, lines_2) if row)
            lines = sum(1 for line in lines_2 if line.strip())
        case b"# Sphinx inventory version 1":
            project, version, text = _header(rest, 2, where)
            rows = tuple(_version_1(text))
            lines = sum(1 for line in text.splitlines() if line.strip())
        case _:
            raise InventoryError(
                f"{where}: {_what_instead(data)}, not an inventory; is this the right address?"
            )
    if not rows:
        raise InventoryError(f"{where}: an inventory without entries; refused")
    if lines - len(rows) > max(2, lines // 100):
        raise InventoryError(f"{where}: {lines - len(rows):,} of {lines:,} lines cannot be read; refused")
    words = project + version + text.replace("\n", "")
    if not words.isprintable() and (hostile := _HOSTILE.search(words)):  # the first test is the quick one
        raise InventoryError(
            f"{where}: the character U+{ord(hostile.group()):04X} has no place in an inventory; refused"
        )
    if _BAD_URI.search("\n".join(row[2] for row in rows)):
        for name, _, uri, _ in rows:
            if not _BAD_URI.search(uri):
                continue
            raise InventoryError(
                f"{where}: the entry {_short(name)!r} has the address {_short(uri)!r}, "
                "which does not lie below the documentation; refused"
            )
    return Inventory(project=project, version=version, rows=rows)


def _row(line: str) -> tuple[str, str, str, str] | None:
    parts = line.split(" ", 4)
    if len(parts) == 5 and ":" in parts[1] and parts[0] and parts[2].lstrip("-").isdigit():
        name, role, _, uri, title = parts  # nearly all lines; the pattern costs five times as much
    elif match := _LINE.match(line.rstrip()):
        name, role, _, uri, title = match.groups()
    else:
        return None
    return name, role, uri, title.strip() or "-"


def _header(rest: bytes, lines: int, where: str) -> tuple[str, str, str]:
    parts = rest.split(b"\n", lines)
    if len(parts) <= lines:
        raise InventoryError(f"{where}: ends within its header; truncated?")
    try:
        project, version = (part.decode().rstrip()[11:].strip() for part in parts[:2])
        return project, version, parts[-1].decode() if lines == 2 else ""
    except UnicodeDecodeError as error:
        raise InventoryError(f"{where}: not UTF-8 ({error.reason}); damaged?") from error


def _version_2(rest: bytes, where: str) -> tuple[str, str, str]:
    project, version, _ = _header(rest, 3, where)
    check, body = rest.split(b"\n", 3)[2:]
    if b"zlib" not in check:
        raise InventoryError(f"{where}: its fourth line does not say that the rest is zlib; damaged?")
    inflate = zlib.decompressobj()
    try:
        text = inflate.decompress(body, MAX_TEXT + 1)
    except zlib.error as error:
        raise InventoryError(f"{where}: cannot be inflated ({error}); damaged or truncated?") from error
    if len(text) > MAX_TEXT:
        raise InventoryError(f"{where}: inflates to more than {MAX_TEXT:,} bytes; refused")
    if not inflate.eof:
        raise InventoryError(f"{where}: ends in the middle; truncated")
    try:
        return project, version, text.decode()
    except UnicodeDecodeError as error:
        raise InventoryError(f"{where}: not UTF-8 ({error.reason}); damaged?") from error


def _version_1(text: str) -> Iterator[tuple[str, str, str, str]]:
    for line in text.splitlines():
        parts = line.split(None, 2)
        if len(parts) == 3:
            name, kind, uri = parts
            if kind == "mod":
                yield name, "py:module", f"{uri}#module-$", "-"
            else:
                yield name, f"py:{kind}", f"{uri}#$", "-"


def _what_instead(data: bytes) -> str:
    start = data[:512].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<")):
        return "a web page"
    if not data:
        return "an empty file"
    if start.startswith(b"version https://git-lfs"):
        return "a Git LFS pointer (run: git lfs pull)"
    if start.startswith(b"# sphinx inventory version"):
        number = start[26:].split(b"\n")[0].strip().decode("utf-8", "replace")
        return f"version {_short(number)} of the format"
    return f"something that begins with {_short(data[:24].decode('utf-8', 'replace'))!r}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def tables(data: bytes, where: str) -> tuple[str, str, dict[str, dict[str, str]]]:
    """Read an inventory that was checked when it was locked, as quickly as can be.

    Parameters
    ----------
    data : bytes
        Content that `parse` has accepted before, as its digest in the lock proves.
    where : str
        File, for messages.

    Returns
    -------
    project, version : str
    entries : dict of str to dict of str to str
        By role and name: the address and the title, with a space between them.
    """
    if not data.startswith(b"# Sphinx inventory version 2"):
        found = parse(data, where)
        slow: dict[str, dict[str, str]] = {}
        for name, role, uri, title in found.rows:
            slow.setdefault(role, {})[name] = f"{uri} {title}"
        return found.project, found.version, slow
    project, version, text = _version_2(data.partition(b"\n")[2], where)
    entries: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for line in text.split("\n"):
        parts = line.split(" ", 3)
        if len(parts) == 4 and ":" in parts[1] and parts[2].lstrip("-").isdigit():
            entries[parts[1]][parts[0]] = parts[3]
        elif row := _row(line):
            entries[row[1]][row[0]] = f"{row[2]} {row[3]}"
    return project, version, entries


def for_hugo(inventory: Inventory, *, id_: str, docs: str) -> str:
    """Write an inventory as the JSON that the Hugo theme reads.

    Parameters
    ----------
    inventory : Inventory
        What to write.
    id_ : str
        Id of the project in the registry or the lock.
    docs : str
        Address under which the entries lie, ending in a slash.

    Returns
    -------
    str
        JSON: under ``names`` each name has one line per role, ``role uri title``; a dash stands
        for the name itself. One string per name keeps Hugo's reading of it quick. Of several entries of one
        role and name the last counts, as in Sphinx.
    """
    lines: dict[str, dict[str, str]] = {}
    for name, role, uri, title in inventory.rows:
        lines.setdefault(name, {})[role] = f"{role} {uri} {title}"
    names = {name: "\n".join(of.values()) for name, of in lines.items()}
    for name, role, uri, title in inventory.rows:
        low = name.lower()
        if low not in names and role in ("std:label", "std:term"):  # compared without regard to case
            names[low] = (
                f"{role} {uri[:-1] + name if uri.endswith('$') else uri} {name if title == '-' else title}"
            )
    return json.dumps(
        {
            "id": id_, "project": inventory.project, "version": inventory.version, "docs": docs,
            "names": dict(sorted(names.items())),
        },
        ensure_ascii=False, indent=0, separators=(",", ":"),
    ) + "\n"  # fmt: skip
