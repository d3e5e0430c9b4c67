"""`inventories.lock`: which inventories a site links to, and proof that their files are unchanged.

The lock and the files it names are part of the site's repository. Builds read only these.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from .errors import InventoryError
from .files import write_atomically
from .inventory import Inventory, for_hugo, parse
from .projects import ID

NAME = "inventories.lock"
VERSION = 1
SHRINK = 0.2  # of the entries; Matplotlib's address once answered with six entries instead of ten thousand
HUGO_CONFIG = tuple(f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json"))


@attrs.frozen(kw_only=True)
class Locked:
    """One line of the lock.

    Parameters
    ----------
    id : str
        Id in links, such as ``"numpy"``.
    choice : str
        Version asked for: ``stable``, ``dev``, ``X.Y`` or ``installed``.
    docs, url : str
        Address of the documentation, and of the inventory (a file name for a local file).
    version : str
        Version the inventory calls itself.
    objects, size : int
        Number of entries, and size of the file in bytes.
    sha256 : str
        Digest of the file.
    fetched : str
        Date of the file (ISO 8601, UTC).
    """

    id: str
    choice: str = "stable"
    docs: str
    url: str
    version: str = ""
    objects: int
    size: int
    sha256: str
    fetched: str


@attrs.frozen(kw_only=True)
class Lock:
    """The lock file.

    Parameters
    ----------
    file : pathlib.Path
        Where it is.
    hugo : str
        Folder of the Hugo site, relative to the lock; empty when there is none.
    entries : mapping of str to Locked
        By id.
    """

    file: Path
    hugo: str = ""
    entries: Mapping[str, Locked] = attrs.field(factory=dict)

    def inv(self, id_: str) -> Path:
        """Place of one inventory as Sphinx reads it.

        Parameters
        ----------
        id_ : str
            Id of the project.

        Returns
        -------
        pathlib.Path
            The file, which may be missing.
        """
        return self.file.parent / "inventories" / f"{id_}.inv"

    def json(self, id_: str) -> Path | None:
        """Place of one inventory as Hugo reads it; None without a Hugo site.

        Parameters
        ----------
        id_ : str
            Id of the project.

        Returns
        -------
        pathlib.Path or None
            The file, which may be missing.
        """
        if not self.hugo:
            return None
        return self.file.parent / self.hugo / "assets" / "inventories" / f"{id_}.json"

    def data(self, id_: str) -> bytes:
        """Content of one locked file, checked against its digest.

        Parameters
        ----------
        id_ : str
            Id of the project.

        Returns
        -------
        bytes
            The ``objects.inv``.

        Raises
        ------
        InventoryError
            If the project is not locked, or its file is missing or altered.
        """
        if id_ not in self.entries:
            raise InventoryError(
                f"{self.file}: {id_!r} is not locked; run: scientific-python-theme inventory add {id_}"
            )
        place = self.inv(id_)
        try:
            data = place.read_bytes()
        except OSError as error:
            raise InventoryError(
                f"{place}: cannot be read ({error.strerror}); "
                f"run: scientific-python-theme inventory update {id_}"
            ) from error
        if hashlib.sha256(data).hexdigest() != self.entries[id_].sha256:
            raise InventoryError(
                f"{place}: is not the file that {self.file.name} names; "
                f"restore it, or run: scientific-python-theme inventory update {id_}"
            )
        return data

    def check(self, id_: str) -> None:
        """See that the files of one locked project, Sphinx's and Hugo's, are what they should be.

        Parameters
        ----------
        id_ : str
            Id of the project.

        Raises
        ------
        InventoryError
            If one is missing or altered.
        """
        data, mirror = self.data(id_), self.json(id_)
        if mirror is None:
            return
        wanted = for_hugo(parse(data, str(self.inv(id_))), id_=id_, docs=self.entries[id_].docs)
        if not mirror.is_file() or mirror.read_bytes() != wanted.encode():
            raise InventoryError(
                f"{mirror}: is not what {self.inv(id_).name} says; "
                f"run: scientific-python-theme inventory update {id_}"
            )


def find(start: Path) -> Path | None:
    """Nearest lock at or above a folder, up to the root of the repository.

    Parameters
    ----------
    start : pathlib.Path
        Folder from which to look upwards.

    Returns
    -------
    pathlib.Path or None
        The lock, if there is one.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if (folder / ".git").exists():
            break
    return None


