"""Write a file or a folder whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .errors import ThemeError

_STREAM = re.compile(r"/dev/(stdout|stderr|fd/\d+)")


def write_atomically(file: Path, content: str | bytes) -> None:
    """Replace a file's content in one step; permissions and symbolic links are kept.

    What is no regular file, such as a pipe or ``/dev/stdout``, is written into.

    Parameters
    ----------
    file : pathlib.Path
        File to write; its folder must exist.
    content : str or bytes
        New content; text is written as UTF-8 with its line ends untouched, and with escapes for what UTF-8
        has not: a file name may hold such letters.

    Raises
    ------
    OSError
        If the folder cannot be written to, with the name of `file`; the old file is then unharmed.
    """
    try:
        _write(file, content)
    except OSError as error:  # which would name a file that nobody asked for
        raise OSError(error.errno, error.strerror, str(file)) from error


def _write(file: Path, content: str | bytes) -> None:
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    if (named := _STREAM.fullmatch(str(file))) and os.name == "posix":
        # What it is redirected to may be a regular file that holds more than this.
        number = {"stdout": 1, "stderr": 2}.get(named[1]) or int(named[1].rpartition("/")[2])
        for one in filter(None, (sys.stdout, sys.stderr)):  # None where they are closed
            one.flush()
        with os.fdopen(os.dup(number), "wb") as out:
            out.write(data)
        return
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        mode = stat.S_IFREG | 0o666 & ~umask
    if not stat.S_ISREG(mode):  # a pipe has its reader, a device its driver: neither would see a new file
        file.write_bytes(data)
        return
    target = Path(os.path.realpath(file))
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(stat.S_IMODE(mode))
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def replace_folder(folder: Path, files: Mapping[str, bytes], *, marker: str) -> None:
    """Make a folder hold exactly `files`; the old content stays until the new is complete.

    Parameters
    ----------
    folder : pathlib.Path
        Folder to write.
    files : mapping of str to bytes
        Content by file name.
    marker : str
        Name of a file by which our own earlier output is known.

    Raises
    ------
    ThemeError
        If the folder holds something, but not `marker`: it is not ours to replace.
    """
    if folder.exists() and not folder.is_dir():
        raise ThemeError(f"{folder} is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / marker).is_file():
        raise ThemeError(f"{folder} holds other files (no {marker}); name an empty or new folder")
    with replacing(Path(os.path.realpath(folder))) as fresh:
        for name, data in files.items():
            (fresh / name).write_bytes(data)


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Fill a new folder that takes a folder's place once the block has ended well.

    Parameters
    ----------
    folder : pathlib.Path
        Folder, file or link to replace, if it is there; it is back, or still there, after any error.

    Yields
    ------
    pathlib.Path
        The new folder, beside the old.

    Raises
    ------
    OSError
        If the folder above cannot be written to.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    old = fresh.with_name(fresh.name + ".old")
    try:
        yield fresh
        fresh.chmod(0o755)
        if os.path.lexists(folder):
            folder.replace(old)
        fresh.replace(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        if os.path.lexists(old):
            old.replace(folder)
        raise
    if old.is_symlink() or old.is_file():
        old.unlink()
    else:
        shutil.rmtree(old, ignore_errors=True)


def copy_missing(source: Path, folder: Path) -> None:
    """Copy a folder's files; those that are there already stay as they are.

    Parameters
    ----------
    source, folder : pathlib.Path
        Where from and where to; the latter is made.
    """
    for path in sorted(source.rglob("*")):
        target = folder / path.relative_to(source)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif "__pycache__" not in path.parts and not os.path.lexists(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def must_be_free(folder: Path, *, force: bool) -> None:
    """Refuse to write into a folder that holds something.

    Parameters
    ----------
    folder : pathlib.Path
        Folder to write into; it may not exist yet.
    force : bool
        Whether it may hold something.

    Raises
    ------
    ThemeError
        If it is a file, or not empty and `force` is false.
    """
    if folder.exists() and not folder.is_dir():
        raise ThemeError(f"{folder} is a file; name a folder")
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise ThemeError(f"{folder} is not empty; name another folder, or add --force to write into it")
