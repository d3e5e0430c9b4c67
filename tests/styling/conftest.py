"""The same page of components, built once by Hugo and once by Sphinx."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import write_tree

PAGES = Path(__file__).parent / "pages"


@pytest.fixture(scope="session")
def hugo_page(
    once: Callable[..., Path], hugo: Callable[..., Any], serve: Callable[..., str]
) -> Callable[..., str]:
    """Build the Hugo page and serve it: ``hugo_page(name="plain", brand="") -> address``."""

    def build(brand: str = "") -> str:
        def run(folder: Path) -> None:
            shutil.copytree(PAGES / "hugo", folder, dirs_exist_ok=True)
            env = {"HUGO_PARAMS_BRAND": brand} if brand else {}
            done = hugo(folder, env=env)
            (folder / "log").write_text(done.stdout + done.stderr, "utf-8")

        folder = once(f"styling-hugo{brand.strip('#')}", run)
        return serve(folder / "public") + "docs/"

    return build


@pytest.fixture
def open_project(
    once: Callable[..., Path], sphinx_build: Callable[..., Any], serve: Callable[..., str], page: Any
) -> Callable[..., Any]:
    """Build a Sphinx project of some files once and open a page: ``open_project(name, files, start="")``."""

    def run(name: str, files: dict[str, str], start: str = "") -> Any:
        def build(folder: Path) -> None:
            sphinx_build(write_tree(folder / "source", files), folder / "html", "-q")

        page.address = serve(once(name, build) / "html")
        page.goto(page.address + start)
        return page

    return run


@pytest.fixture(scope="session")
def sphinx_page(
    once: Callable[..., Path], sphinx_build: Callable[..., Any], serve: Callable[..., str]
) -> Callable[..., str]:
    """Build the Sphinx pages and serve them."""

    def build(brand: str = "") -> str:
        def run(folder: Path) -> None:
            flags = ("-D", f"scientific_python_brand={brand}") if brand else ()
            sphinx_build(PAGES / "sphinx", folder / "html", "-q", *flags)

        folder = once(f"styling-sphinx{brand.strip('#')}", run)
        return serve(folder / "html") + "index.html"

    return build
