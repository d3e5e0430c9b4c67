"""What `lint` writes into files: fixes and suppression comments leave the rest of a file as it is."""

import json

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
@pytest.mark.parametrize("flags", [["--fix", "--unsafe-fixes"]])
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
    for name, text in texts.items():
        after = (here / name).read_bytes()
        assert after.decode() != text.replace("\n", end)
        assert b"\n" not in after.replace(end.encode(), b"")


def test_a_shortcode_with_positional_parameters_is_not_given_a_named_one(here, lint):
    text = '{{% imgproc spruce Fill "400x450" %}}\nA spruce.\n{{% /imgproc %}}\n'
    write_tree(here, {"x.md": text})
    assert "ALT001" in lint("x.md", "--fix", "--unsafe-fixes").stdout
    assert (here / "x.md").read_text() == text


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
