"""Search over the symbols of several projects, as static files.

Every name is filed under its last part and under the words of that part. Files ("shards") are
named by the first letters of what they hold and split further where they would grow large, so
that a query asks for a few kilobytes. ``symbol-search.js`` reads them; see there for the ranking.
"""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from . import inventory_lock
from .errors import InventoryError, RegistryError
from .files import replace_folder
from .inventory import Inventory, read
from .paths import hugo_theme
from .projects import Registry
from .projects_reading import is_address

FORMAT = 1
LIMIT = 7_000
"""Compressed size, in bytes, above which a shard is split."""
HEAD = 60
"""Entries a split shard keeps for queries that end where it was split."""
COPIES = 4
"""Entries of equal last part that are filed under each of its words."""

ROLES = {
    "py:function": 30,
    "py:class": 32,
    "py:exception": 20,
    "py:data": 16,
    "py:method": 14,
    "py:classmethod": 14,
    "py:staticmethod": 14,
    "py:property": 9,
    "py:attribute": 8,
    "py:module": 14,
    "py:type": 16,
    "np:function": 30,
    "c:function": 8,
    "c:macro": 4,
    "c:type": 6,
    "c:struct": 6,
    "c:var": 4,
    "c:enum": 4,
    "cpp:function": 8,
    "cpp:class": 8,
    "js:function": 8,
    "js:class": 8,
}
"""Kinds of object that are indexed, and how likely a reader means one of that kind."""

_PROJECTS = {
    "numpy": 12,
    "pandas": 11,
    "matplotlib": 10,
    "scipy": 9,
    "scikit-learn": 8,
    "xarray": 6,
    "networkx": 6,
    "sympy": 6,
    "python": 5,
    "astropy": 4,
    "scikit-image": 4,
    "seaborn": 9,
    "statsmodels": 3,
    "dask": 1,
}
_HABITS = {
    "df": "pandas.DataFrame",
    "ax": "matplotlib.axes.Axes",
    "axs": "matplotlib.axes.Axes",
    "axes": "matplotlib.axes.Axes",
    "fig": "matplotlib.figure.Figure",
    "arr": "numpy.ndarray",
    "rng": "numpy.random.Generator",
    "ds": "xarray.Dataset",
    "u": "astropy.units",
    "dt": "datetime",
    "sym": "sympy",
}
"""Names that readers give to variables and modules, and what they hold."""
_MAIN = re.compile(
    r"^(matplotlib\.(pyplot|axes\.Axes|figure\.Figure)|pandas\.(DataFrame|Series)|numpy\.(linalg|fft|random|ndarray)"
    r"|xarray\.(Dataset|DataArray)|sklearn\.model_selection)\."
)
_ASIDE = re.compile(
    r"(^|\.)((?<!pandas\.)(?<!sympy\.)core|testing|tests?|compat|legacy|deprecated|internals?|ma|matlib|char|rec|externals|mstats"
    r"|polynomial|typing|pickletools|ctypeslib|emath|distutils|f2py|api|backends?|blocks|fftpack|odr|mrecords|plotting)\."
)

# Controls, markup, and characters that reorder text have no place in a name.
_HOSTILE = re.compile('[\x00-\x1f\x7f<>"\u202a-\u202e\u2066-\u2069]')
_ELSEWHERE = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


@frozen
class Symbol:
    """One entry of the index.

    Parameters
    ----------
    name : str
        Full dotted name.
    project : str
        Identifier of the project.
    role : str
        Domain and role, such as ``"py:function"``.
    url : str
        Address below the project's documentation.
    title : str
        Name to show, ``""`` for the name itself.
    """

    name: str
    project: str
    role: str
    url: str
    title: str = ""

    @property
    def leaf(self) -> str:
        """Last part of the name."""
        return self.name.rpartition(".")[2] or self.name

    @property
    def parent(self) -> str:
        """Name without its last part."""
        return self.name.rpartition(".")[0]


