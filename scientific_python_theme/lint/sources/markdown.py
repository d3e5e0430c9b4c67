"""Read Markdown: CommonMark, MyST and what Hugo adds, raw HTML included.

markdown-it-py finds the blocks and the inline marks; what it does not tell, the column of an image,
is recorded by a rule of ours that wraps its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import unquote

from attrs import evolve

from ..discover import dialect
from ..model import Attribute, Document, Image, Origin, Surroundings
from . import directives, mkdocs, myst, resource, shortcodes, trees
from .collect import DEEPEST, Collector, is_decorative, names_no_picture
from .rst import blank, blank_except
from .views import View, Weave, normal, whole

LONGEST = 8_000_000  # characters that are parsed; more is searched for plain images only
LONGEST_INLINE = 50_000
MOST_BRACKETS = 1_500
MOST_LEVELS = 40  # of the parser: a quote is one, a list's item two
MOST_NESTED = 6  # times the length of a file that is read again as the content of directives

_HINT = re.compile(
    r"!\[|<(?:img|svg|object|embed|iframe|input|area|picture|image|math)\b|\brole\s*=|alt-text|\{\{\s*[<%]"
    r"|(?:```|~~~|:::) *\{|(?:```|~~~) *mermaid"
    r"|featuredImage",
    re.IGNORECASE,
)
_LEAVES = ("inline", "fence", "colon_fence", "html_block", "table_open", "code_block")
_CODE = ("fence", "colon_fence", "code_block")
_INLINE_HINT = re.compile(r"!\[|<")
_PLAIN_TAG = re.compile(rf"<img\b[^{{{shortcodes.MASK}]*\Z", re.IGNORECASE)
_TAG_HINT = re.compile(
    r"<(?:img|svg|object|embed|iframe|input|area|picture|image)\b|\brole\s*=", re.IGNORECASE
)
FRONT_YAML = re.compile(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
FRONT_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_PLAIN_IMAGE = re.compile(r"!\[([^\[\]\n]*+)\]\(([^()\s]*+)[^()\n]*+\)")
_ATTRIBUTES = re.compile(r"""\{((?>(?:"(?>(?:[^"\\]|\\.)*)"|[^{}])*))\}""")
_ATTRIBUTE = re.compile(r"""([.#])([\w-]+)|([\w:-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"'}]+))""")
_IN_BRACES = {"mkdocs": ("alt",), "carpentries": ("alt",), "quarto": ("fig-alt", "alt")}
_OPTIONAL = re.compile(r"\b(?:light|dark)-content\b|\bcontent-(?:visible|hidden)\b|\{only\}")
_ATTRIBUTE_LINE = re.compile(r"(?m)^[ \t]*\{([^{}\n]+)\}[ \t]*$")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_LINE_COMMENT = re.compile(r"(?m)^[ \t]*%[ \t]*(alt-text\s*:[^\n]*)$")
TOML_BODY = re.compile(
    r"\s*(?:#[^\n]*\n\s*)*(?:\[\[?[\w.\"' -]+\]\]?[ \t]*(?:#[^\n]*)?(?:\n|$)|[\w-]+[ \t]*=[ \t]*[\"'\[{\w-])"
)
YAML_BODY = re.compile(r"\s*(?:caption|headers|rows|format)\s*:")


@cache
def _parser(mkdocs_too: bool = False) -> Any:
    """A parser of CommonMark with tables, definition lists, footnotes, MyST comments and colon fences."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import backtick, html_inline, image
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.myst_blocks import myst_block_plugin

    def with_span(rule: Any) -> Any:
        def wrapped(state: Any, silent: bool) -> bool:
            start, before = state.pos, len(state.tokens)
            found = bool(rule(state, silent))
            if found and not silent and len(state.tokens) > before:
                state.tokens[-1].meta = {"span": (start, state.pos)}
            return found

        return wrapped

    made = MarkdownIt("commonmark", {"maxNesting": MOST_LEVELS}).enable("table")
    made.use(footnote_plugin, inline=False).use(deflist_plugin).use(colon_fence_plugin).use(myst_block_plugin)
    if mkdocs_too:
        mkdocs.blocks(made)
    made.inline.ruler.at("image", with_span(image))
    made.inline.ruler.at("html_inline", with_span(html_inline))
    made.inline.ruler.at("backticks", with_span(backtick))
    made.disable(["text_join", "fragments_join"], ignoreInvalid=True)
    return made


def read(text: str, path: str) -> Document:
    """Find the images of a Markdown file.

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
    scan(whole(text, path), collector, front_matter=True)
    return collector.document(path, "markdown")


