"""Images in reStructuredText: which, where, and what their authors said about them."""

from __future__ import annotations

import pytest

from scientific_python_theme.lint.model import Image, Kind, Origin
from scientific_python_theme.lint.sources.rst import read


def found(text: str) -> list[tuple[str, str | None, int, int]]:
    return [(i.src, i.alt, i.place.line, i.place.column) for i in read(text, "page.rst").images]


def only(text: str) -> Image:
    (image,) = read(text, "page.rst").images
    return image


FIGURE_IN_CELL = """\
+-----------+---------------------+
| left      | .. image:: cell.png |
|           |    :alt: in a cell  |
+-----------+---------------------+
| both      |                     |
+-----------+---------------------+
"""
WIDE_CELL = """\
+----------+----------------------+
| 格子の図 | .. image:: wide.png  |
+----------+----------------------+
"""
SIMPLE = """\
=====  ======================
a      b
=====  ======================
x      .. image:: simple.png
           :alt: nested
y      text
=====  ======================
"""
LIST_TABLE = """\
.. list-table::
   :header-rows: 1

   * - A
     - .. image:: listed.png
          :alt: in a list table
"""
CSV = """\
.. csv-table:: Title
   :header: a, b

   "x", ".. image:: comma.png
      :alt: in CSV"
"""
SUBSTITUTION = """\
|logo| and |logo| and |logo|

.. |logo| image:: logo.png
   :target: https://example.org
"""

CASES = {
    "no alt": (".. image:: a.png\n", [("a.png", None, 1, 1)]),
    "blank alt": (".. image:: a.png\n   :alt:\n", [("a.png", "", 1, 1)]),
    "alt": (".. image:: a.png\n   :alt: A cat\n", [("a.png", "A cat", 1, 1)]),
    "upper case name": (".. IMAGE:: a.png\n", [("a.png", None, 1, 1)]),
    "space before the colons": (".. image :: a.png\n", [("a.png", None, 1, 1)]),
    "wrapped option": (
        ".. image:: a.png\n   :width: 3\n   :alt: A very\n      long line\n   :class: x\n",
        [("a.png", "A very long line", 1, 1)],
    ),
    "address on the next line": (".. image::\n   a.png\n   :alt: x\n", [("a.png", "x", 1, 1)]),
    "address over two lines": (".. image:: https://example.org/\n   a.png\n", [("https://example.org/a.png", None, 1, 1)]),
    "file ends at once": (".. image:: a.png", [("a.png", None, 1, 1)]),
    "windows line ends": ("x\r\n\r\n.. image:: a.png\r\n   :alt: A\r\n", [("a.png", "A", 3, 1)]),
    "old mac line ends": ("x\r\r.. image:: a.png\r   :alt: A\r", [("a.png", "A", 3, 1)]),
    "byte-order mark": ("\ufeff.. image:: a.png\n", [("a.png", None, 1, 1)]),
    "tab before options": (".. image:: a.png\n\t:alt: A\n", [("a.png", "A", 1, 1)]),
    "tab before the directive": ("* x\n\n\t.. image:: a.png\n", [("a.png", None, 3, 2)]),
    "in a list": ("* .. image:: a.png\n     :alt: A\n", [("a.png", "A", 1, 3)]),
    "in a numbered list": ("1. x\n\n   .. image:: a.png\n", [("a.png", None, 3, 4)]),
    "in a quote": ("x\n\n   .. image:: a.png\n", [("a.png", None, 3, 4)]),
    "in a definition": ("term\n   .. image:: a.png\n", [("a.png", None, 2, 4)]),
    "in a field": (":figure: .. image:: a.png\n", [("a.png", None, 1, 10)]),
    "in an option list": ("-v  .. image:: a.png\n", [("a.png", None, 1, 5)]),
    "in a footnote": (".. [1] .. image:: a.png\n", [("a.png", None, 1, 8)]),
    "in a citation": (".. [CIT2002] Text\n\n   .. image:: a.png\n", [("a.png", None, 3, 4)]),
    "in an admonition": (".. note::\n\n   .. image:: a.png\n", [("a.png", None, 3, 4)]),
    "in an admonition at once": (".. note::\n   .. image:: a.png\n", [("a.png", None, 2, 4)]),
    "in a domain's directive": (
        ".. py:function:: f(x)\n   :module: m\n\n   .. image:: a.png\n", [("a.png", None, 4, 4)]
    ),
    "in an unknown directive": (".. frobnicate:: x\n   :y: z\n\n   .. image:: a.png\n", [("a.png", None, 4, 4)]),
    "in tabs": (
        ".. tab-set::\n\n   .. tab-item:: One\n\n      .. image:: a.png\n         :alt: A\n", [("a.png", "A", 5, 7)]
    ),
    "in only": (".. only:: html\n\n   .. image:: a.png\n", [("a.png", None, 3, 4)]),
    "in a grid table": (FIGURE_IN_CELL, [("cell.png", "in a cell", 2, 15)]),
    "beside wide characters": (WIDE_CELL, [("wide.png", None, 2, 10)]),
    "in a simple table": (SIMPLE, [("simple.png", "nested", 4, 8)]),
    "in a list table": (LIST_TABLE, [("listed.png", "in a list table", 5, 8)]),
    "in a CSV table": (CSV, [("comma.png", "in CSV", 4, 10)]),
    "in a legend": (
        ".. figure:: a.png\n   :alt: A\n\n   Caption\n\n   .. image:: b.png\n", [("a.png", "A", 1, 1), ("b.png", None, 6, 4)]
    ),
    "substitution, many uses": (SUBSTITUTION, [("logo.png", None, 3, 1)]),
    "substitution on two lines": (".. |x|\n   image:: a.png\n      :alt: A\n", [("a.png", "A", 1, 1)]),
    "two in a row": (".. image:: a.png\n.. image:: b.png\n", [("a.png", None, 1, 1), ("b.png", None, 2, 1)]),
    "astral and right-to-left text": (
        "* 𝒳 שלום\n\n  .. image:: a.png\n     :alt: שלום 𝒳\n", [("a.png", "שלום 𝒳", 3, 3)]
    ),
    "graphviz": (".. digraph:: foo\n   :alt: A graph\n\n   a -> b\n", [("", "A graph", 1, 1)]),
    "gallery's own": (".. image-sg:: /x/sphx_glr_001.png\n   :alt: A\n", [("/x/sphx_glr_001.png", "A", 1, 1)]),
}  # fmt: skip

