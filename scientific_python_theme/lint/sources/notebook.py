"""Read Jupyter notebooks: text cells, attachments and pictures among the outputs.

Places are those of the ``.ipynb`` file itself; the note of each says the cell.
"""

from __future__ import annotations

import re

from attrs import evolve

from ..model import Document, Image, Kind, Origin, Suppression, Surroundings
from . import markdown, rst, trees
from .collect import Collector
from .trees import Node, TreeError
from .views import View, joined, whole

_HINT = re.compile(r"!\[|<\w|image/|alt-text|\.\. |\{(?:image|figure)|\"(?:png|jpeg|svg)\"\s*:")
_HTML_IMAGE = re.compile(r"<(?:img|svg|object|embed|iframe|input|area|picture)\b|role=", re.IGNORECASE)
_FIG_ALT = re.compile(r"(?m)^#\|\s*fig-alt:\s*(.+)$")
_HIDDEN_CELL = {"remove-cell", "remove_cell", "removecell"}
_HIDDEN_OUTPUT = {"remove-output", "remove_output", "remove-all-outputs"}


def read(text: str, path: str) -> Document:
    """Find the images of a Jupyter notebook.

    Parameters
    ----------
    text, path : str
        The file's text; its path as shown to a person.

    Returns
    -------
    Document
        Images in reading order; pictures among the outputs have the kind ``output``.
    """
    collector = Collector()
    bare = text.lstrip("\ufeff \t\r\n")
    if _HINT.search(text) or not (bare.startswith("{") and bare.rstrip().endswith("}") and '"cells"' in text):
        view = whole(text, path)
        try:
            root = trees.json_tree(view)
        except TreeError as trouble:
            collector.problem(view, trouble.offset, f"not a notebook: {trouble}")
        else:
            cells = _cells(root)
            if cells is None:
                collector.problem(view, 0, "not a notebook: it has no cells")
            else:
                for number, cell in enumerate(cells, 1):
                    _Cell(cell, number, view, collector).read()
    return collector.document(path, "notebook")


def _cells(root: Node) -> list[Node] | None:
    """Cells, also of the old format that kept them in worksheets."""
    if found := root.get("cells"):
        return found.members
    if sheets := root.get("worksheets"):
        return [cell for sheet in sheets.members if (c := sheet.get("cells")) for cell in c.members]
    return None


def _string(node: Node | None, note: str = "") -> View | None:
    """Text of a string or of a list of strings."""
    if node is None:
        return None
    parts = [node] if node.kind == "string" else [m for m in node.members if m.kind == "string"]
    return joined([p.view for p in parts], note) if parts else None


def _path(node: Node | None, *keys: str) -> Node | None:
    for key in keys:
        node = node.get(key) if node is not None else None
    return node


