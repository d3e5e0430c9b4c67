"""The same finding on many pages is one finding: gather as pages come in, forget the pages."""

from __future__ import annotations

from .fingerprint import site_wide
from .model import Finding
from .packed import Packed, unpack

#: An image in the content of more pages than this is taken for the site's, not for each page's.
FEW = 5


class _Group:
    __slots__ = ("chrome", "count", "first", "pages", "path")

    def __init__(self, chrome: bool) -> None:
        self.chrome = chrome
        self.first: list[tuple[str, Packed]] = []
        self.count = 0
        self.pages = 0
        self.path = ""


class Merger:
    """Gather packed findings; what repeats from page to page is counted, not kept."""

    def __init__(self) -> None:
        self.own: list[tuple[str, Packed]] = []
        self.groups: dict[tuple[str, bool], _Group] = {}

    def add(self, path: str, findings: list[Packed]) -> None:
        """Take in the findings of one file."""
        for packed in findings:
            key, chrome = packed[18], packed[19]
            if not key:
                self.own.append((path, packed))
                continue
            group = self.groups.get((key, chrome))
            if group is None:
                group = self.groups[key, chrome] = _Group(chrome)
            group.count += 1
            if path != group.path:
                group.pages += 1
                group.path = path
            if group.pages <= (1 if chrome else FEW) and not (chrome and group.first):
                group.first.append((path, packed))

    def findings(self) -> list[Finding]:
        """All findings, in order of path and place."""
        found = [unpack(packed, path) for path, packed in self.own]
        for (key, _), group in self.groups.items():
            if group.pages > FEW or (group.chrome and group.pages > 1):
                path, packed = group.first[0]
                name = site_wide(packed[0], key)
                found.append(unpack(packed, path, repeats=group.count - 1, fingerprint=name))
            elif group.chrome and group.count > 1:
                path, packed = group.first[0]
                found.append(unpack(packed, path, repeats=group.count - 1))
            else:
                found.extend(unpack(packed, path) for path, packed in group.first)
        found.sort(key=lambda f: (f.place.path, f.place.line, f.place.column, f.code))
        return found
