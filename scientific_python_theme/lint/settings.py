"""What a run of the linter is told: configuration file first, then the caller's wishes."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
from attrs import field, frozen

from .. import __version__, config
from ..errors import ConfigError
from . import options as rule_options
from . import select as selection

#: Keys whose values are lists: a string would be taken letter by letter.
_LISTS = frozenset({"select", "extend_select", "ignore", "per_file_ignores", "exclude", "extend_exclude"})

#: What reads the sources.
_PARSERS = ("docutils", "markdown_it", "mdit_py_plugins", "turbohtml", "yaml")


@frozen(kw_only=True)
class Table:
    """Keys of ``[tool.scientific-python-theme.lint]``.

    Parameters
    ----------
    select, extend_select, ignore : list of str
        Rules to run: codes, prefixes, names or ``ALL``.
    per_file_ignores : dict
        Glob to list of rules, relative to the configuration file: ``{"galleries/**" = ["ALT007"]}``.
    exclude : list of str
        Globs that are not searched, instead of the default build folders.
    extend_exclude : list of str
        Globs that are not searched, besides.
    respect_gitignore : bool
        Whether files that Git ignores are passed over (default true).
    baseline : str
        Baseline file, relative to the configuration file.
    cache_dir : str
        Cache folder, relative to the configuration file.
    max_length : int
        Characters from which ALT009 calls an alternative long; 0 turns the rule off.
    """

    select: list[str] | None = None
    extend_select: list[str] = field(factory=list)
    ignore: list[str] = field(factory=list)
    per_file_ignores: dict[str, list[str]] = field(factory=dict)
    exclude: list[str] | None = None
    extend_exclude: list[str] = field(factory=list)
    respect_gitignore: bool = True
    baseline: str = ""
    cache_dir: str = ""
    max_length: int = 250


attrs.resolve_types(Table)  # annotations are strings until then, which the converter cannot use


@frozen(kw_only=True)
class Settings:
    """A run's settings, checked.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the configuration file, else the working folder; globs are relative to it.
    codes : frozenset of str
        Rules that run.
    per_file_ignores : tuple
        Pairs of glob and codes.
    exclude, extend_exclude : tuple of str or None
        Globs; None means the default build folders.
    respect_gitignore : bool
        Whether files that Git ignores are passed over.
    options : Options
        Settings of single rules.
    baseline, cache_dir : pathlib.Path or None
        Files named by the configuration.
    """

    root: Path
    codes: frozenset[str]
    per_file_ignores: tuple[tuple[str, frozenset[str]], ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    options: rule_options.Options = field(factory=rule_options.Options)
    baseline: Path | None = None
    cache_dir: Path | None = None

    def key(self) -> bytes:
        """Digest of all that changes what one file's findings are, an upgrade of a parser included."""
        found = map(importlib.util.find_spec, _PARSERS)
        installed = [Path(one.origin).stat().st_mtime_ns for one in found if one and one.origin]
        text = repr((__version__, installed, _own_files(), sorted(self.codes), self.options))
        return hashlib.sha256(text.encode()).digest()


def _own_files() -> list[tuple[str, int]]:
    """The linter's modules with the times of their last changes: a checkout keeps its version meanwhile."""
    return sorted(
        (entry.path, entry.stat().st_mtime_ns)
        for folder, _, _ in os.walk(os.path.dirname(__file__))  # noqa: PTH120 (five times as fast as rglob)
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    )


def load(
    start: Path | None = None,
    *,
    file: Path | None = None,
    isolated: bool = False,
    select: Sequence[str] | None = None,
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    per_file_ignores: Mapping[str, Sequence[str]] | None = None,
    extend_exclude: Sequence[str] = (),
    respect_gitignore: bool | None = None,
) -> Settings:
    """Settings of a run.

    Parameters
    ----------
    start : pathlib.Path, optional
        Folder from which a configuration file is looked for upwards; the working folder by default.
    file : pathlib.Path, optional
        This configuration file and no other.
    isolated : bool
        Look for no configuration file.
    select, extend_select, ignore, per_file_ignores, extend_exclude, respect_gitignore
        Wishes of the caller; `select` replaces the file's, the others add to it.

    Returns
    -------
    Settings
        Checked settings.

    Raises
    ------
    ConfigError
        If the file cannot be read, or a key, value or rule is unknown.
    """
    found = None if isolated else file or config.find(start or Path())
    table, where, root = Table(), "", Path.cwd()
    if found is not None:
        raw = config.load(found, "lint")
        table = read_table(raw, str(found))
        where, root = f"{found}: ", found.resolve().parent
    codes = selection.selected(
        select if select is not None else table.select,
        [*(() if select is not None else table.extend_select), *extend_select],
        [*(() if select is not None else table.ignore), *ignore],
        where,
    )
    if table.max_length == 0:
        codes -= {"ALT009"}
    for glob, rules in (per_file_ignores or {}).items():
        if isinstance(rules, str):
            raise ConfigError(f"per-file-ignores {glob!r}: {rules!r} is no list; write [{rules!r}]")
    pairs = [*table.per_file_ignores.items(), *(per_file_ignores or {}).items()]
    return Settings(
        root=root,
        codes=codes,
        per_file_ignores=tuple(
            (glob, frozenset(selection.expand(rules, f"{where}per-file-ignores {glob!r}")))
            for glob, rules in pairs
        ),
        exclude=None if table.exclude is None else tuple(table.exclude),
        extend_exclude=(*table.extend_exclude, *extend_exclude),
        respect_gitignore=table.respect_gitignore if respect_gitignore is None else respect_gitignore,
        options=rule_options.Options(
            **{
                f.name: getattr(table, f.name)
                for f in attrs.fields(rule_options.Options)
                if hasattr(table, f.name)
            }
        ),
        baseline=root / table.baseline if table.baseline else None,
        cache_dir=root / table.cache_dir if table.cache_dir else None,
    )


def read_table(raw: dict[str, Any], where: str) -> Table:
    """Check a table of settings.

    Parameters
    ----------
    raw : dict
        Values as read from TOML or given in ``conf.py``.
    where : str
        File, for messages.

    Returns
    -------
    Table
        The typed table.

    Raises
    ------
    ConfigError
        On an unknown key or a value that does not fit.
    """
    for key, value in raw.items():
        lists = list(value.values()) if isinstance(value, dict) else [value]
        wanted = "a list, such as ['ALT001']"
        name = key.replace("-", "_")
        table_for_list = isinstance(value, dict) and name != "per_file_ignores"
        if name in _LISTS and (table_for_list or any(isinstance(some, (str, dict)) for some in lists)):
            raise ConfigError(f"{where}: lint: {key!r} cannot be {value!r}; expected {wanted}")
    table = config.structure(Table, raw, f"{where}: lint")
    if table.max_length < 0:
        raise ConfigError(
            f"{where}: lint: 'max-length' cannot be {table.max_length}; expected 0 or more characters"
        )
    return table
