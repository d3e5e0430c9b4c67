"""Check links and anchors of a built site, without a server and without the network.

A link counts as broken only when nothing a static host does would make it work: a folder
answers with its ``index.html``, ``page`` with ``page.html``, a redirect page or a line of
``_redirects`` leads on. What only a script can decide (``#/route``) is left alone.
"""

from __future__ import annotations

import difflib
import fnmatch
import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from attrs import Factory, define, evolve, frozen

from . import redirects
from .errors import ThemeError
from .lint.sources.html_dom import Page
from .lint.sources.html_generators import candidates
from .projects_reading import is_address

MAX_BYTES = 50_000_000
"""Pages larger than this are not parsed, only known to exist."""

HINTS = 1_000_000
"""Names that are compared with those of broken links, which takes some seconds; later ones get no hint."""

_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href", "imagesrcset"),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_SELECTOR = ",".join(f"{tag}[{name}]" for tag, names in _ATTRIBUTES.items() for name in names).replace(
    ":", r"\:"
)
_SPACES = re.compile(r"[\t\n\r]+")
_STRIPPED = "".join(map(chr, range(33)))  # what browsers take off both ends of an address
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@frozen(kw_only=True)
class Broken:
    """A link that leads nowhere.

    Parameters
    ----------
    page : str
        Page it stands on, relative to the site's folder.
    line, column : int
        Place of the element's start tag, 1-based.
    link : str
        The address as written.
    reason : str
        ``"page"``, ``"file"``, ``"anchor"``, ``"case"`` or ``"redirect"``.
    message : str
        What is wrong and, where something is near, what was probably meant.
    also : int
        Further pages with the very same link.
    """

    page: str
    line: int
    column: int
    link: str
    reason: str
    message: str
    also: int = 0


@define(kw_only=True)
class Report:
    """What a check found.

    Parameters
    ----------
    pages, links : int
        How many pages were read and links followed.
    broken : list of Broken
        Links that lead nowhere, in order of page and place; equal ones once.
    problems : list of str
        Pages that could not be read.
    """

    pages: int = 0
    links: int = 0
    broken: list[Broken] = Factory(list)
    problems: list[str] = Factory(list)


@frozen(kw_only=True)
class _Parsed:
    ids: frozenset[str]
    links: tuple[tuple[str, str, int, int], ...]  # tag, address, line, column
    refresh: str
    base: str
    scripted: bool  # its anchors are made by a script


def check(site: Path, *, base: str = "", ignore: Sequence[str] = ()) -> Report:
    """Follow every local link of a built site.

    Parameters
    ----------
    site : pathlib.Path
        Folder with the built pages.
    base : str
        Address the site is published under. Links that begin with it are checked like
        local ones, and its path is taken off root-relative links (``/docs/page/``).
        Found from the pages' canonical links when empty.
    ignore : sequence of str
        Shell patterns of addresses not to check.

    Returns
    -------
    Report
        Counts and broken links.

    Raises
    ------
    ThemeError
        If the folder does not exist or holds no page.
    """
    if not site.is_dir():
        raise ThemeError(f"{site} is not a folder; name the folder of the built site")
    checker = _Checker(site, base)
    if not checker.pages:
        raise ThemeError(f"{site} holds no HTML page; build the site first")
    return checker.run(ignore)


