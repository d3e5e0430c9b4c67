"""Show a change of a text as a patch."""

from __future__ import annotations

import difflib
import io
import os


def unified(old: str, new: str, name: str) -> str:
    r"""Unified diff that ``git apply`` and ``patch`` take.

    Parameters
    ----------
    old, new : str
        Text before and after.
    name : str
        Path of the file, with forward slashes.

    Returns
    -------
    str
        Patch, empty where nothing changed. Its lines end at ``\n`` alone, as those of Git do: a form feed,
        U+2028 or a lone ``\r`` stands within a line.
    """
    before, after = list(io.StringIO(old)), list(io.StringIO(new))
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(before, after, _quoted(f"a/{name}"), _quoted(f"b/{name}"))
    )


def _quoted(name: str) -> str:
    """A name as Git writes it: a line break in it would end the line."""
    if name.isprintable():
        return name
    kept = set(range(32, 127)) - set(b'"\\')
    return '"' + "".join(chr(b) if b in kept else f"\\{b:03o}" for b in os.fsencode(name)) + '"'
