"""Apply the mends that findings carry."""

from __future__ import annotations

import ast
import json
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path

from attrs import frozen

from ..diff import unified
from ..files import write_atomically
from .check import Checked
from .model import Applicability, Finding
from .run import check_file, read_bytes
from .settings import Settings
from .text import Lines, decode, encode, line_end

#: One mend can open the way for another; a text that still changes after this many is left alone.
ROUNDS = 20

_UNREADABLE = (ValueError, SyntaxError, RecursionError, MemoryError)


@frozen(kw_only=True)
class Fixed:
    """A mended text.

    Parameters
    ----------
    text : str
        The new text.
    count : int
        Findings mended.
    mended : tuple of Finding
        Those of the last time through.
    """

    text: str
    count: int
    mended: tuple[Finding, ...] = ()


def apply(text: str, findings: Sequence[Finding], *, unsafe: bool = False) -> Fixed:
    """Apply fixes once; of two that overlap the first in the text wins, each whole or not at all.

    Parameters
    ----------
    text : str
        Text the findings are about.
    findings : sequence of Finding
        Findings; those without a usable fix are passed over.
    unsafe : bool
        Apply unsafe fixes too.

    Returns
    -------
    Fixed
        New text and number of fixes applied.
    """
    lines = Lines(text)
    taken: list[tuple[int, int, str]] = []
    mended: list[Finding] = []
    for finding in findings:
        fix = finding.fix
        if fix is None or (fix.applicability is not Applicability.SAFE and not unsafe):
            continue
        edits = sorted(_as_the_file(text, *lines.span(edit.place), edit.text) for edit in fix.edits)
        if not edits or any(edit.place.path != finding.place.path for edit in fix.edits):
            continue
        if all(text[start:end] == new for start, end, new in edits):
            continue
        if any(_overlap(edit, other) for edit in edits for other in taken):
            continue
        taken += edits
        mended.append(finding)
    for start, end, new in sorted(taken, reverse=True):
        text = text[:start] + new + text[end:]
    return Fixed(text=text, count=len(mended), mended=tuple(mended))


