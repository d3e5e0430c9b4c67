"""What became of link targets between two states of a project's documentation."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from itertools import islice
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from attrs import frozen

from . import redirects as tables
from .inventory import Entry, Inventory
from .links import walk
from .lint.sources.html_dom import Page

_PARTS = re.compile(r"[./:]")
_GALLERY = re.compile(r"sphx_glr_(download_)?")


@frozen(kw_only=True)
class Change:
    """One target that is not where it was.

    Parameters
    ----------
    kind : str
        ``"moved"`` to another address, ``"renamed"``, or ``"gone"``.
    old : Entry
        The target as it was.
    new : Entry or None
        Where it is now, or the one candidate it may have been renamed to.
    near : tuple of str
        For a gone target: names that resemble it, best first.
    """

    kind: str
    old: Entry
    new: Entry | None = None
    near: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line for a person."""
        old = f"{self.old.role} {self.old.name}"
        if self.kind == "gone":
            hint = f" (perhaps {', '.join(self.near)})" if self.near else ""
            return f"gone     {old}{hint}"
        assert self.new is not None
        if self.kind == "moved":
            return f"moved    {old}: {self.old.uri} -> {self.new.uri}"
        return f"renamed  {old} -> {self.new.name}"


@frozen(kw_only=True)
class Changes:
    """All differences between two inventories.

    Parameters
    ----------
    same : int
        Number of targets that are where they were.
    changes : tuple of Change
        The others, sorted by kind, role and name.
    added : tuple of Entry
        Targets that were not there before.
    """

    same: int
    changes: tuple[Change, ...]
    added: tuple[Entry, ...]

    def of(self, kind: str) -> list[Change]:
        """List the changes of one kind."""
        return [change for change in self.changes if change.kind == kind]


def _split(entry: Entry) -> tuple[str, str]:
    """Place and own part of a target's name, such as ``numpy.linalg.`` and ``inv``.

    Labels and terms are no dotted names; those that sphinx-gallery makes are their page's path.
    """
    name = entry.name
    if entry.role == "std:label" and (gallery := _GALLERY.match(name)):
        folder = "".join(part + "_" for part in _page(entry.uri).lower().split("/")[:-1])
        at = gallery.end() + len(folder) * name.startswith(folder, gallery.end())
    elif entry.role == "std:doc":
        at = name.rfind("/") + 1
    else:
        at = 0 if entry.role.startswith("std:") else len(name) - len(_PARTS.split(name)[-1])
    return name[:at], name[at:]


class _Alike:
    """Words in order of their beginnings and of their ends, where those alike stand close together."""

    def __init__(self, words: Iterable[str]) -> None:
        unique = set(words)
        self.ahead = sorted(unique)
        self.back = sorted(word[::-1] for word in unique)

    def near(self, word: str, n: int, cutoff: float) -> list[str]:
        """Words that resemble one, best first; a few around its place are looked at, not all."""
        i, j = bisect_left(self.ahead, word), bisect_left(self.back, word[::-1])
        around = {*self.ahead[max(0, i - 5) : i + 5], *(w[::-1] for w in self.back[max(0, j - 5) : j + 5])}
        return difflib.get_close_matches(word, around - {word}, n=n, cutoff=cutoff)


def _family(entry: Entry) -> str:
    """Targets of one family may change into each other without being another one."""
    domain, _, kind = entry.role.partition(":")
    if domain != "std":
        return domain
    gallery = _GALLERY.match(entry.name)
    return gallery[0] if gallery else kind  # an example has two labels


def compare(old: Inventory, new: Inventory) -> Changes:
    """Compare two states of a project's inventory.

    Parameters
    ----------
    old, new : Inventory
        The states.

    Returns
    -------
    Changes
        A target is *renamed* when its name is gone and exactly one name of the same family
        has the same last part, or one that is new in the same place has one spelt much alike.
    """
    then = {(e.role, e.name): e for e in old}
    now = {(e.role, e.name): e for e in new}
    known = {(_family(entry), entry.name) for entry in old}
    kin: dict[tuple[str, str], Entry] = {}  # a function may have become a class
    by_leaf: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    unseen: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    fresh: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (role, name), entry in now.items():
        family, (place, own) = _family(entry), _split(entry)
        by_leaf[family, own.lower()].append(entry)
        if (role, name) not in then:
            kin[family, name] = entry
        if (family, name) not in known:
            unseen[family, own.lower()].append(entry)
            fresh[family, place].append(own)
    spelt = cache(lambda family, place: _Alike(fresh[family, place]))
    named = cache(lambda family, own: _Alike(entry.name for entry in by_leaf[family, own]))
    same, changes = 0, []
    for (role, name), entry in then.items():
        family, (place, own) = _family(entry), _split(entry)
        found = now.get((role, name)) or kin.get((family, name))
        if found is not None:
            if found.uri == entry.uri:
                same += 1
            else:
                changes.append(Change(kind="moved", old=entry, new=found))
            continue
        key = family, own.lower()
        others = (c for c in by_leaf[key] if c.name != name)
        chosen = unseen[key] if len(unseen[key]) == 1 else list(islice(others, 2))
        if len(chosen) == 1:
            changes.append(Change(kind="renamed", old=entry, new=chosen[0]))
            continue
        alike = [place + word for word in spelt(family, place).near(own, 2, 0.85)]
        if len(alike) == 1:
            changes.append(Change(kind="renamed", old=entry, new=kin[family, alike[0]]))
            continue
        near = named(*key).near(name, 3, 0) if chosen else alike
        changes.append(Change(kind="gone", old=entry, near=tuple(near)))
    changes.sort(key=lambda c: (c.kind, c.old.role, c.old.name))
    added = sorted((e for k, e in now.items() if k not in then), key=lambda e: (e.role, e.name))
    return Changes(same=same, changes=tuple(changes), added=tuple(added))


