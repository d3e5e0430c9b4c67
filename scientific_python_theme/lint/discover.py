"""Which files to look at: walk folders, keep out of what Git ignores and of build folders."""

from __future__ import annotations

import ast
import os
import re
import stat
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from ..errors import ConfigError
from .settings import Settings
from .sources import INCLUDED, SEARCHED

if TYPE_CHECKING:
    import pathspec

#: Never entered when found on the way (a folder named on the command line always is).
SKIPPED = frozenset(
    {
        "_build", "_downloads", "_sources", "__pycache__", "build", "dist", "env", "htmlcov",
        "jupyter_execute", "node_modules", "site-packages", "venv",
    }
)  # fmt: skip
#: Hidden folders hold caches and checkouts, except this one.
SHOWN = frozenset({".github"})
#: A folder that holds one of these was built; a plain `build` or `dist` in it is a page's folder.
BUILT = ("index.html", "objects.inv", "searchindex.js")
#: What sphinx-gallery writes beside the pages it makes from scripts: the scripts are the source.
GALLERY = (".codeobj.json", ".py.md5")
#: Beside one of these, `public` and `resources` are Hugo's output.
HUGO = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml")
#: Files that tell whose Markdown stands below them.
DIALECTS = {"mkdocs": ("mkdocs.yml", "mkdocs.yaml"), "quarto": ("_quarto.yml", "_quarto.yaml")}

#: Data files, and the folders of a Hugo site in which they hold content.
DATA = frozenset({".toml", ".yaml", ".yml", ".json"})
RESOURCES = frozenset({"content", "data", "assets"})
_CARPENTRY = re.compile(r"(?m)^carpentry\s*:")
_THEMES = re.compile(r"""(?m)^[ \t-]*["']?(?:theme|path)["']?\s*[:=]([\s\w\[\],"'./-]*)""")


@frozen(kw_only=True)
class Target:
    """A file to look at.

    Parameters
    ----------
    path : str
        Path to open.
    shown : str
        Path to show, with forward slashes, relative to the working folder where it lies below it.
    format : str
        Format of the including file, for a file that is read only because another one includes it.
    """

    path: str
    shown: str
    format: str = ""


def show(path: str | Path, base: Path | None = None) -> str:
    """Path as a person reads it: relative to the working folder if below it, with forward slashes."""
    full = os.path.normpath(path)
    here = str(base) if base else os.getcwd()  # noqa: PTH109 (asked for every file: no Path)
    if not full.startswith(os.sep):
        full = os.path.normpath(f"{os.getcwd()}{os.sep}{full}") if not os.path.isabs(full) else full  # noqa: PTH109, PTH117
    if full == here:
        return "."
    prefix = here.rstrip(os.sep) + os.sep
    if full.startswith(prefix):
        full = full[len(prefix) :]
    return full.replace(os.sep, "/")


def targets(paths: Sequence[Path], settings: Settings, *, force_exclude: bool = False) -> Iterator[Target]:
    """Files to look at, in a stable order, each once.

    What a symbolic link leads to is named by its own path if that lies below one of the folders or the
    folder of the settings: it is the one that Git, excludes and a person know.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        Files and folders; a file is looked at whatever its name says about excluding.
    settings : Settings
        Says what is excluded.
    force_exclude : bool
        Apply excludes to files named in `paths` too (for pre-commit, which names every file).

    Yields
    ------
    Target
        File to look at.

    Raises
    ------
    ConfigError
        If an exclude pattern is not a glob.
    """
    excluded = _spec((*(settings.exclude or ()), *settings.extend_exclude))
    several = len(paths) > 1
    homes = _Homes([settings.root, *(path for path in paths if path.is_dir())])
    seen: set[str] = set()
    for path in paths:
        if path.is_dir():
            for found in _walk(str(path), settings, excluded, homes):
                if not several:
                    yield Target(path=found, shown=show(found))
                elif (real := os.path.realpath(found)) not in seen:
                    seen.add(real)
                    yield Target(path=found, shown=show(found))
        elif not (force_exclude and _matches(excluded, str(path), settings.root)):
            if several and (real := os.path.realpath(path)) in seen:
                continue
            if several:
                seen.add(real)
            yield Target(path=str(path), shown=show(path))


