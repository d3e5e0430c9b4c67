"""Code quality report of GitLab."""

from __future__ import annotations

import json

from ..model import Severity
from . import Report, message

_LEVEL = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> str:
    """Render a list of issues."""
    issues = [
        {
            "type": "issue",
            "check_name": f.code,
            "description": f"{f.code} {message(f)}",
            "content": {"body": f.help},
            "categories": ["Accessibility"],
            "severity": _LEVEL[f.severity],
            "fingerprint": f.fingerprint,
            "location": {
                "path": f.place.path,
                "positions": {
                    "begin": {"line": f.place.line, "column": f.place.column},
                    "end": {
                        "line": f.place.end_line or f.place.line,
                        "column": f.place.end_column or f.place.column,
                    },
                },
                "lines": {"begin": f.place.line, "end": f.place.end_line or f.place.line},
            },
        }
        for f in report.findings
    ]
    return json.dumps(issues, indent=2) + "\n"
