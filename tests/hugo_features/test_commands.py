"""The `hugo` commands, and every way to bring the theme to a site, with the real tools."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from support import need, write_tree

from scientific_python_theme import hugo as library
from scientific_python_theme.errors import HugoError
from scientific_python_theme.paths import hugo_theme

MODULE = "github.com/scientific-python/scientific-python-theme/hugo-theme"
VERSION = "v0.1.0"
CONFIG = 'title = "Scratch"\nbaseURL = "https://example.org/"\ntheme = "scientific-python-hugo-theme"\n'
PAGE = "---\ntitle: Page\n---\n{{< admonition tip >}}\nUse a *tide table*.\n{{< /admonition >}}\n"


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A site that names the theme as the sites in use do, and has it nowhere."""
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "hugo.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "content" / "page.md").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture
def plain_hugo(hugo_binary: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Hugo as a site calls it: nothing is told about the theme."""

    def run(site: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [hugo_binary, *args], cwd=site, capture_output=True, text=True, check=False, timeout=300,
            env={**os.environ, "HUGO_CACHEDIR": str(site.parent / "cache"), **env},
        )  # fmt: skip

    return run


def looks_right(site: Path, done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
    html = (site / "public" / "page" / "index.html").read_text("utf-8")
    assert 'class="sp-body' in html
    assert "admonition" in html
    assert list((site / "public").rglob("*.css"))


def git(folder: Path, *args: str) -> None:
    subprocess.run(
        ["git", "-c", "protocol.file.allow=always", "-c", "user.name=T", "-c", "user.email=t@example.org", *args],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


# Routes


def test_route_themes_folder(scratch: Path, cli: Any, plain_hugo: Any) -> None:
    assert plain_hugo(scratch).returncode  # without the theme it cannot work
    assert cli("hugo", "vendor", scratch).exit_code == 0
    looks_right(scratch, plain_hugo(scratch))
    assert (scratch / "themes" / "scientific-python-hugo-theme" / "LICENSE").is_file()


def test_route_zip(scratch: Path, plain_hugo: Any, tmp_path: Path) -> None:
    """The archive that GitHub offers of each release: the repository, unpacked below themes/."""
    name = "scientific-python-theme-0.1.0"
    shutil.copytree(hugo_theme(), tmp_path / name / "hugo-theme")
    archive = shutil.make_archive(str(tmp_path / "release"), "zip", root_dir=tmp_path, base_dir=name)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(scratch / "themes")
    config = CONFIG.replace("scientific-python-hugo-theme", f"{name}/hugo-theme")
    (scratch / "hugo.toml").write_text(config, encoding="utf-8")
    looks_right(scratch, plain_hugo(scratch))
    assert command("build", scratch).returncode == 0


def test_route_pip(scratch: Path, cli: Any, plain_hugo: Any) -> None:
    folder = cli("hugo", "path").output.strip()
    looks_right(scratch, plain_hugo(scratch, "--themesDir", folder))
    shutil.rmtree(scratch / "public")
    looks_right(scratch, plain_hugo(scratch, "--themesDir", folder, "--theme", "hugo-theme"))
    shutil.rmtree(scratch / "public")
    looks_right(scratch, plain_hugo(scratch, "--theme", cli("hugo", "path", "--theme").output.strip()))
    shutil.rmtree(scratch / "public")
    looks_right(scratch, plain_hugo(scratch, HUGO_THEMESDIR=folder))


def test_route_submodule(scratch: Path, plain_hugo: Any, tmp_path: Path) -> None:
    """As the sites in use do it: the repository is the submodule, the theme a folder in it."""
    origin = tmp_path / "origin"
    shutil.copytree(hugo_theme(), origin / "hugo-theme")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "theme"]):
        git(origin, *command)
    git(scratch, "init", "-q")
    git(scratch, "submodule", "add", "-q", origin.as_uri(), "themes/scientific-python-theme")
    config = scratch / "hugo.toml"
    config.write_text(
        CONFIG.replace("scientific-python-hugo-theme", "scientific-python-theme/hugo-theme"), encoding="utf-8"
    )
    looks_right(scratch, plain_hugo(scratch))


@pytest.fixture(scope="session")
def go_proxy(once: Any) -> Path:
    """A module proxy on disk that holds the theme at one version."""

    def build(folder: Path) -> None:
        place = folder / MODULE / "@v"
        place.mkdir(parents=True)
        (place / "list").write_text(f"{VERSION}\n", encoding="utf-8")
        (place / f"{VERSION}.info").write_text(
            f'{{"Version": "{VERSION}", "Time": "2026-01-01T00:00:00Z"}}', encoding="utf-8"
        )
        shutil.copy(hugo_theme() / "go.mod", place / f"{VERSION}.mod")
        with zipfile.ZipFile(place / f"{VERSION}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(hugo_theme().rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    packed.write(file, f"{MODULE}@{VERSION}/{file.relative_to(hugo_theme()).as_posix()}")

    return Path(once("go-proxy", build))


def test_route_hugo_module(scratch: Path, plain_hugo: Any, go_proxy: Path, tmp_path: Path) -> None:
    need(shutil.which("go"), "no Go: apt-get install golang-go")
    env = {
        "GOPROXY": go_proxy.as_uri(), "GONOSUMDB": "*", "GONOSUMCHECK": "1", "GOFLAGS": "-mod=mod -modcacherw",
        "GOSUMDB": "off", "GOPATH": str(tmp_path / "go"), "HUGO_MODULE_PROXY": go_proxy.as_uri(),
    }  # fmt: skip
    config = CONFIG.replace('theme = "scientific-python-hugo-theme"\n', "")
    (scratch / "hugo.toml").write_text(f'{config}[[module.imports]]\npath = "{MODULE}"\n', encoding="utf-8")
    for step in (["mod", "init", "example.org/scratch"], ["mod", "get", f"{MODULE}@{VERSION}"]):
        done = plain_hugo(scratch, *step, **env)
        assert done.returncode == 0, done.stdout + done.stderr
    looks_right(scratch, plain_hugo(scratch, **env))
    shutil.rmtree(scratch / "public")
    done = plain_hugo(scratch, "mod", "vendor", **env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (scratch / "_vendor" / MODULE / "layouts" / "baseof.html").is_file()
    # With the vendored copy neither Go nor a network is asked.
    bare = {"PATH": str(tmp_path), "GOPROXY": "off", "HUGO_MODULE_PROXY": "off"}
    looks_right(scratch, plain_hugo(scratch, **bare))


# path and vendor


def test_path_prints_one_line_and_is_stable(cli: Any) -> None:
    first, second = cli("hugo", "path").output, cli("hugo", "path").output
    assert first == second
    assert len(first.splitlines()) == 1
    for name in library.NAMES:
        assert (Path(first.strip()) / name / "hugo.toml").is_file()


def test_path_needs_no_writable_home(monkeypatch: pytest.MonkeyPatch, cli: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))
    monkeypatch.setattr(library.tempfile, "gettempdir", lambda: str(blocked))
    folder = Path(cli("hugo", "path").output.strip())
    assert (folder / "hugo-theme" / "hugo.toml").is_file()


@pytest.mark.skipif(os.name == "nt", reason="the temporary folder of Windows is the user's own")
@pytest.mark.parametrize("planted", [None, "writable", "link", "owner"])
def test_a_folder_that_others_can_change_is_not_used(
    monkeypatch: pytest.MonkeyPatch, cli: Any, tmp_path: Path, planted: str | None
) -> None:
    place = tmp_path / "shared" / f"scientific-python-theme-{os.getuid()}"
    place.parent.mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    for name in ("XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "file"))
    monkeypatch.setattr(library.tempfile, "gettempdir", lambda: str(place.parent))
    if planted == "link":
        (tmp_path / "theirs").mkdir()
        place.symlink_to(tmp_path / "theirs")
    elif planted:
        place.mkdir(mode=0o755)
        if planted == "writable":
            place.chmod(0o777)
        elif os.getuid():
            pytest.skip("only root can give a folder away")
        else:
            os.chown(place, 1, -1)
    folder = Path(cli("hugo", "path").output.strip())
    assert (folder.parent == place) == (planted is None)
    assert (folder / "hugo-theme" / "hugo.toml").is_file()


@pytest.mark.parametrize("name", library.NAMES)
def test_vendor_takes_the_name_the_site_uses(scratch: Path, cli: Any, name: str) -> None:
    (scratch / "hugo.toml").write_text(f"theme = ['extra', '{name}']\n", encoding="utf-8")
    assert cli("hugo", "vendor", scratch).output.strip() == str(scratch / "themes" / name)


def test_vendor_updates_a_copy_of_any_name(scratch: Path, cli: Any) -> None:
    (scratch / "hugo.toml").write_text("theme = ['extra', 'my-theme']\n", encoding="utf-8")
    for options in (["--name", "my-theme"], []):
        assert cli("hugo", "vendor", scratch, *options).output.strip() == str(scratch / "themes" / "my-theme")


@pytest.fixture
def extra(scratch: Path) -> Path:
    """A theme of the site's own, which adds a file and changes a part of ours."""
    files = {"static/extra.txt": "extra", "layouts/_partials/footer_actions.html": "<b>extra footer</b>"}
    return write_tree(scratch / "themes" / "extra", dict(files))


@pytest.mark.parametrize(
    "themes", [["extra", "scientific-python-hugo-theme"], ["scientific-python-theme/hugo-theme", "extra"]]
)
def test_build_keeps_the_other_themes_of_a_site(scratch: Path, extra: Path, themes: list[str]) -> None:
    config = scratch / "hugo.toml"
    config.write_text(f"theme = {themes}\n[params.footer]\nlogo = 'x'\n", encoding="utf-8")
    looks_right(scratch, command("build", scratch))
    assert (scratch / "public" / "extra.txt").read_text("utf-8") == "extra"
    html = (scratch / "public" / "page" / "index.html").read_text("utf-8")
    assert ("extra footer" in html) == (themes[0] == "extra")


def test_build_takes_the_place_of_another_theme_of_the_same_name(scratch: Path) -> None:
    """A site that comes from the earlier theme has that in themes/, as a submodule mostly."""
    theirs = {"layouts/_default/baseof.html": "theirs", "layouts/_default/single.html": "theirs"}
    write_tree(scratch / "themes" / "scientific-python-hugo-theme", dict(theirs))
    looks_right(scratch, command("build", scratch))


def test_vendor_beside_other_themes_leaves_them_alone(scratch: Path, extra: Path, cli: Any) -> None:
    (scratch / "hugo.toml").write_text("theme = ['extra']\n", encoding="utf-8")
    done = cli("hugo", "vendor", scratch, "--force")
    assert "which names extra" in done.output
    assert (scratch / "themes" / "scientific-python-hugo-theme" / "hugo.toml").is_file()
    assert sorted(path.name for path in extra.iterdir()) == ["layouts", "static"]
    refused = cli("hugo", "vendor", scratch, "--name", "extra")
    assert refused.exit_code == 2
    assert "--force" not in refused.output


def test_themes_are_where_the_configuration_has_them(scratch: Path, cli: Any, plain_hugo: Any) -> None:
    (scratch / "hugo.toml").write_text(f"themesDir = '../shared'\n{CONFIG}", encoding="utf-8")
    target = scratch / "../shared" / "scientific-python-hugo-theme"
    assert cli("hugo", "vendor", scratch).output.strip() == str(target)
    assert not (scratch / "themes").exists()
    looks_right(scratch, plain_hugo(scratch))
    base = target / "layouts" / "baseof.html"
    base.write_text(base.read_text("utf-8").replace("<body ", "<body data-own-copy "), encoding="utf-8")
    assert command("build", scratch).returncode == 0
    assert "data-own-copy" in (scratch / "public" / "page" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("argument", [["--config", "base.toml,mine.toml"], ["--config=base,mine"]])
def test_build_reads_the_files_it_is_told_to_read(scratch: Path, extra: Path, argument: list[str]) -> None:
    (scratch / "hugo.toml").rename(scratch / "base.toml")
    (scratch / "mine.toml").write_text("theme = ['extra', 'hugo-theme']\n", encoding="utf-8")
    looks_right(scratch, command("build", scratch, *argument))
    assert (scratch / "public" / "extra.txt").is_file()
    done = command("build", scratch, "--config", "none.toml")
    assert done.returncode == 2
    assert "no none.toml here" in done.stderr


def test_a_site_of_another_theme_is_not_built_with_this_one(scratch: Path) -> None:
    (scratch / "hugo.toml").write_text("theme = 'ananke'\n", encoding="utf-8")
    done = command("build", scratch)
    assert done.returncode == 2
    assert "ananke" in done.stderr
    assert 'theme = "scientific-python-hugo-theme"' in done.stderr
    (scratch / "themes" / "ananke" / "layouts").mkdir(parents=True)
    assert 'shortcode "admonition" not found' in command("build", scratch).stderr


@pytest.mark.parametrize(
    ("file", "text", "themes", "imports"),
    [
        ("hugo.toml", "theme = ['my-theme', 'other']", ("my-theme", "other"), False),
        ("hugo.toml", "[params.giscus]\ntheme = 'light'", (), False),
        ("config.yaml", "params:\n  theme:\n    default: x\n", (), False),
        ("config.yaml", "theme: mine\n", ("mine",), False),
        ("hugo.toml", "title = 'the module that imports numpy'", (), False),
        ("config/_default/module.toml", "[[imports]]\npath = 'example.org/x'", (), True),
        ("hugo.json", '{"Module": {"Imports": []}}', (), True),
        ("hugo.toml", "theme = 'broken", (), False),
    ],
)
def test_the_theme_is_what_the_configuration_says_it_is(
    tmp_path: Path, file: str, text: str, themes: tuple[str, ...], imports: bool
) -> None:
    write_tree(tmp_path, {file: text})
    said = library.declared(tmp_path)
    assert (said.themes, said.imports) == (themes, imports)


def test_a_theme_given_by_its_short_flag_is_the_only_one(tmp_path: Path) -> None:
    write_tree(tmp_path, {"hugo.toml": "title = 'T'"})
    assert library._theme_arguments(tmp_path, ["-t", "other"]) == []
    assert library._theme_arguments(tmp_path, []) != []


def test_an_interrupted_build_is_no_success(
    tmp_path: Path, hugo_binary: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {"hugo.toml": "title = 'T'"})

    class Interrupted(subprocess.Popen[bytes]):
        asked = 0

        def wait(self, timeout: float | None = None) -> int:
            self.asked += 1
            if self.asked == 1:
                raise KeyboardInterrupt
            return super().wait(timeout)

    monkeypatch.setattr(library.subprocess, "Popen", Interrupted)
    monkeypatch.setattr(library, "find", lambda: library.Hugo(binary=Path(hugo_binary), version=(0, 168, 0)))
    monkeypatch.setattr(library.subprocess, "run", None)  # nothing else starts a program
    assert library.run("build", tmp_path) == 130


def test_hugo_does_not_outlive_the_command(tmp_path: Path) -> None:
    write_tree(tmp_path, {"hugo.toml": "title = 'T'"})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "scientific_python_theme", "hugo", "serve", str(tmp_path), "--port", str(port)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    assert any("Web Server is available" in line for line in server.stdout)
    server.terminate()
    server.wait(timeout=20)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)), "the port is still served"