def scan(
    view: View, collector: Collector, *, front_matter: bool = False, env: dict[str, Any] | None = None
) -> None:
    """Gather what a Markdown text holds; for readers that embed it.

    Parameters
    ----------
    view : View
        The text.
    collector : Collector
        Takes what is found.
    front_matter : bool
        Whether it is a whole file, which may begin with front matter.
    env : dict, optional
        Link definitions of the text around it.
    """
    if not _HINT.search(view.text):
        return
    view = normal(view, tabs=False)
    if len(view.text) > LONGEST:
        collector.problem(view, 0, f"longer than {LONGEST:,} characters: only plain images were looked for")
        for match in _PLAIN_IMAGE.finditer(view.text):
            collector.images.append(_plain(view, match, collector.heading))
        return
    Reading(view, collector, {} if env is None else env).run(front_matter)


def _plain(view: View, match: re.Match[str], heading: str) -> Image:
    alt = match[1].strip() or None
    return Image(
        src=match[2],
        alt=alt,
        place=view.place(*match.span()),
        element="![]()",
        format="markdown",
        origin=Origin.AUTHOR if alt else Origin.NONE,
        alt_place=view.place(*match.span(1)),
        around=Surroundings(heading=heading),
    )


class Link(NamedTuple):
    """A Markdown link around raw images: its address, its text, and what else names it."""

    href: str
    text: str
    names: list[str]


