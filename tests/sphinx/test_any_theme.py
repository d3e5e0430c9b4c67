"""With any theme and any builder the extension helps where it can and ends no build."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from scientific_python_theme.sphinx_ext.addresses import scheme

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
CONF = """
extensions = ["scientific_python_theme", "sphinx_copybutton", "sphinx_design", "myst_parser", "sphinx.ext.autodoc"]
scientific_python_project = "matplotlib"
scientific_python_versions = "_static/versions.json"
scientific_python_linkcode = {"package": "matplotlib"}
scientific_python_analytics = "example.org"
scientific_python_plots = True
html_theme = "%s"
"""
FILES = {
    "index.rst": "Home\n====\n\n.. toctree::\n\n   one\n   two\n\n.. legacy:: class\n\n   Use the other.\n\n"
    ":doi:`10.1000/182`\n\n.. image:: _static/logo.svg\n",
    "one.rst": "One\n===\n\n.. toctree::\n\n   deep\n\n.. autofunction:: matplotlib.get_cachedir\n",
    "deep.rst": "Deep\n====\n\nSee :py:func:`matplotlib.get_cachedir`.\n",
    "two.md": "# Two\n\n```{note}\nA note.\n```\n",
    "_static/logo.svg": SVG,
    "_static/versions.json": '[{"version": "dev", "url": "https://example.org/dev/", "preferred": true}]',
}
THEMES = ["scientific_python_theme", "pydata_sphinx_theme", "furo", "alabaster", "sphinx_rtd_theme"]
# It pins one release of pydata-sphinx-theme, so it is tried beside the oldest only (dependency group `oldest`).
if importlib.util.find_spec("sphinx_book_theme"):
    THEMES.append("sphinx_book_theme")


def write(folder: Path, conf: str, files: dict[str, str] = FILES) -> Path:
    for name, text in {"conf.py": conf, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("theme", THEMES)
def test_theme_builds_with_defaults(theme, tmp_path, sphinx_build):
    source = write(tmp_path / "docs", CONF % theme)
    done = sphinx_build(source, tmp_path / "html")
    assert "Traceback" not in done.stderr
    page = BeautifulSoup((tmp_path / "html" / "index.html").read_text("utf-8"), "html.parser")
    assert "Matplotlib" in page.title.text
    assert page.select_one("link[rel=canonical]")["href"].startswith("https://matplotlib.org/stable/")
    assert page.select_one("script[data-domain='example.org'][defer]")
    assert page.select_one(".admonition-legacy")
    assert page.select_one("a[href='https://doi.org/10.1000/182']")
    code = BeautifulSoup((tmp_path / "html" / "one.html").read_text("utf-8"), "html.parser")
    link = code.select_one("a[href^='https://github.com/matplotlib/matplotlib/blob/']")
    assert "matplotlib/__init__.py#L" in link["href"]


BUILDERS = ["dirhtml", "singlehtml", "latex", "text", "man", "epub", "dummy", "xml", "gettext", "linkcheck", "json",
            "texinfo"]  # fmt: skip


def test_every_builder_finishes(tmp_path, sphinx_build):
    """One source, all builders, with a theme of each family."""
    plain = {**FILES, "one.rst": "One\n===\n\n.. toctree::\n\n   deep\n"}
    source = write(
        tmp_path / "docs", CONF % "furo", {**plain, "index.rst": FILES["index.rst"].replace(":doi:", "")}
    )
    for builder in BUILDERS:
        done = sphinx_build(source, tmp_path / builder, "-D", "linkcheck_ignore=.*", builder=builder)
        assert "Traceback" not in done.stderr, builder
        assert "scientific_python." not in done.stderr, builder
    for builder in ("dirhtml", "singlehtml", "latex", "epub"):  # the parent itself ends a json build
        out = tmp_path / f"{builder}-parent"
        done = sphinx_build(source, out, "-D", "html_theme=pydata_sphinx_theme", builder=builder)
        assert "Traceback" not in done.stderr, builder


@pytest.mark.parametrize("theme", ["scientific_python_theme", "furo"])
def test_a_book_has_nothing_of_the_website(theme, tmp_path, sphinx_build):
    """Readers of EPUB show an error in place of a page that is not XML or names a file that is not there."""
    text = FILES["index.rst"] + "\n:spec:`7 adopted` :math:`x^2`\n\n.. spec:: 0 1\n"
    conf = CONF % theme + "scientific_python_symbols = scientific_python_publish_registry = True\n"
    source, out = write(tmp_path / "docs", conf, {**FILES, "index.rst": text}), tmp_path / "epub"
    sphinx_build(source, out, builder="epub")
    pages = list(out.rglob("*.xhtml"))
    assert len(pages) > 4
    for page in pages:
        root = ElementTree.fromstring(page.read_text("utf-8"))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"script", "svg", "math"}, page  # the list of files would have to say so
        for element in root.iter():
            named = element.get("src") or element.get("href") or ""
            assert scheme(named) or (page.parent / unquote(urldefrag(named).url)).exists(), (page, named)
    index = (out / "index.xhtml").read_text("utf-8")
    assert "data-ecosystem-nav" not in index
    assert '<a class="sp-spec-link reference external" href=' in index
    assert ">SPEC 7: adopted</a>" in index
    assert not (out / "registry").exists()


def test_theme_without_extension_says_so(tmp_path, sphinx_build):
    """Then setup() runs while the theme is made: what can still be done is done."""
    source = write(tmp_path / "docs", 'project = "X"\nhtml_theme = "scientific_python_theme"\n',
                   {"index.rst": "Home\n====\n\nText\n"})  # fmt: skip
    done = sphinx_build(source, tmp_path / "html")
    assert "[scientific_python.theme_only]" in done.stderr
    assert "conf.py" in done.stderr
    assert 'extensions = ["scientific_python_theme"]' in done.stderr
    assert (tmp_path / "html" / "index.html").exists()