NOT_IMAGES = {
    "plot that computes": ".. plot::\n   :context:\n\n   >>> from m import plot\n   >>> x = 1\n",
    "template": "{% for i in all %}\n.. image:: {{ i }}.png\n    {% if x %}:class: a{% endif %}\n{% endfor %}\n",
    "in a paragraph": "text\n.. image:: a.png\n",
    "in a comment": "..\n   .. image:: a.png\n",
    "in a comment with text": ".. see\n\n   .. image:: a.png\n",
    "in a literal block": "Like this::\n\n   .. image:: a.png\n",
    "in a quoted literal block": "Like this::\n\n> .. image:: a.png\n",
    "in code": ".. code-block:: rst\n\n   .. image:: a.png\n",
    "in parsed-literal": ".. parsed-literal::\n\n   .. image:: a.png\n",
    "in a doctest": ">>> print('''\n... .. image:: a.png\n... ''')\n.. image:: a.png\n",
    "in a line block": "| .. image:: a.png\n",
    "in raw LaTeX": ".. raw:: latex\n\n   .. image:: a.png\n",
    "as literal text": "``.. image:: a.png``\n",
    "plot without figures": ".. plot::\n   :nofigs:\n\n   x\n",
    "inside a plot's program": ".. plot::\n   :nofigs:\n\n   '''\n   .. image:: x.png\n   '''\n",
}


@pytest.mark.parametrize("name", CASES)
def test_image_is_found_where_it_stands(name: str):
    text, expected = CASES[name]
    assert found(text) == expected


@pytest.mark.parametrize("name", NOT_IMAGES)
def test_what_only_looks_like_an_image_is_left_alone(name: str):
    assert found(NOT_IMAGES[name]) == []


def test_span_ends_with_the_last_option():
    image = only(".. figure:: a.png\n   :alt: A\n   :width: 3\n\n   Caption *here*\n   and on.\n")
    assert (image.place.end_line, image.place.end_column) == (3, 13)
    assert image.around.caption == "Caption *here* and on."


def test_alternative_has_its_own_place():
    image = only(".. image:: a.png\n   :alt: One two\n      three\n")
    place = image.alt_place
    assert place is not None
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 10, 3, 12)


@pytest.mark.parametrize(
    ("line", "name"),
    [(":alt A cat", ":alt"), (":alt:A cat", ":alt"), ("alt: A cat", "alt"), ("alt = A cat", "alt")],
)
def test_line_that_fails_to_be_an_option_is_told(line: str, name: str):
    """docutils takes it for a part of the address."""
    image = only(f".. image:: a.png\n   {line}\n")
    (malformed,) = image.facts["malformed"]
    assert (malformed.name, malformed.place.line, malformed.place.column) == (name, 2, 4)
    assert image.alt is None


def test_misspelt_option_is_kept_as_written():
    image = only(".. image:: a.png\n   :atl: A cat\n")
    assert image.alt is None
    assert [(a.name, a.value, a.place.column) for a in image.attributes] == [("atl", "A cat", 10)]


def test_options_after_a_blank_line_do_not_count():
    image = only(".. image:: a.png\n\n   :alt: A cat\n")
    assert image.alt is None
    assert image.facts["malformed"]


def test_substitution_says_what_is_spoken_for_it():
    image = only(SUBSTITUTION)
    assert (image.origin, image.facts["substitution"]) == (Origin.GENERATOR, "logo")
    around = image.around
    assert (around.container, around.href, around.container_name) == ("link", "https://example.org", "logo")


