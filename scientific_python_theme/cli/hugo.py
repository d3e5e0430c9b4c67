"""``hugo``: use the Hugo theme from a terminal."""

from __future__ import annotations

import runpy
import shlex
import sys
from pathlib import Path
from typing import Any

import click

from .. import hugo as library
from .. import inventory_lock
from .. import migrate as migration
from ..errors import HugoError
from ..paths import hugo_theme


class _Folder(click.Path):
    """A folder; no name at all, as of a variable that is not set, is not the one we are in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty; name a folder", param, ctx)
        return super().convert(value, param, ctx)


_HERE = _Folder(path_type=Path)
_PASSING = {"ignore_unknown_options": True, "allow_interspersed_args": False}


@click.group()
def hugo() -> None:
    """Use the Hugo theme: path, vendor, new, serve, build, migrate, team."""


@hugo.command()
@click.option("--theme", is_flag=True, help="Print the theme's own folder instead.")
def path(theme: bool) -> None:
    """Print a folder for Hugo's --themesDir.

    The theme lies in it under the names sites use, so a site that says
    `theme: scientific-python-hugo-theme` needs no change:

    \b
        hugo --themesDir "$(scientific-python-theme hugo path)"
    """
    click.echo(hugo_theme() if theme else library.themes_folder())


@hugo.command()
@click.argument("folder", metavar="[DIR]", default=".", type=_HERE)
@click.option("--name", default="", help="Name of the folder (default: what the site calls this theme).")
@click.option("--force", is_flag=True, help="Replace a copy that was edited or is not ours.")
def vendor(folder: Path, name: str, force: bool) -> None:
    """Copy the theme into the site in DIR, below themes/ or what it sets as themesDir.

    A copy made before is replaced in one step; anything else is left alone.
    """
    target = library.vendor(folder, name=name, force=force)
    click.echo(target)
    themes = library.declared(folder).themes
    if target.name not in themes:
        others = f" (which names {', '.join(themes)})" if themes else ""
        click.echo(f'now name it in the site\'s configuration{others}: theme = "{target.name}"', err=True)


@hugo.command(short_help="Make a small, complete site in DIR.")
@click.argument("folder", metavar="DIR", type=_HERE)
@click.option("--force", is_flag=True, help="Write into DIR although it holds other files; they stay.")
def new(folder: Path, force: bool) -> None:
    """Make a small, complete site in DIR: home page, guide, blog, team and events."""
    library.scaffold(folder, force=force)
    click.echo(f"made {folder}; see it with: scientific-python-theme hugo serve {shlex.quote(str(folder))}")


@hugo.command(context_settings=_PASSING, short_help="Serve the site in DIR and rebuild it on every change.")
@click.argument("folder", metavar="[DIR]", default=".", type=_HERE)
@click.argument("arguments", metavar="[-- HUGO OPTIONS]", nargs=-1, type=click.UNPROCESSED)
def serve(folder: Path, arguments: tuple[str, ...]) -> None:
    """Serve the site in DIR and rebuild it on every change (`hugo server`).

    The search index is made by `build`; here the search dialog says that there is none.
    """
    folder, arguments = _site_first(folder, arguments)
    _check_lock(folder)
    raise SystemExit(_run("server", folder, arguments))


@hugo.command(context_settings=_PASSING, short_help="Build the site in DIR, and its search index.")
@click.option("--no-search", is_flag=True, help="Make no search index even if params.search is on.")
@click.argument("folder", metavar="[DIR]", default=".", type=_HERE)
@click.argument("arguments", metavar="[-- HUGO OPTIONS]", nargs=-1, type=click.UNPROCESSED)
def build(folder: Path, arguments: tuple[str, ...], no_search: bool) -> None:
    """Build the site in DIR, and its search index where params.search is on.

    Options after DIR go to Hugo: `build . --minify --destination out`.
    """
    folder, arguments = _site_first(folder, arguments)
    if "--no-search" in arguments:
        arguments, no_search = tuple(a for a in arguments if a != "--no-search"), True
    _check_lock(folder)
    code = _run("build", folder, arguments)
    if not code and not no_search:
        code = library.index(folder, arguments) or 0
    raise SystemExit(code)


@hugo.command(short_help="Change the keys that current Hugo no longer accepts.")
@click.argument("folder", metavar="[DIR]", default=".", type=_HERE)
@click.option("-n", "--dry-run", is_flag=True, help="Show the changes, write nothing.")
@click.option(
    "--deprecated", is_flag=True, help="Also rename keys that Hugo only warns about (needs Hugo 0.158)."
)
def migrate(folder: Path, dry_run: bool, deprecated: bool) -> None:
    """Change the keys that current Hugo no longer accepts, in the site in DIR.

    Only the words concerned change; comments and layout stay. The change is
    printed as a diff.
    """
    folder = folder.resolve()
    edits = migration.plan(folder, deprecated=deprecated)
    changed = [edit for edit in edits if edit.after != edit.before]
    for edit in changed:
        click.echo(edit.diff(folder), nl=False, color=True)  # with its own escape sequences
    for edit in edits:
        for note in edit.notes:
            click.echo(f"{edit.path.relative_to(folder)}: {note}", err=True)
    if not dry_run:
        migration.apply(changed)
    lines = sum(edit.lines for edit in changed)
    verb = "would change" if dry_run else "changed"
    many = f"{lines} line{'s' * (lines != 1)} in {len(changed)} file{'s' * (len(changed) != 1)}"
    click.echo(f"{verb} {many}" if changed else "nothing to change", err=True)


@hugo.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
    short_help="Write the members of a GitHub team as TOML.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def team(arguments: tuple[str, ...]) -> None:
    """Write the members of a GitHub team as TOML for the `grid` shortcode (needs GH_TOKEN).

    The same program as the theme's tools/team_query.py, for sites without the theme's folder;
    its --help tells its options.
    """
    tool = hugo_theme() / "tools" / "team_query.py"
    if not tool.is_file():
        raise HugoError(
            f"{tool} is missing; reinstall with: pip install --force-reinstall scientific-python-theme"
        )
    sys.argv = ["scientific-python-theme hugo team", *arguments]
    try:
        runpy.run_path(str(tool), run_name="__main__")
    except SystemExit as end:
        raise SystemExit(2 if end.code == 1 else end.code) from None  # it could not look


def _run(command: str, folder: Path, arguments: tuple[str, ...]) -> int:
    """Run Hugo; where old keys may be why it failed, say what changes them."""
    code = library.run(command, folder, arguments)
    if code == 1 and migration.needed(folder):
        click.echo(
            "The configuration holds keys that this Hugo no longer accepts; see what would change with: "
            f"scientific-python-theme hugo migrate {shlex.quote(str(folder))} --dry-run",
            err=True,
        )
    return code


def _check_lock(site: Path) -> None:
    """Refuse inventories that are not those of the lock; the templates cannot compare them."""
    file = inventory_lock.find(site)
    lock = inventory_lock.load(file) if file else None
    if lock and lock.hugo and (lock.file.parent / lock.hugo).resolve() == site.resolve():
        for id_ in lock.entries:
            lock.check(id_)


def _site_first(folder: Path, arguments: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """`build --minify` means the site in this folder."""
    if str(folder).startswith("-"):
        return Path(), (str(folder), *arguments)
    return folder, tuple(a for a in arguments if a != "--")
