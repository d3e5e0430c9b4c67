"""What keeps upgrades of the parent harmless."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path

import pytest

EXT = Path(__file__).resolve().parents[2] / "sphinx_ext"
PARENT = Path(importlib.util.find_spec("pydata_sphinx_theme").origin).parent


def test_nothing_of_the_parent_is_imported():
    for file in EXT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith(("pydata_sphinx_theme", "sphinx_book_theme")) for name in names), (
                file
            )


def test_no_template_of_the_parent_is_overridden():
    theirs = {path.name for path in (PARENT / "theme").rglob("*.html")}
    assert len(theirs) > 20
    assert not theirs & {path.name for path in EXT.rglob("*.html")}


def test_own_scripts_are_small():
    import gzip

    scripts = list(EXT.rglob("*.js"))
    assert scripts
    assert sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in scripts) <= 5 * 1024


@pytest.mark.parametrize("theme", ["pydata_sphinx_theme", "scientific_python_theme"])
def test_builds_with_deprecations_of_the_parent_as_errors(theme, tmp_path, sphinx_build):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conf.py").write_text(
        "import warnings\n"
        "for kind in (DeprecationWarning, PendingDeprecationWarning):  # Sphinx's own are the second, years ahead\n"
        "    warnings.filterwarnings('error', category=kind, module='(pydata_sphinx_theme|scientific_python_theme).*')\n"
        'extensions = ["scientific_python_theme"]\n'
        f'html_theme = "{theme}"\nscientific_python_project = "networkx"\n'
    )
    (tmp_path / "docs" / "index.rst").write_text(
        "Home\n====\n\n:spec:`0`, drawn :math:`x`, left :math:`\\foo`.\n\n.. spec:: 1\n\n.. math:: \\foo\n"
    )
    done = sphinx_build(tmp_path / "docs", tmp_path / "out", "-W", "--keep-going")
    assert "Deprecat" not in done.stderr
