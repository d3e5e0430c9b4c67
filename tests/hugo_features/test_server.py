"""`hugo server`: what an author sees while writing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, write_tree

from scientific_python_theme.inventory import parse


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_tree(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://x.example/"\ntitle = "T"\n[params]\n',
            "content/_index.md": "---\ntitle: Home\n---\n",
            "content/posts/_index.md": "---\ntitle: Posts\n---\n",
            "content/posts/one.md": "---\ntitle: One\ndate: 2024-05-06\n---\n## Before\n",
            "content/posts/two.md": "---\ntitle: Two\ndate: 2024-05-07\n---\nwords\n",
        },
    )


@pytest.fixture
def get(
    site: Path, hugo_binary: str, hugo_server: Callable[..., Callable[[str, bytes], bytes]]
) -> Callable[[str, bytes], bytes]:
    return hugo_server(
        hugo_binary, "server", "--source", str(site), "--themesDir", str(ROOT), "--theme", "hugo-theme",
        "--disableLiveReload", "--renderToMemory",
    )  # fmt: skip


def test_a_change_shows_wherever_the_page_does_and_the_inventory_waits(
    site: Path, get: Callable[[str, bytes], bytes]
) -> None:
    """What is kept with a page goes with it; the inventory is too dear to be written for each change."""
    before = parse(get("/objects.inv", b"Sphinx inventory"), "x")
    assert before.find("posts/one#before")
    # Hugo writes anew what was changed and what was looked at.
    get("/posts/", b"One")
    get("/posts/one/", b"One")
    post = site / "content/posts/one.md"
    post.write_text("---\ntitle: Another\ndate: 2024-05-06\ntags: [new]\n---\n## After\n", encoding="utf-8")
    assert b'id="after"' in get("/posts/one/", b"Another")
    get("/posts/", b"Another")
    # A second change comes to be seen only when all of the first is written.
    post.write_text("---\ntitle: Third\ndate: 2024-05-06\n---\n## After\n", encoding="utf-8")
    get("/posts/one/", b"Third")
    assert parse(get("/objects.inv", b"Sphinx inventory"), "x").find("posts/one#before")
