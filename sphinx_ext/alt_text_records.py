"""What reading a document leaves behind for the check: docstrings taken in, images without alternative."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any

from attrs import Factory, define
from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_MARKUP = ("image::", "figure::", "plot::", "<img", "![", "{image}", "{figure}", "graphviz::", "|image")


@define
class Docstring:
    """A docstring that a document shows.

    Parameters
    ----------
    name : str
        Full name of the object.
    file : str
        File of its source, ``""`` when there is none (a compiled module).
    qualname : str
        Name inside the file, ``""`` for a module.
    text : str
        The docstring, cleaned.
    """

    name: str
    file: str
    qualname: str
    text: str


@define
class Record:
    """What one document showed.

    Parameters
    ----------
    docstrings : list of Docstring
        Docstrings with image markup.
    images : list of tuple
        Address, source and line of each image without alternative.
    """

    docstrings: list[Docstring] = Factory(list)
    images: list[tuple[str, str, int]] = Factory(list)


def of(env: BuildEnvironment) -> dict[str, Record]:
    """Records of an environment, by document."""
    if not hasattr(env, "alt_text_records"):
        env.alt_text_records = {}  # type: ignore[attr-defined]
    records: dict[str, Record] = getattr(env, "alt_text_records")  # noqa: B009 (ours, so unknown to mypy)
    return records


def note_docstring(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Remember a docstring with image markup, before other extensions rewrite it."""
    if not any(mark in line for line in lines for mark in _MARKUP):
        return
    file, qualname = _source(obj, name, what)
    record = of(app.env).setdefault(app.env.docname, Record())
    record.docstrings.append(Docstring(name=name, file=file, qualname=qualname, text="\n".join(lines)))


def _source(obj: Any, name: str, what: str) -> tuple[str, str]:
    """File and qualified name of an object; parts that cannot be had are empty."""
    inner = obj
    for attribute in ("fget", "__func__", "func"):
        inner = getattr(inner, attribute, None) or inner
    try:
        inner = inspect.unwrap(inner)
        file = inspect.getsourcefile(inner) or ""
    except Exception:  # noqa: BLE001 (foreign objects may raise anything from an attribute)
        file = ""
    if what == "module":
        return file, ""
    qualname = getattr(inner, "__qualname__", "")
    if file and isinstance(qualname, str) and qualname:
        return file, qualname
    # A value knows nothing of its source: look for the module that its name begins with.
    module, rest = name, ""
    while module and module not in sys.modules:
        module, _, last = module.rpartition(".")
        rest = f"{last}.{rest}".rstrip(".")
    file = getattr(sys.modules.get(module), "__file__", None) or ""
    return (file, rest) if file.endswith(".py") else ("", rest)


def note_doctree(env: BuildEnvironment, doctree: nodes.document) -> None:
    """Remember images without alternative; an image of class ``decorative`` gets an empty one.

    The writers of docutils and Sphinx fill a missing alternative with the image's path, which a screen
    reader then reads aloud; the mark `decorative` must prevent that.
    """
    record = None
    for node in doctree.findall(nodes.image):
        if "alt" in node:
            continue
        classes = {*node.get("classes", ()), *getattr(node.parent, "attributes", {}).get("classes", ())}
        if "decorative" in classes:
            node["alt"] = ""
            continue
        record = record or of(env).setdefault(env.docname, Record())
        source, line = _place(node)
        record.images.append((str(node.get("uri", "")), source, line))


def _place(node: nodes.Element) -> tuple[str, int]:
    current: Any = node
    while current is not None:
        if current.source and current.line:
            return str(current.source), int(current.line)
        current = current.parent
    return "", 0
