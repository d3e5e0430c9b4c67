"""Read a project's settings and turn them into typed values.

Settings live in ``[tool.scientific-python-theme.<section>]`` of ``pyproject.toml`` or in
``[<section>]`` of ``scientific-python-theme.toml``; the second wins where both exist.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import attrs

from .errors import ConfigError

NAME = "scientific-python-theme"
OWN_FILE = f"{NAME}.toml"
T = TypeVar("T")


def find(start: Path) -> Path | None:
    """Nearest configuration file at or above a folder.

    Parameters
    ----------
    start : pathlib.Path
        Folder (or file) from which to look upwards.

    Returns
    -------
    pathlib.Path or None
        The file, or None if no folder up to the root has one. A ``pyproject.toml``
        without our table does not count.

    Raises
    ------
    ConfigError
        If a ``pyproject.toml`` that names us cannot be read or is not TOML.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / OWN_FILE).is_file():
            return folder / OWN_FILE
        pyproject = folder / "pyproject.toml"
        # Searching is cheaper than parsing, but finds comments too.
        if pyproject.is_file() and NAME.encode() in _bytes(pyproject):
            tool = _read(pyproject).get("tool")
            if isinstance(tool, dict) and NAME in tool:
                return pyproject
    return None


def load(file: Path, section: str) -> dict[str, Any]:
    """Table of one section of a configuration file.

    Parameters
    ----------
    file : pathlib.Path
        A ``pyproject.toml`` or ``scientific-python-theme.toml``.
    section : str
        Name of the section, such as ``"lint"``.

    Returns
    -------
    dict
        The table, empty when the file has none.

    Raises
    ------
    ConfigError
        If the file cannot be read or is not TOML, or has a table that is nearly called like the section.
    """
    data = _read(file)
    if file.name == "pyproject.toml":
        keys: tuple[str, ...] = ("tool", NAME, section)
    else:
        keys = (section,)
    table: Any = data
    for key in keys:
        if key == section and key not in table:
            for near in difflib.get_close_matches(section, table, n=1, cutoff=0.7):
                raise ConfigError(f"{file}: unknown table {near!r}; did you mean {section!r}?")
        table = table.get(key, {})
        if not isinstance(table, dict):
            raise ConfigError(f"{file}: {key!r} must be a table (got {type(table).__name__})")
    return dict(table)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror}); check its permissions") from error


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_bytes(file).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{file}: not valid TOML: {error}; correct that line") from error


def structure(cls: type[T], table: dict[str, Any], where: str) -> T:
    """Build a typed value from a table and name whatever does not fit.

    Parameters
    ----------
    cls : type
        An attrs class whose fields are the keys allowed (``-`` in a key matches ``_``).
    table : dict
        Values as read from TOML.
    where : str
        File and table, for messages.

    Returns
    -------
    object
        An instance of `cls`.

    Raises
    ------
    ConfigError
        On an unknown key (with the nearest known one) or a value of the wrong type.
    """
    import cattrs  # not needed by every command: keeps start-up short

    known = {field.name.replace("_", "-"): field for field in attrs.fields(cls)}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(sorted(known))}"
            raise ConfigError(f"{where}: unknown key {key!r}; {hint}")
    converter = cattrs.Converter()
    converter.register_structure_hook(str, _strictly(str))
    converter.register_structure_hook(bool, _strictly(bool))
    converter.register_structure_hook(int, _strictly(int))
    values: dict[str, Any] = {}
    for key, value in table.items():
        field = known[key]
        try:
            values[field.name] = converter.structure(value, field.type)
        except Exception as error:
            raise ConfigError(
                f"{where}: {key!r} cannot be {value!r}; expected {_words(field.type)}"
            ) from error
    return cls(**values)


def _strictly(kind: type) -> Any:
    def hook(value: Any, _: type) -> Any:
        if type(value) is not kind:
            raise TypeError(f"expected {kind.__name__}")
        return value

    return hook


def _words(kind: Any) -> str:
    return getattr(kind, "__name__", None) if isinstance(kind, type) else str(kind).replace("typing.", "")  # type: ignore[return-value]
