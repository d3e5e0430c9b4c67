"""The demo, run as a newcomer runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from scientific_python_theme.sphinx_ext.symbols import INDEX
from support import write_tree

from scientific_python_theme import demo
from scientific_python_theme.errors import ThemeError

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def built(once):
    def make(folder: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "scientific_python_theme", "demo", str(folder / "tidepool"), "--no-serve"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        (folder / "said").write_text(done.stdout + done.stderr, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr

    return once("demo", make)


def links(file: Path) -> set[str]:
    soup = BeautifulSoup(file.read_text("utf-8"), "html.parser")
    return {a["href"] for a in soup.find_all("a", href=True)}


def test_site_links_into_the_documentation(built):
    out = built / "tidepool/build"
    (link,) = [h for h in links(out / "site/about/index.html") if "#tidepool.height" in h]
    target = out / "docs" / link.partition("/docs/")[2].partition("#")[0]
    assert 'id="tidepool.height"' in target.read_text("utf-8")


def test_documentation_links_into_the_site(built):
    out = built / "tidepool/build"
    assert any(h.endswith("/site/about/") for h in links(out / "docs/index.html"))
    assert (out / "site/about/index.html").is_file()


def test_one_search_finds_the_documentation(built):
    for where in ("site/symbols", f"docs/{INDEX}"):
        shards = (built / "tidepool/build" / where).glob("*.json")
        assert any('"height"' in shard.read_text("utf-8") for shard in shards)


def test_report_is_clean_and_complete(built):
    out = built / "tidepool/build"
    assert json.loads((out / "lint.json").read_text("utf-8"))["findings"] == []
    report = (out / "report.html").read_text("utf-8")
    assert "spring-neap.svg" in report
    assert "All clear" in (built / "said").read_text("utf-8")


def test_plot_and_notebook_have_their_alternatives(built):
    out = built / "tidepool/build/docs"
    assert "Line chart of water height against time over 15 days" in (out / "api.html").read_text("utf-8")
    assert "four high waters" in (out / "notebook.html").read_text("utf-8")


def test_progress_is_told(built):
    said = (built / "said").read_text("utf-8")
    assert "[1/8]" in said
    assert "[8/8]" in said


def test_folder_in_use_is_refused_unless_forced(cli, tmp_path):
    write_tree(tmp_path, {"thesis.tex": "years of work"})
    result = cli("demo", tmp_path, "--no-serve")
    assert result.exit_code == 2
    assert "not empty" in result.output
    demo.scaffold(tmp_path, force=True)
    assert (tmp_path / "thesis.tex").read_text() == "years of work"
    assert (tmp_path / "docs/conf.py").is_file()


@pytest.mark.parametrize("force", [False, True])
def test_what_was_changed_in_the_project_stays(tmp_path, force):
    demo.scaffold(tmp_path)
    write_tree(tmp_path, {"docs/index.md": "# Mine\n"})
    demo.scaffold(tmp_path, force=force)
    assert (tmp_path / "docs/index.md").read_text() == "# Mine\n"


def test_a_port_that_is_none_is_wrong_use(cli, tmp_path):
    result = cli("demo", tmp_path / "x", "--port", "99999999")
    assert result.exit_code == 2
    assert "65535" in result.output
    assert not (tmp_path / "x").exists()


def test_file_in_place_of_the_folder_is_refused(tmp_path):
    write_tree(tmp_path, {"file": ""})
    with pytest.raises(ThemeError, match="is a file"):
        demo.scaffold(tmp_path / "file")


def test_what_is_installed_needs_no_environment(tmp_path):
    write_tree(
        tmp_path,
        {
            "needed.txt": '# Plots\nmatplotlib\n\nsphinx>=8  # documentation\nno-such-thing; python_version < "3"\n'
        },
    )
    assert demo.environment(tmp_path / "env", tmp_path / "needed.txt", lambda line: None) == sys.executable
    assert not (tmp_path / "env").exists()


def test_a_line_that_is_no_requirement_is_named(tmp_path):
    write_tree(tmp_path, {"needed.txt": "matplotlib\nnumpy 2\n"})
    with pytest.raises(ThemeError, match=r"needed.txt:2: 'numpy 2' is no name with versions"):
        demo.environment(tmp_path / "env", tmp_path / "needed.txt", lambda line: None)


def test_missing_packages_that_cannot_be_installed_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    write_tree(tmp_path, {"needed.txt": "no-such-distribution-anywhere\nsphinx>=999\nmatplotlib\n"})
    with pytest.raises(
        ThemeError,
        match=r"install no-such-distribution-anywhere, sphinx>=999: .*\n.*yourself.* 'sphinx>=999'",
    ):
        demo.environment(tmp_path / "env", tmp_path / "needed.txt", lambda line: None)


def test_a_busy_port_is_passed_over():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert demo.free_port(port) > port
