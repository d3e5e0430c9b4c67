"""Roles and what hides an element: WAI-ARIA 1.2, HTML-AAM and the ACT glossary, from markup alone.

What a style sheet says is not seen, except in ``style`` attributes. Where markup cannot tell,
the answer is the one that raises no alarm.
"""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import frozen

from .html_dom import Element

# Roles of WAI-ARIA 1.2, Graphics-ARIA and DPUB-ARIA that are not abstract.
ROLES = frozenset(
    """
    alert alertdialog application article banner blockquote button caption cell checkbox code
    columnheader combobox comment complementary contentinfo definition deletion dialog directory
    document emphasis feed figure form generic graphics-document graphics-object graphics-symbol grid
    gridcell group heading image img insertion link list listbox listitem log main mark marquee math
    menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph
    presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox
    separator slider spinbutton status strong subscript suggestion superscript switch tab table tablist
    tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem doc-abstract
    doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-biblioentry doc-bibliography
    doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover doc-credit doc-credits
    doc-dedication doc-endnote doc-endnotes doc-epigraph doc-epilogue doc-errata doc-example
    doc-footnote doc-foreword doc-glossary doc-glossref doc-index doc-introduction doc-noteref
    doc-notice doc-pagebreak doc-pagefooter doc-pageheader doc-pagelist doc-part doc-preface
    doc-prologue doc-pullquote doc-qna doc-subtitle doc-tip doc-toc
    """.split()  # noqa: SIM905
)
LINK_ROLES = frozenset({"link", "doc-backlink", "doc-biblioref", "doc-glossref", "doc-noteref"})
PICTURE_ROLES = frozenset({"img", "image", "graphics-document", "graphics-symbol", "doc-cover"})

# Properties that any element may carry; `aria-hidden` hides and so never conflicts.
GLOBAL_ARIA = tuple(
    f"aria-{name}"
    for name in """
    atomic braillelabel brailleroledescription busy controls current describedby description details
    disabled dropeffect errormessage flowto grabbed haspopup invalid keyshortcuts label labelledby live
    owns relevant roledescription
    """.split()  # noqa: SIM905
)

_NEVER_RENDERED = frozenset(
    """
    area base datalist head link meta noscript param rp script style template title noembed noframes
    symbol clippath mask pattern marker lineargradient radialgradient
    """.split()  # noqa: SIM905
)
#: Attributes that can hide or show an element, and elements that hide by themselves: most have neither.
_HIDING = frozenset({"aria-hidden", "inert", "hidden", "popover", "style", "display", "visibility"})
_HIDES_ITSELF = frozenset({"dialog", "input"})
_FALLBACK_ONLY = frozenset({"audio", "video", "object"})
_INTEGER = re.compile(r"[\t\n\f\r ]*[+-]?\d")
_DISPLAY = re.compile(r"(?:^|[;{])\s*display\s*:\s*([a-z-]+)\s*(!\s*important)?", re.IGNORECASE)
_VISIBILITY = re.compile(r"(?:^|[;{])\s*visibility\s*:\s*([a-z-]+)\s*(!\s*important)?", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^|[;{])\s*content-visibility\s*:\s*hidden", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"""/\*.*?(?:\*/|\Z)|"[^"]*"|'[^']*'""", re.DOTALL)  # and strings
_HEADING = re.compile(r"h[1-6]\Z")


def explicit_role(element: Element) -> str:
    """First role of the ``role`` attribute that exists; ``""`` when there is none."""
    written = element.attr("role")
    return _first_role(written) if written else ""


@lru_cache(maxsize=1024)
def _first_role(written: str) -> str:
    return next((role for role in written.lower().split() if role in ROLES), "")


def focusable(element: Element) -> bool:
    """Whether the keyboard or a script can put the focus on an element."""
    tabindex = element.attr("tabindex")
    if tabindex is not None and _INTEGER.match(tabindex):
        return True
    tag = element.tag
    if tag in ("a", "area"):
        return element.attr("href") is not None
    if tag in ("button", "input", "select", "textarea"):
        return element.attr("disabled") is None and (element.attr("type") or "").lower() != "hidden"
    if tag in ("audio", "video"):
        return element.attr("controls") is not None
    if tag in ("iframe", "summary"):
        return True
    editable = element.attr("contenteditable")
    return editable is not None and editable.lower() in ("", "true", "plaintext-only")


