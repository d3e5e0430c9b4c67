"""MyST directives in Markdown fences: options in three forms, and what stands inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import Attribute
from . import directives, rst, trees
from .views import View, Weave

if TYPE_CHECKING:
    from .markdown import Reading

_OPENING = re.compile(r"\s*\{([^\s{}]+)\}\s*(.*)$", re.DOTALL)
_COLON_LINE = re.compile(r"[ \t]*:")
_ALMOST = re.compile(r"[ \t]*(:?(?:alt|atl|alternative|alt[-_]text)\b:?)[ \t=:]*([^\n]*)", re.IGNORECASE)
_EASY = re.compile(r"[ \t]*([\w-]+):(?:[ \t]+([^\n]*?))?[ \t]*$")
_HARD_VALUE = re.compile(r"[\"'|>&*\[{!%@`#?-]|.*(?:: | #|:$)")
_LITERAL = directives.LITERAL - {"grid", "figure"}


def opening(info: str) -> tuple[str, str] | None:
    """Name and argument of a directive from a fence's info string; None for plain code."""
    match = _OPENING.match(info)
    return (directives.short_name(match[1]), match[2].strip()) if match else None


def directive(
    reading: Reading, head: tuple[str, str], body: View, *, span: tuple[int, int, int], first: int
) -> None:
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
    first : int
        Index of its first line.
    """
    name, argument = head
    out = reading.out
    options, malformed, content, end = _options(body)
    if name == "eval-rst":
        rst.scan(body, out)
        return
    if directives.shows_picture(name) and name != "figure-md":
        inner = body.part(content, len(body.text))
        caption = ""
        if name in ("figure", "card", "grid-item-card"):
            caption = " ".join(re.split(r"\n[ \t]*\n", inner.text.strip(), maxsplit=1)[0].split())
        options_end = reading_offset(body, end) if end else span[1]
        written = directives.Written(
            name=name,
            argument=argument,
            options=options,
            malformed=malformed,
            span=(span[0], max(options_end, span[1])),
            insert=(span[1], f"\n{_indent(reading, span[0])}:alt: {{}}"),
            caption=caption if name == "figure" else "",
            heading=out.heading,
            syntax="markdown",
        )
        out.images.extend(directives.images(written, reading.view))
        if name in _LITERAL:
            return
        _nested(reading, inner)
    elif name == "raw":
        if "html" in argument.lower().split():
            kept = body.text[content:]
            out.html(body, rst.blank(body.text[:content]) + kept, body.text)
    elif name == "include":
        chosen = {o.name.lower() for o in options}
        if argument and not chosen & {"literal", "code"}:
            out.includes.append(argument)
    elif name not in _LITERAL:
        _nested(reading, body.part(content, len(body.text)))


def _indent(reading: Reading, start: int) -> str:
    """What a line between the fences has to begin with, as written in the file."""
    source = reading.view.source
    line, column = source.position(reading.view.origin(start))
    begin = source.offset(line, 1)
    return re.sub(r"[^\s>]", " ", source.text[begin : begin + column - 1])


def reading_offset(body: View, end: int) -> int:
    """Offset in the text around a body of the end of a stretch of it."""
    return body.step(max(end - 1, 0)) + 1


def _nested(reading: Reading, inner: View) -> None:
    from . import markdown

    markdown.scan(inner, reading.out, env=reading.env)


def _options(body: View) -> tuple[list[Attribute], list[Attribute], int, int]:
    """Options, lines that were meant as options, where the content begins, where the options end."""
    text = body.text
    fence = re.compile(r"\s*---[ \t]*\n").match(text)
    if fence:
        close = re.compile(r"(?m)^[ \t]*---[ \t]*(?:\n|\Z)").search(text, fence.end())
        stop = close.start() if close else len(text)
        content = close.end() if close else len(text)
        options, malformed = _yaml(body.part(fence.end(), stop))
        return options, malformed, content, content - text[:content].endswith("\n")
    weave, at, end = Weave(), 0, 0
    while at < len(text) and _COLON_LINE.match(text, at):
        line_end = text.find("\n", at)
        line_end = len(text) if line_end < 0 else line_end
        colon = text.index(":", at)
        weave.add(text[colon + 1 : line_end] + "\n", colon + 1)
        end, at = line_end, line_end + 1
    if not end:
        return [], _strays(body, 0), 0, 0
    options, malformed = _yaml(weave.view(body))
    return options, malformed, min(at, len(text)), end


def _strays(body: View, at: int) -> list[Attribute]:
    """A first line such as ``alt: text`` without the colon that would make it an option."""
    match = _ALMOST.match(body.text, at)
    if not match or (":" not in match[1] and not re.match(r"[ \t]*[\w-]+[ \t]*=", body.text)):
        return []
    return [Attribute(name=match[1], value=match[2], place=body.place(match.start(1), match.end(2)))]


def _yaml(view: View) -> tuple[list[Attribute], list[Attribute]]:
    """Options from their YAML; lines that spoil it are given back as malformed."""
    options: list[Attribute] = []
    malformed: list[Attribute] = []
    easy = True
    at = 0
    for line in view.text.split("\n"):
        match = _EASY.match(line)
        value = (match[2] or "") if match else ""
        if line.strip() and (not match or _HARD_VALUE.match(value)):
            easy = False
            break
        if match:
            start = at + (match.start(2) if match[2] is not None else match.end(1) + 1)
            place = view.place(start, start + len(value))
            options.append(Attribute(name=match[1], value=value, place=place))
        at += len(line) + 1
    if easy:
        return options, malformed
    try:
        tree = trees.yaml_tree(view)
    except trees.TreeError:
        tree = trees.Node(kind="plain", start=0)
    if tree.kind == "map":
        return [_attribute(view, k, v) for k, v in tree.items], malformed
    return _line_by_line(view)


def _attribute(view: View, key: trees.Node, value: trees.Node) -> Attribute:
    text = "" if value.value in ("null", "~") else value.value
    start, end = value.start, value.end
    if value.kind == "string" and view.text[start : start + 1] in ('"', "'"):
        start, end = start + 1, end - 1
    return Attribute(name=key.value, value=" ".join(text.split()), place=view.place(start, max(end, start)))


def _line_by_line(view: View) -> tuple[list[Attribute], list[Attribute]]:
    """What an author meant by options that are no valid YAML."""
    options: list[Attribute] = []
    malformed: list[Attribute] = []
    at = 0
    for line in view.text.split("\n"):
        if match := _EASY.match(line):
            start = at + (match.start(2) if match[2] is not None else len(line))
            value = match[2] or ""
            options.append(Attribute(name=match[1], value=value, place=view.place(start, start + len(value))))
        elif line.strip():
            name = line.strip().split()[0].rstrip(":=")
            rest = line.strip()[len(name) :].strip(" :=")
            malformed.append(Attribute(name=name, value=rest, place=view.place(at, at + len(line))))
        at += len(line) + 1
    return options, malformed
