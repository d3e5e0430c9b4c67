"""Links beside the examples of sphinx-gallery, without walking each doctree ten times.

sphinx-gallery looks for them in the whole doctree, five times a page, and the parent asks
twice: once to see whether its component is empty, once to print it.
"""

from __future__ import annotations

import functools
import posixpath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

GETTERS = ("get_download_links", "get_launcher_links")


def connect(app: Sphinx, config: Config) -> None:
    """Register `ask_once`: after sphinx-gallery's handler, before the theme's, which is loaded later."""
    if "sphinx_gallery.gen_gallery" in app.extensions:
        app.connect("html-page-context", ask_once)


def ask_once(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Let a page of a gallery be searched once, and no other page."""
    folders = app.config.sphinx_gallery_conf.get("gallery_dirs", [])
    folders = [folders] if isinstance(folders, str) else folders
    inside = any(pagename.startswith(f"{posixpath.normpath(str(folder))}/") for folder in folders)
    for name in GETTERS:
        if callable(context.get(name)):
            context[name] = functools.cache(context[name]) if inside else dict
