"""The command line as a whole: help, version, errors, exit codes."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import click
import pytest

from scientific_python_theme import __version__
from scientific_python_theme.cli import COMMANDS, main


def test_version_is_the_package_version(cli):
    result = cli("--version")
    assert result.exit_code == 0
    assert __version__ in result.output


def test_help_names_every_command_with_a_sentence(cli):
    output = cli("--help").output
    for name, (_, sentence) in COMMANDS.items():
        assert name in output
        assert sentence.split()[0] in output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(cli, name):
    result = cli(name, "--help")
    assert result.exit_code == 0, result.output
    assert "Usage" in result.output


def every_command(command=main, path=()):
    """Walk the whole tree of commands: the words that call each."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from every_command(command.get_command(context, name), (*path, name))


@pytest.mark.parametrize("path", list(every_command()), ids=" ".join)
def test_examples_in_help_keep_their_lines(cli, path):
    """No mark of click's is left in the text, and each example stands on a line of its own."""
    output = cli(*path, "--help").output
    assert "\\b" not in output
    for line in output.splitlines():
        assert line.count("scientific-python-theme ") <= 1, line


def test_the_reference_page_names_every_option_as_it_is_typed():
    made = runpy.run_path(str(Path(__file__).resolve().parent.parent / "docs" / "_ext" / "generated.py"))
    page = made["cli"]()
    for path in every_command():
        command, context = main, click.Context(main, **main.context_settings)
        for name in path:
            command = command.get_command(context, name)
            context = click.Context(command, parent=context, **command.context_settings)
        (told,) = re.findall(
            rf"^```text\n{' '.join(['scientific-python-theme', *path])} [A-Z\[](.*?)^#",
            page + "\n#",
            re.M | re.S,
        )
        for option in (one for one in command.get_params(context) if isinstance(one, click.Option)):
            assert f"`{option.get_help_record(context)[0]}`\n: " in told, (path, option.name)
    prose = re.sub(r"```.*?```|`[^`]*`", "", page, flags=re.S)
    assert not re.search("--[a-z]|<[a-z]", prose)


def test_misspelt_command_gets_a_hint_and_exit_code_2(cli):
    result = cli("lnit")
    assert result.exit_code == 2
    assert "did you mean 'lint'" in result.output


def test_start_up_imports_neither_sphinx_nor_a_parser():
    code = (
        "import sys, scientific_python_theme.cli as c; print(*sorted(m for m in sys.modules if '.' not in m))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sphinx", "docutils", "turbohtml", "rich", "requests", "markdown_it"} & set(loaded)


def test_completion_names_the_commands():
    environment = {
        **os.environ,
        "_SCIENTIFIC_PYTHON_THEME_COMPLETE": "bash_complete",
        "COMP_WORDS": "scientific-python-theme l",
        "COMP_CWORD": "1",
    }
    command = [str(Path(sys.executable).with_name("scientific-python-theme"))]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout
    assert {line.partition(",")[2] for line in said.split()} == {"lint", "links"}


@pytest.mark.parametrize("variable", ["", "NO_COLOR"])
def test_no_colour_without_a_terminal(tmp_path, variable):
    environment = {**os.environ, "FORCE_COLOR": "", **({variable: "1"} if variable else {})}
    command = [sys.executable, "-m", "scientific_python_theme", "links", str(tmp_path / "none")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "\x1b[" not in done.stdout + done.stderr


def test_error_is_two_lines_and_a_traceback_needs_debug(tmp_path):
    command = [sys.executable, "-m", "scientific_python_theme"]
    quiet = subprocess.run(
        [*command, "links", str(tmp_path / "none")], capture_output=True, text=True, check=False
    )
    assert len(quiet.stderr.strip().splitlines()) <= 2
    assert "Traceback" not in quiet.stderr
    loud = subprocess.run(
        [*command, "--debug", "links", str(tmp_path / "none")], capture_output=True, text=True, check=False
    )
    assert "Traceback" in loud.stderr
