"""Results of earlier runs, found again by content, configuration and version."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: Beyond this size the store starts anew: nothing in it is worth a full disk.
LIMIT = 512 * 2**20


def default_folder() -> Path:
    """The user's cache folder for the linter."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "scientific-python-theme"


class Cache:
    """A store of results; whatever goes wrong with it, the run goes on without.

    Parameters
    ----------
    folder : pathlib.Path
        Folder, made when missing.
    settings : bytes
        Digest of version, rules and options.
    """

    def __init__(self, folder: Path, settings: bytes) -> None:
        self.settings = settings
        self.file = folder / "lint.sqlite"
        self.connection: sqlite3.Connection | None = None
        for _ in range(2):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / ".gitignore").write_text("*\n", "utf-8")
                if self.file.exists() and self.file.stat().st_size > LIMIT:
                    self.file.unlink()
                self.connection = sqlite3.connect(self.file, timeout=10, isolation_level=None)
                self.connection.execute("PRAGMA journal_mode=WAL")
                self.connection.execute("PRAGMA synchronous=OFF")
                self.connection.execute(
                    "CREATE TABLE IF NOT EXISTS results "
                    "(key BLOB PRIMARY KEY, value TEXT, images BLOB) WITHOUT ROWID"
                )
                return
            except sqlite3.DatabaseError:
                self.close()
                with contextlib.suppress(OSError):
                    self.file.unlink()
            except OSError:
                return

    def key(self, data: bytes, path: str) -> bytes:
        """Key of a file's result."""
        digest = hashlib.sha256(data)
        digest.update(self.settings)
        digest.update(path.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def get(self, key: bytes) -> tuple[Any, bytes] | None:
        """Result stored under a key, or None."""
        if self.connection is None:
            return None
        try:
            row = self.connection.execute(
                "SELECT value, images FROM results WHERE key = ?", (key,)
            ).fetchone()
            return (json.loads(row[0]), row[1]) if row else None
        except (sqlite3.Error, ValueError):
            return None

    def put(self, rows: Iterable[tuple[bytes, Any, bytes]]) -> None:
        """Store results."""
        if self.connection is None:
            return
        try:
            self.connection.execute("BEGIN")
            self.connection.executemany(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?)",
                [(key, json.dumps(value), images) for key, value, images in rows],
            )
            self.connection.execute("COMMIT")
        except (sqlite3.Error, ValueError):
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self.connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self.connection.close()
        self.connection = None
