"""`hugo server`: what an author sees while writing."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
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
def get(site: Path, hugo_binary: str) -> Iterator[Callable[[str, bytes], bytes]]:
    """Fetch an address until it holds some bytes: ``get("/posts/", b"One")``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (site / "server.log").open("w")
    server = subprocess.Popen(
        [hugo_binary, "server", "--source", str(site), "--themesDir", str(ROOT), "--theme", "hugo-theme",
         "--port", str(port), "--disableLiveReload", "--renderToMemory"], stdout=log, stderr=log,
    )  # fmt: skip

    def fetch(address: str, holds: bytes) -> bytes:
        end = time.monotonic() + 60
        body = b""
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=5) as answer:
                    body = answer.read()
            except (urllib.error.URLError, OSError):
                body = b""
            if holds in body:
                return body
            time.sleep(0.1)
        pytest.fail(
            f"{address} never held {holds!r}: {body[:300]!r}\n{(site / 'server.log').read_text('utf-8')}"
        )

    yield fetch
    server.terminate()
    server.wait(30)
    log.close()


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
    assert parse(get("/objects.inv", b"Sphinx inventory"), "x").find("posts/one#before")
