"""The engine: what is searched, silenced, named and merged."""

import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import write_tree

from scientific_python_theme.errors import ConfigError
from scientific_python_theme.lint import baseline, discover, since
from scientific_python_theme.lint.discover import targets
from scientific_python_theme.lint.fix import apply
from scientific_python_theme.lint.model import Edit, Finding, Fix, Place, Severity
from scientific_python_theme.lint.run import check_file, run
from scientific_python_theme.lint.select import selected
from scientific_python_theme.lint.settings import load
from scientific_python_theme.lint.text import Lines, decode, split_lines

BAD = '<p>a</p>\n<img src="a.png">\n'


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(**wishes):
    return load(isolated=True, **wishes)


def shown(*paths, **wishes):
    return [target.shown for target in targets([Path(p) for p in paths or (".",)], settings(**wishes))]


def look(*paths, **wishes):
    return run([Path(p) for p in paths or (".",)], settings(**wishes))


def git(folder, *args):
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *args],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def test_search_takes_every_format_and_passes_over_builds_and_caches(here):
    write_tree(
        here,
        {
            "a.rst": "", "b.md": "", "c.ipynb": "{}", "d.py": "", "e.html": "", "f.txt": "", "g.toml": "",
            "_build/x.rst": "", "build/x.rst": "", "node_modules/x.md": "", ".venv/pyvenv.cfg": "", ".venv/x.py": "",
            ".hidden/x.rst": "", "site/index.html": "", "site/build/how.html": "", "env2/pyvenv.cfg": "",
            "env2/x.py": "", ".github/README.md": "", "auto/plot.rst": "", "auto/plot.py.md5": "",
        },
    )  # fmt: skip
    expected = [
        ".github/README.md",
        "a.rst",
        "b.md",
        "c.ipynb",
        "d.py",
        "e.html",
        "site/build/how.html",
        "site/index.html",
    ]
    assert sorted(shown()) == expected
    assert shown("_build") == ["_build/x.rst"], "a folder named by the user is searched whatever its name"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("source_suffix = '.txt'", ["docs/en/a.txt"]),
        ("source_suffix = ['.rst', '.txt']", ["docs/en/a.txt"]),
        (
            "source_suffix = {\n  '.txt': 'restructuredtext', '.inc': None,\n}",
            ["docs/en/a.txt", "docs/en/b.inc"],
        ),
        ("source_suffix = {'.txt': 'markdown'}", []),
        ("source_suffix = suffixes('.txt')", []),
        ("source_suffix = 7  # .txt", []),
        ("html_title = '.txt'", []),
    ],
)
def test_endings_that_conf_py_names_are_sources_below_it(here, said, expected):
    write_tree(
        here,
        {"docs/conf.py": f"{said}\n", "docs/en/a.txt": "", "docs/en/b.inc": "", "c.txt": "", ".git/x": ""},
    )
    assert [path for path in shown() if not path.endswith(".py")] == expected
    assert shown("docs/en") == expected


def test_gitignore_is_respected_also_from_above_and_negated(here):
    (here / ".git").mkdir()
    write_tree(
        here,
        {
            ".gitignore": "*.gen.rst\n/out/\n!keep.gen.rst\n", "a.gen.rst": "", "keep.gen.rst": "", "b.rst": "",
            "out/x.rst": "", "docs/.gitignore": "made\n", "docs/made/x.rst": "", "docs/y.rst": "",
            "docs/z.gen.rst": "",
        },
    )  # fmt: skip
    assert sorted(shown()) == ["b.rst", "docs/y.rst", "keep.gen.rst"]
    assert shown("docs") == ["docs/y.rst"]
    assert shown("out") == ["out/x.rst"]
    assert len(shown(respect_gitignore=False)) == 7


