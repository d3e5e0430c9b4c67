"""What tests of several parts share besides fixtures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def need(found: object, how: str) -> None:
    """Skip with one line that says how to get it; under REQUIRE_BROWSER=1 fail instead."""
    if found:
        return
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(how)
    pytest.skip(how)


def write_tree(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write a tree of small files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
    return folder
