"""One JSON object a line, with a fixed set of keys."""

from __future__ import annotations

import json

from ..model import Finding
from . import Report, message


def row(finding: Finding) -> dict[str, object]:
    """A finding as plain values; lines and columns are 1-based, columns count code points."""
    place, image = finding.place, finding.image
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line or place.line,
        "end_column": place.end_column or place.column,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": message(finding),
        "help": finding.help,
        "element": image.element if image else "",
        "src": image.src if image else "",
        "fingerprint": finding.fingerprint,
    }


def render(report: Report) -> str:
    """Render one object a line."""
    return "".join(json.dumps(row(finding)) + "\n" for finding in report.findings)