def test_gitignore_is_respected_below_a_link_to_the_project(here):
    write_tree(here, {"repo/.gitignore": "gen/\n/made\n", "repo/gen/x.rst": "", "repo/made/x.rst": "",
                      "repo/docs/.gitignore": "/a.rst\n", "repo/docs/a.rst": "", "repo/docs/b.rst": "",
                      "repo/docs/made/c.rst": ""})  # fmt: skip
    (here / "repo" / ".git").mkdir()
    os.symlink("repo", here / "link")
    assert sorted(shown("link")) == ["link/docs/b.rst", "link/docs/made/c.rst"]
    assert sorted(shown("link/docs")) == ["link/docs/b.rst", "link/docs/made/c.rst"]


def test_symlink_loops_end_and_pipes_are_passed_over(here):
    write_tree(here, {"docs/a.html": BAD})
    os.symlink(here, here / "docs" / "up")
    os.mkfifo(here / "docs" / "pipe.html")
    assert len(look("docs").findings) >= 1


def test_what_a_link_leads_to_is_named_once_by_its_own_path(here, tmp_path_factory):
    outside = write_tree(tmp_path_factory.mktemp("outside"), {"o.html": BAD})
    write_tree(here, {"examples/a.html": BAD, "examples/.gitignore": "gen*\n", "examples/gen.html": BAD,
                      "README.md": "![](a.png)\n", "NOTES": "![](a.png)\n", "docs/b.html": BAD})  # fmt: skip
    git(here, "init", "-q", "-b", "main")
    os.symlink("../examples", here / "docs" / "examples")
    os.symlink("../README.md", here / "docs" / "index.md")
    os.symlink("../NOTES", here / "docs" / "notes.md")
    os.symlink(outside, here / "docs" / "outside")
    os.symlink("nowhere", here / "docs" / "dangling.html")
    everything = [
        "README.md",
        "docs/b.html",
        "docs/dangling.html",
        "docs/notes.md",
        "docs/outside/o.html",
        "examples/a.html",
    ]
    assert sorted(shown()) == everything
    assert sorted(shown("docs")) == everything
    assert sorted(shown("docs", "examples", "README.md")) == everything
    assert "docs/examples/a.html" in shown("docs/examples")
    assert shown("docs/index.md") == ["docs/index.md"]
    assert "examples/a.html" not in shown("docs", extend_exclude=["/examples"])
    found = look("docs", per_file_ignores={"examples/**": ["ALT"]}).findings
    assert "examples/a.html" not in [f.place.path for f in found]


def test_excludes_and_per_file_ignores_count_from_the_configuration(here):
    write_tree(here, {"old/a.html": BAD, "new/b.html": BAD})
    assert shown(extend_exclude=["old"]) == ["new/b.html"]
    found = look(per_file_ignores={"old/**": ["ALT"]}).findings
    assert [f.place.path for f in found] == ["new/b.html"]


def test_a_misspelt_table_and_a_text_for_a_list_are_named(here, cli):
    write_tree(
        here,
        {"a.rst": "Text\n", "pyproject.toml": "[tool.scientific-python-theme.lnt]\nignore = ['ALT001']\n"},
    )
    result = cli("lint", "a.rst")
    assert result.exit_code == 2
    assert "unknown table 'lnt'; did you mean 'lint'?" in result.stderr
    write_tree(here, {"pyproject.toml": "", "scientific-python-theme.toml": "[linter]\n[other]\n"})
    assert "did you mean 'lint'?" in cli("lint", "a.rst").stderr
    write_tree(here, {"scientific-python-theme.toml": "[other]\n"})
    assert cli("lint", "a.rst").exit_code == 0
    with pytest.raises(ConfigError, match=r"'ALT001' is no list; write \['ALT001'\]"):
        settings(per_file_ignores={"*.rst": "ALT001"})


def test_a_folder_of_data_is_told_what_is_read(here, cli):
    write_tree(here, {"a.yaml": "a: 1\n"})
    assert "TOML, YAML and JSON" in cli("lint", ".").stderr


