"""A page's style sheet keeps within its budget, with the search dialog and without."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGES = Path(__file__).parent / "pages"


def sheets(html: Path, root: Path) -> bytes:
    links = re.findall(r'<link rel="?stylesheet"?[^>]*href="?/?([^" >]+)', html.read_text("utf-8"))
    assert len(links) == 1
    return (root / links[0]).read_bytes()


@pytest.mark.parametrize("search", ["false", "true"])
def test_hugo_sheet_is_within_forty_kibibytes(hugo: Callable[..., Any], tmp_path: Path, search: str) -> None:
    """At most 40 KiB, 9 KiB packed, in one request: home and inner page."""
    shutil.copytree(PAGES / "hugo", tmp_path, dirs_exist_ok=True)
    config = tmp_path / "hugo.toml"
    config.write_text(config.read_text("utf-8").replace("[params]", f"[params]\nsearch = {search}"), "utf-8")
    hugo(tmp_path)
    public = tmp_path / "public"
    for html in (public / "index.html", public / "docs" / "index.html"):
        text = sheets(html, public)
        assert len(text) <= 40 * 1024
        assert len(gzip.compress(text, 9)) <= 9 * 1024
        assert b"url(" not in text, "a sheet that fetches something else"
        assert b"@import" not in text


def test_helpers_come_where_they_are_used(hugo: Callable[..., Any], tmp_path: Path) -> None:
    """Spacing and display helpers, rules for icons, formulas, posts and trees load on pages that need them."""
    shutil.copytree(PAGES / "hugo", tmp_path, dirs_exist_ok=True)
    (tmp_path / "content" / "raw.md").write_text(
        '---\ntitle: Raw\n---\n<div class="sd-mt-5 sd-d-md-none">x</div><i class="fa-solid fa-list"></i>\n',
        "utf-8",
    )
    (tmp_path / "content" / "formula.md").write_text("---\ntitle: Formula\n---\nLet $x_1 = 2$.\n", "utf-8")
    (tmp_path / "content" / "news.md").write_text("---\ntitle: News\n---\nDrawn as a post.\n", "utf-8")
    hugo(tmp_path)
    public = tmp_path / "public"
    news = sheets(public / "news" / "index.html", public)
    assert b".post-meta" in news
    assert b".sp-tree-root" not in news
    assert b".post-meta" not in sheets(public / "raw" / "index.html", public)
    assert b".sp-math-long" in sheets(public / "formula" / "index.html", public)
    assert b".sp-math-long" not in sheets(public / "raw" / "index.html", public)
    plain, raw = sheets(public / "docs" / "index.html", public), sheets(public / "raw" / "index.html", public)
    assert b".sd-mt-5" not in plain
    assert b".sd-mt-5" in raw
    assert b".sd-d-md-none" in raw
    assert b".sd-mt-4" not in raw, "only those it names"
    assert len(gzip.compress(raw, 9)) - len(gzip.compress(plain, 9)) < 200, "helpers, icons and all"


@pytest.mark.slow
def test_sphinx_adds_little_to_the_parent(sphinx_page: Callable[..., str], once: Callable[..., Path]) -> None:
    """Own sheets of a Sphinx page: at most 15 KiB packed, nothing fetched by them."""
    sphinx_page()
    folder = once("styling-sphinx", lambda folder: None) / "html"
    links = re.findall(r'<link[^>]+href="([^"]+\.css)', (folder / "index.html").read_text("utf-8"))
    ours = b"".join((folder / link).read_bytes() for link in links if "scientific-python-theme" in link)
    assert ours
    assert len(gzip.compress(ours, 9)) <= 15 * 1024
    assert b"url(" not in ours
    assert b"@import" not in ours
    assert b"@font-face" not in ours