def prior(symbol: Symbol, phrases: Container[str] = ()) -> int:
    """How likely a reader means this symbol, all else being equal.

    Parameters
    ----------
    symbol : Symbol
        The symbol.
    phrases : container of str
        Names that an everyday phrase stands for: those are asked for more.

    Returns
    -------
    int
        A number in [0, 99]; larger is likelier. A project's package comes first, then kinds that are
        called by name, then members; short public names come before deep or private ones, large
        projects before small.
    """
    value = 30 + ROLES.get(symbol.role, 0)
    if symbol.role == "py:data" and symbol.name in symbol.url.partition("#")[0]:
        value += ROLES["py:function"] - ROLES["py:data"]  # a page of its own: it is called (NumPy's ufuncs)
    if _is_root(symbol):
        value += 40
    value += _PROJECTS.get(symbol.project, 0)
    value -= 3 * max(0, symbol.name.count(".") - 2)
    if _MAIN.match(symbol.name):
        value += 13 if symbol.role == "py:method" else 5
    if symbol.name.startswith("pandas.Series."):
        value -= 1  # the frame is asked for more
    if _ASIDE.search(symbol.name):
        value -= 9
    if symbol.name in phrases:
        value += 6
    parts = symbol.name.split(".")
    if any(part.startswith("_") for part in parts):
        value -= 20
    return max(0, min(99, value))


def _is_root(symbol: Symbol) -> bool:
    """Whether this is the package that a project is imported by; none of Python's many modules is that."""
    return symbol.role == "py:module" and "." not in symbol.name and symbol.project != "python"


def normalise(text: str) -> str:
    """Key under which a word is filed: lower case letters and digits only.

    Parameters
    ----------
    text : str
        A name or word.

    Returns
    -------
    str
        The key; ``"_"`` when nothing is left of the text.
    """
    return re.sub(r"[^a-z0-9]+", "", text.lower()) or "_"


