"""MyST directives in Markdown fences: options in three forms, and what stands inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import Attribute
from . import directives, rst
from .views import View, Weave

if TYPE_CHECKING:
    from .markdown import Reading

_OPENING = re.compile(r"\s*\{([^\s{}]+)\}\s*(.*)$", re.DOTALL)
_COLON_LINE = re.compile(r"[ \t]*:(?!::)")
_ALMOST = re.compile(r"[ \t]*(:?(?:alt|atl|alternative|alt[-_]text)\b:?)[ \t=:]*([^\n]*)", re.IGNORECASE)
_KEY = re.compile(r"[ \t]*([\w-]+|\"[^\"\n]*\"|'[^'\n]*'):(?:[ \t]+|$)")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_NOTHING_BEHIND = re.compile(r"[ \t]*(?:#.*)?")
_INDENTED = re.compile(r"[ \t]+\S")
_YAML = re.compile(r"\s*---[ \t]*\n([ \t]*)")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?(?=\n|$)")
LITERAL = directives.LITERAL - {"grid", "figure"}


def opening(info: str) -> tuple[str, str] | None:
    """Name and argument of a directive from a fence's info string; None for plain code."""
    match = _OPENING.match(info)
    return (directives.short_name(match[1]), match[2].strip()) if match else None


def directive(reading: Reading, head: tuple[str, str], body: View, *, span: tuple[int, int, int]) -> None:
    """Read one directive.

    Parameters
    ----------
    reading : Reading
        The text it stands in.
    head : tuple of str
        Name and argument.
    body : View
        What stands between the fences.
    span : tuple of int
        Start of the directive, end of its first line, end of its last.
    """
    name, argument = head
    out = reading.out
    options, malformed, content, end = options_of(body)
    if name == "eval-rst":
        rst.scan(body, out)
        return
    if directives.shows_picture(name) and name != "figure-md":
        inner = body.part(content, len(body.text))
        caption = ""
        if name == "figure":
            caption = " ".join(re.split(r"\n[ \t]*\n", inner.text.strip(), maxsplit=1)[0].split())
        options_end = reading_offset(body, end) if end else span[1]
        at, margin = span[1], ""
        if fence := _YAML.match(body.text):
            at, margin = reading_offset(body, fence.start(1) - 1), fence[1]
        written = directives.Written(
            name=name,
            argument=argument,
            options=options,
            malformed=malformed,
            span=(span[0], max(options_end, span[1])),
            insert=(at, f"\n{_indent(reading, span[0])}{margin}"),
            yaml=fence is not None,
            caption=caption,
            heading=out.heading,
            content=inner.text if name in directives.FROM_CONTENT else "",
            syntax="markdown",
        )
        out.images.extend(directives.images(written, reading.view))
        if name in LITERAL:
            return
        nested(reading, inner)
    elif name == "raw":
        if "html" in argument.lower().split():
            kept = body.text[content:]
            out.html(body, rst.blank(body.text[:content]) + kept, body.text)
    elif name == "include":
        chosen = {o.name.lower() for o in options}
        if argument and not chosen & {"literal", "code"}:
            out.includes.append(argument)
    elif name not in LITERAL:
        nested(reading, body.part(content, len(body.text)))


def _indent(reading: Reading, start: int) -> str:
    """What a line between the fences has to begin with, as written in the file."""
    source = reading.view.source
    line, column = source.position(reading.view.origin(start))
    begin = source.offset(line, 1)
    return re.sub(r"[^\s>]", " ", source.text[begin : begin + column - 1])


def reading_offset(body: View, end: int) -> int:
    """Offset in the text around a body of the end of a stretch of it."""
    return body.step(max(end - 1, 0)) + 1


def nested(reading: Reading, inner: View) -> None:
    """Read what stands in a directive, or between colons without the name of one: a mere division."""
    from . import markdown

    markdown.scan(inner, reading.out, env=reading.env)


