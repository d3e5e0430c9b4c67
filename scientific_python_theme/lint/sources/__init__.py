"""The readers: one module per format, each with ``read(text, path) -> Document``.

A reader never raises: what it cannot read becomes a problem of the document. Readers are imported
when the first file of their format comes along.
"""

from __future__ import annotations

import importlib
from functools import cache

from ..model import Reader

FORMATS: dict[str, tuple[str, ...]] = {
    "html": (".html", ".htm", ".xhtml"),
    "rst": (".rst", ".rest"),
    "markdown": (".md", ".markdown", ".mdown", ".mkd"),
    "notebook": (".ipynb",),
    "python": (".py", ".pyi"),
    "toml": (".toml",),
    "yaml": (".yaml", ".yml"),
    "json": (".json",),
}
"""Suffixes of each format."""

INCLUDED = (".txt", ".inc", ".rsti", ".include")
"""Suffixes of files that are only read when named, or where another file includes them."""

SEARCHED = frozenset(suffix for suffixes in FORMATS.values() for suffix in suffixes)
"""Suffixes that a search through a folder looks for."""

_READERS = {
    "html": ("html", "read"),
    "rst": ("rst", "read"),
    "markdown": ("markdown", "read"),
    "notebook": ("notebook", "read"),
    "python": ("python", "read"),
    "toml": ("resource", "read_toml"),
    "yaml": ("resource", "read_yaml"),
    "json": ("resource", "read_json"),
}


def format_of(path: str, included_by: str = "") -> str | None:
    """Format of a file, by its name.

    Parameters
    ----------
    path : str
        Path or name.
    included_by : str
        Format of the file that includes it, if one does: a ``.txt`` in Markdown is Markdown.

    Returns
    -------
    str or None
        A key of `FORMATS`; None when no reader knows it.
    """
    name = path.rpartition("/")[2].lower()
    suffix = name[name.rindex(".") :] if "." in name[1:] else ""
    for form, suffixes in FORMATS.items():
        if suffix in suffixes:
            if form == "python" and included_by in ("rst", "markdown"):
                return included_by
            return form
    if included_by or suffix in INCLUDED:
        return included_by if included_by == "markdown" else "rst"
    return None


def reader_for(path: str, included_by: str = "") -> Reader | None:
    """The reader for a file.

    Parameters
    ----------
    path : str
        Path or name.
    included_by : str
        Format of the file that includes it, if one does.

    Returns
    -------
    callable or None
        ``read(text, path) -> Document``; None when no reader knows the format.
    """
    form = format_of(path, included_by)
    return _load(form) if form else None


@cache
def _load(form: str) -> Reader:
    module, name = _READERS[form]
    reader: Reader = getattr(importlib.import_module(f"{__name__}.{module}"), name)
    return reader