def test_an_old_configuration_leads_to_the_migration(tmp_path: Path) -> None:
    write_tree(
        tmp_path, {"hugo.toml": "title = 'T'\n[markup.goldmark.renderHooks.link]\nenableDefault = true\n"}
    )
    if library.find().version < (0, 160):
        assert command("build", tmp_path).returncode == 0
        return
    for name in ("build", "serve"):
        done = command(name, tmp_path)
        assert done.returncode == 1
        assert f"hugo migrate {tmp_path} --dry-run" in done.stderr


def test_vendor_again_updates_in_one_step(scratch: Path, cli: Any) -> None:
    cli("hugo", "vendor", scratch)
    target = scratch / "themes" / "scientific-python-hugo-theme"
    assert cli("hugo", "vendor", scratch).exit_code == 0
    assert [p.name for p in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("kind", ["foreign", "edited", "damaged", "clone", "link", "file"])
def test_vendor_destroys_nothing_of_others(scratch: Path, cli: Any, kind: str, tmp_path: Path) -> None:
    target = scratch / "themes" / "scientific-python-hugo-theme"
    target.parent.mkdir()
    if kind == "link":
        (tmp_path / "elsewhere").mkdir()
        target.symlink_to(tmp_path / "elsewhere")
    elif kind == "file":
        target.write_text("mine", encoding="utf-8")
    else:
        if kind == "edited":
            cli("hugo", "vendor", scratch)
        target.mkdir(exist_ok=True)
        if kind == "clone":
            (target / ".git").mkdir()
        if kind == "damaged":
            (target / library.MARKER).write_text('{"files": []}', encoding="utf-8")
        (target / "mine.txt").write_text("mine", encoding="utf-8")
    done = cli("hugo", "vendor", scratch)
    assert done.exit_code == 2
    assert str(target) in done.output
    assert "--force" in done.output
    if kind not in {"link", "file"}:
        assert (target / "mine.txt").read_text("utf-8") == "mine"
    assert cli("hugo", "vendor", scratch, "--force").exit_code == 0
    assert (target / "hugo.toml").is_file()
    if kind == "link":
        assert (tmp_path / "elsewhere").is_dir()


@pytest.mark.parametrize("checked_out", [True, False])
def test_vendor_writes_nothing_where_git_records_a_submodule(
    scratch: Path, cli: Any, tmp_path: Path, checked_out: bool
) -> None:
    """Git would look at no file there, and a clone of the site would have the submodule again."""
    theirs = write_tree(tmp_path / "theirs", {"layouts/index.html": "theirs"})
    for folder in (theirs, scratch):
        git(folder, "init", "-q")
    for step in (["add", "-A"], ["commit", "-q", "-m", "theirs"]):
        git(theirs, *step)
    target = scratch / "themes" / "scientific-python-hugo-theme"
    git(scratch, "submodule", "add", "-q", theirs.as_uri(), target.relative_to(scratch).as_posix())
    git(scratch, "add", "-A")
    git(scratch, "commit", "-q", "-m", "site")
    if not checked_out:
        git(scratch, "submodule", "deinit", "-q", "--all")
    for flag in ([], ["--force"]):
        done = cli("hugo", "vendor", scratch, *flag)
        assert done.exit_code == 2
        assert not (target / "hugo.toml").exists()
    remedy = shlex.split(done.output.strip().rpartition(": ")[2])
    subprocess.run(remedy, check=True, capture_output=True)
    assert cli("hugo", "vendor", scratch).exit_code == 0
    git(scratch, "add", "-A")
    git(scratch, "commit", "-q", "-m", "swap")
    git(tmp_path, "clone", "-q", "--recurse-submodules", str(scratch), "again")
    assert (tmp_path / "again" / target.relative_to(scratch) / "hugo.toml").is_file()


@pytest.mark.parametrize("name", ["..", "a/b", "a\\b"])
def test_vendor_stays_below_themes(scratch: Path, cli: Any, name: str) -> None:
    assert cli("hugo", "vendor", scratch, "--name", name).exit_code == 2
    assert cli("hugo", "vendor", scratch / "nowhere").exit_code == 2


def test_a_failed_copy_leaves_the_old_one(scratch: Path, cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("hugo", "vendor", scratch)
    target = scratch / "themes" / "scientific-python-hugo-theme"
    before = sorted(p for p in target.rglob("*"))

    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(library.shutil, "copytree", broken)
    assert cli("hugo", "vendor", scratch).exit_code == 2
    assert sorted(p for p in target.rglob("*")) == before
    assert [p.name for p in target.parent.iterdir()] == [target.name]


# new, build, serve


def test_new_makes_a_site_that_builds(cli: Any, tmp_path: Path, plain_hugo: Any) -> None:
    folder = tmp_path / "fresh"
    assert cli("hugo", "new", folder).exit_code == 0
    done = subprocess.run(
        [sys.executable, "-m", "scientific_python_theme", "hugo", "build", str(folder), "--minify"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ERROR" not in done.stdout + done.stderr
    assert (folder / "public" / "index.html").is_file()
    assert "data-symbols" not in (folder / "public" / "index.html").read_text(
        "utf-8"
    )  # it has no index of them
    assert "/public/" in (folder / ".gitignore").read_text("utf-8")
    again = cli("hugo", "new", folder)
    assert again.exit_code == 2
    assert "not empty" in again.output


def test_new_says_a_command_that_a_shell_takes(cli: Any, tmp_path: Path) -> None:
    folder = tmp_path / "my site's"
    said = cli("hugo", "new", folder).output.partition("see it with: ")[2]
    assert shlex.split(said)[-3:] == ["hugo", "serve", str(folder)]


@pytest.mark.parametrize("name", ["new", "vendor", "build", "serve", "migrate"])
def test_a_folder_without_a_name_is_not_this_one(
    cli: Any, scratch: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(scratch)
    done = cli("hugo", name, "")
    assert done.exit_code == 2
    assert "name a folder" in done.output


def command(*args: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scientific_python_theme", "hugo", *map(str, args)],
        capture_output=True, text=True, check=False, timeout=300, env={**os.environ, **env},
    )  # fmt: skip


def test_build_makes_the_index_where_search_is_on(scratch: Path) -> None:
    need(find_spec("pagefind"), "no Pagefind: pip install 'pagefind[bin]'")
    assert command("build", scratch).returncode == 0
    assert not (scratch / "public" / "pagefind").exists()
    with (scratch / "hugo.toml").open("a", encoding="utf-8") as config:
        config.write("[params]\nsearch = true\n")
    assert command("build", scratch, "--destination", scratch / "out").returncode == 0
    assert (scratch / "out" / "pagefind" / "pagefind.js").is_file()
    assert command("build", "--no-search", scratch).returncode == 0
    assert not (scratch / "public" / "pagefind").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--themesDir", "../themes"),
        ("--themesDir=../themes", "--theme=mine"),
        ("--themesDir=../themes", "-tmine"),
    ],
)
def test_build_makes_the_index_with_the_themes_folder_it_is_given(
    scratch: Path, arguments: tuple[str, ...]
) -> None:
    need(find_spec("pagefind"), "no Pagefind: pip install 'pagefind[bin]'")
    shutil.copytree(hugo_theme(), scratch.parent / "themes" / "mine")
    config = CONFIG.replace("scientific-python-hugo-theme", "mine") + "[params]\nsearch = true\n"
    (scratch / "hugo.toml").write_text(config, encoding="utf-8")
    done = command("build", scratch, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (scratch / "public" / "pagefind" / "pagefind.js").is_file()


def test_settings_that_hugo_does_not_tell_are_an_error(scratch: Path) -> None:
    with pytest.raises(HugoError, match=r'`hugo config` does not tell .*"nowhere"'):
        library.index(scratch, ("--theme", "nowhere"))


def test_build_uses_the_copy_a_site_has(scratch: Path, cli: Any) -> None:
    cli("hugo", "vendor", scratch)
    base = scratch / "themes" / "scientific-python-hugo-theme" / "layouts" / "baseof.html"
    base.write_text(base.read_text("utf-8").replace("<body ", "<body data-own-copy "), encoding="utf-8")
    assert command("build", scratch).returncode == 0
    assert "data-own-copy" in (scratch / "public" / "page" / "index.html").read_text("utf-8")


def test_build_passes_on_the_failure_of_hugo(scratch: Path) -> None:
    (scratch / "content" / "page.md").write_text("---\ntitle: x\n---\n{{< nothere >}}\n", encoding="utf-8")
    done = command("build", scratch)
    assert done.returncode not in (0, 2)
    assert "nothere" in done.stdout + done.stderr


@pytest.mark.parametrize(
    "script,said",
    [
        ("echo 'hugo v0.120.4+extended linux/amd64'", "Hugo 0.120.4, the theme needs 0.146.0 or newer"),
        ("echo hello", "does not look like Hugo"),
        ("exit 3", "does not look like Hugo"),
    ],
)
def test_a_hugo_that_will_not_do_is_named(scratch: Path, tmp_path: Path, script: str, said: str) -> None:
    fake = tmp_path / "fake-hugo"
    fake.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    fake.chmod(0o755)
    done = command("build", scratch, HUGO=str(fake))
    assert done.returncode == 2
    assert said in done.stderr
    assert "pip install" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_hugo_is_named(scratch: Path, tmp_path: Path) -> None:
    done = command("build", scratch, HUGO=str(tmp_path / "none"))
    assert done.returncode == 2
    assert "does not run" in done.stderr


def test_a_folder_that_is_no_site_is_named(tmp_path: Path) -> None:
    done = command("build", tmp_path)
    assert done.returncode == 2
    assert "hugo new" in done.stderr


def test_serve_answers(scratch: Path, hugo_server: Callable[..., Callable[[str, bytes], bytes]]) -> None:
    get = hugo_server(sys.executable, "-m", "scientific_python_theme", "hugo", "serve", str(scratch))
    assert get("/page/", b"sp-body")


def test_team_is_the_tool_of_the_theme(tmp_path: Path) -> None:
    ours = command("team", "--help")
    theirs = subprocess.run(
        [sys.executable, str(hugo_theme() / "tools" / "team_query.py"), "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ours.returncode == theirs.returncode == 0
    tail = lambda text: text.split("options:")[-1]  # noqa: E731
    assert tail(ours.stdout) == tail(theirs.stdout)
    env = {k: v for k, v in os.environ.items() if k != "GH_TOKEN"}
    refused = subprocess.run(
        [sys.executable, "-m", "scientific_python_theme", "hugo", "team", "--org", "a", "--team", "b"],
        capture_output=True, text=True, check=False, env=env,
    )  # fmt: skip
    assert refused.returncode
    assert "GH_TOKEN" in refused.stderr
