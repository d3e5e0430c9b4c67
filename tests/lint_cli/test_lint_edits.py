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
        ("x.toml", 'body = """\n![](a.png)\n"""\n'),
        ("x.yaml", "body: |\n  ![](a.png)\n"),
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


def test_a_shortcode_with_positional_parameters_is_not_given_a_named_one(here, lint):
    text = '{{% imgproc spruce Fill "400x450" %}}\nA spruce.\n{{% /imgproc %}}\n'
    write_tree(here, {"x.md": text})
    assert "ALT001" in lint("x.md", "--fix", "--unsafe-fixes").stdout
    assert (here / "x.md").read_text() == text
