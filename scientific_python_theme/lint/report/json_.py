"""One JSON document: findings, problems, coverage."""

from __future__ import annotations

import json

from . import Report
from .jsonl import row


def render(report: Report) -> str:
    """Render one document."""
    coverage = report.coverage
    data = {
        "findings": [row(finding) | {"repeats": finding.repeats} for finding in report.findings],
        "problems": [
            {"path": p.place.path, "line": p.place.line, "message": p.message} for p in report.problems
        ],
        "files": report.files,
        "coverage": {
            "described": coverage.described,
            "undescribed": coverage.undescribed,
            "decorative": coverage.decorative,
            "total": coverage.total,
        },
    }
    return json.dumps(data, indent=2) + "\n"