def test_included_files_are_found_through_the_file_that_includes_them(here):
    write_tree(
        here,
        {
            "conf.py": "", "index.rst": ".. include:: parts/one.inc\n\n.. include:: /two.txt\n",
            "parts/one.inc": ".. image:: a.png\n", "two.txt": ".. image:: b.png\n",
            "three.txt": ".. image:: c.png\n",
        },
    )  # fmt: skip
    found = [(f.place.path, f.place.line) for f in look().findings]
    assert found == [("parts/one.inc", 1), ("two.txt", 1)]


def test_the_logo_of_a_theme_is_one_finding_and_counts_its_pages(here):
    page = '<header><img src="{}_static/logo.png"></header><main><img src="own.png"></main>'
    files = {f"p{n}.html": page.format("") for n in range(20)}
    files |= {f"deep/p{n}.html": page.format("../") for n in range(20)}
    write_tree(here, files)
    done = look()
    logo = [f for f in done.findings if f.image.src.endswith("logo.png") and f.code == "ALT001"]
    assert [f.repeats for f in logo] == [39]
    assert done.coverage.total == 3, "one logo, and one picture for each folder"


def test_loose_pages_with_the_same_picture_keep_their_findings(here):
    write_tree(here, {f"case{n}.html": '<img src="/shared/logo.png">' for n in range(4)})
    assert len([f for f in look().findings if f.code == "ALT001"]) == 4


def test_fingerprints_survive_moved_lines_and_tell_twins_apart(here):
    file = here / "a.rst"
    file.write_text(".. image:: a.png\n\n.. image:: a.png\n\n.. image:: b.png\n")
    before = [f.fingerprint for f in check_file(file, settings()).findings]
    file.write_text("New words.\n\n" + file.read_text())
    after = [f.fingerprint for f in check_file(file, settings()).findings]
    assert before == after
    assert len(set(before)) == 3


def test_a_renamed_file_stays_in_the_baseline(here):
    write_tree(here, {"a.rst": ".. image:: a.png\n"})
    known = [baseline.entry(f, here) for f in look().findings]
    (here / "a.rst").rename(here / "b.rst")
    held = baseline.compare(look().findings, known, here)
    assert (held.new, held.gone) == ([], [])
    (here / "c.rst").write_text(".. image:: a.png\n")
    assert [f.place.path for f in baseline.compare(look().findings, known, here).new] == ["c.rst"]


def test_a_large_baseline_is_gone_through_once(here, monkeypatch):
    """No entry is compared with each other one, and a path is asked for once."""
    write_tree(here, {"a.rst": ".. image:: a.png\n", "b.rst": ""})
    asked = []
    exists = Path.exists
    entries = [
        baseline.Entry(fingerprint=f"{path}{n}", code="ALT001", path=path, image=image)
        for path, image in (("b.rst", "b.png"), ("gone.rst", "a.png"))
        for n in range(9)
    ]
    found = look("a.rst").findings
    monkeypatch.setattr(baseline.Entry, "__eq__", None)
    monkeypatch.setattr(Path, "exists", lambda path: asked.append(path.name) or exists(path))
    held = baseline.compare(found, entries, here, looked_at=["a.rst"])
    assert (len(held.new), len(held.known), len(held.kept), len(held.gone)) == (0, 1, 10, 8)
    assert sorted(asked) == ["b.rst", "gone.rst"]


def test_baseline_grows_never_and_shrinks_on_request(here, cli):
    write_tree(here, {"a.rst": ".. image:: a.png\n\n.. image:: b.png\n"})
    make = ["lint", ".", "--no-cache", "--baseline", "known.json"]
    assert cli(*make).exit_code == 2
    assert cli(*make, "--update-baseline").exit_code == 0
    assert cli(*make).exit_code == 0
    size = len(baseline.read(Path("known.json")))
    (here / "a.rst").write_text(".. image:: a.png\n\n.. image:: c.png\n")
    assert cli(*make).exit_code == 1
    assert cli(*make, "--update-baseline").exit_code == 1
    assert len(baseline.read(Path("known.json"))) == size - 1
    (here / "a.rst").write_text("All gone.\n")
    assert cli(*make).exit_code == 0
    assert cli(*make, "--strict-baseline").exit_code == 1
    for broken in ("", "[]", '{"version": 9, "findings": []}', '{"version": 1, "findings": [1]}', "[" * 5000):
        (here / "known.json").write_text(broken)
        result = cli(*make)
        assert result.exit_code == 2
        assert "known.json" in result.stderr


