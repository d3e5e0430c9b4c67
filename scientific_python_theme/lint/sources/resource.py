"""Read TOML, YAML and JSON files whose strings hold Markdown or name images, as Hugo content does."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..model import Attribute, Document, Image, Origin, Surroundings
from . import trees
from .collect import DEEPEST, Collector
from .trees import Node, TreeError
from .views import View, whole

WORTH = re.compile(
    r"!\[|<(?:img|svg|object|embed|iframe|input|area|picture)\b|\{\{\s*[<%]|\{image|\{figure", re.IGNORECASE
)
"""What a string must hold before it is read as Markdown."""

_ALT_KEYS = (
    "alt",
    "alttext",
    "alt_text",
    "alt-text",
    "altText",
    "imgalt",
    "img_alt",
    "imagealt",
    "image_alt",
)
_IMAGE_KEYS = ("img", "image", "src", "logo", "picture", "photo", "thumbnail", "icon", "avatar")
_PICTURE_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)(?:[?#][^\s]*)?$", re.IGNORECASE)
_HINT = re.compile(r"!\[|<[a-z]|\{\{\s*[<%]|\{(?:image|figure)|alt|featuredImage", re.IGNORECASE)
_NOTE = re.compile(r"(?m)^[ \t]*#\s*(alt-text\s*:[^\n]*)$")


def _reader(form: str, tree: Callable[[View], Node]) -> Callable[[str, str], Document]:
    def read(text: str, path: str) -> Document:
        collector = Collector()
        if _HINT.search(text):
            scan(whole(text, path), collector, tree)
        return collector.document(path, "resource")

    read.__name__ = f"read_{form}"
    read.__doc__ = f"Find the images that strings of a {form.upper()} file show."
    return read


def scan(view: View, collector: Collector, tree: Callable[[View], Node]) -> bool:
    """Gather what a text in TOML, YAML or JSON holds.

    Parameters
    ----------
    view : View
        The text.
    collector : Collector
        Takes what is found.
    tree : callable
        Parser of its format.

    Returns
    -------
    bool
        Whether it could be parsed. A file in one of these formats that has nothing to do with us may well
        be broken or be a template: that is for others to say.
    """
    try:
        root = tree(view)
    except TreeError:
        return False
    gather(root, collector)
    if tree is not trees.json_tree and "alt-text" in view.text:
        for match in _NOTE.finditer(view.text):
            collector.note(
                view, match.start(1), match.end(1), match[1], _covered(view.text, root, match.end())
            )
    return True


def _covered(text: str, root: Node, start: int) -> int:
    """Where what a comment covers ends: the next table if it stands over one, else the next string."""
    if re.compile(r"\s*\[").match(text, start):
        header = text.index("[", start)
        following = re.compile(r"(?m)^[ \t]*\[").search(
            text, text.find("\n", header) if "\n" in text[header:] else len(text)
        )
        return following.start() if following else len(text)
    ends = [node.end for node in root.walk() if node.kind == "string" and node.start > start]
    return min(ends, default=start)


def gather(root: Node, collector: Collector) -> None:
    """Look through a tree for images and for Markdown with images.

    Parameters
    ----------
    root : Node
        What a parser of `trees` made.
    collector : Collector
        Takes what is found.
    """
    from . import markdown

    for node in root.walk():
        if node.kind == "map":
            _data_image(node, collector)
        elif node.kind == "list":
            _siblings(node, collector)
        elif node.kind == "string":
            view = node.view
            if WORTH.search(view.text) and collector.depth < DEEPEST:
                collector.depth += 1
                markdown.scan(view, collector)
                collector.depth -= 1


def front_matter(view: View, collector: Collector, tree: Callable[[View], Node]) -> None:
    """Gather what front matter holds: a featured image, MyST substitutions.

    Parameters
    ----------
    view : View
        The text between the marks.
    collector : Collector
        Takes what is found.
    tree : callable
        Parser of its format.
    """
    try:
        root = tree(view)
    except TreeError:
        return
    gather(root, collector)
    for entry in r.members if (r := root.get("resources")) and r.kind == "list" else []:
        _featured(entry, collector)


def _featured(entry: Node, collector: Collector) -> None:
    """A page's featured image: ``params.description`` is its alternative, ``showOnTop`` shows it."""
    name, source, params = entry.get("name"), entry.get("src"), entry.get("params")
    if not name or name.value != "featuredImage" or not source or source.kind != "string":
        return
    alt = params.get("description") if params else None
    shown = params.get("showOnTop") if params else None
    if alt is None and (shown is None or shown.value.lower() != "true"):
        return  # only a thumbnail beside its title
    base = source.base
    assert base is not None
    text = None if alt is None or alt.value in ("null", "~") else alt.value
    collector.images.append(
        Image(
            src=source.value,
            alt=text,
            place=base.place(source.start, source.end),
            element="featuredImage",
            format="resource",
            decorative=text == "",
            origin=Origin.AUTHOR if text else Origin.NONE,
            alt_place=base.place(alt.start, alt.end) if alt else None,
        )
    )


def _text(node: Node | None) -> str:
    return "" if node is None else node.value


def _image_of(node: Node) -> tuple[Node, Node] | None:
    for key, value in node.items:
        if key.text in _IMAGE_KEYS and value.kind == "string" and _PICTURE_FILE.search(_text(value)):
            return key, value
    return None


def _alt_of(node: Node) -> tuple[Node, Node] | None:
    return next(((k, v) for k, v in node.items if k.text in _ALT_KEYS and v.kind != "map"), None)


def _data_image(node: Node, collector: Collector) -> None:
    """A mapping with an image and its alternative: ``img: …``, ``alttext: …``."""
    found, alt = _image_of(node), _alt_of(node)
    if found and alt:
        _add(node, found, alt, collector)


def _siblings(node: Node, collector: Collector) -> None:
    """Entries with an image and without the alternative that other entries of their list have."""
    maps = [m for m in node.members if m.kind == "map"]
    if any(_alt_of(m) and _image_of(m) for m in maps):
        for member in maps:
            found = _image_of(member)
            if found and not _alt_of(member):
                _add(member, found, None, collector)


def _inside(text: str, node: Node) -> tuple[int, int]:
    """Span of a value without its quotes."""
    for quote in ('"""', "'''", '"', "'"):
        if text.startswith(quote, node.start):
            return node.start + len(quote), max(node.end - len(quote), node.start + len(quote))
    return node.start, node.end


def _add(node: Node, found: tuple[Node, Node], alt: tuple[Node, Node] | None, collector: Collector) -> None:
    key, value = found
    base = value.base
    assert base is not None
    text = None if alt is None else ("" if alt[1].text in ("null", "~") else alt[1].value)
    title = node.get("title") or node.get("name") or node.get("text")
    attributes = [
        Attribute(name=k.text, value=_text(v), place=base.place(v.start, v.end))
        for k, v in node.items
        if v.kind in ("string", "plain")
    ]
    collector.images.append(
        Image(
            src=_text(value),
            alt=text,
            place=base.place(key.start, value.end),
            element=key.text,
            format="resource",
            decorative=text == "",
            origin=Origin.AUTHOR if alt else Origin.NONE,
            attributes=tuple(attributes),
            alt_place=base.place(*_inside(base.text, alt[1])) if alt else None,
            around=Surroundings(caption=_text(title), heading=collector.heading),
        )
    )


read_toml = _reader("toml", trees.toml_tree)
read_yaml = _reader("yaml", trees.yaml_tree)
read_json = _reader("json", trees.json_tree)
