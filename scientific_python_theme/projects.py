"""The registry of projects and sites: load it, check it, add a site's own entries, ask it.

One TOML file (`hugo-theme/data/scientific_python/projects.toml`) is read by Hugo's templates
and by this module alike. A site's own file of the same shape is laid over it.
"""

from __future__ import annotations

import difflib
import importlib.metadata
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import attrs

from . import paths
from .errors import RegistryError

VERSION = 1
KINDS = ("core", "ecosystem", "site")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _frozen(value: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(value))


@attrs.frozen(kw_only=True)
class Project:
    """One project or site of the ecosystem.

    Parameters
    ----------
    id : str
        Lower-case name used in configuration and links, such as ``"scikit-learn"``.
    name : str
        Name in its owners' own spelling (``"pandas"`` is lower case).
    kind : {"core", "ecosystem", "site"}
        A core project of Scientific Python, any other project, or a site of the ecosystem.
    homepage : str
        Address of the home page.
    label : str
        Short name in the bar; the name when empty.
    docs : mapping of str to str
        Address of the documentation by version: ``stable``, ``dev`` or ``X.Y``.
    docs_pattern : str
        Address of any release's documentation, with ``{minor}`` (X.Y) or ``{full}`` (X.Y.Z).
    inventory : str
        Address of the stable inventory where it is not ``objects.inv`` below the documentation.
    import_names, aliases
        Names to import, and short names by convention (``np`` is ``numpy``).
    switcher : str
        Address of the JSON list of versions that version menus read.
    specs_endorsed, specs_adopted : tuple of int
        Numbers of SPECs. A core project endorses a SPEC; any project may adopt one.
    listed : bool
        Whether the bar lists it.
    sources : mapping of str to str
        Where each field was taken from.
    """

    id: str
    name: str
    homepage: str
    kind: str = "ecosystem"
    label: str = ""
    repository: str = ""
    pypi: str = ""
    import_names: tuple[str, ...] = ()
    aliases: Mapping[str, str] = attrs.field(factory=dict, converter=_frozen)
    license: str = ""
    logo: str = ""
    colours: tuple[str, ...] = ()
    docs: Mapping[str, str] = attrs.field(factory=dict, converter=_frozen)
    docs_pattern: str = ""
    inventory: str = ""
    registry_key: str = ""
    switcher: str = ""
    generator: str = ""
    forum: str = ""
    calendar: str = ""
    feed: str = ""
    video: str = ""
    accounts: tuple[str, ...] = ()
    specs_endorsed: tuple[int, ...] = ()
    specs_adopted: tuple[int, ...] = ()
    listed: bool = True
    hide: bool = False
    sources: Mapping[str, str] = attrs.field(factory=dict, converter=_frozen)

    def resolve_version(self, version: str) -> str:
        """Turn ``installed`` into the ``X.Y.Z`` found in this environment.

        Raises
        ------
        RegistryError
            If the project is not installed here.
        """
        if version != "installed":
            return version
        try:
            return importlib.metadata.version(self.pypi or self.id)
        except importlib.metadata.PackageNotFoundError as error:
            raise RegistryError(
                f"project {self.id!r}: not installed here, so its installed version is unknown; "
                f"pip install {self.pypi or self.id}, or name a version such as {self.id}@stable"
            ) from error

    def docs_url(self, version: str = "stable") -> str:
        """Address of the documentation of one version, ending in a slash.

        Parameters
        ----------
        version : str
            ``stable``, ``dev``, ``X.Y``, ``X.Y.Z`` or ``installed``.

        Raises
        ------
        RegistryError
            If the registry knows no documentation, or not of that version.
        """
        version = self.resolve_version(version)
        minor = ".".join(version.split(".")[:2])
        found = self.docs.get(version) or self.docs.get(minor)
        if not found and self.docs_pattern and version[:1].isdigit():
            if "{full}" in self.docs_pattern and version.count(".") < 2:
                raise RegistryError(
                    f"project {self.id!r}: documentation is kept by full version; "
                    f"write {self.id}@{version}.0 instead of {self.id}@{version}"
                )
            full = re.match(r"\d+(?:\.\d+)*", version)
            found = self.docs_pattern.format(minor=minor, full=full.group() if full else version)
        if not found:
            known = ", ".join(self.docs) or "none"
            raise RegistryError(
                f"project {self.id!r} has no documentation of version {version!r} in the registry "
                f'(known: {known}); add docs = {{ {version!r} = "https://…" }} to a registry of your own'
            )
        return found if found.endswith("/") else found + "/"

    def inventory_url(self, version: str = "stable") -> str:
        """Address of ``objects.inv`` of one version; same arguments and errors as `docs_url`."""
        if version == "stable" and self.inventory:
            return self.inventory
        return self.docs_url(version) + "objects.inv"