def words(leaf: str) -> list[str]:
    """Words of a name: parts between underscores and capital letters.

    Parameters
    ----------
    leaf : str
        Such as ``"train_test_split"`` or ``"RandomForestClassifier"``.

    Returns
    -------
    list of str
        Such as ``["train", "test", "split"]``, in lower case.
    """
    return [w.lower() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", leaf)]


def concepts(file: Path | None = None) -> dict[str, list[str]]:
    """Everyday phrases and the names they stand for.

    Parameters
    ----------
    file : pathlib.Path, optional
        A TOML table of ``phrase = [names]``; by default the theme's own list.

    Returns
    -------
    dict
        Names by phrase, in lower case.
    """
    file = file or hugo_theme() / "data" / "scientific_python" / "concepts.toml"
    return {phrase.lower(): names for phrase, names in tomllib.loads(file.read_text("utf-8")).items()}


Filed = dict[str, dict[Symbol, None]]
Spoken = dict[str, list[tuple[str, int]]]


def _file(symbols: Sequence[Symbol], phrases: Spoken) -> tuple[Filed, Filed]:
    """File symbols under their keys, forwards and (for misspelt beginnings) backwards."""
    forward: Filed = defaultdict(dict)
    backward: Filed = defaultdict(dict)
    by_leaf: dict[str, list[Symbol]] = defaultdict(list)
    for symbol in symbols:
        by_leaf[symbol.leaf].append(symbol)
    for leaf, same in by_leaf.items():
        same.sort(key=lambda s: (-prior(s, phrases), len(s.name), s.name))
        key = normalise(leaf)
        for symbol in same:
            forward[key][symbol] = None
        parts = words(leaf)
        if len(parts) > 2:
            parts.append("".join(word[0] for word in parts))
        for word in parts if len(parts) > 1 else ():
            if len(word) > 1 or word.isdigit():
                forward[word].update(dict.fromkeys(same[:COPIES]))
        if not leaf.startswith("_"):
            backward[key[::-1]].update(dict.fromkeys(same[:2]))
    named = {symbol.name: symbol for symbol in reversed(symbols)}
    for name, told in phrases.items():
        for word in {word for phrase, _ in told for word in phrase.split()}:
            forward[normalise(word)][named[name]] = None
    return forward, backward


def _encode(symbols: Iterable[Symbol], projects: Sequence[str], phrases: Spoken) -> bytes:
    """One shard as JSON: names, addresses and parents each written once."""
    parents: dict[str, int] = {}
    urls: dict[str, int] = {}
    roles = list(ROLES)
    leaves: dict[str, list[Any]] = {}
    hints = []
    for symbol in symbols:
        name, parent, leaf = symbol.name, symbol.parent, symbol.leaf
        # `$` stands for the whole name, `^` for the parent, as in objects.inv's own `$`.
        pattern = re.sub(r"[$^]", lambda m: f"%{ord(m[0]):02X}", symbol.url).replace(name, "$")
        if parent:
            pattern = pattern.replace(parent, "^")
        entry = leaves.setdefault(leaf, [])
        entry += [
            parents.setdefault(parent, len(parents)),
            projects.index(symbol.project) * 100 + roles.index(symbol.role),
            urls.setdefault(pattern, len(urls)),
            prior(symbol, phrases),
        ]
        if symbol.title:
            entry[-1] = [entry[-1], symbol.title]
        if name in phrases:
            hints.append([name, phrases[name]])
    data = {"q": list(parents), "u": list(urls), "l": leaves, "k": hints}
    if not hints:
        del data["k"]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _split(
    filed: Filed, prefix: str, projects: Sequence[str], phrases: Spoken, out: dict[str, bytes], mark: str
) -> None:
    """Write the shard of one prefix, or split it by the next letter."""
    held = dict.fromkeys(symbol for found in filed.values() for symbol in found)
    data = _encode(held, projects, phrases)
    children: dict[str, Filed] = defaultdict(dict)
    for key, found in filed.items():
        if len(key) > len(prefix):
            children[key[: len(prefix) + 1]][key] = found
    if len(gzip.compress(data, 6)) <= LIMIT or not children:
        out[mark + prefix] = data
        return
    exact = filed.get(prefix, {})
    best = sorted(held, key=lambda s: (-prior(s, phrases), len(s.name), s.name))[:HEAD]
    out[mark + prefix] = _encode(dict.fromkeys([*exact, *best]), projects, phrases)
    for child, sub in sorted(children.items()):
        _split(sub, child, projects, phrases, out, mark)


@frozen(kw_only=True)
class Source:
    """Inventory of one project, and where its documentation lies.

    Parameters
    ----------
    id, name : str
        Identifier and name of the project.
    home : str
        Address of its documentation, ending in a slash; ``""`` when unknown.
    inventory : Inventory
        Its link targets.
    """

    id: str
    name: str
    home: str
    inventory: Inventory


def folder(place: Path, registry: Registry) -> list[Source]:
    """Sources from a folder of ``<id>.inv`` files.

    Parameters
    ----------
    place : pathlib.Path
        The folder. A file ``addresses.toml`` in it (``id = "https://…"``) names the
        documentation of projects that the registry does not know.
    registry : Registry
        Registry of projects.

    Returns
    -------
    list of Source
        In order of file names.

    Raises
    ------
    InventoryError
        If there is no such file, or one cannot be trusted.
    """
    files = sorted(place.glob("*.inv"))
    if not files:
        raise InventoryError(f"{place}: no file named ID.inv; name a folder that holds such files")
    own = place / "addresses.toml"
    try:
        addresses = tomllib.loads(own.read_text("utf-8")) if own.is_file() else {}
    except (ValueError, RecursionError) as error:
        raise InventoryError(
            f'{own}: not valid TOML ({error}); write lines such as numpy = "https://…/"'
        ) from error
    for name, address in addresses.items():
        if not is_address(address):
            raise InventoryError(f"{own}: {name} = {address!r} is no address; write it whole, with https://")
    found = []
    for file in files:
        inventory = read(file)
        try:
            project = registry.get(file.stem)
        except RegistryError:
            name, home = inventory.project or file.stem, ""
        else:
            name, home = project.name, project.docs.get("stable", "")
        home = str(addresses.get(file.stem, home))
        home = home if not home or home.endswith("/") else home + "/"
        found.append(Source(id=file.stem, name=name, home=home, inventory=inventory))
    return found


def locked(place: Path, registry: Registry, only: Container[str] | None = None) -> list[Source]:
    """Sources from the inventories that a lock names.

    Parameters
    ----------
    place : pathlib.Path
        The lock, or a folder from which to look for it upwards.
    registry : Registry
        Registry of projects, for their names.
    only : container of str, optional
        Ids of those to take; by default all.

    Returns
    -------
    list of Source
        In order of the lock.

    Raises
    ------
    InventoryError
        If there is no lock, or a locked file is missing or was altered.
    """
    return [
        Source(
            id=one.id,
            name=registry.projects[one.id].name if one.id in registry.projects else one.name,
            home=one.docs,
            inventory=one.inventory,
        )
        for one in inventory_lock.locked(place, only)
    ]


def index(out: Path, sources: Sequence[Source], registry: Registry, *, own: str = "") -> dict[str, int]:
    """Write the search index of some inventories; see `build` for what is written and raised.

    Parameters
    ----------
    out : pathlib.Path
        Folder to write.
    sources : sequence of Source
        The inventories.
    registry : Registry
        Registry of projects, for the usual abbreviations (``np``).
    own : str
        Project whose names come first.

    Returns
    -------
    dict
        ``symbols``, ``shards`` and ``bytes`` written.
    """
    symbols = (
        Symbol(entry.name, source.id, entry.role, entry.uri, "" if entry.title == entry.name else entry.title)
        for source in sources
        for entry in source.inventory
    )
    aliases = {
        alias: name for project in registry.projects.values() for alias, name in project.aliases.items()
    }
    homes = {source.id: (source.name, source.home) for source in sources}
    return build(symbols, out, homes=homes, aliases=aliases, own=own)


def _roots(symbols: Iterable[Symbol]) -> dict[str, str]:
    """Package of each project: what most of its names begin with."""
    roots: dict[str, Counter[str]] = defaultdict(Counter)
    for symbol in symbols:
        root, dot, _ = symbol.name.partition(".")
        if root and dot and symbol.role.startswith("py:") and symbol.project != "python":
            roots[symbol.project][root] += 1
    return {project: counted.most_common(1)[0][0] for project, counted in roots.items()}


def _heads(roots: Mapping[str, str], aliases: Mapping[str, str]) -> dict[str, str]:
    """Words that name a project among others in a query, and the module they stand for."""
    heads: dict[str, str] = {}
    for project, root in roots.items():
        heads |= dict.fromkeys((root.lower(), project), root)
    return heads | {alias: name for alias, name in aliases.items() if name.partition(".")[0] in heads}


def build(
    symbols: Iterable[Symbol],
    out: Path,
    *,
    homes: Mapping[str, tuple[str, str]],
    aliases: Mapping[str, str],
    own: str = "",
    phrases: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, int]:
    """Write the index of some symbols into a folder, replacing what an earlier run left there.

    Parameters
    ----------
    symbols : iterable of Symbol
        What to index. Names with control characters or angle brackets are left out.
    out : pathlib.Path
        Folder to write: ``index.json`` and one file per shard.
    homes : mapping of str to (str, str)
        Name and documentation address of each project, by identifier.
    aliases : mapping of str to str
        Usual abbreviations: ``{"np": "numpy"}``.
    own : str
        Project whose names come first where several answer equally well.
    phrases : mapping, optional
        Everyday phrases and the names they stand for; by default those of the theme.

    Returns
    -------
    dict
        ``symbols``, ``shards`` and ``bytes`` written.

    Raises
    ------
    InventoryError
        If there is nothing to index, or `out` holds files that are not an index.
    """
    unique: dict[tuple[str, str], Symbol] = {}
    for symbol in symbols:
        if symbol.role not in ROLES or _HOSTILE.search(symbol.name) or _ELSEWHERE.match(symbol.url):
            continue
        if len(symbol.name) > 300 or len(symbol.url) > 600:
            continue
        seen = unique.get((symbol.project, symbol.name))
        if seen is None or ROLES[symbol.role] > ROLES[seen.role]:
            unique[symbol.project, symbol.name] = symbol
    if not unique:
        raise InventoryError("nothing to index: no inventory holds a function, class or other symbol")
    roots = _roots(unique.values())
    for project, root in roots.items():  # many inventories lack it; the first page is its
        unique.setdefault((project, root), Symbol(root, project, "py:module", ""))
    chosen = sorted(unique.values(), key=lambda s: (s.name, s.project))
    projects = sorted({symbol.project for symbol in chosen})
    known = {symbol.name for symbol in chosen}
    spoken: Spoken = defaultdict(list)
    for phrase, names in (concepts() if phrases is None else phrases).items():
        for rank, name in enumerate(name for name in names if name in known):
            spoken[name].append((phrase, rank))
    forward, backward = _file(chosen, spoken)
    shards: dict[str, bytes] = {}
    for filed, mark in ((forward, ""), (backward, "-")):
        starts: dict[str, Filed] = defaultdict(dict)
        for key, found in filed.items():
            starts[key[:2]][key] = found
        for start, sub in sorted(starts.items()):
            _split(sub, start, projects, spoken, shards, mark)
    manifest = {
        "format": FORMAT,
        "own": own,
        "projects": [[p, homes[p][0], homes[p][1]] for p in projects],
        "roles": list(ROLES),
        "aliases": _HABITS | {p: root for p, root in roots.items() if p != root} | dict(aliases),
        "heads": _heads(roots, aliases),
        "shards": " ".join(sorted(shards)),
    }
    # Bare, a key may be the manifest's name, or one that Windows keeps for a device (con, aux).
    files = {f"s-{key}.json": data for key, data in shards.items()}
    files["index.json"] = json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode()
    replace_folder(out, files, marker="index.json")
    return {"symbols": len(chosen), "shards": len(shards), "bytes": sum(map(len, files.values()))}