class _Homes:
    """Folders whose files are named by their own paths, not by those of links to them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(os.path.realpath(folder).rstrip(os.sep) + os.sep for folder in folders)

    def real(self, link: str) -> str:
        """Where a link leads, or the link itself if that is elsewhere."""
        real = os.path.realpath(link)
        return real if (real + os.sep).startswith(self.folders) else link


def _walk(
    top: str, settings: Settings, excluded: pathspec.GitIgnoreSpec | None, homes: _Homes
) -> Iterator[str]:
    default = settings.exclude is None
    ignores = _Gitignore(top) if settings.respect_gitignore else None
    named, real_top = os.path.abspath(top), os.path.realpath(top)  # noqa: PTH100
    entered: set[tuple[int, int]] = set()
    files: set[tuple[int, int]] = set()
    links: list[str] = []
    stack = [(top, ignores.outer() if ignores else (), _in_hugo_site(top), _suffixes_above(top))]
    while stack:
        folder, rules, site, more = stack.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            info = Path(folder).stat()
        except OSError:
            continue
        if (info.st_dev, info.st_ino) in entered:
            continue  # a symbolic link that leads back
        entered.add((info.st_dev, info.st_ino))
        names = {entry.name for entry in entries}
        if default and folder != top and any(name.endswith(GALLERY) for name in names):
            continue
        if ignores and ".gitignore" in names:
            rules = (*rules, *_read_ignore(folder))
        built = any(name in names for name in BUILT)
        hugo = any(name in names for name in HUGO)
        full = os.path.abspath(folder)  # noqa: PTH100 (a link on the way is judged by its own name)
        if (full + os.sep).startswith(named + os.sep):
            full = real_top + full[len(named) :]  # but rules count from where the folder really is
        more = _suffixes(f"{folder}/conf.py") if "conf.py" in names else more
        folders: list[tuple[str, bool]] = []
        for entry in entries:
            try:
                is_folder = entry.is_dir()
            except OSError:
                continue
            if is_folder:
                if default and _skip(entry, built=built, hugo=hugo):
                    continue
            elif not _wanted(entry.name, site=site, built=built, more=more):
                continue
            if rules and _ignored(rules, f"{full}{os.sep}{entry.name}", is_folder):
                continue
            if _matches(excluded, entry.path + ("/" if is_folder else ""), settings.root):
                continue
            if is_folder:
                folders.append((entry.path, entry.is_symlink()))
            elif entry.is_symlink():
                if _regular(entry):
                    links.append(entry.path)
            elif _regular(entry):
                files.add((info.st_dev, entry.inode()))
                yield entry.path
        for path, is_link in reversed(folders):
            inside = site or (hugo and Path(path).name in RESOURCES)
            real = homes.real(path) if is_link else path
            if real == path:
                stack.append((path, rules, inside, more))
            elif not _matches(excluded, real + "/", settings.root):
                outer = _Gitignore(real).outer() if ignores else ()
                stack.append((real, outer, inside or _in_hugo_site(real), _suffixes_above(real)))
    for link in links:
        try:
            info = Path(link).stat()
        except OSError:
            yield link  # leads nowhere: for the reader to report
            continue
        if (info.st_dev, info.st_ino) in files:
            continue
        files.add((info.st_dev, info.st_ino))
        real = homes.real(link)
        if real == link or not _matches(excluded, real, settings.root):
            yield real if Path(real).suffix == Path(link).suffix else link


def _wanted(name: str, *, site: bool, built: bool, more: frozenset[str]) -> bool:
    """Whether a walk takes a file; data files count only where Hugo content uses them."""
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122
    if suffix in DATA and (built or not site):
        return False
    return suffix in SEARCHED or suffix in more


def _suffixes_above(top: str) -> frozenset[str]:
    for folder in Path(os.path.abspath(top)).parents:  # noqa: PTH100
        if (folder / "conf.py").is_file():
            return _suffixes(str(folder / "conf.py"))
        if (folder / ".git").exists():
            break
    return frozenset()


def _suffixes(conf: str) -> frozenset[str]:
    """Endings such as ``.txt`` that a Sphinx project's ``source_suffix`` names, written as a literal."""
    try:
        text = Path(conf).read_text("utf-8", errors="replace")
    except OSError:
        return frozenset()
    if "source_suffix" not in text or not any(suffix in text for suffix in INCLUDED):
        return frozenset()
    named: Any = ()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about somebody else's code
            body = ast.parse(text).body
        for statement in body:
            if isinstance(statement, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == "source_suffix" for target in statement.targets
            ):
                named = ast.literal_eval(statement.value)
        if isinstance(named, dict):
            named = [suffix for suffix, parser in named.items() if parser in (None, "restructuredtext")]
        return frozenset(INCLUDED).intersection([named] if isinstance(named, str) else named)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return frozenset()  # not a literal: Sphinx alone knows


def _in_hugo_site(top: str) -> bool:
    path = Path(os.path.abspath(top))  # noqa: PTH100
    pairs = zip((path, *path.parents), path.parents, strict=False)
    return any(
        folder.name in RESOURCES and any((above / name).is_file() for name in HUGO) for folder, above in pairs
    )


