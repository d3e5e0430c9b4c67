"""The theme's processor time against its floor: the same site with layouts that print the content and nothing else.

python benchmarks/hugo_build.py [PAGES] [HUGO]

Three are built in turn, three times; the least processor time of each counts. `bare` prints what Hugo makes of the
content, `content` the same with the theme's shortcodes and render hooks and no page around it, `theme` whole pages. Hugo
itself (reading, Markdown, highlighting, feeds) is in all, so the ratios are what the theme adds. Then the first and the
last are served, one page is changed nine times, and the median of the times Hugo names for it counts: what an author
waits for.
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = [
    "array",
    "axis",
    "slice",
    "kernel",
    "sparse",
    "matrix",
    "solver",
    "gradient",
    "sample",
    "seed",
    "module",
    "release",
    "figure",
    "plot",
]
CONFIG = """\
baseURL = "https://example.org/"
title = "Scale"
disableKinds = ["taxonomy"]
[markup.highlight]
noClasses = false
[params]
navbarlogo = {text = "Scale", link = "/"}
navbar = [{title = "Docs", url = "/docs/"}, {title = "Posts", url = "/posts/"}]
"""


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=14)).capitalize() + "."


def body(chance: random.Random) -> str:
    parts = []
    for section in range(5):
        parts += [f"## Heading {section}", " ".join(sentence(chance) for _ in range(5)) + " [Docs](/docs/)."]
        lines = "\n".join(f"x{n} = np.arange({chance.randrange(99)}).sum()" for n in range(8))
        parts.append(f"```python\nimport numpy as np\n{lines}\n```")
        parts.append(f"{{{{< admonition tip >}}}}\n{sentence(chance)}\n{{{{< /admonition >}}}}")
        cards = "\n".join(f"[[item]]\ntype='card'\ntitle='C{n}'\nlink='/docs/'\nbody='x'" for n in range(4))
        parts.append(f"{{{{< grid >}}}}\n{cards}\n{{{{< /grid >}}}}")
    return "\n\n".join(parts)


def write(site: Path, pages: int) -> None:
    chance = random.Random(1)
    for n in range(pages):
        folder = "posts" if n % 5 == 0 else f"docs/s{n % 10}"
        path = site / "content" / folder / f"p{n}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        date = f"2024-01-{n % 28 + 1:02}"
        path.write_text(
            f"---\ntitle: Page {n}\ndate: {date}\ntags: [{chance.choice(WORDS)}]\n---\n\n{body(chance)}\n"
        )
    (site / "hugo.toml").write_text(CONFIG)


def floors(folder: Path) -> Path:
    """Themes whose layouts do nothing but print: `bare` without anything of ours, `content` with our shortcodes and hooks."""
    shortcodes = folder / "bare" / "layouts" / "_shortcodes"
    shortcodes.mkdir(parents=True)
    for name in ("admonition", "grid"):
        (shortcodes / f"{name}.html").write_text("{{ .Inner }}")
    shutil.copytree(ROOT / "hugo-theme", folder / "content")
    for path in (folder / "content" / "layouts").iterdir():
        if path.is_file():
            path.unlink()
        elif not path.name.startswith("_"):
            shutil.rmtree(path)
    for theme in ("bare", "content"):
        (folder / theme / "layouts" / "all.html").write_text("<title>{{ .Title }}</title>{{ .Content }}")
    return folder


def seconds(hugo: str, site: Path, themes: Path, theme: str) -> float:
    shutil.rmtree(site / "public", ignore_errors=True)
    before = os.times()
    command = [hugo, "--source", str(site), "--themesDir", str(themes), "--theme", theme, "--noBuildLock"]
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def rebuild(hugo: str, site: Path, themes: Path, theme: str) -> float:
    """Milliseconds from a change of one page to its being served."""
    log, page = site.parent / "server.log", site / "content/posts/p0.md"
    command = [hugo, "server", "--source", str(site), "--themesDir", str(themes), "--theme", theme,
               "--disableLiveReload", "--noBuildLock"]  # fmt: skip

    def times(count: int) -> list[int]:
        end = time.monotonic() + 300
        while time.monotonic() < end:
            found = [int(n) for n in re.findall(r"(?:Total|Built|Rebuilt) in (\d+) ms", log.read_text())]
            if len(found) >= count:
                return found
            time.sleep(0.1)
        raise SystemExit(f"hugo server said nothing for five minutes:\n{log.read_text()}")

    with log.open("w") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        try:
            times(1)
            text = page.read_text()
            for change in range(9):
                time.sleep(1)  # Hugo takes what changes within half a second for one change
                page.write_text(f"{text}\nChange {change}.\n")
                found = times(change + 2)
            page.write_text(text)
        finally:
            server.terminate()
    return statistics.median(found[1:])


def main(pages: int = 300, hugo: str = "hugo") -> None:
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        write(site, pages)
        floor = floors(Path(name) / "themes")
        times: dict[str, list[float]] = {"bare": [], "content": [], "theme": []}
        for _ in range(3):
            times["bare"].append(seconds(hugo, site, floor, "bare"))
            times["content"].append(seconds(hugo, site, floor, "content"))
            times["theme"].append(seconds(hugo, site, ROOT, "hugo-theme"))
        least = {key: min(values) for key, values in times.items()}
        for key, value in least.items():
            print(f"{key:6} {value:7.2f} s processor, {1000 * value / pages:6.1f} ms a page")
        print(f"ratio  {least['theme'] / least['bare']:7.2f}")
        for key, themes, theme in (("bare", floor, "bare"), ("theme", ROOT, "hugo-theme")):
            print(f"{key:6} {rebuild(hugo, site, themes, theme):7.0f} ms after a change")


if __name__ == "__main__":
    main(*(f(a) for f, a in zip((int, str), sys.argv[1:], strict=False)))
