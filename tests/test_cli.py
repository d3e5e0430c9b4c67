"""The command line as a whole: help, version, errors, exit codes."""

import subprocess
import sys

import pytest

from scientific_python_theme import __version__
from scientific_python_theme.cli import COMMANDS


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