def conflicts(element: Element, *, empty: bool = True) -> tuple[str, ...]:
    """What undoes a mark as decorative, by name (presentational roles conflict resolution).

    Parameters
    ----------
    element : Element
        The element.
    empty : bool
        Whether an ARIA attribute without a value counts.

    Returns
    -------
    tuple of str
        Attribute names; ``"tabindex"`` or the tag for one that takes the focus.
    """
    names = element.attrs.keys()
    found: list[str] = []
    if any(name.startswith("aria-") for name in names):
        found = [
            name for name in GLOBAL_ARIA if name in names and (empty or (element.attr(name) or "").strip())
        ]
    if focusable(element):
        found.append("tabindex" if element.attr("tabindex") is not None else element.tag)
    return tuple(found)


def semantic_role(element: Element) -> str:
    """Role that assistive technology meets, ``""`` for none of interest here."""
    role = explicit_role(element)
    if role in ("none", "presentation"):
        if not conflicts(element):
            return "none"
        role = ""
    return "img" if role == "image" else role or _implicit_role(element)


def _implicit_role(element: Element) -> str:
    tag = element.tag
    if tag in ("a", "area"):
        return "link" if element.attr("href") is not None else ""
    if tag == "img":
        return "none" if element.attr("alt") == "" and not conflicts(element) else "img"
    if _HEADING.match(tag):
        return "heading"
    return {
        "button": "button",
        "summary": "button",
        "input": "button" if _is_button(element) else "textbox",
    }.get(tag, "")


def _is_button(element: Element) -> bool:
    return (element.attr("type") or "").lower() in ("button", "submit", "reset", "image")


@frozen
class Sight:
    """Whether an element is hidden, and by which of the ways that add up differently."""

    gone: bool = False  # display: none, aria-hidden and their like: no descendant comes back
    invisible: bool = False  # visibility: a descendant may come back
    forced: bool = False  # looked at whether hidden or not, and so is all it holds

    @property
    def hidden(self) -> bool:
        """Whether assistive technology passes over the element."""
        return self.gone or self.invisible


SEEN = Sight()
ALL = Sight(forced=True)
GONE = Sight(gone=True)


def own_sight(element: Element, around: Sight = SEEN) -> Sight:
    """How an element is seen that stands in surroundings seen like `around`."""
    if around.gone or around.forced:
        return around
    tag = element.tag
    if tag in _NEVER_RENDERED and tag != "area":
        return GONE
    if tag not in _HIDES_ITSELF and _HIDING.isdisjoint(element.attrs.keys()):
        return around
    if (element.attr("aria-hidden") or "").strip().lower() == "true" or element.attr("inert") is not None:
        return GONE
    style = element.attr("style")
    display = visibility = ""
    invisible = around.invisible
    if style:
        display, visibility = declared(style)
        if _UNSEEN.search(style):
            return GONE
    drawn = element.namespace.value == "svg"
    if drawn:  # where these are attributes, and `hidden` means nothing
        display = display or (element.attr("display") or "").strip().lower()
        visibility = visibility or (element.attr("visibility") or "").strip().lower()
    if visibility in ("hidden", "collapse"):
        invisible = True
    elif visibility in ("visible", "initial"):
        invisible = False
    if display == "none":
        return GONE
    if not display and not drawn and tag != "area":
        if element.attr("hidden") is not None or element.attr("popover") is not None:
            return GONE
        if tag == "dialog" and element.attr("open") is None:
            return GONE
    if tag == "input" and (element.attr("type") or "").lower() == "hidden":
        return GONE
    if invisible == around.invisible:
        return around
    return Sight(invisible=invisible)


def declared(style: str) -> tuple[str, str]:
    """``display`` and ``visibility`` of a ``style`` attribute, lower case, ``""`` where not set."""
    if "isplay" not in style.lower() and "isibility" not in style.lower():
        return "", ""
    style = _CSS_COMMENT.sub(" ", style)
    return _last(_DISPLAY.findall(style)), _last(_VISIBILITY.findall(style))


def _last(values: list[tuple[str, str]]) -> str:
    """The declaration that wins: the last important one, else the last."""
    last = values[-1][0] if values else ""
    return next((value for value, important in reversed(values) if important), last).lower()


def is_fallback(tag: str) -> bool:
    """Whether an element's children show only where its own resource does not."""
    return tag in _FALLBACK_ONLY
