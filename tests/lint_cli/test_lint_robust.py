"""Bad input: any bytes, any arguments; a line per file, never a traceback."""

import os
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support import write_tree

from scientific_python_theme.lint import run
from scientific_python_theme.lint.check import check_text
from scientific_python_theme.lint.report import FORMATS
from scientific_python_theme.lint.settings import load
from scientific_python_theme.lint.sources import reader_for

SUFFIXES = (".html", ".rst", ".md", ".ipynb", ".py", ".toml", ".yaml", ".json")
PIECES = st.sampled_from([
    b"<img src=a.png", b' alt="', b"'", b">", b"<svg role=img>", b"\0", b"\xff\xfe", b"\r", b"\n", b"![", b"](", b")",
    b".. image:: a.png\n", b"   :alt: ", b"```{figure} ", b"{{< figure src=", b">}}", b'{"cells": [', b'"""', b"[[",
    b"|a|", b".. |a| image:: b\n", b"<!-- alt-text: ignore[", b"-->", b"\xf0\x9f\x98\x80", b"+---+\n| x |\n", b"    ",
])  # fmt: skip
calm = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sound(result):
    assert result.exit_code in (0, 1, 2), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert "fault of the linter" not in result.output


@calm
@given(
    st.sampled_from(SUFFIXES), st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(b"".join))
)
@example(".html", b"<div>" * 4000 + b"<img src=a>")
@example(".md", b"> " * 3000 + b"![](a)")
@example(".rst", b"".join(b"   " * n + b".. note::\n\n" for n in range(300)))
@example(".json", b"[" * 50000)
@example(".ipynb", b'{"cells": [{"cell_type": "markdown", "source": ["![](a)"]}')
@example(".py", b"(" * 3000)
@example(".toml", b"a = " + b"[" * 5000)
def test_any_bytes_give_findings_or_a_line(here, cli, suffix, data):
    (here / f"x{suffix}").write_bytes(data)
    sound(cli("lint", f"x{suffix}", "--no-cache", "--output-format", "concise", "--select", "ALL"))


