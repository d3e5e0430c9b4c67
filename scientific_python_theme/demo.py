"""Build a Sphinx project and a Hugo site that link into each other, check both, serve both.

The two need each other's list of link targets, so the Hugo site is built twice: once for its
own targets, once more, strictly, when those of the Sphinx documentation are known.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from attrs import frozen
from packaging.requirements import InvalidRequirement, Requirement

from . import hugo
from .errors import ThemeError
from .files import copy_missing, must_be_free
from .paths import hugo_theme

Say = Callable[[str], None]

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Demo of scientific-python-theme</title>
<style>
:root { color-scheme: light dark }
html { background: light-dark(#fcfdfd, #0f1416); color: light-dark(#14191c, #e8edef) }
body { max-width: 56rem; margin: 12vh auto; padding: 0 1rem; font: 1.0625rem/1.6 system-ui, sans-serif }
h1 { margin: 0 0 2rem; font-size: 2.25rem; line-height: 1.15; letter-spacing: -.02em; text-wrap: balance }
ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1.25rem; padding: 0 }
li { position: relative; padding: 1.25rem; list-style: none }
li, a { border-radius: .5rem }
li { border: 1px solid light-dark(#d3dbde, #2e3a3f); background: light-dark(#fff, #161d20) }
li:hover { border-color: currentcolor }
a { display: block; margin-bottom: .25rem; color: light-dark(#00627a, #7cc8e4); font-weight: 600 }
a::after { content: ""; position: absolute; inset: 0 }
</style>
<main>
<h1>One place, two tools</h1>
<ul>
<li><a href="site/">The project's site</a> built by Hugo</li>
<li><a href="docs/index.html">The project's documentation</a> built by Sphinx, in the same look</li>
<li><a href="report.html">Every image and its text alternative</a> as the linter sees them</li>
</ul>
</main>
</html>
"""


@frozen(kw_only=True)
class Plan:
    """Where the demo's parts lie.

    Parameters
    ----------
    root : pathlib.Path
        Project folder; commands run there.
    docs, site : pathlib.Path
        Sources of the Sphinx documentation and of the Hugo site.
    out : pathlib.Path
        Folder for everything that is made.
    python : str
        Interpreter that has Sphinx, the theme and what the documentation needs.
    port : int
        Port of the local server; the site's addresses are made for it.
    sources : tuple of pathlib.Path
        What the linter reads besides the two outputs.
    """

    root: Path
    docs: Path
    site: Path
    out: Path
    python: str
    port: int
    sources: tuple[Path, ...] = ()

    @property
    def lock(self) -> Path:
        """Lock of the inventories by which the two link into each other."""
        return Path(os.path.commonpath([self.docs, self.site])) / "inventories.lock"

    @property
    def address(self) -> str:
        """Local address under which everything is served."""
        return f"http://127.0.0.1:{self.port}/"


def free_port(wanted: int = 8000) -> int:
    """First port from `wanted` upwards on which the loopback address is free.

    Parameters
    ----------
    wanted : int
        Port to begin with.

    Returns
    -------
    int
        A port number.

    Raises
    ------
    ThemeError
        If none of 50 ports is free.
    """
    for port in range(wanted, min(wanted + 50, 65536)):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise ThemeError(f"no free port between {wanted} and {wanted + 49}; choose one with --port")


def scaffold(folder: Path, *, force: bool = False) -> None:
    """Write the small example project into a folder; one that holds it already is left as it is.

    Parameters
    ----------
    folder : pathlib.Path
        Folder to write into; made if it does not exist.
    force : bool
        Whether to write into a folder that holds something already; every file
        that is there stays as it is.

    Raises
    ------
    ThemeError
        If the folder is not empty and `force` is false.
    """
    if all((folder / part).is_file() for part in ("requirements.txt", "docs/conf.py", "site/hugo.toml")):
        return
    must_be_free(folder, force=force)
    copy_missing(Path(__file__).parent / "scaffold", folder)
    if not (folder / ".gitignore").exists():
        (folder / ".gitignore").write_text("/.venv/\n/build/\n__pycache__/\n", encoding="utf-8")


