"""Weight of a built page: HTML, CSS and JS that the page itself asks for, raw and packed (gzip).

    python benchmarks/sphinx_weight.py SITE [SITE ...]

Local files named in the HTML are counted once a page; the median page of each site is printed.
Compare a site built with the plain parent theme with the same site built with ours.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import statistics
from pathlib import Path

from bs4 import BeautifulSoup


@functools.cache
def size(file: Path) -> tuple[int, int]:
    """Bytes of a file, raw and packed."""
    data = file.read_bytes() if file.is_file() else b""
    return len(data), len(gzip.compress(data, 6)) if data else 0


def weigh(page: Path) -> dict[str, tuple[int, int]]:
    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    scripts = {tag["src"] for tag in soup.select("script[src]")}
    styles = {tag["href"] for tag in soup.select('link[rel~="stylesheet"][href]')}
    found = {"html": size(page)}
    for kind, names in (("css", styles), ("js", scripts)):
        files = {(page.parent / name.partition("?")[0]).resolve() for name in names if "//" not in name}
        found[kind] = (sum(size(file)[0] for file in files), sum(size(file)[1] for file in files))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=60, help="pages to weigh of each site")
    asked = parser.parse_args()
    for site in asked.sites:
        pages = sorted(page for page in site.rglob("*.html") if "_static" not in page.parts)
        step = max(1, len(pages) // asked.sample)
        weights = [weigh(page) for page in pages[::step]]
        print(f"{site} ({len(pages)} pages)")
        for kind in ("html", "css", "js"):
            raw, packed = (statistics.median(weight[kind][i] for weight in weights) / 1000 for i in (0, 1))
            print(f"  {kind:4} {raw:8.1f} kB {packed:8.1f} kB packed")


if __name__ == "__main__":
    main()
