"""`inventory`: lock, update and list the link targets of other projects."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import attrs
import click

from .. import inventory as inventories
from .. import inventory_fetch, inventory_lock, projects
from ..errors import InventoryError, ThemeError
from ..inventory_lock import Lock, Locked
from ..projects_reading import is_address
from .link_health import COMMANDS


@click.group()
def inventory() -> None:
    """Lock, compare and check the link targets of other projects.

    \b
    scientific-python-theme inventory add numpy scipy pandas@2.2
    scientific-python-theme inventory update
    """


DIR = click.option(
    "--dir", "folder", type=click.Path(path_type=Path, file_okay=False),
    help=f"Folder of {inventory_lock.NAME} (default: the nearest at or above this folder that has one).",
)  # fmt: skip
OWN = click.option(
    "--registry", "own", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="TOML file with a registry of your own, laid over the theme's.",
)  # fmt: skip
TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(0.1, 600),
    default=20,
    show_default=True,
    help="Seconds for an attempt.",
)
RETRIES = click.option(
    "--retries", type=click.IntRange(0, 10), default=inventory_fetch.RETRIES, show_default=True,
    help="Further attempts when a host does not answer.",
)  # fmt: skip


def _open(folder: Path | None, *, new: bool = False) -> Lock:
    if folder is not None:
        if not (new or folder.is_dir()):
            raise InventoryError(f"--dir {folder}: no such folder; name the one of {inventory_lock.NAME}")
        return inventory_lock.load(folder / inventory_lock.NAME)
    return inventory_lock.load(inventory_lock.find(Path()) or Path(inventory_lock.NAME))


@attrs.frozen(kw_only=True)
class _Wish:
    """One inventory to get."""

    id: str
    choice: str
    docs: str
    url: str
    file: Path | None = None


@inventory.command()
@click.argument("names", nargs=-1, required=True, metavar="ID[@VERSION]...")
@click.option("--from", "file", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="Take the inventory from this file.")  # fmt: skip
@click.option("--url", help="Take the inventory from this address.")
@click.option("--docs", help="Address of the documentation that the inventory describes.")
@click.option("--hugo", "hugo", type=click.Path(file_okay=False),
              help="Folder of the Hugo site that links too (default: this one, if it is one).")  # fmt: skip
@DIR
@OWN
@TIMEOUT
@RETRIES
def add(
    names: tuple[str, ...], file: Path | None, url: str | None, docs: str | None, hugo: str | None,
    folder: Path | None, own: Path | None, timeout: float, retries: int,
) -> None:  # fmt: skip
    """Lock the inventories of projects: NAME, NAME@dev, NAME@2.3, or NAME@installed.

    Ids are those of the registry (see: scientific-python-theme projects list); with --url or
    --from and --docs any other lower-case id will do.
    """
    if (file or url) and len(names) > 1:
        raise click.UsageError("--from and --url go with one project at a time")
    lock = _open(folder, new=True)
    if hugo is not None:
        lock = attrs.evolve(lock, hugo=_below(lock, hugo))
    registry = projects.load(own)
    wishes = [_wish(registry, name, file=file, url=url, docs=docs) for name in dict.fromkeys(names)]
    # Files for Hugo of inventories locked before the site was named.
    extra = {} if hugo is None else {i: _again(lock, i) for i in lock.entries}
    _get(lock, wishes, timeout=timeout, retries=retries, smaller=frozenset(w.id for w in wishes), extra=extra)


def _below(lock: Lock, hugo: str) -> str:
    root = lock.file.parent.resolve()
    try:
        return Path(hugo).resolve().relative_to(root).as_posix()
    except ValueError:
        raise InventoryError(f"--hugo {hugo}: must lie below the lock's folder, {root}") from None


def _again(lock: Lock, id_: str) -> tuple[bytes, inventories.Inventory]:
    data = lock.data(id_)
    return data, inventories.parse(data, str(lock.inv(id_)))


def _wish(
    registry: projects.Registry, name: str, *, file: Path | None, url: str | None, docs: str | None
) -> _Wish:
    id_, _, choice = name.partition("@")
    choice = choice or "stable"
    try:
        project = registry.get(id_)
    except ThemeError:
        if not docs and (file or url):
            raise InventoryError(
                f"{id_}: not in the registry, so its documentation is not known; add --docs URL"
            ) from None
        if not docs:
            raise
        if not projects.ID.fullmatch(id_):
            raise InventoryError(f"{id_!r}: an id has lower-case letters, digits and hyphens only") from None
        project = None
    for option, value in (("--docs", docs), ("--url", url)):
        if value is not None and not is_address(value):
            raise InventoryError(f"{option} {value!r}: expected an address that begins with https://")
    base = docs or (project.docs_url(choice) if project else "")
    base = base if base.endswith("/") else base + "/"
    where = str(file) if file else url or (f"{base}objects.inv" if docs else "")
    if not where and project:
        where = project.inventory_url(choice)
    return _Wish(id=project.id if project else id_, choice=choice, docs=base, url=where, file=file)


@inventory.command()
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option(
    "--accept-smaller", is_flag=True, help="Take inventories that lost more than 20 % of their entries."
)
@DIR
@OWN
@TIMEOUT
@RETRIES
def update(
    names: tuple[str, ...], accept_smaller: bool, folder: Path | None, own: Path | None,
    timeout: float, retries: int,
) -> None:  # fmt: skip
    """Fetch the locked inventories again (default: all), check them, and write what changed.

    A fetch that fails leaves the locked file as it is. Exits 1 when one failed.
    """
    lock = _open(folder)
    chosen = _chosen(lock, names)
    registry = projects.load(own)
    wishes = []
    for id_ in chosen:
        old = lock.entries[id_]
        docs, url = old.docs, old.url
        if old.choice == "installed" and id_ in registry.projects:
            docs, url = (
                f("installed") for f in (registry.get(id_).docs_url, registry.get(id_).inventory_url)
            )
        local = None if "://" in url else lock.file.parent / url
        wishes.append(_Wish(id=id_, choice=old.choice, docs=docs, url=url, file=local))
    smaller = frozenset(chosen) if accept_smaller else frozenset()
    _get(lock, wishes, timeout=timeout, retries=retries, smaller=smaller)


def _chosen(lock: Lock, names: tuple[str, ...]) -> list[str]:
    if not lock.entries:
        raise InventoryError(
            f"{lock.file}: nothing is locked; run: scientific-python-theme inventory add numpy"
        )
    for name in names:
        if name not in lock.entries:
            raise InventoryError(f"{lock.file}: {name!r} is not locked; locked: {', '.join(lock.entries)}")
    return list(dict.fromkeys(names)) or list(lock.entries)


def _get(
    lock: Lock, wishes: list[_Wish], *, timeout: float, retries: int, smaller: frozenset[str],
    extra: dict[str, tuple[bytes, inventories.Inventory]] | None = None,
) -> None:  # fmt: skip
    fresh = dict(extra or {})
    entries = dict(lock.entries)
    failed = 0

    def one(wish: _Wish) -> tuple[Locked, bytes, inventories.Inventory]:
        if wish.file is not None:
            if not wish.file.is_file():
                raise InventoryError(
                    f"{wish.file}: is gone; this one was locked from a file. Lock it again: "
                    f"inventory add {wish.id} --from FILE (or without --from, to fetch it)"
                )
            inventories.read(wish.file)
            data = wish.file.read_bytes()
        else:
            data = inventory_fetch.fetch(wish.url, timeout=timeout, retries=retries)
        found = inventories.parse(data, wish.url)
        if wish.id not in smaller:
            inventory_lock.check_shrink(lock.entries.get(wish.id), found, wish.url)
        url = _relative(wish.file, lock) if wish.file else wish.url
        return (
            inventory_lock.describe(
                wish.id, data=data, inventory=found, choice=wish.choice, docs=wish.docs, url=url
            ),
            data,
            found,
        )

    with ThreadPoolExecutor(max_workers=8) as pool, _progress(len(wishes)) as step:
        waiting = {pool.submit(one, wish): wish for wish in wishes}
        for done in as_completed(waiting):
            wish = waiting[done]
            try:
                entry, data, found = done.result()
            except ThemeError as error:
                failed += 1
                step(f"✗ {wish.id}: {error}", True)
                continue
            old = entries.get(wish.id)
            same = old is not None and (old.sha256, old.docs, old.choice) == (
                entry.sha256,
                entry.docs,
                entry.choice,
            )
            note = "unchanged" if same else _was(old)
            step(f"✓ {wish.id} {entry.version}: {entry.objects:,} entries, {note}", False)
            if not same or wish.url != (old.url if old else "") or not _files_there(lock, wish.id):
                entries[wish.id] = entry
                fresh[wish.id] = (data, found)
    changed = attrs.evolve(lock, entries=dict(sorted(entries.items())))
    if fresh or changed.hugo != lock.hugo:
        inventory_lock.save(changed, fresh)
    if failed:
        click.echo(f"{failed} of {len(wishes)} failed; what was locked before is untouched", err=True)
        raise SystemExit(1)


def _files_there(lock: Lock, id_: str) -> bool:
    try:
        lock.check(id_)
    except InventoryError:
        return False
    return True


def _relative(file: Path, lock: Lock) -> str:
    try:
        return Path(os.path.relpath(file.resolve(), lock.file.parent.resolve())).as_posix()
    except ValueError:  # on another drive
        return file.name


def _was(old: Locked | None) -> str:
    if old is None:
        return "new"
    return f"was {old.version or 'another version'} with {old.objects:,}"


class _progress:  # noqa: N801 - used as a function
    """A progress bar on a terminal, one line per inventory elsewhere."""

    def __init__(self, total: int) -> None:
        self.bar: Any = None
        self.total = total

    def __enter__(self) -> Callable[[str, bool], None]:
        if sys.stderr.isatty() and self.total > 1:
            from rich.console import Console
            from rich.progress import Progress

            self.bar = Progress(console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task("inventories", total=self.total)
        return self.step

    def step(self, line: str, bad: bool) -> None:
        if self.bar:
            self.bar.advance(self.task)
        click.secho(line, err=True, fg="red" if bad else None)

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()


@inventory.command("list")
@click.option(
    "--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@DIR
def list_(form: str, folder: Path | None) -> None:
    """Show what is locked, and whether the files are the ones the lock names.

    Exits 1 when a file is missing or altered.
    """
    lock = _open(folder)
    rows, bad = [], 0
    for id_, entry in lock.entries.items():
        try:
            lock.check(id_)
            state = "ok"
        except InventoryError as error:
            state, bad = str(error), bad + 1
        rows.append({**attrs.asdict(entry), "file": lock.inv(id_).as_posix(), "state": state})
    if form == "json":
        click.echo(json.dumps({"version": 1, "lock": str(lock.file), "inventories": rows}, indent=1))
    elif not rows:
        click.echo(f"{lock.file}: nothing is locked; run: scientific-python-theme inventory add numpy")
    else:
        for row in rows:
            click.echo(
                f"{row['id']:<16} {row['choice']:<10} {row['version']:<12} {row['objects']:>7,}  "
                f"{row['fetched'][:10]}  {row['docs']}  {row['state']}"
            )
    raise SystemExit(1 if bad else 0)


@inventory.command()
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@DIR
def remove(names: tuple[str, ...], folder: Path | None) -> None:
    """Take projects out of the lock and delete their files."""
    lock = _open(folder)
    chosen = _chosen(lock, names)
    rest = {i: e for i, e in lock.entries.items() if i not in chosen}
    inventory_lock.save(attrs.evolve(lock, entries=rest), {}, gone=chosen)
    click.echo(f"removed {', '.join(chosen)}", err=True)


for command in COMMANDS:
    inventory.add_command(command)