def _regular(entry: os.DirEntry[str]) -> bool:
    """Whether opening ends: a pipe or device would not; a dangling link is left to the reader to report."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return entry.is_symlink()


def _skip(entry: os.DirEntry[str], *, built: bool, hugo: bool) -> bool:
    name = entry.name
    if name.startswith(".") and name not in SHOWN:
        return True
    if name.endswith(".egg-info") or os.path.exists(f"{entry.path}/pyvenv.cfg"):  # noqa: PTH110
        return True
    if hugo and name in ("public", "resources"):
        return True
    return name in SKIPPED and not (built and name in ("build", "dist", "env"))


_Rules: TypeAlias = "tuple[tuple[str, pathspec.GitIgnoreSpec], ...]"


class _Gitignore:
    """Ignore files above a folder, up to the top of its repository."""

    def __init__(self, top: str) -> None:
        self.top = Path(top).resolve()

    def outer(self) -> _Rules:
        """Rules from above; none when the folder itself is ignored, because it was asked for by name."""
        above: list[Path] = []
        folder = self.top
        while not (folder / ".git").exists():
            if folder == folder.parent:
                return ()  # not in a repository
            folder = folder.parent
            above.append(folder)
        rules: _Rules = ()
        for place in reversed(above):
            rules = (*rules, *_read_ignore(str(place)))
        path = self.top
        while path not in (folder, path.parent):
            if _ignored(rules, str(path), True):
                return ()
            path = path.parent
        if (info := folder / ".git/info/exclude").is_file():
            rules = (*_read_ignore(str(folder), str(info)), *rules)
        return rules


def _read_ignore(folder: str, file: str = "") -> _Rules:
    try:
        text = Path(file or f"{folder}/.gitignore").read_text("utf-8", errors="replace")
    except OSError:
        return ()
    import pathspec  # slow to import, and seldom needed

    lines = []
    for line in text.splitlines():
        try:
            pathspec.GitIgnoreSpec.from_lines([line])
        except ValueError:
            continue  # Git passes over a pattern it cannot read, so do we
        lines.append(line)
    return ((os.path.realpath(folder), pathspec.GitIgnoreSpec.from_lines(lines)),) if lines else ()


def _ignored(rules: _Rules, path: str, is_folder: bool) -> bool:
    """Whether the last rule that speaks about an absolute path ignores it."""
    for base, spec in reversed(rules):
        if path.startswith(base + os.sep):
            relative = path[len(base) + 1 :].replace(os.sep, "/") + ("/" if is_folder else "")
            verdict = spec.check_file(relative).include
            if verdict is not None:
                return bool(verdict)
    return False


def _spec(globs: Sequence[str]) -> pathspec.GitIgnoreSpec | None:
    if not globs:
        return None
    import pathspec  # slow to import, and seldom needed

    try:
        return pathspec.GitIgnoreSpec.from_lines(globs)
    except (ValueError, TypeError) as error:
        raise ConfigError(f"exclude: {error}; write a glob such as 'docs/generated/**'") from error


def _matches(spec: pathspec.GitIgnoreSpec | None, path: str, root: Path) -> bool:
    if spec is None:
        return False
    full = os.path.abspath(path)  # noqa: PTH100
    relative = os.path.relpath(full, root).replace(os.sep, "/")
    return bool(spec.match_file(relative + ("/" if path.endswith("/") else "")))


def dialect(path: str) -> str:
    """Whose Markdown a file is written in, as far as that tells what its images are.

    Parameters
    ----------
    path : str
        Path of a file.

    Returns
    -------
    str
        ``mkdocs`` (Python-Markdown), ``quarto`` and ``carpentries`` (both Pandoc), ``hugo`` (with our theme),
        by the nearest file that tells; ``""`` for anything else.
    """
    return _dialect(os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120


@lru_cache(maxsize=4096)
def _dialect(folder: str) -> str:
    here = Path(folder)
    for name, files in DIALECTS.items():
        if any((here / file).is_file() for file in files):
            return name
    for file in (*(here / name for name in HUGO), *sorted(here.glob("config/_default/*"))):
        try:
            text = file.read_text("utf-8", errors="replace") if file.is_file() else ""
        except OSError:
            continue
        if file.name == "config.yaml" and _CARPENTRY.search(text):
            return "carpentries"
        if _names_our_theme(text):
            return "hugo"
    if (here / ".git").exists() or here == here.parent:
        return ""
    return _dialect(str(here.parent))


def _names_our_theme(settings: str) -> bool:
    """Whether settings of a Hugo site give its theme one of our names, or import it as a module."""
    from ..hugo import NAMES  # seldom needed

    words = (word for match in _THEMES.finditer(settings) for word in re.split(r"[\s\[\],\"']+", match[1]))
    return any(word.rpartition("/")[2] in NAMES for word in words)


def include_path(written: str, including: str) -> str | None:
    """File that an include names, or None when there is no such file.

    Parameters
    ----------
    written : str
        Name as written; a leading ``/`` counts from the folder of ``conf.py``, or of a Hugo site.
    including : str
        Path of the file that includes it.
    """
    if not written or "\0" in written or "://" in written:
        return None
    folder = Path(including).parent
    places = [folder / written] if not written.startswith("/") else []
    for above in (folder, *Path(os.path.abspath(folder)).parents):  # noqa: PTH100
        if (above / "conf.py").is_file() or any((above / name).is_file() for name in HUGO):
            name = written.lstrip("/")
            places += [
                above / name,
                *(above / kind / name for kind in ("content", "assets", "data", "static")),
            ]
            break
        if (above / ".git").exists():
            break
    for place in places:
        try:
            if place.is_file():
                return os.path.normpath(place)
        except (OSError, ValueError):
            continue
    return None
