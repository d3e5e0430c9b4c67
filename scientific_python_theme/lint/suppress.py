"""Comments that silence findings, and which of them silence nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .model import Applicability, Document, Edit, Finding, Fix, Place, Severity, Suppression
from .rules import all_rules
from .select import matching
from .text import Lines

UNUSED = "ALT100"


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
    used: list[set[str]] = [set() for _ in document.suppressions]
    meant = [_meant(suppression) for suppression in document.suppressions]
    kept = []
    for finding in findings:
        hits = [
            n
            for n, suppression in enumerate(document.suppressions)
            if (finding.code in meant[n] or not suppression.codes) and _covers(suppression, finding)
        ]
        for n in hits:
            used[n].add(finding.code)
        if not hits:
            kept.append(finding)
    if UNUSED in codes:
        for n, suppression in enumerate(document.suppressions):
            if UNUSED not in meant[n]:
                kept.extend(_unused(suppression, used[n], codes, lines))
    return kept


def _meant(suppression: Suppression) -> frozenset[str]:
    return (
        frozenset().union(*(matching(word) for word in suppression.codes))
        if suppression.codes
        else frozenset()
    )


def _covers(suppression: Suppression, finding: Finding) -> bool:
    places = [finding.place, *((finding.image.place,) if finding.image else ())]
    return any(
        suppression.first <= place.line and (place.line <= suppression.last or not suppression.last)
        for place in places
        if place.path == suppression.place.path
    )


def _unused(
    suppression: Suppression, used: set[str], codes: frozenset[str], lines: Lines
) -> Iterator[Finding]:
    if not suppression.codes:
        if used or not codes >= {code for code, rule in all_rules().items() if rule.default}:
            return
        message = "this comment silences nothing"
        left: tuple[str, ...] = ()
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
        name=all_rules()[UNUSED].name if UNUSED in all_rules() else "unused-suppression",
        severity=Severity.WARNING,
        message=message,
        place=suppression.place,
        help="Remove the comment." if not left else f"Keep only {', '.join(left)}.",
        fix=_removal(suppression, left, lines),
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
