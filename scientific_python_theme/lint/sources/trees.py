"""JSON, TOML and YAML as trees whose strings know where they stand.

The standard parsers give values without places; these give both, and stop at the first thing they
do not understand instead of raising.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import field, mutable

from .views import View, Weave

DEEPEST = 200
_ESCAPES = {
    **{char: char for char in '"\\/ \t'},
    **dict(zip("bfnrte0avN_LP", "\b\f\n\r\t\x1b\0\a\v\x85\xa0\u2028\u2029", strict=True)),
}
_HEX = {"x": 2, "u": 4, "U": 8}
_PLAIN = re.compile(r"[^\\]+")


@mutable(kw_only=True)
class Node:
    """A value: a mapping, a list, a string or something plain.

    Parameters
    ----------
    kind : str
        ``map``, ``list``, ``string`` or ``plain``.
    start, end : int
        Offsets in the text, quotes included.
    items : list of (Node, Node)
        Keys and values of a mapping.
    members : list of Node
        Members of a list.
    base : View or None
        The text in which the offsets count.
    content : View or None
        A string's value, mapped to its place; None while nobody has asked (see `view`).
    text : str
        A key's or plain value's text.
    """

    kind: str
    start: int
    end: int = 0
    items: list[tuple[Node, Node]] = field(factory=list)
    members: list[Node] = field(factory=list)
    base: View | None = None
    content: View | None = None
    text: str = ""

    @property
    def view(self) -> View:
        """A string's value."""
        if self.content is None:
            assert self.base is not None
            self.content = unescape(self.base, self.start + 1, self.end - 1)
        return self.content

    @property
    def value(self) -> str:
        """A string's or plain value's text."""
        return self.view.text if self.kind == "string" else self.text

    def get(self, key: str) -> Node | None:
        """Value of a key of a mapping."""
        return next((v for k, v in self.items if k.text == key), None)

    def walk(self) -> Iterator[Node]:
        """The node and all below, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.members))
            waiting.extend(v for _, v in reversed(node.items))


class TreeError(Exception):
    """The text is not what it should be; `offset` says where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def unescape(view: View, start: int, end: int, *, fold: bool = False, trim: bool = False) -> View:
    r"""The text between two offsets with its backslash escapes undone.

    Parameters
    ----------
    view : View
        Where the string stands.
    start, end : int
        Offsets of its content.
    fold, trim : bool
        Whether a backslash at the end of a line swallows it, with indentation (TOML: `trim`).

    Returns
    -------
    View
        The string's value, mapped to its escapes.
    """
    text = view.text
    if text.find("\\", start, end) < 0:
        return view.part(start, end)
    weave = Weave()
    at = start
    while at < end:
        if match := _PLAIN.match(text, at, end):
            weave.add(match.group(), at)
            at = match.end()
            continue
        char = text[at + 1 : at + 2]
        if char in _HEX and at + 2 + _HEX[char] <= end:
            try:
                code = int(text[at + 2 : at + 2 + _HEX[char]], 16)
                size = 2 + _HEX[char]
                if 0xD800 <= code < 0xDC00 and text[at + 6 : at + 8] == "\\u":
                    low = int(text[at + 8 : at + 12], 16)
                    if 0xDC00 <= low < 0xE000:
                        code = 0x10000 + ((code - 0xD800) << 10) + low - 0xDC00
                        size = 12
                weave.add(chr(code), at, size)
                at += size
                continue
            except (ValueError, OverflowError):
                pass
        if (
            char in ("\n", "\r", " ", "\t")
            and (fold or trim)
            and (folded := re.compile(r"[ \t]*\r?\n").match(text, at + 1, end))
        ):
            at = folded.end()
            if trim:
                at = re.compile(r"\s*").match(text, at, end).end()  # type: ignore[union-attr]
            continue
        if char in _ESCAPES and at + 2 <= end:
            weave.add(_ESCAPES[char], at, 2)
        else:
            weave.add(text[at : min(at + 2, end)], at)
        at += 2
    return weave.view(view)


# -- JSON --------------------------------------------------------------------------------------

_JSON_TOKEN = re.compile(
    r'[\s,:\ufeff]*(?:("(?>(?:[^"\\]+|\\.)*)")|([\[{])|([\]}])|([^\s",:\[\]{}]+)|(\S))', re.DOTALL
)

_JSON_PLAIN = re.compile(r"-?[0-9][0-9.eE+-]*|true|false|null|NaN|-?Infinity")


