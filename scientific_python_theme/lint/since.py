"""Lines that changed since a revision, asked of Git."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from ..errors import ThemeError
from .model import Finding

_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_OCTAL = re.compile(r"\\([0-7]{3}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}

#: Changed lines by real path; None means the whole file is new.
Changed = dict[str, list[tuple[int, int]] | None]


class GitError(ThemeError):
    """Git is missing, or does not know what it was asked for."""


def changed_lines(revision: str, folder: Path) -> Changed:
    """Lines added or changed since a revision, in the working tree, with untracked files.

    Parameters
    ----------
    revision : str
        Anything Git takes for a commit. Changes count from its merge base with HEAD, so that what others
        added to it meanwhile does not matter.
    folder : pathlib.Path
        A folder of the repository.

    Returns
    -------
    dict
        Real path to list of first and last line; None for a file that Git does not track yet.

    Raises
    ------
    GitError
        If Git is missing, the folder is in no repository, or the revision is unknown.
    """
    top = _git(folder, "rev-parse", "--show-toplevel").strip("\n")
    commit = _git(
        folder,
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        f"{revision}^{{commit}}",
        unknown=revision,
    ).strip()
    base = _git(folder, "merge-base", commit, "HEAD", lenient=True).strip() or commit
    diff = _git(
        Path(top), "-c", "core.quotePath=true", "diff", "--unified=0", "--inter-hunk-context=0",
        "--no-color", "--no-ext-diff", "--no-textconv",
        "--src-prefix=a/", "--dst-prefix=b/", "--find-renames", "--relative", base, "--",
    )  # fmt: skip
    changed = parse_diff(diff, top)
    for name in _git(Path(top), "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if name:
            changed[os.path.realpath(os.path.join(top, name))] = None  # noqa: PTH118
    return changed


def parse_diff(diff: str, top: str) -> Changed:
    """Changed lines of a unified diff without context.

    Parameters
    ----------
    diff : str
        Output of ``git diff --unified=0``.
    top : str
        Folder its paths count from.

    Returns
    -------
    dict
        Real path to list of first and last line.
    """
    changed: Changed = {}
    lines: list[tuple[int, int]] | None = None
    header = False
    for line in diff.split("\n"):
        if line.startswith("diff --git "):
            header, lines = True, None
        elif header and line.startswith("+++ "):
            name = _unquote(line[4:].rstrip("\t"))
            if name.startswith("b/"):
                lines = []
                changed[os.path.realpath(os.path.join(top, name[2:]))] = lines  # noqa: PTH118
        elif match := _HUNK.match(line):
            header = False
            first, count = int(match[1]), int(match[2] or 1)
            if lines is not None and count:
                lines.append((first, first + count - 1))
    return changed


def in_file(path: str, changed: Changed) -> bool:
    """Whether a file has changed lines."""
    return os.path.realpath(path) in changed


def on_changed_lines(path: str, first: int, last: int, changed: Changed) -> bool:
    """Whether a stretch of a file has changed lines."""
    lines = changed.get(os.path.realpath(path), [])
    return lines is None or any(first <= end and begin <= max(first, last) for begin, end in lines)


def touched(finding: Finding, changed: Changed) -> bool:
    """Whether a finding stands on a changed line."""
    places = [finding.place, *((finding.image.place,) if finding.image else ())]
    return any(on_changed_lines(finding.place.path, p.line, p.end_line, changed) for p in places)


def _unquote(name: str) -> str:
    if not (name.startswith('"') and name.endswith('"')):
        return name
    raw = _OCTAL.sub(lambda m: chr(int(m[1], 8)) if len(m[1]) == 3 else _ESCAPES.get(m[1], m[1]), name[1:-1])
    return raw.encode("latin-1", "replace").decode("utf-8", "surrogateescape")


def _git(folder: Path, *args: str, unknown: str | None = None, lenient: bool = False) -> str:
    try:
        done = subprocess.run(
            ["git", *args], cwd=folder, capture_output=True, timeout=120, check=False,
            env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    except FileNotFoundError:
        raise GitError("--since needs git, which is not on PATH; install it") from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise GitError(f"--since: git could not be run ({error})") from error
    if done.returncode:
        if lenient:
            return ""
        if unknown is not None:
            raise GitError(f"--since: Git knows no revision {unknown!r}; fetch it, or name another")
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise GitError(f"--since: {said or 'git failed'}; run it inside a Git repository")
    return done.stdout.decode("utf-8", "surrogateescape")
