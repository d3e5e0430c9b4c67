"""The readers find what docutils, markdown-it-py, Sphinx and MyST-Parser find, at the same lines.

Differences that are meant: an image with an option its directive does not know, or with options after
a blank line, is refused by docutils (an error, nothing shown); we report it, because that is what its
author has to mend. Texts on which docutils reports an error are left out here.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import unquote

import pytest

from scientific_python_theme.lint.sources import reader_for
from scientific_python_theme.lint.sources.markdown import read as read_markdown
from scientific_python_theme.lint.sources.python import read as read_python
from scientific_python_theme.lint.sources.rst import read as read_rst

RST = (
    ".. image:: a.png", ".. figure:: b.png", ":alt: x", "text", "text::", "", "", "", "* item", "- item", "1. one", "2. two", "a. x", "term",
    ".. note::", ".. note:: text", ".. container:: x", ".. |s1| image:: s.png", ".. |s2| image:: t.png", "|s1|", "===", "=====", "-----",
    "+---+-------------------+\n| a | .. image:: g.png |\n+---+-------------------+".replace("g.png |", "g.png  |"),
    "===  ====================\nx    .. image:: h.png\n===  ====================", ":field: text", ":field: .. image:: f.png", ".. [1] foot",
    ".. [CIT] cit", ".. _target:", ".. _t: http://x", "..", ".. comment", "   .. image:: i.png", ">>> doctest", "| line", "-o  opt", "-o",
    "--long=FILE  desc", ".. code::", ".. parsed-literal::", "> quoted", "(1) x", "i. x", "__ anon", "* .. image:: l.png", "Term : cls", "...",
    ".. admonition:: T", "\\* x", "**b**", ".. image:: k.png\n   :alt: y\n      z", ".. figure:: z.png\n   :alt: y\n\n   Cap\n\n   .. image:: m.png",
    ".. list-table::\n\n   * - a\n     - .. image:: n.png", '.. csv-table::\n\n   "a", ".. image:: o.png"',
)  # fmt: skip

MARKDOWN = (
    "![a](1.png)", "![](2.png)", "[![b](3.png)](x)", "text", "", "", "- item", "- ![c](4.png)", "1. ![d](5.png)", "> ![e](6.png)", "# ![f](7.png)",
    "```", "```md", "~~~", "    ![g](8.png)", "  ![h](9.png)", "`![i](10.png)`", "<div>", "</div>", "<!--", "-->", "<!-- ![j](12.png) -->",
    "| a | b |\n|---|---|\n| ![k](13.png) | `![](14.png)` |", "![r][ref]", "[ref]: 15.png", "![ref]", "\\![n](16.png)", '![o *b* `c`](17.png "T")',
    "***", "===", "> - ![p](18.png)", "\t![q](19.png)", "- a\n\n  ![s](20.png)", "![t\nu](21.png)", "<p>![v](22.png)</p>", "x <b>![w](23.png)</b>",
    "![x](<24 a.png>)", "![y](25.png", "![z]()", "**![bb](27.png)**", "[cc ![dd](28.png)](y)",
)  # fmt: skip


def composed(parts: tuple[str, ...], seed: int, indents: tuple[str, ...]) -> str:
    chance = random.Random(seed)
    lines: list[str] = []
    for _ in range(chance.randint(1, 9)):
        indent = chance.choice(indents)
        lines += [(indent + line).rstrip() for line in chance.choice(parts).split("\n")]
        lines += [""] * (chance.random() < 0.4)
    return "\n".join(lines) + "\n"


def images_of_docutils(text: str) -> set[tuple[int | None, str]] | None:
    """Images with their lines; None when docutils reports an error."""
    from docutils import nodes
    from docutils.core import publish_doctree

    quiet = {
        "report_level": 6, "halt_level": 7, "warning_stream": io.StringIO(), "file_insertion_enabled": False,
        "doctitle_xform": False, "docinfo_xform": False, "_disable_config": True,
    }  # fmt: skip
    tree = publish_doctree(text, settings_overrides=quiet)
    if any(m["level"] >= 3 for m in [*tree.findall(nodes.system_message), *tree.parse_messages]):
        return None
    return lines({(n.line, n["uri"]) for n in tree.findall(nodes.image)}, text)


def lines(images: set[tuple[int | None, str]], text: str) -> set[tuple[int | None, str]]:
    """docutils loses the lines of what stands in CSV cells: there only the images are compared."""
    return {(0, uri) for _, uri in images} if "csv-table" in text else images


@pytest.mark.parametrize("block", range(4))
def test_same_images_as_docutils(block: int):
    compared = 0
    for seed in range(block * 100, block * 100 + 100):
        text = composed(RST, seed, ("", "", "", "  ", "   ", "   ", "      "))
        theirs = images_of_docutils(text)
        if theirs is None:
            continue
        ours = lines({(i.place.line, i.src) for i in read_rst(text, "x.rst").images}, text)
        assert ours == theirs, text
        compared += bool(theirs)
    assert compared > 5


@pytest.mark.parametrize("block", range(2))
def test_same_images_as_docutils_in_docstrings(block: int):
    """However a docstring is indented and quoted, its images are those of the cleaned text."""
    import inspect

    for seed in range(5000 + block * 100, 5000 + block * 100 + 100):
        body = composed(RST, seed, ("", "", "   "))
        raw = "One line.\n\n" + body
        indented = "\n".join("    " + line if line and k else line for k, line in enumerate(raw.split("\n")))
        theirs = images_of_docutils(inspect.cleandoc(indented))
        if theirs is None:
            continue
        source = f'class A:\n    r"""{indented}"""\n'
        ours = lines({(i.place.line - 1, i.src) for i in read_python(source, "x.py").images}, text=source)
        assert ours == theirs, source


def images_of_markdown_it(text: str) -> list[tuple[str, str | None]]:
    from markdown_it import MarkdownIt

    found = []

    def said(tokens: list) -> str:
        kinds = {"text", "code_inline", "text_special"}
        return "".join(
            t.content if t.type in kinds else " " if "break" in t.type else said(t.children or []) if t.type == "image" else ""
            for t in tokens
        )  # fmt: skip

    waiting = list(MarkdownIt("commonmark").enable("table").parse(text))
    while waiting:
        token = waiting.pop(0)
        if token.type == "image":
            found.append((unquote(token.attrs["src"]), " ".join(said(token.children or []).split()) or None))
        else:
            waiting[:0] = token.children or []
    return found


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_same_images_as_markdown_it(line_end: str):
    for seed in range(400):
        text = composed(MARKDOWN, seed, ("", "", "", "> ", "  ", "   ", "- ", "    ")).replace("\n", line_end)
        images = [i for i in read_markdown(text, "x.md").images if i.format == "markdown"]
        assert [(i.src, i.alt) for i in images] == images_of_markdown_it(text), text
        rows = text.replace("\r\n", "\n").split("\n")
        for image in images:
            place = image.place
            assert rows[place.line - 1][place.column - 1 :].startswith("!["), text
            assert rows[place.end_line - 1][place.end_column - 2] in ")]", text


CONF = """
import json
from docutils import nodes

