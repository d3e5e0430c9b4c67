"""The bar of the ecosystem in every HTML page, whatever the theme.

No theme offers one place that all have, and overriding a template would tie us to one theme. So the bar
is put into the finished page, by a wrapper around the builder's template bridge.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scientific_python_theme import ecosystem_bar

from . import breadcrumbs
from .builders import prints_a_site
from .messages import warn
from .registry import registry_of, this_project

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CSS = "scientific-python-theme/ecosystem.css"
JS = "scientific-python-theme/ecosystem.js"
BODY = re.compile(r"<body\b[^>]*>", re.I)
# A skip link stays the first stop of the Tab key: the bar comes after it.
SKIP = re.compile(
    r"\s*(?:<(div|nav|p)\b[^>]*>\s*)?<a\b[^>]*\bhref=[\"']?#[^>]*>[^<]*\bskip\b[^<]*</a>\s*(?(1)</\1>)", re.I
)


def insert(page: str, bar: str, *, footer: bool = False) -> str:
    """Put the bar into a page.

    Parameters
    ----------
    page : str
        HTML of a whole page; returned as it is when it has no ``body``.
    bar : str
        HTML of the bar.
    footer : bool
        At the end of the page instead of its top.
    """
    if footer:
        at = page.lower().rfind("</body>")
    else:
        body = BODY.search(page)
        skip = SKIP.match(page, body.end()) if body else None
        at = skip.end() if skip else body.end() if body else -1
    return page if at < 0 else f"{page[:at]}\n{bar}\n{page[at:]}"


class _Bridge:
    """A template bridge that adds the bar and the first breadcrumbs to what the real one renders."""

    def __init__(self, bridge: Any, bar: str, footer: bool, trail: list[tuple[str, str]]) -> None:
        self._bridge, self._bar, self._footer, self._trail = bridge, bar, footer, trail

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bridge, name)

    def render(self, template: str, context: dict[str, Any]) -> str:
        """Render a page, and put the bar into it."""
        page = insert(self._bridge.render(template, context), self._bar, footer=self._footer)
        return breadcrumbs.links(page, self._trail)


def add_bar(app: Sphinx) -> None:
    """Wrap the template bridge and add the bar's style sheet and script."""
    where = app.config.scientific_python_ecosystem_bar
    if where is False or not prints_a_site(app) or not hasattr(app.builder, "templates"):
        return
    if where not in (True, "top", "footer"):
        warn("option", f"scientific_python_ecosystem_bar: expected True, False or 'footer' (got {where!r})")
    project = this_project(app)
    bar = ecosystem_bar.html(registry_of(app.config, Path(app.confdir)), project.id if project else None)
    app.builder.templates = _Bridge(app.builder.templates, bar, where == "footer", breadcrumbs.above(app))
    write_assets(app)
    app.add_css_file(CSS)
    app.add_js_file(JS, loading_method="defer")


def write_assets(app: Sphinx) -> None:
    """Write the bar's two files before the first page: Sphinx puts their checksums into the addresses."""
    folder = Path(app.outdir) / "_static" / "scientific-python-theme"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("ecosystem.css", ecosystem_bar.css()), ("ecosystem.js", ecosystem_bar.script())):
        file = folder / name
        if not file.is_file() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")


def setup_ecosystem(app: Sphinx) -> None:
    """Register this part."""
    app.add_config_value("scientific_python_ecosystem_bar", True, "html", types=frozenset({bool, str}))
    app.connect("builder-inited", add_bar, priority=600)
