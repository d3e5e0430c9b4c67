"""Read Python files: docstrings, documentation comments and the text blocks of gallery scripts."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
import warnings
from collections.abc import Iterator

from ..model import Document
from . import markdown, rst
from .collect import Collector
from .trees import unescape
from .views import View, Weave, joined, normal, whole

_STRING = re.compile(
    r"""([rRuU]?)(?:(\"{3})((?>(?:[^"\\]+|\\.|"(?!""))*))\"{3}|('{3})((?>(?:[^'\\]+|\\.|'(?!''))*))'{3}"""
    r"""|(")((?>(?:[^"\\\n]+|\\.)*))"|(')((?>(?:[^'\\\n]+|\\.)*))')""",
    re.DOTALL,
)
_BETWEEN = re.compile(r"(?>(?:\s+|#[^\n]*|\\\r?\n|[()])*)")
MARKDOWN_IMAGE = re.compile(
    r"(?m)^[ \t#:]*+\[?!\[[^\[\]\n]*\]\([^()\s]+[^()\n]*\)"
    r"|(?<![`:])(?:`{3,}+|:{3,}+) *+\{(?:image|figure|eval-rst)"
)
_COMMENT_HINT = re.compile(r"(?m)^[ \t]*#.*(?:\.\. .*::|!\[|<img)|#\s*alt-text")
_LIGHT = re.compile(r"(?m)^#[ ]+format_name: light\s*$")
BLOCK_START = re.compile(r"#{20,}|#[ ]?%%")
_CELL_KIND = re.compile(r"#[ ]?%%+.*\[(markdown|md)\]", re.IGNORECASE)
_ALT_COMMENT = re.compile(r"#+\s*(alt-text\s*:.*)")
_DOC_NAMES = {"__doc__", "rst_prolog", "rst_epilog"}
_TOKEN = re.compile(
    r"""\#[^\n]*|(\b[rRuUbBfFtT]{1,2})?(?:(\"{3}(?>(?:[^"\\]|\\.|"(?!""))*)\"{3}|'{3}(?>(?:[^'\\]|\\.|'(?!''))*)'{3})"""
    r"""|"(?>(?:[^"\\\n]|\\.)*)"|'(?>(?:[^'\\\n]|\\.)*)')""",
    re.DOTALL,
)
_GOES_ON = ("(", "[", "{", ",", "=", "+", "%", "\\")  # behind these a string is part of an expression


def read(text: str, path: str) -> Document:
    """Find the images that a Python file's documentation shows.

    Parameters
    ----------
    text, path : str
        The file's text; its path as shown to a person.

    Returns
    -------
    Document
        Images in docstrings (reStructuredText, numpydoc or MyST), in ``#:`` comments and in the text
        blocks of gallery scripts, each with its place in the file.
    """
    collector = Collector()
    cells = "%%" in text or "format_name: light" in text
    if _worth(text) or "alt-text" in text or (cells and ("![" in text or "<img" in text)):
        view = whole(text, path)
        if text.startswith("\ufeff"):
            view = view.part(1, len(text))
        _File(view, collector).read()
    return collector.document(path, "python")


def _worth(text: str) -> bool:
    if "::" in text and rst.interesting(text):
        return True
    hinted = "![" in text or "`{" in text or ":{" in text
    return hinted and MARKDOWN_IMAGE.search(text) is not None


Comment = tuple[int, int, int, bool]
"""Line, start, end, whether it stands alone on its line."""


