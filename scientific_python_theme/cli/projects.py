"""`projects`: the registry in a terminal, and the bar for sites that neither Hugo nor Sphinx builds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .. import ecosystem_bar, projects_json, spec_badge
from .. import projects as registry_of

OWN = click.option(
    "--registry", "own", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="TOML file with entries of your own, laid over the theme's.",
)  # fmt: skip
FORMAT = click.option(
    "--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group(invoke_without_command=True)
@click.pass_context
def projects(ctx: click.Context) -> None:
    """Show the registry of scientific Python projects.

    \b
    scientific-python-theme projects list
    scientific-python-theme projects show numpy
    scientific-python-theme projects bar --html > bar.html
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@projects.command("list")
@OWN
@FORMAT
def list_(own: Path | None = None, form: str = "text") -> None:
    """List every project and site."""
    registry = registry_of.load(own)
    if form == "json":
        click.echo(projects_json.as_json(registry), nl=False)
        return
    for project in registry.projects.values():
        docs = project.docs.get("stable", "")
        click.echo(f"{project.id:<16} {project.kind:<10} {project.name:<28.28} {docs or project.homepage}")


@projects.command()
@click.argument("name", metavar="ID")
@OWN
@FORMAT
def show(name: str, own: Path | None, form: str) -> None:
    """Show what is known of one project, each fact with its source.

    ID is an id, a name, an import name or a usual short name: numpy, sklearn, np.
    """
    registry = registry_of.load(own)
    project = registry.get(name)
    facts = json.loads(projects_json.as_json(registry))["projects"][project.id]
    if form == "json":
        click.echo(json.dumps({"id": project.id, **facts}, indent=1))
        return
    sources = facts.pop("sources", {})
    width = max(map(len, facts))
    used: dict[str, None] = {}
    for key, value in {"id": project.id, **facts}.items():
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        elif isinstance(value, dict):
            value = ", ".join(f"{k}: {v}" for k, v in value.items())
        source = sources.get(key, "")
        used.update(dict.fromkeys(part.strip() for part in source.split(",")))
        click.echo(f"{key:<{width}}  {value}" + (f"  [{source}]" if source else ""))
    for code in used:
        if code in registry.origins:
            click.echo(f"[{code}] {registry.origins[code]}", err=True)


@projects.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False, exists=True))
def check(file: Path | None) -> None:
    """Check the registry, and with FILE a site's own entries laid over it.

    Exits 0 when all is well; else 2 and the first fault with file, line, key and remedy.
    """
    registry = registry_of.load(file)
    core = sum(p.kind == "core" for p in registry.projects.values())
    click.echo(
        f"{len(registry.projects)} entries ({core} core projects), {len(registry.specs)} SPECs: no fault"
    )


@projects.command()
@click.option("--html", "part", flag_value="html", help="The markup, to be put first into <body>.")
@click.option("--css", "part", flag_value="css", help="The style sheet.")
@click.option("--js", "part", flag_value="js", help="The script: Escape closes a menu. Optional.")
@click.option("--current", metavar="ID", help="The site that shows it.")
@OWN
def bar(part: str | None, current: str | None, own: Path | None) -> None:
    """Write the bar for a site that neither Hugo nor Sphinx builds (MkDocs, Jekyll, Discourse).

    Without --html, --css or --js: the three in one snippet.
    """
    registry = registry_of.load(own)
    here = registry.get(current).id if current else None
    html, css, script = ecosystem_bar.html(registry, here), ecosystem_bar.css(), ecosystem_bar.script()
    parts = {"html": f"{html}\n", "css": css, "js": script}
    whole = f"<style>\n{css}</style>\n{html}\n<script>\n{script}</script>\n"
    click.echo(parts[part] if part else whole, nl=False)


@projects.command()
@click.argument("numbers", nargs=-1, required=True, type=click.IntRange(min=0))
@click.option("--state", type=click.Choice(spec_badge.STATES), default="adopted", show_default=True)
@OWN
def badge(numbers: tuple[int, ...], state: str, own: Path | None) -> None:
    """Write a badge for SPECs as SVG, for a README or any other page."""
    click.echo(spec_badge.svg(spec_badge.specs_of(registry_of.load(own), numbers), state))


@projects.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@OWN
def publish(folder: Path, own: Path | None) -> None:
    """Write the registry as JSON, with its schema, below FOLDER/registry/v1/."""
    projects_json.publish(registry_of.load(own), folder)
    click.echo(f"wrote {folder}/registry/v1/projects.json and schema.json", err=True)
