"""The one place that knows the HTML parser: a parsed page, its elements, and where they stand.

Elements are those of turbohtml (WHATWG tree, exact spans); everything else in the linter goes
through the few functions here, so another parser can take its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import turbohtml
from turbohtml import Comment, Document, Element, Text

from ..model import Attribute, Place

__all__ = ["Element", "Page", "Text", "advance", "attributes", "collapse", "is_document", "parents"]

_ATTRIBUTE = re.compile(
    r"""(?P<space>[\t\n\f\r /]*)(?P<name>=?[^\t\n\f\r />=]+)
        (?:[\t\n\f\r ]*=[\t\n\f\r ]*
           (?:"(?P<double>[^"]*)(?:"|\Z)|'(?P<single>[^']*)(?:'|\Z)|(?P<bare>[^\t\n\f\r >]*)))?""",
    re.VERBOSE,
)
_MAX_VALUE = 4096  # enough for any rule; a picture inlined as data: may have megabytes
_MAX_SHEET = 60_000
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_HIDES = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CSS_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}|[{}]")
_CSS_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.IGNORECASE)
_TAG = re.compile(r"</?[^\t\n\f\r />]+")
_SPACE = re.compile("[\t\n\f\r \xa0\ufeff]+")
_ENDS = re.compile(r"\r\n?")
_HALVES = re.compile("[\ud800-\udfff]")


def collapse(text: str) -> str:
    """One space for each run of white space, none at the ends."""
    return _SPACE.sub(" ", text).strip(" ")


class Page:
    """A parsed page.

    Parameters
    ----------
    text : str
        Text as decoded.
    path : str
        Path as shown to a person.
    ends : bool
        Whether `inside` will be asked often: the parser then notes where tags end, which costs a third
        more time.
    """

    def __init__(self, text: str, path: str, *, ends: bool = False) -> None:
        self.path = path
        self.text = _ENDS.sub("\n", text) if "\r" in text else text
        self.ends = ends
        self.document = parse(self.text, source_locations=ends)
        self._spans: dict[Element, tuple[int, int]] = {}
        self._near = (
            0,
            1,
            0,
        )  # an offset, its line, that line's start: where the last tag stood

    def hide_by_style(self) -> None:
        """Mark what the page's own style sheets take away with plain rules: ``.x { display: none }``.

        Only rules outside of media queries whose element no other rule of the page displays count.
        """
        styles = self.document.select("style")
        if not styles:
            return
        sheet = _CSS_COMMENT.sub(" ", " ".join(style.text for style in styles))
        if len(sheet) > _MAX_SHEET or not _HIDES.search(sheet):
            return
        gone: set[Element] = set()
        for selectors, shows in _plain_rules(sheet):
            try:
                chosen = self.document.select(selectors)
            except ValueError:
                continue
            gone = gone.difference(chosen) if shows else gone.union(chosen)
        for element in gone:
            name, value = ("display", "none") if element.namespace.value == "svg" else ("hidden", "")
            if element.attr(name) is None and element.tag not in ("html", "body"):
                element.attrs[name] = value

    def select(self, selector: str) -> list[Element]:
        """Elements that match a CSS selector, in document order, those in templates among them."""
        return self.document.select(selector)

    @cached_property
    def ids(self) -> dict[str, Element]:
        """First element of each id, those in templates left out."""
        found: dict[str, Element] = {}
        for element in self.document.select("[id]"):
            name = element.attr("id") or ""
            if name not in found and not self._in_template(element):
                found[name] = element
        return found

    @cached_property
    def _has_template(self) -> bool:
        return "<template" in self.text.lower()

    def _in_template(self, element: Element) -> bool:
        if not self._has_template:
            return False
        node: object = element
        while isinstance(node, Element):
            node = node.parent
        return not is_document(node)

    @cached_property
    def language(self) -> str:
        """Language the page declares."""
        root = self.document.root
        return (root.attr("lang") or root.attr("xml:lang") or "") if root is not None else ""

    def comments(self, word: str) -> Iterator[tuple[str, Place]]:
        """Text and span of each comment that holds `word`, in document order."""
        real = [
            n.data for n in self.document.descendants if isinstance(n, Comment) and word in n.data.lower()
        ]
        position = 0
        for data in real:
            # The parser keeps no position for comments; the same text in a script is passed over only
            # if it comes later, which costs nothing but a line.
            start = self.text.find(f"<!--{data}", position)
            if start < 0:
                continue
            position = min(len(self.text), start + len(data) + 7)
            line, column = advance(self.text, start, 1, 1)
            end_line, end_column = advance(self.text, position, 1, 1)
            yield (
                data,
                Place(path=self.path, line=line, column=column, end_line=end_line, end_column=end_column),
            )

    def duplicates(self) -> Iterator[tuple[int, int]]:
        """Line and column of the end of each attribute name that repeats one of the same tag."""
        for error in self.document.errors:
            if error.code == "duplicate-attribute":
                yield error.line, error.col

    def place(self, element: Element) -> Place:
        """Span of an element's start tag."""
        line, column = (element.source_line or 1), (element.source_col or 0) + 1
        start, end = self.span(element)
        if not end:
            return Place(path=self.path, line=line, column=column)
        end_line, end_column = advance(self.text, end, line, column, start)
        return Place(path=self.path, line=line, column=column, end_line=end_line, end_column=end_column)

    def span(self, element: Element) -> tuple[int, int]:
        """Offsets of an element's start tag in `text`; ``(0, 0)`` for an implied one."""
        if element not in self._spans:
            self._spans[element] = self._span(element)
        return self._spans[element]

    def _span(self, element: Element) -> tuple[int, int]:
        line, column = element.source_line, element.source_col
        if line is None or column is None:
            return 0, 0
        start = self._offset(line, column, f"<{element.tag}")
        tag = _TAG.match(self.text, start)
        if not tag or tag[0].startswith("</"):
            return 0, 0
        position = tag.end()
        while (match := _ATTRIBUTE.match(self.text, position)) and match.end() > position:
            position = match.end()
        end = self.text.find(">", position)
        return (start, end + 1) if end >= 0 else (0, 0)

    def _offset(self, line: int, column: int, mark: str) -> int:
        """Offset of a line and column at which `mark` probably stands."""
        text = self.text
        since, at_line, first = self._near
        if at_line <= line:
            for _ in range(8):
                found = text.find(mark, since)
                if found < 0:
                    break
                if breaks := text.count("\n", since, found):
                    at_line += breaks
                    first = text.rfind("\n", since, found) + 1
                since = found
                if at_line > line:
                    break
                if at_line == line and found - first == column:
                    self._near = (found, line, first)
                    return found
                since += 1
        return self.starts[line - 1] + column

    @cached_property
    def starts(self) -> list[int]:
        """Offset at which each line starts."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def inside(self, element: Element) -> tuple[int, int]:
        """Offsets of what stands between an element's tags in `text`."""
        twin = element if self.ends else self._twins.get(element)
        at = twin.source_location if twin is not None else None
        if at is None or at.start_tag is None:
            return 0, 0
        start = at.start_tag.end_offset
        return (start, max(start, at.end_tag.start_offset)) if at.end_tag is not None else (start, start)

    @cached_property
    def _twins(self) -> dict[Element, Element]:
        """Elements of the page with those of a second parse that knows where end tags stand."""
        exact = parse(self.text, source_locations=True)
        return dict(zip(self.document.iter_elements(), exact.iter_elements(), strict=False))

    def tag_text(self, element: Element) -> str:
        """Start tag as written."""
        start, end = self.span(element)
        return self.text[start:end]


