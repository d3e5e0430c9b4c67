"""Speed of the HTML linter in pages per CPU second, against its floors and, where installed, html-validate.

    python benchmarks/lint_html.py FOLDER [--pages 1000] [--average 33] [--html-validate PATH/TO/html-validate]

FOLDER holds built documentation. All figures come from the same pages in the same run, so their ratios hold
on any machine: reading the files, parsing them, finding the images, and judging them with the default rules.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import turbohtml
from sampling import sample

from scientific_python_theme.lint.rules import all_rules
from scientific_python_theme.lint.sources import html

PEER_RULES = ("wcag/h37", "wcag/h36", "no-dup-attr", "area-alt", "no-redundant-aria-label")


def judge(text: str) -> int:
    """Number of findings of the default rules on a page."""
    document = html.read(text, "page.html")
    count = 0
    for rule in all_rules().values():
        if rule.default:
            if rule.check:
                count += sum(1 for image in document.images for _ in rule.check(image))
            else:
                count += sum(1 for _ in rule.check_document(document))
    return count


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work in this process."""
    start = time.process_time()
    work()
    return max(time.process_time() - start, 1e-9)


def peer(program: str, files: list[Path]) -> float:
    """CPU seconds of html-validate's rules about images, its start-up taken off."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.json"
        config.write_text(json.dumps({"root": True, "rules": dict.fromkeys(PEER_RULES, "error")}))

        def run(chosen: list[Path]) -> float:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [program, "--config", str(config), *map(str, chosen)], capture_output=True, check=False
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        return run(files) - run(files[:1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument(
        "--average", type=float, default=0, metavar="KB", help="choose pages of this average size"
    )
    parser.add_argument("--html-validate", metavar="PROGRAM")
    options = parser.parse_args()
    files = sample(options.folder, options.pages, options.average)
    texts: list[str] = []
    count = len(files)
    reading = cpu(lambda: texts.extend(f.read_bytes().decode("utf-8", "replace") for f in files))
    size = sum(map(len, texts)) / count
    half = cpu(lambda: [judge(t) for t in texts[: count // 2]])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    judging = half + cpu(lambda: [judge(t) for t in texts[count // 2 :]])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    finding = cpu(lambda: [html.read(t, "page.html") for t in texts])
    parsing = cpu(lambda: [turbohtml.parse(t, source_locations=True) for t in texts])
    print(f"{count} pages of {size / 1000:.1f} kB on average; pages per CPU second:")
    for name, seconds in (
        ("read the files", reading),
        ("parse (floor)", parsing),
        ("find the images", finding),
        ("find and judge", judging),
        ("read, find and judge", judging + reading),
    ):
        print(f"  {name:22} {count / seconds:9.0f}   {seconds / parsing:5.2f} x parse")
    print(f"memory grew by {grown / 1024:.1f} MB over the second half")
    if options.html_validate:
        few = files[:60]
        seconds = peer(options.html_validate, few)
        theirs = len(few) / seconds
        print(
            f"  html-validate          {theirs:9.1f}   we are {count / (judging + reading) / theirs:.0f} times as fast"
        )


if __name__ == "__main__":
    main()
