"""What a reader of the built document meets: equal before and after a comment to the linter is added."""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import json
import re
import tomllib
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from .sources import directives, format_of, mkdocs
from .text import Lines

_COMMENT = re.compile(r"<!--\s*alt-text\s*:.*?-->", re.DOTALL)
_SPACE = re.compile(r"\s+")
_MYST = re.compile(r"(?m)^[ \t>]*(?:`{3,}|~{3,}|:{3,}) *\{")
_PLACES = re.compile(r' (?:line|source)="[^"]*"')
_RICH = re.compile(r"[<\n]|!\[|\{\{")
_DEEPEST = 12


def same(one: str, other: str, path: str) -> bool:
    """Whether two texts make the same document.

    Parameters
    ----------
    one, other : str
        Texts; comments to the linter and white space that means nothing are left out of account.
    path : str
        Name that tells the format.

    Returns
    -------
    bool
        False too if either cannot be read.
    """
    shape = _SHAPES.get(format_of(path) or "")
    try:
        return shape is not None and shape(one) == shape(other)
    except Exception:  # noqa: BLE001 (parsers of six formats, given any text: an edit is then not worth the risk)
        return False


def rst(text: str) -> str:
    """Tree that docutils makes of a text, directives it does not know read like admonitions."""
    from docutils import nodes
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Parser
    from docutils.utils import new_document

    registry: Any = importlib.import_module("docutils.parsers.rst.directives")
    roles: Any = importlib.import_module("docutils.parsers.rst.roles")
    settings = get_default_settings(Parser)
    settings.report_level, settings.halt_level, settings.warning_stream = 6, 7, io.StringIO()
    settings.file_insertion_enabled = False
    document = new_document("", settings)
    usual, named = registry.directive, roles.role
    anything = _anything()
    known = registry._directive_registry

    def directive(name: str, language: Any, document: Any) -> Any:
        return usual(name, language, document) if name in known else (anything, [])

    def role(*_: Any) -> Any:
        return roles.CustomRole("any", roles.generic_custom_role), []

    registry.directive, roles.role = directive, role
    try:
        Parser().parse(text, document)
    finally:
        registry.directive, roles.role = usual, named
    for comment in list(document.findall(nodes.comment)):
        if comment.astext().lstrip().lower().startswith("alt-text"):
            comment.parent.remove(comment)
    return _PLACES.sub("", document.pformat())


@cache
def _anything() -> Any:
    from docutils import nodes
    from docutils.parsers.rst import Directive

    class Options(dict[str, Any]):
        def __missing__(self, name: str) -> Any:
            return str

    class Anything(Directive):
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        option_spec = Options(name=str)

        def run(self) -> list[nodes.Node]:
            about = repr((self.name, self.arguments, sorted(self.options.items())))
            node = nodes.container("", nodes.paragraph("", about))
            if directives.short_name(self.name) in directives.LITERAL:
                node += nodes.literal_block("", "\n".join(self.content))
            else:
                self.state.nested_parse(self.content, self.content_offset, node, match_titles=True)
            return [node]

    return Anything


def markdown(text: str, depth: int = 0) -> str:
    """HTML that a text becomes, without white space; MyST directives and the data in shortcodes read."""
    from .sources import markdown as reader

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = ""
    if not depth:
        for pattern, load in ((reader.FRONT_YAML, _yaml), (reader.FRONT_TOML, tomllib.loads)):
            if match := pattern.match(text):
                head, text = repr(data(load(match[1]))), text[match.end() :]
                break
    text = _shortcode_data(text)
    made = _parser(bool(depth) or bool(_MYST.search(text)))
    html = made.render(text, {"depth": depth})
    return head + _SPACE.sub("", _COMMENT.sub("", html))


def _shortcode_data(text: str) -> str:
    """The text with what Hugo shortcodes read as TOML or YAML in a form without comments."""
    from .sources import markdown as reader
    from .sources import shortcodes

    if "{{<" not in text and "{{%" not in text:
        return text
    for start, end in sorted(shortcodes.bodies(shortcodes.find(text)).values(), reverse=True):
        for pattern, load in ((reader.TOML_BODY, tomllib.loads), (reader.YAML_BODY, _yaml)):
            if pattern.match(text, start, end):
                try:
                    text = text[:start] + json.dumps(repr(data(load(text[start:end])))) + text[end:]
                except ValueError:
                    continue
                break
    return text


