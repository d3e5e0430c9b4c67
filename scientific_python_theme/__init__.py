"""The web and documentation toolbox of scientific Python projects.

``extensions = ["scientific_python_theme"]`` in a project's ``conf.py`` turns on
the whole Sphinx side; the modules below this package know neither Sphinx nor Hugo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register every part of the Sphinx side under one name.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application that loads the extension.

    Returns
    -------
    ExtensionMetadata
        Version and the promise of parallel-safe reading and writing.
    """
    # Strings, not imports: the core must be importable without Sphinx.
    parts = (
        "defaults",
        "styling",
        "sidebar",
        "search",
        "garbage",
        "chrome",
        "alt_text",
        "navigation",
        "formulas",
    )
    for part in parts:
        app.setup_extension(f"{__name__}.sphinx_ext.{part}")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
