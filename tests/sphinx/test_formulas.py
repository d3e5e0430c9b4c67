"""Formulas are MathML in the page; MathJax comes where a project chose it, or a formula needs it."""

from __future__ import annotations

import io
import re
import textwrap
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils
from support import write_tree

CONF = 'extensions = ["scientific_python_theme"]\nproject = "P"\n'
FILES = {
    "index.rst": r"""
        Formulas of :math:`x^2`
        =======================

        .. toctree::

           left
           none

        In a line :math:`a_1 < \text{<b>}`, and numbered:

        .. math:: e^{i\pi} + 1 = 0
           :label: euler

        .. math::

           a &= b \\
             &= c

           d = e

        .. math::
           :nowrap:

           \begin{gather} x \end{gather}

        See :eq:`euler`.
        """,
    "left.rst": "Left\n====\n\nDrawn :math:`y_1`, not drawn :math:`\\foo{y}`.\n\n"
    ".. math:: \\bar{z}\n   :label: z\n\n.. math:: \\baz{z} & 1\n   :label: zz\n",
    "none.rst": "None\n====\n\nText.\n",
}


def source(folder: Path, conf: str = "", files: dict[str, str] = FILES) -> Path:
    texts = {name: textwrap.dedent(text).lstrip("\n") for name, text in files.items()}
    return write_tree(folder / "docs", {"conf.py": CONF + textwrap.dedent(conf), **texts})


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def scripts(page: BeautifulSoup) -> list[str]:
    return [str(tag) for tag in page.select("script") if "mathjax" in str(tag).lower()]


def formulas(page: BeautifulSoup) -> list[str]:
    return [str(tag) for tag in page.select(".math")]


@pytest.fixture(scope="session")
def built(once, sphinx_build) -> Path:
    return once("formulas", lambda f: sphinx_build(source(f), f / "html", "-W") and None) / "html"


def test_page_needs_no_script(built):
    page = soup(built / "index.html")
    assert scripts(page) == []
    assert len(page.select("article math")) == 5
    assert [tag.get("display") for tag in page.select("article div.math math")] == ["block"] * 3
    assert page.select_one("article p > span.math annotation").text == r"a_1 < \text{<b>}"
    assert page.select_one("article p > span.math mtext").text == "<b>"
    assert page.select_one("mtable mtable"), "lines of an equation, equations of a directive"


def test_number_and_link_are_sphinxs_own(built):
    page = soup(built / "index.html")
    number = page.select_one("div.math#equation-euler > span.eqno")
    assert number.text == "(1)#"
    assert number.a["href"] == "#equation-euler"
    assert page.select_one("a[href='#equation-euler'].reference").text == "(1)"


def test_formula_of_a_title(built):
    """In the window's title there is text alone, in the header of the parent a formula too."""
    page = soup(built / "index.html")
    assert page.title.text.startswith("Formulas of x2 ")
    assert page.select_one("h1 math msup")
    assert r"\(" not in str(page.body).replace(r"\text", "")


def test_only_the_page_with_it_loads_mathjax(built):
    page = soup(built / "left.html")
    own, library = scripts(page)
    assert '"startup": {"input": ["tex"]}' in own, "or MathJax would draw the MathML anew"
    assert "tex-mml-chtml.js" in library
    assert len(page.select("article math")) == 2
    assert [tag.text.strip() for tag in page.select("article .math") if not tag.math] == [
        r"\(\foo{y}\)",
        "(2)#\\[\\baz{z} & 1\\]",
    ]
    assert scripts(soup(built / "none.html")) == []


def test_reason_is_told_but_no_warning(tmp_path, sphinx_build):
    done = sphinx_build(source(tmp_path), tmp_path / "html", "-W", "-j2")
    assert re.search(r"left\.rst:4: a formula is left to MathJax: \\foo$", done.stdout, re.MULTILINE)
    assert re.search(r"left\.rst:9: a formula is left to MathJax: \\baz$", done.stdout, re.MULTILINE)
    assert "a formula is left" not in done.stderr


OTHER = """
def setup(app):
    app.add_html_math_renderer("other", (visit, None), (visit, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}

def visit(self, node):
    from docutils import nodes
    self.body.append("<i class='math'>other</i>")
    raise nodes.SkipNode
"""
CHOICES = {
    "named": 'html_math_renderer = "mathjax"',
    "sphinxs own default": "html_math_renderer = None",
    "listed": 'extensions.append("sphinx.ext.mathjax")',
    "address": 'mathjax_path = "mathjax.js"',
    "settings 3": 'mathjax3_config = {"tex": {"macros": {"foo": "f"}}}',
    "settings 2": 'mathjax2_config = {"a": 1}\nmathjax_path = "MathJax.js"',
    "delimiters": 'mathjax_inline = ["$", "$"]',
    "setup()": 'def setup(app):\n    app.config.html_math_renderer = "mathjax"',
    "config-inited": "def setup(app):\n    app.connect('config-inited', lambda app, config: "
    "setattr(config, 'html_math_renderer', 'mathjax'))",
    "settings at config-inited": "def setup(app):\n    app.connect('config-inited', lambda app, config: "
    "setattr(config, 'mathjax3_config', {'tex': {}}))",
    "another renderer": 'extensions.append("other")',
    "another, before": 'extensions.insert(0, "other")',
    "another at config-inited": "def setup(app):\n    app.connect('config-inited', lambda app, config: "
    "app.setup_extension('other') and None)",
}


