"""Annotations of GitHub Actions."""

from __future__ import annotations

from ..model import Severity
from . import Report, message

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render(report: Report) -> str:
    """Render workflow commands, each on a line, escaped as the runner unescapes them."""
    out = []
    for f in report.findings:
        end = f.place.end_line or f.place.line
        where = f"file={_property(f.place.path)},line={f.place.line},endLine={end}"
        if end == f.place.line:  # GitHub takes columns only within one line
            where += f",col={f.place.column},endColumn={f.place.end_column or f.place.column}"
        title = _property(f"{f.code} {f.name}")
        text = message(f) + (f"\n{f.help}" if f.help else "")
        out.append(f"::{_LEVEL[f.severity]} {where},title={title}::{_data(text)}\n")
    for p in report.problems:
        out.append(f"::warning file={_property(p.place.path)},line={p.place.line}::{_data(p.message)}\n")
    return "".join(out)
