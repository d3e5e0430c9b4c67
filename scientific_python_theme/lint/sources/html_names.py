"""Accessible names: the computation of accname 1.2 with HTML-AAM's and SVG-AAM's native sources."""

from __future__ import annotations

from functools import cached_property

from .html_dom import Element, Page, Text, collapse, is_document, parents
from .html_roles import ALL, GONE, SEEN, Sight, explicit_role, own_sight, semantic_role

_BLOCKS = frozenset(
    """
    address article aside blockquote br center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th
    thead tr ul
    """.split()  # noqa: SIM905
)
_SILENT = frozenset("script style noscript template head title desc metadata symbol".split())  # noqa: SIM905
_FROM_CONTENT = frozenset(
    """
    button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio
    option radio row rowheader switch tab tooltip treeitem doc-backlink doc-biblioref doc-glossref
    doc-noteref
    """.split()  # noqa: SIM905
)
_CAPTIONED = {"table": "caption", "fieldset": "legend"}
_ON_BUTTON = {"submit": "Submit", "reset": "Reset"}  # what browsers write there
_DEPTH = 150  # two frames a level: well inside Python's own limit


class Names:
    """Accessible names on one page.

    Parameters
    ----------
    page : Page
        The page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self._targets: dict[Element, str] = {}
        self._sights: dict[Element, Sight] = {}

    def sight(self, element: Element) -> Sight:
        """How an element is seen, all its ancestors taken into account."""
        chain: list[Element] = []
        node: object = element
        known = self._sights
        while isinstance(node, Element) and node not in known:
            chain.append(node)
            node = node.parent
        top = SEEN if is_document(node) else GONE  # gone: in a template
        seen = known[node] if isinstance(node, Element) else top
        for step in reversed(chain):
            seen = known[step] = own_sight(step, seen)
        return seen

    def of(self, element: Element, here: Sight | None = None) -> str:
        """Accessible name of an element, white space collapsed, ``""`` for none."""
        seen = self.sight(element) if here is None else here
        return collapse(self._name(element, seen, frozenset(), False, 0))

    def visible(self, element: Element) -> str:
        """Text in an element that is met by assistive technology, pictures' names left out."""
        words: list[str] = []
        self._visible(element, self.sight(element), words, 0)
        return collapse("".join(words))

    def _visible(self, element: Element, here: Sight, words: list[str], depth: int) -> None:
        for child in element.children:
            if isinstance(child, Text):
                if not here.hidden:
                    words.append(child.data)
            elif isinstance(child, Element) and child.tag not in _SILENT and depth < _DEPTH:
                sees = own_sight(child, here)
                if not sees.gone:
                    self._visible(child, sees, words, depth + 1)
                if child.tag in _BLOCKS:
                    words.append(" ")

    def labelled(self, element: Element, attribute: str = "aria-labelledby") -> tuple[str, tuple[str, ...]]:
        """Text an id list leads to, and the ids that lead nowhere or to nothing."""
        words, missing = [], []
        listed = element.attr(attribute)
        if not listed and attribute == "aria-labelledby":
            listed = element.attr("aria-labeledby")  # browsers forgive this spelling
        for name in (listed or "").split():
            target = self.page.ids.get(name)
            if target is element:
                text = collapse(self._name(element, SEEN, frozenset({element}), True, 0))
            else:
                text = self._target(target) if target is not None else ""
            if text:
                words.append(text)
            else:
                missing.append(name)
        return " ".join(words), tuple(missing)

    def _target(self, target: Element) -> str:
        """Name of an element that an id list leads to: one that is hidden itself still counts."""
        if target not in self._targets:
            seen = self.sight(target)
            # What a hidden target holds counts, hidden or not.
            text = (
                ""
                if target.tag in ("script", "style", "noscript", "template")
                else self._name(target, ALL if seen.hidden else seen, frozenset(), True, 1, direct=True)
            )
            self._targets[target] = collapse(text)
        return self._targets[target]

    def _name(
        self,
        element: Element,
        here: Sight,
        seen: frozenset[Element],
        inside: bool,
        depth: int,
        direct: bool = False,
    ) -> str:
        """Name of `element`.

        Parameters
        ----------
        element : Element
            Whose name.
        here : Sight
            How it is seen.
        seen : frozenset
            Elements on the way that must not be entered again.
        inside : bool
            Whether an id list is being followed (it is not followed a second time).
        depth : int
            Guard against deep trees.
        direct : bool
            Whether an id list leads to this very element.
        """
        if element in seen and depth:
            return ""
        if depth > _DEPTH:
            return element.text
        if here.hidden:
            return ""
        if not inside:
            labels, _ = self.labelled(element)
            if labels:
                return labels
        label = element.attr("aria-label")
        if label and label.strip():
            return label
        role = semantic_role(element)
        title = element.attr("title") or ""
        alt = element.attr("alt") if element.tag == "img" else None
        if alt and not alt.strip():
            return ""  # a blank alternative is one: no title fills in
        if role != "none" or explicit_role(element) == "":
            native = self._native(element, seen, depth)
            if native.strip():
                return native
        if role == "none" and element.tag in ("img", "object", "embed", "svg"):
            return (element.attr("alt") or "") if direct else ""
        pictures = ("img", "graphics-document", "graphics-symbol")
        if inside or (
            (depth > 0 or role in _FROM_CONTENT or element.tag == "summary") and role not in pictures
        ):
            text = self._content(element, here, seen, inside, depth)
            if text.strip():
                return text
        return title if title.strip() else ""

    def _native(self, element: Element, seen: frozenset[Element], depth: int) -> str:
        tag = element.tag
        if tag in ("img", "area"):
            return element.attr("alt") or ""
        if element.namespace.value == "svg":
            title = next((c for c in element.children if isinstance(c, Element) and c.tag == "title"), None)
            return title.text if title is not None else ""
        if tag in ("input", "button"):
            kind = (element.attr("type") or "text").lower()
            labels = " ".join(
                filter(None, (self._label(label, element, seen, depth) for label in self._labels(element)))
            )
            if labels.strip():
                return labels
            if tag == "button":
                return ""
            if kind == "image":
                return element.attr("alt") or ""
            value = element.attr("value") or _ON_BUTTON.get(kind, "")
            return value if depth or kind in ("button", "submit", "reset") else ""
        if tag == "select" and depth:
            options = element.select("option")
            chosen = [o for o in options if o.attr("selected") is not None] or options[:1]
            return " ".join(option.text for option in chosen)
        if tag in _CAPTIONED and not explicit_role(element):
            child = next(
                (c for c in element.children if isinstance(c, Element) and c.tag == _CAPTIONED[tag]), None
            )
            if child is not None:
                return self._content(child, self.sight(child), seen, True, depth + 1)
        return ""

    def _labels(self, element: Element) -> list[Element]:
        name = element.attr("id")
        found = [p for p in parents(element) if p.tag == "label"][:1]
        if name:
            found += [label for label in self._labels_for.get(name, ()) if label not in found]
        return found

    @cached_property
    def _labels_for(self) -> dict[str, list[Element]]:
        known: dict[str, list[Element]] = {}
        for label in self.page.select("label[for]"):
            known.setdefault(label.attr("for") or "", []).append(label)
        return known

    def _label(self, label: Element, control: Element, seen: frozenset[Element], depth: int) -> str:
        return self._name(label, self.sight(label), seen | {control}, True, depth + 1)

    def _content(
        self,
        element: Element,
        here: Sight,
        seen: frozenset[Element],
        inside: bool,
        depth: int,
    ) -> str:
        words: list[str] = []
        seen = seen | {element}
        for child in element.children:
            if isinstance(child, Text):
                if not here.hidden:
                    words.append(child.data)
            elif isinstance(child, Element) and child.tag not in _SILENT:
                sees = own_sight(child, here)
                text = self._name(child, sees, seen, inside, depth + 1)
                # Visible text may stand in an element that is itself `visibility: hidden`.
                if sees.invisible and not sees.gone:
                    text = self._content(child, sees, seen, inside, depth + 1)
                words.append(f" {text} " if child.tag in _BLOCKS else text)
        return "".join(words)
