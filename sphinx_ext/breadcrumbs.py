"""Breadcrumbs that begin at the ecosystem: data in any theme, links where the theme has a list of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from markupsafe import Markup

from .addresses import MALFORMED, scheme
from .builders import prints_a_site
from .registry import registry_of, this_project

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

LIST = re.compile(r'<ul class="bd-breadcrumbs"[^>]*>')


def above(app: Sphinx) -> list[tuple[str, str]]:
    """Names and addresses above the documentation: Scientific Python, then the project's home page.

    Empty for a project that is not in the registry, or has the bar turned off. A project whose home page
    is its documentation is not named twice.
    """
    project = this_project(app)
    home = registry_of(app.config, Path(app.confdir)).projects.get("home")
    if not app.config.scientific_python_ecosystem_bar or project is None or home is None:
        return []
    trail = [(home.name, home.homepage)]
    if project.id == home.id or project.homepage in project.docs.values():
        return trail
    return [*trail, (project.name, project.homepage)]


def add_data(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put a schema.org ``BreadcrumbList`` into the page's head."""
    trail = above(app)
    if not trail or doctree is None or not prints_a_site(app):
        return
    project = this_project(app)
    base = (
        context.get("html_baseurl")
        or app.config.html_baseurl
        or (project.docs.get("stable", "") if project else "")
    )
    if scheme(base) == MALFORMED:
        base = ""
    items: list[tuple[str, str]] = list(trail)
    uri = app.builder.get_target_uri
    if pagename != app.config.root_doc:
        title = _plain(context.get("docstitle") or "")
        name = title if title.casefold() != trail[-1][0].casefold() else ""
        items.append((name or "Documentation", urljoin(base, uri(app.config.root_doc))))
    for parent in context.get("parents", ()):
        items.append((_plain(parent["title"]), urljoin(urljoin(base, uri(pagename)), parent["link"])))
    items.append((_plain(context.get("title") or pagename), urljoin(base, uri(pagename))))
    # Only the last may lack its address; without html_baseurl the levels between are not known whole.
    whole = [item for item in items[:-1] if "://" in item[1]] + items[-1:]
    data = {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": name, **({"item": url} if "://" in url else {})}
            for i, (name, url) in enumerate(whole, 1)
        ],
    }
    text = (
        json.dumps(data, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
    )
    context["metatags"] = (
        context.get("metatags", "") + f'\n<script type="application/ld+json">{text}</script>'
    )


def _plain(title: str) -> str:
    return str(Markup(title).striptags())


def links(page: str, trail: list[tuple[str, str]]) -> str:
    """Put the way down to the documentation in front of the theme's own breadcrumbs, if it has any."""
    found = LIST.search(page)
    if not trail or not found:
        return page
    # The parent puts a divider before every item but the one of this class, its own first.
    first = " breadcrumb-home"
    items = [
        Markup('<li class="breadcrumb-item{}"><a class="nav-link" href="{}">{}</a></li>').format(
            "" if i else first, url, name
        )
        for i, (name, url) in enumerate(trail)
    ]
    return page[: found.end()] + "".join(items) + page[found.end() :].replace(first, "", 1)


def setup_breadcrumbs(app: Sphinx) -> None:
    """Register this part."""
    app.connect("html-page-context", add_data)
