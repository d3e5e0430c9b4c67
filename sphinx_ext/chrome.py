"""Small repairs to the parent's bars and menus, so that every control has a fitting name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scientific_python_theme import __version__

from .builders import prints_a_site

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

SCRIPT = "scientific-python.js"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this part."""
    app.connect("html-page-context", add_script)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Load the script on pages of the parent's family; other themes have their own controls."""
    if not prints_a_site(app):
        return
    if "theme_navbar_end" in context or "scientific_python_versions" in context:
        app.add_js_file(SCRIPT, loading_method="defer")
    if "scientific_python_versions" in context:
        app.add_css_file("scientific-python.css", priority=400)  # before the theme's own