def _as_the_file(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    r"""An edit that never parts ``\r`` from ``\n``, and whose lines end as the file's do there."""
    start, end = (at - (text[at - 1 : at + 1] == "\r\n") if at else at for at in (start, end))
    if "\n" in new:
        new = new.replace("\n", line_end(text, start))
    return start, end, new


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return (one[0] < other[1] and other[0] < one[1]) or one[0] == other[0]


def fix_text(
    text: str,
    check: Callable[[str], Checked],
    *,
    suffix: str,
    unsafe: bool = False,
    only: Callable[[Finding], bool] | None = None,
) -> Fixed:
    """Apply fixes until nothing changes.

    Parameters
    ----------
    text : str
        Text to mend.
    check : callable
        Judges a text.
    suffix : str
        File name suffix: a mended ``.py``, ``.json``, ``.ipynb``, ``.toml`` or ``.yaml`` must still parse.
    unsafe : bool
        Apply unsafe fixes too.
    only : callable, optional
        Says of a finding in the text as it was given whether it may be mended.

    Returns
    -------
    Fixed
        New text and number of fixes applied.
    """
    check = lru_cache(maxsize=2)(check)
    count = 0
    seen = {text}
    chosen: frozenset[str] | None = None
    for _ in range(ROUNDS):
        findings = check(text).findings
        works = partial(_works, old=text, check=check, suffix=suffix)
        if only is not None:
            if chosen is None:
                chosen = frozenset(finding.fingerprint for finding in findings if only(finding))
            # Fixes move lines, but not fingerprints.
            findings = tuple(finding for finding in findings if finding.fingerprint in chosen)
        once = _what_works(text, findings, works, unsafe=unsafe)
        if not once.count or once.text in seen:
            break
        text = once.text
        seen.add(text)
        count += once.count
    return Fixed(text=text, count=count)


def _works(new: Fixed, *, old: str, check: Callable[[str], Checked], suffix: str) -> bool:
    """Whether the file still parses, and what was mended is no longer found."""
    if not _sound(new.text, old, suffix):
        return False
    before, after = (Counter((f.code, f.message) for f in check(text).findings) for text in (old, new.text))
    gone = Counter((f.code, f.message) for f in new.mended)
    return all(after[said] <= before[said] - number for said, number in gone.items())


def _what_works(
    text: str, findings: Sequence[Finding], works: Callable[[Fixed], bool], *, unsafe: bool
) -> Fixed:
    """Apply all fixes, or else those that work on their own."""
    once = apply(text, findings, unsafe=unsafe)
    if not once.count or works(once):
        return once
    if len(once.mended) == 1:
        return Fixed(text=text, count=0)
    half = len(once.mended) // 2
    first, second = (
        _what_works(text, part, works, unsafe=unsafe) for part in (once.mended[:half], once.mended[half:])
    )
    both = apply(text, first.mended + second.mended, unsafe=unsafe)
    return both if works(both) else first if first.count else second


def _sound(new: str, old: str, suffix: str) -> bool:
    """Whether a file that parsed before still does; what a mend does to broken data nobody can tell."""
    parsers: dict[str, Callable[[str], object]] = {
        ".py": _parse_python, ".json": json.loads, ".ipynb": json.loads, ".toml": tomllib.loads,
        ".yaml": _parse_yaml, ".yml": _parse_yaml,
    }  # fmt: skip
    parse = parsers.get(suffix)
    if parse is None:
        return True
    try:
        parse(old)
    except _UNREADABLE:
        return suffix == ".py"
    try:
        parse(new)
    except _UNREADABLE:
        return False
    return True


def _parse_python(text: str) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about somebody else's code
        return ast.parse(text)


def _parse_yaml(text: str) -> object:
    import yaml

    try:
        return list(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


@frozen(kw_only=True)
class Mended:
    """What became of a file's content.

    Parameters
    ----------
    before, after : bytes
        Content before and after.
    encoding : str
        Encoding of both.
    count : int
        Findings mended.
    """

    before: bytes
    after: bytes
    encoding: str
    count: int = 0

    def diff(self, name: str) -> str:
        """Unified diff of the change; empty where there is none."""
        if self.after == self.before:
            return ""
        # With the byte-order mark, without which a patch of the first line would not apply.
        return unified(self.before.decode(self.encoding), self.after.decode(self.encoding), name)


def fix_bytes(
    data: bytes,
    check: Callable[[str], Checked],
    *,
    suffix: str,
    unsafe: bool = False,
    only: Callable[[Finding], bool] | None = None,
) -> Mended:
    """Mend the content of a file; encoding and byte-order mark stay.

    Parameters
    ----------
    data : bytes
        Content.
    check, suffix, unsafe, only
        As in `fix_text`.

    Returns
    -------
    Mended
        New content, the old one where the encoding is a guess or cannot write the text as it was.
    """
    text, encoding, trouble = decode(data)
    same = Mended(before=data, after=data, encoding=encoding)
    if trouble:
        return same  # a wrong guess of the encoding would damage the rest of the file
    fixed = fix_text(text, check, suffix=suffix, unsafe=unsafe, only=only)
    after = None if fixed.text == text else encode(fixed.text, encoding, data=data, old=text)
    if after is None:
        return same
    return Mended(before=data, after=after, encoding=encoding, count=fixed.count)


def fix_file(
    path: Path,
    settings: Settings,
    *,
    unsafe: bool = False,
    write: bool = True,
    only: Callable[[Finding], bool] | None = None,
) -> tuple[int, str]:
    """Mend one file.

    Parameters
    ----------
    path : pathlib.Path
        File; must be readable.
    settings : Settings
        Rules and options.
    unsafe : bool
        Apply unsafe fixes too.
    write : bool
        Write the file, atomically; else only say what would change.
    only : callable, optional
        Says whether a finding may be mended.

    Returns
    -------
    count : int
        Findings mended.
    diff : str
        Unified diff of the change.
    """
    data, trouble = read_bytes(str(path))
    if trouble:
        return 0, ""
    mended = fix_bytes(
        data,
        lambda new: check_file(path, settings, new),
        suffix=path.suffix.lower(),
        unsafe=unsafe,
        only=only,
    )
    if write and mended.after != data:
        write_atomically(path, mended.after)
    return mended.count, mended.diff(path.as_posix())
