"""The search index, loaded when somebody searches instead of with every page.

The parent names ``searchindex.js`` in the head of every page, where it blocks: on a large
project it is four fifths of all scripts. The templates ask ``pathto`` for its address, so
on all pages but the search page that function answers with a loader of a few hundred bytes.

Sphinx stems the words of each page anew, about a tenth of the time it takes to write pages of
prose; here what a word stems to is remembered from page to page.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scientific_python_theme import __version__

from .builders import prints_a_site
from .sidebar import BUILDERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

STATIC = Path(__file__).parent / "static"
INDEX = "searchindex.js"
LOADER = "_static/scientific-python-search.js"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this part."""
    app.add_config_value("scientific_python_lazy_search", True, "html", types=frozenset({bool}))
    app.connect("builder-inited", add_files)
    app.connect("doctree-resolved", remember_stems)  # in the process that feeds the index
    app.connect("html-page-context", leave_search_page_alone, priority=440)
    app.connect("html-page-context", replace_index, priority=700)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def add_files(app: Sphinx) -> None:
    """Let Sphinx copy our scripts."""
    if prints_a_site(app):
        app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]


def remember_stems(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep the stems of words for the whole build."""
    language = getattr(getattr(app.builder, "indexer", None), "lang", None)
    if language is not None and "stem" not in vars(language):
        language.stem = functools.cache(language.stem)


def leave_search_page_alone(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Keep the dialog from taking the results off the search page, as the parent does with dirhtml."""
    if templatename == "search.html" and "theme_search_as_you_type" in context:
        context["theme_search_as_you_type"] = False


def replace_index(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Answer the question for the index with the address of the loader."""
    lazy = app.config.scientific_python_lazy_search and app.builder.name in BUILDERS
    if not lazy or templatename == "search.html" or "pathto" not in context:
        return
    theirs: Callable[..., str] = context["pathto"]

    def pathto(otheruri: str, resource: bool = False, **kwargs: Any) -> str:
        if resource and otheruri == INDEX:
            return f"{theirs(LOADER, resource, **kwargs)}?v={__version__}"
        return theirs(otheruri, resource, **kwargs)

    context["pathto"] = pathto
