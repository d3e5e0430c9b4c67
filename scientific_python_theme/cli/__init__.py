"""The terminal door: parse, call the library, render, exit.

Sub-commands are imported when they are asked for, so that ``--version`` stays quick.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import Any

import click

from .. import __version__
from ..errors import ThemeError

COMMANDS = {
    "lint": ("lint", "Check the alternative text of images in sources and built pages."),
    "rule": ("rule", "Explain a rule of the linter."),
    "hugo": ("hugo", "Use the Hugo theme: path, vendor, new, serve, build, migrate, team."),
    "inventory": ("inventory", "Lock, compare and check the link targets of other projects."),
    "projects": ("projects", "Show the registry of scientific Python projects."),
    "links": ("links", "Check links and anchors of a built site."),
    "demo": ("demo", "Make, build, check and serve a small real project."),
}


class LazyGroup(click.Group):
    """A group whose commands live in modules of this package, imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order they are explained."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when one is misspelt."""
        import difflib

        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"commands: {', '.join(COMMANDS)}"
            raise click.UsageError(f"no such command {name!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Turn our own errors into a line and exit code 2, unless ``--debug`` is given."""
        try:
            return super().invoke(ctx)
        except ThemeError as error:
            if ctx.params.get("debug"):
                raise
            click.secho("error: ", err=True, nl=False, fg="red")
            click.echo(str(error), err=True)
            ctx.exit(2)
        except OSError as error:
            if ctx.params.get("debug") or isinstance(error, BrokenPipeError):
                raise
            what = f"{error.filename}: " if error.filename else ""
            click.secho("error: ", err=True, nl=False, fg="red")
            click.echo(f"{what}{error.strerror or error}", err=True)
            ctx.exit(2)


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="scientific-python-theme")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """One look, one navigation and checked alternative text for scientific Python sites.

    Exit codes: 0 all is well, 1 something was found, 2 wrong use or could not look.

    \b
    Shell completion (also zsh_source, fish_source):
    eval "$(_SCIENTIFIC_PYTHON_THEME_COMPLETE=bash_source scientific-python-theme)"
    """
    for stream in (sys.stdout, sys.stderr):  # a file name may hold what no encoding has
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("NO_COLOR"):
        click.get_current_context().color = False