@pytest.mark.parametrize("choice", CHOICES)
def test_a_project_keeps_its_choice(choice, tmp_path, sphinx_build):
    """Byte for byte what the same project has without the extension."""
    conf = f'import sys\nsys.path.insert(0, {str(tmp_path)!r})\nhtml_theme = "alabaster"\n{CHOICES[choice]}\n'
    (tmp_path / "other.py").write_text(OTHER)
    ours = source(tmp_path / "ours", conf)
    plain = source(tmp_path / "plain", conf)
    (plain / "conf.py").write_text((plain / "conf.py").read_text().replace('"scientific_python_theme"', ""))
    for folder in (ours, plain):
        sphinx_build(folder, folder.parent / "html")
    for name in ("index.html", "left.html"):
        with_it, without = (soup(folder.parent / "html" / name) for folder in (ours, plain))
        assert formulas(with_it) == formulas(without) != []
        assert scripts(with_it) == scripts(without)
        assert not with_it.select("math")


@pytest.mark.parametrize(
    "flag", ["html_math_renderer=mathjax", "mathjax_path=mathjax-copy.js", "scientific_python_defaults=0"]
)
def test_command_line_keeps_mathjax(flag, tmp_path, sphinx_build):
    sphinx_build(source(tmp_path), tmp_path / "html", "-D", flag)
    page = soup(tmp_path / "html" / "index.html")
    assert not page.select("math")
    assert scripts(page)


def test_named_it_wins_over_other_signs(tmp_path, sphinx_build):
    """With macros in MathJax's settings, which what is left over is drawn with."""
    conf = """
        extensions.append("sphinx.ext.mathjax")
        scientific_python_defaults = False
        html_math_renderer = "mathml"
        mathjax3_config = {"tex": {"macros": {"foo": "f"}}}
        """
    sphinx_build(source(tmp_path, conf), tmp_path / "html")
    assert soup(tmp_path / "html" / "index.html").select("article math")
    assert '"macros": {"foo": "f"}' in scripts(soup(tmp_path / "html" / "left.html"))[0]


def test_named_in_theme_only_use(tmp_path, sphinx_build):
    conf = 'extensions.clear()\nhtml_theme = "scientific_python_theme"\n'
    sphinx_build(source(tmp_path / "a", conf), tmp_path / "a" / "html")
    assert scripts(soup(tmp_path / "a" / "html" / "index.html")), "too late for a default of the environment"
    sphinx_build(source(tmp_path / "b", conf + 'html_math_renderer = "mathml"'), tmp_path / "b" / "html")
    assert soup(tmp_path / "b" / "html" / "index.html").select("article math")


@pytest.mark.parametrize("name", ["imgmath", "unknown"])
def test_unknown_renderer_is_sphinxs_own_error(name, tmp_path):
    docs = source(tmp_path, f'html_math_renderer = "{name}"')
    with (
        pytest.raises(SphinxError, match="Unknown math_renderer"),
        patch_docutils(docs),
        docutils_namespace(),
    ):
        Sphinx(docs, docs, tmp_path / "o", tmp_path / "d", "html", status=None, warning=io.StringIO())


@pytest.mark.parametrize("builder", ["epub", "json", "latex", "text", "man", "xml"])
def test_other_builders_are_untouched(builder, tmp_path, sphinx_build):
    """EPUB too: its manifest has to name the pages with MathML, which Sphinx does not write."""
    docs = source(tmp_path, 'html_theme = "alabaster"')
    for out, flags in (("ours", ()), ("mathjax", ("-D", "html_math_renderer=mathjax"))):
        sphinx_build(docs, tmp_path / out, "-d", str(tmp_path / f"{out}-trees"), *flags, builder=builder)
    files = [file for file in (tmp_path / "ours").rglob("*") if file.suffix in (".xhtml", ".fjson", ".tex", ".txt", ".1", ".xml")
             and file.name != "content.opf"]  # fmt: skip
    assert files
    for file in files:
        other = tmp_path / "mathjax" / file.relative_to(tmp_path / "ours")
        assert re.sub(r"20\d\d-\S*", "", file.read_text("utf-8")) == re.sub(
            r"20\d\d-\S*", "", other.read_text("utf-8")
        )