def test_the_summary_tells_what_a_baseline_hides_and_what_is_gone(here, cli):
    write_tree(here, {"a.rst": ".. image:: a.png\n\n.. image:: b.png\n"})
    make = ["lint", ".", "--no-cache", "--baseline", "known.json"]
    made = cli(*make, "--update-baseline")
    assert "wrote 2 known findings." in made.stderr
    assert "All clear" not in made.stdout
    assert cli(*make).stdout.startswith(
        "Nothing new: 1 file looked at, 2 known findings hidden by the baseline, 0 of 2"
    )
    (here / "a.rst").write_text(".. image:: a.png\n")
    for flag, code in (([], 0), (["--strict-baseline"], 1)):
        result = cli(*make, *flag)
        assert result.exit_code == code
        assert "1 listed finding is gone" in result.stderr
        assert "1 known finding hidden by the baseline" in result.stdout
        assert "All clear" not in result.stdout
    assert "the baseline has 1 entry that is gone" in result.stdout
    (here / "a.rst").write_text(".. image:: a.png\n\n.. image:: c.png\n")
    assert "in 1 file; 1 known finding hidden by the baseline; 0 of 2" in cli(*make).stdout
    assert "1 new finding is not added" in cli(*make, "--update-baseline").stderr
    (here / "a.rst").write_text("No image.\n")
    assert cli("lint", ".", "--no-cache", "--isolated").stdout.startswith("All clear")


def test_a_baseline_holds_from_every_folder(here, cli, monkeypatch):
    bad = ".. image:: a.png\n"
    write_tree(here, {"pyproject.toml": '[tool.scientific-python-theme.lint]\nbaseline = "known.json"\n',
                      "docs/a.rst": bad, "docs/b.rst": bad})  # fmt: skip
    assert cli("lint", "docs", "--no-cache", "--update-baseline").exit_code == 0
    before = baseline.read(Path("known.json"))
    monkeypatch.chdir(here / "docs")
    assert cli("lint", "a.rst", "--no-cache", "--strict-baseline").exit_code == 0
    assert cli("lint", "a.rst", "--no-cache", "--update-baseline").exit_code == 0
    assert baseline.read(here / "known.json") == before
    assert [e.path for e in before] == ["docs/a.rst", "docs/b.rst"]


def test_a_baseline_loses_nothing_that_a_run_passed_over(here, cli):
    """What lies on unchanged lines, or is found by a rule that did not run, is not gone."""
    git(here, "init", "-q", "-b", "main")
    write_tree(here, {"a.md": "![](a.png)\n\n![a](a.png)\n"})
    make = ["lint", ".", "--no-cache", "--baseline", "known.json"]
    cli(*make, "--update-baseline")
    before = baseline.read(Path("known.json"))
    assert [e.code for e in before] == ["ALT001", "ALT010"]
    git(here, "add", "-A")
    git(here, "commit", "-qm", "one")
    assert "gone" not in cli(*make, "--since", "HEAD").stderr
    for flag in ("--update-baseline", "--strict-baseline"):
        assert "leave --since out" in cli(*make, "--since", "HEAD", flag).stderr
        assert cli(*make, "--select", "ALT010", flag).exit_code == 0
        assert baseline.read(Path("known.json")) == before


