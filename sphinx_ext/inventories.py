"""Intersphinx from the lock: local files only, read when a reference first needs them.

This works as follows. At ``config-inited`` the projects named in ``scientific_python_projects`` join
``intersphinx_mapping``, each with its locked file. Intersphinx itself would parse all of them on every
build and pickle them into the environment; so it is shown only the entries that conf.py wrote
itself, and ours join its inventories as mappings that read their file on first use and pickle as nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.ext.intersphinx import InventoryAdapter
from sphinx.util.inventory import InventoryFile

from scientific_python_theme import inventory_lock
from scientific_python_theme.errors import ThemeError
from scientific_python_theme.inventory import tables

from .messages import warn
from .registry import registry_of

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.domains import Domain

# Names that every project has ("install", "glossary"): owned by several, they belong to none.
SHARED = ("std:label", "std:doc", "std:term")


class LockedInventory(Mapping[str, Mapping[str, Any]]):
    """What Sphinx calls an inventory (type -> name -> item), read from its file on first use."""

    def __init__(self, file: Path, data: bytes, docs: str) -> None:
        self._file, self._data, self._docs = file, data, docs

    @cached_property
    def _tables(self) -> dict[str, _Items]:
        project, version, entries = tables(self._data, str(self._file))
        head = f"# Sphinx inventory version 2\n# Project: {project}\n# Version: {version}\n"
        return {role: _Items(role, lines, head, self._docs) for role, lines in entries.items()}

    @cached_property
    def _leaves(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for role in ("py:function", "py:class"):
            for name in self.get(role, ()):
                found.setdefault((role, name.rpartition(".")[2]), []).append(name)
        return found

    def by_leaf(self, role: str, leaf: str) -> list[tuple[str, Any]]:
        """Functions or classes whose dotted name ends in this part."""
        return [(name, self[role][name]) for name in self._leaves.get((role, leaf), ())]

    def __getitem__(self, role: str) -> Mapping[str, Any]:
        return self._tables[role]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return dict, ()  # the environment's pickle does not carry it


class _Items(Mapping[str, Any]):
    """The items of one type; Sphinx's own reader makes an item when it is asked for."""

    def __init__(self, role: str, lines: dict[str, str], head: str, docs: str) -> None:
        self._role, self._lines, self._head, self._docs = role, lines, head, docs

    def __contains__(self, name: object) -> bool:
        return name in self._lines

    def __getitem__(self, name: str) -> Any:
        line = f"{name} {self._role} 1 {self._lines[name]}\n".encode()
        text = f"{self._head}# The remainder of this file is compressed using zlib.\n".encode()
        loaded = InventoryFile.loads(text + zlib.compress(line, 0), uri=self._docs).data
        return next(iter(next(iter(loaded.values())).values()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


class MergedInventory(Mapping[str, Mapping[str, Any]]):
    """All inventories as one, for references that name no project.

    Holds what intersphinx merged itself; the locked ones are asked after it, in the order in
    which conf.py names them. A label, document or term with several owners is not found here.
    """

    def __init__(
        self, own: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]], ours: list[str]
    ) -> None:
        self._own, self._named, self._ours = dict(own), named, ours
        self._tables: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, role: str) -> Mapping[str, Any]:
        if role not in self._tables:
            if role in SHARED:
                self._tables[role] = _Shared({i: t[role] for i, t in self._named.items() if role in t})
            else:
                ours = (self._named[i].get(role) for i in self._ours)
                self._tables[role] = _Chain([t for t in (self._own.get(role), *ours) if t])
        if not self._tables[role]:
            raise KeyError(role)
        return self._tables[role]

    def owners(self, name: str) -> list[str]:
        """Projects that have a label, document or term of this name."""
        tables = (self.get(role) for role in SHARED)
        found = (t.owners.get(name.lower(), ()) for t in tables if isinstance(t, _Shared))
        return list(dict.fromkeys(id_ for ids in found for id_ in ids))

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._own, *(r for i in self._ours for r in self._named[i])]))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return dict, (self._own,)


class _Chain(Mapping[str, Any]):
    """Tables asked one after the other."""

    def __init__(self, tables: list[Mapping[str, Any]]) -> None:
        self._tables = tables

    def __contains__(self, name: object) -> bool:
        return any(name in table for table in self._tables)

    def __getitem__(self, name: str) -> Any:
        for table in self._tables:
            if name in table:
                return table[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for table in self._tables for name in table))

    def __len__(self) -> int:
        return sum(map(len, self._tables))