@attrs.frozen(kw_only=True)
class Spec:
    """One Scientific Python Ecosystem Coordination document.

    Parameters
    ----------
    number : int
        Number, from 0.
    title, url : str
        Title without the number, and address.
    draft : bool
        Whether it is still a draft.
    source : str
        Where these facts were taken from.
    """

    number: int
    title: str
    url: str
    draft: bool = False
    source: str = ""


@attrs.frozen(kw_only=True)
class Registry:
    """Every project and SPEC, and the order of the bar.

    Parameters
    ----------
    projects : mapping of str to Project
        By id; hidden ones are left out.
    specs : mapping of int to Spec
        By number.
    sites, more : tuple of str
        Ids in the bar, and ids at the end of its menu of projects.
    origins : mapping of str to str
        What the short codes in ``Project.sources`` stand for.
    """

    projects: Mapping[str, Project]
    specs: Mapping[int, Spec]
    sites: tuple[str, ...]
    more: tuple[str, ...]
    origins: Mapping[str, str] = attrs.field(factory=dict)

    def get(self, name: str) -> Project:
        """Find a project by id, name, import name, alias or key of the intersphinx registry.

        Raises
        ------
        RegistryError
            If there is none; the message names the nearest.
        """
        if name in self.projects:
            return self.projects[name]
        names = self._names()
        found = names.get(name.casefold())
        if found:
            return self.projects[found]
        near = difflib.get_close_matches(name.casefold(), names, n=1, cutoff=0.6)
        hint = f"did you mean {names[near[0]]!r}?" if near else "see: scientific-python-theme projects list"
        raise RegistryError(f"no project {name!r} in the registry; {hint}")

    def find(self, *, url: str = "", name: str = "") -> Project | None:
        """Which entry a site is, from its own address, else from its name.

        Parameters
        ----------
        url : str
            Address under which the site is published. The entry with the longest matching start wins.
        name : str
            Title of the site or of the project.

        Returns
        -------
        Project or None
            None when the site is not in the registry.
        """
        own = _bare(url)
        best: tuple[int, Project] | None = None
        for project in self.projects.values():
            for address in (project.homepage, *project.docs.values()):
                known = _bare(address)
                if own and (own + "/").startswith(known + "/") and (best is None or len(known) > best[0]):
                    best = (len(known), project)
        if best:
            return best[1]
        wanted = name.strip().casefold()
        for project in self.projects.values():
            # "Blog" and "Tools" name many sites: believe them only of a site without an address.
            believed = project.kind != "site" or not own or _is_local(url)
            names = (project.name, project.id, project.label) if believed else (project.name,)
            if wanted and wanted in (known.casefold() for known in names):
                return project
        return None

    def menu(self) -> list[Project]:
        """Projects in the bar: the core projects, by id, then those a site added."""
        kinds = {"core": 0, "ecosystem": 1}
        found = [p for p in self.projects.values() if p.kind in kinds and p.listed]
        return sorted(found, key=lambda p: (kinds[p.kind], p.id))

    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for project in self.projects.values():
            keys = (project.name, project.registry_key, project.pypi, *project.import_names, *project.aliases)
            for key in filter(None, keys):
                names.setdefault(key.casefold(), project.id)
            names[project.id] = project.id
        return names


def load(own: Path | Mapping[str, Any] | None = None, *, file: Path | None = None) -> Registry:
    """Read the registry, and lay a site's own entries over it.

    Parameters
    ----------
    own : pathlib.Path or mapping, optional
        A TOML file or a table with ``projects``, ``specs`` and ``bar`` as in the registry. Fields
        given replace those of the same project (tables such as ``docs`` key by key), ``hide = true``
        takes it away, a new id adds one.
    file : pathlib.Path, optional
        Another registry than the one of the theme.

    Returns
    -------
    Registry

    Raises
    ------
    RegistryError
        At the first fault, with file, line, key and remedy.
    """
    from .projects_reading import Layer, build  # it needs the types above

    base = file or paths.hugo_theme() / "data" / "scientific_python" / "projects.toml"
    layers = [Layer.read(base)]
    if isinstance(own, Path):
        layers.append(Layer.read(own))
    elif own:
        layers.append(Layer(where="registry of this site", text="", data=dict(own)))
    return build(layers)


def _bare(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return host + parts.path.rstrip("/") if host else ""


def _is_local(url: str) -> bool:
    host = _bare(url).partition("/")[0]
    return host in ("", "localhost", "example.org", "example.com", "::1") or host.startswith("127.")