def test_since_reports_changed_lines_and_new_files_only(here, cli):
    git(here, "init", "-q", "-b", "main")
    write_tree(here, {"a.rst": ".. image:: a.png\n\nText.\n", "ö b.rst": "x\n", "sub/c.rst": "x\n"})
    git(here, "add", "-A")
    git(here, "commit", "-qm", "one")
    (here / "a.rst").write_text(".. image:: a.png\n\nText.\n\n.. image:: new.png\n")
    (here / "ö b.rst").write_text("x\n\n.. image:: o.png\n")
    write_tree(here, {"sub/untracked.rst": ".. image:: u.png\n"})
    result = cli("lint", ".", "--since", "HEAD", "--output-format", "concise", "--no-cache")
    assert [line.split(":")[:2] for line in result.stdout.splitlines()] == [
        ["a.rst", "5"], ["sub/untracked.rst", "1"], ["ö b.rst", "3"],
    ]  # fmt: skip
    for revision in ("nowhere", "--help", "HEAD~9", ""):
        result = cli("lint", ".", "--since", revision)
        assert result.exit_code == 2, revision
        assert "revision" in result.stderr


def test_since_reports_no_line_between_changed_ones(here, cli):
    git(here, "init", "-q", "-b", "main")
    git(here, "config", "diff.interHunkContext", "9")
    write_tree(here, {"a.md": "One.\n\n![](old.png)\n\nTwo.\n"})
    git(here, "add", "-A")
    git(here, "commit", "-qm", "one")
    (here / "a.md").write_text("1.\n\n![](old.png)\n\n2.\n")
    assert cli("lint", "a.md", "--since", "HEAD", "--no-cache").exit_code == 0


def test_since_reports_a_new_image_that_equals_an_old_one(here, cli):
    """The two are one finding of the page's frame, told where it is new; a baseline knows it by its name."""
    logo = '<a href="/"><img src="l.png"></a>'
    git(here, "init", "-q", "-b", "main")
    write_tree(
        here,
        {"a.html": f"<!DOCTYPE html><header>\n{logo}\n</header><footer>\n</footer>\n", "b.html": "<p>\n"},
    )
    git(here, "add", "-A")
    git(here, "commit", "-qm", "one")
    write_tree(here, {"a.html": f"<!DOCTYPE html><header>\n{logo}\n</header><footer>\n{logo}\n</footer>\n"})

    def told(*args):
        result = cli("lint", ".", "--no-cache", "--select", "ALT001", "--output-format", "concise", *args)
        return [line.split(" ")[0] for line in result.stdout.splitlines()]

    assert told() == ["a.html:2:13:"]
    assert told("--since", "HEAD") == ["a.html:4:13:"]
    cli("lint", ".", "--no-cache", "--select", "ALT001", "--baseline", "b.json", "--update-baseline")
    assert told("--since", "HEAD", "--baseline", "b.json") == []
    write_tree(here, {"b.html": f"<p>\n<header>{logo}</header>\n"})
    assert told("--since", "HEAD") == ["a.html:4:13:"]


def test_since_outside_a_repository_says_so(here, cli, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.parent))
    write_tree(here, {"a.rst": "x\n"})
    result = cli("lint", ".", "--since", "HEAD")
    assert result.exit_code == 2
    assert "Git repository" in result.stderr


def test_since_mends_changed_lines_only(here, cli):
    git(here, "init", "-q", "-b", "main")
    old = '<p>\n<img src="a.png" alt="image of a cat">\n<p>\n'
    write_tree(here, {"p.html": old})
    git(here, "add", "-A")
    git(here, "commit", "-qm", "one")
    (here / "p.html").write_text('<img src="b.png" alt="image of a dog">\n' + old)
    assert cli("lint", ".", "--since", "HEAD", "--fix", "--no-cache", "--select", "ALL").exit_code == 0
    assert (here / "p.html").read_text() == '<img src="b.png" alt="Dog">\n' + old


@pytest.mark.parametrize("flag", [["--since", "x"], ["--report", "r.html"], ["--add-ignore"],
                                  ["--update-baseline", "--baseline", "b.json"]])  # fmt: skip
def test_what_needs_files_is_refused_on_standard_input(here, cli, flag):
    result = cli("lint", "-", "--stdin-filename", "a.md", *flag, stdin="![](a)")
    assert result.exit_code == 2
    assert f"{flag[0]} needs files" in result.stderr
    assert not list(here.iterdir())