class _File:
    def __init__(self, view: View, collector: Collector) -> None:
        self.view = view
        self.text = view.text
        self.out = collector
        self.starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", view.text))]
        self.tree: ast.Module | None = None

    def read(self) -> None:
        """Read docstrings, then comments."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self.tree = ast.parse(self.text)
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            line = getattr(error, "lineno", None) or 1
            offset = self.starts[min(max(line, 1), len(self.starts)) - 1]
            self.out.problem(
                self.view,
                offset,
                f"this Python ({sys.version_info[0]}.{sys.version_info[1]}) cannot read it "
                f"({type(error).__name__}); only what looks like a docstring was read",
            )
            for start, end in likely_docstrings(self.text):
                if _worth(self.text[start:end]):
                    self.string(start, end, "")
        else:
            for node, name in documentation(self.tree):
                start = self.offset(node.lineno, node.col_offset)
                end = self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
                if _worth(self.text[start:end]) or "alt-text" in self.text[start:end]:
                    self.string(start, end, name)
        if _COMMENT_HINT.search(self.text):
            self.comments()

    def offset(self, line: int, byte: int) -> int:
        """Offset of a place as `ast` counts, in bytes of UTF-8."""
        start = self.starts[min(line, len(self.starts)) - 1]
        stop = self.starts[line] if line < len(self.starts) else len(self.text)
        row = self.text[start:stop]
        if row.isascii():
            return start + byte
        return start + len(row.encode("utf-8", "surrogatepass")[:byte].decode("utf-8", "replace"))

    def string(self, start: int, end: int, name: str) -> None:
        """A docstring, which may be written in several adjacent parts."""
        parts: list[View] = []
        at = start
        while at < end:
            at = _BETWEEN.match(self.text, at).end()  # type: ignore[union-attr]
            match = _STRING.match(self.text, at)
            if not match or at >= end:
                break
            group = next(g for g in (3, 5, 7, 9) if match[g] is not None)
            first, last = match.span(group)
            raw = match[1] in ("r", "R")
            parts.append(self.view.part(first, last) if raw else unescape(self.view, first, last, fold=True))
            at = match.end()
        if parts:
            self.out.head(self.view, start, name)
            self.docstring(joined(parts))

    def docstring(self, view: View) -> None:
        """A docstring's text: its indentation goes, then its format's reader takes over."""
        view = dedent(normal(view))
        if MARKDOWN_IMAGE.search(view.text):
            markdown.scan(view, self.out)
        else:
            rst.scan(view, self.out)

    # -- comments ------------------------------------------------------------------------------

    def comments(self) -> None:
        """Documentation comments, text blocks of gallery scripts, comments to the linter."""
        found = comments(self.text, self.starts)
        for line, start, end, alone in found:
            if match := _ALT_COMMENT.match(self.text, start, end):
                first, last = self.covered(line, alone, found)
                self.out.note(
                    self.view, start, end, match[1], self.starts[min(last, len(self.starts)) - 1] + 1, first
                )
        groups = runs([c for c in found if c[3]])
        if _LIGHT.search(self.text, 0, 2000):
            self.light(list(groups))
            return
        for block in groups:
            self.block(block)

    def covered(self, line: int, alone: bool, comments: list[Comment]) -> tuple[int, int]:
        """First and last line that a comment covers: the statement it follows, or the next one."""
        lines = {c[0] for c in comments if c[3]}
        last = line
        while alone and last + 1 in lines:
            last += 1
        if last > line:
            return line, last
        best: ast.stmt | None = None
        for node in _statements(self.tree) if self.tree else []:
            if alone:
                if node.lineno > line and (best is None or node.lineno < best.lineno):
                    best = node
            elif node.lineno <= line <= _own_end(node) and (best is None or node.lineno >= best.lineno):
                best = node
        if best is None:
            return line, line
        return min(line, best.lineno), _own_end(best)

    def light(self, groups: list[list[Comment]]) -> None:
        """Text cells of jupytext's light format: comments between blanks, not from ``# +`` to ``# -``."""
        code = False
        for run in groups:
            marks = {self.text[start : start + 3] for _, start, _, _ in run}
            if code or "# +" in marks or run[0][0] == 1:  # line 1 begins the header
                code = "# -" not in marks and (code or "# +" in marks)
                continue
            lines = run[0][0] - 2, run[-1][0]
            if all(not self.line(line).strip() for line in lines) and run[0][1] == self.starts[run[0][0] - 1]:
                self.comment_text([(start + 1, end) for _, start, end, _ in run], "markdown")

    def line(self, index: int) -> str:
        """A line by its index, blank behind the last."""
        start, *following = self.starts[index : index + 2] or [len(self.text)]
        return self.text[start : following[0] if following else None]

    def block(self, block: list[Comment]) -> None:
        """A run of comment lines: ``#:`` documentation, or text of a gallery script."""
        text = self.text
        if text.startswith("#:", block[0][1]):
            self.comment_text([(s + 2, e) for _, s, e, _ in block if text.startswith("#:", s)], "")
            return
        at = 0
        while at < len(block):
            _, start, end, _ = block[at]
            if not BLOCK_START.match(text, start) or text[start - 1 : start] not in ("", "\n", "\r"):
                at += 1
                continue
            stop = at + 1
            while stop < len(block) and not re.match(r"#[ ]?%%", text[block[stop][1] : block[stop][2]]):
                stop += 1
            form = "markdown" if _CELL_KIND.match(text, start, end) else ""
            self.comment_text([(s + 1, e) for _, s, e, _ in block[at + 1 : stop]], form)
            at = stop

    def comment_text(self, lines: list[tuple[int, int]], form: str) -> None:
        """Text of comment lines, without their marks."""
        weave = Weave()
        for start, end in lines:
            weave.add(self.text[start:end], start)
            weave.add("\n", end)
        if not lines:
            return
        view = dedent(normal(weave.view(self.view)), first=True)
        if form == "markdown" or MARKDOWN_IMAGE.search(view.text):
            markdown.scan(view, self.out)
        else:
            rst.scan(view, self.out)


