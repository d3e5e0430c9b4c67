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
    """

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.text = _ENDS.sub("\n", text) if "\r" in text else text
        # As in a browser that runs scripts: what stands in <noscript> is text.
        self.document = turbohtml.parse(
            self.text, source_locations=True, scripting=True, allow_declarative_shadow_roots=False
        )

    def hide_by_style(self) -> None:
        """Mark what the page's own style sheets take away with plain rules: ``.x { display: none }``.

        Only rules outside of media queries whose element no other rule of the page displays count.
        """
        if "<style" not in self.text and "<STYLE" not in self.text:
            return
        sheet = _CSS_COMMENT.sub(" ", " ".join(style.text for style in self.document.select("style")))
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
        at = element.source_location
        if at is None or at.start_tag is None:
            line, column = (element.source_line or 1), (element.source_col or 0)
            return Place(path=self.path, line=line, column=column + 1)
        tag = at.start_tag
        return Place(
            path=self.path,
            line=tag.start_line,
            column=tag.start_col + 1,
            end_line=tag.end_line,
            end_column=tag.end_col + 1,
        )

    def span(self, element: Element) -> tuple[int, int]:
        """Offsets of an element's start tag in `text`; ``(0, 0)`` for an implied one."""
        at = element.source_location
        if at is None or at.start_tag is None:
            return 0, 0
        return at.start_tag.start_offset, at.start_tag.end_offset

    def inside(self, element: Element) -> tuple[int, int]:
        """Offsets of what stands between an element's tags in `text`."""
        start = self.span(element)[1]
        at = element.source_location
        if at is None or at.end_tag is None:
            return start, start
        return start, max(start, at.end_tag.start_offset)

    def tag_text(self, element: Element) -> str:
        """Start tag as written."""
        start, end = self.span(element)
        return self.text[start:end]


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
    at = 0  # offset that `line` and `column` belong to
    while position < end:
        match = _ATTRIBUTE.match(tag, position)
        if not match or match.end() == position:
            break
        position = match.end()
        double, single, bare = match["double"], match["single"], match["bare"]
        raw = double if double is not None else single if single is not None else bare
        start = match.start("name")
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
