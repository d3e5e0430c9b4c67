"""Formulas as MathML, drawn when the pages are written: a math renderer for Sphinx.

This works as follows. The renderer ``mathml`` is the default where the project made no choice
(see `settle`). It leaves a formula that `scientific_python_theme.mathml` does not wholly understand, and
all builders but those of web pages, to Sphinx's own renderer for MathJax; a page with such
a formula then loads MathJax as Sphinx would have, for TeX alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from docutils import nodes
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from scientific_python_theme import __version__
from scientific_python_theme.mathml import FormulaError, mathml
from scientific_python_theme.paths import hugo_theme

from .given import given

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

NAME = "mathml"
THEIRS = "mathjax"  # the renderer that Sphinx loads by itself
PAGES = frozenset(
    {"html", "dirhtml", "singlehtml", "readthedocs", "readthedocsdirhtml", "readthedocssinglehtml"}
)
SHEET = "scientific-python-math.css"
HERE = Path(__file__).parent / "theme"
#: More letters and signs than this may be wider than a phone.
NARROW = 20
# Other themes leave the room above and below a formula to MathJax.
ROOM = "@layer components { div.math:has(> .sp-math-block) { margin-block: 1rem } }\n"
BREAK = r"\\"

logger = logging.getLogger(__name__)
_TEX = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]|\$\$.+?\$\$|\\begin\{", re.DOTALL)
_IN_HEADER = re.compile(r'<span class="math notranslate nohighlight">\\\((.*?)\\\)</span>', re.DOTALL)
_NOT_TEX = re.compile(r"<(math|pre|code|script|style|textarea)\b.*?</\1>", re.DOTALL)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this part."""
    state = State()
    # The default is set at 150 (see `defaults`); most others have spoken at 500.
    app.connect("config-inited", state.on_config, priority=700)
    app.connect("builder-inited", state.on_builder, priority=170)
    app.connect("html-page-context", state.on_page, priority=450)
    app.connect("html-page-context", draw_in_header, priority=750)  # the parent's: 500
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


