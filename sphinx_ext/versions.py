"""Versions of the documentation: a menu and a banner that need no network to be built or read.

The list of versions is a local JSON file in the parent theme's form (``version``, ``url``,
optionally ``name`` and ``preferred``). It is validated when the documentation is built and
printed into each page as plain links. Where the pages are served, a small script asks the
published list, on the same site only, so that old pages learn of newer versions.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from packaging.version import InvalidVersion, Version

from .addresses import scheme
from .messages import nearest, warn
from .places import BY_PAGE, PLACES, VERSION_SWITCHER, names
from .words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from .facts import Facts

TEMPLATES = Path(__file__).parent / "templates"
ENTRY_KEYS = frozenset({"version", "url", "name", "preferred"})
OPTION_KEYS = frozenset({"file", "url"})
#: What lists of versions call the branch that is developed on.
DEVELOPMENT = ("dev", "devdocs", "latest", "main", "master", "development")
OURS = "sp-versions.html"
SWITCHER_KEYS = frozenset({"json_url", "version_match"})


@attrs.frozen(kw_only=True)
class Entry:
    """One version in the list.

    Parameters
    ----------
    version : str
        What identifies it.
    url : str
        Address of its home page, ending in ``/``.
    name : str
        What the reader sees.
    preferred : bool
        Whether it is the stable version.
    """

    version: str
    url: str
    name: str
    preferred: bool = False


def read(text: str, where: str) -> tuple[list[Entry], list[str]]:
    """Read a list of versions.

    Parameters
    ----------
    text : str
        The JSON.
    where : str
        Name of the file, for messages.

    Returns
    -------
    entries : list of Entry
        What can be used.
    problems : list of str
        What cannot, each with its place and remedy.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return [], [f"{where}: not valid JSON: {error}"]
    if not isinstance(data, list):
        return [], [f"{where}: must be a list of versions (got {type(data).__name__})"]
    entries: list[Entry] = []
    problems: list[str] = []
    for number, item in enumerate(data):
        place = f"{where}: entry {number + 1}"
        if not isinstance(item, dict):
            problems.append(f"{place} must be an object with version and url (got {type(item).__name__})")
            continue
        faults = [
            f"{place} has no {key!r}"
            for key in ("version", "url")
            if not isinstance(item.get(key), str) or not item[key].strip()
        ]
        strange = [key for key in item if key not in ENTRY_KEYS]
        if faults:
            near = f"; {strange[0]!r}: {nearest(strange[0], ENTRY_KEYS)}" if strange else ""
            problems += [fault + near for fault in faults]
            continue
        if scheme(item["url"]) not in ("", "http", "https"):
            problems.append(f"{place}: url {item['url']!r} must begin with https:// or be relative")
            continue
        url = item["url"] if item["url"].endswith("/") else f"{item['url']}/"
        name = item.get("name")
        entries.append(
            Entry(
                version=item["version"],
                url=url,
                name=name if isinstance(name, str) and name else item["version"],
                preferred=item.get("preferred") is True,
            )
        )
    stable = [entry.version for entry in entries if entry.preferred]
    if len(stable) > 1:
        problems.append(f"{where}: more than one version is preferred ({', '.join(stable)}); keep one")
    return entries, problems


def match(known: Sequence[str], version: str, release: str) -> str | None:
    """Which entry of a list this build is.

    Parameters
    ----------
    known : sequence of str
        The ``version`` of each entry, best first.
    version, release : str
        As in Sphinx.

    Returns
    -------
    str or None
        The entry's ``version``; None if this build is not in the list.
    """
    for candidate in (release, version):
        if candidate and candidate in known:
            return candidate
    try:
        parsed = Version(release or version)
    except InvalidVersion:
        return next((word for word in DEVELOPMENT if word in known), None) if "dev" in release else None
    if parsed.is_devrelease or parsed.local is not None:
        return next((word for word in DEVELOPMENT if word in known), None)
    for candidate in (
        parsed.base_version,
        f"{parsed.major}.{parsed.minor}",
        f"{parsed.major}.{parsed.minor}.x",
    ):
        for prefix in ("", "v"):
            if prefix + candidate in known:
                return prefix + candidate
    return None


def guess(version: str, release: str) -> str:
    """``version_match`` where the list cannot be read while building: ``dev`` or the version."""
    return match(["dev"], version, release) or version or release


