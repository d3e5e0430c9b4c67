"""``lint``: check the alternative text of images."""

from __future__ import annotations

import functools
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from attrs import evolve

from ..errors import ConfigError, ThemeError
from ..lint import baseline as known
from ..lint import fix as mend
from ..lint import ignores, settings, since
from ..lint.check import Checked, check_text
from ..lint.discover import show, targets
from ..lint.model import Applicability, Finding
from ..lint.report import FORMATS, Report, render
from ..lint.report.text import summary
from ..lint.run import Coverage, Run, check_file, run
from ..lint.sources import reader_for
from ..lint.text import decode
from ..lint.wording import counted
from ..paths import cache_folder

ENDINGS = (
    "Exit codes: 0 nothing found, 1 something found (whatever its severity), "
    "2 wrong use or nothing could be looked at."
)

NOTHING = (
    "images are found in HTML, reStructuredText, Markdown, notebooks, Python, and in TOML, YAML and JSON "
    "where Hugo content uses them (build folders and what Git ignores are passed over)"
)


@click.command(epilog=ENDINGS)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--select", multiple=True, metavar="RULES", help="Run these rules only: codes, prefixes, names, ALL."
)
@click.option("--extend-select", multiple=True, metavar="RULES", help="Run these rules besides.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Do not run these rules.")
@click.option(
    "--per-file-ignores", multiple=True, metavar="GLOB:RULES", help="Do not run rules in some files."
)
@click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Do not search these, besides the default ones."
)
@click.option("--force-exclude", is_flag=True, help="Apply excludes to files named on the command line too.")
@click.option("--no-gitignore", is_flag=True, help="Search what Git ignores, too.")
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Use this file.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option("--output-format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option(
    "--output-file", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write the findings here."
)
@click.option("--report", "page", type=click.Path(path_type=Path, dir_okay=False),
              help="Write a page that shows every image, its alternative and its findings.")  # fmt: skip
@click.option("--statistics", is_flag=True, help="Show findings by rule, and how many images are described.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also what a person should look at.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--add-ignore", is_flag=True, help="Write a suppression comment at each finding.")
@click.option(
    "--baseline", type=click.Path(path_type=Path, dir_okay=False), help="Report only what is not in FILE."
)
@click.option("--update-baseline", is_flag=True, help="Make the baseline, or drop from it what is gone.")
@click.option("--strict-baseline", is_flag=True, help="Fail when the baseline lists what is gone.")
@click.option("--since", metavar="REV", help="Report only changed lines: since the merge base with REV.")
@click.option("--exit-zero", is_flag=True, help="End with 0 although something was found.")
@click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Keep the cache here.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write a cache.")
@click.option(
    "-j", "--jobs", type=click.IntRange(0, 256), default=0, help="Processes; 0: as fits.", show_default=True
)
@click.option(
    "--stdin-filename", metavar="NAME", help="What to call standard input (PATH -); tells its format."
)
@click.option("-q", "--quiet", is_flag=True, help="Only findings: no summary, no progress.")
def lint(paths: tuple[Path, ...], **wishes: Any) -> None:
    """Check the alternative text of images in PATHS (default: this folder).

    Files may be built HTML, reStructuredText, Markdown (MyST, Hugo), notebooks, Python, or the TOML, YAML and
    JSON of Hugo content; folders are searched. PATH - is standard input.

    \b
      scientific-python-theme lint docs
      scientific-python-theme lint docs/_build/html --report images.html
      scientific-python-theme lint --since origin/main
    """
    if sys.stdout is None:  # closed by the caller (`>&-`): the exit code is all that can be told
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    try:
        raise SystemExit(_lint(paths, Wishes(wishes)))
    except BrokenPipeError:
        # The reader of our output went away (`| head`): no one is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


