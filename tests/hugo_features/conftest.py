"""One site, built once, for every test of the theme's behaviours."""

from __future__ import annotations

import shutil
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
