"""The command `lint`: what a person or a CI job sees."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from support import write_tree

from scientific_python_theme.cli.lint import lint
from scientific_python_theme.lint.report import FORMATS
from scientific_python_theme.lint.settings import Table

RST = "Title\n=====\n\n.. figure:: a.png\n\n   Residuals.\n"
GOOD = "Title\n=====\n\n.. image:: a.png\n   :alt: Histogram of residuals, centred on zero\n"
KEYS = [
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "code",
    "name",
    "severity",
    "message",
    "help",
    "element",
    "src",
    "fingerprint",
]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Write files and stand in their folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))

    def make(**files):
        return write_tree(tmp_path, {name.replace("__", "/"): text for name, text in files.items()})

    make.write = lambda files: write_tree(tmp_path, files)
    return make


@pytest.fixture
def findings(cli):
    """Findings as plain values."""

    def run(*args, **more):
        result = cli("lint", "--output-format", "jsonl", *args, **more)
        assert result.exit_code in (0, 1), result.output
        return [json.loads(line) for line in result.stdout.splitlines()]

    return run


def test_exit_codes(tree, cli):
    tree.write({"bad.rst": RST, "good.rst": GOOD, "empty/x.bin": b"\0"})
    assert cli("lint", "good.rst").exit_code == 0
    assert cli("lint", "bad.rst").exit_code == 1
    assert cli("lint", "bad.rst", "--exit-zero").exit_code == 0
    for args in (["missing"], ["empty"], ["x.bin", "--fix", "--diff"], ["good.rst", "--select", "ALT9"]):
        result = cli("lint", *args)
        assert result.exit_code == 2, args
        assert "Traceback" not in result.output


def test_jsonl_has_exactly_the_promised_keys(tree, findings):
    tree.write({"docs/bad.rst": RST})
    (found,) = findings("docs")
    assert list(found) == KEYS
    assert (found["path"], found["line"], found["column"], found["code"]) == ("docs/bad.rst", 4, 1, "ALT001")
    assert found["src"] == "a.png"
    assert found["element"] == "figure"


def test_text_shows_source_caret_caption_reason_and_remedy(tree, cli):
    tree.write({"bad.rst": RST})
    output = cli("lint", "bad.rst").stdout
    assert "bad.rst:4:1" in output
    assert ".. figure:: a.png" in output
    assert "^^^^^^" in output
    assert "caption: “Residuals.”" in output
    assert "why:" in output
    assert "help:" in output
    assert "\033" not in output, "colour belongs on a terminal only"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_survives_hostile_text(tree, cli, form):
    """Names and texts with markup, quotes, newlines and control characters come through escaped."""
    nasty = '<img src="a%0A::error::x\x1b[31m]]>&amp;.png" alt="a%0A::error::x\x1b[31m]]>&amp;.png">'
    tree.write({"a,b:c%.html": nasty, "ok.html": '<img src="a.png" alt="">'})
    result = cli("lint", ".", "--output-format", form)
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout or form in ("json", "jsonl", "sarif", "gitlab")
    if form in ("json", "sarif", "gitlab"):
        json.loads(result.stdout)
    if form == "github":
        assert all(line.startswith("::") for line in result.stdout.splitlines())
        assert "a%2Cb%3Ac%25.html" in result.stdout


@pytest.mark.parametrize("form", ["concise", "github"])
@pytest.mark.parametrize("name", ["::stop-commands::x.md", " ::stop-commands::x.md", "##[stop-commands]x.md"])
def test_a_file_name_is_no_command_to_github(tree, cli, form, name):
    tree.write({name: b"caf\xe9 ![](a.png)\n"})
    result = cli("lint", ".", "--no-cache", "--output-format", form)
    assert "not UTF-8" in result.stderr
    for line in (result.stdout + result.stderr).splitlines():
        commands = ("::error ", "::warning ") if form == "github" else ()
        assert line.startswith(commands) or not re.search(r"^\s*::|##\[", line), line


def test_unreadable_file_is_one_line_and_the_run_goes_on(tree, cli):
    tree.write({"bad.rst": RST, "broken.ipynb": "{"})
    os.symlink("nowhere.rst", "dangling.rst")
    result = cli("lint", ".", "--output-format", "concise")
    assert result.exit_code == 1
    assert [line for line in result.stderr.splitlines() if line.startswith("dangling.rst:")]
    assert [line for line in result.stderr.splitlines() if line.startswith("broken.ipynb")]
    assert "bad.rst:4:1" in result.stdout


def test_nothing_readable_ends_with_2(tree, cli):
    tree.write({"broken.ipynb": "{"})
    result = cli("lint", "broken.ipynb")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_standard_input_needs_a_name_and_keeps_it(tree, cli, findings):
    (found,) = findings("-", "--stdin-filename", "docs/new.rst", stdin=RST)
    assert (found["path"], found["line"]) == ("docs/new.rst", 4)
    assert cli("lint", "-", stdin=RST).exit_code == 2
    assert cli("lint", "-", "--stdin-filename", "x.exe", stdin=RST).exit_code == 2


def test_statistics_show_coverage(tree, cli):
    tree.write({"bad.rst": RST, "good.rst": GOOD})
    output = cli("lint", ".", "--statistics", "--output-format", "concise").stdout
    assert "1  ALT001  missing" in output
    assert "1 of 2 images described (50 %)" in output


@pytest.mark.parametrize(
    "args, codes",
    [
        ([], {"ALT001", "ALT004"}),
        (["--select", "ALT001"], {"ALT001"}),
        (["--select", "missing"], {"ALT001"}),
        (["--select", "alt00", "--ignore", "placeholder"], {"ALT001"}),
        (["--ignore", "ALT001,ALT004"], set()),
        (["--select", "ALL", "--ignore", "ALT", "--extend-select", "ALT004"], {"ALT004"}),
        (["--per-file-ignores", "*.html:ALT004"], {"ALT001"}),
    ],
)
def test_selection(tree, findings, args, codes):
    tree.write({"x.html": '<p>x</p><img src="a.png"><p>y</p><img src="b.png" alt="image">'})
    assert {found["code"] for found in findings("x.html", *args)} == codes


def test_configuration_is_found_above_and_misspelt_keys_are_named(tree, cli, findings):
    tree.write(
        {"pyproject.toml": '[tool.scientific-python-theme.lint]\nignore = ["ALT001"]\n', "docs/bad.rst": RST}
    )
    assert findings("docs") == []
    assert findings("docs", "--isolated")
    tree.write({"pyproject.toml": '[tool.scientific-python-theme.lint]\nselct = ["ALT001"]\n'})
    result = cli("lint", "docs")
    assert result.exit_code == 2
    assert "did you mean 'select'" in result.stderr
    for wrong in (
        'select = "ALT001"',
        "select = [1]",
        "max-length = -1",
        'per-file-ignores = {"a" = "ALT001"}',
    ):
        tree.write({"pyproject.toml": f"[tool.scientific-python-theme.lint]\n{wrong}\n"})
        result = cli("lint", "docs")
        assert result.exit_code == 2, wrong
        assert "pyproject.toml" in result.stderr


@pytest.mark.parametrize(
    "table",
    [
        '[tool."scientific-python-theme".lint]\nignore = ["ALT001"]',
        '[tool]\n"scientific-python-theme" = {lint = {ignore = ["ALT001"]}}',
        'tool.scientific-python-theme.lint.ignore = ["ALT001"]',
    ],
)
def test_a_table_counts_however_it_is_written_and_a_comment_does_not(tree, findings, table):
    comment = "# see tool.scientific-python-theme above\n[tool]\n"
    tree.write({"pyproject.toml": table, "docs/pyproject.toml": comment, "docs/bad.rst": RST})
    assert findings("docs") == []


def test_fix_strips_quotes_and_is_idempotent(tree, cli):
    tree.write({"q.rst": b'.. image:: a.png\r\n   :alt: "Histogram of residuals"\r\n'})
    shown = cli("lint", "q.rst", "--diff")
    assert shown.exit_code == 1
    assert "+   :alt: Histogram of residuals" in shown.stdout
    assert b'"' in (tree.write({}) / "q.rst").read_bytes(), "--diff must not write"
    assert cli("lint", "q.rst", "--fix").exit_code == 0
    after = (tree.write({}) / "q.rst").read_bytes()
    assert after == b".. image:: a.png\r\n   :alt: Histogram of residuals\r\n"
    cli("lint", "q.rst", "--fix", "--unsafe-fixes")
    assert (tree.write({}) / "q.rst").read_bytes() == after


@pytest.mark.parametrize(
    "before, after",
    [
        ("![“→ α”](a.png)\r\n".encode(), "![→ α](a.png)\r\n".encode()),
        ("![“Words”](a.png)".encode("utf-8-sig"), "![Words](a.png)".encode("utf-8-sig")),
        ("![“→ α”](a.png)\n".encode("utf-16"), "![→ α](a.png)\n".encode("utf-16")),
        (b'<!-- coding: latin-1 -->\n!["\xe9"](a.png)\n', b"<!-- coding: latin-1 -->\n![\xe9](a.png)\n"),
        (b'!["\xe9"](a.png)\n', b'!["\xe9"](a.png)\n'),  # the encoding is a guess
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "declared", "unknown"],
)
def test_fix_keeps_the_encoding_of_standard_input_as_that_of_a_file(tree, before, after):
    file = tree.write({"x.md": before}) / "x.md"
    command = [sys.executable, "-m", "scientific_python_theme", "lint", "--isolated", "--no-cache", "--fix"]
    done = subprocess.run(
        [*command, "-", "--stdin-filename", "x.md"], input=before, capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert done.stdout == after
    subprocess.run([*command, "x.md"], capture_output=True, check=False)
    assert file.read_bytes() == after


def test_unused_suppression_is_found_and_removed(tree, cli, findings):
    text = '<p>a</p>\n<!-- alt-text: ignore[ALT001] -->\n<img src="a.png" alt="Histogram of residuals">\n'
    tree.write({"x.html": text})
    (found,) = findings("x.html")
    assert (found["code"], found["line"]) == ("ALT100", 2)
    assert cli("lint", "x.html", "--fix").exit_code == 0
    assert (tree.write({}) / "x.html").read_text() == text.replace("<!-- alt-text: ignore[ALT001] -->\n", "")


@pytest.mark.parametrize(
    "name, text",
    [
        ("x.html", '<p>a</p>\n<p><img src="a.png"></p>\n'),
        ("x.rst", "Text.\n\n.. image:: a.png\n\nMore.\n"),
        ("deep.rst", "Text.\n\n.. note::\n\n   Inner.\n\n   .. image:: a.png\n"),
        ("x.md", "# T\n\nText and\n![](a.png) in a paragraph.\n"),
        ("myst.md", "# T\n\n```{figure} a.png\nCaption\n```\n"),
        ("x.py", 'def f():\n    """Do.\n\n    .. image:: a.png\n    """\n'),
        ("x.ipynb", json.dumps({"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["![](a.png)"]}],
                                "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"),
    ],
)  # fmt: skip
def test_add_ignore_silences_in_every_format(tree, cli, findings, name, text):
    tree.write({name: text})
    assert findings(name)
    result = cli("lint", name, "--add-ignore")
    assert result.exit_code == 0, result.output
    assert findings(name) == []


def test_the_second_run_reads_the_cache_and_says_the_same(tree, cli, findings):
    tree.write({"bad.rst": RST, "docs/x.html": '<img src="a.png">'})
    args = (".", "--cache-dir", "store")
    first = findings(*args)
    assert (tree.write({}) / "store" / "lint.sqlite").exists()
    assert findings(*args) == first == findings(".", "--no-cache")
    tree.write({"bad.rst": GOOD})
    assert [found["path"] for found in findings(*args)] == ["docs/x.html"]
    tree.write({"store/lint.sqlite": b"not a database" * 100})
    assert [found["path"] for found in findings(*args)] == ["docs/x.html"]


def test_processes_change_nothing(tree, findings):
    tree.write({f"p{n}.html": f'<img src="{n}.png">' for n in range(40)})
    assert findings(".", "-j", "3", "--no-cache") == findings(".", "-j", "1", "--no-cache")


def test_a_closed_pipe_is_no_error(tree):
    tree.write({"x.html": '<img src="a.png">\n' * 4000})
    command = f"{sys.executable} -m scientific_python_theme lint x.html | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_file_of_unknown_kind_is_not_taken_for_text(tree, cli):
    tree.write({"x.png": b"\x89PNG .. image:: a.png\n"})
    result = cli("lint", "x.png")
    assert result.exit_code == 2
    assert "x.png: unknown kind of file" in result.stderr


def test_the_reference_names_every_option_and_key():
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "lint.md").read_text("utf-8")
    options, configuration = (
        page.split(f"## {title}\n")[1].split("\n## ")[0] for title in ("Options", "Configuration")
    )
    described = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", options))
    assert described == {option for one in lint.params for option in one.opts if option.startswith("--")}
    for key in attrs.fields_dict(Table):
        assert re.search(rf"(?<!-)\b{key.replace('_', '-')} = ", configuration), key
