"""``inventory diff|check|guard|index``: what becomes of link targets, and the search over them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import click

from ..errors import ThemeError
from ..inventory import Inventory, read

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
FORMAT = click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)


def _json(value: Any) -> None:
    click.echo(json.dumps(value, indent=1))


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@FORMAT
def diff(old: Path, new: Path, output_format: str) -> None:
    """Tell what became of the targets of OLD (an objects.inv) in NEW.

    Exits 0 when every target is still there, moved or not; 1 when one was renamed or is gone.
    """
    from ..changes import compare

    changes = compare(read(old), read(new))
    lost = len(changes.of("renamed")) + len(changes.of("gone"))
    if output_format == "json":
        _json(
            {
                "same": changes.same,
                "added": [attrs.asdict(e) for e in changes.added],
                "changes": [attrs.asdict(c) for c in changes.changes],
            }
        )
    else:
        for change in changes.changes:
            click.echo(change)
        click.echo(
            ", ".join(
                [f"{changes.same:,} same"]
                + [f"{len(changes.of(kind)):,} {kind}" for kind in ("moved", "renamed", "gone")]
                + [f"{len(changes.added):,} added"]
            ),
            err=True,
        )
    raise SystemExit(1 if lost else 0)


@click.command()
@click.option(
    "--site", required=True, type=FOLDER, help="Folder of the built site whose links are looked at."
)
@click.option("--dir", "folder", default=".", type=FOLDER, help="Folder with inventories.lock.")
@click.option(
    "--new", multiple=True, metavar="ID=FILE", help="Inventory a project will have; else the locked one."
)
@FORMAT
def check(site: Path, folder: Path, new: tuple[str, ...], output_format: str) -> None:
    """Tell which links of a built site into locked projects would break.

    Without --new the locked inventories are believed; with it, the links are held against the new
    ones before the lock is updated. Exits 0 when all links hold, 1 when one would break.
    """
    from ..changes import doomed
    from ..inventory_lock import locked

    if not site.is_dir():
        raise ThemeError(f"{site} is not a folder; name the folder of the built site")
    entries = locked(folder)
    then = {entry.id: entry.inventory for entry in entries}
    homes = {entry.id: entry.docs for entry in entries}
    now: dict[str, Inventory] = dict(then)
    for pair in new:
        id_, sign, file = pair.partition("=")
        if not sign or id_ not in then:
            raise ThemeError(
                f"--new {pair}: write ID=FILE with one of the locked projects: {', '.join(then)}"
            )
        now[id_] = read(Path(file))
    count, found = doomed(site, homes, now, then if new else None)
    if output_format == "json":
        _json({"links": count, "broken": [attrs.asdict(one) for one in found]})
    else:
        for one in found:
            click.echo(f"{site / one.page}:{one.line}: {one.url}: {one.message}")
        click.echo(
            f"{count:,} links into {len(now)} project{'s' * (len(now) != 1)}, {len(found)} would break",
            err=True,
        )
    raise SystemExit(1 if found else 0)


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--site", type=FOLDER, help="Built documentation of NEW, whose redirects count.")
@click.option("--labels", is_flag=True, help="Labels and glossary terms count too.")
@click.option("--moved", is_flag=True, help="Pages that were moved away count too.")
@FORMAT
def guard(old: Path, new: Path, site: Path | None, labels: bool, moved: bool, output_format: str) -> None:
    """Fail when a release takes public targets away without a redirect.

    OLD is the objects.inv of the last release, NEW that of the one to come. Exits 1 when a public
    name or page of OLD is not in NEW and its old address does not lead on.
    """
    from .. import changes

    if site and not site.is_dir():
        raise ThemeError(f"{site} is not a folder; name the folder of the built documentation")
    leads_on = changes.redirects(site) if site else ()
    lost = changes.guard(read(old), read(new), leads_on, labels=labels, moved=moved)
    if output_format == "json":
        _json([attrs.asdict(change) for change in lost])
    else:
        for change in lost:
            click.echo(change)
        click.echo(
            f"{len(lost):,} public targets lost; keep them, or add redirects and name the folder with --site"
            if lost
            else "no public target is lost",
            err=True,
        )
    raise SystemExit(1 if lost else 0)


@click.command()
@click.option(
    "--out", required=True, type=FOLDER, help="Folder to write; an earlier index there is replaced."
)
@click.option(
    "--from", "source", type=FOLDER, help="Folder of ID.inv files; by default the locked inventories."
)
@click.option("--dir", "folder", default=".", type=FOLDER, help="Folder with inventories.lock.")
@click.option("--own", default="", metavar="ID", help="Project whose names come first.")
def index(out: Path, source: Path | None, folder: Path, own: str) -> None:
    """Write the files that the symbol search reads.

    They are static; put them on the site's own host.
    """
    from .. import projects, symbols

    registry = projects.load()
    sources = symbols.folder(source, registry) if source else symbols.locked(folder, registry)
    ids = [one.id for one in sources]
    if own and own not in ids:
        raise ThemeError(f"--own {own}: no such project among those to index ({', '.join(ids)})")
    for one in sources:
        if not one.home:
            click.secho(
                f'{one.id}: no address known, its results cannot link; add {one.id} = "https://…" '
                f"to addresses.toml beside its file",
                err=True, fg="yellow",
            )  # fmt: skip
    made = symbols.index(out, sources, registry, own=own)
    click.echo(
        f"{out}: {made['symbols']:,} symbols in {made['shards']:,} files, {made['bytes']:,} bytes", err=True
    )


COMMANDS = (diff, check, guard, index)