def parse(text: str, *, source_locations: bool = False) -> Document:
    """Tree of a page, as in a browser that runs scripts: what stands in ``<noscript>`` is text."""
    try:
        text.encode()
    except UnicodeEncodeError:  # an escape in a notebook or a string may be half a character
        text = _HALVES.sub("\ufffd", text)
    return turbohtml.parse(
        text, source_locations=source_locations, scripting=True, allow_declarative_shadow_roots=False
    )


def _plain_rules(sheet: str) -> Iterator[tuple[str, bool]]:
    """Selectors of the rules outside of any ``@`` block that set `display`, and whether they show."""
    depth = 0
    for match in _CSS_RULE.finditer(sheet):
        if match[1] is None:
            depth = max(0, depth + (1 if match[0] == "{" else -1))
            continue
        selectors = match[1].rpartition(";")[2].strip()
        display = _CSS_DISPLAY.findall(match[2])
        if depth == 0 and display and selectors and not re.search(r"[@:]", selectors):
            yield selectors, display[-1].lower() != "none"


def attributes(tag: str, path: str, line: int, column: int) -> tuple[Attribute, ...]:
    r"""Attributes of a start tag as written, in order, duplicates kept.

    Parameters
    ----------
    tag : str
        The start tag's text; line ends as ``\n``.
    path : str
        File, for the places.
    line, column : int
        Where the tag begins, 1-based.

    Returns
    -------
    tuple of Attribute
        Names in lower case as HTML compares them; values with character references
        resolved and cut at 4096 characters, None for an attribute without value. A place spans
        name and value.
    """
    begin = _TAG.match(tag)
    if not begin:
        return ()
    found = []
    position, end = begin.end(), len(tag)
    one_line = "\n" not in tag
    at = 0  # offset that `line` and `column` belong to
    while position < end:
        match = _ATTRIBUTE.match(tag, position)
        if not match or match.end() == position:
            break
        position = match.end()
        double, single, bare = match["double"], match["single"], match["bare"]
        raw = double if double is not None else single if single is not None else bare
        start = match.start("name")
        if one_line:
            column += start - at
            end_line, end_column = line, column + position - start
        else:
            line, column = advance(tag, start, line, column, at)
            end_line, end_column = advance(tag, position, line, column, start)
        value = raw
        if raw is not None and len(raw) > _MAX_VALUE:
            value = raw[:_MAX_VALUE]
        if value is not None and "&" in value:
            value = turbohtml.unescape(value)
        place = Place(path=path, line=line, column=column, end_line=end_line, end_column=end_column)
        found.append(Attribute(name=match["name"].lower(), value=value, place=place))
        line, column, at = end_line, end_column, position
    return tuple(found)


def advance(text: str, offset: int, line: int, column: int, since: int = 0) -> tuple[int, int]:
    """Line and column of an offset, given those of an earlier one."""
    breaks = text.count("\n", since, offset)
    if not breaks:
        return line, column + offset - since
    return line + breaks, offset - text.rfind("\n", since, offset)


def parents(element: Element) -> Iterator[Element]:
    """Ancestors of an element that are elements, nearest first."""
    node = element.parent
    while isinstance(node, Element):
        yield node
        node = node.parent


def is_document(node: object) -> bool:
    """Whether a node is the page itself."""
    return isinstance(node, Document)
