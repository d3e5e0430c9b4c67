"""What stands around an element: what hides it, its link or heading, its figure, the page's parts."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from .html_dom import Element, Page, collapse, is_document
from .html_names import Names
from .html_roles import LINK_ROLES, SEEN, Sight, is_fallback, own_sight, semantic_role

_CHROME_TAGS = frozenset({"nav", "footer", "aside"})
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search"})
_CHROME_CLASSES = frozenset(
    """
    sphinxsidebar related sidebar-drawer sidebar-primary bd-sidebar bd-header bd-sidebar-primary
    bd-sidebar-secondary wy-nav-side rst-versions navbar topbar footer sidebar-brand toc-drawer
    """.split()  # noqa: SIM905
)
_FIGURES = frozenset({"figure", "wp-caption", "thumbnail-figure"})
_THUMBNAILS = frozenset(
    {"sphx-glr-thumbcontainer", "nbsphinx-gallery", "sphx-glr-thumbnails", "gallery-item"}
)
_PARAGRAPHS = frozenset({"p", "li", "td", "th"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ASKED = frozenset({"a", "button", *_HEADINGS})
#: Without attributes these change nothing (a paragraph is a block).
_BARE = frozenset({"div", "span", "p", "em", "strong", "tbody", "tr", "ul", "ol", "dl", "section"})
_LONG = 1000


class Around(NamedTuple):
    """What an element inherits from its ancestors, itself included.

    Parameters
    ----------
    sight : Sight
        Whether it is hidden.
    why : str
        ``"template"``, ``"noscript"`` or ``"fallback"`` where its content is never met as it stands.
    container : Element or None
        Innermost link, button or heading.
    kind : str
        ``"link"``, ``"button"`` or ``"heading"`` of the container.
    link : Element or None
        Innermost link.
    block : Element or None
        Innermost link, button, paragraph, list item or cell: where a repetition would be heard.
    figure : Element or None
        Innermost figure.
    picture : Element or None
        Innermost ``<picture>``.
    svg : bool
        Whether it stands in an SVG drawing.
    main, chrome, thumbnail : bool
        Whether it stands in the page's main content, in navigation and the like, in a gallery's thumbnail.
    """

    sight: Sight = SEEN
    why: str = ""
    container: Element | None = None
    kind: str = ""
    link: Element | None = None
    block: Element | None = None
    figure: Element | None = None
    picture: Element | None = None
    svg: bool = False
    main: bool = False
    chrome: bool = False
    thumbnail: bool = False


_TOP = Around()
_TEMPLATE = Around(sight=Sight(gone=True), why="template")


class Context:
    """What stands around the elements of one page; asked for a few, remembers the way.

    Parameters
    ----------
    page : Page
        The page.
    names : Names
        Its accessible names.
    """

    def __init__(self, page: Page, names: Names) -> None:
        self.page = page
        self.names = names
        self._known: dict[Element, Around] = {}
        self._texts: dict[Element, str] = {}
        self._captions: dict[Element, str] = {}

    def of(self, element: Element) -> Around:
        """What stands around the children of `element`."""
        chain: list[Element] = []
        node: object = element
        known = self._known
        while isinstance(node, Element) and node not in known:
            chain.append(node)
            node = node.parent
        around = known[node] if isinstance(node, Element) else _TOP if is_document(node) else _TEMPLATE
        for step in reversed(chain):
            around = known[step] = _step(step, around)
        return around

    def caption(self, figure: Element) -> str:
        """Caption of a figure, its number and permalink left out."""
        if figure not in self._captions:
            self._captions[figure] = _caption(figure)
        return self._captions[figure]

    def beside(self, around: Around) -> str:
        """Text of the link, button, paragraph or cell around an image, ``""`` when it is long."""
        if around.block is None:
            return ""
        return self.visible(around.block)

    def visible(self, element: Element) -> str:
        """Text in an element, ``""`` when it is long."""
        if element not in self._texts:
            text = element.text
            known = self.names.visible(element) if text.strip() and len(text) <= _LONG else ""
            self._texts[element] = known
        return self._texts[element]

    def heading(self, line: int, column: int) -> str:
        """Text of the last heading that begins before a place."""
        at = bisect_right(self._headings[0], (line, column)) - 1
        if at < 0:
            return ""
        heading = self._headings[1][at]
        return collapse(heading.text).removesuffix("¶").removesuffix("#").strip()

    @cached_property
    def _headings(self) -> tuple[list[tuple[int, int]], list[Element]]:
        # One select for each tag: the parser keeps an index of those.
        found = [
            ((e.source_line or 0, (e.source_col or 0) + 1), n, e)
            for n, tag in enumerate(_HEADINGS)
            for e in self.page.select(tag)
        ]
        found.sort(key=lambda one: one[:2])
        return [place for place, _, _ in found], [e for _, _, e in found]

    @cached_property
    def has_main(self) -> bool:
        """Whether the page says which part is its main content."""
        select_one = self.page.document.select_one
        # A single tag is looked up in the parser's index, the rest means a walk.
        return any(map(select_one, ("main", "article", "[role=main], [role=article]")))


def _step(element: Element, up: Around) -> Around:
    tag = element.tag
    values = element.attrs
    if not values and tag in _BARE:
        return up._replace(block=element) if tag == "p" else up
    changes: dict[str, Any] = {}
    seen = own_sight(element, up.sight)
    if seen is not up.sight:
        changes["sight"] = seen
        if tag == "noscript":
            changes["why"] = "noscript"
    if is_fallback(tag) and (tag != "object" or values.get("data")):
        changes["sight"], changes["why"] = Sight(gone=True), "fallback"
    own = _own(tag, element.attr("role") or "", element.attr("class") or "")
    role = semantic_role(element) if own.asked else ""
    if role in LINK_ROLES:
        changes.update(container=element, kind="link", link=element, block=element)
    elif role == "button":
        changes.update(container=element, kind="button", block=element)
    elif role == "heading":
        changes.update(container=element, kind="heading")
    if own.block:
        changes["block"] = element
    elif tag == "picture":
        changes["picture"] = element
    elif tag == "svg":
        changes["svg"] = True
    elif tag == "foreignobject":
        changes["svg"] = False
    if own.figure:
        changes["figure"] = element
    if own.main:
        changes["main"] = True
    if (own.chrome or (tag == "header" and not up.main)) and not (up.main and tag == "aside"):
        changes["chrome"] = True
    if own.thumbnail:
        changes["thumbnail"] = True
    return up._replace(**changes) if changes else up


class _Own(NamedTuple):
    """What tag, role and classes alone say; the same few stand on every page of a site."""

    asked: bool  # its role matters
    block: bool
    figure: bool
    main: bool
    chrome: bool
    thumbnail: bool


@lru_cache(maxsize=4096)
def _own(tag: str, role: str, written: str) -> _Own:
    role = role.lower()
    classes = written.split()
    return _Own(
        asked=bool(role) or tag in _ASKED,
        block=tag in _PARAGRAPHS,
        figure=tag == "figure" or not _FIGURES.isdisjoint(classes),
        main=tag in ("main", "article") or role in ("main", "article"),
        chrome=tag in _CHROME_TAGS or role in _CHROME_ROLES or not _CHROME_CLASSES.isdisjoint(classes),
        thumbnail=not _THUMBNAILS.isdisjoint(classes),
    )


def _caption(figure: Element) -> str:
    place = figure.select_one("figcaption, .caption, .wp-caption-text")
    if place is None:
        return ""
    text = place.select_one(".caption-text")
    return collapse((text if text is not None else place).text).removesuffix("¶").removesuffix("#").strip()