def options_of(body: View) -> tuple[list[Attribute], list[Attribute], int, int]:
    """Options, lines that were meant as options, where the content begins, where the options end."""
    text = body.text
    if fence := _YAML.match(text):
        begin = fence.start(1)
        close = re.compile(r"(?m)^[ \t]*---[ \t]*(?:\n|\Z)").search(text, begin)
        stop = close.start() if close else len(text)
        content = close.end() if close else len(text)
        options, malformed = _pairs(body.part(begin, stop))
        return options, malformed, content, content - text[:content].endswith("\n")
    weave, at, end = Weave(), 0, 0
    while at < len(text) and _COLON_LINE.match(text, at):
        line_end = text.find("\n", at)
        line_end = len(text) if line_end < 0 else line_end
        colon = text.index(":", at)
        weave.add(text[colon + 1 : line_end] + "\n", colon + 1)
        end, at = line_end, line_end + 1
    if not end:
        return [], _strays(body), 0, 0
    options, malformed = _pairs(weave.view(body))
    return options, malformed, min(at, len(text)), end


def _strays(body: View) -> list[Attribute]:
    """A first line such as ``alt: text`` without the colon that would make it an option."""
    match = _ALMOST.match(body.text)
    if not match or (":" not in match[1] and not re.match(r"[ \t]*[\w-]+[ \t]*=", body.text)):
        return []
    return [Attribute(name=match[1], value=match[2], place=body.place(match.start(1), match.end(2)))]


def _pairs(view: View) -> tuple[list[Attribute], list[Attribute]]:
    """Options as MyST reads them: a key and a string each, plain, quoted or in a block.

    Much less than YAML: brackets, braces, stars and the like are text. A line that fits nowhere spoils
    all options for MyST; it is given back as malformed, the others as their author meant them.
    """
    text = view.text
    options: list[Attribute] = []
    malformed: list[Attribute] = []
    at = 0
    while at < len(text):
        end = _line_end(text, at)
        line = text[at:end]
        if not line.strip() or line.lstrip().startswith("#"):
            at = end + 1
            continue
        match = _KEY.match(text, at, end)
        if not match:
            malformed.append(_stray(view, at, end))
            at = end + 1
            continue
        begin, mark = match.end(), text[match.end() : match.end() + 1]
        close = _closing_quote(text, begin) if mark in ('"', "'") else None
        if close is not None:
            end = _line_end(text, close)
            if _NOTHING_BEHIND.fullmatch(text, close + 1, end):
                begin, stop = begin + 1, close
                value = _unquoted(text[begin:stop], mark)
            else:
                malformed.append(_stray(view, at, end))
                at = end + 1
                continue
        else:
            first = begin
            while end < len(text) and _INDENTED.match(text, end + 1):
                end = _line_end(text, end + 1)
            stop = len(text[:end].rstrip())
            value = text[begin:end]
            if block := _BLOCK.match(value):
                value = value[block.end() :]
                begin = min(first + block.end(), stop)
                begin += len(text[begin:stop]) - len(text[begin:stop].lstrip())
            elif mark in ("|", ">"):
                malformed.append(_stray(view, at, _line_end(text, at)))
                at = end + 1
                continue
            else:
                value = re.sub(r"(?m)(?:^|[ \t])#.*$", "", value)
                begin += len(value) - len(value.lstrip())
                if "\n" not in text[first:stop]:
                    stop = begin + len(value.strip())
        place = view.place(begin, max(stop, begin))
        options.append(Attribute(name=match[1].strip("\"'"), value=" ".join(value.split()), place=place))
        at = end + 1
    return options, malformed


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _closing_quote(text: str, at: int) -> int | None:
    """Offset of the quote that ends a string beginning at `at`; None when none does."""
    match = (_DOUBLE if text[at] == '"' else _SINGLE).match(text, at)
    return match.end() - 1 if match else None


def _unquoted(text: str, mark: str) -> str:
    if mark == "'":
        return text.replace("''", "'")
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text, flags=re.DOTALL)


def _stray(view: View, start: int, end: int) -> Attribute:
    """A line that is no option."""
    line = view.text[start:end].strip()
    name = line.split()[0].rstrip(":=")
    return Attribute(name=name, value=line[len(name) :].strip(" :="), place=view.place(start, end))
