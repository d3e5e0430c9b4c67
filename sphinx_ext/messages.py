"""The warnings of the Sphinx side: one type, a subtype for each subject."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node

logger = logging.getLogger(__name__)

#: Subtypes, with what each is about. ``suppress_warnings = ["scientific_python.<subtype>"]``
SUBTYPES = {
    "project": "`scientific_python_project` names no project of the registry.",
    "option": "A value in `conf.py` is misspelt, malformed or contradicts another.",
    "logo": "A logo or favicon file is not there.",
    "brand": "A brand colour is no colour, or text cannot stand on it.",
    "versions": "The list of versions is missing, broken or cannot be reached.",
    "linkcode": "Source links cannot be made from what is known.",
    "analytics": "Analytics are configured in a way that cannot work.",
    "registry": "The project's own entries of the registry are wrong.",
    "inventory": "A project to link to is not locked, or its locked file is missing or altered.",
    "ambiguous": "A label, document or term that several projects have is named without the project.",
    "symbols": "The index of the symbol search cannot be written.",
    "spec": "A SPEC that is not in the registry.",
    "theme_only": "The HTML theme is used without the extension, so most defaults come too late.",
}


def warn(subtype: str, message: str, *, location: str | tuple[str, int] | Node | None = None) -> None:
    """Report something a person can put right; the build goes on.

    Parameters
    ----------
    subtype : str
        Key of `SUBTYPES`; the warning's type is ``scientific_python``.
    message : str
        What is wrong, where, and what to do.
    location : str, tuple of str and int, or docutils.nodes.Node, optional
        Document, document and line, or a node that knows both.
    """
    logger.warning("%s", message, type="scientific_python", subtype=subtype, location=location)


def nearest(word: object, known: Iterable[str]) -> str:
    """Phrase that leads from a wrong word to the right one.

    Parameters
    ----------
    word : object
        What was given.
    known : iterable of str
        What would be valid.

    Returns
    -------
    str
        ``did you mean 'x'?``, or the list of valid words.
    """
    words = sorted(known)
    near = difflib.get_close_matches(str(word), words, n=1)
    return f"did you mean {near[0]!r}?" if near else f"valid: {', '.join(words)}"
