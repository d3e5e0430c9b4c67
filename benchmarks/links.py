"""The link checker against its floors on one built site: reading the files, and parsing them only.

python benchmarks/links.py SITE
"""

import sys
import time
from pathlib import Path

from scientific_python_theme import links
from scientific_python_theme.lint.sources.html_dom import Page


def cpu(work) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main(site: str) -> None:
    folder = Path(site)
    pages = sorted(folder.rglob("*.html"))
    read = cpu(lambda: [p.read_bytes() for p in pages])
    parse = cpu(lambda: [Page(p.read_text("utf-8", errors="replace"), "").select("a") for p in pages])
    reports = []
    check = cpu(lambda: reports.append(links.check(folder)))
    report = reports[0]
    print(f"{report.pages:,} pages, {report.links:,} links, {len(report.broken)} broken")
    for name, seconds in (("read", read), ("read and parse", parse), ("check", check)):
        print(
            f"{name:16}{seconds:8.2f} CPU s {seconds / parse:8.2f} x parse {len(pages) / max(seconds, 1e-9):12,.0f} pages per CPU s"
        )
    print(f"160 pages take {check / len(pages) * 160:.2f} CPU s")


if __name__ == "__main__":
    main(*sys.argv[1:])