class Wishes:
    """Options of the command, by name."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def _lint(paths: tuple[Path, ...], wish: Wishes) -> int:
    paths = paths or (Path(),)
    stdin = any(str(path) == "-" for path in paths)
    missing = [path for path in paths if str(path) != "-" and not os.path.lexists(path)]
    if missing:
        raise ThemeError(f"{missing[0]}: no such file or folder")
    if stdin and len(paths) > 1:
        raise click.UsageError("standard input (-) stands alone; check other paths in a run of their own")
    if wish.fix and wish.diff:
        raise click.UsageError("--fix writes and --diff only shows; give one of them")
    elsewhere = [
        flag
        for flag, value in (
            ("--since", wish.since), ("--report", wish.page), ("--add-ignore", wish.add_ignore),
            ("--update-baseline", wish.update_baseline),
        )
        if value
    ]  # fmt: skip
    if stdin and elsewhere:
        raise click.UsageError(f"{elsewhere[0]} needs files; standard input (-) is none")
    if wish.unsafe_fixes and not (wish.fix or wish.diff):
        raise click.UsageError("--unsafe-fixes belongs to --fix or --diff")
    given = _settings(paths, wish)
    baseline_file = wish.baseline or given.baseline
    if (wish.update_baseline or wish.strict_baseline) and baseline_file is None:
        raise click.UsageError("--update-baseline and --strict-baseline need --baseline FILE")
    if (wish.update_baseline or wish.strict_baseline) and wish.since is not None:
        raise click.UsageError("--update-baseline and --strict-baseline need all lines; leave --since out")
    if stdin:
        return _stdin(given, wish)
    changed = since.changed_lines(wish.since, _folder(paths[0])) if wish.since is not None else None
    only = wanted = None
    if changed is not None:
        only = functools.partial(since.in_file, changed=changed)
        wanted = functools.partial(since.on_changed_lines, changed=changed)
    if wish.fix or wish.diff:
        shown, diffs = _mend(paths, given, wish, changed)
        if wish.diff:
            click.echo(diffs, nl=False, color=True)  # a patch without its escape sequences would not apply
            _say(wish, f"{shown:,} would be mended." if shown else "Nothing to mend.")
            return int(bool(shown) and not wish.exit_zero)
        if shown:
            _say(wish, f"Mended {shown:,}.")
    memory = None if wish.no_cache else wish.cache_dir or given.cache_dir or cache_folder()
    with _Progress(wish) as progress:
        done = run(
            paths, given, cache_dir=memory, jobs=wish.jobs, force_exclude=wish.force_exclude, only=only,
            wanted=wanted, every_place=wish.add_ignore, progress=progress,
        )  # fmt: skip
    for problem in done.problems:
        line = f":{problem.place.line}" if problem.place.line > 1 else ""
        click.echo(_plain(f"{problem.place.path}{line}: {problem.message}"), err=True)
    if not done.files and changed is None and not wish.force_exclude:
        if not done.problems:
            what = ", ".join(str(path) for path in paths)
            raise ThemeError(f"{what}: no file to look at; {NOTHING}")
        return 2
    findings = done.findings
    hidden = stale = 0
    if baseline_file is not None:
        findings, hidden, stale = _hold_against(baseline_file, findings, paths, given, wish)
    stale = stale if wish.strict_baseline else 0
    if wish.add_ignore:
        findings = _add_ignores(findings, given, wish)
    if wish.page:
        _write_page(paths, given, wish)
    _emit(done, findings, wish, known=hidden, stale=stale)
    return int((bool(findings) or stale > 0) and not wish.exit_zero)


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _settings(paths: tuple[Path, ...], wish: Wishes) -> settings.Settings:
    globs: dict[str, list[str]] = {}
    for pair in wish.per_file_ignores:
        glob, colon, rules = pair.rpartition(":")
        if not colon or not glob or not rules:
            raise ConfigError(
                f"--per-file-ignores: {pair!r} is not GLOB:RULES, such as 'galleries/**:ALT007'"
            )
        globs.setdefault(glob, []).append(rules)
    first = Path(wish.stdin_filename or ".") if str(paths[0]) == "-" else paths[0]
    start = _folder(first) if os.path.lexists(first) else Path()
    return settings.load(
        start, file=wish.config, isolated=wish.isolated, select=wish.select or None,
        extend_select=wish.extend_select, ignore=wish.ignore, per_file_ignores=globs,
        extend_exclude=wish.exclude, respect_gitignore=False if wish.no_gitignore else None,
    )  # fmt: skip


def _stdin(given: settings.Settings, wish: Wishes) -> int:
    name = wish.stdin_filename
    if not name:
        raise click.UsageError("standard input has no name; say what it is: --stdin-filename docs/index.rst")
    reader = reader_for(name)
    if reader is None:
        raise ThemeError(
            f"{name}: unknown kind of file; use a name such as page.html, page.rst, page.md, nb.ipynb"
        )
    data = sys.stdin.buffer.read()
    text, _, trouble = decode(data)
    shown, inside = show(name), show(name, given.root)

    def check(new: str) -> Checked:
        return check_text(new, shown, reader, given, name=inside)

    if wish.fix or wish.diff:
        mended = mend.fix_bytes(data, check, suffix=Path(name).suffix.lower(), unsafe=wish.unsafe_fixes)
        if wish.diff:
            click.echo(mended.diff(shown), nl=False, color=True)
            return int(bool(mended.count) and not wish.exit_zero)
        click.echo(mended.after, nl=False)  # bytes: the terminal's encoding is not that of the text
        text = decode(mended.after)[0]
    checked = check(text)
    for said in [trouble, *(problem.message for problem in checked.document.problems)]:
        if said:
            click.echo(_plain(f"{shown}: {said}"), err=True)
    if checked.document.problems and not checked.document.images:
        return 2
    findings = list(checked.findings)
    baseline_file: Path | None = wish.baseline or given.baseline
    hidden = 0
    if baseline_file is not None:
        held = known.compare(findings, known.read(baseline_file), given.root)
        findings, hidden = held.new, len(held.known)
    if not wish.fix:
        done = Run(findings=findings, problems=[], files=1, coverage=_coverage(checked))
        _emit(done, findings, wish, texts={shown: text}, known=hidden)
    return int(bool(findings) and not wish.exit_zero)


def _coverage(checked: Checked) -> Coverage:
    from ..lint.run import count

    return count(checked)


def _mend(
    paths: tuple[Path, ...], given: settings.Settings, wish: Wishes, changed: since.Changed | None
) -> tuple[int, str]:
    total, diffs = 0, []
    for target in targets(paths, given, force_exclude=wish.force_exclude):
        if changed is not None and not since.in_file(target.path, changed):
            continue
        count, diff = mend.fix_file(
            Path(target.path), given, unsafe=wish.unsafe_fixes, write=wish.fix,
            only=None if changed is None else functools.partial(since.touched, changed=changed),
        )  # fmt: skip
        total += count
        diffs.append(diff)
    return total, "".join(diffs)


def _hold_against(
    file: Path, findings: list[Finding], paths: tuple[Path, ...], given: settings.Settings, wish: Wishes
) -> tuple[list[Finding], int, int]:
    """Findings that are new, how many are known, how many listed ones are gone."""
    if wish.update_baseline and not file.exists():
        known.write(file, (known.entry(finding, given.root) for finding in findings))
        _say(wish, f"{_plain(str(file))}: wrote {counted(len(findings), 'known finding')}.")
        return [], len(findings), 0
    looked_at = {
        show(target.path, given.root) for target in targets(paths, given, force_exclude=wish.force_exclude)
    }
    held = known.compare(findings, known.read(file), given.root, looked_at=looked_at, codes=given.codes)
    if wish.update_baseline:
        known.write(file, held.kept)
        _say(wish, f"{_plain(str(file))}: dropped {len(held.gone):,}, kept {len(held.kept):,}.")
        if held.new:
            added = counted(len(held.new), "new finding") + (" is" if len(held.new) == 1 else " are")
            _say(
                wish,
                f"{added} not added: a baseline only gets shorter. Describe what is new, or delete the file "
                "to start anew.",
            )
        return held.new, len(held.known), 0
    if held.gone and wish.since is None:  # unchanged lines were passed over
        _say(
            wish,
            f"{_plain(str(file))}: {counted(len(held.gone), 'listed finding')} "
            f"{'is' if len(held.gone) == 1 else 'are'} gone; to drop what is gone: --update-baseline",
        )
    return held.new, len(held.known), len(held.gone)


def _add_ignores(findings: list[Finding], given: settings.Settings, wish: Wishes) -> list[Finding]:
    left: list[Finding] = []
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        for place in (finding.place, *finding.elsewhere):
            one = evolve(finding, place=place, repeats=0, elsewhere=())
            by_path.setdefault(place.path, []).append(one)
    added = 0
    for path, some in by_path.items():
        rest = ignores.add(Path(path), some, given, check_file)
        added += len(some) - len(rest)
        left += rest
    _say(wish, f"Silenced {added:,}; {len(left):,} could not be silenced by a comment." if left else
         f"Silenced {added:,}.")  # fmt: skip
    return left


def _write_page(paths: tuple[Path, ...], given: settings.Settings, wish: Wishes) -> None:
    from ..lint.report import html

    number = html.write(wish.page, paths, given, force_exclude=wish.force_exclude)
    _say(wish, f"{_plain(str(wish.page))}: {counted(number, 'image')}; open it in a browser.")


def _emit(
    done: Run, findings: list[Finding], wish: Wishes, texts: dict[str, str] | None = None, *,
    known: int = 0, stale: int = 0,
) -> None:  # fmt: skip
    to_file = wish.output_file is not None
    colour = not to_file and wish.form == "text" and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    report = Report(
        findings=findings, problems=done.problems, files=done.files, coverage=done.coverage, colour=colour,
        width=min(_width(), 120), known=known, stale=stale, texts=texts or {},
    )  # fmt: skip
    text = render(wish.form, report)
    if to_file:
        from ..files import write_atomically

        write_atomically(wish.output_file, text)
    else:
        click.echo(text, nl=False, color=colour or None)
    if wish.statistics:
        human = wish.form in ("text", "concise") and not to_file
        click.echo(statistics(findings, done.coverage), err=not human)
    if wish.form == "text" and not wish.quiet and not to_file:
        if text:
            click.echo()
        click.echo(summary(report, fixable=_fixable(findings)), color=colour or None)


def _fixable(findings: list[Finding]) -> tuple[int, int]:
    kinds = [finding.fix.applicability for finding in findings if finding.fix]
    return kinds.count(Applicability.SAFE), kinds.count(Applicability.UNSAFE)


def statistics(findings: list[Finding], coverage: Coverage) -> str:
    """Findings by rule, most frequent first, and coverage.

    Parameters
    ----------
    findings : list of Finding
        Findings of a run.
    coverage : Coverage
        Images that have words.

    Returns
    -------
    str
        A line per rule, then the coverage.
    """
    counts: dict[tuple[str, str], int] = {}
    for finding in findings:
        counts[finding.code, finding.name] = counts.get((finding.code, finding.name), 0) + 1
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    width = max((len(f"{n:,}") for _, n in rows), default=0)
    return "\n".join([*(f"{n:>{width},}  {code}  {name}" for (code, name), n in rows), str(coverage)])


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _plain(text: str) -> str:
    from ..lint.report.text import printable_line

    return printable_line(text)


def _say(wish: Wishes, text: str) -> None:
    if not wish.quiet:
        click.echo(text, err=True)


class _Progress:
    """A bar on the terminal, for runs that take longer than a moment."""

    def __init__(self, wish: Wishes) -> None:
        self.wanted = sys.stderr.isatty() and not wish.quiet
        self.begun = time.monotonic()
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Callable[[int, int], None] | None:
        return self.step if self.wanted else None

    def step(self, done: int, total: int) -> None:
        """Show the state; the bar appears after a second."""
        if self.bar is None:
            if time.monotonic() - self.begun < 1:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (
                TextColumn("Looking at files"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
            )
            self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task("", total=total)
        if done % 20 == 0 or done == total:
            self.bar.update(self.task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()
