"""Read HTML: built pages, and fragments inside other formats.

A page is parsed once, as browsers do; images are then judged where they stand: their accessible
name, what hides them, the link or figure around them, and the tool that made them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property, lru_cache
from typing import Any

from attrs import evolve, fields

from ..model import Attribute, Document, Image, Kind, Origin, Place, Suppression, Surroundings
from . import comments, html_generators, html_templates
from .html_context import Around, Context
from .html_dom import Element, Page, advance, attributes, collapse, parents
from .html_names import Names
from .html_roles import PICTURE_ROLES, conflicts, explicit_role, own_sight

_WANTED = "img, svg, area[href], object, embed, iframe, input[type=image i], [role], [style*='url(' i]"
_NAMING = frozenset({"alt", "aria-label", "aria-labelledby", "title", "role", "aria-hidden"})
_DYNAMIC = re.compile(r"(?::|\.|@|\[|-bind:)alt\]?\Z", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"""background(?:-image)?\s*:[^;]{0,300}?url\(\s*(["']?)([^"')]*)\1""", re.IGNORECASE
)
_MAX_NAME = 20_000
_FAR = 5000
#: Tells the page of ``lint --report``, whose images are those of other files.
REPORT = '<meta name="generator" content="scientific-python-theme lint">'
_UNKNOWN_CONTENT = "slot, canvas, video, audio"


def read(text: str, path: str) -> Document:
    """Find the images of a page.

    Parameters
    ----------
    text : str
        The page as decoded.
    path : str
        Path as shown to a person.

    Returns
    -------
    Document
        Images in document order, suppressions, and ``facts["duplicates"]``: attributes of
        other tags that are given twice.
    """
    if text.find(REPORT, 0, 1000) >= 0:
        return Document(path=path, format="html")
    return _Reading(text, path).document()


def read_fragment(text: str, path: str, *, original: str | None = None) -> Document:
    """Find the images of raw HTML inside another format.

    Parameters
    ----------
    text : str
        The whole file, all that is not HTML replaced by spaces, so that places are right.
    path : str
        Path as shown to a person.
    original : str, optional
        The file as it is. Where text that was blanked stands in a link or figure, its name
        or caption counts as unknown.

    Returns
    -------
    Document
        Images and suppressions. Ids that lead nowhere are not reported: their targets may be made elsewhere.
    """
    return _Reading(text, path, fragment=True, original=original).document()


class _Reading:
    """One page being read."""

    def __init__(self, text: str, path: str, *, fragment: bool = False, original: str | None = None) -> None:
        plain = html_templates.masked(text)
        self.template = plain is not text
        self.page = Page(plain, path, ends=fragment)
        self.path = path
        self.fragment = fragment
        self.original = original.replace("\r\n", "\n").replace("\r", "\n") if original is not None else None
        self.names = Names(self.page)
        self.context = Context(self.page, self.names)
        self.images: list[Image] = []
        self.spoken_for: set[Element] = set()  # containers that an image already stands for
        self.known_names: dict[Element, str | None] = {}
        self.live_maps: dict[Element | None, bool] = {}
        self.choices: dict[Element, tuple[str, ...]] = {}
        self.with_role: list[Element] = []
        self.drawings: list[Element] = []
        self.painted: list[Element] = []

    def document(self) -> Document:
        if not self.fragment:
            self.page.hide_by_style()
        for element in self.page.select(_WANTED):
            self.visit(element)
        self.empty_drawings()
        self.backgrounds()
        facts: dict[str, Any] = {}
        marked = self.marked()
        if marked:
            facts["marked"] = marked
        doubled = self.duplicates()
        if doubled:
            facts["duplicates"] = doubled
        suppressions = self.suppressions()
        if self.template:
            self.images = [_restored(image) for image in self.images]
        return Document(
            path=self.path,
            format="html",
            images=tuple(self.images),
            suppressions=suppressions,
            facts=facts,
        )

    @cached_property
    def branches(self) -> tuple[list[int], list[html_templates.Inside]]:
        """Where branches of a template begin, and what each stands in."""
        return html_templates.branches(self.page.text)

    # Images

    def visit(self, element: Element) -> None:
        kind = _kind(element)
        if kind is None:
            self.set_aside(element)
            return
        place = self.page.place(element)
        tag = self.page.tag_text(element)
        written = attributes(tag, self.path, place.line, place.column)
        if html_templates.fills_in(tag, written, _NAMING):
            return  # a program decides what stands here
        if any("alt" in a.name and _DYNAMIC.match(a.name) for a in written) and not element.attr("alt"):
            return
        parent = element.parent
        around = self.context.of(parent) if isinstance(parent, Element) else self.context.of(element)
        image = self.image(element, kind, around, place, tag, written)
        self.images.append(image)
        if not image.exposed:
            self.drawings.append(element)

    def set_aside(self, element: Element) -> None:
        """Keep an element that is no image for what else is asked about it."""
        if element.tag == "svg":
            self.drawings.append(element)
        elif element.attr("role") is not None:
            self.with_role.append(element)
        if element.attr("style") is not None:
            self.painted.append(element)

    def image(
        self,
        element: Element,
        kind: Kind,
        around: Around,
        place: Place,
        tag: str,
        written: tuple[Attribute, ...],
    ) -> Image:
        facts: dict[str, Any] = {}
        explicit = explicit_role(element)
        alt = element.attr("alt")
        seen = around.sight if around.sight.gone else own_sight(element, around.sight)
        exposed = not seen.hidden
        if kind is Kind.AREA:
            exposed = exposed and self.is_live(element)
        name = self.names.of(element, seen)[:_MAX_NAME] if exposed else collapse(alt or "")
        decorative = False
        if explicit in ("none", "presentation"):
            against = conflicts(element)
            decorative = not against
            if against:
                facts["conflict"] = against
                facts["mark"] = f'role="{explicit}"'
        elif alt == "" and kind is Kind.IMAGE and not explicit:
            decorative = True
            against = conflicts(element)
            if (element.attr("title") or "").strip():
                against = (*against, "title")
            if against:
                facts["conflict"] = against
                facts["mark"] = 'alt=""'
        if alt and not alt.strip() and kind is Kind.IMAGE and not decorative and not _has_aria_name(element):
            name = ""  # browsers differ on whether a title fills in; HTML does not let it
        src, sources = self.addresses(element, kind, around)
        missing = self.missing_ids(element) if exposed and not self.fragment else ()
        classes = tuple((element.attr("class") or "").split())
        parent_classes = _classes_around(element)
        made_by = html_generators.generator(src, classes, parent_classes) if src else ""
        if made_by == "imgmath":
            facts["math"] = True
        if around.thumbnail or "sphx-glr-thumb" in " ".join(classes):
            facts["thumbnail"] = True
        if not self.fragment and (around.chrome or (self.context.has_main and not around.main)):
            facts["chrome"] = True
        if self.template:
            offsets, inside = self.branches
            facts["branch"] = inside[bisect_right(offsets, self.page.span(element)[0]) - 1]
        if element.attr("ismap") is not None and kind is Kind.IMAGE:
            facts["ismap"] = True
        if kind in (Kind.OBJECT, Kind.EMBED, Kind.IFRAME):
            facts["resource"] = html_generators.media_type(src, element.attr("type") or "")
            if kind is Kind.OBJECT:
                facts["fallback"] = self.names.visible(element)[:500] or _inner_alt(element)
        alt_attribute = next((a for a in written if a.name == "alt"), None)
        if alt_attribute is None and kind in (Kind.IMAGE, Kind.INPUT, Kind.AREA):
            facts["insert_alt"] = (_insertion(tag, element.tag, place), ' alt="{}"')
        if _odd(written):
            facts["tag"] = tag
        return Image(
            src=src,
            alt=alt,
            place=place,
            kind=kind,
            element=element.tag,
            format="html",
            name=name,
            exposed=exposed,
            decorative=decorative,
            origin=_origin(alt, src, sources, made_by),
            generator=made_by,
            sources=sources,
            classes=classes,
            attributes=written,
            missing_ids=missing,
            alt_place=_value_place(alt_attribute, tag, place) if alt_attribute is not None else None,
            around=self.surroundings(element, around, kind, src, sources, place, exposed, facts),
            language="" if self.fragment else self.page.language,
            facts=facts,
        )

    def addresses(self, element: Element, kind: Kind, around: Around) -> tuple[str, tuple[str, ...]]:
        """Address of the picture, and the further ones a browser may choose."""
        if kind in (Kind.SVG, Kind.ROLE_IMG):
            return "", ()
        src = element.attr({Kind.OBJECT: "data", Kind.AREA: "href"}.get(kind, "src")) or ""
        more: list[str] = []
        if kind is Kind.IMAGE:
            for name in ("srcset", "data-srcset"):
                more.extend(html_generators.candidates(element.attr(name) or ""))
            lazy = element.attr("data-src")
            if lazy:
                more.append(lazy)
            if around.picture is not None:
                if around.picture not in self.choices:
                    sets = [source.attr("srcset") or "" for source in around.picture.select("source")]
                    self.choices[around.picture] = tuple(
                        url for srcset in sets for url in html_generators.candidates(srcset)
                    )
                more.extend(self.choices[around.picture])
            if not src and more:
                src = more[0]
        return src, tuple(dict.fromkeys(more))

    def is_live(self, area: Element) -> bool:
        """Whether an image on the page uses the area's map."""
        owner = next((p for p in parents(area) if p.tag == "map"), None)
        if owner not in self.live_maps:
            name = (owner.attr("name") or owner.attr("id")) if owner is not None else None
            self.live_maps[owner] = self.fragment or any(
                name and (user.attr("usemap") or "").partition("#")[2] == name
                for user in self.page.select("img[usemap], object[usemap]")
                if not self.names.sight(user).hidden
            )
        return self.live_maps[owner]

    def surroundings(
        self, element: Element, around: Around, kind: Kind, src: str, sources: tuple[str, ...], place: Place,
        exposed: bool, facts: dict[str, Any],
    ) -> Surroundings:  # fmt: skip
        container = around.container
        container_name: str | None = None
        container_text = ""
        href = ""
        if container is not None and exposed:
            container_name = self.container_name(container)
            if container_name == "":
                if container in self.spoken_for:
                    container_name = None  # said once, by the first image in it
                self.spoken_for.add(container)
            elif container_name is not None:
                container_text = self.context.visible(container)
        if around.link is not None:
            href = around.link.attr("href") or ""
            if around.link.attr("download") is not None:
                facts["download"] = True
            if href and _same_file(href, (src, *sources)):
                facts["self_linked"] = True
        caption = ""
        if around.figure is not None:
            caption = self.context.caption(around.figure)[:1000]
        line = place.line
        return Surroundings(
            caption=caption,
            heading=self.context.heading(line, place.column)[:200],
            title=(element.attr("title") or "")[:1000],
            container=around.kind if container is not None else "",
            href=href,
            container_name=container_name,
            container_text=container_text,
            adjacent=self.context.beside(around)
            if exposed and kind is Kind.IMAGE and not self.hidden_text(around.block)
            else "",
        )

    def container_name(self, container: Element) -> str | None:
        """Name of the link, button or heading; None when markup cannot tell."""
        if container not in self.known_names:
            self.known_names[container] = self._container_name(container)
        return self.known_names[container]

    def _container_name(self, container: Element) -> str | None:
        name = self.names.of(container)[:_MAX_NAME]
        if name:
            return name
        if self.context.of(container).sight.hidden or self.hidden_text(container):
            return None
        if container.select_one(_UNKNOWN_CONTENT) is not None or any(
            "-" in e.tag for e in container.iter_elements()
        ):
            return None
        if self.fragment and (
            container.attr("aria-labelledby") or container.select_one("[aria-labelledby]") is not None
        ):
            return None
        start, end = self.page.inside(container)
        if _has_template(self.page.text[start:end]) or _has_template(self.page.tag_text(container)):
            return None
        return ""

    def hidden_text(self, container: Element | None) -> bool:
        """Whether a fragment's container holds text of the outer format."""
        if self.original is None or container is None:
            return False
        start, end = self.page.inside(container)
        if end == start:
            return True
        inside, blanked = self.original[start:end], self.page.text[start:end]
        return any(o != b and not o.isspace() for o, b in zip(inside, blanked, strict=False))

    def empty_drawings(self) -> None:
        """Add the links, buttons and headings that hold nothing but a drawing or a hidden image."""
        for svg in self.drawings:
            parent = svg.parent
            if not isinstance(parent, Element):
                continue
            around = self.context.of(parent)
            container = around.container
            if around.svg or around.why or container is None or container in self.spoken_for:
                continue
            if self.context.of(container).sight.hidden:
                continue
            self.spoken_for.add(container)
            if self.container_name(container) == "":
                place = self.page.place(container)
                chrome = not self.fragment and (around.chrome or (self.context.has_main and not around.main))
                self.images.append(
                    Image(
                        src="", alt=None, place=place, kind=Kind.LINK, element=container.tag, name="",
                        origin=Origin.NONE,
                        classes=tuple((container.attr("class") or "").split()),
                        around=Surroundings(
                            container=around.kind, container_name="", href=container.attr("href") or "",
                            heading=self.context.heading(place.line, place.column)[:200],
                        ),
                        facts={"chrome": True} if chrome else {},
                    )
                )  # fmt: skip

    def backgrounds(self) -> None:
        """Add the empty elements that show a background image."""
        for element in self.painted:
            match = _BACKGROUND.search(element.attr("style") or "")
            if match is None or explicit_role(element) or element.attr("aria-label") or element.text.strip():
                continue
            if not self.context.of(element).sight.hidden and element.select_one("img, svg, object") is None:
                self.images.append(
                    Image(
                        src=match[2], alt=None, place=self.page.place(element), kind=Kind.BACKGROUND,
                        element=element.tag, name="", exposed=False, origin=Origin.NONE,
                    )
                )  # fmt: skip

    def marked(self) -> tuple[Attribute, ...]:
        """Other elements marked as decoration and exposed all the same; the value says by what."""
        found = []
        for element in self.with_role:
            explicit = explicit_role(element)
            if explicit not in ("none", "presentation"):
                continue
            against = conflicts(element, empty=False)
            if against and not self.context.of(element).sight.hidden:
                value = " ".join(against)
                found.append(
                    Attribute(name=f'role="{explicit}"', value=value, place=self.page.place(element))
                )
        return tuple(found)

    def missing_ids(self, element: Element) -> tuple[str, ...]:
        found: tuple[str, ...] = ()
        for attribute in ("aria-labelledby", "aria-describedby"):
            if element.attr(attribute):
                found += self.names.labelled(element, attribute)[1]
        return found

    # What is said about the page besides

    def duplicates(self) -> tuple[Attribute, ...]:
        """Attributes given twice in one tag, those of the images above left out."""
        mine = {(a.place.line, a.place.column) for image in self.images for a in image.attributes}
        found: list[Attribute] = []
        seen: Counter[int] = Counter()
        for line, column in self.page.duplicates():
            start = self.page.starts[line - 1]
            end = begin = start + column
            text = self.page.text
            while begin and text[begin - 1] not in "\t\n\f\r />\"'<=":
                begin -= 1
            tag = text.rfind("<", max(0, begin - _FAR), begin)
            seen[tag] += 1
            if seen[tag] > 5:
                continue  # said often enough of one tag
            name = text[begin:end].strip("=").lower()
            if _has_template(text[tag : end + _FAR].partition(">")[0]):
                continue
            if not name or text[tag : tag + 2] == "</" or (line, begin - start + 1) in mine:
                continue
            place = Place(
                path=self.path, line=line, column=begin - start + 1, end_line=line, end_column=end - start + 1
            )  # fmt: skip
            element = re.match(r"<([^\s/>]+)", text[tag : tag + 100])
            found.append(Attribute(name=name, value=element[1].lower() if element else None, place=place))
        return tuple(found)

    def suppressions(self) -> tuple[Suppression, ...]:
        """What comments silence; images they call decorative are marked so."""
        if "lt-text" not in self.page.text:
            return ()
        notes = []
        lines = self.page.text.split("\n")
        for text, place in self.page.comments("alt-text"):
            said = comments.parse(text)
            if said is not None:
                last = _covered(lines, place.end_line)
                notes.append(comments.Note(verb=said[0], codes=said[1], place=place, last=last))
        for note in notes:
            if note.verb == "decorative":
                self.images = [
                    evolve(image, decorative=True)
                    if note.place.line <= image.place.line <= note.last
                    else image
                    for image in self.images
                ]
        return tuple(comments.suppressions(notes))


def _kind(element: Element) -> Kind | None:
    tag = element.tag
    if tag == "img":
        return Kind.IMAGE
    explicit = explicit_role(element)
    namespace = element.namespace.value
    if namespace == "svg":
        return (
            Kind.SVG
            if explicit in PICTURE_ROLES or (tag == "svg" and explicit in ("none", "presentation"))
            else None
        )
    if tag == "input":
        return Kind.INPUT if (element.attr("type") or "").strip().lower() == "image" else None
    if tag == "area":
        # Whoever can be reached by keyboard stays a link, whatever mark it bears.
        link = explicit in ("", "link", "none", "presentation")
        return Kind.AREA if link and element.attr("href") is not None else None
    if tag in ("object", "embed", "iframe"):
        source = element.attr("data" if tag == "object" else "src") or ""
        if not source.strip() and explicit not in ("img", "image"):
            return None  # nothing is loaded
        media = html_generators.media_type(source, element.attr("type") or "")
        if media == "image" or (media == "media" and tag == "object") or (explicit in ("img", "image")):
            return Kind(tag)
        return None
    return Kind.ROLE_IMG if explicit in ("img", "image") else None


def _has_template(text: str) -> bool:
    """Whether a template engine fills in part of a text; quick for a long `data:` address."""
    return any(mark in text for mark in html_templates.PAIRS)


def _restored(image: Image) -> Image:
    """An image with the marks of a template in its texts as they were written."""
    shown = html_templates.restored

    def texts(found: Image | Surroundings) -> dict[str, Any]:
        said = {f.name: getattr(found, f.name) for f in fields(type(found))}
        return {name: shown(value) for name, value in said.items() if type(value) is str}

    return evolve(
        image,
        sources=tuple(map(shown, image.sources)),
        attributes=tuple(evolve(a, value=a.value and shown(a.value)) for a in image.attributes),
        around=evolve(image.around, **texts(image.around)),
        **texts(image),
    )


def _has_aria_name(element: Element) -> bool:
    return bool((element.attr("aria-label") or "").strip() or (element.attr("aria-labelledby") or "").strip())


def _classes_around(element: Element) -> tuple[str, ...]:
    found: list[str] = []
    node = element.parent
    for _ in range(3):
        if not isinstance(node, Element):
            break
        found += (node.attr("class") or "").split()
        node = node.parent
    return tuple(found)


def _inner_alt(element: Element) -> str:
    inner = element.select_one("img[alt]")
    return collapse(inner.attr("alt") or "") if inner is not None else ""


def _same_file(href: str, sources: tuple[str, ...]) -> bool:
    target = html_generators.file_path(href).rpartition("/")[2].lower()
    if not target:
        return False
    names = {html_generators.file_path(s).rpartition("/")[2].lower() for s in sources if s}
    return target in names or bool(html_generators.IMAGE_FILE.search(target))


def _origin(alt: str | None, src: str, sources: tuple[str, ...], made_by: str) -> Origin:
    if alt is None:
        return Origin.NONE
    if alt and (alt == src or alt in sources):
        return Origin.GENERATOR
    if made_by == "imgmath":
        return Origin.GENERATOR
    return Origin.AUTHOR


def _odd(written: tuple[Attribute, ...]) -> bool:
    """Whether a tag was not written as its author meant it: worth keeping for the rules."""
    names = {a.name for a in written}
    return len(names) < len(written) or not all(map(_is_even, names))


@lru_cache(maxsize=1024)
def _is_even(name: str) -> bool:
    return name.replace("-", "").replace(":", "").replace("_", "").isalnum()


def _insertion(tag: str, name: str, place: Place) -> Place:
    """Empty span right behind the tag's name."""
    line, column = advance(tag, len(name) + 1, place.line, place.column)
    return Place(path=place.path, line=line, column=column, end_line=line, end_column=column)


def _value_place(attribute: Attribute, tag: str, place: Place) -> Place:
    """Span of an attribute's value without its quotes; the empty end of a name without value."""
    one_line = place.line == place.end_line
    lines = [] if one_line else tag.split("\n")

    def offset(line: int, column: int) -> int:
        if one_line:
            return column - place.column
        row = line - place.line
        return sum(len(text) + 1 for text in lines[:row]) + column - (place.column if row == 0 else 1)

    begin = offset(attribute.place.line, attribute.place.column)
    end = offset(attribute.place.end_line, attribute.place.end_column)
    raw = tag[begin:end]
    head = re.match(r"[^=]*=[\t\n\f\r ]*", raw)
    if head:
        begin += head.end()
        quote = tag[begin : begin + 1]
        if quote in ("'", '"'):
            begin += 1
            end -= 1 if tag[end - 1 : end] == quote and end - 1 >= begin else 0
    else:
        begin = end
    line, column = advance(tag, begin, place.line, place.column)
    end_line, end_column = advance(tag, end, place.line, place.column)
    return Place(path=place.path, line=line, column=column, end_line=end_line, end_column=end_column)


def _covered(lines: list[str], line: int) -> int:
    """Last line that a comment ending on `line` speaks about: the tag after it, or the line itself."""
    here = lines[line - 1] if line <= len(lines) else ""
    if here.rpartition("-->")[2].strip():
        return line + 1
    last = line + 1
    while last <= len(lines) and not lines[last - 1].strip():
        last += 1
    depth = last
    while depth <= len(lines) and depth < last + 50:
        text = "\n".join(lines[last - 1 : depth])
        if text.count("<") <= text.count(">"):
            return depth
        depth += 1
    return last


__all__ = ["read", "read_fragment"]