@attrs.define(eq=False)
class Menu:
    """The versions of this build."""

    entries: list[Entry] = attrs.field(factory=list)
    current: str | None = None
    url: str = ""  # of the published list; relative ones from the site's root

    def prepare(self, app: Sphinx, config: Config, facts: Facts) -> None:
        """Read and validate the list that ``conf.py`` names; check the parent's option of that name."""
        check_switcher(app, config, facts)
        value = config.scientific_python_versions
        if not value:
            return
        wanted = {"file": value} if isinstance(value, str) else dict(value)
        for key in set(wanted) - OPTION_KEYS:
            warn(
                "versions",
                f"conf.py: scientific_python_versions: unknown key {key!r}; {nearest(key, OPTION_KEYS)}",
            )
        name = wanted.get("file", "")
        if not isinstance(name, str) or not name or "://" in name:
            warn(
                "versions",
                f"conf.py: scientific_python_versions names no local file (got {name!r}); write the path "
                'of the JSON file in the sources, and its address as {"file": …, "url": …}',
            )
            return
        self.entries = load(name, facts.source)
        config._scientific_python_versions = [attrs.astuple(entry) for entry in self.entries]
        self.current = match([entry.version for entry in self.entries], facts.version, facts.release)
        url = (
            wanted.get("url") or (facts.project.switcher if facts.project else "") or _published(name, config)
        )
        self.url = url if isinstance(url, str) else ""
        config.templates_path = [*config.templates_path, str(TEMPLATES)]

    def add_to_page(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
    ) -> None:
        """Give the component its entries, and put it where the project placed the parent's switcher."""
        if not self.entries:
            if not context.get("theme_switcher"):  # the parent's button would open on nothing
                _place(context, None)
            return
        root = context.get("content_root", "")
        context["scientific_python_versions"] = {
            "entries": [
                {
                    **attrs.asdict(entry),
                    "current": entry.version == self.current,
                    "url": _from_page(entry.url, root),
                }
                for entry in self.entries
            ],
            "current": next((e.name for e in self.entries if e.version == self.current), app.config.version),
            "version": self.current or app.config.version,
            "list": _from_page(self.url, root),
            "page": app.builder.get_target_uri(pagename) if pagename in app.env.all_docs else "",
            "banner": bool(context.get("theme_show_version_warning_banner", True)),
            "words": words(app.config.language),
        }
        _place(context, OURS)
        context["theme_switcher"] = None  # the parent's script would ask for the list once more


def _place(context: dict[str, Any], component: str | None) -> None:
    """Put a component where the project placed the parent's switcher; None takes that away."""

    def placed(value: Any) -> list[str]:
        found = [component if name in VERSION_SWITCHER else name for name in names(value)]
        return [name for name in found if name is not None]

    for place in (*(f"theme_{name}" for name in (*PLACES, BY_PAGE)), "sidebars"):
        value = context.get(place)
        if isinstance(value, dict):
            context[place] = {page: placed(listed) for page, listed in value.items()}
        elif value:
            context[place] = placed(value)


def load(name: str, source: Path) -> list[Entry]:
    """Read a list of versions from the sources; what is wrong with it is a warning."""
    file = source / name
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        there = {
            found.relative_to(source).as_posix()
            for folder in (file.parent, source / "_static")
            if folder.is_dir() and folder.is_relative_to(source)
            for found in folder.glob("*.json")
        }
        hint = nearest(name, there) if there else "no JSON file lies there"
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        warn("versions", f"{name}: the list of versions cannot be read ({reason}); {hint}")
        return []
    entries, problems = read(text, name)
    for problem in problems:
        warn("versions", problem)
    return entries


def check_switcher(app: Sphinx, config: Config, facts: Facts) -> None:
    """Complete the parent's ``switcher`` option, or put it aside where it would end the build."""
    options = config.html_theme_options
    switcher = options.get("switcher") if isinstance(options, dict) else None
    if not isinstance(switcher, dict) or not switcher:
        return
    kept = dict(switcher)
    url = kept.get("json_url")
    for key in set(kept) - SWITCHER_KEYS:
        warn(
            "versions",
            f"conf.py: html_theme_options['switcher']: unknown key {key!r}; {nearest(key, SWITCHER_KEYS)}",
        )
    if not isinstance(url, str) or not url:
        warn(
            "versions",
            "conf.py: html_theme_options['switcher'] has no 'json_url'; the version menu is left out",
        )
        config.html_theme_options = {key: value for key, value in options.items() if key != "switcher"}
        return
    if not isinstance(kept.get("version_match"), str):
        kept["version_match"] = guess(facts.version, facts.release)
    changes: dict[str, Any] = {"switcher": kept}
    if scheme(url) in ("http", "https"):
        if options.get("check_switcher") in (True, "True", "true", "1"):
            _check_remote(url)
    elif not (app.srcdir / url).is_file() and url.startswith(("/", "../")):
        pass  # an address on the site, not a path in the sources
    else:
        load(url, facts.source)
    # Checked by us just now: the parent would ask the network, or end the build at broken JSON.
    changes["check_switcher"] = False
    config.html_theme_options = {**options, **changes}


def _check_remote(url: str) -> None:
    import requests

    try:
        answer = requests.get(url, timeout=10)
        answer.raise_for_status()
    except requests.RequestException as error:
        warn(
            "versions",
            f"{url}: the list of versions cannot be reached ({type(error).__name__}); the build goes on",
        )
        return
    for problem in read(answer.text, url)[1]:
        warn("versions", problem)


def _published(name: str, config: Config) -> str:
    """Where Sphinx puts a file of the sources, from the root of the site."""
    for folder in config.html_static_path:
        if name.startswith(f"{str(folder).rstrip('/')}/"):
            return f"_static/{name.removeprefix(str(folder).rstrip('/') + '/')}"
    return ""


def _from_page(url: str, root: str) -> str:
    return url if not url or "://" in url or url.startswith("/") else root + url