class _Checker:
    def __init__(self, site: Path, base: str) -> None:
        self.site = site
        self.report = Report()
        self.files = {p.relative_to(site).as_posix() for p in walk(site) if not p.is_dir()}
        self.canonicals: list[tuple[str, str]] = []
        self.folded = {name.casefold(): name for name in self.files}
        self.pages: dict[str, _Parsed] = {}
        for name in sorted(self.files):
            if name.endswith((".html", ".htm", ".xhtml")):
                parsed = self._parse(name)
                if parsed:
                    self.pages[name] = parsed
        self.report.pages = len(self.pages)
        if base and not is_address(base):
            raise ThemeError(
                f"--base {base!r} is no address; write it whole, such as https://example.org/docs/"
            )
        self.base = base or self._find_base()
        self.prefix = urlsplit(self.base).path.rstrip("/") + "/"
        lines = redirects.read(self.site / "_redirects")
        self.redirects = [line for line in lines if line.status < 400]  # others show an error page
        self.tops = {name.partition("/")[0] for name in self.files} | {
            n.removesuffix(".html") for n in self.pages
        }
        self.resolve = lru_cache(maxsize=100_000)(self._resolve)
        self.near = lru_cache(maxsize=None)(self._near)
        self.hints = HINTS

    def _parse(self, name: str) -> _Parsed | None:
        path = self.site / name
        try:
            if path.stat().st_size > MAX_BYTES:
                self.report.problems.append(f"{name}: larger than {MAX_BYTES:,} bytes, not read")
                return None
            text = path.read_text("utf-8", errors="replace")
        except OSError as error:
            self.report.problems.append(f"{name}: cannot be read ({error.strerror})")
            return None
        page = Page(text, name)
        ids = set(page.ids)
        ids.update(found for e in page.select("a[name]") if (found := e.attr("name")))
        links = []
        templates = "<template" in text.lower()
        for element in page.select(_SELECTOR):
            if templates and element.closest("template"):
                continue
            for attribute in _ATTRIBUTES[element.tag]:
                value = element.attr(attribute)
                if value is None or (element.tag == "link" and _skipped_rel(element.attr("rel") or "")):
                    continue
                addresses = candidates(value) if attribute.endswith("srcset") else [value]
                line, column = element.source_line or 1, (element.source_col or 0) + 1
                links += [(element.tag, _SPACES.sub("", a).strip(_STRIPPED), line, column) for a in addresses]
        refresh = ""
        for element in page.select("meta[http-equiv]"):
            if (element.attr("http-equiv") or "").lower() == "refresh":
                refresh = redirects.refresh(element.attr("content") or "") or refresh
        base = next((e.attr("href") or "" for e in page.select("base[href]")), "")
        canonical = next((e.attr("href") or "" for e in page.select('link[rel="canonical"]')), "")
        if canonical:
            self.canonicals.append((name, canonical))
        scripted = bool(page.select("[data-reactroot], #__next, #root:empty, #app:empty, [ng-app]"))
        return _Parsed(ids=frozenset(ids), links=tuple(links), refresh=refresh, base=base, scripted=scripted)

    def _find_base(self) -> str:
        """Address of the site: what a page's canonical link has before the page's own path."""
        for name, canonical in self.canonicals:
            try:
                urlsplit(canonical)
            except ValueError:
                continue
            for tail in (name, name.removesuffix("index.html"), name.removesuffix(".html")):
                if canonical.startswith("http") and tail and canonical.endswith("/" + tail):
                    return canonical[: -len(tail)]
            if name == "index.html" and canonical.startswith("http") and canonical.endswith("/"):
                return str(canonical)
        return ""

    def run(self, ignore: Sequence[str]) -> Report:
        first: dict[tuple[str, str], int] = {}
        for name, page in self.pages.items():
            here = self._here(name, page.base)
            links = [*page.links, ("meta", page.refresh, 1, 1)] if page.refresh else page.links
            for tag, link, line, column in links:
                if (
                    not link
                    or "{{" in link
                    or "{%" in link
                    or any(fnmatch.fnmatch(link, pattern) for pattern in ignore)
                ):
                    continue
                fault = self._follow(tag, link, here)
                self.report.links += 1
                if not fault:
                    continue
                key = (link if link.startswith("/") or "//" in link else urljoin(here, link), fault[0])
                if key in first:
                    old = self.report.broken[first[key]]
                    if old.page != name:
                        self.report.broken[first[key]] = evolve(old, also=old.also + 1)
                    continue
                first[key] = len(self.report.broken)
                self.report.broken.append(
                    Broken(page=name, line=line, column=column, link=link, reason=fault[0], message=fault[1])
                )
        return self.report

    def _here(self, name: str, base: str) -> str:
        """Address that the links of a page start from: its path, or whole where it is elsewhere."""
        here = self.prefix + name
        try:
            address = urljoin(here, base)
            parts = urlsplit(address)
            home = urlsplit(self.base).netloc
        except ValueError:
            return here  # browsers take no notice of such a base
        if parts.scheme not in ("", "http", "https"):
            return here
        return address if parts.netloc not in ("", home) else parts.path or "/"

    def _follow(self, tag: str, link: str, here: str) -> tuple[str, str] | None:
        if self.base and link.startswith(("http:", "https:", "//")):
            own = urlsplit(self.base)
            try:
                theirs = urlsplit(link)
            except ValueError:
                return "page", f"{link!r} is not an address"
            if theirs.netloc != own.netloc or not (theirs.path + "/").startswith(self.prefix):
                return None
            top = theirs.path[len(self.prefix) :].partition("/")[0]
            if top and self.prefix == "/" and unquote(top) not in self.tops:
                return None  # a site that shares the host, as documentation often does: numpy.org/doc/
            link = theirs._replace(scheme="", netloc="").geturl() or "/"
        if not _SCHEME.match(link):
            link = re.sub(r"^[^?#]+", lambda m: m[0].replace("\\", "/"), link)  # as browsers do
        if _SCHEME.match(link) or _SCHEME.match(here):
            return None
        try:
            parts = urlsplit(urljoin(here, link))
        except ValueError:
            return "page", f"{link!r} is not an address"
        # Dots may be percent-encoded, and never climb above the root of the host.
        dotted = re.sub(r"%2e", ".", parts.path, flags=re.IGNORECASE)
        path = posixpath.normpath("/" + dotted.lstrip("/"))
        if path != "/" and dotted.endswith(("/", "/.", "/..")):
            path += "/"
        fragment = parts.fragment
        if not path.startswith(self.prefix):
            return None  # another site of the same host
        target, fault = self.resolve(path)
        if fault:
            return fault
        if not fragment or tag not in ("a", "area", "iframe") or target not in self.pages:
            return None
        fragment = fragment.partition(":~:")[0]
        if fragment.lower() in ("", "top") or fragment[0] in "/!" or "=" in fragment:
            return None
        page = self.pages[target]
        if fragment in page.ids or unquote(fragment) in page.ids or page.scripted:
            return None
        near = self.near(unquote(fragment), page.ids, 0.75)
        hint = f"; did you mean #{near}?" if near else ""
        return "anchor", f"{target} has no element with id {unquote(fragment)!r}{hint}"

    def _resolve(self, path: str, hops: int = 0) -> tuple[str, tuple[str, str] | None]:
        """File that answers for a path, or what is wrong."""
        wanted = unquote(path[len(self.prefix) :], errors="surrogateescape")  # as os.walk names files
        name = posixpath.normpath(wanted) if wanted else ""
        name = "" if name == "." else name
        for candidate in (
            name if not wanted.endswith("/") else "",
            f"{name}/index.html" if name else "index.html",
            f"{name}.html",
            name,
        ):
            if candidate in self.files:
                page = self.pages.get(candidate)
                if page is None or not page.refresh:
                    return candidate, None
                if hops > 10:
                    return candidate, ("redirect", f"{candidate} redirects in a circle")
                try:
                    after = urlsplit(urljoin(self.prefix + candidate, page.refresh))
                    own = urlsplit(self.base)
                except ValueError:
                    return candidate, None
                if (after.netloc and after.netloc != own.netloc) or not after.path.startswith(self.prefix):
                    return candidate, None
                return self._resolve(after.path, hops + 1)
        paths = ("/" + wanted, "/" + wanted.rstrip("/"))
        for one in self.redirects:
            if any(fnmatch.fnmatchcase(path, one.source) for path in paths):
                # A host, or a place that depends on what was asked for.
                if ":" in one.target or hops > 10:
                    return "", None
                return self._resolve(self.prefix + one.target.lstrip("/"), hops + 1)
        other = self.folded.get(name.casefold()) or self.folded.get(f"{name}/index.html".casefold())
        if other:
            return "", ("case", f"{wanted!r} differs from {other!r} by upper and lower case")
        suffix = posixpath.splitext(name)[1]
        near = self.near(name, self._names(suffix), 0.8)
        hint = f"; did you mean {near!r}?" if near else ""
        kind = "file" if suffix and suffix not in (".html", ".htm") else "page"
        return "", (kind, f"there is no {'/' + wanted!r}{hint}")

    @lru_cache(maxsize=32)  # noqa: B019 - lives as long as one check
    def _names(self, suffix: str) -> frozenset[str]:
        """Names a misspelt one may have meant."""
        if suffix and suffix not in (".html", ".htm"):
            return frozenset(name for name in self.files if name.endswith(suffix))
        return frozenset(name.removesuffix("index.html").rstrip("/") for name in self.pages)

    def _near(self, name: str, names: frozenset[str], cutoff: float) -> str:
        """The name that was probably meant; not looked for on very large sites."""
        if len(names) > 5000 or self.hints < 0:
            return ""
        self.hints -= len(names)
        return next(iter(difflib.get_close_matches(name, names, n=1, cutoff=cutoff)), "")


def _skipped_rel(rel: str) -> bool:
    """Whether a ``<link>`` names an address rather than a file of this site."""
    return bool({"preconnect", "dns-prefetch", "canonical", "alternate"} & set(rel.lower().split()))


def walk(folder: Path) -> Iterator[Path]:
    """Files of a built site, what tools keep beside them left out.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the site.

    Yields
    ------
    pathlib.Path
        A file, or a link to one or to a folder.
    """
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in (".git", "node_modules")]
        for name in files:
            yield Path(root) / name
