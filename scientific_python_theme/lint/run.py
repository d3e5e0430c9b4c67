"""Look at a tree: find files, read them with cache and processes, merge what they say."""

from __future__ import annotations

import gc
import multiprocessing
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ..errors import ThemeError
from . import cache as store
from .check import Checked, check_text
from .discover import Target, dialect, include_path, show, targets
from .merge import Merger
from .model import Finding, Place, Problem, Reader
from .packed import Packed, coverage, pack
from .settings import Settings
from .sources import reader_for
from .text import Lines, decode

MIB = 2**20
#: Largest file looked at; parsers hold several times a file's size in memory.
LARGEST = {".html": 64 * MIB, ".htm": 64 * MIB, ".ipynb": 128 * MIB}
LARGEST_OTHER = 8 * MIB
#: Fewer files than this are read in one process.
WORTH_A_POOL = 300
CHUNK = 64
#: Objects after which Python looks for cycles: a page makes thousands and drops them all at once.
YOUNG = 50_000


@frozen(kw_only=True)
class Looked:
    """What came of one file, packed for another process and for the cache.

    Parameters
    ----------
    path : str
        Path as shown.
    findings : list
        Packed findings.
    images : bytes
        See `packed.coverage`.
    includes : list of tuple
        Path and format of files that this one pulls in.
    problems : list of tuple
        Line and message of what could not be read.
    seen : bool
        Whether the file could be looked at.
    new : cache.Row or None
        Row for the cache.
    """

    path: str
    findings: list[Packed] = field(factory=list)
    images: bytes = b""
    includes: list[tuple[str, str]] = field(factory=list)
    problems: list[tuple[int, str]] = field(factory=list)
    seen: bool = True
    new: store.Row | None = None


@frozen(kw_only=True)
class Coverage:
    """Images that have words.

    Parameters
    ----------
    described, decorative, undescribed : int
        Number of different images in each state.
    """

    described: int = 0
    decorative: int = 0
    undescribed: int = 0

    @property
    def total(self) -> int:
        """Images that need words: all but the decorative ones."""
        return self.described + self.undescribed

    def __str__(self) -> str:
        share = f" ({int(100 * self.described / self.total)} %)" if self.total else ""
        quiet = f"; {self.decorative:,} decorative" if self.decorative else ""
        return f"{self.described:,} of {self.total:,} images described{share}{quiet}"


@frozen(kw_only=True)
class Run:
    """What came of a run.

    Parameters
    ----------
    findings : list of Finding
        Findings, merged over pages, in order.
    problems : list of Problem
        Files, or parts of files, that could not be looked at.
    files : int
        Files looked at.
    coverage : Coverage
        Images that have words.
    """

    findings: list[Finding]
    problems: list[Problem]
    files: int
    coverage: Coverage