@pytest.mark.parametrize(
    "name, expected",
    [
        ("b/plain.rst", "plain.rst"),
        ('"b/\\303\\266 \\"q\\".rst"', 'ö "q".rst'),
        ("b/tab\t", "tab"),
        ("/dev/null", None),
    ],
)
def test_diff_names_are_read_as_git_writes_them(tmp_path, name, expected):
    diff = f"diff --git a/x b/x\n--- a/x\n+++ {name}\n@@ -0,0 +1,2 @@\n+a\n+++ b/not-a-header\n"
    changed = since.parse_diff(diff, str(tmp_path))
    assert changed == ({os.path.realpath(tmp_path / expected): [(1, 2)]} if expected else {})


def finding(start, end, text, path="x"):
    place = Place(path=path, line=1, column=start + 1, end_line=1, end_column=end + 1)
    fix = Fix(message="", edits=(Edit(place=place, text=text),))
    return Finding(code="ALT001", name="x", severity=Severity.ERROR, message="", place=place, fix=fix)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.text("xyz", max_size=3)), max_size=6))
def test_overlapping_fixes_never_mix(edits):
    """Every fix is applied whole or not at all, and what no fix touches stays."""
    text = "abcdefghijklmnopqrst"
    some = [finding(min(a, b), max(a, b), new) for a, b, new in edits]
    fixed = apply(text, some)
    untouched = set(text) - {c for a, b, _ in edits for c in text[min(a, b) : max(a, b)]}
    assert untouched <= set(fixed.text)
    assert apply(text, some[:1]).text == (
        text[: min(edits[0][:2])] + edits[0][2] + text[max(edits[0][:2]) :] if edits else text
    )


@given(st.text(max_size=300))
def test_offsets_and_positions_are_inverse(text):
    lines = Lines(text)
    assert [lines.line(n + 1) for n in range(len(lines.starts))] == split_lines(text)
    for offset in range(len(text) + 1):
        assert lines.offset(*lines.position(offset)) == offset


@pytest.mark.parametrize(
    "data, text, encoding, trouble",
    [
        ("é".encode(), "é", "utf-8", False),
        ("\ufeffé".encode(), "é", "utf-8", False),
        ("é".encode("utf-16"), "é", "utf-16-le", False),
        ("<p>é<img src=a.png>".encode("utf-16-le"), "<p>é<img src=a.png>", "utf-16-le", True),
        ("<p>é<img src=a.png>".encode("utf-16-be"), "<p>é<img src=a.png>", "utf-16-be", True),
        ("<p>é<img src=a.png>".encode("utf-32-le"), "<p>é<img src=a.png>", "utf-32-le", True),
        (b"<p>a\0b\0c<img src=a.png>", "<p>a\0b\0c<img src=a.png>", "utf-8", False),
        (
            '<meta charset="iso-8859-2">ł'.encode("iso-8859-2"),
            '<meta charset="iso-8859-2">ł',
            "iso-8859-2",
            False,
        ),
        ("é".encode("latin-1"), "é", "cp1252", True),
    ],
)
def test_decoding(data, text, encoding, trouble):
    got = decode(data)
    assert got[:2] == (text, encoding)
    assert bool(got[2]) is trouble


@given(st.binary(max_size=200))
def test_any_bytes_decode(data):
    text, encoding, _ = decode(data)
    assert isinstance(text, str)
    assert encoding


def test_more_exact_selectors_win():
    assert selected(["ALL"], ["ALT012"], ["ALT01"]) >= {"ALT012", "ALT001"}
    assert "ALT011" not in selected(["ALL"], ["ALT012"], ["ALT01"])
    assert selected(["ALT001"], (), ["ALL"]) == {"ALT001"}
    assert selected(["ALT001"], (), ["missing"]) == frozenset()
    for wrong in ("ALT9", "nonsense", "B"):
        with pytest.raises(ConfigError, match=wrong):
            selected([wrong])


