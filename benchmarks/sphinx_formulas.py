"""A page of formulas as MathML and with MathJax: bytes, requests, and CPU of the writing phase, in the same run.

    python benchmarks/sphinx_formulas.py FOLDER [FOLDER ...] [--rounds 3] [--mathjax tex-mml-chtml.js]

The formulas are those of ``:math:`` and ``.. math::`` in the Python, Cython and reStructuredText files of the
folders, a hundred a page. The writing phase alternates between both renderers on the same theme. MathJax is
weighed from a local copy of the file that pages ask for; its fonts come on top and are not counted.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

CONF = """
import time
extensions = ["scientific_python_theme"]
def setup(app):
    clock = {}
    app.connect("write-started", lambda app, builder: clock.setdefault("start", time.process_time()))
    app.connect("build-finished", lambda app, error: print("CPU", time.process_time() - clock["start"]), priority=9999)
"""
ROLE = re.compile(r":math:`([^`]+)`")
BLOCK = re.compile(r"(?m)^([ ]*)\.\. math::[ ]*(.*)\n((?:\1[ ]+\S.*\n|[ ]*\n)*)")


def formulas(folders: list[Path]) -> list[str]:
    """The formulas as reStructuredText, each once."""
    found: dict[str, None] = {}
    for folder in folders:
        for file in sorted(file for ending in ("py", "pyx", "rst") for file in folder.rglob(f"*.{ending}")):
            text = file.read_text("utf-8", errors="replace")
            if file.suffix != ".rst":  # docstrings that are not raw
                text = re.sub(r"\\\\(?=[a-zA-Z])", r"\\", text)
            found |= {f":math:`{' '.join(m[1].split())}`": None for m in ROLE.finditer(text)}
            for m in BLOCK.finditer(text):
                lines = [line.strip() for line in [m[2], *m[3].splitlines()]]
                body = [line for line in lines if line and not re.match(r":[\w-]+:", line)]
                if body:
                    found[".. math::\n\n" + "".join(f"   {line}\n" for line in body)] = None
    return list(found)


def write(source: Path, out: Path, renderer: str) -> tuple[float, str]:
    """Write all pages; CPU seconds and what Sphinx printed."""
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-a", "-d", str(out) + "-trees", "-D", f"html_math_renderer={renderer}", str(source),
         str(out)], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    return float(re.findall(r"^CPU (\S+)$", done.stdout, re.MULTILINE)[-1]), done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mathjax", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        (base / "docs").mkdir()
        (base / "docs" / "conf.py").write_text(CONF, "utf-8")
        pieces = formulas(asked.folders)
        pages = [pieces[n : n + 100] for n in range(0, len(pieces), 100)]
        for n, page in enumerate(pages):
            (base / "docs" / f"p{n}.rst").write_text(
                f"Page {n}\n{'=' * 9}\n\n" + "\n\n".join(page) + "\n", "utf-8"
            )
        toctree = ".. toctree::\n\n" + "".join(f"   p{n}\n" for n in range(len(pages)))
        (base / "docs" / "index.rst").write_text(f"Home\n====\n\n{toctree}", "utf-8")
        cpu: dict[str, list[float]] = {"mathjax": [], "mathml": []}
        left = 0
        for _ in range(asked.rounds + 1):  # the first reads, too
            for renderer, times in cpu.items():
                seconds, printed = write(base / "docs", base / renderer, renderer)
                times.append(seconds)
                left = max(left, printed.count("a formula is left to MathJax"))
        middle = {renderer: statistics.median(times[1:]) for renderer, times in cpu.items()}
        print(f"{len(pieces)} formulas on {len(pages)} pages; {left} left to MathJax")
        print(
            f"writing: {middle['mathml']:.2f} and {middle['mathjax']:.2f} CPU s, {middle['mathml'] / middle['mathjax']:.2f}"
        )
        library = len(gzip.compress(asked.mathjax.read_bytes(), 6)) if asked.mathjax else 0
        for renderer in cpu:
            files = [base / renderer / f"p{n}.html" for n in range(len(pages))]
            texts = [file.read_bytes() for file in files]
            loads = [b"tex-mml-chtml.js" in text for text in texts]
            packed = [len(gzip.compress(t, 6)) + library * load for t, load in zip(texts, loads, strict=True)]
            print(f"{renderer}: {statistics.median(packed) / 1024:.1f} KiB gzip a page (median), "
                  f"{sum(loads)} of {len(pages)} pages ask another host")  # fmt: skip


if __name__ == "__main__":
    main()
