"""The few exceptions a caller of this library has to know."""

from __future__ import annotations


class ThemeError(Exception):
    """Something a person can put right: what is wrong, where, and what to do.

    The command line prints the message and ends with exit code 2; a traceback
    is shown only with ``--debug``.

    Parameters
    ----------
    message : str
        One or two lines that say what, where and what to do.
    """


class ConfigError(ThemeError):
    """A configuration file or value cannot be used."""


class RegistryError(ThemeError):
    """The registry of projects, or an entry a site added to it, is wrong."""


class InventoryError(ThemeError):
    """An inventory cannot be had, read or trusted."""


class HugoError(ThemeError):
    """Hugo is missing, too old, or failed."""