def test_an_unchanged_file_is_not_read_again_and_a_changed_one_is(here, monkeypatch):
    from scientific_python_theme.lint import cache
    from scientific_python_theme.lint import run as running

    opened = []

    def read(path, real=running.read_bytes):
        opened.append(path)
        return real(path)

    def lines():
        opened.clear()
        done = run([Path()], settings(), cache_dir=here / ".store")
        return [finding.place.line for finding in done.findings]

    monkeypatch.setattr(running, "read_bytes", read)
    write_tree(here, {"p.html": BAD})
    info = Path("p.html").stat()
    assert lines() == lines() == [2]
    assert opened  # written just now: its time proves nothing yet
    monkeypatch.setattr(cache, "UNCERTAIN", 0)
    assert lines() == lines() == [2]
    assert not opened
    parser = here / "docutils" / "__init__.py"
    write_tree(here, {"docutils/__init__.py": ""})
    real = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda name: (
            importlib.util.spec_from_file_location(name, parser) if name == "docutils" else real(name)
        ),
    )
    assert lines() == [2]
    assert opened, "a parser was upgraded"
    write_tree(here, {"p.html": BAD.replace("<p>a</p>", "<p>\n</p>"[:8] + ">"[:0])})
    os.utime("p.html", ns=(info.st_atime_ns, info.st_mtime_ns))
    assert lines() == [3]
    assert opened
    assert lines() == [3]
    assert not opened


def test_a_change_of_a_rule_is_seen_in_spite_of_the_cache(here):
    """As somebody who works in a checkout expects."""
    package = Path(discover.__file__).parent.parent
    copy = here / "copy" / package.name
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("sphinx_ext", "__pycache__"))
    write_tree(here, {"p.html": BAD})

    def found():
        return subprocess.run(
            [sys.executable, "-m", package.name, "lint", "p.html", "--cache-dir", "store"],
            cwd=here, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(copy.parent)},
        ).stdout  # fmt: skip

    assert "image has no alternative text" in found()
    rule = copy / "lint" / "rules" / "missing.py"
    rule.write_text(rule.read_text().replace("has no alternative text", "says nothing"))
    assert "image says nothing" in found()


def test_the_cache_leaves_alone_what_is_in_its_folder(here):
    write_tree(here, {"p.html": BAD, ".gitignore": "node_modules/\n"})
    run([Path()], settings(), cache_dir=here)
    assert (here / ".gitignore").read_text() == "node_modules/\n"
    run([Path()], settings(), cache_dir=here / "own")
    assert (here / "own" / ".gitignore").read_text() == "*\n"


def test_a_cached_file_is_read_anew_when_its_project_becomes_one_of_mkdocs(here):
    write_tree(here, {"docs/a.md": '![](a.png){alt="A curve"}\n'})
    assert [f.code for f in run([Path("docs")], settings(), cache_dir=here / "c").findings] == ["ALT018"]
    (here / "mkdocs.yml").touch()
    discover._dialect.cache_clear()  # another run is another process
    assert run([Path("docs")], settings(), cache_dir=here / "c").findings == []


def test_a_cache_in_use_is_not_deleted_and_a_broken_one_is(here, monkeypatch):
    from scientific_python_theme.lint import cache

    write_tree(here, {"store/lint.sqlite": "no database", "store/lint.sqlite-wal": "x"})
    cache.Cache(here / "store", b"").close()
    file = here / "store" / "lint.sqlite"
    assert file.read_bytes().startswith(b"SQLite format 3")
    inode = file.stat().st_ino
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        real = sqlite3.connect
        monkeypatch.setattr("sqlite3.connect", lambda file, **given: real(file, **{**given, "timeout": 0}))
        cache.Cache(here / "store", b"")
        assert file.stat().st_ino == inode


def test_every_key_that_names_an_alternative_in_data_is_spelt_right(here, cli):
    write_tree(here, {"a.yaml": "- img: a.png\n  alttext: A cat on a mat\n- img: b.png\n  alt_text: A dog\n"})
    assert cli("lint", "a.yaml", "--no-cache", "--select", "ALL").exit_code == 0
