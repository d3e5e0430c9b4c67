"""The parent theme's sidebar, built from strings instead of doctrees.

This works as follows. The parent resolves and re-parses a section's whole toctree for
every page of that section, although only the marks of the current page, the folded
branches and the relative addresses differ. Here the parent's own function is asked once a
section, uncollapsed; its HTML becomes a `Template`, and each page's sidebar is printed
from that. Numbering, captions, markup in titles, globs and translations thus stay the
parent's business. Whatever is unusual (a page in two toctrees, unknown arguments, another
builder) is handed to the parent, and a template must reproduce the parent's own HTML on
the first page it serves before it is trusted with the next.
"""

from __future__ import annotations

import functools
import posixpath
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from jinja2 import TemplateError
from sphinx import addnodes

from scientific_python_theme import __version__

from .places import PLACES, names
from .sidebar_template import Template, label_summaries

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

TEMPLATES = Path(__file__).parent / "templates"
OWN_THEME = "scientific_python_theme"
BUILDERS = frozenset({"html", "dirhtml", "readthedocs", "readthedocsdirhtml"})
ARGUMENTS = frozenset({"maxdepth", "collapse", "includehidden", "titles_only"})

SECTIONS = tuple(f"theme_{place}" for place in PLACES)
#: Components of the parent whose emptiness no page changes. Those that number their ids (as the
#: version switcher does) are left out: the trial counts, so a page written without one would differ.
STEADY = frozenset(
    {
        "copyright.html",
        "icon-links.html",
        "last-updated.html",
        "navbar-icon-links.html",
        "navbar-logo.html",
        "search-button-field.html",
        "search-button.html",
        "search-field.html",
        "sidebar-ethical-ads.html",
        "sp-versions.html",
        "sphinx-version.html",
        "theme-switcher.html",
        "theme-version.html",
    }
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this part."""
    app.add_config_value("scientific_python_fast_sidebar", True, "html", types=frozenset({bool}))
    state = State()
    # Around the parent's handlers, which run at the usual 500.
    app.connect("html-page-context", functools.partial(skip_known_components, state), priority=450)
    app.connect("html-page-context", functools.partial(learn_components, state), priority=600)
    app.connect("html-page-context", functools.partial(replace_sidebar, state), priority=610)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


@attrs.define(eq=False)
class State:
    """What one build (or one of its worker processes) has learnt."""

    tree: Tree | None = None
    templates: dict[Any, Template | None] = attrs.field(factory=dict)
    filled: set[tuple[str, str]] = attrs.field(factory=set)
    empty: set[tuple[str, str]] = attrs.field(factory=set)
    steady: dict[str, bool] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True, eq=False)
class Tree:
    """The documents' places in the toctrees."""

    parents: dict[str, str]
    repeated: frozenset[str]  # in more than one toctree, or twice in one
    cut: frozenset[str]  # with a ``:tocdepth:``, which the parent treats page by page
    above_cut: frozenset[str]  # those, and the pages above them
    documents: dict[str, str]  # address in the site -> name

    @classmethod
    def of(cls, env: BuildEnvironment, builder: StandaloneHTMLBuilder) -> Tree:
        """Read the places from the environment."""
        parents: dict[str, str] = {}
        above: dict[str, set[str]] = {}
        seen: Counter[str] = Counter()
        for name, children in env.toctree_includes.items():
            parents |= dict.fromkeys(children, name)  # the last one wins, as in Sphinx
            for child in children:
                above.setdefault(child, set()).add(name)
            seen.update(children)
        cut = frozenset(name for name, meta in env.metadata.items() if meta.get("tocdepth"))
        above_cut: set[str] = set()
        left = set(cut)
        while left:
            above_cut.add(name := left.pop())
            left |= above.get(name, set()) - above_cut
        return cls(
            parents=parents,
            repeated=frozenset(name for name, times in seen.items() if times > 1),
            cut=cut,
            above_cut=frozenset(above_cut),
            documents={builder.get_target_uri(name): name for name in env.all_docs},
        )

    def ancestors(self, name: str) -> list[str]:
        """List the page and the pages above it, nearest first, without the root."""
        found: list[str] = []
        while name in self.parents and name not in found:
            found.append(name)
            name = self.parents[name]
        return found


def replace_sidebar(
    state: State, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Put the quick functions in place of the parent's, where the parent's are there."""
    theirs = context.get("generate_toctree_html")
    if not callable(theirs) or app.builder.name not in BUILDERS:
        return
    if not app.config.scientific_python_fast_sidebar:
        context["generate_toctree_html"] = functools.partial(_labelled, theirs)
        return
    builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
    if state.tree is None:
        state.tree = Tree.of(app.env, builder)
    page = Page(name=pagename, uri=builder.get_target_uri(pagename), tree=state.tree)
    context["generate_toctree_html"] = functools.cache(functools.partial(sidebar, state, page, theirs))

    suppress = context.get("suppress_sidebar_toctree")
    if callable(suppress):
        # The parent prints the sidebar's heading even where a section has no pages below it.
        bare = app.config.html_theme == OWN_THEME and not _has_entries(app.env, page)
        context["suppress_sidebar_toctree"] = functools.partial(suppressed, page, suppress, bare)


@attrs.frozen(kw_only=True, eq=False, slots=False)
class Page:
    """The page whose sidebar is wanted."""

    name: str
    uri: str
    tree: Tree

    @functools.cached_property
    def ancestors(self) -> list[str]:
        """See `Tree.ancestors`."""
        return self.tree.ancestors(self.name)

    @property
    def folder(self) -> str:
        """Folder of the page in the site: all that relative addresses depend on."""
        return posixpath.dirname(self.uri)


def _has_entries(env: BuildEnvironment, page: Page) -> bool:
    """Whether the page's section has anything to list."""
    root = env.tocs.get(page.ancestors[-1]) if page.ancestors else None
    return root is not None and any(node["entries"] for node in root.findall(addnodes.toctree))


def suppressed(
    page: Page, theirs: Callable[..., bool], bare: bool, startdepth: int = 1, **kwargs: Any
) -> bool:
    """Whether the page has no sidebar, asked of the parent only where a toctree must be resolved."""
    if bare and startdepth == 1:
        return True
    if startdepth < 1 or (len(page.ancestors) >= startdepth and not kwargs.get("includehidden")):
        return theirs(startdepth=startdepth, **kwargs)
    return len(page.ancestors) < startdepth


def _labelled(theirs: Callable[..., Any], kind: str, **kwargs: Any) -> Any:
    found = theirs(kind, **kwargs)
    return label_summaries(str(found)) if kind == "sidebar" else found


def sidebar(
    state: State,
    page: Page,
    theirs: Callable[..., Any],
    kind: str,
    startdepth: int = 1,
    show_nav_level: int = 1,
    **kwargs: Any,
) -> Any:
    """HTML of a page's sidebar: from the section's template if there is a trustworthy one.

    Parameters
    ----------
    state : State
        Templates made so far.
    page : Page
        The page at hand.
    theirs : callable
        The parent's function of the same arguments.
    kind : str
        ``"sidebar"``; any other kind is the parent's.
    startdepth, show_nav_level : int
        As in the parent's function.
    **kwargs
        Arguments of Sphinx's ``toctree()``.

    Returns
    -------
    str
        The HTML.
    """
    if kind != "sidebar":
        return theirs(kind, startdepth=startdepth, show_nav_level=show_nav_level, **kwargs)

    def ask(**changes: Any) -> str:
        return str(
            theirs(kind, startdepth=startdepth, show_nav_level=show_nav_level, **{**kwargs, **changes})
        )

    collapse = bool(kwargs.get("collapse", True))
    if not _usual(page, startdepth, kwargs, collapse):
        return label_summaries(ask())
    root = page.ancestors[-startdepth] if startdepth else None
    key = (root, startdepth, show_nav_level, *sorted(kwargs.items()))
    template = state.templates.get(key)
    if key in state.templates and template is None:
        return label_summaries(ask())
    show_nav_level = int(show_nav_level)
    if template is None or not template.knows(page):
        genuine = ask()
        template = Template.read(ask(collapse=False), page, show_nav_level)
        trusted = template is not None and template.print(page, root, collapse=collapse) == genuine
        state.templates[key] = template if trusted else None
        return label_summaries(genuine)
    if page.name in template.repeated:
        return label_summaries(ask())
    return label_summaries(template.print(page, root, collapse=collapse))


def _usual(page: Page, startdepth: int, kwargs: dict[str, Any], collapse: bool) -> bool:
    """Whether nothing about this page asks for the parent's own judgement."""
    tree = page.tree
    return (
        kwargs.keys() <= ARGUMENTS
        and bool(kwargs.get("titles_only"))
        and bool(kwargs.get("includehidden"))
        and len(page.ancestors) >= startdepth
        and startdepth >= 0
        and tree.repeated.isdisjoint(page.ancestors)
        and tree.cut.isdisjoint(page.ancestors)
        and not (collapse and (page.ancestors[-startdepth] in tree.above_cut if startdepth else tree.cut))
    )


def skip_known_components(
    state: State, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Spare the parent the trial rendering of components already known to be filled or empty."""
    if not app.config.scientific_python_fast_sidebar or "theme_templates_skip_empty_check" not in context:
        return
    skip = _files(context["theme_templates_skip_empty_check"])
    for section in SECTIONS:
        if section not in context:
            continue
        listed = _files(context[section])
        kept = [name for name in listed if (section, name) not in state.empty]
        if len(kept) != len(listed):
            context[section] = kept
        skip += [name for name in kept if (section, name) in state.filled and name not in skip]
    context["theme_templates_skip_empty_check"] = skip
    context["scientific_python_asked"] = {
        section: _files(context[section]) for section in SECTIONS if section in context
    }


def learn_components(
    state: State, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Remember the parent's verdict on its own components that are alike on all pages."""
    for section, listed in context.pop("scientific_python_asked", {}).items():
        left = set(_files(context.get(section, [])))
        for name in listed:
            if name in STEADY and _is_theme_file(state, app, name):
                (state.filled if name in left else state.empty).add((section, name))


def _files(value: Any) -> list[str]:
    return [name if posixpath.splitext(name)[1] else f"{name}.html" for name in names(value)]


def _is_theme_file(state: State, app: Sphinx, name: str) -> bool:
    """Whether a component is the theme's file, not one the project put in its place."""
    if name not in state.steady:
        environment = getattr(app.builder.templates, "environment", None)
        theme = getattr(app.builder, "theme", None)
        try:
            found = environment.get_template(name).filename if environment else None
        except TemplateError:
            found = None
        folders = [*theme.get_theme_dirs(), TEMPLATES] if theme else []
        state.steady[name] = found is not None and any(
            Path(found).is_relative_to(folder) for folder in folders
        )
    return state.steady[name]
