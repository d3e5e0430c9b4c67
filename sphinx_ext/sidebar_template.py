"""A section's sidebar as a template: read from HTML once, printed for each page."""

from __future__ import annotations

import functools
import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import attrs
from sphinx.locale import _
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sidebar import Page

TAG = re.compile(r"<(/?)(li|ul|a|details)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([^\s="]+)(?:="([^"]*)")?')
MARKS = frozenset({"current", "active", "has-children"})
# A folding arrow has no words: its name comes from the entry before it.
ARROW = re.compile(r"<a\b[^>]*>([^<]*(?:<(?!/a>)[^<]*)*)</a>(<details[^>]*>)<summary>")


def label_summaries(html: str) -> str:
    """Give each folding arrow of a sidebar a name.

    Parameters
    ----------
    html : str
        A sidebar as the parent theme prints it.

    Returns
    -------
    str
        The same with an ``aria-label`` on each ``<summary>`` that holds only an arrow.
    """
    words = _("Section Navigation")
    return ARROW.sub(
        lambda m: f'{m[0].removesuffix("<summary>")}<summary aria-label="{_plain(f"{words}: {m[1]}")}">', html
    )


@functools.lru_cache(maxsize=16384)
def _plain(title: str) -> str:
    return escape(" ".join(unescape(re.sub(r"<[^>]*>", "", title)).split()))


@attrs.define(eq=False)
class Element:
    """A ``li``, ``ul``, ``a`` or ``details`` and what is inside."""

    tag: str
    attributes: dict[str, str | None]
    above: Element | None
    inside: list[Element | str] = attrs.field(factory=list)
    target: str | None = None  # a link's address in the site
    place: int = -1  # of the opening tag in the flat list

    @property
    def classes(self) -> list[str]:
        """Class names."""
        return (self.attributes.get("class") or "").split()

    @property
    def elements(self) -> Iterator[Element]:
        """Elements directly inside."""
        return (part for part in self.inside if isinstance(part, Element))

    def find(self, tag: str) -> Element | None:
        """First element of that kind directly inside."""
        return next((part for part in self.elements if part.tag == tag), None)

    @property
    def part(self) -> bool:
        """Whether this wraps a whole captioned part (``show_nav_level`` 0): never marked, never folded."""
        return "toctree-l0" in self.classes or "list-caption" in self.classes