def is_public(entry: Entry) -> bool:
    """Whether others may rely on a target: no part of its name begins with one underscore.

    Parameters
    ----------
    entry : Entry
        A target of an inventory.

    Returns
    -------
    bool
        False for ``numpy._core.multiarray``.
    """
    parts = _PARTS.split(entry.name)
    return not any(part.startswith("_") and not part.startswith("__") for part in parts)


def guard(
    old: Inventory,
    new: Inventory,
    redirected: Iterable[str] = (),
    *,
    labels: bool = False,
    moved: bool = False,
) -> list[Change]:
    """Public targets that a release takes away without leading readers on.

    Parameters
    ----------
    old, new : Inventory
        Inventories of the last release and of the one to come.
    redirected : iterable of str
        Paths, relative to the documentation, that lead on to another page; ``*`` stands for any text.
    labels : bool
        Whether labels and glossary terms count, besides objects and pages.
    moved : bool
        Whether a target whose page was moved away counts.

    Returns
    -------
    list of Change
        Such targets, those on redirected pages left out.
    """
    leads_on = {_page(path) for path in redirected}
    patterns = [path for path in leads_on if "*" in path]
    pages = {_page(entry.uri) for entry in new}
    lost = []
    for change in compare(old, new).changes:
        page = _page(change.old.uri)
        if page in leads_on or any(fnmatchcase(page, p) for p in patterns) or not is_public(change.old):
            continue
        if change.kind == "moved" and (not moved or page in pages):
            continue
        if change.old.role.startswith("std:") and change.old.role != "std:doc" and not labels:
            continue
        lost.append(change)
    return lost


def _page(uri: str) -> str:
    """Page of an address in one spelling."""
    path = unquote(uri.partition("#")[0]).lstrip("/")
    return re.sub(r"(^|/)index\.html?$|\.html?$", r"\1", path).rstrip("/")


def _pages(files: Iterable[Path]) -> list[Path]:
    return sorted(path for path in files if path.suffix == ".html" and path.is_file())


def redirects(folder: Path) -> Iterator[str]:
    """Paths of a built documentation that lead on: redirect pages and lines of ``_redirects``.

    What reloads itself, or leads in a circle or to a page that is not there, leads nowhere; nor does a
    line of ``_redirects`` with a status other than 3xx. Its paths begin at the folder.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the built documentation.

    Yields
    ------
    str
        Path relative to the folder; ``*`` stands for any text.
    """
    stubs: dict[str, tuple[str, str]] = {}
    files = list(walk(folder))
    pages = {_page(quote(path.relative_to(folder).as_posix())) for path in files}
    for path in _pages(files):
        name = path.relative_to(folder).as_posix()
        with path.open("rb") as file:
            if b"http-equiv" in file.read(4096).lower() and (target := refresh(path)):
                stubs[_page(quote(name))] = name, target
    for line in tables.read(folder / "_redirects"):
        if 300 <= line.status < 400 and _page(line.source) not in pages:
            stubs.setdefault(_page(line.source), (line.source, line.target))
    for page, (name, _) in stubs.items():
        if _arrives(page, stubs, pages):
            yield name.lstrip("/") if name.startswith("/") else quote(name)


def refresh(path: Path) -> str:
    """Address that a page sends its readers on to, or an empty text.

    Parameters
    ----------
    path : pathlib.Path
        A built page.

    Returns
    -------
    str
        The address as it is written.
    """
    page = Page(path.read_text("utf-8", errors="replace"), path.name)
    for meta in page.select("meta[http-equiv]"):
        if (meta.attr("http-equiv") or "").lower() == "refresh":
            return tables.refresh(meta.attr("content") or "")
    return ""


