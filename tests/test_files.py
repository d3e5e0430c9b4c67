"""Files and folders are written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scientific_python_theme.files import replace_folder, replacing, write_atomically


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("failing", [1, 2])
def test_a_folder_is_back_when_it_cannot_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    folder = tmp_path / "out"
    replace_folder(folder, {"index.json": b"old"}, marker="index.json")
    real, calls = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing:
            raise PermissionError("in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(PermissionError):
        replace_folder(folder, {"index.json": b"new"}, marker="index.json")
    assert held(folder) == {"index.json": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_link_to_a_folder_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    for text in (b"one", b"two"):
        replace_folder(tmp_path / "out", {"index.json": text}, marker="index.json")
    assert (tmp_path / "out").is_symlink()
    assert held(tmp_path / "real") == {"index.json": "two"}


def test_a_block_that_fails_changes_nothing(tmp_path: Path) -> None:
    replace_folder(tmp_path / "out", {"a": b"1"}, marker="a")

    def fill() -> None:
        with replacing(tmp_path / "out") as fresh:
            (fresh / "a").write_text("2", encoding="utf-8")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fill()
    assert held(tmp_path / "out") == {"a": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_error_names_the_file_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "a.txt").write_text("old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError) as caught:
        write_atomically(tmp_path / "a.txt", "new")
    assert caught.value.filename == str(tmp_path / "a.txt")
    assert [file.read_text() for file in tmp_path.iterdir()] == ["old"]


def test_a_pipe_is_written_into_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to("pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    write_atomically(tmp_path / "link", "words")
    reader.join(30)
    assert read == ["words"]
    assert pipe.is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no /dev/stdout")
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_a_stream_is_written_into_whatever_it_leads_to(tmp_path: Path, name: str) -> None:
    """A shell's ``>`` and ``>>`` lead to a regular file, which holds what others wrote."""
    code = f"from pathlib import Path; from scientific_python_theme.files import write_atomically as w; w(Path({name!r}), 'x')"
    log = tmp_path / "log.txt"
    log.write_text("earlier ")
    command = f'(echo first; {sys.executable} -c "{code}"; echo last) >> {log}'
    subprocess.run(command, shell=True, check=True)
    assert log.read_text() == "earlier first\nxlast\n"