def _requirements(file: Path) -> Iterator[Requirement]:
    """Those of a file that hold for this Python."""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        text = re.sub(r"(^|\s)#.*", "", line).strip()  # what pip takes for a comment
        try:
            wanted = Requirement(text) if text else None
        except InvalidRequirement as error:
            raise ThemeError(
                f"{file}:{number}: {text!r} is no name with versions, such as numpy>=2"
            ) from error
        if wanted and (wanted.marker is None or wanted.marker.evaluate()):
            yield wanted


def _installed(wanted: Requirement) -> bool:
    try:
        return wanted.specifier.contains(version(wanted.name), prereleases=True)
    except PackageNotFoundError:
        return wanted.name == "hugo" and shutil.which("hugo") is not None


def environment(folder: Path, needed: Path, say: Say) -> str:
    """Interpreter that has all of `needed`; makes a virtual environment if this one has not.

    Parameters
    ----------
    folder : pathlib.Path
        Where the environment is made, if one is needed.
    needed : pathlib.Path
        File of requirements, one in a line.
    say : callable
        Receives lines of progress.

    Returns
    -------
    str
        Path of a Python interpreter.

    Raises
    ------
    ThemeError
        If a line is no requirement, or what is missing cannot be installed.
    """
    missing = [str(wanted) for wanted in _requirements(needed) if not _installed(wanted)]
    if not missing:
        return sys.executable
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        say(f"installing {', '.join(missing)} into {folder}")
        venv.create(folder, with_pip=True, clear=False)
    # What is installed here stays visible there, so only what is missing is downloaded.
    here = sysconfig.get_paths()["purelib"]
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    there = folder / ("Lib/site-packages" if os.name == "nt" else f"lib/{name}/site-packages")
    (there / "parent.pth").write_text(f"import site; site.addsitedir({here!r})\n", encoding="utf-8")
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *missing],
        capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise ThemeError(
            f"could not install {', '.join(missing)}: {last}\n"
            f"install them yourself, then run this again: python -m pip install {shlex.join(missing)}"
        )
    return str(python)


def build(plan: Plan, say: Say, *, only: str = "") -> int:
    """Build, cross-link and lint.

    Parameters
    ----------
    plan : Plan
        Where the parts lie.
    say : callable
        Receives lines of progress.
    only : str
        ``"docs"`` or ``"site"`` to build just that one, without the linter.

    Returns
    -------
    int
        0 when all is well, 1 when the linter found something.

    Raises
    ------
    ThemeError
        If a build fails; the message ends with what the tool said.
    """
    plan.out.mkdir(parents=True, exist_ok=True)
    steps: list[tuple[str, Callable[[], None]]] = [
        ("Hugo site, for its link targets", lambda: _hugo(plan, strict=False)),
        ("locking the site's link targets", lambda: _lock(plan, "site")),
        ("Sphinx documentation", lambda: _sphinx(plan)),
        ("locking the documentation's link targets", lambda: _lock(plan, "docs")),
        ("Hugo site, linked into the documentation", lambda: _hugo(plan, strict=True)),
        ("search indexes and front page", lambda: _indexes(plan)),
        ("links and anchors of everything", lambda: _links(plan)),
    ]
    steps = steps[: {"docs": 3, "site": 5}.get(only, len(steps))]
    count = len(steps) + (not only)
    for number, (name, step) in enumerate(steps, 1):
        began = time.monotonic()
        say(f"[{number}/{count}] {name} …")
        step()
        say(f"      done in {time.monotonic() - began:.1f} s")
    if only:
        return 0
    say(f"[{count}/{count}] linter, over both sources and both outputs …")
    return _lint(plan)


