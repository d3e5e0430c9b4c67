"""Findings that a project knows of and works off: a list that only gets shorter."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from ..errors import ThemeError
from ..files import write_atomically
from .discover import show
from .fingerprint import about
from .model import Finding

VERSION = 1


class BaselineError(ThemeError):
    """A baseline file cannot be used."""


@frozen(kw_only=True)
class Entry:
    """One known finding.

    Parameters
    ----------
    fingerprint : str
        Name of the finding.
    code, path, image : str
        What a person sees in the file; also finds an entry again whose file was renamed.
    """

    fingerprint: str
    code: str
    path: str
    image: str


@frozen(kw_only=True)
class Comparison:
    """A run held against a baseline.

    Parameters
    ----------
    new : list of Finding
        Findings that are not in the baseline.
    known : list of Finding
        Findings that are.
    kept : list of Entry
        Entries that still occur, under their present names, and those of which the run can tell nothing.
    gone : list of Entry
        Entries that no longer occur.
    """

    new: list[Finding]
    known: list[Finding]
    kept: list[Entry]
    gone: list[Entry]


def entry(finding: Finding, root: Path) -> Entry:
    """Baseline entry of a finding; its path is relative to `root`, the folder of the settings."""
    return Entry(
        fingerprint=finding.fingerprint,
        code=finding.code,
        path=show(finding.place.path, root),
        image=about(finding.image)[:200],
    )


def read(file: Path) -> list[Entry]:
    """Entries of a baseline file.

    Parameters
    ----------
    file : pathlib.Path
        File written by `write`.

    Returns
    -------
    list of Entry
        Its entries.

    Raises
    ------
    BaselineError
        If there is no such file, or it is not a baseline.
    """
    try:
        data: Any = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise BaselineError(
            f"{file}: no such baseline; make it with: lint --baseline {file} --update-baseline"
        ) from None
    except OSError as error:
        raise BaselineError(f"{file}: cannot be read ({error.strerror}); check its permissions") from error
    except (ValueError, RecursionError) as error:
        raise BaselineError(
            f"{file}: not a baseline ({error}); restore it, or delete it and make a new one"
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise BaselineError(
            f"{file}: not a baseline (no list of findings); restore it, or delete it and make a new one"
        )
    if data.get("version") != VERSION:
        raise BaselineError(
            f"{file}: baseline version {data.get('version')!r}, this program reads {VERSION}; make a new one"
        )
    found = []
    for n, row in enumerate(data["findings"]):
        if not isinstance(row, dict) or not all(
            isinstance(row.get(k), str) for k in ("fingerprint", "code", "path")
        ):
            raise BaselineError(
                f"{file}: finding {n + 1} is damaged; restore the file, or delete it and make a new one"
            )
        found.append(
            Entry(
                fingerprint=row["fingerprint"],
                code=row["code"],
                path=row["path"],
                image=str(row.get("image", "")),
            )
        )
    return found


def write(file: Path, entries: Iterable[Entry]) -> None:
    """Write a baseline, one line a finding, in an order that keeps diffs small.

    Parameters
    ----------
    file : pathlib.Path
        File to write, atomically.
    entries : iterable of Entry
        Entries.
    """
    rows = sorted(entries, key=lambda e: (e.path, e.code, e.image, e.fingerprint))
    lines = [
        json.dumps(
            {"path": e.path, "code": e.code, "image": e.image, "fingerprint": e.fingerprint},
            ensure_ascii=False,
        )
        for e in rows
    ]
    body = ",\n  ".join(lines)
    write_atomically(file, f'{{"version": {VERSION}, "findings": [\n  {body}\n]}}\n' if lines else
                     f'{{"version": {VERSION}, "findings": []}}\n')  # fmt: skip


def compare(
    findings: Sequence[Finding],
    entries: Sequence[Entry],
    root: Path,
    *,
    looked_at: Iterable[str] | None = None,
    codes: Container[str] | None = None,
) -> Comparison:
    """Hold findings against a baseline.

    Parameters
    ----------
    findings : sequence of Finding
        Findings of a run.
    entries : sequence of Entry
        Entries of the baseline.
    root : pathlib.Path
        Folder of the settings, to which the paths of entries are relative.
    looked_at : iterable of str, optional
        Files of the run, relative to `root`; an entry of a file that was not looked at is not gone: it stays.
    codes : container of str, optional
        Rules of the run; an entry of a rule that did not run stays, too.

    Returns
    -------
    Comparison
        New, known, kept, gone. A finding whose file was renamed is known by rule and image, where the old
        path no longer exists.
    """
    stock = Counter(e.fingerprint for e in entries)
    new, known, kept = [], [], []
    for finding in findings:
        if stock[finding.fingerprint] > 0:
            stock[finding.fingerprint] -= 1
            known.append(finding)
            kept.append(entry(finding, root))
        else:
            new.append(finding)
    left = []
    for e in entries:
        if stock[e.fingerprint] > 0:
            stock[e.fingerprint] -= 1
            left.append(e)
    there = cache(lambda path: (root / path).exists())
    moved: dict[tuple[str, str], list[int]] = defaultdict(list)
    if new:
        for n, e in reversed(list(enumerate(left))):
            if not there(e.path):
                moved[e.code, e.image].append(n)
    renamed: set[int] = set()
    still_new = []
    for finding in new:
        candidates = moved[finding.code, about(finding.image)[:200]]
        if candidates:
            renamed.add(candidates.pop())
            known.append(finding)
            kept.append(entry(finding, root))
        else:
            still_new.append(finding)
    seen = None if looked_at is None else set(looked_at)
    gone: list[Entry] = []
    for n, e in enumerate(left):
        if n in renamed:
            continue
        unseen = seen is not None and e.path not in seen and there(e.path)
        unasked = codes is not None and e.code not in codes
        (kept if unseen or unasked else gone).append(e)
    return Comparison(new=still_new, known=known, kept=kept, gone=gone)
