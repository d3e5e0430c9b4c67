"""SARIF 2.1.0, as code scanning services take it."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

from ... import __version__
from ..explain import explanation, url
from ..model import Finding, Place, Severity
from ..rules import Rule, all_rules
from . import Report, message

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report) -> str:
    """Render one run with the rules that found something."""
    rules = all_rules()
    codes = sorted({f.code for f in report.findings} & set(rules))
    index = {code: n for n, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {
                "name": "scientific-python-theme",
                "semanticVersion": __version__,
                "informationUri": "https://github.com/scientific-python/scientific-python-theme",
                "rules": [_rule(rules[code]) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"uri": Path.cwd().as_uri().rstrip("/") + "/"}},
        "results": [_result(f, index) for f in report.findings],
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {
                        "level": "warning",
                        "message": {"text": p.message},
                        "locations": [{"physicalLocation": _location(p.place)}],
                    }
                    for p in report.problems
                ],
            }
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    told = explanation(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": told.what},
        "fullDescription": {"text": " ".join((told.what, *told.why))},
        "help": {"text": "\n\n".join((*told.why, f"Source: {rule.source}"))},
        "helpUri": url(rule),
        "defaultConfiguration": {"level": _LEVEL[rule.severity], "enabled": rule.default},
        "properties": {"tags": ["accessibility"]},
    }


def _location(place: Place) -> dict[str, object]:
    path = place.path
    artifact: dict[str, object] = (
        {"uri": Path(path).as_uri()}
        if Path(path).is_absolute()
        else {"uri": quote(path, errors="replace"), "uriBaseId": "SRCROOT"}
    )
    end_line = max(place.end_line or place.line, place.line)
    end_column = place.end_column or place.column
    if end_line == place.line:
        end_column = max(end_column, place.column)
    region = {
        "startLine": max(place.line, 1),
        "startColumn": max(place.column, 1),
        "endLine": max(end_line, 1),
        "endColumn": max(end_column, 1),
    }
    return {"artifactLocation": artifact, "region": region}


def _result(finding: Finding, index: dict[str, int]) -> dict[str, object]:
    text = message(finding) + (f" {finding.help}" if finding.help else "")
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": _LEVEL[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _location(finding.place)}],
        "partialFingerprints": {"altText/v1": finding.fingerprint},
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    if finding.repeats:
        result["occurrenceCount"] = finding.repeats + 1
    return result