extensions = ["myst_parser", "sphinx_design"]
myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline", "substitution"]
exclude_patterns = ["*.txt"]
found = []


def read(app, tree):
    for node in tree.findall(nodes.image):
        above = node
        while above.line is None:
            above = above.parent
        found.append([above.source or node.source or tree["source"], above.line, node["uri"], node.get("alt")])


def done(app, error):
    (app.outdir / "images.json").write_text(json.dumps(found))


def setup(app):
    app.connect("doctree-read", read, priority=1)
    app.connect("build-finished", done)
"""
PAGES = {
    "index.rst": (
        "Index\n=====\n\n.. toctree::\n\n   page\n\n.. figure:: a.png\n   :alt: One\n      two\n\n   Cap\n\n"
        ".. tab-set::\n\n   .. tab-item:: T\n\n      .. image:: b.png\n         :alt:\n\n.. include:: part.txt\n\n"
        ".. only:: html\n\n   .. image:: c.png\n\n+----+------------------+\n| 格 | .. image:: d.png |\n+----+------------------+\n\n"
        ".. card:: T\n\n   Head\n   ^^^\n   .. image:: f.png\n   +++\n   .. image:: g.png\n\n"
        ".. code-block:: rst\n\n   .. image:: no.png\n\n.. versionadded:: 1\n   Text.\n\n   .. image:: e.png\n"
    ),
    "part.txt": "Part\n\n.. image:: p.png\n   :alt: P\n",
    "page.md": (
        "# Page\n\n```{image} a.png\n:alt: A\n```\n\n:::{figure} b.png\n---\nalt: \"B: c\"\n---\nCap\n:::\n\n````{note}\n```{figure} c.png\n"
        ":alt:\n\nCap ![in](in.png)\n```\n````\n\n- list\n\n  ```{eval-rst}\n  .. image:: d.png\n  ```\n\n```md\n![](no.png)\n```\n\n"
        "```{list-table}\n* - ![cell](cell.png)\n```\n\n![par](par.png)\n"
    ),
}  # fmt: skip


@pytest.mark.xdist_group("lint-sources-sphinx")
def test_same_images_as_sphinx_and_myst(tmp_path: Path, sphinx_build: Callable[..., CompletedProcess[str]]):
    """A real build reads the same pages; our lines and alternatives are those of its doctrees."""
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, "utf-8")
    sphinx_build(tmp_path, tmp_path / "_out", builder="dummy")
    theirs = {
        (Path(source).name, line, uri, None if alt is None else " ".join(alt.split()))
        for source, line, uri, alt in json.loads((tmp_path / "_out" / "images.json").read_text())
    }
    ours = set()
    for name, text in PAGES.items():
        reader = reader_for(name)
        assert reader is not None
        for image in reader(text, name).images:
            ours.add((name, image.place.line, image.src, image.alt))
    assert ours == theirs