@pytest.mark.parametrize("theme", ["furo", "alabaster", "sphinx_rtd_theme", "pydata_sphinx_theme"])
def test_any_theme(theme, tmp_path, sphinx_build):
    sphinx_build(source(tmp_path, f'html_theme = "{theme}"'), tmp_path / "html", "-W")
    page = soup(tmp_path / "html" / "index.html")
    assert len(page.select("div.math math")) == 3
    assert scripts(page) == []
    sheets = [tag["href"].split("?")[0] for tag in page.select("link[rel=stylesheet]")]
    assert "_static/scientific-python-math.css" in sheets
    assert "columnalign" in (tmp_path / "html/_static/scientific-python-math.css").read_text("utf-8")
    assert "margin-block: 1rem" in (tmp_path / "html/_static/scientific-python-math.css").read_text("utf-8")
    assert not any("math.css" in str(tag) for tag in soup(tmp_path / "html" / "none.html").select("link"))


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_other_kinds_of_page(builder, tmp_path, sphinx_build):
    sphinx_build(source(tmp_path), tmp_path / "html", builder=builder)
    page = soup(tmp_path / "html" / "index.html")
    assert len(page.select("article div.math math, div.body div.math math")) >= 3
    assert bool(scripts(page)) == (builder == "singlehtml"), "its one page has the formulas of all"


def test_parallel_and_second_build(tmp_path, sphinx_build):
    """Two processes write the bytes of one, and a build without a change writes no page."""
    pages = {f"p{n}.rst": f"P{n}\n===\n\n:math:`x_{n}` and :math:`\\no{{{n}}}`\n" for n in range(12)}
    index = "Home\n====\n\n.. toctree::\n\n" + "".join(f"   p{n}\n" for n in range(12))
    docs = source(tmp_path, files={**pages, "index.rst": index})
    for jobs in ("1", "2"):
        sphinx_build(docs, tmp_path / jobs, "-j", jobs, "-d", str(tmp_path / f"trees{jobs}"))
    for file in (tmp_path / "1").rglob("*.html"):
        assert file.read_bytes() == (tmp_path / "2" / file.relative_to(tmp_path / "1")).read_bytes()
    again = sphinx_build(docs, tmp_path / "1", "-d", str(tmp_path / "trees1"))
    assert "0 added, 0 changed, 0 removed" in again.stdout
    assert "targets for 0 source files that are out of date" in again.stdout


def test_text_that_mathjax_would_have_found(tmp_path, sphinx_build):
    r"""On a page with formulas, ``\(…\)`` in raw HTML is drawn as before; in code it is text."""
    files = {
        "index.rst": "Home\n====\n\n.. toctree::\n\n   raw\n   code\n",
        "raw.rst": "Raw\n===\n\n:math:`x`\n\n.. raw:: html\n\n   <p>\\(y\\)</p>\n",
        "code.rst": "Code\n====\n\n:math:`x` ``\\(y\\)`` \\\\begin\n",
    }
    sphinx_build(source(tmp_path, files=files), tmp_path / "html")
    assert scripts(soup(tmp_path / "html" / "raw.html"))
    assert not scripts(soup(tmp_path / "html" / "code.html"))


def test_myst(tmp_path, sphinx_build):
    """Dollars and amsmath; MyST's own settings for MathJax are no choice of the project."""
    text = "# Home\n\nIn $a_1$ line.\n\n$$\n\\frac{a}{b}\n$$ (one)\n\n\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n\n{eq}`one`\n"
    conf = 'extensions.append("myst_parser")\nmyst_enable_extensions = ["dollarmath", "amsmath"]\n'
    sphinx_build(source(tmp_path, conf, {"index.md": text}), tmp_path / "html", "-W")
    page = soup(tmp_path / "html" / "index.html")
    assert len(page.select("article math")) == 3
    assert len(page.select("article mtable.sp-align > mtr")) == 2
    assert page.select_one("#equation-one .eqno").text == "(1)#"
    assert scripts(page) == []


def test_long_formulas_alone_take_the_focus(tmp_path, sphinx_build):
    long = " + ".join("abcdefghijklmnop")
    text = f"Home\n====\n\n:math:`x` :math:`{long}`\n\n.. math:: x\n\n.. math:: {long}\n"
    sphinx_build(source(tmp_path, files={"index.rst": text}), tmp_path / "html")
    boxes = soup(tmp_path / "html" / "index.html").select("article .sp-math")
    assert [tag.get("tabindex") for tag in boxes] == [None, "0", None, "0"]
    assert all(isinstance(tag, Tag) and tag.math for tag in boxes)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(scheme, once, sphinx_build, serve, page, axe):
    """A long formula scrolls in its own box, from the keyboard too; nothing is asked of another host."""
    long = r"\exp(x) = " + " + ".join(rf"\frac{{x^{n}}}{{{n}!}}" for n in range(12))
    text = f"Home\n====\n\nIn :math:`{long}` a line.\n\n.. math:: {long}\n   :label: long\n\n.. math:: \\sqrt{{x}}\n"
    folder = once(
        "formulas-phone", lambda f: sphinx_build(source(f, files={"index.rst": text}), f / "html") and None
    )
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(serve(folder / "html"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("article .sp-math")]
             .map((e) => [e.scrollWidth > e.clientWidth, e.tabIndex, e.getBoundingClientRect().right <= 320])"""
    )
    assert boxes == [[True, 0, True], [True, 0, True], [False, -1, True]]
    number = page.locator(".eqno").bounding_box()
    assert number["x"] + number["width"] <= 320, "beside the formula, not under it"
    assert [violation["id"] for violation in axe(page)] == []
    assert not page.outside
