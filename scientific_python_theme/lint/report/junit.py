"""JUnit XML: a test suite per file, a failed case per finding."""

from __future__ import annotations

import re
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from . import Report, message

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def render(report: Report) -> str:
    """Render XML 1.0; a run without findings is one passed case."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>']
    total, errors = len(report.findings), len(report.problems)
    out.append(
        f'<testsuites name="alt-text" tests="{max(total + errors, 1)}" failures="{total}" errors="{errors}">'
    )
    for path, group in groupby(report.findings, key=lambda f: f.place.path):
        cases = list(group)
        name = quoteattr(_text(path))
        out.append(f'  <testsuite name={name} tests="{len(cases)}" failures="{len(cases)}" errors="0">')
        for f in cases:
            title = quoteattr(_text(f"{f.code} {f.name} at {f.place.line}:{f.place.column}"))
            said = quoteattr(_text(message(f)))
            body = escape(_text(f"{path}:{f.place.line}:{f.place.column}\n{f.help}".rstrip()))
            out.append(f'    <testcase name={title} classname={name} file={name} line="{f.place.line}">')
            out.append(f"      <failure type={quoteattr(f.severity.value)} message={said}>{body}</failure>")
            out.append("    </testcase>")
        out.append("  </testsuite>")
    if report.problems:
        out.append(f'  <testsuite name="unreadable" tests="{errors}" failures="0" errors="{errors}">')
        for p in report.problems:
            name = quoteattr(_text(p.place.path))
            out.append(f'    <testcase name="read" classname={name} file={name}>')
            out.append(f"      <error message={quoteattr(_text(p.message))}/>")
            out.append("    </testcase>")
        out.append("  </testsuite>")
    if not total and not errors:
        out.append('  <testsuite name="alt-text" tests="1" failures="0" errors="0">')
        out.append('    <testcase name="all images" classname="alt-text"/>')
        out.append("  </testsuite>")
    out.append("</testsuites>")
    return "\n".join(out) + "\n"
