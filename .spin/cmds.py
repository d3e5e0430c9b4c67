"""Developer commands; `spin --help` lists them."""

import subprocess
import sys

import click


def _run(*args: str) -> None:
    click.secho("$ " + " ".join(args), bold=True)
    code = subprocess.run(args, check=False).returncode
    if code:
        raise SystemExit(code)


@click.command()
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def test(args):
    """Run the tests, all or those named.

    \b
      spin test
      spin test tests/lint -k svg
    """
    _run(sys.executable, "-m", "pytest", *(args or ("-n", "auto", "--dist", "loadgroup")))


@click.command()
def lint():
    """Check style, types and our own images."""
    _run(sys.executable, "-m", "ruff", "check", ".")
    _run(sys.executable, "-m", "ruff", "format", "--check", ".")
    _run(sys.executable, "-m", "mypy")
    _run(sys.executable, "-m", "scientific_python_theme", "lint", "docs", "README.md")


@click.command()
def docs():
    """Build the Sphinx documentation, warnings as errors."""
    _run(sys.executable, "-m", "scientific_python_theme", "demo", "--own", "--no-serve", "--only", "docs")


@click.command()
def site():
    """Build the Hugo site."""
    _run(sys.executable, "-m", "scientific_python_theme", "demo", "--own", "--no-serve", "--only", "site")


@click.command()
def demo():
    """Build, check, cross-link and serve both."""
    _run(sys.executable, "-m", "scientific_python_theme", "demo", "--own")


@click.command()
def shots():
    """Take the documentation's screenshots from the built demo (needs Chromium)."""
    _run(sys.executable, "docs/shots.py")