def _arrives(page: str, stubs: Mapping[str, tuple[str, str]], pages: Container[str]) -> bool:
    """Whether a chain of redirects ends on a page, or outside of the folder."""
    for _ in range(10):
        if page in pages and page not in stubs:
            return True
        # Of `/latest/*` the folder itself is one, too.
        open_ones = (s for s in stubs if "*" in s and (fnmatchcase(page, s) or page == s.removesuffix("/*")))
        key = page if page in stubs else next(open_ones, None)
        if key is None:
            return False
        name, target = stubs[key]
        line = name.startswith("/")
        try:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or (target.startswith("/") and not line):
                return True  # where the folder is published is not known
            if line and (open_ := re.sub(r":\w+", "*", parts.path)) != parts.path:
                return _page(open_) != key  # the text in place of `:splat` is not known
            page = _page(urljoin("/" if line else "/" + quote(name), target.partition("?")[0]))
        except ValueError:
            return False
    return False


@frozen(kw_only=True)
class Doomed:
    """A link of a built site that an inventory does not know (any more).

    Parameters
    ----------
    page : str
        Page it stands on, relative to the site.
    line : int
        1-based line of the element.
    url : str
        The link.
    project : str
        Project it leads to.
    message : str
        What is wrong and what to link to instead, if that is known.
    """

    page: str
    line: int
    url: str
    project: str
    message: str


def doomed(
    site: Path,
    homes: Mapping[str, str],
    now: Mapping[str, Inventory],
    then: Mapping[str, Inventory] | None = None,
) -> tuple[int, list[Doomed]]:
    """Links of a built site into other projects' documentation that would break.

    Parameters
    ----------
    site : pathlib.Path
        Folder of the built site.
    homes : mapping of str to str
        Address of each project's documentation.
    now : mapping of str to Inventory
        What each project's documentation holds (or will hold).
    then : mapping of str to Inventory, optional
        What it held when the links were written; lets a moved target be named.

    Returns
    -------
    count : int
        Number of links into those projects.
    links : list of Doomed
        Those that lead to nothing. A page or an anchor that neither state lists is left
        alone unless it names an object (``#numpy.linspace``), since inventories do not
        list every heading.
    """
    pages = {id_: {_page(e.uri) for e in inventory} for id_, inventory in now.items()}
    uris = {id_: {_spelt(e.uri) for e in inventory} for id_, inventory in now.items()}
    before = {id_: {_spelt(e.uri): e for e in inventory} for id_, inventory in (then or {}).items()}
    names = {id_: {e.name: e for e in inventory} for id_, inventory in now.items()}
    moves = {id_: compare(then[id_], now[id_]) for id_ in now if then and id_ in then}
    after = {id_: {c.old.name: c for c in changes.changes} for id_, changes in moves.items()}
    found: list[Doomed] = []
    count = 0
    for path in _pages(walk(site)):
        name = path.relative_to(site).as_posix()
        for element in Page(path.read_text("utf-8", errors="replace"), name).select("a[href^=http]"):
            url = element.attr("href") or ""
            owner = max(
                (i for i, home in homes.items() if url.startswith(home)),
                key=lambda i: len(homes[i]),
                default="",
            )
            if not owner or owner not in now:
                continue
            count += 1
            uri = url[len(homes[owner]) :].lstrip("/")
            page, _, anchor = uri.partition("#")
            page = page.partition("?")[0]
            spelt = _spelt(f"{page}#{anchor}" if anchor else page)
            if spelt in uris[owner]:
                continue
            known = before.get(owner, {}).get(spelt)
            named = unquote(anchor)
            if known is None and anchor and named in names[owner]:
                message = f"{named} is now at {homes[owner]}{names[owner][named].uri}"
            elif known is not None:
                change = after[owner].get(known.name)
                if change is None:
                    continue  # the object has another spelling of the same address
                message = str(change).replace("  ", " ")
            elif _page(page) not in pages[owner] and (
                owner in before or any(e.role == "std:doc" for e in now[owner])
            ):
                if owner in before and _page(page) not in {_page(u) for u in before[owner]}:
                    continue  # never listed: a file beside the pages
                message = f"there is no page {page!r}"
            elif "." in named and named.split(".")[0] in {n.split(".")[0] for n in names[owner] if "." in n}:
                near = difflib.get_close_matches(named, names[owner], n=1, cutoff=0.8)
                message = f"there is no {named}" + (f"; did you mean {near[0]}?" if near else "")
            else:
                continue
            found.append(
                Doomed(page=name, line=element.source_line or 1, url=url, project=owner, message=message)
            )
    return count, found


def _spelt(uri: str) -> str:
    page, hash_, anchor = uri.partition("#")
    return _page(page) + (hash_ + unquote(anchor) if anchor else "")
