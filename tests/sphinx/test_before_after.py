"""The shortened conf.py of real projects: fewer lines, the same pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from shorten import count, without

AFTER = Path(__file__).resolve().parents[2] / "docs" / "before-after"
PAGE = AFTER.parent / "why" / "before-after.md"
SIX = {
    "networkx": ("networkx==3.6.1", "doc"),
    "scikit-image": ("scikit-image==0.26.0", "doc/source"),
    "scipy": ("scipy==1.17.1", "doc/source"),
    "numpy": ("numpy==2.4.6", "doc/source"),
    "scikit-learn": ("scikit-learn==1.9.1", "doc"),
    "xarray": ("xarray==2026.9.0", "doc"),
}
# Built here: their narrative pages, without what needs the compiled package or minutes of CPU.
BUILT = {
    "networkx": [
        "auto_examples",
        "reference/*/[b-z]*",
        "reference/[d-fl-z]*.rst",
        "reference/classes",
        "tutorial*",
        "release/*_[12]*",
    ],
    "numpy": ["reference/**", "release/*", "numpy_2_0_migration_guide*"],
}
# Laid round both conf.py files alike: no network, no plots, only the extensions that are installed.
FRAME = """
import importlib.util as _util
def _there(name):
    try:
        return _util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
_left = ("gallery", "ipython", "viewcode")  # minutes of CPU, or pages that are not compared
extensions = [name for name in extensions if _there(name) and not any(word in name.lower() for word in _left)]
intersphinx_mapping = {}
exclude_patterns = [*globals().get("exclude_patterns", []), *EXCLUDED]
autosummary_generate = False
nitpicky = False
html_theme = globals().get("html_theme", "scientific_python_theme")
html_theme_options = {**html_theme_options, "check_switcher": False}
"""


def rows() -> dict[str, tuple[int, int, int]]:
    """Lines before and after and percent gone, as the documentation states them."""
    found = re.findall(r"^\| \[([\w-]+)\]\S* \| (\d+) \| (\d+) \| (\d+)% \|", PAGE.read_text("utf-8"), re.M)
    return {name: (int(before), int(after), int(gone)) for name, before, after, gone in found}


@pytest.mark.parametrize("name", SIX)
def test_at_least_sixty_percent_is_gone(name):
    before, after, gone = rows()[name]
    assert after == sum(count((AFTER / f"{name}.py").read_text("utf-8"), own=True).values())
    assert gone == round(100 * (1 - after / before))
    assert gone >= 60


def test_sentences_agree_with_the_table():
    assert rows().keys() == SIX.keys()
    (before, before_most), (after, after_most), (gone, gone_most) = (
        (min(column), max(column)) for column in zip(*rows().values(), strict=True)
    )
    page = " ".join(PAGE.read_text("utf-8").split())
    assert f"intersphinx take {before} to {before_most} lines" in page
    assert f"{after} to {after_most} lines of facts remain" in page
    for requirement, _ in SIX.values():
        assert requirement.replace("==", " ").lower() in page.lower()
    assert f"stand in for {gone} to {gone_most} %" in (AFTER.parents[1] / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.network
@pytest.mark.parametrize("name", SIX)
def test_count_of_the_published_file_is_right(name, sdist):
    requirement, docs = SIX[name]
    published = (sdist(requirement) / docs / "conf.py").read_text("utf-8")
    assert sum(count(published).values()) == rows()[name][0]


def build(name: str, after: bool, source: Path, folder: Path) -> Path:
    docs, excluded = SIX[name][1], BUILT[name]
    copy = folder / "source"
    shutil.copytree(source, copy, symlinks=True)
    conf = copy / docs / "conf.py"
    text = conf.read_text("utf-8")
    if after:
        text = without(text) + "\n" + (AFTER / f"{name}.py").read_text("utf-8")
    conf.write_text(text + f"\nEXCLUDED = {excluded!r}\n" + FRAME, "utf-8")
    out = folder / "html"
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(folder / "doctrees"), str(conf.parent), str(out)],
        capture_output=True, text=True, timeout=900, check=False,
        env={**os.environ, "PYTHONPATH": str(copy) if name == "networkx" else "", "MPLBACKEND": "agg", "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    for subtype in ("project", "option", "linkcode", "analytics"):
        assert f"[scientific_python.{subtype}]" not in done.stderr
    return out


def pages(out: Path) -> set[str]:
    return {str(file.relative_to(out)) for file in out.rglob("*.html") if "_static" not in file.parts}


def sidebar(page: BeautifulSoup) -> list[tuple[str, str, bool]]:
    links = page.select("#pst-primary-sidebar nav.bd-docs-nav a")
    return [(a["href"], a.get_text(), "current" in a.get("class", [])) for a in links]


def text(page: BeautifulSoup) -> str:
    """Words of the article; of the whole page where a project has a layout of its own."""
    return " ".join(
        (page.select_one("article.bd-article") or page.select_one("main") or page).get_text().split()
    )


@pytest.mark.network
@pytest.mark.slow
@pytest.mark.parametrize("name", BUILT)
def test_shortened_file_builds_the_same_pages(name, sdist, tmp_path):
    """Same pages, same sidebar links, same text, with the project's own file and with ours."""
    source = sdist(SIX[name][0])
    before = build(name, False, source, tmp_path / "before")
    after = build(name, True, source, tmp_path / "after")
    assert pages(before) == pages(after)
    assert len(pages(before)) > 15
    for page in sorted(pages(before)):
        if page.startswith("_modules"):
            continue
        old, new = (BeautifulSoup((out / page).read_text("utf-8"), "html.parser") for out in (before, after))
        assert sidebar(new) == sidebar(old), page
        texts = [text(soup) for soup in (old, new)]
        assert texts[0] == texts[1], page