def load(file: Path) -> Lock:
    """Read a lock; an empty one when there is no such file.

    Parameters
    ----------
    file : pathlib.Path
        The lock.

    Returns
    -------
    Lock
        What it holds.

    Raises
    ------
    InventoryError
        If the file is not a lock, with the line where that is known.
    """
    if not file.exists():
        return Lock(file=file, hugo="." if _is_hugo(file.parent) else "")
    try:
        text = file.read_text("utf-8")
        if conflict := re.search(r"^(<{7}|={7}|>{7})", text, re.M):
            line_no = text.count("\n", 0, conflict.start()) + 1
            raise InventoryError(
                f"{file}:{line_no}: marks of a merge conflict; take one side whole (git checkout --ours or "
                "--theirs of the lock and inventories/), then run: scientific-python-theme inventory update"
            )
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{file}:{line.group(1)}" if line else str(file)
        raise InventoryError(f"{place}: not valid TOML: {error}; restore it from version control") from error
    except OSError as error:
        raise InventoryError(f"{file}: cannot be read ({error.strerror})") from error
    if data.get("version") != VERSION:
        raise InventoryError(
            f"{file}: version {data.get('version')!r} of the lock; this release reads {VERSION}: "
            "upgrade scientific-python-theme"
        )
    hugo = data.get("hugo", "")
    below = isinstance(hugo, str) and not Path(hugo).is_absolute() and ".." not in Path(hugo).parts
    if not below or "\0" in hugo:
        raise InventoryError(f"{file}: hugo must be a folder below the lock (got {hugo!r})")
    tables = data.get("inventory", {})
    if not isinstance(tables, Mapping):
        raise InventoryError(f"{file}: expected tables [inventory.ID]")
    return Lock(file=file, hugo=hugo, entries={i: _locked(file, i, t) for i, t in sorted(tables.items())})


def _locked(file: Path, id_: str, table: Any) -> Locked:
    fields = {f.name: {"int": int, "str": str}[str(f.type)] for f in attrs.fields(Locked) if f.name != "id"}
    if not ID.fullmatch(id_) or not isinstance(table, Mapping):
        raise InventoryError(f"{file}: [inventory.{id_}] is not an id of a project")
    wrong = [k for k in table if k not in fields] + [
        k for k, kind in fields.items() if k in table and type(table[k]) is not kind
    ]
    missing = [k for k in ("docs", "url", "objects", "size", "sha256", "fetched") if k not in table]
    if wrong or missing:
        raise InventoryError(
            f"{file}: [inventory.{id_}] {'has a wrong' if wrong else 'lacks'} {(wrong or missing)[0]!r}; "
            f"run: scientific-python-theme inventory remove {id_}, then add {id_}"
        )
    if not re.fullmatch(r"https?://[^\s\"'<>\\^`]+", table["docs"]):
        raise InventoryError(f"{file}: [inventory.{id_}] docs must be an address (got {table['docs']!r})")
    return Locked(id=id_, **table)


def _is_hugo(folder: Path) -> bool:
    return any((folder / name).is_file() for name in HUGO_CONFIG) or (folder / "config" / "_default").is_dir()


def check_shrink(old: Locked | None, new: Inventory, where: str) -> None:
    """Refuse an inventory that lost more than a fifth of its entries since it was locked.

    Raises
    ------
    InventoryError
        With both numbers.
    """
    if old and len(new) < old.objects * (1 - SHRINK):
        lost = 100 * (old.objects - len(new)) / old.objects
        raise InventoryError(
            f"{where}: {len(new):,} entries instead of {old.objects:,} ({lost:.0f} % fewer); refused. "
            "If that is right: inventory update --accept-smaller " + old.id
        )


