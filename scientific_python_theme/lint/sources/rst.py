"""Read reStructuredText: which images stand where, without Sphinx and without building a tree.

The walker goes through the blocks as docutils does (lists, quotes, tables, directives, comments,
literal blocks) and descends only where something can be found; tests compare it with docutils.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..model import Attribute, Document
from . import directives, rst_tables
from .collect import DEEPEST, Collector
from .rst_tables import Lines
from .views import View, normal, whole

_NAME = r"(?:(?!_)\w)+(?:[-._+:](?:(?!_)\w)+)*"
_CANDIDATE = re.compile(rf"\.\.\s+(?:(alt-text)\b|(?:\|[^\n|]+\|\s+)?({_NAME})[ ]?::(?=\s|$))")
_DIRECTIVE = re.compile(rf"\.\.[ ]+({_NAME})[ ]?::(?:[ ]+|$)")
_SUBSTITUTION = re.compile(r"\.\.[ ]+\|(?![ ]|$)((?:[^|\\\n]|\\.)+?)(?<! )\|(?:[ ]+|$)")
_EMBEDDED = re.compile(rf"({_NAME})[ ]?::(?:[ ]+|$)")
_FOOTNOTE = re.compile(rf"\.\.[ ]+\[(?:[0-9]+|\#(?:{_NAME})?|\*|{_NAME})\](?:[ ]+|$)")
_TARGET = re.compile(r"\.\.[ ]+_(?![ ]|$)")
_BULLET = re.compile(r"[-+*•‣⁃](?:[ ]+|$)")
_ENUMERATOR = re.compile(r"(\(?)(#|[0-9]+|[a-zA-Z]|[ivxlcdmIVXLCDM]+)([.)])(?:[ ]+|$)")
_FIELD = re.compile(r":(?![: ])((?:[^:\\\n]|\\.|:(?![ `]|$))*)(?<! ):(?:[ ]+|$)")
_OPTION = r"(?:--?[a-zA-Z0-9?][\w-]*|/[a-zA-Z0-9])(?:[ =]?(?:<[^<>\n]+>|[a-zA-Z][\w-]*))?"
_OPTION_ITEM = re.compile(rf"{_OPTION}(?:, {_OPTION})*(?:[ ]{{2,}}|$)")
_SIMPLE_TOP = re.compile(r"=+(?: +=+)+ *$")
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1* *$")
_CARD_PARTS = re.compile(r"\^{3,}|\+{3,}")
_SPACES = re.compile(" *")
_ALMOST_OPTION = re.compile(r":[^\s:]|(?:alt|atl|alternative|alt[-_]text)\b\s*[:=]", re.IGNORECASE)
_OPTION_NAME = re.compile(r":?[^\s:=]*")
_SPACE_RUN = re.compile(r"\s+")

_ALWAYS = directives.PICTURES | directives.OUTPUTS.keys() | directives.CARDS | {"raw", "include", "csv-table"}


def read(text: str, path: str) -> Document:
    """Find the images of a reStructuredText file.

    Parameters
    ----------
    text, path : str
        The file's text; its path as shown to a person.

    Returns
    -------
    Document
        Images in reading order, comments to the linter, included files.
    """
    collector = Collector()
    scan(whole(text, path), collector)
    return collector.document(path, "rst")


def interesting(text: str) -> list[int]:
    """Offsets of everything in a text that could lead to an image or is meant for the linter."""
    return [
        match.start()
        for match in _CANDIDATE.finditer(text)
        if match[1] or directives.short_name(match[2]) in _ALWAYS
    ]


def scan(view: View, collector: Collector) -> None:
    """Gather what a text in reStructuredText holds; for readers that embed it.

    Parameters
    ----------
    view : View
        The text.
    collector : Collector
        Takes what is found.
    """
    if "::" not in view.text and "alt-text" not in view.text:
        return
    if not interesting(view.text):
        return
    view = normal(view)
    Walker(view, collector).run()


class Walker:
    """Goes through the blocks of one text.

    Parameters
    ----------
    view : View
        Text without tabs, with plain line ends.
    collector : Collector
        Takes what is found.
    """

    def __init__(self, view: View, collector: Collector) -> None:
        self.view = view
        self.text = view.text
        self.out = collector
        self.spots = interesting(view.text)
        self.raw: list[tuple[int, int]] = []

    def run(self) -> None:
        """Read the whole text."""
        lines: Lines = []
        at = 0
        for line in self.text.split("\n"):
            lines.append((at, at + len(line.rstrip())))
            at += len(line) + 1
        self.walk(lines)
        if self.raw:
            self.out.html(self.view, blank_except(self.text, self.raw))

    # -- lines ---------------------------------------------------------------------------------

    def indent(self, line: tuple[int, int]) -> int:
        """Number of leading spaces; of a blank line 0."""
        start, end = line
        return _SPACES.match(self.text, start, end).end() - start if start < end else 0  # type: ignore[union-attr]

    def indented(self, lines: Lines, i: int) -> tuple[Lines, int]:
        """The block of indented lines from `i` on, without its indentation, and the line after it."""
        j = i
        least = 1 << 30
        while j < len(lines):
            start, end = lines[j]
            if start < end:
                if self.text[start] != " ":
                    break
                least = min(least, self.indent(lines[j]))
            j += 1
        return self.trim([(s + least, e) for s, e in lines[i:j]]), j

    def known(self, lines: Lines, i: int, indent: int) -> tuple[Lines, int]:
        """A block whose indentation its first line decides, as of a bullet."""
        start, end = lines[i]
        if start + indent >= end:
            return self.first_known(lines, i, indent)
        block = [(start + indent, end)]
        j = i + 1
        while j < len(lines):
            line = lines[j]
            if line[0] < line[1] and self.indent(line) < indent:
                break
            block.append((line[0] + indent, line[1]))
            j += 1
        return self.trim(block), j

    def first_known(self, lines: Lines, i: int, indent: int) -> tuple[Lines, int]:
        """A block whose first line begins at `indent`, and the others wherever they do, as of a directive."""
        start, end = lines[i]
        rest, j = self.indented(lines, i + 1)
        return self.trim([(start + indent, end), *rest]), j

    @staticmethod
    def trim(lines: Lines) -> Lines:
        """Without blank lines at the end."""
        while lines and lines[-1][0] >= lines[-1][1]:
            lines.pop()
        return lines

    @staticmethod
    def skip_blank(lines: Lines, i: int = 0) -> int:
        """Index of the next line that is not blank."""
        while i < len(lines) and lines[i][0] >= lines[i][1]:
            i += 1
        return i

    def to_unindented(self, lines: Lines, i: int) -> int:
        """Index of the next line that is blank or not indented."""
        while i < len(lines) and lines[i][0] < lines[i][1] and self.text[lines[i][0]] == " ":
            i += 1
        return i

    @staticmethod
    def head(lines: Lines) -> int:
        """Index of the first line of a directive's argument and options: one blank line may stand before."""
        return 1 if lines and lines[0][0] >= lines[0][1] else 0

    @staticmethod
    def to_blank(lines: Lines, i: int) -> int:
        """Index of the next blank line."""
        while i < len(lines) and lines[i][0] < lines[i][1]:
            i += 1
        return i

    def get(self, line: tuple[int, int]) -> str:
        """Text of a line."""
        return self.text[line[0] : line[1]]

    def join(self, lines: Lines) -> str:
        """Text of lines, in one."""
        return " ".join(self.text[s:e].strip() for s, e in lines if s < e)

    def touches(self, lines: Lines) -> bool:
        """Whether anything that matters stands in these lines."""
        if not lines:
            return False
        i = bisect_left(self.spots, lines[0][0])
        return i < len(self.spots) and self.spots[i] < lines[-1][1]

    # -- blocks --------------------------------------------------------------------------------

    def descend(self, lines: Lines) -> None:
        """Walk through a nested block, if it is worth it."""
        if not self.touches(lines):
            return
        if self.out.depth >= DEEPEST:
            self.out.problem(
                self.view, lines[0][0], f"nested more than {DEEPEST} levels deep; not read further"
            )
            return
        self.out.depth += 1
        self.walk(lines)
        self.out.depth -= 1

    def walk(self, lines: Lines) -> None:
        """Walk through the blocks of one level."""
        i, text = 0, self.text
        while (i := self.skip_blank(lines, i)) < len(lines):
            start, end = lines[i]
            char = text[start]
            if char == " ":
                block, i = self.indented(lines, i)
                self.descend(block)
            elif char == "." and (
                text.startswith(".. ", start) or (end - start == 2 and text[start + 1] == ".")
            ):
                i = self.explicit(lines, i)
            elif match := _BULLET.match(text, start, end):
                block, i = self.known(lines, i, match.end() - start)
                self.descend(block)
            elif char == ":" and (match := _FIELD.match(text, start, end)):
                block, i = self.first_known(lines, i, match.end() - start)
                self.descend(block)
            elif (match := _ENUMERATOR.match(text, start, end)) and self.is_item(lines, i, match):
                block, i = self.known(lines, i, match.end() - start)
                self.descend(block)
            elif char in "-/" and (match := _OPTION_ITEM.match(text, start, end)):
                block, j = self.first_known(lines, i, match.end() - start)
                self.descend(block)
                i = j if block else self.paragraph(lines, i)  # without a description it is text
            elif char == "+" and rst_tables.GRID_BORDER.match(text, start, end):
                i = self.table(lines, i, rst_tables.grid_end(text, lines, i), rst_tables.grid_cells)
            elif char == "=" and _SIMPLE_TOP.match(text, start, end):
                i = self.table(lines, i, rst_tables.simple_end(text, lines, i), rst_tables.simple_cells)
            elif text.startswith(">>>", start) and (end - start == 3 or text[start + 3] == " "):
                i = self.to_blank(lines, i)
            elif (char == "|" and (end - start == 1 or text[start + 1] == " ")) or (
                char == "_" and (text.startswith("__ ", start) or text[start:end] == "__")
            ):
                i = self.to_unindented(lines, i + 1)
            elif match := _RULE.match(text, start, end):
                i = self.rule(lines, i)
            else:
                i = self.paragraph(lines, i)

    def is_item(self, lines: Lines, i: int, match: re.Match[str]) -> bool:
        """Whether a line like ``2. text`` begins a list item, judged by the line below as docutils does."""
        if bool(match[1]) and match[3] != ")":
            return False
        if i + 1 >= len(lines) or lines[i + 1][0] >= lines[i + 1][1]:
            return True
        start, end = lines[i + 1]
        if self.text[start] == " ":
            return True
        below = _ENUMERATOR.match(self.text, start, end)
        return bool(below and below[1] == match[1] and below[3] == match[3])

    def rule(self, lines: Lines, i: int) -> int:
        """A line of punctuation: over a title, a transition, or text."""
        start, end = lines[i]
        following = [lines[k] for k in (i + 1, i + 2) if k < len(lines)]
        if len(following) == 2 and following[0][0] < following[0][1]:
            under = following[1]
            if self.get(under) == self.get(lines[i]):
                self.out.head(self.view, start, self.get(following[0]).strip())
                return i + 3
            if end - start >= 4 and not self.is_rule(following[0]):
                return i + 1
        if end - start < 4:
            return self.paragraph(lines, i)
        return i + 1

    def is_rule(self, line: tuple[int, int]) -> bool:
        """Whether a line is nothing but one punctuation character."""
        return line[0] < line[1] and _RULE.match(self.text, *line) is not None

    def paragraph(self, lines: Lines, i: int) -> int:
        """A paragraph, a title, or a term and its definition."""
        below = lines[i + 1] if i + 1 < len(lines) else (0, 0)
        if below[0] < below[1]:
            if self.text[below[0]] == " ":
                block, j = self.indented(lines, i + 1)
                self.descend(block)
                return j
            if self.is_rule(below):
                wide = below[1] - below[0]
                if wide >= 4 or wide >= lines[i][1] - lines[i][0]:
                    self.out.head(self.view, lines[i][0], self.get(lines[i]).strip())
                    return i + 2
        j = i + 1
        while j < len(lines) and lines[j][0] < lines[j][1] and self.text[lines[j][0]] != " ":
            j += 1
        if self.text.endswith("::", lines[j - 1][0], lines[j - 1][1]):
            return self.literal(lines, j)
        return j

    def literal(self, lines: Lines, i: int) -> int:
        """Step over the literal block after ``::``."""
        i = self.skip_blank(lines, i)
        if i >= len(lines):
            return i
        start, _ = lines[i]
        mark = self.text[start]
        if mark == " ":
            return self.indented(lines, i)[1]
        if _RULE.match(mark):
            while i < len(lines) and lines[i][0] < lines[i][1] and self.text[lines[i][0]] == mark:
                i += 1
        return i

    def table(self, lines: Lines, i: int, j: int, cells: rst_tables.Cells) -> int:
        """Walk through the cells of a table."""
        block = lines[i:j]
        if self.touches(block):
            for cell in cells(self.text, block):
                self.descend(self.dedent(cell))
        return max(j, i + 1)

    def dedent(self, lines: Lines) -> Lines:
        """Lines without what indentation they share, and without blank ends."""
        indents = [self.indent(line) for line in lines if line[0] < line[1]]
        least = min(indents, default=0)
        first = self.skip_blank(lines)
        return self.trim([(s + least, e) for s, e in lines[first:]])

    # -- explicit markup -----------------------------------------------------------------------

    def explicit(self, lines: Lines, i: int) -> int:
        """Whatever begins with two dots."""
        start, end = lines[i]
        text = self.text
        if match := _DIRECTIVE.match(text, start, end):
            block, j = self.first_known(lines, i, match.end() - start)
            name = directives.short_name(match[1])
            if name in ("class", "rst-class") and block and "decorative" in self.get(block[0]).split():
                last = block[-1][1] if len(block) > 1 else self.covered(lines, j)
                self.out.note(self.view, start, end, "alt-text: decorative", last)
            if self.touches([(start, end), *block]):
                self.directive(name, start, block)
            return j
        if match := _SUBSTITUTION.match(text, start, end):
            return self.substitution(lines, i, match)
        if match := _FOOTNOTE.match(text, start, end):
            block, j = self.first_known(lines, i, match.end() - start)
            self.descend(block)
            return j
        if _TARGET.match(text, start, end) or text.startswith(".. __", start):
            return self.to_unindented(lines, i + 1)
        if end - start == 2 and (i + 1 >= len(lines) or lines[i + 1][0] >= lines[i + 1][1]):
            return i + 1
        block, j = self.first_known(lines, i, min(3, end - start))
        comment = self.join(block)
        if "alt-text" in comment:
            self.out.note(self.view, start, block[-1][1], comment, self.covered(lines, j))
        return j

    def covered(self, lines: Lines, i: int) -> int:
        """Where the block after a comment ends."""
        i = self.skip_blank(lines, i)
        if i >= len(lines):
            return 0
        j = self.to_blank(lines, i)
        _, k = self.indented(lines, j)
        return self.trim(lines[i:k])[-1][1]

    def substitution(self, lines: Lines, i: int, match: re.Match[str]) -> int:
        """A substitution's definition, which holds a directive without the two dots."""
        block, j = self.first_known(lines, i, match.end() - lines[i][0])
        first = self.skip_blank(block)
        if first < len(block) and (embedded := _EMBEDDED.match(self.text, *block[first])):
            offset = embedded.end() - block[first][0]
            if first:
                body, _ = self.first_known(block, first, offset)
            else:
                body = [(block[0][0] + offset, block[0][1]), *block[1:]]
            self.directive(directives.short_name(embedded[1]), lines[i][0], body, match[1])
        return j

    def directive(self, name: str, start: int, block: Lines, substitution: str = "") -> None:
        """One directive: `block` begins after its two colons."""
        if directives.shows_picture(name):
            body = self.picture(name, start, block, substitution)
            if name in directives.CARDS:
                for part in self.parts_of_card(body):
                    self.descend(part)
            elif name not in directives.LITERAL and name != "image":
                self.descend(body)
            return
        if name == "raw":
            self.raw_block(block)
        elif name == "include":
            self.include(block)
        elif name == "csv-table":
            self.csv(block)
        elif name not in directives.LITERAL:
            first = self.head(block)
            stop = self.to_blank(block, first)
            inline = bool(block) and not first
            has_argument = name in directives.WITH_ARGUMENT or (
                inline and name not in directives.WITHOUT_ARGUMENT
            )
            if has_argument or (first < stop and not inline and _FIELD.match(self.text, *block[first])):
                first = stop
            before = len(self.out.images)
            self.descend(block[first:])
            if name == "only":
                self.out.optional(before, start)

    def parts_of_card(self, body: Lines) -> Iterator[Lines]:
        """Header, body and footer: sphinx-design reads each by itself."""
        start = 0
        for i, line in enumerate(body):
            if _CARD_PARTS.fullmatch(self.text, *line):
                yield body[start:i]
                start = i + 1
        yield body[start:]

    def options(self, block: Lines) -> tuple[Lines, list[Attribute], list[Attribute], Lines]:
        """Argument lines, options, lines that are meant as options but are none, and the content."""
        first = self.head(block)
        stop = self.to_blank(block, first)
        head = block[first:stop]
        arguments: Lines = []
        options: list[Attribute] = []
        malformed: list[Attribute] = []
        i = 0
        while i < len(head) and not _FIELD.match(self.text, *head[i]):
            if i and _ALMOST_OPTION.match(self.text, *head[i]):
                malformed.append(self.almost(head[i]))
            else:
                arguments.append(head[i])
            i += 1
        while i < len(head):
            match = _FIELD.match(self.text, *head[i])
            if not match:
                malformed.append(self.almost(head[i]))
                i += 1
                continue
            j = i + 1
            while j < len(head) and self.text[head[j][0]] == " ":
                j += 1
            value = [(match.end(), head[i][1]), *head[i + 1 : j]]
            value = [(s + self.indent((s, e)), e) for s, e in value if s < e]
            place = self.view.place(value[0][0], value[-1][1]) if value else self.view.place(head[i][1])
            written = _SPACE_RUN.sub(" ", self.join(value))
            options.append(Attribute(name=match[1], value=written, place=place))
            i = j
        return arguments, options, malformed, block[stop:]

    def almost(self, line: tuple[int, int]) -> Attribute:
        """A line that looks like an option."""
        match = _OPTION_NAME.match(self.text, *line)
        assert match
        rest = self.text[match.end() : line[1]].lstrip(" :=")
        return Attribute(name=match.group(), value=rest, place=self.view.place(*line))

    def picture(self, name: str, start: int, block: Lines, substitution: str) -> Lines:
        """A directive that shows an image; gives back its content."""
        arguments, options, malformed, body = self.options(block)
        first = self.head(block)
        stop = self.to_blank(block, first)
        marks = self.text.find("::", start) + 2
        end = max(marks, *(e for s, e in block[:stop] if s < e), start + 2)
        line_end = arguments[-1][1] if arguments else end
        indent = self.option_indent(start, options)
        if name == "image" and self.trim(list(body)):
            at = self.skip_blank(body)
            if not _FIELD.match(self.text, *body[at]):
                return body  # docutils refuses an image with content: nothing is shown
            malformed.extend(self.almost(line) for line in body[at : self.to_blank(body, at)])
        caption = ""
        if name in ("figure", "drawio-figure") and body:
            at = self.skip_blank(body)
            if at < len(body) and not self.text.startswith("..", body[at][0]):
                caption = self.join(body[at : self.to_blank(body, at)])
        written = directives.Written(
            name=name,
            argument=self.join(arguments),
            options=options,
            malformed=malformed,
            span=(start, end),
            insert=(line_end, f"\n{indent}"),
            substitution=substitution,
            caption=caption,
            heading=self.out.heading,
            content="\n".join(map(self.get, body)) if name in directives.FROM_CONTENT else "",
        )
        self.out.images.extend(directives.images(written, self.view))
        return body

    def option_indent(self, start: int, options: list[Attribute]) -> str:
        """What a line with one more option has to begin with, as written in the file."""
        source = self.view.source
        line, column = (options[0].place.line, 1) if options else source.position(self.view.origin(start))
        begin = source.offset(line, 1)
        if options:
            match = re.compile(r"[ \t]*#?:?[ \t]*(?=:)").match(source.text, begin)
            if match:
                return match.group()
        comment = source.path.endswith((".py", ".pyi"))
        before = source.text[begin : begin + column - 1]
        return re.sub(r"[^\s#:]" if comment else r"\S", " ", before) + "   "

    def raw_block(self, block: Lines) -> None:
        """Raw HTML, to be read by the HTML reader in one go."""
        arguments, options, _, body = self.options(block)
        if "html" not in self.join(arguments).lower().split():
            return
        self.out.includes.extend(o.value for o in options if o.name.lower() == "file" and o.value)
        self.raw.extend((s, e) for s, e in body if s < e)

    def include(self, block: Lines) -> None:
        """Another file, unless it is shown as code."""
        arguments, options, _, _ = self.options(block)
        names = {o.name.lower() for o in options}
        if not names & {"literal", "code"} and arguments:
            self.out.includes.append(self.join(arguments))

    def csv(self, block: Lines) -> None:
        """Cells of a table of comma-separated values."""
        _, options, _, body = self.options(block)
        chosen = {o.name.lower(): (o.value or "") for o in options}
        delimiter = {"tab": "\t", "space": " "}.get(
            chosen.get("delim", ",").lower(), chosen.get("delim", ",")[:1]
        )
        body = self.trim(body[self.skip_blank(body) :])
        for cell in rst_tables.csv_cells(
            self.text, body, delimiter or ",", chosen.get("quote", '"')[:1] or '"'
        ):
            self.descend(self.dedent(cell))


def blank_except(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with everything outside some spans blanked out, line breaks kept."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start > at:
            parts.append(blank(text[at:start]))
        parts.append(text[max(start, at) : end])
        at = max(at, end)
    parts.append(blank(text[at:]))
    return "".join(parts)


def blank(text: str, char: str = " ") -> str:
    """Spaces, or another character, for everything but line breaks."""
    return "\n".join(char * len(line) for line in text.split("\n"))
