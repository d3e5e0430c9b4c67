"""CPU time of the source readers on a tree of documentation, against two floors in the same run.

Usage: ``python benchmarks/lint_sources.py FOLDER [FOLDER …]`` (unpacked source distributions, for instance);
without arguments a tree of 300 files is made up. Floors: reading and decoding the files; ``str.splitlines`` of them.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path

from scientific_python_theme.lint import sources

PARAGRAPH = "The lattice has *one* vacancy, see :ref:`vacancies` and ``lattice.sites``.\n\n"


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def made_up(folder: Path) -> None:
    for i in range(100):
        text = f"Page {i}\n=======\n\n" + PARAGRAPH * 60
        image = f".. figure:: lattice-{i}.png\n   :width: 300\n\n   A lattice.\n\n" if i % 3 == 0 else ""
        (folder / f"page{i}.rst").write_text(text + image + PARAGRAPH * 20, "utf-8")
        image = f"![](lattice-{i}.png)\n\n" if i % 3 == 0 else ""
        (folder / f"page{i}.md").write_text(
            f"# Page {i}\n\n" + PARAGRAPH * 60 + image + PARAGRAPH * 20, "utf-8"
        )
        doc = f"    .. image:: lattice-{i}.png\n\n" if i % 3 == 0 else ""
        functions = "".join(
            f'def f{k}(x):\n    """Do it.\n\n{doc}    """\n    return x\n\n\n' for k in range(40)
        )
        (folder / f"module{i}.py").write_text(functions, "utf-8")


def measure(folder: Path) -> None:
    files = [
        p
        for p in folder.rglob("*")
        if p.suffix in sources.SEARCHED - {".html", ".htm", ".xhtml"} and p.is_file()
    ]
    start = cpu()
    texts = [(p, p.read_text("utf-8", "replace")) for p in files]
    reading = cpu() - start
    start = cpu()
    for _, text in texts:
        text.splitlines()
    splitting = cpu() - start
    for path in {p.suffix: p for p in files}.values():  # imports are paid once, by the first file of a format
        reader = sources.reader_for(str(path))
        if reader:
            reader("![](x.png)\n\n.. image:: x.png\n", str(path))
    start = cpu()
    images = 0
    by_format: dict[str, float] = {}
    for path, text in texts:
        reader = sources.reader_for(str(path))
        began = cpu()
        if reader:
            images += len(reader(text, str(path)).images)
        by_format[path.suffix] = by_format.get(path.suffix, 0) + cpu() - began
    looking = cpu() - start
    size = sum(len(t) for _, t in texts) / 1e6
    print(f"{folder.name}: {len(files)} files, {size:.1f} MB, {images} images")
    print(
        f"  read and decode {reading:.2f} s, split into lines {splitting:.2f} s, find images {looking:.2f} s of CPU"
    )
    print(
        f"  {looking / max(len(files), 1) * 300:.3f} s per 300 files; {size / max(looking, 1e-9):.1f} MB per CPU second"
    )
    print(
        "  by format:", ", ".join(f"{k} {v:.2f} s" for k, v in sorted(by_format.items(), key=lambda i: -i[1]))
    )


def main() -> None:
    folders = [Path(a) for a in sys.argv[1:]]
    for folder in folders:
        measure(folder)
    if not folders:
        with tempfile.TemporaryDirectory() as place:
            made_up(Path(place))
            measure(Path(place))


if __name__ == "__main__":
    main()
