"""Comments that silence findings, and which of them silence nothing."""

from __future__ import annotations

import difflib
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from .model import Applicability, Document, Edit, Finding, Fix, Place, Severity, Suppression
from .rules import all_rules
from .select import matching
from .sources.comments import WORDS
from .text import Lines

UNUSED = "ALT100"
#: What Sphinx, Hugo, MkDocs and their like leave in a page.
_GENERATED = re.compile(
    r"<meta\b[^>]*\bname=[\"']?generator\b|documentation_options|<(?:script|link)\b[^>]*\b_static/",
    re.IGNORECASE,
)


def apply(
    findings: Sequence[Finding], document: Document, codes: frozenset[str], lines: Lines
) -> list[Finding]:
    """Drop what a comment silences; add a finding for each comment that silences nothing.

    Parameters
    ----------
    findings : sequence of Finding
        Findings of one document.
    document : Document
        The document, with its suppressions.
    codes : frozenset of str
        Rules that ran: a comment about another rule may well be needed in another run.
    lines : Lines
        Text of the document.

    Returns
    -------
    list of Finding
        What remains.
    """
    if not document.suppressions:
        return list(findings)
    meant = [_meant(suppression) for suppression in document.suppressions]
    used: list[set[str]] = [set() for _ in document.suppressions]
    silenced: set[int] = set()
    for alike, hits in _hits(findings, document, meant):
        silenced.update(hits)
        for n in alike:
            used[n].update(findings[k].code for k in hits)
    kept = [finding for k, finding in enumerate(findings) if k not in silenced]
    if UNUSED in codes and not _built(document, lines):
        for n, suppression in enumerate(document.suppressions):
            if UNUSED not in meant[n]:
                kept.extend(_unused(suppression, used[n], codes, lines))
    return kept


def _built(document: Document, lines: Lines) -> bool:
    """Whether a page was made from a source whose comments are left in it: there they have to be judged.

    Markdown writes ``alt=""`` where the source has no text, so that what a comment was for is not seen here.
    """
    if document.format != "html":
        return False
    if _GENERATED.search(lines.text) or any(image.generator for image in document.images):
        return True
    return any(
        image.alt == "" and any(s.first <= image.place.line <= s.last for s in document.suppressions)
        for image in document.images
    )


def covered(document: Document, code: str) -> set[int]:
    """Indices of the images for which a comment silences a rule.

    Parameters
    ----------
    document : Document
        The document, with its suppressions.
    code : str
        The rule.

    Returns
    -------
    set of int
        Indices in ``document.images``.
    """
    spans = [(s.first, s.last or math.inf) for s in document.suppressions
             if not s.misspelt and (not s.codes or code in _meant(s))]  # fmt: skip
    return {
        k for k, image in enumerate(document.images)
        if any(first <= image.place.line <= last for first, last in spans)
    }  # fmt: skip


def _meant(suppression: Suppression) -> frozenset[str]:
    return frozenset().union(*map(matching, suppression.codes))


def _hits(
    findings: Sequence[Finding], document: Document, meant: list[frozenset[str]]
) -> Iterator[tuple[list[int], list[int]]]:
    """Suppressions that say the same of the same lines, and the findings they cover; not each with each."""
    places = sorted(
        {
            (place.path, place.line, k)
            for k, finding in enumerate(findings)
            for place in (finding.place, *((finding.image.place,) if finding.image else ()))
        }
    )
    groups: dict[tuple[str, int, float, bool, frozenset[str]], list[int]] = {}
    for n, one in enumerate(document.suppressions):
        if one.misspelt:
            continue
        key = (one.place.path, one.first, one.last or math.inf, not one.codes, meant[n])
        groups.setdefault(key, []).append(n)
    for (path, first, last, everything, codes), alike in groups.items():
        start, end = bisect_left(places, (path, first, -1)), bisect_right(places, (path, last, math.inf))
        some = {k for _, _, k in places[start:end] if everything or findings[k].code in codes}
        yield alike, sorted(some)


def _unused(
    suppression: Suppression, used: set[str], codes: frozenset[str], lines: Lines
) -> Iterator[Finding]:
    left: tuple[str, ...] = ()
    if suppression.misspelt:
        near = difflib.get_close_matches(suppression.misspelt.lower(), WORDS, n=1, cutoff=0)[0]
        message = (
            f"this silences nothing: {suppression.misspelt!r} is no word of ours; did you mean {near!r}?"
        )
    elif not suppression.codes:
        if used or not codes >= {code for code, rule in all_rules().items() if rule.default}:
            return
        message = "this comment silences nothing"
    else:
        idle, unknown = [], []
        for word in suppression.codes:
            named = matching(word)
            if not named:
                unknown.append(word)
            elif not named & used and named & codes:
                idle.append(word)
        if not idle and not unknown:
            return
        left = tuple(word for word in suppression.codes if word not in (*idle, *unknown))
        said = [f"{', '.join(idle)} is not found here"] if idle else []
        said += [f"there is no rule {', '.join(unknown)}"] if unknown else []
        message = f"unused suppression: {'; '.join(said)}"
    yield Finding(
        code=UNUSED,
        name=all_rules()[UNUSED].name,
        severity=Severity.WARNING,
        message=message,
        place=suppression.place,
        help=f"Write {near}."
        if suppression.misspelt
        else "Remove the comment."
        if not left
        else f"Keep only {', '.join(left)}.",
        fix=None if suppression.misspelt else _removal(suppression, left, lines),
    )


def _removal(suppression: Suppression, left: tuple[str, ...], lines: Lines) -> Fix | None:
    start, end = lines.span(suppression.place)
    comment = lines.text[start:end]
    if "ignore" not in comment:
        return None  # half of an off/on pair: a person should see both
    if left:
        head, _, rest = comment.partition("[")
        tail = rest.partition("]")[2]
        if not rest:
            return None
        text = f"{head}[{', '.join(left)}]{tail}"
    else:
        text = ""
        first, column = lines.position(start)
        line_start, line = lines.starts[first - 1], lines.line(first)
        if line[: column - 1].strip() == "" and lines.text[line_start + len(line) : end].strip() == "":
            last = lines.position(end)[0]
            if line[column - 1 :].strip() == comment.strip():
                start = line_start
                end = lines.starts[last] if last < len(lines.starts) else len(lines.text)
    (line1, column1), (line2, column2) = lines.position(start), lines.position(end)
    place = Place(path=suppression.place.path, line=line1, column=column1, end_line=line2, end_column=column2)
    return Fix(
        message="remove the suppression",
        edits=(Edit(place=place, text=text),),
        applicability=Applicability.SAFE,
    )