class _Shared(Mapping[str, Any]):
    """The names that exactly one project has; Sphinx compares them without regard to case."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self.owners: dict[str, list[str]] = {}
        for id_, table in tables.items():
            for name in {name.lower() for name in table}:
                self.owners.setdefault(name, []).append(id_)
        self._of = {
            name: table for table in tables.values() for name in table if len(self.owners[name.lower()]) == 1
        }

    def __getitem__(self, name: str) -> Any:
        return self._of[name][name]

    def __contains__(self, name: object) -> bool:
        return name in self._of

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


def name_projects(app: Sphinx, config: Config) -> None:
    """Put the named projects into ``intersphinx_mapping``, unless conf.py has them there already."""
    wanted = [name for name in config.scientific_python_projects or () if isinstance(name, str)]
    for name in config.scientific_python_projects or ():
        if not isinstance(name, str):
            warn("inventory", f'conf.py: scientific_python_projects: {name!r} is no name; write "numpy"')
    locked: dict[str, tuple[Path, str]] = {}
    app.scientific_python_locked = locked  # type: ignore[attr-defined]
    digests: dict[str, str] = {}
    config._scientific_python_digests = digests  # pages are written again when one differs
    app.scientific_python_lock = file = _lock_file(app)  # type: ignore[attr-defined]
    if not wanted:
        return
    if file is None:
        if not config.scientific_python_inventories:
            names = " ".join(wanted)
            warn(
                "inventory",
                f"no {inventory_lock.NAME} found; run: scientific-python-theme inventory add {names}",
            )
        return
    try:
        lock = inventory_lock.load(file)
    except ThemeError as error:
        warn("inventory", str(error))
        return
    registry = registry_of(config, Path(app.confdir))
    for name in wanted:
        id_, _, choice = str(name).partition("@")
        try:
            id_ = id_ if id_ in lock.entries else registry.get(id_).id
            lock.data(id_)
            _check_version(lock.entries[id_].choice, choice, id_)
        except ThemeError as error:
            warn("inventory", f"scientific_python_projects: {error}")
            continue
        digests[id_] = lock.entries[id_].sha256
        if id_ not in config.intersphinx_mapping:
            docs = lock.entries[id_].docs
            taken = [
                value[0]
                for value in config.intersphinx_mapping.values()
                if isinstance(value, list | tuple) and value
            ]
            # Two sites may share an inventory (the SPECs are part of scientific-python.org), but
            # intersphinx wants each address once: it is only a key there.
            address = next((a for a in (docs, docs.rstrip("/")) if a not in taken), None)
            if address is None:
                warn(
                    "inventory",
                    f"scientific_python_projects: {id_!r} has the address of two others, {docs}; drop one",
                )
                continue
            locked[id_] = (file, docs)
            config.intersphinx_mapping[id_] = (address, (str(lock.inv(id_)),))


def _lock_file(app: Sphinx) -> Path | None:
    """The lock that conf.py names, or else the nearest at or above its folder."""
    place = app.config.scientific_python_inventories
    if not place:
        return inventory_lock.find(Path(app.confdir))
    file = Path(app.confdir, place)
    file = file / inventory_lock.NAME if file.is_dir() else file
    if file.is_file():
        return file
    warn(
        "inventory",
        f"scientific_python_inventories: there is no {file}; name {inventory_lock.NAME} or its folder",
    )
    return None


def _check_version(locked: str, wanted: str, id_: str) -> None:
    if wanted and wanted != locked:
        raise ThemeError(
            f"{id_}@{wanted} is wanted but {id_}@{locked} is locked; "
            f"run: scientific-python-theme inventory add {id_}@{wanted}"
        )


def hide_ours(app: Sphinx) -> None:
    """Show intersphinx, just before it loads, only what conf.py wrote itself."""
    ours = getattr(app, "scientific_python_locked", {})  # unset where only the theme is used
    app.scientific_python_mapping = app.config.intersphinx_mapping  # type: ignore[attr-defined]
    app.config.intersphinx_mapping = {
        k: v for k, v in app.config.intersphinx_mapping.items() if k not in ours
    }


def show_ours(app: Sphinx) -> None:
    """Put the locked inventories beside those that intersphinx loaded."""
    app.config.intersphinx_mapping = app.scientific_python_mapping  # type: ignore[attr-defined]
    ours: dict[str, tuple[Path, str]] = getattr(app, "scientific_python_locked", {})
    adapter = InventoryAdapter(app.env)
    named: dict[str, Any] = adapter.named_inventory
    for id_ in [i for i, found in named.items() if not found and i not in ours]:
        del named[id_]  # unpickled remains of a project no longer named
    for id_, (file, docs) in ours.items():
        lock = inventory_lock.load(file)
        named[id_] = LockedInventory(lock.inv(id_), lock.data(id_), docs)
    if ours:
        app.env.intersphinx_inventory = MergedInventory(  # type: ignore[attr-defined]
            adapter.main_inventory, named, list(ours)
        )


def explain_shared(app: Sphinx, domain: Domain, node: Element) -> bool | None:
    """Say who owns a name that several projects have, instead of "undefined label"."""
    merged = InventoryAdapter(app.env).main_inventory
    if not isinstance(merged, MergedInventory) or node.get("refdomain", "std") not in ("std", ""):
        return None
    target = str(node.get("reftarget", ""))
    owners = merged.owners(target)
    if len(owners) < 2:
        return None
    warn(
        "ambiguous",
        f"{target!r} is a name in several projects: {', '.join(owners)}; "
        f"say which: :external+{owners[0]}:{node.get('reftype')}:`{target}`",
        location=node,
    )
    return True


def setup_inventories(app: Sphinx) -> None:
    """Register this part."""
    app.setup_extension("sphinx.ext.intersphinx")
    app.add_config_value("scientific_python_projects", [], "env", types=frozenset({list, tuple}))
    app.add_config_value("scientific_python_inventories", "", "env", types=frozenset({str}))
    app.add_config_value("_scientific_python_digests", {}, "html", types=frozenset({dict}))
    app.connect(
        "config-inited", name_projects, priority=700
    )  # after conf.py's setup(), before intersphinx at 800
    app.connect("builder-inited", hide_ours, priority=499)
    app.connect("builder-inited", show_ours, priority=501)
    app.connect("warn-missing-reference", explain_shared)
