"""Write suppression comments, each tried out before it is kept."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..files import write_atomically
from .check import Checked
from .model import Finding
from .run import read_bytes
from .settings import Settings
from .text import Lines, decode

Check = Callable[[Path, Settings, str], Checked]
_CELL = re.compile(r"cell (\d+)")


def add(path: Path, findings: Sequence[Finding], settings: Settings, check: Check) -> list[Finding]:
    """Silence findings of one file by comments.

    Parameters
    ----------
    path : pathlib.Path
        File to edit, atomically.
    findings : sequence of Finding
        Findings to silence.
    settings : Settings
        Rules and options.
    check : callable
        ``check(path, settings, text) -> Checked``.

    Returns
    -------
    list of Finding
        Findings for which no comment works.
    """
    data, trouble = read_bytes(str(path))
    if trouble:
        return list(findings)
    text, encoding, trouble = decode(data)
    if trouble:
        return list(findings)
    mark = len(data) - len(text.encode(encoding))
    old = text
    groups: dict[int, list[Finding]] = {}
    for finding in findings:
        line = finding.image.place.line if finding.image else finding.place.line
        groups.setdefault(line, []).append(finding)
    left: list[Finding] = []
    before = _tally(check(path, settings, text))
    for line, group in sorted(groups.items(), reverse=True):
        codes = sorted({finding.code for finding in group})
        for candidate in _candidates(text, line, codes, path.suffix.lower(), group[0]):
            after = _tally(check(path, settings, candidate))
            if sum(after.values()) < sum(before.values()) and not after - before:
                text, before = candidate, after
                break
        else:
            left += group
    if text != old:
        write_atomically(path, data[:mark] + text.encode(encoding))
    return left


def _tally(checked: Checked) -> Counter[tuple[str, str]]:
    tally = Counter((f.code, f.image.src if f.image else "") for f in checked.findings)
    tally["problem", ""] = len(checked.document.problems)
    return tally


def _candidates(text: str, line: int, codes: list[str], suffix: str, finding: Finding) -> Iterator[str]:
    mark = f"alt-text: ignore[{', '.join(codes)}]"
    if suffix == ".ipynb":
        if edited := _in_cell(text, codes, finding):
            yield edited
        return
    lines = Lines(text)
    end = "\r\n" if "\r\n" in text else "\n"
    own = lines.line(line)
    indent = own[: len(own) - len(own.lstrip())]
    start = lines.starts[min(line, len(lines.starts)) - 1]
    stop = start + len(own)
    blank = end if line > 1 and lines.line(line - 1).strip() else ""
    html, rst = f"<!-- {mark} -->", f".. {mark}"
    above = {
        "html": [f"{indent}{html}{end}"],
        "md": [f"{indent}{html}{end}", f"{indent}{html}{end}{end}", f"{blank}{indent}% {mark}{end}"],
        "rst": [f"{blank}{indent}{rst}{end}{end}", f"{indent}{rst}{end}"],
        "py": [f"{blank}{indent}{rst}{end}{end}", f"{indent}# {mark}{end}"],
        "toml": [f"{indent}{html}{end}", f"# {mark}{end}"],
    }
    behind = {
        "html": [f" {html}"],
        "md": [f" {html}"],
        "py": [f"  # {mark}"],
        "toml": [f"  # {mark}"],
        "rst": [],
    }
    kind = {".md": "md", ".markdown": "md", ".rst": "rst", ".py": "py", ".html": "html", ".htm": "html",
            ".toml": "toml", ".yaml": "toml", ".yml": "toml"}.get(suffix, "rst")  # fmt: skip
    for comment in above[kind]:
        yield text[:start] + comment + text[start:]
    for comment in behind[kind]:
        yield text[:stop] + comment + text[stop:]


def _in_cell(text: str, codes: list[str], finding: Finding) -> str:
    """Notebook text with the codes in the cell's metadata; indentation and line end as they were."""
    match = _CELL.search(finding.place.note)
    try:
        book: Any = json.loads(text)
        cells = book["cells"]
        metadata = (cells[int(match[1]) - 1] if match else cells[0]).setdefault("metadata", {})
        table = metadata.setdefault("alt-text", {})
        table["ignore"] = sorted({*table.get("ignore", []), *codes})
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return ""
    indent = re.search(r"\n( +)\S", text)
    out = json.dumps(book, ensure_ascii=False, indent=len(indent[1]) if indent else None)
    return out + ("\n" if text.endswith("\n") else "")
