"""Published sources of real projects."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sdist(once: Callable[[str, Callable[[Path], None]], Path]) -> Callable[[str], Path]:
    """Folder of a published source distribution: ``sdist("networkx==3.6.1")``; skips without a registry."""

    def get(requirement: str) -> Path:
        def fetch(folder: Path) -> None:
            done = subprocess.run(
                [sys.executable, "-m", "unearth", "--no-binary", "-d", str(folder), requirement],
                capture_output=True, text=True, timeout=300, check=False,
            )  # fmt: skip
            archives = list(folder.glob("*.tar.gz"))
            if done.returncode or not archives:
                return
            with tarfile.open(archives[0]) as archive:
                archive.extraction_filter = getattr(tarfile, "data_filter", None)  # from Python 3.11.4 on
                archive.extractall(folder)
            archives[0].unlink()

        folder = once(requirement, fetch)
        found = [path for path in folder.iterdir() if path.is_dir()]
        if not found:
            pytest.skip(f"the package registry gave no source of {requirement}")
        return found[0]

    return get
