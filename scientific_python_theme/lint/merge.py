"""The same finding on many pages is one finding: gather as pages come in, forget the pages."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from .fingerprint import site_wide
from .model import Finding, Place
from .packed import Packed, place_of, unpack

#: An image in the content of more pages than this is taken for the site's, not for each page's.
FEW = 5


class _Group:
    __slots__ = ("chrome", "count", "name", "pages", "path", "rest", "shown")

    def __init__(self, chrome: bool, name: str) -> None:
        self.chrome = chrome
        self.name = name
        self.shown: list[tuple[str, Packed]] = []
        self.rest: list[Place] = []
        self.count = 0
        self.pages = 0
        self.path = ""


class Merger:
    """Gather packed findings; what repeats from page to page is counted, not kept.

    Parameters
    ----------
    wanted : callable, optional
        Given a path and the first and last line of a finding, says whether it is reported.
    every_place : bool
        Keep the places of what repeats.
    """

    def __init__(
        self, *, wanted: Callable[[str, int, int], bool] | None = None, every_place: bool = False
    ) -> None:
        self.wanted = wanted
        self.every_place = every_place
        self.own: list[tuple[str, Packed]] = []
        self.groups: dict[tuple[str, bool], _Group] = {}

    def add(self, path: str, findings: list[Packed]) -> None:
        """Take in the findings of one file."""
        for packed in findings:
            key, chrome = packed[18], packed[19]
            wanted = self.wanted is None or self.wanted(path, packed[3], packed[5])
            if not key:
                if wanted:
                    self.own.append((path, packed))
                continue
            group = self.groups.get((key, chrome))
            if group is None:
                group = self.groups[key, chrome] = _Group(chrome, packed[9])
            if path != group.path:
                group.pages += 1
                group.path = path
            if not wanted:
                continue
            group.count += 1
            if not group.shown or (not chrome and group.pages <= FEW):
                group.shown.append((path, packed))
            elif self.every_place:
                group.rest.append(place_of(packed, path))

    def findings(self) -> list[Finding]:
        """All findings, in order of path and place."""
        found = [unpack(packed, path) for path, packed in self.own]
        for (key, chrome), group in self.groups.items():
            if not group.shown:
                continue
            (path, packed), *others = group.shown
            widespread = group.pages > (1 if chrome else FEW)
            if not widespread and not chrome:
                found.extend(unpack(packed, path) for path, packed in group.shown)
                continue
            name = site_wide(packed[0], key) if widespread else group.name
            places = (*(place_of(one, where) for where, one in others), *group.rest)
            finding = evolve(unpack(packed, path), repeats=group.count - 1, fingerprint=name)
            found.append(evolve(finding, elsewhere=places) if self.every_place else finding)
        found.sort(key=lambda f: (f.place.path, f.place.line, f.place.column, f.code))
        return found