class _Cell:
    def __init__(self, cell: Node, number: int, view: View, collector: Collector) -> None:
        self.cell = cell
        self.view = view
        self.out = collector
        self.note = f"cell {number}"
        tags = _path(cell, "metadata", "tags")
        self.tags = {t.value for t in tags.members} if tags else set()
        own = _path(cell, "metadata", "alt-text")
        self.decorative = "decorative" in self.tags or _path(own, "decorative") is not None
        self.ignore = _path(own, "ignore")

    def read(self) -> None:
        """Read the cell."""
        self.suppressions()
        if self.tags & _HIDDEN_CELL:
            return
        before = len(self.out.images)
        kind = node.value if (node := self.cell.get("cell_type")) else ""
        source = _string(self.cell.get("source") or self.cell.get("input"), self.note)
        if kind in ("markdown", "heading") and source:
            markdown.scan(source, self.out)
        elif kind == "raw" and source:
            self.raw(source)
        elif kind == "code" and not self.tags & _HIDDEN_OUTPUT:
            outputs = self.cell.get("outputs")
            for output in outputs.members if outputs else []:
                self.output(output, source)
        if self.decorative:
            for k in range(before, len(self.out.images)):
                self.out.images[k] = evolve(self.out.images[k], decorative=True)

    def suppressions(self) -> None:
        """``{"alt-text": {"ignore": […]}}`` in the metadata, or a tag ``alt-text: ignore``."""
        from .comments import parse, resembles

        wanted: list[tuple[Node, tuple[str, ...]]] = []
        if self.ignore is not None:
            wanted.append((self.ignore, tuple(m.value for m in self.ignore.members)))
        tags = _path(self.cell, "metadata", "tags")
        for tag in tags.members if tags else []:
            understood = parse(tag.value)
            if understood and understood[0] == "ignore":
                wanted.append((tag, understood[1]))
            if understood and understood[0].startswith("?"):
                self.misspelt(tag, understood[0][1:])
        own = _path(self.cell, "metadata", "alt-text")
        for key, _ in own.items if own else []:
            if key.text not in ("ignore", "decorative") and resembles(key.text):
                self.misspelt(key, key.text)
        for node, codes in wanted:
            span = self.view.place(self.cell.start, self.cell.end)
            place = evolve(self.view.place(node.start, node.end), note=self.note)
            self.out.ready.append(Suppression(place=place, codes=codes, first=span.line, last=span.end_line))

    def misspelt(self, node: Node, word: str) -> None:
        """Something that would silence a rule if it were spelt right."""
        place = evolve(self.view.place(node.start, node.end), note=self.note)
        self.out.ready.append(Suppression(place=place, codes=(), first=1, last=-1, misspelt=word))

    def raw(self, source: View) -> None:
        """A cell that goes into one output format as it is."""
        form = _path(self.cell, "metadata", "raw_mimetype") or _path(self.cell, "metadata", "format")
        name = form.value if form else ""
        if name == "text/html" and _HTML_IMAGE.search(source.text):
            self.out.html(source, source.text)
        elif name in ("text/restructuredtext", "text/x-rst"):
            rst.scan(source, self.out)

    def output(self, output: Node, source: View | None) -> None:
        """One output: pictures, HTML and Markdown in it."""
        data = output.get("data") or output
        pictures = [
            (k, v) for k, v in data.items if k.text.startswith("image/") or k.text in ("png", "jpeg", "svg")
        ]
        html = _string(data.get("text/html"), self.note)
        if html and _HTML_IMAGE.search(html.text):
            self.out.html(html, html.text)
        text = _string(data.get("text/markdown"), self.note)
        if text:
            markdown.scan(text, self.out)
        if pictures:
            self.picture(output, pictures, source)

    def picture(self, output: Node, pictures: list[tuple[Node, Node]], source: View | None) -> None:
        """A picture made by code; several formats of it are one."""
        alt = _path(self.cell, "metadata", "mystnb", "image", "alt")
        alt = alt or _path(self.cell, "metadata", "render", "image", "alt")  # its name before MyST-NB 0.14
        for key, _ in pictures:
            alt = alt or _path(output, "metadata", key.text, "alt") or _path(output, "metadata", "alt")
        quarto = _FIG_ALT.search(source.text) if source and "fig-alt" in source.text else None
        text: str | None = alt.value if alt and alt.kind == "string" else None
        alt_place = self.view.place(alt.start + 1, alt.end - 1) if alt and alt.kind == "string" else None
        if text is None and quarto and source:
            text, alt_place = quarto[1].strip().strip("\"'"), source.place(*quarto.span(1))
        key = pictures[0][0]
        place = evolve(self.view.place(key.start, key.end), note=self.note)
        self.out.images.append(
            Image(
                src=key.text,
                alt=text,
                place=place,
                kind=Kind.OUTPUT,
                element="output",
                format="notebook",
                decorative=text == "",
                origin=Origin.NONE if text is None else Origin.AUTHOR,
                generator="notebook",
                alt_place=alt_place,
                around=Surroundings(heading=self.out.heading),
            )
        )
