"""The registry as this Sphinx project sees it: the theme's, with the project's own entries over it."""

from __future__ import annotations

import contextlib
import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from scientific_python_theme import projects
from scientific_python_theme.errors import ThemeError

from .messages import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_CACHE: dict[str, projects.Registry] = {}


def registry_of(config: Config, confdir: Path) -> projects.Registry:
    """Load the registry; a fault in the project's own entries is a warning, and they are left out.

    A file is named relative to `confdir`, the folder of ``conf.py``.
    """
    own = getattr(config, "scientific_python_registry", None) or None
    changed = 0
    if isinstance(own, str):
        own = Path(confdir, own)  # of one type, that one fault is told once
        with contextlib.suppress(OSError, ValueError):  # the loading tells
            changed = own.stat().st_mtime_ns
    key = f"{own!r} {changed}"
    if key not in _CACHE:
        try:
            _CACHE[key] = projects.load(own)
        except ThemeError as error:
            warn("registry", f"scientific_python_registry: {error}")
            _CACHE[key] = projects.load()
    return _CACHE[key]


def note_registry(app: Sphinx, config: Config) -> None:
    """Keep the digest of the project's file: another one has pages read again, as another `dict` does."""
    own = config.scientific_python_registry
    if isinstance(own, str) and own:
        with contextlib.suppress(OSError, ValueError):
            data = Path(app.confdir, own).read_bytes()
            config._scientific_python_registry = hashlib.sha256(data).hexdigest()


def this_project(app: Sphinx) -> projects.Project | None:
    """Which entry the project is: ``scientific_python_project``, else found by address or name."""
    config = app.config
    if config.scientific_python_project:
        try:
            return registry_of(config, Path(app.confdir)).get(config.scientific_python_project)
        except ThemeError:
            return None  # the defaults have warned
    return _found(app, str(getattr(config, "html_baseurl", "") or ""), config.project)


@functools.lru_cache(maxsize=1)  # every page asks
def _found(app: Sphinx, url: str, name: str) -> projects.Project | None:
    return registry_of(app.config, Path(app.confdir)).find(url=url, name=name)


def setup_registry(app: Sphinx) -> None:
    """Register the values."""
    if "scientific_python_project" not in app.config:  # the defaults register it too
        app.add_config_value("scientific_python_project", "", "env", types=frozenset({str}))
    app.add_config_value("_scientific_python_registry", "", "env", types=frozenset({str}))
    app.connect("config-inited", note_registry, priority=700)  # after conf.py's setup()
    app.add_config_value("scientific_python_registry", None, "env", types=frozenset({dict, str, type(None)}))