@attrs.define(eq=False)
class State:
    """What this build knows of formulas."""

    settled: bool = False
    #: Whether a title holds a formula that is left to MathJax: then any page may show it.
    title: bool | None = None

    def on_config(self, app: Sphinx, config: Config) -> None:
        """Settle who draws formulas, in good time."""
        self.settled = True
        settle(app, config)

    def on_builder(self, app: Sphinx) -> None:
        """Copy the sheet for other themes, and settle in theme-only use what the project chose itself."""
        if not self.settled:
            if not given(app.config, "html_math_renderer"):
                app.config.html_math_renderer = None
            settle(app, app.config)
        if _draws(app) and app.config.html_theme != "scientific_python_theme":
            target = app.outdir / "_static" / SHEET
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(sheet(), "utf-8")

    def on_page(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Load what the formulas of a page need, on that page alone."""
        if getattr(app.builder, "math_renderer_name", "") != NAME or not context.get("has_maths_elements"):
            return
        if app.builder.name not in PAGES:
            load_mathjax(app, pagename, templatename, context, doctree, {})
            return
        if app.config.html_theme != "scientific_python_theme":
            app.add_css_file(SHEET, priority=400)  # before the theme's own
        if self.title is None:
            self.title = any(list(left(contents)) for contents in app.env.tocs.values())
        reasons = list(left(doctree)) if doctree else []
        for node, reason in reasons:
            place = logging.get_node_location(node) or pagename
            logger.info("%s: a formula is left to MathJax: %s", place, reason)
        if reasons or self.title or _TEX.search(_NOT_TEX.sub("", context.get("body", ""))):
            # Of MathJax's own accord it would draw the MathML anew.
            load_mathjax(app, pagename, templatename, context, doctree, {"input": ["tex"]})


def draw_in_header(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Draw the formulas in titles that the parent theme itself writes into its header, for MathJax."""
    theirs = context.get("generate_header_nav_html")
    if theirs is None or not _draws(app):
        return

    def generate_header_nav_html(*args: Any, **kwargs: Any) -> Any:
        return _IN_HEADER.sub(_drawn, theirs(*args, **kwargs))

    context["generate_header_nav_html"] = generate_header_nav_html


def _drawn(match: re.Match[str]) -> str:
    drawn, _reason = _draw(match[1], match[1], display=False, annotate=False)
    return f'<span class="math sp-math notranslate nohighlight">{drawn}</span>' if drawn else match[0]


def settle(app: Sphinx, config: Config) -> None:
    """Register the renderer if it is to be used; give way where the project chose another.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application. While it knows of one renderer beside MathJax, Sphinx uses that one:
        ours is therefore registered only where it is the one to use.
    config : sphinx.config.Config
        Its configuration; `html_math_renderer` may go back to Sphinx's own default.
    """
    if config.html_math_renderer != NAME:
        return
    renderers = app.registry.html_inline_math_renderers
    if not given_renderer(config) and (chosen(config) or renderers.keys() - {THEIRS}):
        config.html_math_renderer = None
    elif NAME not in renderers:
        app.add_html_math_renderer(NAME, (visit_inline, None), (visit_block, None))


def chosen(config: Config) -> bool:
    """Whether the project wants MathJax or loads a script for formulas itself.

    Parameters
    ----------
    config : sphinx.config.Config
        The configuration.

    Returns
    -------
    bool
        True if it lists Sphinx's extension, which Sphinx loads anyway, or sets a value of it.
    """
    scripts = str(config.html_js_files).lower()
    return (
        "sphinx.ext.mathjax" in config.extensions
        or any(given(config, name) for name in config.values if name.startswith("mathjax"))
        or "mathjax" in scripts
        or "katex" in scripts
    )


def given_renderer(config: Config) -> bool:
    """Whether somebody other than our own default named the renderer."""
    return bool(config._raw_config.get("html_math_renderer") or config.overrides.get("html_math_renderer"))


def load_mathjax(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
    startup: dict[str, Any],
) -> None:
    """Let Sphinx load MathJax on this page as if it were the renderer.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.
    pagename, templatename, context, doctree
        As in ``html-page-context``.
    startup : dict
        Settings for the ``startup`` of MathJax, under those of the project.
    """
    from sphinx.ext.mathjax import install_mathjax  # cannot be imported before Sphinx has started

    config = app.config
    name = (
        "mathjax4_config" if "mathjax4_config" in config and not config.mathjax3_config else "mathjax3_config"
    )
    old: dict[str, Any] = {"html_math_renderer": config.html_math_renderer, name: config[name]}
    config.html_math_renderer = THEIRS
    if startup and not config.mathjax2_config:
        own = config[name] or {}
        setattr(config, name, {**own, "startup": {**startup, **own.get("startup", {})}})
    try:
        install_mathjax(app, pagename, templatename, context, doctree)
    finally:
        for key, value in old.items():
            setattr(config, key, value)


def left(tree: nodes.Node) -> list[tuple[nodes.Node, str]]:
    """Formulas that are left to MathJax.

    Parameters
    ----------
    tree : docutils.nodes.Node
        A document, or part of one.

    Returns
    -------
    list of tuple of docutils.nodes.Node and str
        Each with the reason.
    """
    kinds = (nodes.math, nodes.math_block)
    found = [(node, draw(node)[1]) for kind in kinds for node in tree.findall(kind)]
    return [(node, reason) for node, reason in found if reason]


def draw(node: nodes.TextElement) -> tuple[str, str]:
    """MathML of a formula, or the reason why there is none.

    Parameters
    ----------
    node : docutils.nodes.TextElement
        A ``math`` or ``math_block``.

    Returns
    -------
    tuple of str
        One of the two is empty.
    """
    source = node.astext()
    if isinstance(node, nodes.math):
        # A title is also shown as text, as that of the window, where an annotation would be seen.
        return _draw(source, source, display=False, annotate=not isinstance(node.parent, nodes.title))
    if node.get("no-wrap", node.get("nowrap", False)):
        whole = source if source.lstrip().startswith("\\begin") else ""  # else MathJax shows it as it is
    else:
        whole = wrapped(source)
    return _draw(whole, source, display=True, annotate=True)


@lru_cache(maxsize=8192)
def _draw(formula: str, source: str, *, display: bool, annotate: bool) -> tuple[str, str]:
    try:
        return mathml(formula, display=display, source=source.strip() if annotate else ""), ""
    except FormulaError as error:
        return "", str(error)


def wrapped(source: str) -> str:
    """Formula of a directive: a blank line begins a new equation, double backslashes a new line.

    Parameters
    ----------
    source : str
        Text of the directive.

    Returns
    -------
    str
        The same with environments around, as Sphinx writes them for MathJax.
    """
    parts = [part for part in source.split("\n\n") if part.strip()]
    parts = [rf"\begin{{split}}{part}\end{{split}}" if BREAK in part else part for part in parts]
    return parts[0] if len(parts) == 1 else rf"\begin{{aligned}}{BREAK.join(parts)}\end{{aligned}}"


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line."""
    drawn = draw(node)[0] if self.builder.name in PAGES else ""
    if not drawn:
        from sphinx.ext.mathjax import html_visit_math  # cannot be imported before Sphinx has started

        html_visit_math(self, node)
        return
    long = _wide(drawn)
    kind, more = ("math sp-math sp-math-long", {"tabindex": "0"}) if long else ("math sp-math", {})
    attributes: dict[str, Any] = {"CLASS": f"{kind} notranslate nohighlight", **more}
    self.body.append(self.starttag(node, "span", "", **attributes))
    self.body.append(f"{drawn}</span>")
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number if it has one."""
    drawn = draw(node)[0] if self.builder.name in PAGES else ""
    if not drawn:
        from sphinx.ext.mathjax import html_visit_displaymath

        html_visit_displaymath(self, node)
        return
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    # TeX numbers a formula that has an environment of its own; MyST's `amsmath` leaves that to Sphinx.
    bare = node.get("no-wrap", node.get("nowrap", False)) and "amsmath" not in node.get("classes", ())
    if node.get("number") and not bare:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    focus = ' tabindex="0"' if _wide(drawn) else ""
    self.body.append(f'<span class="sp-math sp-math-block"{focus}>{drawn}</span></div>\n')
    raise nodes.SkipNode


def _wide(drawn: str) -> bool:
    """Whether a phone may have to scroll it, so that the keyboard must be able to."""
    return len(re.sub(r"<annotation.*?</annotation>|<[^>]*>", "", drawn, flags=re.DOTALL)) > NARROW


def _draws(app: Sphinx) -> bool:
    return app.builder.name in PAGES and getattr(app.builder, "math_renderer_name", "") == NAME


def sheet() -> str:
    """Rules for formulas, for themes that do not load ours.

    Returns
    -------
    str
        A style sheet.
    """
    files = (hugo_theme() / "assets" / "css" / "components" / "math.css", HERE / "math.css")
    return "".join(file.read_text("utf-8") for file in files) + ROOM
