"""Measure the linter against a floor and a peer, in CPU seconds of one run.

    python benchmarks/lint_run.py FOLDER [--pages N] [--average 33] [--copies N] [--html-validate BIN]

FOLDER holds built pages. Each line is measured in processes of its own; the figures to look at are ratios.
``floor`` reads the files, ``parse`` also builds the tree of each page, ``cold`` and ``warm`` are the command
without and with a filled cache.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sampling import sample

FLOOR = """
import sys, pathlib
n = sum(len(p.read_bytes()) for p in pathlib.Path(sys.argv[1]).rglob("*.html"))
"""
PARSE = """
import sys, pathlib, turbohtml
for p in pathlib.Path(sys.argv[1]).rglob("*.html"):
    turbohtml.parse(p.read_bytes().decode("utf-8", "replace"))
"""


def cpu(command: list[str]) -> tuple[float, float]:
    """CPU seconds of a command with its children, and its largest memory in MiB."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        # What getrusage tells of memory is the largest of all children so far.
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            said.seek(0)
            sys.exit(f"{command}: {said.read().decode()[-500:]}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=1, help="repeat the folder, for large corpora")
    parser.add_argument("--pages", type=int, default=0, help="how many; 0 for all")
    parser.add_argument(
        "--average", type=float, default=0, metavar="KB", help="choose pages of this average size"
    )
    parser.add_argument("--html-validate", default="", help="its binary; it looks at 24 pages")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch, "pages")
        chosen = sample(args.folder, args.pages, args.average)
        for copy in range(args.copies):
            for page in chosen:
                target = root / f"c{copy}" / page.relative_to(args.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(page, target)
        pages = list(root.rglob("*.html"))
        size = sum(page.stat().st_size for page in pages)
        print(f"{len(pages):,} pages, {size / 1e6:.0f} MB, {size / len(pages) / 1000:.0f} kB a page")
        lint = [sys.executable, "-m", "scientific_python_theme", "lint", str(root), "-j", "1", "-q", "--isolated",
                "--output-format", "jsonl", "--exit-zero"]  # fmt: skip
        store = ["--cache-dir", str(Path(scratch, "cache"))]
        tiny = Path(scratch, "tiny.html")
        tiny.write_text('<p>x</p><img src="a.png">')
        idle, _ = cpu([str(tiny) if part == str(root) else part for part in lint] + ["--no-cache"])
        lines = {
            "floor": cpu([sys.executable, "-c", FLOOR, str(root)]),
            "parse": cpu([sys.executable, "-c", PARSE, str(root)]),
            "cold": cpu([*lint, "--no-cache"]),
            "fill": cpu([*lint, *store]),
            "warm": cpu([*lint, *store]),
        }
        print(f"start-up of the command: {idle:.2f} CPU s (taken off cold and warm in pages/s)")
        for name, (seconds, memory) in lines.items():
            rate = len(pages) / max(seconds - (idle if name in ("cold", "fill", "warm") else 0), 1e-3)
            ratio = seconds / lines["parse"][0]
            print(
                f"{name:>6}  {seconds:7.2f} CPU s  {rate:9,.0f} pages/CPU s  {ratio:5.2f} x parse  max {memory:5.0f} MiB"
            )
        if args.html_validate:
            some = sorted(pages)[:: max(1, len(pages) // 24)][:24]
            rules = Path(scratch, "rules.json")
            rules.write_text('{"root": true, "rules": {"wcag/h37": "error", "wcag/h36": "error"}}')
            peer, _ = cpu([args.html_validate, "--config", str(rules), *map(str, some)])
            empty, _ = cpu([args.html_validate, "--version"])
            rate = sum(page.stat().st_size for page in some) / max(peer - empty, 1e-3)
            ours = size / max(lines["cold"][0] - idle, 1e-3)
            print(
                f"html-validate {rate / 1e6:.2f} MB/CPU s, ours {ours / 1e6:.2f} MB/CPU s: {ours / rate:.0f} times"
            )


if __name__ == "__main__":
    main()
