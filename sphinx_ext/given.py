"""Who gave a configuration value: the one question behind every default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.config import Config

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NOTED = "_scientific_python_given"  # Sphinx does not store names with an underscore


def given(config: Config, name: str) -> bool:
    """Whether somebody has set a value: ``conf.py``, ``-D``, ``setup()`` or another extension.

    Parameters
    ----------
    config : sphinx.config.Config
        The configuration.
    name : str
        Name of the value.

    Returns
    -------
    bool
        False only where Sphinx would use its own default.
    """
    # Sphinx has no public way to tell a given value from a default.
    if name in config._raw_config or name in config.overrides or name in vars(config).get(NOTED, ()):
        return True
    option: Any = config.values.get(name)
    if name not in vars(config) or option is None:
        return name in vars(config)
    # A default is stored where it is read, unless a function makes it.
    return callable(option.default) or vars(config)[name] is not option.default


class WatchedConfig(Config):
    """Notes which values are assigned while extensions and ``conf.py`` set up.

    An assigned ``True`` cannot otherwise be told from a default ``True`` that was read, and
    Sphinx itself reads every value just before ``config-inited``.
    """

    def __setattr__(self, key: str, value: object) -> None:
        self.__dict__.setdefault(NOTED, set()).add(key)
        super().__setattr__(key, value)


def watch(app: Sphinx) -> None:
    """Note from now until ``config-inited`` who sets what; what is stored already counts as set.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application, while extensions are being set up.
    """
    config = app.config
    if type(config) is Config:
        vars(config).setdefault(NOTED, set()).update(name for name in vars(config) if name[0] != "_")
        config.__class__ = WatchedConfig


def unwatch(config: Config) -> None:
    """Stop noting: the configuration is Sphinx's own kind again before it is stored.

    Parameters
    ----------
    config : sphinx.config.Config
        The configuration.
    """
    if type(config) is WatchedConfig:
        config.__class__ = Config  # type: ignore[assignment]  # mypy has narrowed it
