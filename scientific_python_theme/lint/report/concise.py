"""One line a finding: ``path:line:column: CODE message``."""

from __future__ import annotations

from . import Report, message
from .text import printable_line


def render(report: Report) -> str:
    """Render as lines that editors and ``grep`` understand."""
    return "".join(
        printable_line(f"{f.place.path}:{f.place.line}:{f.place.column}: {f.code} {message(f)}") + "\n"
        for f in report.findings
    )