def json_tree(view: View) -> Node:
    """Parse JSON.

    Parameters
    ----------
    view : View
        The text.

    Returns
    -------
    Node
        The value at the top.

    Raises
    ------
    TreeError
        If brackets do not match, a string never ends, or nesting is absurd.
    """
    root = Node(kind="list", start=0)
    stack = [root]
    keys: list[Node | None] = [None]
    text = view.text
    at = 0
    while match := _JSON_TOKEN.match(text, at):
        at = match.end()
        string, opening, closing, plain, other = match.groups()
        if plain is not None and not _JSON_PLAIN.fullmatch(plain):
            raise TreeError(f"unexpected {plain[:20]!r}", match.start(4))
        if other is not None:
            raise TreeError(
                "a string that never ends" if other == '"' else f"unexpected {other!r}", match.start(5)
            )
        if closing:
            if len(stack) < 2 or (stack[-1].kind == "map") != (closing == "}"):
                raise TreeError(f"unexpected {closing!r}", match.start(3))
            stack[-1].end = at
            stack.pop()
            keys.pop()
            continue
        if string is not None:
            node = Node(kind="string", start=match.start(1), end=at)
            node.base = view
            if stack[-1].kind == "map" and keys[-1] is None:
                node.text = string[1:-1]
        elif opening:
            node = Node(kind="map" if opening == "{" else "list", start=match.start(2))
        else:
            node = Node(kind="plain", start=match.start(4), end=at, text=plain)
        above = stack[-1]
        if above.kind == "list":
            above.members.append(node)
        elif keys[-1] is None:
            keys[-1] = node
        else:
            above.items.append((keys[-1], node))
            keys[-1] = None
        if opening:
            stack.append(node)
            keys.append(None)
            if len(stack) > DEEPEST:
                raise TreeError("nested too deeply", match.start(2))
    if len(stack) > 1:
        raise TreeError("the file ends in the middle", len(text))
    if not root.members:
        raise TreeError("the file is empty", 0)
    return root.members[0]


# -- TOML --------------------------------------------------------------------------------------

_BLANKS = re.compile(r"(?>(?:[ \t\r\n]+|#[^\n]*+)*)")
_INLINE_BLANKS = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[\w-]+")
_BARE_VALUE = re.compile(r"[^\s,\]}#=]+(?: [0-9:.]+[^\s,\]}#]*)?")


class _Toml:
    def __init__(self, view: View) -> None:
        self.view = view
        self.text = view.text
        self.at = 0

    def blanks(self, pattern: re.Pattern[str] = _BLANKS) -> None:
        self.at = pattern.match(self.text, self.at).end()  # type: ignore[union-attr]

    def expect(self, mark: str) -> None:
        if not self.text.startswith(mark, self.at):
            raise TreeError(f"expected {mark!r}", self.at)
        self.at += len(mark)

    def string(self) -> Node:
        start = self.at
        quote = self.text[start]
        mark = quote * 3 if self.text.startswith(quote * 3, start) else quote
        first = start + len(mark)
        end = first
        while True:
            end = self.text.find(mark, end)
            if end < 0 or (len(mark) == 1 and self.text.find("\n", first, end) >= 0):
                raise TreeError("a string that never ends", start)
            slashes = end - len(self.text[first:end].rstrip("\\")) - first
            if quote == "'" or slashes % 2 == 0:
                break
            end += 1
        while len(mark) == 3 and self.text.startswith(quote, end + 3):
            end += 1
        if len(mark) == 3:
            first += 2 if self.text.startswith("\r\n", first) else self.text.startswith("\n", first)
        view = self.view.part(first, end) if quote == "'" else unescape(self.view, first, end, trim=True)
        self.at = end + len(mark)
        return Node(kind="string", start=start, end=self.at, base=self.view, content=view, text=view.text)

    def key(self) -> list[Node]:
        path = []
        while True:
            self.blanks(_INLINE_BLANKS)
            if self.text[self.at : self.at + 1] in ('"', "'"):
                path.append(self.string())
            elif match := _BARE_KEY.match(self.text, self.at):
                path.append(Node(kind="plain", start=self.at, end=match.end(), text=match.group()))
                self.at = match.end()
            else:
                raise TreeError("expected a key", self.at)
            self.blanks(_INLINE_BLANKS)
            if not self.text.startswith(".", self.at):
                return path
            self.at += 1

    def value(self, depth: int = 0) -> Node:
        if depth > DEEPEST:
            raise TreeError("nested too deeply", self.at)
        char = self.text[self.at : self.at + 1]
        start = self.at
        if char and char in "\"'":
            return self.string()
        if char in ("[", "{"):
            node = Node(kind="list" if char == "[" else "map", start=start)
            close = "]" if char == "[" else "}"
            self.at += 1
            self.blanks()
            while not self.text.startswith(close, self.at):
                if char == "[":
                    node.members.append(self.value(depth + 1))
                else:
                    self.pair(node, depth + 1)
                self.blanks()
                if not self.text.startswith(",", self.at):
                    break
                self.at += 1
                self.blanks()
            self.expect(close)
        else:
            match = _BARE_VALUE.match(self.text, start)
            if not match:
                raise TreeError("expected a value", start)
            self.at = match.end()
            node = Node(kind="plain", start=start, text=match.group())
        node.end = self.at
        return node

    def pair(self, table: Node, depth: int = 0) -> None:
        path = self.key()
        self.expect("=")
        self.blanks(_INLINE_BLANKS)
        value = self.value(depth)
        for key in path[:-1]:
            table = self.below(table, key)
        value.base = self.view
        table.items.append((path[-1], value))

    @staticmethod
    def below(table: Node, key: Node) -> Node:
        found = table.get(key.text)
        if found is not None and found.kind == "list" and found.members:
            found = found.members[-1]
        if found is None or found.kind != "map":
            found = Node(kind="map", start=key.start, end=key.end)
            table.items.append((key, found))
        return found

    def parse(self) -> Node:
        root = Node(kind="map", start=0, end=len(self.text))
        table = root
        self.blanks(re.compile("\ufeff?"))
        self.blanks()
        while self.at < len(self.text):
            if not self.text.startswith("[", self.at):
                self.pair(table)
                self.blanks()
                continue
            many = self.text.startswith("[[", self.at)
            start = self.at
            self.at += 2 if many else 1
            path = self.key()
            self.expect("]]" if many else "]")
            table = root
            for key in path[:-1]:
                table = self.below(table, key)
            if many:
                array = table.get(path[-1].text)
                if array is None or array.kind != "list":
                    array = Node(kind="list", start=start)
                    table.items.append((path[-1], array))
                table = Node(kind="map", start=start, end=self.at)
                array.members.append(table)
            else:
                table = self.below(table, path[-1])
            self.blanks()
        return root