def likely_docstrings(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the strings in three quotes that begin a statement, in a text that cannot be parsed.

    Parameters
    ----------
    text : str
        Python, perhaps of another version.

    Yields
    ------
    tuple of int
        Start and end, prefix and quotes included.
    """
    before, at = "", 0
    for match in _TOKEN.finditer(text):
        before, at = text[at : match.start()].rstrip()[-1:] or before, match.end()
        if match[2] and (match[1] or "r") in "rRuU" and before not in _GOES_ON:
            line = text.rfind("\n", 0, match.start()) + 1
            if not text[line : match.start()].strip():
                yield match.span()
        if match[0][0] != "#":
            before = '"'


def documentation(tree: ast.Module) -> Iterator[tuple[ast.Constant, str]]:
    """Strings of a module that document something, with the name of what they document.

    Parameters
    ----------
    tree : ast.Module
        Parsed module.

    Yields
    ------
    tuple
        Docstrings of modules, classes and functions; strings after an assignment; values of ``__doc__``,
        ``rst_prolog`` and ``rst_epilog``; strings given to ``add_newdoc`` and its like.
    """
    waiting: list[tuple[ast.AST, str]] = [(tree, "")]
    while waiting:
        scope, name = waiting.pop()
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            body = getattr(scope, field, None)
            if not isinstance(body, list):
                continue
            for i, node in enumerate(body):
                if isinstance(node, ast.Expr):
                    value = node.value
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        own = (
                            i == 0
                            and field == "body"
                            and isinstance(
                                scope, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
                            )
                        )
                        if own or (i and isinstance(body[i - 1], ast.Assign | ast.AnnAssign)):
                            yield value, name
                    elif isinstance(value, ast.Call):
                        yield from _newdoc(value)
                elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    names = {getattr(t, "id", getattr(t, "attr", "")) for t in targets}
                    if (
                        names & _DOC_NAMES
                        and isinstance(node.value, ast.Constant)
                        and isinstance(node.value.value, str)
                    ):
                        yield node.value, ""
                elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
                    inner = getattr(node, "name", None)
                    below = f"{name}.{inner}".lstrip(".") if isinstance(inner, str) else name
                    waiting.append((node, below))


def _newdoc(call: ast.Call) -> Iterator[tuple[ast.Constant, str]]:
    called = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if "newdoc" not in called and "docstring" not in called:
        return
    names = [
        a.value
        for a in call.args
        if isinstance(a, ast.Constant) and isinstance(a.value, str) and "\n" not in a.value
    ]
    waiting: list[ast.expr] = [*call.args, *(k.value for k in call.keywords)]
    while waiting:
        argument = waiting.pop(0)
        if isinstance(argument, ast.Tuple | ast.List):
            waiting[:0] = argument.elts
        elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument, ".".join(names)


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.stmt))


def _own_end(node: ast.stmt) -> int:
    """Last line of a statement; of a definition, of its docstring."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        first = node.body[0]
        documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        return (
            (first.end_lineno or first.lineno)
            if documented
            else first.lineno - 1
            if first.lineno > node.lineno
            else node.lineno
        )
    body = getattr(node, "body", None)
    if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
        return max(body[0].lineno - 1, node.lineno)
    return node.end_lineno or node.lineno


def comments(text: str, starts: list[int]) -> list[Comment]:
    """Comments of a module; those before its fault in one that cannot be read.

    Parameters
    ----------
    text : str
        The module.
    starts : list of int
        Offset of each line.

    Returns
    -------
    list of Comment
        In order.
    """
    found: list[Comment] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                start = starts[line - 1] + column
                found.append((line, start, start + len(token.string), not token.line[:column].strip()))
    # CPython 3.13 turns an error into a SystemError where a tracer looks on (debugger, coverage).
    except (tokenize.TokenError, SyntaxError, IndexError, ValueError, RecursionError, SystemError):
        pass
    return found


def runs(comments: list[Comment]) -> Iterator[list[Comment]]:
    """Comments on consecutive lines, in groups."""
    run: list[Comment] = []
    for comment in comments:
        if run and comment[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(comment)
    if run:
        yield run


def dedent(view: View, *, first: bool = False) -> View:
    """A text without the indentation its lines share, as `inspect.cleandoc` makes it.

    Parameters
    ----------
    view : View
        Text without tabs.
    first : bool
        Whether the first line counts like the others; in a docstring it does not.

    Returns
    -------
    View
        The text, with the same number of lines.
    """
    lines = view.text.split("\n")
    counted = [line for line in (lines if first else lines[1:]) if line.strip()]
    margin = min((len(line) - len(line.lstrip(" ")) for line in counted), default=0)
    weave = Weave()
    at = 0
    for i, line in enumerate(lines):
        cut = margin if i or first else len(line) - len(line.lstrip(" "))
        cut = min(cut, len(line) - len(line.lstrip(" ")))
        weave.add(line[cut:], at + cut)
        at += len(line)
        if i < len(lines) - 1:
            weave.add("\n", at)
        at += 1
    return weave.view(view)