@attrs.frozen(kw_only=True)
class LockedInventory:
    """A locked inventory with what is needed to link to it.

    Parameters
    ----------
    id, name : str
        Id in links, and the project's own name.
    docs : str
        Address under which the entries lie, ending in a slash.
    inventory : Inventory
        The entries.
    """

    id: str
    name: str
    docs: str
    inventory: Inventory


def locked(place: Path, only: Container[str] | None = None) -> list[LockedInventory]:
    """Read the inventories that a lock names.

    Parameters
    ----------
    place : pathlib.Path
        The lock, or a folder from which to look for it upwards.
    only : container of str, optional
        Ids of those to read; by default all.

    Returns
    -------
    list of LockedInventory
        In the order of the lock.

    Raises
    ------
    InventoryError
        If there is no lock, or a file is missing or altered.
    """
    file = place if place.is_file() else find(place)
    if file is None:
        raise InventoryError(
            f"{place}: no {NAME} here or above; run: scientific-python-theme inventory add numpy"
        )
    lock = load(file)
    found = []
    for id_, entry in lock.entries.items():
        if only is not None and id_ not in only:
            continue
        inventory = parse(lock.data(id_), str(lock.inv(id_)))
        found.append(LockedInventory(id=id_, name=inventory.project, docs=entry.docs, inventory=inventory))
    return found


def describe(id_: str, *, data: bytes, inventory: Inventory, choice: str, docs: str, url: str) -> Locked:
    """Describe a checked inventory for the lock."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Locked(
        id=id_, choice=choice, docs=docs, url=url, version=inventory.version, objects=len(inventory),
        size=len(data), sha256=hashlib.sha256(data).hexdigest(), fetched=now,
    )  # fmt: skip


def save(lock: Lock, fresh: Mapping[str, tuple[bytes, Inventory]], gone: Iterable[str] = ()) -> None:
    """Write the files of fresh inventories, then the lock: each whole or not at all.

    What another process locked since `lock` was read stays locked.

    Parameters
    ----------
    lock : Lock
        What to write.
    fresh : mapping of str to (bytes, Inventory)
        Content of the inventories that are new or changed, by id.
    gone : iterable of str
        Ids whose files are deleted.
    """
    gone = list(gone)
    with _alone(lock.file.parent):
        now = load(lock.file)
        entries = {**now.entries, **{id_: lock.entries[id_] for id_ in fresh}}
        kept = {id_: entry for id_, entry in entries.items() if id_ not in gone}
        lock = attrs.evolve(lock, hugo=lock.hugo or now.hugo, entries=kept)
        for id_, (data, inventory) in fresh.items():
            place = lock.inv(id_)
            place.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(place, data)
            if (mirror := lock.json(id_)) is not None:
                mirror.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(mirror, for_hugo(inventory, id_=id_, docs=lock.entries[id_].docs))
        write_atomically(lock.file, dumps(lock))
        for id_ in gone:
            lock.inv(id_).unlink(missing_ok=True)
            if (mirror := lock.json(id_)) is not None:
                mirror.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let other processes of this command wait until we have written, where the system can."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def dumps(lock: Lock) -> str:
    """Text of a lock: sorted, one fact a line, so that a change reads well in a review."""
    lines = [
        "# Written by `scientific-python-theme inventory`. Commit it together with the files it names.",
        f"version = {VERSION}",
    ]
    if lock.hugo:
        lines.append(f"hugo = {_quoted(lock.hugo)}")
    for id_, entry in sorted(lock.entries.items()):
        lines += ["", f"[inventory.{id_}]"]
        for key, value in attrs.asdict(entry).items():
            if key != "id" and value != "":
                lines.append(f"{key} = {value if isinstance(value, int) else _quoted(value)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in escaped) + '"'