def _run(plan: Plan, command: Sequence[str], what: str, env: dict[str, str] | None = None) -> str:
    try:
        done = subprocess.run(
            command,
            cwd=plan.root,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            env={**os.environ, **(env or {})},
        )
    except FileNotFoundError as error:
        raise ThemeError(f"{what}: {command[0]} is not installed; pip install {command[0]}") from error
    if done.returncode:
        said = "\n".join((done.stdout + "\n" + done.stderr).strip().splitlines()[-15:])
        raise ThemeError(f"{what} failed ({' '.join(map(str, command))}):\n{said}")
    return done.stdout + done.stderr


def _hugo(plan: Plan, *, strict: bool) -> None:
    theme = hugo_theme()
    _run(
        plan,
        [
            str(hugo.find(plan.python).binary), "--source", str(plan.site),
            "--destination", str(plan.out / "site"),
            "--themesDir", str(theme.parent), "--theme", theme.name, "--cleanDestinationDir",
            "--baseURL", f"{plan.address}site/", "--noBuildLock", "--logLevel", "warn",
        ],
        "the Hugo site",
        env={"HUGO_PARAMS_INVENTORIES_STRICT": str(strict).lower()},
    )  # fmt: skip


def _sphinx(plan: Plan) -> None:
    _run(
        plan,
        [
            plan.python, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q",
            "-d", str(plan.out / ".doctrees"), str(plan.docs), str(plan.out / "docs"),
        ],
        "the Sphinx documentation",
    )  # fmt: skip


def _theme(*args: object) -> list[str]:
    return [sys.executable, "-m", "scientific_python_theme", *map(str, args)]


def _lock(plan: Plan, which: str) -> None:
    """Lock one output's inventory for the other to link to."""
    _run(
        plan,
        _theme(
            "inventory", "add", which, "--from", plan.out / which / "objects.inv",
            "--docs", f"{plan.address}{which}/", "--dir", plan.lock.parent, "--hugo", plan.site,
        ),
        f"locking the link targets of {which}",
    )  # fmt: skip


def _indexes(plan: Plan) -> None:
    """Symbol search over what is locked, and full-text search of the site where Pagefind is there."""
    _run(
        plan,
        _theme("inventory", "index", "--dir", plan.lock.parent, "--out", plan.out / "site" / "symbols"),
        "the index of symbols",
    )
    if command := hugo.pagefind(plan.out / "site"):
        _run(plan, command, "Pagefind")
    (plan.out / "index.html").write_text(_PAGE, encoding="utf-8")
    (plan.out / "report.html").touch()  # linked from the front page; the linter writes it last


def _links(plan: Plan) -> None:
    for which in ("site", "docs"):
        _run(
            plan, _theme("links", plan.out / which, "--base", f"{plan.address}{which}/"), f"links of {which}"
        )


def _lint(plan: Plan) -> int:
    """Report on sources and outputs together: as text, as JSON and as a page."""
    lint = [sys.executable, "-m", "scientific_python_theme", "lint", "--no-cache"]
    paths = [str(p) for p in (plan.docs, plan.site, *plan.sources, plan.out / "docs", plan.out / "site")]
    shown = subprocess.run(
        [*lint, "--statistics", "--report", str(plan.out / "report.html"), *paths], cwd=plan.root, check=False
    )
    if shown.returncode > 1:
        raise ThemeError("the linter could not look at the demo; its message stands above")
    data = subprocess.run(
        [*lint, "--exit-zero", "--output-format", "json", *paths],
        cwd=plan.root, capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    json.loads(data.stdout)  # a half-written report must not pass for a clean one
    (plan.out / "lint.json").write_text(data.stdout, encoding="utf-8")
    return shown.returncode


def serve(plan: Plan, say: Say) -> None:
    """Serve the result on the loopback address until interrupted.

    Parameters
    ----------
    plan : Plan
        Where the parts lie.
    say : callable
        Receives the addresses to open.
    """

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Keep the terminal quiet."""

    handler = functools.partial(Handler, directory=str(plan.out))
    with http.server.ThreadingHTTPServer(("127.0.0.1", plan.port), handler) as server:
        say(f"serving; open\n  {plan.address}\n  {plan.address}site/\n  {plan.address}docs/\nCtrl-C ends it")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("bye")
