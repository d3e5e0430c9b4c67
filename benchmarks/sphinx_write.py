"""CPU of the writing phase with our sidebar and search, as a ratio of the plain parent theme's.

    python benchmarks/sphinx_write.py DOCS [--rounds 3] [--theme pydata_sphinx_theme] [--part NAME ...]

DOCS is the folder with a project's own ``conf.py`` (unpack a published sdist; its requirements
must be installed). It is copied, read once with the plain parent, and then written alternately
without and with our parts from copies of the same doctrees. Only the time between Sphinx's
``write-started`` and ``build-finished`` counts: imports and reading are the same for both.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PARTS = ("sidebar", "search", "garbage", "chrome")
CONF = """
import json as _json, os as _os, pathlib as _pathlib, time as _time
_job = _json.loads(_os.environ["SPHINX_WRITE"])
_own = _pathlib.Path(__file__).with_name("conf_own.py")
exec(compile(_own.read_text("utf-8"), str(_own), "exec"), globals())
intersphinx_mapping = {}
html_theme = _job["theme"]
html_theme_options = {**globals().get("html_theme_options", {}), "check_switcher": False}
globals().update(_job["values"])
_theirs = globals().get("setup")

def setup(app):
    import importlib
    if _theirs:
        _theirs(app)
    for part in _job["parts"]:  # not in `extensions`: a changed list would be read anew
        importlib.import_module(f"scientific_python_theme.sphinx_ext.{part}").setup(app)
    clock = {}
    app.connect("write-started", lambda app, builder: clock.setdefault("start", _time.process_time()))
    def end(app, error):
        if error is None and "start" in clock:
            print("CPU", _time.process_time() - clock["start"], flush=True)
    app.connect("build-finished", end, priority=9999)
"""


def run(docs: Path, work: Path, theme: str, parts: tuple[str, ...], values: dict[str, object]) -> float:
    """Write all pages; return the CPU seconds of the writing phase."""
    environment = {**os.environ, "SPHINX_WRITE": json.dumps({"theme": theme, "parts": parts, "values": values}),
                   "PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-a", "-b", "html", "-d", str(work / "doctrees"), str(docs), str(work / "html")],
        env=environment, capture_output=True, text=True, cwd=docs, check=False,
    )  # fmt: skip
    line = next((line for line in done.stdout.splitlines() if line.startswith("CPU ")), None)
    if line is None:
        sys.exit(f"the build failed:\n{done.stderr[-3000:]}")
    return float(line.split()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("docs", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--theme", default="pydata_sphinx_theme")
    parser.add_argument("--part", action="append", help=f"parts of ours (default: {' '.join(PARTS)})")
    parser.add_argument("--values", type=json.loads, default={}, help="JSON of further configuration values")
    parser.add_argument("--root", type=Path, help="folder to copy, if DOCS needs what lies above it")
    asked = parser.parse_args()
    parts = tuple(asked.part or PARTS)
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        root = (asked.root or asked.docs).resolve()
        shutil.copytree(root, base / "root", symlinks=True)
        docs = base / "root" / asked.docs.resolve().relative_to(root)
        (docs / "conf.py").rename(docs / "conf_own.py")
        (docs / "conf.py").write_text(CONF, "utf-8")
        run(docs, base, "pydata_sphinx_theme", (), asked.values)
        times: dict[str, list[float]] = {"plain": [], "ours": []}
        for number in range(asked.rounds):
            for side in ("plain", "ours") if number % 2 == 0 else ("ours", "plain"):
                work = base / side
                shutil.rmtree(work, ignore_errors=True)
                shutil.copytree(base / "doctrees", work / "doctrees")
                theme, use = ("pydata_sphinx_theme", ()) if side == "plain" else (asked.theme, parts)
                times[side].append(run(docs, work, theme, use, asked.values))
                print(f"{side:6} {times[side][-1]:8.2f} s", flush=True)
    plain, ours = (statistics.median(times[side]) for side in ("plain", "ours"))
    pairs = [b / a for a, b in zip(times["plain"], times["ours"], strict=True)]
    print(
        f"ratio {ours / plain:.3f} (pairs {min(pairs):.3f} to {max(pairs):.3f}; plain {plain:.1f} s, ours {ours:.1f} s)"
    )


if __name__ == "__main__":
    main()
