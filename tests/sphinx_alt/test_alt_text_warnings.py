"""Alternative-text warnings of real Sphinx builds."""

import re
import shutil
import struct
import zlib
from pathlib import Path

import pytest
from support import write_tree

pytestmark = pytest.mark.xdist_group("sphinx_alt")


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([200, 100, 50] * 20) for _ in range(20))
    head = struct.pack(">IIBBBBB", 20, 20, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


CONF = """
import os, sys
sys.path.insert(0, os.path.abspath("."))
project = "x"
extensions = ["scientific_python_theme.sphinx_ext.alt_text", "myst_parser", "sphinx.ext.autodoc",
              "numpydoc", "matplotlib.sphinxext.plot_directive"]
numpydoc_show_class_members = False
templates_path = ["_templates"]
html_static_path = ["_static"]
html_theme = "alabaster"
"""
FILES = {
    "conf.py": CONF,
    "index.rst": """Title
=====

.. toctree::

   page
   api
   api2

.. image:: a.png

.. image:: b.png
   :class: decorative

.. include:: part.inc

.. plot::

   import matplotlib.pyplot as plt
   plt.plot([1, 2])

.. raw:: html

   <img src="https://example.org/x.png">

.. |sub| image:: a.png

Use |sub| and |sub| again.

.. a suppressed one:

.. alt-text: ignore[ALT001]

.. image:: d.png
""",
    "part.inc": "Included.\n\n.. figure:: c.png\n\n   A caption\n",
    "page.md": "# Page\n\n![](a.png)\n\n<img src=\"raw.png\">\n\n```{image} b.png\n```\n",
    "api.rst": "API\n===\n\n.. autofunction:: pkg.mod.f\n\n.. autoclass:: pkg.mod.C\n   :members:\n\n.. autofunction:: pkg.mod.made\n",
    "api2.rst": "API 2\n=====\n\n.. autofunction:: pkg.mod.f\n   :no-index:\n",
    "pkg/__init__.py": "",
    "pkg/mod.py": '''"""Mod."""

TEMPLATE = """Made at run time.

.. image:: b.png
"""


def f(x):
    """Do.

    Parameters
    ----------
    x : int
        X.

    Examples
    --------
    .. image:: d.png
    """


def g():
    """Not documented.

    .. image:: d.png
    """


class C:
    """A class."""

    value = 1
    """A value.

    .. image:: c.png
    """

    def m(self):
        """Method.

        .. plot::

           import matplotlib.pyplot as plt
           plt.plot([1, 2])
        """


def made():
    pass


made.__doc__ = TEMPLATE
''',
    "_templates/layout.html": '{% extends "!layout.html" %}\n{% block footer %}\n'
    '<img src="{{ pathto("_static/logo.png", 1) }}">\n{{ super() }}\n{% endblock %}\n',
}  # fmt: skip
PICTURES = {name: png() for name in ("a.png", "b.png", "c.png", "d.png", "_static/logo.png")}
#: Every place that a person has to edit, once.
EXPECTED = [
    ("_templates/layout.html", 3), ("index.rst", 10), ("index.rst", 17), ("index.rst", 24), ("index.rst", 26),
    ("page.md", 3), ("page.md", 5), ("page.md", 7), ("part.inc", 3),
    ("pkg/mod.py", 5), ("pkg/mod.py", 19), ("pkg/mod.py", 36), ("pkg/mod.py", 42),
]  # fmt: skip
WARNING = re.compile(
    r"^(?P<path>.*?):(?P<line>\d+): WARNING: (?P<text>.*) \[alt-text\.(?P<code>\w+)\]$", re.MULTILINE
)


def warnings(done, source):
    """Places of the alternative-text warnings, sorted; paths relative to the source."""
    found = []
    for match in WARNING.finditer(done.stderr.replace("\x1b[91m", "").replace("\x1b[39;49;00m", "")):
        found.append(
            (Path(match["path"]).resolve().relative_to(source.resolve()).as_posix(), int(match["line"]))
        )
    return sorted(found)


@pytest.fixture
def project(tmp_path):
    return write_tree(tmp_path / "src", {**FILES, **PICTURES})


@pytest.fixture
def small(tmp_path):
    """A project without slow extensions."""
    conf = CONF.replace('"numpydoc", "matplotlib.sphinxext.plot_directive"', "")
    index = (
        FILES["index.rst"]
        .replace(FILES["index.rst"].partition(".. plot::")[2].partition(".. raw::")[0], "\n")
        .replace(".. plot::", "")
    )
    return write_tree(tmp_path / "src", {**FILES, **PICTURES, "conf.py": conf, "index.rst": index})


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_image_is_reported_once_where_it_is_written(project, sphinx_build, jobs):
    done = sphinx_build(project, project.parent / "out", "-j", jobs)
    assert warnings(done, project) == sorted(EXPECTED)
    page = (project.parent / "out" / "index.html").read_text()
    assert re.search(r'<img alt="" [^>]*src="_images/b\.png"', page), (
        "a decorative image must not be read as its path"
    )


def test_an_incremental_build_repeats_nothing_and_finds_what_is_new(small, sphinx_build):
    out = small.parent / "out"
    sphinx_build(small, out)
    assert warnings(sphinx_build(small, out), small) == []
    (small / "page.md").write_text("# Page\n\nMore.\n\n![](a.png)\n")
    assert [
        place for place in warnings(sphinx_build(small, out), small) if place[0] != "_templates/layout.html"
    ] == [("page.md", 5)]
    (small / "part.inc").write_text("No image.\n")
    assert ("part.inc", 3) not in warnings(sphinx_build(small, out), small)


def test_warnings_can_be_errors_and_can_be_suppressed(small, sphinx_build):
    out = small.parent / "out"
    done = sphinx_build(small, out, "-W", "--keep-going", check=False)
    assert done.returncode == 1
    shutil.rmtree(out)
    for value in ("alt-text", "alt-text.ALT001"):
        done = sphinx_build(small, out, "-E", "-D", f"suppress_warnings={value}")
        assert warnings(done, small) == []


def test_configuration_is_shared_with_the_command_line(small, sphinx_build, cli, monkeypatch):
    table = '[tool.scientific-python-theme.lint]\nper-file-ignores = {"pkg/*" = ["ALT001"], "index.rst" = ["missing"]}\n'
    (small / "pyproject.toml").write_text(table)
    with (small / "conf.py").open("a") as conf:
        conf.write("\nalt_text_ignore = ['ALT002']\nalt_text_per_file_ignores = {'page.md': ['ALT001']}\n")
    done = sphinx_build(small, small.parent / "out")
    assert warnings(done, small) == [("_templates/layout.html", 3), ("part.inc", 3)]
    monkeypatch.chdir(small)
    lines = cli(
        "lint", ".", "--no-cache", "--output-format", "concise", "--per-file-ignores", "page.md:ALT001"
    ).stdout
    assert "part.inc:3:1: ALT001" in lines
    assert "pkg/" not in lines


def test_a_wrong_setting_is_a_warning_and_the_build_goes_on(small, sphinx_build):
    with (small / "conf.py").open("a") as conf:
        conf.write("\nalt_text_ignore = ['ALT9']\n")
    done = sphinx_build(small, small.parent / "out")
    assert "[alt-text.config]" in done.stderr
    assert "ALT9" in done.stderr
    assert warnings(done, small) == []


def test_a_rule_that_is_no_text_is_named_and_the_others_hold(small, sphinx_build):
    with (small / "conf.py").open("a") as conf:
        conf.write("\nalt_text_ignore = [1, 'ALT002']\nalt_text_per_file_ignores = {'page.md': 1}\n")
    done = sphinx_build(small, small.parent / "out")
    for name in ("alt_text_ignore", "alt_text_per_file_ignores['page.md']"):
        assert f"conf.py: {name} must list codes of rules such as 'ALT007' (got 1)" in done.stderr
    assert set(re.findall(r"alt-text\.(\w+)\]", done.stderr)) == {"config", "ALT001"}


@pytest.mark.parametrize("theme", ["pydata_sphinx_theme", "furo", "scientific_python_theme"])
def test_other_themes_add_nothing_of_their_own(tmp_path, sphinx_build, theme):
    if theme == "furo":
        pytest.importorskip("furo")
    extension = (
        "scientific_python_theme"
        if theme == "scientific_python_theme"
        else "scientific_python_theme.sphinx_ext.alt_text"
    )
    conf = f'project = "x"\nextensions = ["{extension}"]\nhtml_theme = "{theme}"\nhtml_logo = "a.png"\n'
    source = write_tree(
        tmp_path / "src",
        {
            "conf.py": conf,
            "index.rst": "Title\n=====\n\n.. image:: a.png\n   :alt: A red square\n",
            **PICTURES,
        },
    )
    found = warnings(sphinx_build(source, tmp_path / "out"), source)
    # Furo calls every logo "Logo"; the line that names the picture is the one a project can change.
    assert found == ([("conf.py", 4)] if theme == "furo" else [])


def test_what_a_directive_makes_is_blamed_on_the_document_that_names_it(tmp_path, sphinx_build):
    """Not on the project's own logo, whose file has the same name."""
    conf = """
from docutils import nodes
from docutils.parsers.rst import Directive

html_theme = "alabaster"
html_logo = "logo.svg"
extensions = ["scientific_python_theme.sphinx_ext.alt_text"]

class Tile(Directive):
    required_arguments = 1

    def run(self):
        return [nodes.raw("", f'<p><img src="{self.arguments[0]}" alt="image"></p>', format="html")]

def setup(app):
    app.add_directive("tile", Tile)
"""
    index = "Title\n=====\n\nTiles.\n\n.. tile:: https://example.org/assets/logo.svg\n\n.. tile:: own.svg\n"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    source = write_tree(tmp_path / "src", {"conf.py": conf, "index.rst": index, "logo.svg": svg})
    found = warnings(sphinx_build(source, tmp_path / "out"), source)
    assert found == [("index.rst", 6), ("index.rst", 8)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_entry_of_the_baseline_hides_one_finding(tmp_path, sphinx_build, cli, monkeypatch, jobs):
    """An included file is one however often; a renamed one is found again once."""
    include = "T\n=\n\n.. include:: part.inc\n\n"
    files = {f"{name}.rst": f"{include}.. image:: {name}.png\n" for name in "abcdefg"}
    conf = """
html_theme = "alabaster"
extensions = ["scientific_python_theme.sphinx_ext.alt_text"]
exclude_patterns = ["part.inc"]
alt_text_baseline = "known.json"
"""
    source = write_tree(
        tmp_path / "src",
        {**files, **PICTURES, "conf.py": conf, "index.rst": include, "part.inc": ".. image:: a.png\n"},
    )
    monkeypatch.chdir(source)
    cli("lint", ".", "--no-cache", "--baseline", "known.json", "--update-baseline")
    assert warnings(sphinx_build(source, tmp_path / "out", "-j", jobs), source) == []
    (source / "a.rst").unlink()
    for name in "bcd":
        (source / f"{name}.rst").write_text(f"{include}.. image:: {name}.png\n\n.. image:: a.png\n")
    found = warnings(sphinx_build(source, tmp_path / "out", "-j", jobs), source)
    assert found == [("c.rst", 8), ("d.rst", 8)]
