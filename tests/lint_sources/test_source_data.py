"""Images in notebooks and in the data files that Hugo content uses."""

from __future__ import annotations

import json

import pytest

from scientific_python_theme.lint.model import Kind
from scientific_python_theme.lint.sources import format_of, reader_for
from scientific_python_theme.lint.sources.notebook import read
from scientific_python_theme.lint.sources.resource import read_json, read_toml, read_yaml


def notebook(*cells: dict[str, object], indent: int | None = 1) -> str:
    return json.dumps(
        {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=indent
    )


def text_cell(*lines: str, **metadata: object) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": metadata, "source": list(lines)}


def code_cell(
    data: dict[str, object], source: str = "x", output: object = None, **metadata: object
) -> dict[str, object]:
    outputs = [{"output_type": "display_data", "data": data, "metadata": output or {}}]
    return {"cell_type": "code", "metadata": metadata, "source": [source], "outputs": outputs}


def at(text: str, line: int, column: int, end_column: int) -> str:
    return text.split("\n")[line - 1][column - 1 : end_column - 1]


def test_image_in_a_text_cell_has_its_place_in_the_file():
    text = notebook(text_cell("# Title\n", 'An "é" ![a cat](attachment:a.png)\n'))
    (image,) = read(text, "n.ipynb").images
    place = image.place
    assert at(text, place.line, place.column, place.end_column) == "![a cat](attachment:a.png)"
    assert (image.alt, place.note, image.around.heading) == ("a cat", "cell 1", "Title")


def test_escapes_in_the_alternative_are_inside_its_span():
    text = notebook(text_cell('![caf\u00e9 "x" \U0001d4b3](a.png)'))
    (image,) = read(text, "n.ipynb").images
    assert image.alt == 'caf\u00e9 "x" \U0001d4b3'
    assert image.alt_place is not None
    place = image.alt_place
    assert at(text, place.line, place.column, place.end_column).startswith('caf\\u00e9 \\"x\\" \\ud835')


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_layout_of_the_file_does_not_matter(indent: int | None):
    cells = [text_cell("![](a.png)"), code_cell({"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"})]
    images = read(notebook(*cells, indent=indent), "n.ipynb").images
    assert [(i.src, i.kind, i.place.note) for i in images] == [
        ("a.png", Kind.IMAGE, "cell 1"), ("image/png", Kind.OUTPUT, "cell 2"),
    ]  # fmt: skip


def test_several_formats_of_one_picture_are_one():
    images = read(
        notebook(code_cell({"image/png": "x", "image/svg+xml": ["<svg/>"], "text/plain": ""})), "n.ipynb"
    ).images
    assert len(images) == 1


@pytest.mark.parametrize(
    "cell",
    [
        code_cell({"image/png": "x"}, mystnb={"image": {"alt": "A curve"}}),
        code_cell({"image/png": "x"}, render={"image": {"alt": "A curve"}}),
        code_cell({"image/png": "x"}, output={"image/png": {"alt": "A curve"}}),
        code_cell({"image/png": "x"}, source='#| fig-alt: "A curve"\nplot()'),
    ],
)
def test_alternative_of_an_output_is_read(cell: dict[str, object]):
    (image,) = read(notebook(cell), "n.ipynb").images
    assert image.alt == "A curve"


def test_html_output_is_read_as_html():
    text = notebook(code_cell({"text/html": ["<p>\n", "<img src='a.png'></p>"]}))
    (image,) = read(text, "n.ipynb").images
    assert (image.element, image.alt, image.place.note) == ("img", None, "cell 1")
    assert at(text, image.place.line, image.place.column, image.place.end_column) == "<img src='a.png'>"


def test_removed_cells_and_outputs_are_never_seen():
    cells = [
        text_cell("![](a.png)", tags=["remove-cell"]),
        code_cell({"image/png": "x"}, tags=["remove-output"]),
    ]
    assert read(notebook(*cells), "n.ipynb").images == ()


def test_tag_marks_the_cell_s_images_as_decorative():
    cells = [text_cell("![](a.png)", tags=["decorative"]), text_cell("![](b.png)")]
    assert [i.decorative for i in read(notebook(*cells), "n.ipynb").images] == [True, False]


def test_metadata_and_tags_silence_a_cell():
    cells = [
        code_cell({"image/png": "x"}, **{"alt-text": {"ignore": ["ALT024"]}}),
        text_cell("![](a.png)", tags=["alt-text: ignore[ALT001]"]),
    ]
    document = read(notebook(*cells), "n.ipynb")
    assert [s.codes for s in document.suppressions] == [("ALT024",), ("ALT001",)]
    for image, suppression in zip(document.images, document.suppressions, strict=True):
        assert suppression.first <= image.place.line <= suppression.last


def test_a_notebook_with_nothing_but_a_directive_is_read():
    text = json.dumps(
        {"cells": [{"cell_type": "markdown", "metadata": {}, "source": "```{image} a.png\n```"}]}
    )
    assert [i.src for i in read(text, "n.ipynb").images] == ["a.png"]


def test_the_oldest_outputs_are_read():
    cell = {
        "cell_type": "code",
        "metadata": {},
        "input": "x",
        "outputs": [{"output_type": "display_data", "png": "x"}],
    }
    assert len(read(json.dumps({"cells": [cell]}), "n.ipynb").images) == 1


def test_old_notebooks_are_read():
    text = json.dumps({"worksheets": [{"cells": [text_cell("![](a.png)")]}], "nbformat": 3})
    assert len(read(text, "n.ipynb").images) == 1


@pytest.mark.parametrize(
    "text", ["", "{", "not json", "[]", "{}", '{"cells": [', '{"cells": ["x', "null", notebook()[:-2]]
)
def test_what_is_no_notebook_is_told(text: str):
    document = read(text, "n.ipynb")
    assert document.images == ()
    assert len(document.problems) == 1


@pytest.mark.parametrize(
    "cells", ['[1, null, "x"]', '{"a": 1}', '[{"cell_type": 3, "source": {"a": 1}, "outputs": 7}]']
)
def test_odd_cells_are_stepped_over(cells: str):
    assert read(f'{{"x": "![](a.png)", "cells": {cells}}}', "n.ipynb").images == ()


def test_toml_bodies_are_markdown_with_shortcodes():
    text = (
        "[[item]]\ntype = 'card'\nbody = '''{{< image\n    src=\"a.png\"\n    alt=\"Avatar\"\n>}}\nName'''\n\n"
        "[[item]]\nbody = \"![](b.png) \\u00e9 <img src='c.png'>\"\n"
    )
    assert [(i.src, i.alt, i.place.line, i.place.column) for i in read_toml(text, "team.toml").images] == [
        ("a.png", "Avatar", 3, 11), ("b.png", None, 10, 9), ("c.png", None, 10, 27),
    ]  # fmt: skip


def test_yaml_and_json_bodies_too():
    yaml = "rows:\n  - text: |\n      Hello\n      ![](a.png)\n  - text: '![b](b.png)'\n"
    assert [(i.src, i.place.line, i.place.column) for i in read_yaml(yaml, "t.yaml").images] == [
        ("a.png", 4, 7), ("b.png", 5, 12),
    ]  # fmt: skip
    text = '{"body": "x\\n![](a.png)"}'
    assert [(i.src, i.place.line, i.place.column) for i in read_json(text, "t.json").images] == [
        ("a.png", 1, 14)
    ]


def test_data_that_name_an_image_and_its_alternative():
    text = "cases:\n- img: a.png\n  alttext: A hole\n- img: b.png\n  title: B\n"
    images = read_yaml(text, "t.yaml").images
    assert [(i.src, i.alt, i.place.line, i.around.caption) for i in images] == [
        ("a.png", "A hole", 2, ""), ("b.png", None, 4, "B"),
    ]  # fmt: skip


def test_data_that_only_name_an_image_are_left_alone():
    assert read_yaml("logo: a.png\nalternatives: 3\n", "t.yaml").images == ()


def test_comment_in_toml_covers_the_next_string_or_table():
    text = "# alt-text: ignore\nbody = '''\n![](a.png)'''\n\n# alt-text: ignore[ALT001]\n[[item]]\nbody = '![](b.png)'\n"
    spans = [(s.codes, s.first, s.last) for s in read_toml(text, "t.toml").suppressions]
    assert spans == [((), 1, 3), (("ALT001",), 5, 7)]


@pytest.mark.parametrize(
    "text", ["alt = '![](a.png)", "alt: [", "{{ .Values.alt }}", "[[[alt", "a: &a [*a, '![](x)']"]
)
def test_broken_data_are_no_business_of_ours(text: str):
    for reader in (read_toml, read_yaml, read_json):
        reader(text, "t")


@pytest.mark.parametrize(
    ("path", "by", "form"),
    [
        ("a.rst", "", "rst"), ("A.RST", "", "rst"), ("a/b.md", "", "markdown"), ("x.ipynb", "", "notebook"), ("x.PY", "", "python"),
        ("x.txt", "", "rst"), ("x.txt", "markdown", "markdown"), ("x.inc", "rst", "rst"), ("LICENSE", "rst", "rst"),
        ("x.toml", "markdown", "toml"), ("team.html", "rst", "html"), ("x.png", "", None), ("LICENSE", "", None), (".rst", "", None),
    ],
)  # fmt: skip
def test_format_follows_the_name_or_whoever_includes(path: str, by: str, form: str | None):
    assert format_of(path, by) == form
    assert (reader_for(path, by) is None) == (form is None)