class Reading:
    """One text being read.

    Parameters
    ----------
    view : View
        Text with plain line ends.
    collector : Collector
        Takes what is found.
    env : dict
        Link definitions known so far.
    """

    def __init__(self, view: View, collector: Collector, env: dict[str, Any]) -> None:
        self.view = view
        self.text = view.text
        self.out = collector
        self.env = env
        self.hidden: list[tuple[int, int]] = []
        self.html: list[tuple[int, int]] = []
        self.blanks: list[tuple[int, int]] = []
        self.lines: list[tuple[int, int]] = []
        self.linked: dict[tuple[int, int], Link] = {}

    def run(self, front_matter: bool) -> None:
        """Read the text."""
        text = self.text
        if front_matter:
            text = self.front(text)
        before = len(self.out.images)
        if "{{<" in text or "{{%" in text:
            text = self.calls(text)
        after = len(self.out.images)
        self.masked = text
        at = 0
        for line in text.split("\n"):
            self.lines.append((at, at + len(line)))
            at += len(line) + 1
        try:
            tokens = self.blocks(text)
        except RecursionError:
            self.out.problem(self.view, 0, "nested too deeply; not read")
            return
        # The parser goes no deeper: it leaves out what stands inside.
        for token, below in pairwise(tokens):
            if token.level == MOST_LEVELS - 1 and token.nesting == 1 and below.nesting == -1:
                at = self.lines[token.map[0]][0] if token.map else 0
                self.out.problem(self.view, at, "nested too deeply; not read further")
                break
        self.comments(tokens)
        self.read_tokens(tokens)
        # Shortcodes were found before the headings.
        self.out.images[before:after] = map(self.out.under_heading, self.out.images[before:after])
        if self.html:
            first = len(self.out.images)
            self.out.html(self.view, blank_except(text, without(self.html, self.blanks)), text)
            self.link_html(first)

    def blocks(self, text: str) -> list[Any]:
        """The block structure; what is inline waits until it is wanted."""
        path = self.view.source.path
        parser = _parser(mkdocs.HEAD.search(text) is not None and dialect(path) == "mkdocs")
        tokens: list[Any] = []
        parser.block.parse(text, parser, self.env, tokens)
        return tokens

    # -- before Markdown -----------------------------------------------------------------------

    def front(self, text: str) -> str:
        """Read and hide front matter."""
        for pattern, tree in ((FRONT_YAML, trees.yaml_tree), (FRONT_TOML, trees.toml_tree)):
            if match := pattern.match(text):
                part = self.view.part(*match.span(1))
                if "mage" in match[1] or resource.WORTH.search(match[1]) or "alt" in match[1]:
                    resource.front_matter(part, self.out, tree)
                return blank(match[0]) + text[match.end() :]
        return text

    def calls(self, text: str) -> str:
        """Read and hide shortcodes, and the data between some of them."""
        calls = shortcodes.find(text)
        bodies = shortcodes.bodies(calls)
        spans: list[tuple[int, int, str]] = []
        done = 0
        for i, call in enumerate(calls):
            if call.start < done:
                continue
            spans.append((call.start, call.end, shortcodes.MASK))
            if call.closing:
                continue
            if image := shortcodes.image(call, self.view, self.out.heading):
                self.out.images.append(image)
            self.shortcode_includes(call)
            if i in bodies:
                start, end = bodies[i]
                if shortcodes.shows_code(call):
                    spans.append((start, end, " "))
                    done = end
                    continue
                tree = None
                if TOML_BODY.match(text, start, end):
                    tree = trees.toml_tree
                elif call.name == "yamlToTable" or YAML_BODY.match(text, start, end):
                    tree = trees.yaml_tree
                if tree and resource.scan(self.view.part(start, end), self.out, tree):
                    spans.append((start, end, " "))
                    done = end
        parts: list[str] = []
        at = 0
        for start, end, char in sorted(spans):
            parts.append(text[at:start])
            parts.append(blank(text[start:end], char))
            at = end
        parts.append(text[at:])
        return "".join(parts)

    def shortcode_includes(self, call: shortcodes.Shortcode) -> None:
        """Files that a shortcode reads."""
        if file := call.get("file"):
            if re.search(r"\.(?:toml|ya?ml|json|md|html)$", file.value):
                self.out.includes.append(file.value)
        elif call.name in shortcodes.INCLUDES and call.parameters:
            self.out.includes.append(call.parameters[0].value)

    # -- comments ------------------------------------------------------------------------------

    def comments(self, tokens: list[Any]) -> None:
        """Comments to the linter, wherever Markdown does not show them as code."""
        if "alt-text" not in self.masked:
            return
        code = sorted(
            [*(self.extent(t) for t in tokens if t.type in _CODE and t.map), *self.code_spans(tokens)]
        )
        leaves = sorted(
            (t.map[0], t.type != "table_open", min(t.map[1], len(self.lines)))
            for t in tokens
            if t.map and t.type in _LEAVES
        )
        for pattern in (_COMMENT, _LINE_COMMENT):
            for match in pattern.finditer(self.masked):
                k = bisect_right(code, (match.start(), len(self.masked))) - 1
                if k >= 0 and match.start() < code[k][1]:
                    continue
                if not self.out.note(self.view, *match.span(), match[1], self.covered(match, leaves)):
                    continue
                self.blanks.append(match.span())

    def code_spans(self, tokens: list[Any]) -> Iterator[tuple[int, int]]:
        """Where code stands inside of text that also holds a comment to the linter."""
        row: dict[int, int] = {}
        parser = _parser()
        for token in tokens:
            content = token.content
            if token.type != "inline" or (origins := self.origins(token, row)) is None:
                continue
            if "`" not in content or "alt-text" not in content or len(content) > LONGEST_INLINE:
                continue
            children: list[Any] = []
            try:
                parser.inline.parse(content, parser, self.env, children)
            except RecursionError:
                continue
            inner = origins.view(self.view)
            for child in children:
                if child.type == "code_inline" and (span := child.meta.get("span")):
                    yield inner.step(span[0]), inner.step(span[1] - 1) + 1

    def extent(self, token: Any) -> tuple[int, int]:
        """Offsets of a block."""
        first, last = token.map
        return self.lines[first][0], self.lines[min(last, len(self.lines)) - 1][1]

    def line_of(self, offset: int) -> int:
        """Index of the line that holds an offset."""
        return bisect_right(self.lines, (offset, len(self.masked) + 1)) - 1

    def covered(self, match: re.Match[str], leaves: list[tuple[int, bool, int]]) -> int:
        """Where what a comment covers ends: its line, or the next block if it stands alone."""
        first, last = self.line_of(match.start()), self.line_of(match.end())
        before = self.masked[self.lines[first][0] : match.start()]
        after = self.masked[match.end() : self.lines[last][1]]
        if before.strip(" \t>-*+") or after.strip():
            return self.lines[last][1]
        k = bisect_right(leaves, (last, 2, 0))
        return self.lines[leaves[k][2] - 1][1] if k < len(leaves) else match.end()

    # -- blocks --------------------------------------------------------------------------------

    def read_tokens(self, tokens: list[Any]) -> None:
        """Go through the blocks in order."""
        heading = False
        row: dict[int, int] = {}
        for token in tokens:
            kind = token.type
            if kind == "heading_open":
                heading = True
            elif kind == "heading_close":
                heading = False
            elif kind == "inline":
                if heading and token.map:
                    self.out.head(self.view, self.lines[token.map[0]][0], _plain_text(token.content))
                if _INLINE_HINT.search(token.content):
                    self.inline(token, heading, row)
            elif kind == "html_block":
                if token.map:
                    self.html += self.block_spans(token.content, token.map[0])
            elif kind in ("fence", "colon_fence") and token.map:
                self.fence(token)

    def block_spans(self, content: str, first: int) -> list[tuple[int, int]]:
        """Where each line of a block's content stands."""
        spans = []
        for k, line in enumerate(content.rstrip("\n").split("\n")):
            if first + k >= len(self.lines):
                break
            start, end = self.lines[first + k]
            bare = line.lstrip(" \t") if not self.masked.endswith(line, start, end) else line
            spans.append((max(start, end - len(bare)), end))
        return spans

    def block_view(self, content: str, first: int) -> View:
        """A block's content as a view."""
        weave = Weave()
        lines = content[:-1].split("\n") if content.endswith("\n") else content.split("\n")
        for (start, end), line in zip(
            self.block_spans(content + "\n" * content.endswith("\n\n"), first), lines, strict=False
        ):
            bare = line[len(line) - (end - start) :] if end > start else ""
            weave.add(line[: len(line) - len(bare)], start)
            weave.add(bare, start)
            weave.add("\n", min(end, len(self.masked)))
        return weave.view(self.view)

    def fence(self, token: Any) -> None:
        """A fenced block: a MyST directive or code."""
        directive = myst.opening(token.info)
        if directive is None and token.type != "colon_fence":
            if token.info.split("{")[0].strip() == "mermaid" and dialect(self.view.source.path) == "hugo":
                self.diagram(token)
            return
        self.out.nested += len(token.content)
        most = MOST_NESTED * len(self.view.source.text) + 100_000
        if self.out.depth >= DEEPEST or self.out.nested > most:
            said = "directives are nested too deeply; the innermost were not read"
            if all(problem.message != said for problem in self.out.problems):
                self.out.problem(self.view, self.lines[token.map[0]][0], said)
            return
        first, last = token.map
        start = (
            self.lines[first][0]
            + len(self.masked[slice(*self.lines[first])])
            - len(self.masked[slice(*self.lines[first])].lstrip(" \t>"))
        )
        line = self.masked[start : self.lines[first][1]]
        start += max(line.find(token.markup), 0)
        body = self.block_view(token.content, first + 1)
        closing = self.lines[min(last, len(self.lines)) - 1]
        self.out.depth += 1
        before = len(self.out.images)
        if directive is None:
            myst.nested(self, body)
        else:
            span = (start, self.lines[first][1], closing[1])
            myst.directive(self, directive, body, span=span)
        if _OPTIONAL.search(token.info):
            self.out.optional(before, start)
        self.out.depth -= 1

    def diagram(self, token: Any) -> None:
        """A fence that our Hugo theme draws: its attributes stand in braces behind the language."""
        start, end = self.lines[token.map[0]]
        line = self.masked[start:end]
        start += line.index(token.markup)
        end = start + len(self.masked[start:end].rstrip())
        match = _ATTRIBUTES.search(self.masked, start, end)
        written = directives.Written(
            name="mermaid",
            argument="",
            options=_attributes(match[1], self.view, match.start(1)) if match else [],
            malformed=[],
            span=(start, end),
            insert=(end, ""),
            heading=self.out.heading,
            content=token.content,
            syntax="markdown",
        )
        at, form = (match.start(1), 'alt="{}" ') if match else (end, ' {{alt="{}"}}')
        for image in directives.images(written, self.view):
            facts = {**image.facts, "insert_alt": (self.view.place(at), form)} if image.alt is None else {}
            self.out.images.append(evolve(image, element="```mermaid", facts=facts))

    # -- inline --------------------------------------------------------------------------------

    def inline(self, token: Any, heading: bool, row: dict[int, int]) -> None:
        """Images and raw HTML in a stretch of text."""
        content = token.content
        origins = self.origins(token, row)
        if origins is None:
            return
        has_tags = _TAG_HINT.search(content) is not None
        if "![" not in content and not has_tags:
            return
        children: list[Any] = []
        simple = (
            len(content) > LONGEST_INLINE
            or content.count("[") > MOST_BRACKETS
            or content.count("<") > MOST_BRACKETS
        )
        if not simple:
            parser = _parser()
            try:
                parser.inline.parse(content, parser, self.env, children)
            except RecursionError:
                simple = True
        inner = origins.view(self.view)
        if simple:
            self.out.images.extend(_plain(inner, m, self.out.heading) for m in _PLAIN_IMAGE.finditer(content))
            return
        self.children(children, content, inner, heading)
        tags = [t.meta["span"] for t in children if t.type == "html_inline" and "span" in t.meta]
        if tags and any(_TAG_HINT.search(content, *span) for span in tags):
            self.inline_html(children, content, inner, tags)

    def inline_html(
        self, children: list[Any], content: str, inner: View, tags: list[tuple[int, int]]
    ) -> None:
        """Leave the tags of a stretch of text, and the text between them, to the HTML reader."""
        here = inner.step
        starts = [0, *(m.end() for m in re.finditer("\n", content))]
        ends = [m.start() for m in re.finditer("\n", content)] + [len(content)]
        self.html.extend((here(a), here(b - 1) + 1) for a, b in zip(starts, ends, strict=True) if b > a)
        at = 0
        for start, end in [*tags, (len(content), len(content))]:
            for match in re.finditer("[<>&]", content[at:start]):
                self.blanks.append((here(at + match.start()), here(at + match.start()) + 1))
            at = end
        for child in children:
            if child.type in ("image", "code_inline") and child.meta.get("span"):
                a, b = child.meta["span"]
                self.blanks.append((here(a), here(b - 1) + 1))

    def origins(self, token: Any, row: dict[int, int]) -> Weave | None:
        """Where the characters of an inline text stand."""
        if not token.map:
            return None
        weave = Weave()
        first, last = token.map
        lines = token.content.split("\n")
        for k, line in enumerate(lines):
            if first + k >= len(self.lines):
                return None
            start, end = self.lines[first + k]
            if k:
                weave.add("\n", start - 1)
            raw = self.masked[start:end]
            stripped = line.rstrip()
            if len(lines) == 1 and last - first == 1:
                # a heading or a table's cell may stand anywhere in the line
                found = raw.find(line, row.get(first, 0))
                if found < 0 and "|" in line:
                    _escaped_pipes(weave, raw, line, start)
                    continue
                at = start + max(found, 0)
                if "|" in raw:
                    row[first] = max(found, 0) + len(line)
            else:
                at = start + len(raw.rstrip()) - len(stripped)
            weave.add(line, at)
        return weave

    def children(self, children: list[Any], content: str, inner: View, heading: bool) -> None:
        """Images of one stretch of text, with the links around them."""
        marked = _ATTRIBUTE_LINE.search(content)
        block_attributes = _attributes(marked[1], inner, marked.start(1)) if marked else []
        link: Any = None
        link_text: list[str] = []
        alts: list[str] = []
        tags: list[Any] = []
        found: list[tuple[Any, Any]] = []
        texts: dict[int, list[str]] = {}
        for child in children:
            if child.type == "link_open":
                link, link_text, alts, tags = child, [], [], []
            elif child.type == "link_close":
                if link is not None:
                    texts[id(link)] = link_text
                    if tags:
                        self.keep_link(link, link_text, alts, tags, inner)
                link = None
            elif child.type == "image" and not names_no_picture(str(child.attrs.get("src") or "")):
                found.append((child, link))
                alts.append(_text_of(child.children or []))
            elif link is not None and child.type in ("text", "code_inline"):
                link_text.append(child.content)
            elif link is not None and child.type == "html_inline":
                tags.append(child)
        for child, link in found:
            said = " ".join("".join(texts.get(id(link), [])).split()) if link is not None else ""
            self.out.images.append(self.image(child, content, inner, link, said, heading, block_attributes))

    def keep_link(self, link: Any, text: list[str], alts: list[str], tags: list[Any], inner: View) -> None:
        """Remember a link around raw images until those are read; other tags and templates may name it."""
        if not all(_PLAIN_TAG.match(tag.content) and tag.meta.get("span") for tag in tags):
            return
        kept = Link(_href(link), " ".join("".join(text).split()), [*alts, str(link.attrs.get("title") or "")])
        for tag in tags:
            place = inner.place(tag.meta["span"][0])
            self.linked[place.line, place.column] = kept

    def link_html(self, first: int) -> None:
        """Tell raw images of the Markdown link around them."""
        found = []
        for k in range(first, len(self.out.images)):
            image = self.out.images[k]
            link = self.linked.get((image.place.line, image.place.column))
            if link and not image.around.container:
                link.names.append(image.text or "")
                found.append((k, image, link))
        for k, image, link in found:
            around = evolve(
                image.around,
                container="link",
                href=link.href,
                container_name=" ".join(filter(None, (link.text, *link.names))),
                container_text=link.text,
            )
            self.out.images[k] = evolve(image, around=around)

    def image(
        self,
        token: Any,
        content: str,
        inner: View,
        link: Any,
        said: str,
        heading: bool,
        extra: list[Attribute],
    ) -> Image:
        """One ``![]()``."""
        start, end = token.meta["span"]
        alt = " ".join(_text_of(token.children or []).split())
        close = _label_end(content, start + 2, end)
        alt_place = inner.place(start + 2, close)
        attributes: list[Attribute] = []
        blank = False
        facts: dict[str, Any] = {}
        title = str(token.attrs.get("title") or "")
        if match := _ATTRIBUTES.match(content, end):
            attributes = _attributes(match[1], inner, match.start(1))
            named = {a.name: a for a in reversed(attributes)}
            counts = _IN_BRACES.get(dialect(self.view.source.path), ()) if named else ()
            if other := next((named[name] for name in counts if name in named), None):
                alt, alt_place, blank = other.value or "", other.place, not other.value
            elif "alt" in named:
                facts["ignored_alt"] = named["alt"].value or ""
        if shortcodes.MASK in alt:
            source, last = self.view.source, (alt_place.end_line, alt_place.end_column)
            written = source.text[source.offset(alt_place.line, alt_place.column) : source.offset(*last)]
            alt = " ".join(written.split())
        if not alt:
            facts["insert_alt"] = (alt_place, "{}")
        container = "link" if link is not None else "heading" if heading else ""
        return Image(
            src=self.written(str(token.attrs.get("src") or "")),
            alt=alt or None,
            place=inner.place(start, end),
            element="![]()",
            format="markdown",
            decorative=blank or is_decorative([*attributes, *extra]),
            origin=Origin.AUTHOR if alt else Origin.NONE,
            classes=tuple(c for a in attributes if a.name == "class" for c in (a.value or "").split()),
            attributes=tuple(attributes),
            alt_place=alt_place,
            around=Surroundings(
                heading=self.out.heading,
                title=title,
                container=container,
                href=_href(link) if link is not None else "",
                container_name=" ".join(filter(None, (said, alt or str(link.attrs.get("title") or ""))))
                if link is not None
                else None,
                container_text=said,
            ),
            facts=facts,
        )

    def written(self, address: str) -> str:
        """An address as its author wrote it, before the parser encoded it."""
        if "%" not in address or address in self.text:
            return address
        return unquote(address)


