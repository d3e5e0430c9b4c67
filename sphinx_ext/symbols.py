"""Symbol search in Sphinx pages: this project's own names first, then those of the locked projects.

With ``scientific_python_symbols = True`` the index and the script are files of the built documentation;
a page loads them when a reader opens the search.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scientific_python_theme import projects, symbols
from scientific_python_theme.errors import ThemeError
from scientific_python_theme.files import write_atomically
from scientific_python_theme.inventory import read
from scientific_python_theme.paths import hugo_theme

from .messages import warn
from .registry import registry_of, this_project

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

STATIC = "scientific-python-theme"
# Nothing of a project's own can lie here: documents and `html_extra_path` may well hold a folder `symbols`.
INDEX = f"_static/{STATIC}/symbols"
SCRIPTS = ("symbol-search.js", "theme/symbols.js", "theme/symbols-open.js", "theme/go.js")
START = """import start from "./theme/symbols-open.js";
const at = (path) => new URL(path, import.meta.url).href;
start(document, { script: at("theme/symbols.js"), style: at("symbols.css"), index: at("symbols/") });
"""


def lean(script: str) -> str:
    """Take comments and indentation out of one of our own scripts.

    Parameters
    ----------
    script : str
        A script whose block comments begin a line.

    Returns
    -------
    str
        The script without them.
    """
    script = re.sub(r"^[ \t]*/\*\*.*?\*/\n?", "", script, flags=re.S | re.M)
    lines = (re.sub(r"(^|;)\s*//.*", r"\1", line).strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def wanted(app: Sphinx) -> bool:
    """Whether this build has the search."""
    return bool(app.config.scientific_python_symbols) and app.builder.name in ("html", "dirhtml")


def add_script(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Let every page load the small script that puts the button into the bar, if anything can be found.

    Returns
    -------
    set of str
        Documents to write again: all, where an earlier build had it otherwise.
    """
    app.scientific_python_found = wanted(app) and (  # type: ignore[attr-defined]
        any(
            f"{domain.name}:{kind}" in symbols.ROLES
            for domain in env.domains.values()
            for _, _, kind, *_ in domain.get_objects()
        )
        or any(entry.role in symbols.ROLES for source in _others(app) for entry in source.inventory)
    )
    if found(app):
        app.add_js_file(f"{STATIC}/symbols-start.js", type="module")
    before = getattr(env, "scientific_python_found", None)
    env.scientific_python_found = found(app)  # type: ignore[attr-defined]
    return set() if before in (None, found(app)) else set(env.found_docs)


def found(app: Sphinx) -> bool:
    """Whether the search has anything to find."""
    return bool(getattr(app, "scientific_python_found", False))


def _own_go_page(app: Sphinx) -> bool:
    """Whether a document of the project takes the place of our page ``go/``."""
    places = ("go/index", "go") if app.builder.name == "dirhtml" else ("go/index",)
    return any(place in app.env.found_docs for place in places)


def add_go_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add ``/go/?q=np.linspace``, which leads to that name's page."""
    if found(app) and _own_go_page(app):
        warn(
            "symbols",
            "scientific_python_symbols: a document of this project is published as go/, so the page "
            "that leads a query to its answer is left out; rename the document to have it",
        )
    elif found(app):
        body = (
            '<section><h1>Go to a symbol</h1><p data-go role="status">Looking it up…</p>'
            "<noscript><p>This page needs JavaScript.</p></noscript></section>"
            f'<script type="module" src="../_static/{STATIC}/theme/go.js" '
            f'data-symbols-index="../{INDEX}/"></script>'
        )
        yield "go/index", {"title": "Go to a symbol", "body": body}, "page.html"


def link_description(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Tell browsers of the OpenSearch description, which needs the published address."""
    if found(app) and app.config.html_baseurl and not _own_go_page(app):
        href = context["pathto"](f"{INDEX}/opensearch.xml", resource=True)
        title = escape(app.config.project, quote=True)
        context["metatags"] = context.get("metatags", "") + (
            '<link rel="search" type="application/opensearchdescription+xml" '
            f'title="{title}" href="{href}">\n'
        )


def description(name: str, address: str) -> str:
    """OpenSearch description of the search.

    Parameters
    ----------
    name : str
        Name of the project; cut to the 16 characters the format allows.
    address : str
        Published address of the documentation.

    Returns
    -------
    str
        XML (OpenSearch 1.1).
    """
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(name[:16])}</ShortName>"
        "<Description>Functions, classes and methods of scientific Python</Description>"
        "<InputEncoding>UTF-8</InputEncoding>"
        f'<Url type="text/html" template="{escape(address.rstrip("/"))}/go/?q={{searchTerms}}"/>'
        "</OpenSearchDescription>\n"
    )


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write scripts, style sheet and index when the pages are written."""
    if exception is not None or not wanted(app):
        return
    try:
        own = _own(app)
        sources = [own, *(source for source in _others(app) if source.id != own.id)]
        registry = registry_of(app.config, Path(app.confdir))
        symbols.index(Path(app.outdir, INDEX), sources, registry, own=own.id)
    except ThemeError as error:
        warn("symbols", f"scientific_python_symbols: {error}")
        return
    static = Path(app.outdir, "_static", STATIC)
    assets = hugo_theme() / "assets"
    files = {name: lean((assets / "js" / name).read_text("utf-8")) for name in SCRIPTS}
    files["symbols-start.js"] = START
    files["symbols.css"] = (assets / "css" / "later" / "symbols.css").read_text("utf-8")
    for name, text in files.items():
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(static / name, text)
    if app.config.html_baseurl and not _own_go_page(app):
        text = description(app.config.project, app.config.html_baseurl)
        write_atomically(Path(app.outdir, INDEX, "opensearch.xml"), text)


@functools.lru_cache(maxsize=1)  # asked before the pages are written and after
def _others(app: Sphinx) -> list[symbols.Source]:
    """Locked inventories: of the projects that conf.py names, or of all if it names none."""
    lock: Path | None = getattr(app, "scientific_python_lock", None)  # with the theme alone: none
    only = app.config._scientific_python_digests if app.config.scientific_python_projects else None
    try:
        return symbols.locked(lock, registry_of(app.config, Path(app.confdir)), only) if lock else []
    except ThemeError as error:
        warn("symbols", f"scientific_python_symbols: {error}")
        return []


def _own(app: Sphinx) -> symbols.Source:
    """Inventory of this very build; its results lead to pages of this build, counted from `INDEX`."""
    project: projects.Project | None = this_project(app)
    id_ = (
        project.id if project else re.sub(r"[^a-z0-9]+", "-", app.config.project.lower()).strip("-") or "own"
    )
    inventory = read(Path(app.outdir, "objects.inv"))
    return symbols.Source(id=id_, name=app.config.project, home="../../../", inventory=inventory)


def setup_symbols(app: Sphinx) -> None:
    """Register this part."""
    app.add_config_value("scientific_python_symbols", False, "html", types=frozenset({bool}))
    app.connect("env-updated", add_script)
    app.connect("html-collect-pages", add_go_page)
    app.connect("html-page-context", link_description)
    app.connect("build-finished", write_index, priority=700)
