"""Comments by which authors talk to the linter, and what each one covers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from attrs import evolve, frozen

from ..model import Place, Suppression

_DIRECTIVE = re.compile(
    r"\s*alt-text\s*:\s*(?P<verb>ignore-file|ignore|decorative|off|on)\b\s*(?:\[(?P<codes>[^\]\n]*)\])?",
    re.IGNORECASE,
)
WORDS = ("ignore", "ignore-file", "decorative", "off", "on")
#: A comment that may be meant for us and says nothing we know: a word before brackets, or nothing but a word.
_ALMOST = re.compile(r"\s*alt-text\s*:?\s*([\w-]+)\s*(?:\[([^\]\n]*)\])?\s*\Z", re.IGNORECASE)
_CODE = re.compile(r"\bALT\d", re.IGNORECASE)


@frozen(kw_only=True)
class Note:
    """One comment to the linter and the lines it covers; `first` 0 means its own line."""

    verb: str
    codes: tuple[str, ...]
    place: Place
    last: int
    first: int = 0


def parse(comment: str) -> tuple[str, tuple[str, ...]] | None:
    """Understand the text of a comment.

    Parameters
    ----------
    comment : str
        Text without the comment's own marks, such as ``alt-text: ignore[ALT007] mascot``.

    Returns
    -------
    tuple or None
        The verb (``ignore``, ``ignore-file``, ``off``, ``on``, ``decorative``) and the codes (none means
        all); a misspelt verb as it is written, with a question mark before it; None when the comment is
        about something else.
    """
    match = _DIRECTIVE.match(comment)
    if not match:
        almost = _ALMOST.match(comment)
        meant = almost and (_CODE.search(almost[2] or "") or resembles(almost[1]))
        return (f"?{almost[1]}", ()) if almost and meant else None
    codes = re.split(r"[\s,]+", match["codes"].strip()) if match["codes"] else []
    return match["verb"].lower(), tuple(code for code in codes if code)


def resembles(word: str) -> bool:
    """Whether a word is probably meant to be one of ours; of short ones nobody can tell."""
    return bool(difflib.get_close_matches(word.lower(), WORDS[:3], n=1, cutoff=0.75))


def suppressions(notes: Iterable[Note]) -> list[Suppression]:
    """Turn the comments of a file into spans of silence.

    Parameters
    ----------
    notes : iterable of Note
        In reading order.

    Returns
    -------
    list of Suppression
        ``off`` lasts to the next ``on`` that names the same codes or none, else to the end of the file.
    """
    done: list[Suppression] = []
    waiting: list[int] = []  # indices in `done` of `off` without `on` so far
    for note in notes:
        line = note.place.line
        if note.verb == "decorative":
            continue
        if note.verb.startswith("?"):
            done.append(Suppression(place=note.place, codes=(), first=1, last=-1, misspelt=note.verb[1:]))
            continue
        if note.verb == "on":
            ends = [i for i in waiting if not note.codes or done[i].codes == note.codes]
            for i in ends:
                done[i] = evolve(done[i], last=line)
            waiting = [i for i in waiting if i not in ends]
            continue
        first, last = {
            "ignore": (note.first or line, max(note.last, line)),
            "off": (line, 0),
            "ignore-file": (1, 0),
        }[note.verb]
        if note.verb == "off":
            if any(done[i].codes == note.codes for i in waiting):
                continue  # silent already
            waiting.append(len(done))
        done.append(Suppression(place=note.place, codes=note.codes, first=first, last=last))
    return done
