"""Whatever the text: no exception, and every place lies inside the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scientific_python_theme.lint.model import Document, Place
from scientific_python_theme.lint.sources import reader_for

CORPUS = Path(__file__).parent.parent / "cases" / "fuzz"
SUFFIXES = (".rst", ".md", ".py", ".ipynb", ".toml", ".yaml", ".json")
PARTS = (
    ".. image:: a.png", ".. figure:: b.png", ":alt: x", ":alt", "   ", "\n", "\n\n", "\r\n", "\r", "\t", " ", "::", "..", ".. note::",
    ".. raw:: html\n\n", ".. |s| image:: s.png", ".. list-table::\n", ".. csv-table::\n\n", "* ", "- ", "1. ", "| ", "+---+---+", "===  ===",
    "=====", "-----", ">>> ", ":f: ", "-o  ", ".. [1] ", ".. _t: u", ".. plot::", ".. include:: x", ".. alt-text: off", ".. alt-text: on",
    "![a](b.png)", "![](", "![", "](", ")", "[", "]", "[![](x)](y)", "[r]: u", "![r]", "`", "```", "~~~", ":::", "```{image} a.png", "```{eval-rst}",
    "```{figure} x\n---\nalt: y\n---", ":::{card}", "{.decorative}", "{alt=\"x\"}", "> ", "# ", "<img src=x>", "<img ", "<a href=x>", "</a>", "<!--", "-->",
    "<!-- alt-text: ignore -->", "% alt-text: ignore[ALT001]", "---\n", "+++\n", "{{< image src=\"a\" >}}", "{{< grid >}}", "{{< /grid >}}", "{{<", ">}}", "{{%",
    "[[item]]\n", "body = '''", "'''", '"""', "body = \"", "'", '"', "\\", "\\\"", "\\u00e9", "\\n", "=", "{", "}", ",", ":", "img: a.png", "alt: x",
    '"""M.\n\n', "def f():\n    ", "class A:\n    ", "r", "x = 1\n", "#: ", "# %%\n", "# ", "#" * 25, "rst_prolog = ", '{"cells": [', "]}",
    '{"cell_type": "markdown", "source": ["', '"]}', '{"cell_type": "code", "outputs": [{"data": {"image/png": "x"}}]}', '"metadata": {"tags": ["decorative"]}',
    "é", "𝒳", "שלום", "格", "\ufeff", "\0", "\x0b", "\x0c", "\x85", "\u2028", "\ud800", "a", "word ", "&amp;", "$", "|", "||", "^", "[^1]: ",
)  # fmt: skip


def check(text: str, suffix: str) -> Document:
    reader = reader_for("file" + suffix)
    assert reader is not None
    document = reader(text, "file" + suffix)
    rows = re.split(r"\r\n|\n|\r", text)

    def inside(place: Place) -> None:
        assert place.path == "file" + suffix
        assert 1 <= place.line <= len(rows)
        assert 1 <= place.column <= len(rows[place.line - 1]) + 1
        if place.end_line:
            assert (place.line, place.column) <= (place.end_line, place.end_column)
            assert place.end_line <= len(rows)
            assert place.end_column <= len(rows[place.end_line - 1]) + 1

    for image in document.images:
        inside(image.place)
        for place in (image.alt_place, *(a.place for a in image.attributes)):
            if place:
                inside(place)
        if "insert_alt" in image.facts:
            inside(image.facts["insert_alt"][0])
    for thing in (*document.suppressions, *document.problems):
        inside(thing.place)
    for suppression in document.suppressions:
        assert suppression.last == 0 or suppression.first <= suppression.last
    return document


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(text=st.one_of(st.lists(st.sampled_from(PARTS), max_size=40).map("".join), st.text(max_size=60)))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_text_breaks_a_reader(suffix: str, text: str):
    check(text, suffix)


@pytest.mark.parametrize("file", sorted(p.name for p in CORPUS.glob("*.*")))
def test_found_case_stays_solved(file: str):
    """Every file in the folder once broke a reader or took it minutes."""
    text = (CORPUS / file).read_bytes().decode("utf-8", "surrogateescape")
    check(text, Path(file).suffix)


REPEATED = (
    "[", "![", "`", "<", "<!--", "{{<", "- ", "> ", "*", ".. |", ":a", "+--", "=", "'", '"', "\\", "[[", "{", "![](", "<a ", "    ", "$", "|",
    "1. ", "\t", "\x00", "alt-text:", "<!-- alt-text: off -->", '{"cells": [', "(", ".. image:: x\n", "```{image} x\n", ":::{note}\n", "a = [",
)  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_repetition_is_no_trouble(suffix: str):
    """A search that takes time with the square of the length would never end here."""
    before = {".py": '"""\n.. image:: x\n\n', ".md": "![](x)\n\n", ".rst": ".. image:: x\n\n"}.get(suffix, "")
    for piece in REPEATED:
        check(before + piece * 6_000, suffix)
    check(before + "{{<" + "\n" * 60_000, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_one_very_long_line_is_no_trouble(suffix: str):
    reader = reader_for("x" + suffix)
    assert reader is not None
    reader("![](x) .. image:: y <img " + "word " * 2_000_000, "x" + suffix)


@pytest.mark.parametrize("suffix", [".rst", ".md"])
def test_absurd_nesting_is_told_or_read(suffix: str):
    text = (
        "".join(" " * i + "* x\n\n" for i in range(1500))
        + " " * 1500
        + ("![](x)" if suffix == ".md" else ".. image:: x")
        + "\n"
    )
    document = check(text, suffix)
    assert document.problems or document.images or suffix == ".md"


@pytest.mark.parametrize(
    "tag", ["<p><img {} src=a.png>", "<p><img src=a.png><{}>", '<p><img src="{}" class="{}">']
)
@pytest.mark.parametrize("half", ["\\ud83d", "\\ude00\\ud83d"])
def test_half_a_character_in_a_tag_is_no_trouble(tag, half):
    html = tag.format(half, half)
    for suffix, text in {
        ".ipynb": '{"cells": [{"cell_type": "markdown", "source": "X"}]}'.replace(
            "X", html.replace('"', '\\"')
        ),
        ".py": f"'''X.\n\n.. raw:: html\n\n   {html}\n'''\n",
    }.items():
        document = check(text, suffix)
        (image,) = document.images
        assert text.split("\n")[image.place.line - 1][image.place.column - 1 :].startswith("<img")
