"""For a person at a terminal: where, what, the source with a caret, what stands nearby, what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ..explain import explanation
from ..model import Finding, Place, Severity
from ..rules import all_rules
from ..wording import counted
from . import Report

_SHADES = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.INFO: "1;36",
}
_BLUE, _BOLD, _DIM, _GREEN = "34", "1", "2", "32"
#: Longest value shown of a caption, heading or address.
SHORT = 160


def printable(text: str) -> str:
    """Text without control characters, which could play tricks on a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c if c == "\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else "\ufffd"
        for c in text
    )


def printable_line(text: str) -> str:
    """A whole line without control characters and without what GitHub's runner obeys.

    That is a command between double colons at the start, or between ``##[`` and ``]`` anywhere; a file may
    be called so. See ``ActionCommand.cs`` in actions/runner.
    """
    text = printable(text).replace("##[", "## [")
    return f"./{text}" if text.lstrip().startswith("::") else text


def cells(text: str) -> int:
    """Columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def render(report: Report) -> str:
    """Render blocks, one a finding, then a summary."""
    paint = _painter(report.colour)
    told: set[str] = set()
    blocks = []
    for finding in report.findings:
        blocks.append("\n".join(_block(finding, report, paint, first=finding.code not in told)))
        told.add(finding.code)
    return "\n\n".join(blocks) + "\n" if blocks else ""


class _Paint:
    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, shade: str) -> str:
        return f"\033[{shade}m{text}\033[0m" if self.colour and text else text


def _painter(colour: bool) -> _Paint:
    return _Paint(colour)


def _block(finding: Finding, report: Report, paint: _Paint, *, first: bool) -> Iterator[str]:
    place = finding.place
    where = f"{printable(place.path)}:{place.line}:{place.column}"
    note = f" ({printable(place.note)})" if place.note else ""
    label = f"{finding.code} {finding.name}"
    yield (
        f"{paint(f'{finding.severity}[{label}]', _SHADES[finding.severity])}"
        f"{paint(':', _BOLD)} {paint(printable(finding.message), _BOLD)}"
    )
    lines = report.lines(place.path)
    gutter = len(str(place.line + 2))
    yield f"{' ' * gutter}{paint('-->', _BLUE)} {where}{paint(note, _DIM)}"
    bar = paint("|", _BLUE)
    if lines is not None:
        yield f"{' ' * gutter} {bar}"
        shown = list(_excerpt(place, lines.line, report.width - gutter - 4))
        for number, text, mark in shown:
            yield f"{paint(str(number).rjust(gutter), _BLUE)} {bar} {text}".rstrip()
            if mark:
                yield f"{' ' * gutter} {bar} {paint(mark, _SHADES[finding.severity])}"
    yield f"{' ' * gutter} {bar}"
    for name, value in _notes(finding, first=first):
        body = _fold(value, report.width - gutter - 5 - len(name), " " * (gutter + 5 + len(name)))
        shade = _GREEN if name == "help" else _BOLD
        yield f"{' ' * gutter} {paint('=', _BLUE)} {paint(name + ':', shade)} {body}"


def _notes(finding: Finding, *, first: bool) -> Iterator[tuple[str, str]]:
    image = finding.image
    if image:
        around = image.around
        if around.caption:
            yield "caption", _quoted(around.caption)
        if around.heading:
            yield "heading", _quoted(around.heading)
        if around.href:
            yield "links to", _short(around.href)
    if finding.repeats:
        yield (
            "repeats",
            f"and {finding.repeats:,} more on other pages; mend it once, in the theme or template",
        )
    rules = all_rules()
    if first and finding.code in rules and (why := explanation(rules[finding.code]).reason):
        yield "why", printable(why.replace("``", "`"))
    if finding.help:
        yield "help", printable(finding.help)


def _quoted(text: str) -> str:
    return f"“{_short(text)}”"


def _short(text: str) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _fold(text: str, width: int, indent: str) -> str:
    import textwrap

    folded = textwrap.wrap(text, max(width, 30), break_long_words=False, break_on_hyphens=False)
    return f"\n{indent}".join(folded) if folded else ""


def _excerpt(place: Place, line: object, width: int) -> Iterator[tuple[int, str, str]]:
    """Lines of the source around a place, the marked part under carets; long lines are cut around it."""
    assert callable(line)
    raw: str = line(place.line)
    above = line(place.line - 1) if place.line > 1 and len(line(place.line - 1)) <= 4 * width else ""
    if above.strip() and len(above) <= width:
        yield place.line - 1, printable(above.expandtabs(4)), ""
    start = min(place.column - 1, len(raw))
    several = place.end_line > place.line
    end = len(raw) if several else min(max(place.end_column - 1, start + 1), max(len(raw), start + 1))
    left = 0
    width = max(width, 40)
    if len(raw) > width:
        left = max(0, min(start - width // 4, len(raw) - width))
        raw = raw[left : left + width]
    head, body = raw[: start - left], raw[start - left : end - left]
    tail = raw[end - left :]
    cut_left, cut_right = (
        ("…" if left else ""),
        ("…" if len(raw) == width and len(line(place.line)) > left + width else ""),
    )
    text = printable(cut_left + (head + body + tail).expandtabs(4) + cut_right)
    before = cells(printable(cut_left + head.expandtabs(4)))
    span = cells(printable((head + body).expandtabs(4))) - cells(printable(head.expandtabs(4)))
    yield place.line, text, " " * before + "^" * max(span, 1)
    following = line(place.line + 1)
    if several and following and len(following) <= width:
        yield place.line + 1, printable(following.expandtabs(4)), ""


def summary(report: Report, *, fixable: tuple[int, int] = (0, 0)) -> str:
    """Last line for a person.

    Parameters
    ----------
    report : Report
        The report.
    fixable : tuple of int
        Findings with a safe fix, and with an unsafe one.

    Returns
    -------
    str
        One or two lines.
    """
    paint = _painter(report.colour)
    counts = dict.fromkeys(Severity, 0)
    for finding in report.findings:
        counts[finding.severity] += 1
    total = len(report.findings)
    pages = counted(report.files, "file")
    hidden = f"{counted(report.known, 'known finding')} hidden by the baseline"
    if not total and report.stale:
        gone = "1 entry that is" if report.stale == 1 else f"{report.stale:,} entries that are"
        more = f", {hidden}" if report.known else ""
        return f"Nothing new, but the baseline has {gone} gone: {pages} looked at{more}, {report.coverage}."
    if not total and report.known:
        return f"Nothing new: {pages} looked at, {hidden}, {report.coverage}."
    if not total:
        return paint(f"All clear: {pages} looked at, {report.coverage}.", _GREEN)
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    kinds = [counted(n, names[s]) for s, n in counts.items() if n]
    more = f"; {hidden}" if report.known else ""
    text = f"Found {', '.join(kinds)} in {pages}{more}; {report.coverage}."
    safe, unsafe = fixable
    if safe:
        text += f"\n{safe:,} can be mended with --fix."
    if unsafe:
        text += f"\n{unsafe:,} more can be mended with --fix --unsafe-fixes (look at the result)."
    return text
