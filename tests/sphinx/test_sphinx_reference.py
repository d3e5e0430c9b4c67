"""The reference names every value, default and warning there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from scientific_python_theme.sphinx_ext.defaults import DEFAULTS
from scientific_python_theme.sphinx_ext.messages import SUBTYPES
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "sphinx-config.md").read_text("utf-8")


def section(title: str) -> set[str]:
    text = PAGE.split(f"# {title}\n", 1)[1].split("\n## ", 1)[0]
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return set(re.findall(r"`([\w.]+)`", " ".join(cells)))


def test_every_value_is_described(tmp_path):
    (tmp_path / "conf.py").write_text('extensions = ["scientific_python_theme"]\n')
    (tmp_path / "index.rst").write_text("Home\n====\n")
    with patch_docutils(tmp_path), docutils_namespace():
        app = Sphinx(tmp_path, tmp_path, tmp_path / "o", tmp_path / "d", "html", status=None, warning=None)
    names = {name for name in app.config.values if name.startswith(("scientific_python_", "alt_text_"))}
    assert section("Values in conf.py") == names


def test_every_default_is_described():
    assert section("Defaults") == {default.name for default in DEFAULTS} | {
        "html_theme",
        "html_theme_options",
    }


def test_every_warning_is_described():
    assert section("Warnings") >= set(SUBTYPES)
