"""What is known about the project whose documentation is built."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from scientific_python_theme.errors import RegistryError

from .given import given
from .messages import nearest, warn
from .registry import registry_of

if TYPE_CHECKING:
    from sphinx.config import Config

    from scientific_python_theme.projects import Project

#: Themes that take the parent's options.
FAMILY = frozenset({"scientific_python_theme", "pydata_sphinx_theme"})


@attrs.frozen(kw_only=True)
class Facts:
    """Facts about a project, from ``conf.py``, the registry and the checkout.

    Parameters
    ----------
    project : Project or None
        Entry of the registry.
    name : str
        Name in its owners' spelling; empty when unknown.
    version, release : str
        As in Sphinx: ``X.Y`` and the full version; empty when unknown.
    repository : str
        ``owner/name`` on GitHub; empty when unknown or elsewhere.
    branch : str
        Branch that is developed on.
    address : str
        Where the stable documentation is published; empty when unknown.
    source : pathlib.Path
        Folder of the documentation's sources.
    root : pathlib.Path or None
        Folder of the checkout.
    own_logo : bool
        Whether the parent's ``logo`` option says what the logo is.
    """

    project: Project | None
    name: str
    version: str
    release: str
    repository: str
    branch: str
    address: str
    source: Path
    root: Path | None
    own_logo: bool = False

    @property
    def docs_path(self) -> str:
        """Folder of the sources inside the repository; empty at its root."""
        if self.root is None:
            return ""
        path = self.source.relative_to(self.root).as_posix()
        return "" if path == "." else path


def gather(config: Config, source: Path, confdir: Path) -> Facts:
    """Collect what is known.

    Parameters
    ----------
    config : sphinx.config.Config
        The configuration.
    source : pathlib.Path
        Folder of the documentation's sources.
    confdir : pathlib.Path
        Folder of ``conf.py``.

    Returns
    -------
    Facts
        The facts; what is unknown is empty.
    """
    project = _project(config, confdir)
    name = config.project if given(config, "project") else project.name if project else ""
    release, version = (
        str(getattr(config, name) or "") if given(config, name) else "" for name in ("release", "version")
    )
    if not release and not version and project is not None and project.pypi:
        release = _installed(project.pypi)
    if not version:
        found = re.match(r"\d+\.\d+", release)
        version = found[0] if found else release
    repository = config.scientific_python_repository or (project.repository if project else "")
    source = source.resolve()
    return Facts(
        project=project,
        name=name,
        version=version,
        release=release or version,
        repository=_on_github(repository, given(config, "scientific_python_repository")),
        branch=config.scientific_python_branch,
        address=_address(config, project),
        source=source,
        root=_root(source),
        own_logo=isinstance(config.html_theme_options, dict) and bool(config.html_theme_options.get("logo")),
    )


def _project(config: Config, confdir: Path) -> Project | None:
    """Entry of the registry that ``conf.py`` names, or that its address or name leads to."""
    registry = registry_of(config, confdir)
    name: Any = getattr(config, "scientific_python_project", "")
    if not name:
        return None
    try:
        return registry.get(str(name))
    except RegistryError:
        warn(
            "project",
            f"conf.py: scientific_python_project = {name!r} is not in the registry; "
            f"{nearest(name, registry.projects)} (or add it with scientific_python_registry)",
        )
        config.scientific_python_project = ""  # said once; nobody else need stumble over it
        return None


def _address(config: Config, project: Project | None) -> str:
    if given(config, "html_baseurl"):
        return str(config.html_baseurl or "")
    return project.docs.get("stable", "") if project else ""


def _installed(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _on_github(repository: object, explicit: bool) -> str:
    found = re.fullmatch(
        r"(?:https?://github\.com/)?([\w.-]+/[\w.-]+?)(?:\.git)?/?", str(repository or "").strip()
    )
    if found:
        return found[1]
    if explicit and repository and "://" not in str(repository):
        warn(
            "option",
            f"conf.py: scientific_python_repository = {repository!r} is no repository; "
            'write "owner/name" or "https://github.com/owner/name"',
        )
    return ""


def tracked(facts: Facts) -> frozenset[str] | None:
    """Files of the sources that Git holds, relative to them; None where it cannot be asked."""
    if facts.root is None or not (facts.root / ".git").exists():
        return None
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z"], cwd=facts.source, capture_output=True, timeout=60, check=True,
            # In a hook they tell of another folder than this.
            env={name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    # Sources of which it holds nothing are a copy of those it does.
    return frozenset(os.fsdecode(done.stdout).split("\0")) if done.stdout else None


def _root(source: Path) -> Path | None:
    """Folder of the checkout: the nearest with ``.git``, else with ``pyproject.toml``."""
    for sign in (".git", "pyproject.toml"):
        for folder in (source, *source.parents):
            if (folder / sign).exists():
                return folder
    return None
