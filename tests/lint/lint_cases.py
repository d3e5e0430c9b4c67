"""Read the tables of cases and judge a piece of HTML with the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from scientific_python_theme.lint.model import Document, Image
from scientific_python_theme.lint.rules import Remark, all_rules
from scientific_python_theme.lint.sources import html

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "html"


def cases() -> list[dict[str, Any]]:
    """Every case: html, finds, and perhaps differs."""
    return [
        {"table": file.stem, **case}
        for file in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text("utf-8"))
    ]


def remarks(document: Document, *, default: bool = True) -> list[tuple[str, Image | None, Remark]]:
    """What the rules say about a document: code, image, remark."""
    found = []
    for rule in all_rules().values():
        if default and not rule.default:
            continue
        pairs = (
            [(image, said) for image in document.images for said in rule.check(image)]
            if rule.check
            else list(rule.check_document(document))
        )
        for image, said in pairs:
            found.append((rule.code, image, said if isinstance(said, Remark) else Remark(message=said)))
    return found


def codes(text: str) -> list[str]:
    """Codes of the default rules that find something in a page, sorted, each once."""
    return sorted({code for code, _, _ in remarks(html.read(text, "page.html"))})
