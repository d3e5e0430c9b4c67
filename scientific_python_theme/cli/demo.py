"""``demo``: a small real project, built, checked, cross-linked and served."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .. import demo as library
from ..errors import ThemeError


@click.command()
@click.argument("folder", metavar="[DIR]", default="demo", type=click.Path(path_type=Path))
@click.option("--own", is_flag=True, help="Use this project's own documentation and site (in a checkout).")
@click.option("--only", type=click.Choice(["docs", "site"]), help="Stop when this one is built.")
@click.option("--serve/--no-serve", "serving", default=True, help="Serve the result, or stop after building.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="First port to try."
)
@click.option("--force", is_flag=True, help="Write into DIR although it holds other files; they stay.")
def demo(folder: Path, own: bool, only: str | None, serving: bool, port: int, force: bool) -> None:
    """Make, build, check and serve a small real project in DIR (default: demo).

    A project that it made before is built again as you have changed it.

    It has Sphinx documentation of a tiny package, with docstrings, a plot and a notebook, and a
    Hugo site with a home page, a blog, a team and events. Each links into the other.
    """

    def say(line: str) -> None:
        click.echo(line, err=True)

    port = library.free_port(port)
    if own:
        root = Path(__file__).resolve().parents[2]
        if not (root / "docs" / "conf.py").is_file():
            raise ThemeError("--own needs a checkout of the project; leave it out to make an example project")
        plan = library.Plan(
            root=root, docs=root / "docs", site=root / "docs" / "site", out=root / "build" / "demo",
            python=sys.executable, port=port, sources=(root / "README.md",),
        )  # fmt: skip
    else:
        library.scaffold(folder, force=force)
        folder = folder.resolve()
        plan = library.Plan(
            root=folder, docs=folder / "docs", site=folder / "site", out=folder / "build",
            python=library.environment(folder / ".venv", folder / "requirements.txt", say), port=port,
            sources=(folder / "tidepool",),
        )  # fmt: skip
    code = library.build(plan, say, only=only or "")
    say(f"the result lies in {plan.out}")
    if serving and not only:
        library.serve(plan, say)
    raise SystemExit(code)