def test_span_of_a_directive_alone_ends_with_its_colons():
    place = only(".. plot::\n\n   >>> plot(x)\n").place
    assert (place.line, place.column, place.end_line, place.end_column) == (1, 1, 1, 10)


@pytest.mark.parametrize(
    "text",
    [
        ".. figure:: a.png\n   :figclass: decorative\n",
        ".. rst-class:: decorative\n\n.. image:: a.png\n",
        ".. class:: decorative\n\n   .. image:: a.png\n",
    ],
)
def test_class_around_marks_a_decoration(text: str):
    assert only(text).decorative
    assert not read(f"{text}\nText\n\n.. image:: b.png\n", "page.rst").images[-1].decorative


def test_plot_is_the_output_of_code():
    image = only(".. plot:: x.py\n   :alt: A line\n")
    assert (image.kind, image.generator) == (Kind.OUTPUT, "plot_directive")


def test_parts_of_a_card_are_read_by_themselves():
    text = (
        ".. grid-item-card::\n\n   Head\n   ^^^\n   .. image:: a.png\n   +++\n   .. image:: b.png\n\n"
        ".. card:: T\n\n   ^^^^\n   Text\n   .. image:: no.png\n\n   * .. image:: c.png\n   +++\n   Foot\n"
    )
    assert [(i.src, i.place.line) for i in read(text, "a.rst").images] == [
        ("a.png", 5),
        ("b.png", 7),
        ("c.png", 15),
    ]


def test_card_pictures_are_judged_by_their_own_option():
    text = (
        ".. grid-item-card:: Start\n   :img-top: a.svg\n   :img-bottom: b.svg\n   :link: start\n\n   Text\n"
    )
    images = read(text, "page.rst").images
    assert [(i.src, i.alt, i.origin, i.place.line) for i in images] == [
        ("a.svg", "", Origin.GENERATOR, 2), ("b.svg", "", Origin.GENERATOR, 3),
    ]  # fmt: skip
    described = only(text.replace("   :img-bottom: b.svg\n", "   :img-alt: A door\n"))
    assert (described.alt, described.origin, described.around.adjacent) == ("A door", Origin.AUTHOR, "Start")
    assert described.around.container == "", "the link lies over the card, beside the image"


@pytest.mark.parametrize("options", [":alt:", ":class: decorative", ":class: left decorative"])
def test_decorative_can_be_said(options: str):
    assert only(f".. image:: a.png\n   {options}\n").decorative


def test_raw_html_is_read_in_place():
    image = only("Title\n=====\n\n.. raw:: html\n\n   <p>\n     <img src='a.png'>\n   </p>\n")
    assert (image.src, image.alt, image.place.line, image.place.column) == ("a.png", None, 7, 6)
    assert image.around.heading == "Title"


def test_heading_above_is_told():
    images = read("One\n===\n\n.. image:: a.png\n\n---\nTwo\n---\n\n.. image:: b.png\n", "p.rst").images
    assert [i.around.heading for i in images] == ["One", "Two"]


def test_heading_of_raw_html_stands_above():
    raw = ".. raw:: html\n\n   <img src='a.png'>\n"
    images = read(f"{raw}\nOne\n===\n\n{raw}\nLast\n----\n", "p.rst").images
    assert [i.around.heading for i in images] == ["", "One"]


def test_included_files_are_named_but_not_those_shown_as_code():
    text = ".. include:: a.txt\n.. include:: b.py\n   :code: python\n.. include:: c.inc\n   :literal:\n"
    assert read(text, "p.rst").includes == ("a.txt",)


def test_raw_file_is_included():
    assert read(".. raw:: html\n   :file: team.html\n", "p.rst").includes == ("team.html",)


def test_comment_covers_the_next_block():
    text = ".. alt-text: ignore[ALT007, ALT010] mascot\n\n.. image:: a.png\n   :alt: x\n\n.. image:: b.png\n"
    (suppression,) = read(text, "p.rst").suppressions
    assert (suppression.codes, suppression.first, suppression.last) == (("ALT007", "ALT010"), 1, 4)


def test_off_lasts_until_on():
    text = ".. alt-text: off\n\nx\n\n.. alt-text: on\n\n.. alt-text: off[ALT001]\n"
    spans = [(s.codes, s.first, s.last) for s in read(text, "p.rst").suppressions]
    assert spans == [((), 1, 5), (("ALT001",), 7, 0)]


def test_decorative_comment_marks_the_next_image():
    text = ".. alt-text: decorative\n\n.. image:: a.png\n\n.. image:: b.png\n"
    assert [i.decorative for i in read(text, "p.rst").images] == [True, False]


def test_inserting_an_alternative_keeps_the_author_s_indentation():
    place, template = only("* .. image:: a.png\n    :width: 3\n").facts["insert_alt"]
    assert (place.line, place.column, template) == (1, 19, "\n    :alt: {}")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_alternative_is_inserted_before_the_line_s_end(end: str):
    place, _ = only(f".. image:: a.png{end}").facts["insert_alt"]
    assert (place.line, place.column, place.end_column) == (1, 17, 17)