def toml_tree(view: View) -> Node:
    """Parse TOML.

    Parameters
    ----------
    view : View
        The text.

    Returns
    -------
    Node
        The mapping at the top.

    Raises
    ------
    TreeError
        If it is not TOML.
    """
    return _Toml(view).parse()


# -- YAML --------------------------------------------------------------------------------------


def yaml_tree(view: View) -> Node:
    """Parse YAML; the strings of folded and quoted scalars that span lines keep their first place only.

    Parameters
    ----------
    view : View
        The text.

    Returns
    -------
    Node
        The value at the top; an empty mapping for an empty text.

    Raises
    ------
    TreeError
        If it is not YAML.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(view.text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise TreeError(str(error.problem or "not YAML"), mark.index if mark else 0) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise TreeError(str(error).partition("\n")[0] or "not YAML", 0) from None
    return _from_yaml(view, root, 0, {}) if root else Node(kind="map", start=0)


def _from_yaml(view: View, node: object, depth: int, seen: dict[int, Node]) -> Node:
    import yaml

    assert isinstance(node, yaml.Node)
    start, end = node.start_mark.index, node.end_mark.index
    done = Node(kind="plain", start=start, end=end, base=view)
    if id(node) in seen or depth > DEEPEST:  # an alias: reported where it is defined
        return done
    seen[id(node)] = done
    if isinstance(node, yaml.MappingNode):
        done.kind = "map"
        done.items = [
            (_from_yaml(view, k, depth + 1, seen), _from_yaml(view, v, depth + 1, seen))
            for k, v in node.value
        ]
    elif isinstance(node, yaml.SequenceNode):
        done.kind = "list"
        done.members = [_from_yaml(view, member, depth + 1, seen) for member in node.value]
    else:
        done.text = node.value
        if node.tag == "tag:yaml.org,2002:str":
            done.kind = "string"
            done.content = _yaml_string(view, node.value, start, end)
    return done


def _yaml_string(view: View, value: str, start: int, end: int) -> View:
    """Match a scalar's value with how it is written, character by character, skipping syntax."""
    written = view.text
    if written[start : start + 1] == '"' and "\n" not in written[start:end]:
        return unescape(view, start + 1, end - 1)
    weave = Weave()
    at = start + (written[start : start + 1] in ("'", "|", ">"))
    if written[start : start + 1] in ("|", ">"):
        at = written.find("\n", start, end) + 1 or end
    for line in value.split("\n"):
        for k, chunk in enumerate(line.split(" ")):
            if k:
                weave.add(" ", min(at, end))
            if not chunk:
                continue
            found = written.find(chunk, at, end)
            at = found if found >= 0 else at
            weave.add(chunk, at)
            at += len(chunk) if found >= 0 else 0
        weave.add("\n", min(at, end))
    whole = weave.view(view)
    return View(value, whole, [(0, 0)])
