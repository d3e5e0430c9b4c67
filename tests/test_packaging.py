"""What is installed is what is in the tree: wheel, sdist and checkout agree."""

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGED = {
    "scientific_python_theme": "scientific_python_theme",
    "sphinx_ext": "scientific_python_theme/sphinx_ext",
    "hugo-theme": "scientific_python_theme/hugo-theme",
}

pytestmark = [
    pytest.mark.xdist_group("packaging"),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="compares with a checkout"),
]


def listed(*folders: str) -> list[str]:
    """Files of the checkout, or of folders of it, that are or could be committed."""
    said = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    return [name for name in said.split("\0") if name and (ROOT / name).is_file()]


def tracked() -> set[str]:
    """Files of the checkout that belong to the package, by their place in a wheel."""
    parts = (name.partition("/") for name in listed(*PACKAGED))
    return {f"{PACKAGED[top]}/{rest}" for top, _, rest in parts}


@pytest.fixture(scope="module")
def built(once):
    def make(folder: Path) -> None:
        # From a copy of the tracked files, so that no stale build folder leaks in.
        source = folder / "source"
        for name in listed():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
        subprocess.run(
            [sys.executable, "-m", "build", "--outdir", str(folder / "dist"), str(source)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip

    return once("distributions", make) / "dist"


def test_wheel_holds_exactly_the_tree(built):
    (wheel,) = built.glob("*.whl")
    names = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    assert names == tracked()


def test_sdist_holds_what_the_wheel_the_tests_and_the_documentation_are_made_from(built):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {str(PurePosixPath(*PurePosixPath(m.name).parts[1:])) for m in archive if m.isfile()}
    assert {*listed(*PACKAGED, "tests", "docs"), "CHANGELOG.md", "LICENSE", "pyproject.toml"} - names == set()
    assert {name for name in names if name.startswith(("tests/", "docs/"))} == set(listed("tests", "docs"))


def test_the_theme_carries_the_licence():
    """As a Go module, an archive or a copy in a site it travels without the rest of the repository."""
    assert (ROOT / "hugo-theme" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_no_top_level_name_but_ours(built):
    (wheel,) = built.glob("*.whl")
    tops = {n.split("/")[0] for n in zipfile.ZipFile(wheel).namelist()}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"scientific_python_theme"}


def test_entry_points_name_the_theme_and_both_commands(built):
    (wheel,) = built.glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    (name,) = [n for n in archive.namelist() if n.endswith("entry_points.txt")]
    text = archive.read(name).decode()
    assert "[sphinx.html_themes]\nscientific_python_theme = scientific_python_theme" in text
    for command in ("scientific-python-theme", "sptheme"):
        assert f"{command} = scientific_python_theme.cli:main" in text


def test_only_sphinx_has_an_upper_bound():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [item for group in project["optional-dependencies"].values() for item in group]
    everything = project["dependencies"] + extras
    assert [d for d in everything if "<" in d] == ["sphinx>=8.2,<10"]
    assert all(">=" in d for d in everything)


@pytest.fixture(scope="module")
def installed(built, once):
    """Environment that holds nothing but the wheel and what it needs."""

    def make(folder: Path) -> None:
        (wheel,) = built.glob("*.whl")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True)
        python = folder / "env" / "bin" / "python"
        uv = [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", str(python), str(wheel)]
        subprocess.run(uv, check=True)

    folder = once("installed", make)

    def run(*args: str) -> str:
        command = [str(folder / "env/bin/python"), "-m", "scientific_python_theme", *args]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    run.folder = folder
    return run


@pytest.mark.slow
@pytest.mark.network
def test_wheel_works_outside_the_checkout(installed):
    """Installed into an empty environment, the command line and the theme's folder are there."""
    assert "0." in installed("--version")
    theme = Path(installed("hugo", "path").strip().splitlines()[-1])
    (config, *_) = theme.glob("*/hugo.toml")
    assert installed.folder.resolve() in config.resolve().parents


@pytest.mark.slow
@pytest.mark.network
def test_demo_works_outside_the_checkout(installed):
    """The demo brings what it needs and what the wheel alone does not have."""
    said = installed("demo", "d", "--no-serve")
    out = installed.folder / "d" / "build"
    assert "installing" in said
    assert all(
        (out / name).is_file() for name in ("docs/index.html", "site/index.html", "lint.json", "report.html")
    )
