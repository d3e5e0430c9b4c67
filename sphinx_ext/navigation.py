"""Navigation across projects in Sphinx pages: the bar, locked inventories, breadcrumbs, SPEC badges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scientific_python_theme import __version__

from .breadcrumbs import setup_breadcrumbs
from .ecosystem import setup_ecosystem
from .elsewhere import setup_elsewhere
from .inventories import setup_inventories
from .registry import setup_registry
from .specs import setup_specs
from .symbols import setup_symbols

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the parts."""
    setup_registry(app)
    setup_inventories(app)
    setup_ecosystem(app)
    setup_breadcrumbs(app)
    setup_specs(app)
    setup_elsewhere(app)
    setup_symbols(app)
    return {
        "version": __version__, "env_version": 1,
        "parallel_read_safe": True, "parallel_write_safe": True,
    }  # fmt: skip
