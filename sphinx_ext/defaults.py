"""Sane defaults that never clobber a value the project gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scientific_python_theme import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this part."""
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