@cache
def _parser(myst: bool) -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.myst_blocks import myst_block_plugin

    made = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(deflist_plugin)
    mkdocs.blocks(made)  # elsewhere they are code, in which nothing is found
    if myst:
        made.use(colon_fence_plugin).use(myst_block_plugin)
        made.add_render_rule("fence", _fence)
        made.add_render_rule("colon_fence", _fence)
    return made


def _fence(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """A fence; a directive's content is read like the text around it."""
    from .sources import myst
    from .sources.views import whole

    token, depth = tokens[index], env.get("depth", 0) + 1
    opened = myst.opening(token.info)
    if opened is None and token.type == "fence":
        return f"<pre>{token.info}:{token.content}</pre>"
    name = opened[0] if opened else ""
    if name in myst.LITERAL or depth > _DEEPEST:
        return f"<pre>{token.info}:{token.content}</pre>"
    if name == "eval-rst":
        return rst(token.content)
    content = myst.options_of(whole(token.content, ""))[2]
    inner = markdown(token.content[content:], depth)
    return f"<div>{token.info}:{token.content[:content]}{inner}</div>"


def html(text: str) -> list[str]:
    """Elements and texts of a page, in order."""
    import turbohtml

    from .sources.html_dom import parse

    found: list[str] = []

    def walk(node: Any, exact: bool) -> None:
        for child in node.children:
            if isinstance(child, turbohtml.Comment) and _COMMENT.fullmatch(f"<!--{child.data}-->"):
                continue
            if isinstance(child, turbohtml.Element):
                found.append(f"<{child.tag} {sorted(child.attrs.items())}>")
                walk(child, exact or child.tag in ("pre", "textarea", "script", "style"))
                found.append(">")
            else:
                said = str(getattr(child, "data", ""))
                found.append(said if exact else _SPACE.sub("", said))

    walk(parse(text.replace("\r\n", "\n").replace("\r", "\n")), False)
    return ["".join(found)]


def python(text: str) -> list[str]:
    """Code of a module, and what its docstrings and text blocks make."""
    from .sources import python as reader

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    texts = []
    for constant, _ in reader.documentation(tree):
        texts.append(inspect.cleandoc(str(constant.value)))
        constant.value = ""
    texts += _text_blocks(text)
    shapes = [markdown(t) if reader.MARKDOWN_IMAGE.search(t) else rst(t) for t in texts]
    return [ast.dump(tree), *shapes]


def _text_blocks(text: str) -> Iterator[str]:
    """Text of comments that documentation shows."""
    from .sources import python as reader

    alone = [comment for comment in reader.comments(text, Lines(text).starts) if comment[3]]
    for run in reader.runs(alone):
        rows = [text[start:end] for _, start, end, _ in run]
        if rows[0].startswith("#:") or any(reader.BLOCK_START.match(row) for row in rows):
            yield inspect.cleandoc("\n" + "\n".join(row.removeprefix("#").removeprefix(":") for row in rows))


def data(value: Any) -> Any:
    """Data with the Markdown in its strings read."""
    if isinstance(value, dict):
        return {name: data(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [data(inner) for inner in value]
    return markdown(value, 1) if isinstance(value, str) and _RICH.search(value) else value


def _notebook(text: str) -> Any:
    book = json.loads(text)
    sheets = [book, *book.get("worksheets", ())]
    for cell in (cell for sheet in sheets for cell in sheet.get("cells", ())):
        cell.get("metadata", {}).pop("alt-text", None)
        cell.setdefault("metadata", {})
    return book


def _yaml(text: str) -> Any:
    import yaml

    try:
        return list(yaml.safe_load_all(text))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


_SHAPES: dict[str, Callable[[str], Any]] = {
    "html": html,
    "rst": rst,
    "markdown": markdown,
    "python": python,
    "notebook": _notebook,
    "toml": lambda text: data(tomllib.loads(text)),
    "yaml": lambda text: data(_yaml(text)),
}