@calm
@given(st.text(max_size=200))
@example("[tool.scientific-python-theme.lint]\nper-file-ignores = {'[' = ['ALT']}")
@example("[tool.scientific-python-theme.lint]\nexclude = ['\\\\']\nselect = []")
@example("[tool.scientific-python-theme]\nlint = 1")
@example("tool = 1 # tool.scientific-python-theme")
@example(f"x = {'[' * 2000}")
@example(f"x = {'9' * 5000}")
def test_any_configuration_gives_a_message(here, cli, text):
    write_tree(here, {"x.html": "<img src=a>"})
    (here / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    sound(cli("lint", "x.html", "--no-cache", "--config", "pyproject.toml"))


@calm
@given(st.lists(st.one_of(st.text(st.characters(exclude_characters="\0./", exclude_categories=["Cs"]), max_size=10), st.sampled_from(
    ["--select", "--ignore", "--since", "--baseline", "--fix", "--diff", "--per-file-ignores", "--jobs", "-", "x.html",
     "--output-format", "sarif", "--statistics", "--update-baseline", "--exclude", "--stdin-filename", "a.md"])),
    max_size=6))  # fmt: skip
def test_any_arguments_give_help_or_findings(here, cli, args):
    write_tree(here, {"x.html": "<img src=a>"})
    if any(arg.startswith(("-o", "--o", "--r", "--cache")) and "format" not in arg for arg in args):
        return  # would write where the text says
    sound(cli("lint", "--no-cache", *args, stdin="![](a)"))


def test_unreadable_files_and_endless_lines_do_not_end_the_run(here, cli):
    write_tree(
        here, {"a.html": "<img src=a.png>", "latin.md": "![é](a.png)\n\n![](b.png)\n".encode("latin-1")}
    )
    (here / "long.html").write_bytes(b"<p>" + b"x" * 5_000_000 + b"<img src=b.png>")
    with (here / "huge.md").open("wb") as file:
        file.truncate(100 * 2**20)  # sparse: takes no room on the disk
    (here / "secret.rst").write_text("x")
    (here / "secret.rst").chmod(0)
    os.symlink(".", here / "loop")
    result = cli("lint", ".", "--no-cache", "--output-format", "concise")
    sound(result)
    assert result.exit_code == 1
    assert "a.html:1:1: ALT001" in result.stdout
    assert "long.html:1:5000004: ALT001" in result.stdout
    assert "latin.md:3:1: ALT001" in result.stdout
    said = result.stderr.splitlines()
    assert [line for line in said if line.startswith("huge.md: 100 MiB")]
    assert [line for line in said if line.startswith("latin.md: line 1: byte 0xe9")]


def test_many_comments_and_findings_are_not_compared_each_with_each(here):
    text = "<!-- alt-text: off --><!-- alt-text: ignore-file --><img src=a.png>\n" * 4000
    start = time.process_time()
    checked = check_text(text, "p.html", reader_for("p.html"), load(isolated=True), name="p.html")
    assert time.process_time() - start < 12  # each with each takes minutes
    assert [finding.code for finding in checked.findings] == []
    assert len(checked.document.images) == 4000


@pytest.mark.parametrize(
    "text",
    [
        "> " * 100 + "![](a.png)\n",
        "- " * 100 + "![](a.png)\n",
        "".join("  " * k + "* x\n" for k in range(100)) + "\n" + "  " * 100 + "![](a.png)\n",
    ],
)
def test_markdown_that_the_parser_leaves_out_is_told(here, cli, text):
    write_tree(here, {"x.md": text, "y.md": "> " * 39 + "![](a.png)\n"})
    result = cli("lint", "x.md", "--no-cache")
    assert result.exit_code == 2
    assert "nested too deeply" in result.stderr
    result = cli("lint", "y.md", "--no-cache")
    assert (result.exit_code, result.stderr) == (1, "")


@pytest.mark.parametrize("line", ["{pad}```{{note}}", "```{{note}}"])
def test_very_deep_directives_are_one_line_and_take_linear_time(here, line):
    text = "".join(line.format(pad=" " * n) + "\n" for n in range(1000)) + "![](a.png)\n"
    start = time.process_time()
    checked = check_text(text, "p.md", reader_for("p.md"), load(isolated=True), name="p.md")
    assert time.process_time() - start < 8
    assert len(checked.document.problems) == 1
    assert "nested too deeply" in checked.document.problems[0].message


@pytest.mark.parametrize(
    "line",
    ["ignore = {a = 1}", 'select = [""]', 'ignore = ["a"]', "select = {ALT001 = true}", "ignore = [{}]"],
)
def test_a_setting_that_would_silence_everything_unseen_is_an_error(cli, here, line):
    (here / "scientific-python-theme.toml").write_text(f"[lint]\n{line}\n")
    (here / "a.md").write_text("![](a.png)\n")
    result = cli("lint", "a.md", "--no-cache")
    assert result.exit_code == 2
    assert "scientific-python-theme.toml" in result.stderr


def test_a_name_that_no_encoding_has_is_written_everywhere(cli, here):
    (here / os.fsdecode(b"\xff.md")).write_text("![](a.png)\n")
    for form in FORMATS:
        sound(cli("lint", ".", "--no-cache", "--output-format", form, "-o", "found", "--report", "page.html"))
        assert "ALT001" in (here / "found").read_text("utf-8")
    assert r"\udcff.md" in (here / "page.html").read_text("utf-8")
    sound(cli("lint", ".", "--no-cache", "--baseline", "known.json", "--update-baseline"))
    result = cli("lint", ".", "--no-cache", "--baseline", "known.json", "--strict-baseline")
    assert result.exit_code == 0
    assert "1 known finding hidden" in result.output


def test_pipes_and_devices_are_one_line(cli, here):
    os.mkfifo(here / "pipe.md")
    result = cli("lint", "pipe.md", "--no-cache")
    assert result.exit_code == 2
    assert "no regular file" in result.stderr


def killed(some):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_dies_ends_the_run_with_a_line(cli, here, monkeypatch):
    monkeypatch.setattr(run, "_look_many", killed)
    write_tree(here, {f"{n}.md": "" for n in range(20)})
    result = cli("lint", ".", "--no-cache", "--jobs", "2")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: a process that looked at files has ended")


def test_a_closed_output_is_no_traceback(here):
    (here / "a.md").write_text("![](a.png)\n")
    command = f"{sys.executable} -m scientific_python_theme lint a.md --no-cache >&-"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def test_the_findings_of_one_long_line_do_not_each_copy_it():
    from scientific_python_theme.lint.text import Lines

    lines = Lines("<p><img src=a></p>" * 10_000 + "\n<p>\n")
    assert lines.line(1) is lines.line(1)
    assert (len(lines.line(1)), lines.line(2), lines.line(3), lines.line(4)) == (180_000, "<p>", "", "")


def test_many_images_on_one_line_take_linear_time(here):
    start = time.process_time()
    checked = check_text("<img src=a.png>" * 20_000, "p.html", reader_for("p.html"), load(isolated=True))
    assert len(checked.findings) == 20_000
    assert (
        time.process_time() - start < 12
    )  # about 3; looking back to the line's start takes minutes for more