def run(
    paths: Sequence[Path],
    settings: Settings,
    *,
    cache_dir: Path | None = None,
    jobs: int = 0,
    force_exclude: bool = False,
    only: Callable[[str], bool] | None = None,
    wanted: Callable[[str, int, int], bool] | None = None,
    every_place: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Look at files and folders.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        Files and folders.
    settings : Settings
        Rules, excludes, options.
    cache_dir : pathlib.Path, optional
        Folder of the cache; without it nothing is remembered.
    jobs : int
        Processes; 0 means as many as the machine has processors, when there is enough to do.
    force_exclude : bool
        Apply excludes to files named in `paths` too.
    only : callable, optional
        Given a path to open, says whether to look at it.
    wanted : callable, optional
        Given the path, first and last line of a finding, says whether to report it.
    every_place : bool
        Say of a finding that repeats where else it stands.
    progress : callable, optional
        Called with files done and files known.

    Returns
    -------
    Run
        Findings, problems, coverage.
    """
    found: Iterable[Target] = targets(paths, settings, force_exclude=force_exclude)
    if only is not None:
        found = (target for target in found if only(target.path))
    todo = list(found)
    folders = any(path.is_dir() for path in paths)
    merger, problems, numbers, files = Merger(wanted=wanted, every_place=every_place), [], set[int](), 0
    known: set[str] | None = None
    memory = store.Cache(cache_dir, settings.key()) if cache_dir else None
    total, done = len(todo), 0
    while todo:
        later: list[Target] = []
        rows = []
        for looked in _each(todo, settings, cache_dir, jobs):
            done += 1
            files += looked.seen
            merger.add(looked.path, looked.findings)
            problems += [
                Problem(place=Place(path=looked.path, line=line), message=said)
                for line, said in looked.problems
            ]
            numbers.update(_numbers(looked.images))
            if looked.new and memory:
                rows.append(looked.new)
                if len(rows) >= 500:
                    memory.put(rows)
                    rows = []
            for path, form in looked.includes if folders else ():
                if known is None:
                    known = {os.path.realpath(target.path) for target in todo}
                if (real := os.path.realpath(path)) not in known:
                    known.add(real)
                    later.append(Target(path=path, shown=show(path), format=form))
            if progress:
                progress(done, total + len(later))
        if memory and rows:
            memory.put(rows)
        todo = later
        total += len(later)
    if memory:
        memory.close()
    return Run(findings=merger.findings(), problems=problems, files=files, coverage=_tally(numbers))


def _tally(numbers: set[int]) -> Coverage:
    states = [0, 0, 0, 0]
    for number in numbers:
        states[number & 3] += 1
    return Coverage(undescribed=states[0], described=states[1], decorative=states[2])


def _numbers(images: bytes) -> Iterator[int]:
    for start in range(0, len(images), 8):
        yield int.from_bytes(images[start : start + 8], "little")


def _each(todo: list[Target], settings: Settings, cache_dir: Path | None, jobs: int) -> Iterator[Looked]:
    jobs = jobs or (min(os.cpu_count() or 1, 8) if len(todo) >= WORTH_A_POOL else 1)
    jobs = min(jobs, -(-len(todo) // 8))
    if jobs <= 1:
        worker = Worker(settings, cache_dir)
        usual = gc.get_threshold()
        gc.set_threshold(YOUNG, *usual[1:])
        try:
            yield from map(worker.look, todo)
        finally:
            gc.set_threshold(*usual)
            worker.close()
        return
    with multiprocessing.Pool(jobs, _start, (settings, cache_dir)) as pool:
        workers = _children()
        results = pool.imap(_look_many, _chunks(todo))
        while True:
            try:
                looked = results.next(timeout=1)
            except StopIteration:
                return
            except multiprocessing.TimeoutError:
                if workers <= _children():
                    continue
                # The pool starts another one and waits for ever for what this one had.
                raise ThemeError(
                    "a process that looked at files has ended, perhaps killed for want of memory; "
                    "use a single one: -j 1"
                ) from None
            yield from looked


def _children() -> set[int | None]:
    return {child.pid for child in multiprocessing.active_children()}


def _chunks(todo: list[Target]) -> Iterator[list[Target]]:
    size = max(1, min(CHUNK, len(todo) // 16))
    for start in range(0, len(todo), size):
        yield todo[start : start + size]


_worker: Worker


def _start(settings: Settings, cache_dir: Path | None) -> None:
    global _worker
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    _worker = Worker(settings, cache_dir)


def _look_many(some: list[Target]) -> list[Looked]:
    return [_worker.look(target) for target in some]


class Worker:
    """Looks at one file after the other.

    Parameters
    ----------
    settings : Settings
        Rules and options.
    cache_dir : pathlib.Path or None
        Folder of the cache.
    """

    def __init__(self, settings: Settings, cache_dir: Path | None = None) -> None:
        self.settings = settings
        self.at_root = str(settings.root) == os.getcwd()  # noqa: PTH109
        self.cache = store.Cache(cache_dir, settings.key()) if cache_dir else None

    def close(self) -> None:
        """Let go of the cache."""
        if self.cache:
            self.cache.close()

    def look(self, target: Target) -> Looked:
        """Look at one file."""
        name = target.shown if self.at_root else self.name(target.path)
        key = known = state = b""
        about = ""
        if self.cache:
            spoken = "" if target.path.endswith(".html") else dialect(target.path)
            about = f"{target.shown}\0{name}\0{target.format}\0{self._globs(name)}\0{spoken}"
            known, state = self.cache.name(target.path, about), _state(target.path)
            if state and (row := self.cache.unchanged(known, state)):
                return self._again(target, row[1])
        data, trouble = read_bytes(target.path)
        if trouble:
            return Looked(path=target.shown, problems=[(1, trouble)], seen=False)
        if self.cache:
            key = self.cache.key(data, about)
            if hit := self.cache.get(key):
                return self._again(
                    target, hit, store.Row(key=key, name=known, state=state) if state else None
                )
        reader = reader_for(target.path, target.format)
        if reader is None and target.format:
            reader = reader_for(f"{target.path}.txt", target.format)  # included under an odd name
        if reader is None:
            return Looked(path=target.shown, problems=[(1, _unknown(target.path))], seen=False)
        text, _, trouble = decode(data)
        checked = check_text(text, target.shown, reader, self.settings, name=name)
        lines = Lines(text)
        document = checked.document
        findings = [pack(finding, document.format, lines) for finding in checked.findings]
        images = coverage(checked)
        problems = [(p.place.line, p.message) for p in document.problems]
        seen = not document.problems or bool(document.images)
        if trouble:
            problems.append((1, trouble))
        value = (findings, [(written, document.format) for written in document.includes], problems, seen)
        return Looked(
            path=target.shown,
            findings=findings,
            images=images,
            includes=[
                (path, document.format)
                for written in document.includes
                if (path := include_path(written, target.path))
            ],
            problems=problems,
            seen=seen,
            new=store.Row(key=key, value=value, images=images, name=known, state=state) if key else None,
        )

    def _again(self, target: Target, hit: tuple[Any, bytes], new: store.Row | None = None) -> Looked:
        """What an earlier run found."""
        (findings, includes, problems, seen), images = hit
        return Looked(
            path=target.shown,
            findings=findings,
            images=images,
            includes=[
                (path, form) for written, form in includes if (path := include_path(written, target.path))
            ],
            problems=[(line, said) for line, said in problems],
            seen=seen,
            new=new,
        )

    def _globs(self, name: str) -> str:
        from .check import ignored_here

        return ",".join(sorted(ignored_here(name, self.settings))) if self.settings.per_file_ignores else ""

    def name(self, path: str) -> str:
        """Path for globs and fingerprints: relative to the settings' folder where it lies below it."""
        return show(path, self.settings.root)


def _state(path: str) -> bytes:
    try:
        return store.state_of(os.stat(path), time.time_ns())  # noqa: PTH116 (asked for every file: no Path)
    except (OSError, ValueError):
        return b""


def read_bytes(path: str) -> tuple[bytes, str]:
    """Content of a file, or one line about why it cannot be had.

    Parameters
    ----------
    path : str
        File.

    Returns
    -------
    data : bytes
        Content, empty with a trouble.
    trouble : str
        Empty, or what is wrong and what to do.
    """
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    largest = LARGEST.get(suffix, LARGEST_OTHER)
    try:
        info = os.stat(path)  # noqa: PTH116 (a Path costs more than the reading)
        if not stat.S_ISREG(info.st_mode):
            return b"", "is no regular file: a pipe or device may never end; exclude it"
        if info.st_size > largest:
            too_large = f"{info.st_size / MIB:.0f} MiB is more than the {largest // MIB} MiB looked at"
            return b"", f"{too_large}; split or exclude it"
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            data = file.read(info.st_size + 1)
            if len(data) == info.st_size:
                return data, ""
            file.seek(0)  # it changes under our hands, or its size is not told
            return file.read(largest + 1), ""
    except OSError as error:
        return b"", f"cannot be read ({error.strerror or error}); check its permissions or exclude it"
    except ValueError as error:
        return b"", f"cannot be read ({error})"


def _unknown(path: str) -> str:
    from .sources import SEARCHED

    return f"unknown kind of file; images are found in {' '.join(sorted(SEARCHED))}"


def check_file(path: Path, settings: Settings, text: str | None = None) -> Checked:
    """Judge one file, with images and fixes.

    Parameters
    ----------
    path : pathlib.Path
        File; its name tells the format.
    settings : Settings
        Rules and options.
    text : str, optional
        Text to judge instead of the file's content.

    Returns
    -------
    Checked
        Findings and images; a file that cannot be read has a problem and nothing else.
    """
    shown = show(path)
    reader: Reader | None = reader_for(str(path))
    said = "" if reader else _unknown(str(path))
    if text is None and not said:
        data, said = read_bytes(str(path))
        text = decode(data)[0]
    if said or reader is None or text is None:
        from .check import _failed

        return Checked(document=_failed(shown, said))
    return check_text(text, shown, reader, settings, name=show(path, settings.root))


def count(*checked: Checked) -> Coverage:
    """Coverage of checked texts.

    Parameters
    ----------
    *checked : Checked
        Checked texts.

    Returns
    -------
    Coverage
        Number of different images in each state.
    """
    return _tally({number for one in checked for number in _numbers(coverage(one))})
