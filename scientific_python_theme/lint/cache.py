"""Results of earlier runs, found again by content, configuration and version."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

#: Beyond this size the store starts anew: nothing in it is worth a full disk.
LIMIT = 512 * 2**20

#: Nanoseconds after a change in which another may not show in the time (FAT counts in two seconds).
UNCERTAIN = 3 * 10**9


@frozen(kw_only=True)
class Row:
    """What is to be remembered of a file.

    Parameters
    ----------
    key : bytes
        Digest of its content and all that its result depends on.
    value : object
        Result; None when it is stored already.
    images : bytes
        See `packed.coverage`.
    name, state : bytes
        Digest of its path, and what the file system said of it; no state when that cannot be relied on.
    """

    key: bytes
    value: Any = None
    images: bytes = b""
    name: bytes = b""
    state: bytes = b""


def state_of(info: os.stat_result, now: int) -> bytes:
    """What tells an unchanged file without reading it; nothing for one that changed just now.

    Parameters
    ----------
    info : os.stat_result
        Its status before it is read.
    now : int
        Nanoseconds since the epoch.
    """
    last = max(info.st_mtime_ns, info.st_ctime_ns)
    if now - last < UNCERTAIN:
        return b""
    return b"%d %d %d %d" % (info.st_mtime_ns, info.st_ctime_ns, info.st_size, info.st_ino)


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
                if not folder.exists():
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
                self.connection.execute(
                    "CREATE TABLE IF NOT EXISTS files "
                    "(name BLOB PRIMARY KEY, state BLOB, key BLOB) WITHOUT ROWID"
                )
                return
            except sqlite3.OperationalError:  # locked or not writable: nothing is wrong with the file
                self.close()
                return
            except sqlite3.DatabaseError:
                self.close()
                for end in ("", "-wal", "-shm"):
                    with contextlib.suppress(OSError):
                        self.file.with_name(self.file.name + end).unlink()
            except OSError:
                return

    def name(self, path: str, about: str) -> bytes:
        """Name under which the state of a file is remembered: its path and all that its result depends on."""
        digest = hashlib.blake2b(os.path.abspath(path).encode("utf-8", "surrogatepass"), digest_size=16)  # noqa: PTH100
        digest.update(self.settings)
        digest.update(about.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def unchanged(self, name: bytes, state: bytes) -> tuple[bytes, tuple[Any, bytes]] | None:
        """Key and result of a file that is as it was, found without reading it."""
        if self.connection is None:
            return None
        try:
            row = self.connection.execute(
                "SELECT results.key, value, images FROM files JOIN results USING (key) "
                "WHERE name = ? AND state = ?",
                (name, state),
            ).fetchone()
            return (row[0], (json.loads(row[1]), row[2])) if row else None
        except (sqlite3.Error, ValueError):
            return None

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

    def put(self, rows: Sequence[Row]) -> None:
        """Store results, and the states of files they belong to."""
        if self.connection is None:
            return
        try:
            self.connection.execute("BEGIN")
            self.connection.executemany(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?)",
                [(row.key, json.dumps(row.value), row.images) for row in rows if row.value is not None],
            )
            self.connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?)",
                [(row.name, row.state, row.key) for row in rows if row.state],
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