def _href(link: Any) -> str:
    return str(link.attrs.get("href") or "")


def without(spans: list[tuple[int, int]], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans with some holes cut out of them."""
    cut: list[tuple[int, int]] = []
    waiting = sorted(holes)
    k = 0
    for start, end in sorted(spans):
        at = start
        while k and waiting[k - 1][1] > start:
            k -= 1
        while k < len(waiting) and waiting[k][0] < end:
            if waiting[k][1] > at:
                if waiting[k][0] > at:
                    cut.append((at, waiting[k][0]))
                at = waiting[k][1]
            k += 1
        if at < end:
            cut.append((at, end))
    return cut


def _text_of(tokens: list[Any]) -> str:
    return "".join(
        t.content if t.type in ("text", "code_inline", "text_special", "entity")
        else " " if t.type in ("softbreak", "hardbreak")
        else _text_of(t.children or []) if t.type == "image" else ""
        for t in tokens
    )  # fmt: skip


def _plain_text(content: str) -> str:
    """A heading without the marks that would disturb in a message."""
    return re.sub(
        r"!?\[([^\[\]]*)\]\([^()]*\)|[*_`]|\{[^{}]*\}|<[^<>]*>", lambda m: m[1] or "", content[:500]
    ).strip()


def _label_end(content: str, start: int, end: int) -> int:
    """Offset of the bracket that closes an image's alternative."""
    depth, at = 0, start
    while at < end:
        char = content[at]
        if char == "\\":
            at += 1
        elif char == "`":
            run = re.compile("`+").match(content, at)
            assert run
            close = re.compile(rf"(?<!`){run.group()}(?!`)").search(content, run.end(), end)
            at = (close or run).end() - 1
        elif char == "[":
            depth += 1
        elif char == "]":
            if not depth:
                return at
            depth -= 1
        at += 1
    return end


def _attributes(text: str, view: View, offset: int) -> list[Attribute]:
    """Attributes as written between braces: ``.class #id key=value``."""
    found = []
    for match in _ATTRIBUTE.finditer(text):
        if match[1]:
            name, value, group = "class" if match[1] == "." else "id", match[2], 2
        else:
            name = match[3]
            group = next(g for g in (4, 5, 6) if match[g] is not None)
            value = match[group]
        place = view.place(offset + match.start(group), offset + match.end(group))
        found.append(Attribute(name=name, value=value, place=place))
    return found


def _escaped_pipes(weave: Weave, raw: str, line: str, start: int) -> None:
    r"""Align a table's cell, where ``|`` was written ``\|``."""
    written = line.replace("|", "\\|")
    found = max(raw.find(written), 0)
    at = start + found
    for k, chunk in enumerate(line.split("|")):
        if k:
            weave.add("|", at + 1)
            at += 2
        weave.add(chunk, at)
        at += len(chunk)
