"""What `lint` writes into files: fixes and suppression comments leave the rest of a file as it is."""

import json
import os
import re
import subprocess
import sys

import pytest
from support import write_tree


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def lint(cli):
    return lambda *args: cli("lint", "--isolated", "--no-cache", *args)


@pytest.fixture
def findings(lint):
    """Findings as plain values."""

    def run(*args):
        return [json.loads(line) for line in lint("--output-format", "jsonl", *args).stdout.splitlines()]

    return run


NOTEBOOK = json.dumps(
    {"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["![](a.png)"]}],
     "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1
)  # fmt: skip


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("flags", [["--fix", "--unsafe-fixes"], ["--add-ignore"]])
@pytest.mark.parametrize(
    "name, text",
    [
        ("x.html", '<p>a</p>\n<img\n src="c.png">\n'),
        ("x.rst", "T\n=\n\n.. image:: a.png\n   :width: 3\n\n.. figure:: b.png\n"),
        ("x.md", '# T\n\n```{image} a.png\n:width: 3\n```\n\n```{image} b.png\n```\n\n<img\nsrc="c.png">\n'),
        ("x.py", 'def f():\n    """X.\n\n    .. image:: b.png\n    """\n'),
        ("x.ipynb", NOTEBOOK + "\n"),
    ],
)
def test_lines_end_as_the_file_ends_them(here, lint, name, text, flags, end):
    before = text.replace("\n", end).encode()
    (here / name).write_bytes(before)
    lint(name, *flags)
    after = (here / name).read_bytes()
    assert after != before
    assert b"\n" not in after.replace(end.encode(), b"")
    assert b"\r" not in after.replace(end.encode(), b"")


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_lines_end_as_in_the_file_in_data(here, lint, end):
    texts = {"x.toml": 'body = """\n![](a.png)\n"""\n', "x.yaml": "body: |\n  ![](a.png)\n"}
    for name, text in texts.items():
        (here / name).write_bytes(text.replace("\n", end).encode())
    lint(*texts, "--fix", "--unsafe-fixes")
    lint(*texts, "--add-ignore")
    for name, text in texts.items():
        after = (here / name).read_bytes()
        assert after.decode() != text.replace("\n", end)
        assert b"\n" not in after.replace(end.encode(), b"")


@pytest.mark.parametrize("last", ["", "\n"])
@pytest.mark.parametrize("first", ["", "\ufeff"])
@pytest.mark.parametrize("odd", ["\f", "\u2028", "\x85", "\x1c", "\x1b[31m", "a\rb", "\r\n"])
def test_what_diff_shows_git_applies(here, lint, odd, first, last):
    """Python breaks lines where Git does not."""
    text = f"{first}![“One”](a.png)\n\n{odd}\n![“Two”](b.png){odd}{last}".encode()
    (here / "x.md").write_bytes(text)
    patch = lint("x.md", "--diff").stdout_bytes
    subprocess.run(["git", "apply"], input=patch, cwd=here, check=True)
    applied = (here / "x.md").read_bytes()
    (here / "x.md").write_bytes(text)
    lint("x.md", "--fix")
    assert applied == (here / "x.md").read_bytes() != text


@pytest.mark.parametrize(
    "name", [b"a b.md", b"two\nlines.md", b'\t"q\\.md', b"\xff.md", "é.md".encode(), b"\x1b[31m.md"]
)
def test_what_diff_shows_of_any_name_git_applies(here, lint, name):
    file = here / os.fsdecode(name)
    file.write_bytes("![“One”](a.png)\n".encode())
    subprocess.run(["git", "apply"], input=lint(".", "--diff").stdout_bytes, cwd=here, check=True)
    assert file.read_text() == "![One](a.png)\n"


@pytest.mark.parametrize(
    "name, text",
    [
        ("x.rst", ".. image:: a.png\n  not distinct: a line of text follows.\n"),
        ("x.yaml", "- {html: '<p>{{ don''t</p><img src=\"/a.png\"><p>isn''t'}\n"),
    ],
)
def test_a_mend_that_would_not_help_is_left_out(here, lint, findings, name, text):
    """It would be made again in each round, and by each run."""
    good = {"x.rst": "\n.. image:: b.png\n\nText.\n", "x.yaml": "- {html: '<img src=\"/b.png\">'}\n"}
    write_tree(here, {name: text + good[name] * 30})
    assert findings(name)
    lint(name, "--fix", "--unsafe-fixes")
    once = (here / name).read_text()
    assert once.startswith(text)
    assert once.count("TODO: describe this image") == 30
    lint(name, "--fix", "--unsafe-fixes")
    assert (here / name).read_text() == once


@pytest.mark.parametrize("flags", [["--fix", "--unsafe-fixes"], ["--add-ignore"]])
@pytest.mark.parametrize(
    "charset, letters", [("big5", b"\xa2\xcc"), ("cp932", b"\x87\x90"), ("unicode_escape", b"\xff \\xe9")]
)
def test_what_an_encoding_writes_in_two_ways_stays_as_it_is(here, lint, flags, charset, letters):
    """Python would write the other one, or count the bytes of a byte-order mark that is not there."""
    data = b"<meta charset=%s>%s<img src=a.png>\n" % (charset.encode(), letters)
    write_tree(here, {"x.html": data})
    assert lint("x.html", *flags).exit_code == 1
    assert (here / "x.html").read_bytes() == data


def test_broken_data_are_left_alone(here, lint, findings):
    """A quote within a string would end it, and with it the finding."""
    text = '{"html": "Two\nlines <img src=a.png>"}\n'
    write_tree(here, {"content/x.json": text})
    assert findings("content/x.json")
    lint("content/x.json", "--fix", "--unsafe-fixes")
    assert (here / "content/x.json").read_text() == text


def test_a_shortcode_with_positional_parameters_is_not_given_a_named_one(here, lint):
    text = '{{% imgproc spruce Fill "400x450" %}}\nA spruce.\n{{% /imgproc %}}\n'
    write_tree(here, {"x.md": text})
    assert "ALT001" in lint("x.md", "--fix", "--unsafe-fixes").stdout
    assert (here / "x.md").read_text() == text


@pytest.mark.parametrize("code", ["x = 1or 2\n", f"x = {'-' * 10_000}1\n", "x = (\n"])
def test_python_that_is_odd_is_mended_without_a_word_about_it(here, code):
    """Python warns of the first, and has not memory enough for the second."""
    write_tree(here, {"x.py": f'"""\n.. image:: a.png\n   :alt: "Ash"\n"""\n{code}'})
    command = [
        sys.executable,
        "-m",
        "scientific_python_theme",
        "lint",
        "x.py",
        "--no-cache",
        "--isolated",
        "--fix",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 2), done.stderr
    assert [line for line in done.stderr.splitlines() if not line.startswith("x.py:")] == ["Mended 1."]
    assert ":alt: Ash\n" in (here / "x.py").read_text()


YAML_OPTIONS = """\
```{figure} a.png
---
name: fig-a
---
Caption
```

- x

  ```{image} b.png
  ---
    width: 200px
  ---
  ```
"""


def test_an_alternative_goes_into_a_directive_s_block_of_options(here, lint, findings):
    """Above it, MyST would take the block for text and the figure for one without a name."""
    from docutils import nodes
    from docutils.core import publish_doctree
    from myst_parser.parsers.docutils_ import Parser

    write_tree(here, {"x.md": YAML_OPTIONS + "\n:::{card} T\n---\nimg-top: c.png\n---\n:::\n"})
    helps = [one["help"].split(" ")[1] for one in findings("x.md")]
    assert helps == ["alt:", "alt:", "img-alt:"]
    lint("x.md", "--fix", "--unsafe-fixes")
    text = (here / "x.md").read_text()
    assert '---\nimg-alt: "TODO: describe this image"\nimg-top' in text
    write_tree(here, {"x.md": YAML_OPTIONS})
    lint("x.md", "--fix", "--unsafe-fixes")
    tree = publish_doctree((here / "x.md").read_text(), parser=Parser(), settings_overrides={"halt_level": 2})
    assert [node["alt"] for node in tree.findall(nodes.image)] == ["TODO: describe this image"] * 2
    assert "fig-a" in tree.nameids
    assert [node.astext() for node in tree.findall(nodes.paragraph)] == ["x"]


@pytest.mark.parametrize("first", [" https://example.org/", "\n   https://example.org/"])
@pytest.mark.parametrize("options", ["", "   :width: 3\n"])
def test_an_alternative_goes_below_an_address_of_several_lines(here, lint, first, options):
    from docutils import nodes
    from docutils.core import publish_doctree

    write_tree(here, {"x.rst": f".. image::{first}\n   a.png\n{options}"})
    lint("x.rst", "--fix", "--unsafe-fixes")
    (image,) = publish_doctree((here / "x.rst").read_text()).findall(nodes.image)
    assert (image["uri"], image["alt"]) == ("https://example.org/a.png", "TODO: describe this image")


RST = {
    "list-table": ".. list-table::\n\n   * - East\n     - North\n   * - .. figure:: e.jpg\n     - .. figure:: n.jpg\n",
    "enumerated": "1. one\n2. .. image:: b.png\n3. three\n",
    "bullets": "- one\n- .. image:: b.png\n     :width: 3\n- three\n\n  .. image:: c.png\n- four\n",
    "grid table": "+-------------+---+\n| .. image:: c| x |\n+-------------+---+\n",
    "simple table": "=====  =====\na      b\n=====  =====\nx      .. image:: a.png\ny      z\n=====  =====\n",
    "fields": ":field: .. image:: d.png\n:other: x\n\nTerm\n   .. image:: e.png\n",
    "substitutions": "|a| and |b|.\n\n.. |a| image:: s.png\n.. |b| image:: s2.png\n",
    "path as text": "T\n=\n\n.. figure:: a.png\n   :alt: a.png\n\n   Caption.\n",
    "raw": "T\n\n.. raw:: html\n\n   <p>x</p>\n   <img src='a.png'>\n",
    "quote": "Text\n\n   Quoted\n\n   .. image:: a.png\n\n   -- Me\n",
}


@pytest.mark.parametrize("name", RST)
def test_add_ignore_changes_nothing_that_docutils_sees(here, lint, findings, name):
    from docutils import nodes
    from docutils.core import publish_doctree

    def tree(text):
        quiet = {"report_level": 6, "halt_level": 7, "_disable_config": True, "doctitle_xform": False}
        made = publish_doctree(text, settings_overrides=quiet)
        for comment in list(made.findall(nodes.comment)):
            comment.parent.remove(comment)
        return re.sub(r' line="\d+"', "", made.pformat())

    write_tree(here, {"x.rst": RST[name]})
    result = lint("x.rst", "--add-ignore")
    assert result.exit_code == 0, result.output
    assert findings("x.rst") == []
    assert tree((here / "x.rst").read_text()) == tree(RST[name])


MARKDOWN = {
    "table": "| a | b |\n|---|---|\n| ![](x.png) | c |\n| d | ![](y.png) |\n",
    "lists": "1. one\n2. ![](b.png)\n3. three\n\n- one\n- ![](b.png)\n- three\n\n> - x\n> - ![](c.png)\n",
    "paragraph": "Text\n![](a.png) and\nmore ![](b.png) text\n",
    "html": '<a href="x">\n<img src="a.png">\n</a>\n\nText <a href="y">\n<img src="b.png">\n</a> more\n',
    "shortcode": 'Text\n{{< figure src="a.png" >}}\nmore\n',
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_add_ignore_changes_nothing_that_markdown_it_sees(here, lint, findings, name):
    from markdown_it import MarkdownIt

    def page(text):
        html = MarkdownIt("commonmark").enable("table").render(text)
        return re.sub(r"<!--.*?-->|\s+", "", html)

    write_tree(here, {"x.md": MARKDOWN[name]})
    result = lint("x.md", "--add-ignore")
    assert result.exit_code == 0, result.output
    assert findings("x.md") == []
    assert page((here / "x.md").read_text()) == page(MARKDOWN[name])


@pytest.mark.parametrize(
    "name, text, lines",
    [
        ("x.md", ":::{card} T\n:img-top: a.png\nx\n:::\n", [1]),
        ("x.md", "::::{grid} 2\n:::{grid-item-card} T\n:img-top: a.png\n:::\n::::\n", [1, 2]),
        ("x.rst", ".. grid:: 2\n\n   .. grid-item-card:: T\n      :img-top: a.png\n\n      x\n", [3]),
        ("x.md", '{{< grid columns="1" >}}\n[[item]]\nbody = """\n![](a.png)\n"""\n{{< /grid >}}\n', [4]),
        ("x.py", '"""T.\n"""\nx = 1\n\n# %%\n# Text\n#\n# .. image:: b.png\n#\n# More\ny = 2\n', [8]),
        ("x.html", "<pre>\na\n<img src=a.png>\n</pre>\n", [3]),
    ],
)
def test_add_ignore_finds_a_place_by_hand_would(here, lint, findings, name, text, lines):
    write_tree(here, {name: text})
    result = lint(name, "--add-ignore")
    assert result.exit_code == 0, result.output
    assert findings(name) == []
    after = (here / name).read_text().split("\n")
    assert next(n for n, line in enumerate(after, 1) if "alt-text" in line) in lines


def test_add_ignore_silences_every_place_of_what_is_told_once(here, lint):
    logo = '<a href="/">\n<img src="l.png" alt="Logo">\n</a>\n'
    page = f"<!DOCTYPE html>\n<header>\n{logo}</header>\n<p>x</p>\n<footer>\n{logo}</footer>\n"
    write_tree(here, {"a.html": page, "b.html": page, "c.html": page})
    assert "5 more" in lint(".", "--output-format", "concise").stdout
    result = lint(".", "--add-ignore")
    assert (result.exit_code, result.stderr) == (0, "Silenced 6.\n")
    assert lint(".").exit_code == 0


def test_add_ignore_stays_inside_of_a_block_of_mkdocs(here, lint, findings):
    write_tree(here, {"mkdocs.yml": "", "x.md": "!!! note\n\n    Text\n\n    ![](a.png)\n"})
    assert lint("x.md", "--add-ignore").exit_code == 0
    assert findings("x.md") == []
    assert (here / "x.md").read_text().split("\n")[4] == "    <!-- alt-text: ignore[ALT001] -->"


@pytest.mark.parametrize(
    "name, text",
    [
        ("x.json", '{"a": "![](a.png)"}\n'),
        (
            "x.md",
            "---\nresources:\n- name: featuredImage\n  src: a.png\n  params:\n    showOnTop: true\n---\n",
        ),
        ("x.py", "x = (\n"),
    ],
)
def test_add_ignore_leaves_alone_what_no_comment_fits(here, lint, name, text):
    write_tree(here, {name: text})
    found = lint(name).exit_code
    assert lint(name, "--add-ignore").exit_code == found
    assert (here / name).read_text() == text


def figures(*cells):
    output = {"output_type": "display_data", "data": {"image/png": "AA=="}, "metadata": {}}
    made = [{"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [output],
             "source": []} for metadata in cells]  # fmt: skip
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


IGNORED = {"alt-text": {"ignore": ["ALT024"]}}
WORDS = {"mystnb": {"image": {"alt": "Line chart of pressure against time"}}}


def test_a_cell_takes_its_figure_out_of_what_is_said_of_the_notebook(here, findings):
    write_tree(here, {"x.ipynb": figures({}, IGNORED, IGNORED, WORDS, {})})
    (found,) = findings("x.ipynb")
    assert found["message"].startswith("2 of the notebook's 5 figures")
    write_tree(here, {"x.ipynb": figures(IGNORED, IGNORED)})
    assert findings("x.ipynb") == []
    write_tree(here, {"x.ipynb": figures({**WORDS, **IGNORED})})
    assert [found["code"] for found in findings("x.ipynb")] == ["ALT100"]


def test_add_ignore_counts_what_it_silenced_in_a_notebook(here, lint, findings):
    book = json.loads(figures({}, {"tags": ["x"]}))
    book["cells"].insert(
        0, {"cell_type": "markdown", "metadata": {}, "source": ["![](a.png)\n", "![](b.png)"]}
    )
    text = json.dumps(book, indent=1, ensure_ascii=True) + "\n"
    write_tree(here, {"x.ipynb": text})
    result = lint("x.ipynb", "--add-ignore")
    assert (result.exit_code, result.stderr) == (0, "Silenced 3.\n")
    assert findings("x.ipynb") == []
    after = json.loads((here / "x.ipynb").read_text())
    for cell in after["cells"]:
        assert cell["metadata"].pop("alt-text")
    assert after == book
    assert (
        json.dumps(json.loads((here / "x.ipynb").read_text()), indent=1) + "\n"
        == (here / "x.ipynb").read_text()
    )


def test_what_is_left_is_reported_where_it_now_stands(here, findings):
    text = "---\nresources:\n- name: featuredImage\n  src: a.png\n  params:\n    showOnTop: true\n---\n"
    write_tree(here, {"x.md": text + "\n![](b.png)\n", "y.rst": "T\n\n.. image:: a.png\n\n::\n\n   x\n"})
    before = findings("x.md")
    assert [found["line"] for found in before] == [4, 9]
    assert [found["line"] for found in findings("x.md", "--add-ignore")] == [4]
    text = "![](b.png)\n\n" + '{{< figure src="c.png" alt="c.png" >}}\n\n<!-- alt-text: ignore[ALT007] -->\n'
    write_tree(here, {"z.md": text})
    assert {(f["code"], f["line"]) for f in findings("z.md")} == {("ALT001", 1), ("ALT002", 3), ("ALT100", 5)}
    (left,) = findings("z.md", "--add-ignore")
    assert left["code"] == "ALT100"
    assert (
        (here / "z.md").read_text().split("\n")[left["line"] - 1].startswith("<!-- alt-text: ignore[ALT007]")
    )
    assert left["line"] > 5


def test_what_a_comment_for_another_silenced_is_not_left(here, lint, findings):
    """The line above the tag covers all its lines, whose attributes were tried first."""
    write_tree(here, {"x.html": "<main>\n<div data-a data-a\ndata-b data-b\ndata-c>\n</div>\n"})
    assert [found["line"] for found in findings("x.html", "--select", "ALT018")] == [2, 3]
    result = lint("x.html", "--select", "ALT018", "--add-ignore")
    assert (result.exit_code, result.stderr) == (0, "Silenced 2.\n")
    assert findings("x.html", "--select", "ALT018") == []


@pytest.mark.parametrize(
    "name, text",
    [
        ("x.rst", ".. alt-text: ignor[ALT001]\n\n.. image:: a.png\n"),
        ("x.md", "<!-- alt-text: ignroe -->\n![](a.png)\n"),
        ("x.md", "% alt-text: noqa[ALT001]\n![](a.png)\n"),
        ("x.html", "<!-- alt-text ignore[ALT001] -->\n<img src=a.png>\n"),
        ("x.html", "<!-- alt-text: decoratve -->\n<img src=a.png>\n"),
        ("x.py", '# alt-text: ignore_file\n"""\n.. image:: a.png\n"""\n'),
        ("x.toml", "# alt-text: ignored[ALT001]\nbody = '![](a.png)'\n"),
        ("x.ipynb", NOTEBOOK.replace('"metadata": {}', '"metadata": {"alt-text": {"ignor": ["ALT001"]}}', 1)),
        (
            "x.ipynb",
            NOTEBOOK.replace('"metadata": {}', '"metadata": {"tags": ["alt-text: ignor[ALT001]"]}', 1),
        ),
    ],
)
def test_a_misspelt_suppression_is_named(here, lint, findings, name, text):
    write_tree(here, {name: text})
    found = findings(name)
    assert sorted(one["code"] for one in found) == ["ALT001", "ALT100"]
    (said,) = (one["message"] for one in found if one["code"] == "ALT100")
    assert "did you mean" in said
    before = (here / name).read_text()
    lint(name, "--fix")
    assert (here / name).read_text() == before


@pytest.mark.parametrize(
    "comment",
    ["alt-text: a line chart", "alt-text: TODO", "alt-text", "alt-text: image of a sign", "alt-text: see [1]",
     "alt-text: one", "alt-text: note", "alt-text is ignored by some readers", "alt-text: ignorance is bliss"],
)  # fmt: skip
def test_an_ordinary_comment_is_no_misspelt_suppression(here, findings, comment):
    write_tree(
        here,
        {
            "x.html": f"<!-- {comment} -->\n<p>x\n",
            "x.rst": f".. {comment}\n\nText\n",
            "x.py": f"# {comment}\n",
        },
    )
    assert findings("x.html", "x.rst", "x.py") == []


def test_a_comment_that_a_build_carried_into_a_page_is_judged_in_the_source(here, findings):
    comment, image = (
        "<!-- alt-text: ignore[ALT001] -->\n",
        '<p><img src="_images/a.png" alt="_images/a.png"></p>\n',
    )
    sphinx = '<script src="_static/documentation_options.js?v=1"></script>\n'
    hugo = '<p><img src="a.png" alt=""></p>\n'
    write_tree(here, {
        "sphinx.html": f"<!doctype html><title>x</title>{sphinx}{comment}{image}",
        "hugo.html": f"<!doctype html><title>x</title><p>x</p>\n{comment}{hugo}",
        "mkdocs.html": f'<!doctype html><meta name="generator" content="mkdocs-1.6"><p>x</p>\n{comment}<p>y</p>\n',
        "own.html": f'<!doctype html><title>x</title><p>x</p>\n{comment}<img src="a.png" alt="Line chart of x">\n',
        "silenced.html": f'<!doctype html><meta name="generator" content="Hugo"><p>x</p>\n{comment}<img src="a.png">\n',
    })  # fmt: skip
    found = {(one["path"], one["code"]) for one in findings(".")}
    assert found == {("sphinx.html", "ALT002"), ("own.html", "ALT100")}


def test_add_ignore_leaves_a_large_picture_alone(here, lint):
    text = figures({}, {}).replace("AA==", "AAAA" * 500_000)
    write_tree(here, {"x.ipynb": text})
    assert lint("x.ipynb", "--add-ignore").exit_code == 0
    after = json.loads((here / "x.ipynb").read_text())
    assert [cell["outputs"] for cell in after["cells"]] == [
        cell["outputs"] for cell in json.loads(text)["cells"]
    ]


@pytest.mark.parametrize("flag", ["-o", "--report"])
def test_a_file_that_cannot_be_written_is_named_as_it_was_asked_for(here, lint, flag):
    write_tree(here, {"x.rst": ".. image:: a.png\n"})
    result = lint("x.rst", flag, "nofolder/x.out")
    assert result.exit_code == 2
    assert result.stderr.endswith("error: nofolder/x.out: No such file or directory\n")
