"""One site, built once, for every test of the theme's behaviours."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

SITE = Path(__file__).resolve().parent.parent / "sites" / "features"
# What a site may send when it wants no inline code and nothing from elsewhere.
STRICT = {"Content-Security-Policy": "default-src 'self'"}
# Pagefind's index is WebAssembly.
WITH_INDEX = {"Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"}


@pytest.fixture(scope="session")
def site(once: Any, hugo: Any) -> Path:
    """The built site: a folder that holds `project/`, the sub-path it is made for."""

    def build(folder: Path) -> None:
        source = folder / "source"
        shutil.copytree(SITE, source)
        done = hugo(source, "--minify")
        (folder / "log.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
        (source / "public").rename(folder / "project")

    return Path(once("features-site", build))


@pytest.fixture
def open_page(page: Any, serve: Any, site: Path) -> Iterator[Callable[..., Any]]:
    """Open a page of the site under the strict policy; `page.reports` and `page.failed` must stay empty."""
    address = serve(site, STRICT)
    page.reports, page.failed, page.address = [], [], address
    page.on("console", lambda m: page.reports.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.reports.append(str(error)))
    page.on("response", lambda r: page.failed.append(r.url) if r.status >= 400 else None)

    def run(path: str = "", **options: Any) -> Any:
        page.goto(f"{address}project/{path}", **options)
        return page

    yield run
    assert page.outside == [], "asked another host"
    assert page.failed == [], "asked for a file that is not there"
    assert page.reports == [], "broke the policy or threw"


@pytest.fixture
def until(page: Any) -> Callable[[str], None]:
    """Wait until an expression holds (the browser's own way of waiting needs `unsafe-eval`)."""

    def wait(true: str) -> None:
        for _ in range(100):
            if page.evaluate(true):
                return
            page.wait_for_timeout(50)
        pytest.fail(f"never true: {true}")

    return wait


@pytest.fixture
def hugo_server(tmp_path: Path) -> Iterator[Callable[..., Callable[[str, bytes], bytes]]]:
    """Start a command that serves a site, and fetch from it: ``get = hugo_server("hugo", "server")``;
    ``get("/posts/", b"One")`` asks until the answer holds some bytes."""
    log = tmp_path / "server.log"
    servers: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> Callable[[str, bytes], bytes]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with log.open("w") as out:
            servers.append(
                subprocess.Popen(
                    [*command, "--port", str(port)], stdout=out, stderr=out, start_new_session=True
                )
            )

        def get(path: str, holds: bytes) -> bytes:
            end, body = time.monotonic() + 60, b""
            while time.monotonic() < end:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                        body = answer.read()
                except OSError:  # not up yet, or a page that is not there yet
                    body = b""
                if holds in body:
                    return body
                time.sleep(0.1)
            pytest.fail(f"{path} never held {holds!r}: {body[:300]!r}\n{log.read_text('utf-8')}")

        return get

    yield start
    for server in servers:
        os.killpg(server.pid, 15)
        server.wait(timeout=20)
