"""Write suppression comments, each tried out before it is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import evolve

from ..files import write_atomically
from . import shape
from .check import Checked
from .model import Finding, Image, Kind
from .rules import all_rules
from .run import read_bytes
from .settings import Settings
from .sources import format_of, trees
from .sources.views import whole
from .suppress import UNUSED
from .text import Lines, decode, encode, line_end

Check = Callable[[Path, Settings, str], Checked]
Insertions = list[tuple[int, str]]
"""Offsets, and what is inserted there."""

_CELL = re.compile(r"cell (\d+)")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_HASH = re.compile(r"[ \t]*#:?[ \t]*")
_OPENS = (".. ", "```", "~~~", ":::")
#: How far up a comment is tried: before the block, the item, the table, the directive around an image.
ABOVE = 6


def add(path: Path, findings: Sequence[Finding], settings: Settings, check: Check) -> list[Finding]:
    """Silence findings of one file by comments that change nothing else in the document.

    Parameters
    ----------
    path : pathlib.Path
        File to edit, atomically.
    findings : sequence of Finding
        Findings to silence.
    settings : Settings
        Rules and options.
    check : callable
        ``check(path, settings, text) -> Checked``.

    Returns
    -------
    list of Finding
        Findings for which no comment works, with their places in the file as it is now.
    """
    data, trouble = read_bytes(str(path))
    if trouble:
        return list(findings)
    text, encoding, trouble = decode(data)
    if trouble or encode(text, encoding, data=data, old=text) is None:
        return list(findings)
    # Comparing whole documents takes longer than asking the rules: once for all edits is mostly enough.
    for careful in (False, True):
        edited, left = _silence(text, path, findings, settings, check, careful)
        if careful or edited == text or shape.same(text, edited, path.name):
            break
    written = encode(edited, encoding, data=data, old=text)
    if written is not None and edited != text:
        write_atomically(path, written)
    return left


def _silence(
    text: str, path: Path, findings: Sequence[Finding], settings: Settings, check: Check, careful: bool
) -> tuple[str, list[Finding]]:
    """The text with comments, and the findings that are left, where they then stand."""
    checked = check(path, settings, text)
    spots = _spots(text, checked)
    lines = Lines(text)
    waiting = [(f, (f.code, lines.offset(f.place.line, f.place.column))) for f in findings]
    waiting.sort(key=lambda one: one[1][1])
    left: list[tuple[Finding, tuple[str, int]]] = []
    while waiting:
        finding, spot = waiting.pop()
        own = spots.get(spot)
        if own is None or finding.code == UNUSED:
            left.append((finding, spot))
            continue
        line = _line(own)
        codes = sorted(
            {f.code for f, s in [(finding, spot), *waiting] if s in spots and _line(spots[s]) == line}
        )
        for insertions in _candidates(text, own, codes, path, checked):
            edited, moved = _insert(text, insertions)
            after = check(path, settings, edited)
            now = _spots(edited, after)
            before = {(code, moved(offset)) for code, offset in spots}
            gone = (spot[0], moved(spot[1])) not in now or all_rules()[finding.code].collective
            if not gone or now.keys() - before or len(now) >= len(spots):
                continue
            if len(after.document.problems) > len(checked.document.problems):
                continue
            if careful and not shape.same(text, edited, path.name):
                continue
            silenced = {s for s in spots if (s[0], moved(s[1])) not in now}
            waiting, left = (
                [(f, (s[0], moved(s[1]))) for f, s in some if s not in silenced] for some in (waiting, left)
            )
            text, checked, spots = edited, after, now
            break
        else:
            left.append((finding, spot))
    here = [(f, spots.get(s)) for f, s in reversed(left)]
    return text, [evolve(f, place=own.place, image=own.image) if own else f for f, own in here]


def _line(finding: Finding) -> int:
    return finding.image.place.line if finding.image else finding.place.line


def _spots(text: str, checked: Checked) -> dict[tuple[str, int], Finding]:
    """Findings by rule and offset."""
    lines = Lines(text)
    return {(f.code, lines.offset(f.place.line, f.place.column)): f for f in checked.findings}


def _insert(text: str, insertions: Insertions) -> tuple[str, Callable[[int], int]]:
    """The text with insertions, and where an offset then lies."""
    edited = text
    for offset, new in sorted(insertions, reverse=True):
        edited = edited[:offset] + new + edited[offset:]
    return edited, lambda at: at + sum(len(new) for offset, new in insertions if offset <= at)


def _candidates(
    text: str, finding: Finding, codes: list[str], path: Path, checked: Checked
) -> Iterator[Insertions]:
    """Edits that may silence a finding, those that reach least far first."""
    form = format_of(path.name) or "rst"
    if form == "notebook":
        yield from _in_cells(text, finding, codes, checked)
        return
    if form == "json":
        return  # has no comments
    lines = Lines(text)
    image = finding.image
    inner = image.format if image else form
    mark = f"alt-text: ignore[{', '.join(codes)}]"
    html, directive, hashed = f"<!-- {mark} -->", f".. {mark}", f"# {mark}"
    written = {
        "html": [html],
        "rst": [html, directive] if inner == "html" else [directive],
        "markdown": [hashed, html] if inner == "resource" else [html, f"% {mark}"],
        "python": [directive, hashed, html],
    }.get(form, [html, hashed])
    line = _line(finding)
    start = lines.starts[line - 1]
    end = line_end(text, start)
    stop = start + len(lines.line(line))
    for comment in written:
        yield from _above(lines, line, comment, end)
    if image and text[start : (at := lines.offset(line, image.place.column))].strip():
        pad = " " * (at - start)  # inside of a list's item
        for comment in written:
            yield from ([(at, comment + end + blank + pad)] for blank in ("", end))
    for comment in written:
        if comment != directive and not comment.startswith("%"):
            if image and image.place.end_line:
                behind = lines.offset(image.place.end_line, image.place.end_column)
                yield from ([(behind, space + comment)] for space in (" ", ""))
            yield [(stop, f"  {comment}" if comment == hashed else f" {comment}")]
    for above in _around(lines, line):
        for comment in written:
            yield from _above(lines, above, comment, end)


def _above(lines: Lines, line: int, comment: str, end: str) -> Iterator[Insertions]:
    """A comment above a line, with and without blank lines around."""
    own = lines.line(line)
    prefix = _QUOTE.match(own).group()  # type: ignore[union-attr]
    if (hashes := _HASH.match(own)) and comment.startswith(".."):
        prefix = hashes.group()  # the text is a Python comment
    before = prefix.rstrip() + end if line > 1 and lines.line(line - 1).strip(" \t>#:") else ""
    blank = prefix.rstrip() + end
    start = lines.starts[line - 1]
    written = prefix + comment + end
    forms = (written, written + blank, before + written, before + written + blank)
    yield from ([(start, form)] for form in dict.fromkeys(forms))


def _around(lines: Lines, line: int) -> Iterator[int]:
    """Lines at which what stands around a line begins: its directive, its block, what is indented less."""
    for _ in range(ABOVE):
        top = line
        while top > 1 and lines.line(top - 1).strip(" \t>#:"):
            top -= 1
            if lines.line(top).lstrip(" \t>#").startswith(_OPENS):
                yield top
        if top != line:
            yield top
        indent = _indent(lines.line(line))
        line -= 1
        while line >= 1 and (not lines.line(line).strip() or _indent(lines.line(line)) >= indent):
            line -= 1
        if line < 1:
            return
        yield line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _in_cells(text: str, finding: Finding, codes: list[str], checked: Checked) -> Iterator[Insertions]:
    """The codes in the metadata of a cell; of all cells with a figure for what is said once of them all."""
    notes = [finding.place.note]
    if all_rules()[finding.code].collective:
        notes = [image.place.note for image in checked.document.images if _bare(image)]
    try:
        root = trees.json_tree(whole(text, ""))
    except trees.TreeError:
        return
    cells = root.get("cells")
    found: Insertions = []
    for note in dict.fromkeys(notes):
        match = _CELL.search(note)
        number = int(match[1]) - 1 if match else 0
        if cells is None or number >= len(cells.members):
            return
        new = _in_metadata(text, cells.members[number], codes)
        if new is None:
            return
        found.append(new)
    yield found


def _bare(image: Image) -> bool:
    return image.kind is Kind.OUTPUT and not image.decorative and not (image.text or "").strip()


def _in_metadata(text: str, cell: trees.Node, codes: list[str]) -> tuple[int, str] | None:
    """What to insert into a cell, written like the rest of the notebook."""
    inside, value = cell, {"metadata": {"alt-text": {"ignore": codes}}}
    for key in ("metadata", "alt-text", "ignore"):
        below = inside.get(key)
        if below is None:
            break
        inside, value = below, value[key]  # type: ignore[assignment]
    if inside.kind == "list":
        known = {member.value for member in inside.members}
        more = ", ".join(json.dumps(code) for code in codes if code not in known)
        at = inside.members[-1].end if inside.members else inside.start + 1
        return (at, f", {more}" if inside.members else more) if more else None
    if inside.kind != "map":
        return None
    break_ = line_end(text, inside.start)
    unit = re.search(r"[\r\n]([ \t]+)\S", text)
    first = max(text.rfind("\n", 0, inside.start), text.rfind("\r", 0, inside.start)) + 1
    indent = _QUOTE.match(text, first).group()  # type: ignore[union-attr]
    entry = json.dumps(value, indent=unit[1] if unit else None)[1:-1]
    if not unit:
        return inside.start + 1, entry + (", " if inside.items else "")
    entry = entry.rstrip().replace("\n", break_ + indent)
    return inside.start + 1, entry + ("," if inside.items else break_ + indent)
