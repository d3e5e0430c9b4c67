"""``links``: check links and anchors of a built site."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import click

from .. import links as library


@click.command()
@click.argument("site", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--base", default="", metavar="URL", help="Address the site is published under.")
@click.option("--ignore", multiple=True, metavar="PATTERN", help="Addresses not to check, such as '/api/*'.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--exit-zero", is_flag=True, help="End with 0 even if a link is broken.")
def links(site: Path, base: str, ignore: tuple[str, ...], output_format: str, exit_zero: bool) -> None:
    """Check every local link and anchor of the built site in DIR, offline.

    Exits 0 when all links lead somewhere, 1 when one does not, 2 when there is nothing to look at.
    """
    report = library.check(site, base=base, ignore=ignore)
    if output_format == "json":
        click.echo(json.dumps(attrs.asdict(report), indent=1))
    else:
        for one in report.broken:
            also = f" (and on {one.also} more page{'s' * (one.also > 1)})" if one.also else ""
            click.echo(f"{site / one.page}:{one.line}:{one.column}: {one.link}: {one.message}{also}")
        for problem in report.problems:
            click.secho(f"could not look: {problem}", err=True, fg="yellow")
        count = len(report.broken)
        click.secho(
            f"{report.pages:,} pages, {report.links:,} links, "
            + (f"{count} broken" if count else "all of them lead somewhere"),
            err=True, fg="red" if count else "green",
        )  # fmt: skip
    raise SystemExit(1 if report.broken and not exit_zero else 0)
