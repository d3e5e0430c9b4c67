"""Links from documented objects to their source on GitHub."""

from __future__ import annotations

import functools
import inspect
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from packaging.version import InvalidVersion, Version

from .given import given
from .messages import nearest, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from .facts import Facts

KEYS = frozenset({"repository", "package", "path", "branch", "tag"})


@attrs.frozen(kw_only=True)
class Source:
    """Where the source of a package is.

    Parameters
    ----------
    repository : str
        ``owner/name`` on GitHub.
    package : str
        Name to import.
    ref : str
        Tag, branch or commit.
    path : str
        Folder of the package in the repository; empty: the package's own name.
    """

    repository: str
    package: str
    ref: str
    path: str = ""

    def resolve(self, domain: str, info: dict[str, str]) -> str | None:
        """Address of an object's source; this is Sphinx's ``linkcode_resolve``.

        Parameters
        ----------
        domain : str
            Domain of the object; only ``"py"`` is known.
        info : dict
            ``module`` and ``fullname``.

        Returns
        -------
        str or None
            None where there is no Python source of this package to show.
        """
        if domain != "py" or not info.get("module"):
            return None
        found = locate(info["module"], info.get("fullname", ""))
        if found is None:
            return None
        file, first, last = found
        folder = _package_folder(self.package)
        if folder is None or not file.is_relative_to(folder):
            return None
        where = (Path(self.path or self.package.replace(".", "/")) / file.relative_to(folder)).as_posix()
        lines = f"#L{first}-L{last}" if last > first else f"#L{first}"
        return f"https://github.com/{self.repository}/blob/{self.ref}/{where}{lines}"


def locate(module: str, name: str) -> tuple[Path, int, int] | None:
    """File and lines where a Python object is defined.

    Parameters
    ----------
    module : str
        Name of an imported module.
    name : str
        Dotted name in it; empty for the module itself.

    Returns
    -------
    tuple of pathlib.Path, int, int, or None
        File, first and last line (from 1); None for what is not written in Python.
    """
    found: Any = sys.modules.get(module)
    if found is None:
        return None
    try:
        for part in filter(None, name.split(".")):
            found = inspect.getattr_static(found, part) if inspect.isclass(found) else getattr(found, part)
        found = unwrap(found)
        file = inspect.getsourcefile(found)
        if file is None:
            return None
        if inspect.ismodule(found):
            return Path(file).resolve(), 1, 1
        lines, first = inspect.getsourcelines(found)
    # Foreign objects may raise anything from their attributes: they only lose a link.
    except Exception:  # noqa: BLE001
        return None
    first = max(first, 1)
    return Path(file).resolve(), first, first + len(lines) - 1


def unwrap(thing: Any) -> Any:
    """Find the function behind decorators, properties, methods and partials.

    Parameters
    ----------
    thing : object
        Anything a name may stand for.

    Returns
    -------
    object
        What `inspect` can look up, or `thing`.
    """
    for _ in range(32):  # a chain of wrappers may be a ring
        if isinstance(thing, property):
            inner = thing.fget
        elif isinstance(thing, functools.cached_property | functools.partial | functools.partialmethod):
            inner = thing.func
        elif isinstance(thing, staticmethod | classmethod):
            inner = thing.__func__
        else:
            inner = getattr(thing, "__wrapped__", None)
        if inner is None or inner is thing:
            return thing
        thing = inner
    return thing


def ref(release: str, branch: str, tag: str) -> str:
    """Git reference of a version.

    Parameters
    ----------
    release : str
        Full version.
    branch : str
        Branch that is developed on.
    tag : str
        Form of release tags, with ``{version}``.

    Returns
    -------
    str
        The commit a development version names, else the branch; the tag of a release.
    """
    try:
        version = Version(release)
    except InvalidVersion:
        return branch
    commit = re.search(r"(?:^|[.+])g([0-9a-f]{7,40})(?:\.|$)", version.local or "")
    if commit:
        return commit[1]
    if version.is_devrelease or version.local is not None:
        return branch
    return tag.replace("{version}", release)


@functools.cache
def _package_folder(package: str) -> Path | None:
    module = sys.modules.get(package)
    file = getattr(module, "__file__", None)
    return Path(file).resolve().parent if file else None


def prepare(app: Sphinx, config: Config, facts: Facts) -> None:
    """Set ``linkcode_resolve`` where it is wanted and nobody gave one.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application; ``sphinx.ext.linkcode`` is loaded if need be.
    config : sphinx.config.Config
        Its configuration; changed.
    facts : Facts
        Facts about the project.
    """
    wanted = config.scientific_python_linkcode
    if wanted is False or given(config, "linkcode_resolve"):
        return
    if wanted is None and "sphinx.ext.linkcode" not in config.extensions:
        return
    source = _source(wanted if isinstance(wanted, dict) else {}, facts)
    if source is None:
        return
    app.setup_extension("sphinx.ext.linkcode")

    def linkcode_resolve(domain: str, info: dict[str, str]) -> str | None:
        return source.resolve(domain, info)

    config.linkcode_resolve = linkcode_resolve  # a function: Sphinx warns of a method


def _source(wanted: dict[str, Any], facts: Facts) -> Source | None:
    for key in set(wanted) - KEYS:
        warn("linkcode", f"conf.py: scientific_python_linkcode: unknown key {key!r}; {nearest(key, KEYS)}")
    for key in KEYS & wanted.keys():
        if not isinstance(wanted[key], str):
            kind = type(wanted[key]).__name__
            warn("linkcode", f"conf.py: scientific_python_linkcode[{key!r}] must be a string (got {kind})")
            return None
    repository = wanted.get("repository") or facts.repository
    names = facts.project.import_names if facts.project else ()
    package = wanted.get("package") or (
        names[0] if names else repository.rpartition("/")[2].replace("-", "_")
    )
    repository = repository.removeprefix("https://github.com/").rstrip("/")
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        warn(
            "linkcode",
            f"conf.py: source links need a repository on GitHub (got {repository!r}); write "
            'scientific_python_linkcode = {"repository": "owner/name", "package": "name"}',
        )
        return None
    tag = wanted.get("tag") or "v{version}"
    return Source(
        repository=repository,
        package=package,
        ref=ref(facts.release, wanted.get("branch") or facts.branch, tag),
        path=wanted.get("path", "").strip("/") or place(facts.root, package),
    )


def place(root: Path | None, package: str) -> str:
    """Folder of a package in a checkout: its own name, or that below ``src``, ``lib`` or ``python``.

    Parameters
    ----------
    root : pathlib.Path or None
        Folder of the checkout.
    package : str
        Name to import.

    Returns
    -------
    str
        Path from the root; empty where none of them is there.
    """
    name = package.replace(".", "/")
    around = [name, *(f"{above}/{name}" for above in ("src", "lib", "python"))]
    return next((path for path in around if root and (root / path).is_dir()), "")