@attrs.define(eq=False)
class Template:
    """The sidebar of a section without any page's marks."""

    root: Element
    open_level: int
    entries: dict[str, Element] = attrs.field(factory=dict)  # document -> its list item
    repeated: set[str] = attrs.field(factory=set)
    marks: dict[str, str | None] | None = None  # what else the current link carries; None: not seen yet
    folder: str | None = None  # of the pages that `flat` and `folded` hold for
    flat: list[str] = attrs.field(factory=list)
    folded: dict[int, str] = attrs.field(factory=dict)

    @classmethod
    def read(cls, html: str, page: Page, open_level: int) -> Template | None:
        """Read the uncollapsed sidebar of a page.

        Parameters
        ----------
        html : str
            The parent's HTML.
        page : Page
            The page it was made for: addresses are relative to it, marks are its marks.
        open_level : int
            Level down to which branches are open on every page (``show_nav_level``).

        Returns
        -------
        Template or None
            None if the HTML is not of the shape known here.
        """
        root = _parse(html)
        if root is None or "src=" in html:  # a picture's address would have to be related too
            return None
        made = cls(root=root, open_level=open_level)
        stack = [root]
        while stack:
            element = stack.pop()
            made._strip(element, page)
            stack += reversed(list(element.elements))
        return made

    def _strip(self, element: Element, page: Page) -> None:
        """Take the page's marks off one element; note where a link leads."""
        classes = element.classes
        element.attributes.pop("open", None)
        if element.tag == "a" and "internal" in classes:
            if "current" in classes:
                self.marks = {k: v for k, v in element.attributes.items() if k not in ("class", "href")}
                element.attributes = {k: element.attributes[k] for k in ("class", "href")}
            href = unescape(element.attributes.get("href") or "#")
            element.target = page.uri if href == "#" else urljoin("/" + page.uri, href)[1:]
            document = page.tree.documents.get(element.target)
            item = element.above
            if document is not None and item is not None:
                if document in self.entries:
                    self.repeated.add(document)
                self.entries.setdefault(document, item)
        kept = " ".join(name for name in classes if name not in MARKS)
        if kept:
            element.attributes["class"] = kept
        else:
            element.attributes.pop("class", None)

    def knows(self, page: Page) -> bool:
        """Whether nothing about this page's marks is still to be learnt."""
        return self.marks is not None or page.name not in self.entries

    def print(self, page: Page, root: str | None, *, collapse: bool) -> str:
        """Sidebar of one page.

        Parameters
        ----------
        page : Page
            The page.
        root : str or None
            Document whose toctrees these are; None for the whole site.
        collapse : bool
            Whether only the branch that leads to the page is unfolded.

        Returns
        -------
        str
            HTML equal to the parent's.
        """
        if page.folder != self.folder:
            self.folder, self.flat, self.folded = page.folder, [], {}
        chain, here = self._chain(page, root)
        if collapse:
            out: list[str] = []
            self._branch(self.root, chain, here, out)
            return "".join(out)
        if not self.flat:
            self._flatten(self.root)
        out = self.flat.copy()
        for element in chain.values():
            out[element.place] = self._opening(element, marked=True, here=element is here)
        return "".join(out)

    def _chain(self, page: Page, root: str | None) -> tuple[dict[int, Element], Element | None]:
        """Elements to mark, from the page's entry (or the nearest above it) upwards; the page's link."""
        item = self.entries.get(page.name)
        here = item.find("a") if item else None
        for name in page.ancestors[1:]:
            if item or name == root:
                break
            item = self.entries.get(name)
        chain = {id(here): here} if here else {}
        step: Element | None = item
        while step and step.tag:
            chain[id(step)] = step
            if step.tag == "li" and (details := step.find("details")):
                chain[id(details)] = details
            step = step.above
        return chain, here

    def _opening(self, element: Element, *, marked: bool, here: bool = False, folds: bool = True) -> str:
        """Write an element's opening tag as the parent does."""
        attributes = dict(element.attributes)
        classes = element.classes
        if element.tag == "li":
            if marked and not element.part:
                classes[1:1] = ["current", "active"]
            if folds and element.find("details"):
                classes.append("has-children")
        elif element.tag == "ul" and marked and not element.part:
            classes.insert(0, "current")
        elif element.tag == "a":
            if here:
                classes.insert(0, "current")
                attributes |= {"href": "#", **(self.marks or {})}
            elif element.target is not None:
                attributes["href"] = escape(_relative(self.folder or "", element.target), quote=False)
        elif element.tag == "details" and element.above is not None:
            wrapper = element.above.part
            level = next((int(c[9:]) for c in element.above.classes if c.startswith("toctree-l")), 99)
            if level < self.open_level or (marked and not wrapper):
                attributes["open"] = "open"
            elif marked:
                attributes["open"] = None
        if classes:
            attributes["class"] = " ".join(classes)
        # sorted: the order in which the parent's HTML library writes them
        written = "".join(f" {k}" if v is None else f' {k}="{v}"' for k, v in sorted(attributes.items()))
        return f"<{element.tag}{written}>"

    def _flatten(self, element: Element) -> None:
        """Fill `flat`: strings, with each opening tag in a place of its own."""
        for part in element.inside:
            if isinstance(part, str):
                self.flat.append(part)
            else:
                part.place = len(self.flat)
                self.flat.append(self._opening(part, marked=False))
                self._flatten(part)
                self.flat.append(f"</{part.tag}>")

    def _branch(
        self, element: Element, chain: dict[int, Element], here: Element | None, out: list[str]
    ) -> None:
        """Print what is inside an element with all branches folded but the chain's."""
        for part in element.inside:
            if isinstance(part, str):
                out.append(part)
            elif part.tag == "li" and id(part) not in chain and not part.part:
                out.append(self._folded(part))
            else:
                marked = id(part) in chain
                out.append(self._opening(part, marked=marked, here=part is here))
                self._branch(part, chain, here, out)
                out.append(f"</{part.tag}>")

    def _folded(self, item: Element) -> str:
        """Print a list item without what is below it."""
        found = self.folded.get(id(item))
        if found is None:
            out = [self._opening(item, marked=False, folds=False)]
            for part in item.inside:
                if isinstance(part, str):
                    out.append(part)
                elif part.tag != "details":
                    out.append(self._opening(part, marked=False))
                    self._branch(part, {}, None, out)
                    out.append(f"</{part.tag}>")
            found = self.folded[id(item)] = "".join([*out, "</li>"])
        return found


def _relative(folder: str, target: str) -> str:
    """Address of `target` from any other page in `folder`."""
    return relative_uri(f"{folder}/?" if folder else "?", target)


def _parse(html: str) -> Element | None:
    """Read the elements that matter; None where they do not nest."""
    root = Element(tag="", attributes={}, above=None)
    inner = root
    end = 0
    for tag in TAG.finditer(html):
        if tag.start() > end:
            inner.inside.append(html[end : tag.start()])
        end = tag.end()
        if not tag[1]:
            attributes: dict[str, str | None] = {m[1]: m[2] for m in ATTRIBUTE.finditer(tag[3])}
            element = Element(tag=tag[2], attributes=attributes, above=inner)
            inner.inside.append(element)
            inner = element
        elif inner.tag == tag[2] and inner.above is not None:
            inner = inner.above
        else:
            return None
    if end < len(html):
        inner.inside.append(html[end:])
    return root if inner is root else None
