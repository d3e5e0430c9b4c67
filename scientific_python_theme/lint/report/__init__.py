"""One function per output format: a `Report` in, text out."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import cache

from attrs import field, frozen

from ..model import Finding, Problem
from ..run import Coverage, read_bytes
from ..text import Lines, decode

#: Name on the command line, and module.
FORMATS = {
    "text": "text",
    "concise": "concise",
    "json": "json_",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
}


@cache
def _lines(path: str) -> Lines | None:
    data, trouble = read_bytes(path)
    return None if trouble else Lines(decode(data)[0])


@frozen(kw_only=True)
class Report:
    """What a format renders.

    Parameters
    ----------
    findings : sequence of Finding
        Findings in order.
    problems : sequence of Problem
        What could not be looked at.
    files : int
        Files looked at.
    coverage : Coverage
        Images that have words.
    colour : bool
        Whether a terminal shows colour.
    width : int
        Width of the terminal, in columns.
    known : int
        Findings that the baseline hides.
    stale : int
        Entries of a baseline that must not be there: what they list is gone.
    texts : dict
        Texts that are not in a file: standard input, by path.
    """

    findings: Sequence[Finding]
    problems: Sequence[Problem] = ()
    files: int = 0
    coverage: Coverage = field(factory=Coverage)
    colour: bool = False
    width: int = 100
    known: int = 0
    stale: int = 0
    texts: dict[str, str] = field(factory=dict)

    def lines(self, path: str) -> Lines | None:
        """Text of a file, or None when it cannot be had."""
        if path in self.texts:
            return Lines(self.texts[path])
        return _lines(path)


def message(finding: Finding) -> str:
    """Message of a finding, with the number of its like on other pages."""
    if not finding.repeats:
        return finding.message
    return f"{finding.message} (and {finding.repeats:,} more)"


def render(name: str, report: Report) -> str:
    """A report in one format.

    Parameters
    ----------
    name : str
        A key of `FORMATS`.
    report : Report
        What to render.

    Returns
    -------
    str
        Text that ends with a line end, or nothing when there is nothing to say.
    """
    module = importlib.import_module(f"{__name__}.{FORMATS[name]}")
    function: Callable[[Report], str] = module.render
    text = function(report)
    # A lone surrogate from a damaged file name or JSON must not stop the output.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
