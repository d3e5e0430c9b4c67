"""Inputs that reach new lines of the readers are kept and changed further; none may end in a traceback."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest
from lint_cases import cases

from scientific_python_theme.lint import sources
from scientific_python_theme.lint.check import check_text
from scientific_python_theme.lint.settings import load
from scientific_python_theme.lint.sources import reader_for
from scientific_python_theme.lint.text import Lines, decode

FOUND = Path(__file__).resolve().parent.parent / "cases" / "fuzz"
READERS = str(Path(sources.__file__).parent)
SETTINGS = load(isolated=True, select=("ALL",))
SEEDS = {
    ".html": ['<a href=x><img src=a.png alt=""></a>', "<svg role=img><title>x</title></svg><p id=i>y</p>"],
    ".rst": [
        ".. |s| image:: a.png\n\n|s| x\n\n.. figure:: b.png\n   :alt: b\n\n   Caption\n\n+---+\n| a |\n+---+\n",
        ".. list-table::\n\n   * - .. image:: a.png\n\n.. raw:: html\n\n   <img src=a.png>\n\n.. include:: x.inc\n",
    ],
    ".md": [
        "---\nimage: a.png\n---\n# T\n\n```{figure} a.png\n:alt: x\nC\n```\n\n[![](b.png){alt=x}](c)\n",
        '{{< figure src="a.png" >}}\n\n| a |\n|---|\n| <img src=a.png> |\n\n:::{note}\n![][r]\n:::\n\n[r]: b.png\n',
    ],
    ".ipynb": [
        '{"cells": [{"cell_type": "markdown", "source": ["![](a.png)"], "metadata": {"tags": ["decorative"]}},'
        '{"cell_type": "code", "source": "x", "outputs": [{"data": {"image/png": "x", "text/html": "<img>"}}]}],'
        '"metadata": {}, "nbformat": 4}'
    ],
    ".py": [
        'def f():\n    r"""F.\n\n    .. image:: a.png\n       :alt: "x"\n    """\n\n# %%\n# .. image:: b.png\n',
        '"""\n==\nT\n==\n"""\nx = f"""{1}"""\nclass A:\n    \'\'\'>>> 1\n\n    .. plot:: a.py\n    \'\'\'\n',
    ],
    ".toml": ["# alt-text: ignore\n[[item]]\nimage = 'a.png'\nbody = '''\n![](a.png)'''\n"],
    ".yaml": ['- image: a.png\n  alt: "x\\u00e9"\n- body: |\n    ![](a.png)\n'],
    ".json": ['{"image": "a.png", "body": "<img src=a.png>\\n![](b.png)"}'],
}
PIECES = (
    "\n", "\n\n", "   ", "\t", "\r\n", "\0", "\ufeff", "𝒳", "|", "`", "```", ":::", "{", "}", "[", "]", "(", ")", "<", ">", '"', "'", '"""',
    "\\", "#", "%", ":", "::", ".. ", ":alt:", "alt=", "![", "](", "{{<", ">}}", "<!-- alt-text: off -->", ".. alt-text: ignore[ALT001]",
    "<img src=a.png>", ".. image:: a.png", "```{image} a.png", "---", "+++", "+--+", "=== ===", "&amp;", "- ", "1. ", "> ", "role=img",
)  # fmt: skip


def judge(text: str, suffix: str) -> None:
    """Read, judge and place."""
    name = f"content/page{suffix}"
    reader = reader_for(name)
    assert reader is not None
    checked = check_text(text, name, reader, SETTINGS, name=name)
    said = [problem.message for problem in checked.document.problems]
    assert not any("fault of the linter" in message for message in said), said
    lines = Lines(text)
    for finding in checked.findings:
        start, end = lines.span(finding.place)
        assert 0 <= start <= end <= len(text)
        assert finding.place.line <= len(lines.starts)


class Coverage:
    """Lines of the readers that were run."""

    def __init__(self) -> None:
        self.reached: set[tuple[str, int]] = set()

    def __enter__(self) -> Coverage:
        self.before = sys.gettrace()
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.before)

    def _call(self, frame, event, arg):
        return self._line if frame.f_code.co_filename.startswith(READERS) else None

    def _line(self, frame, event, arg):
        self.reached.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line


def changed(text: str, other: str, chance: random.Random) -> str:
    """A text with one to four small changes."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(text))
        end = min(len(text), at + chance.choice((0, 1, 3, 12, 60)))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + text[end:]
        elif kind == 1:
            text = text[:end] + text[at:end] * chance.choice((1, 2, 20)) + text[end:]
        elif kind == 2 and other:
            start = chance.randrange(len(other))
            text = text[:at] + other[start : start + chance.choice((5, 40, 200))] + text[at:]
        elif kind == 3 and at < len(text):
            text = text[:at] + chr(ord(text[at]) ^ 1 << chance.randrange(7)) + text[at + 1 :]
        else:
            text = text[:at] + chance.choice(PIECES) + text[at:]
    return text[:1500]


@pytest.mark.parametrize("suffix", SEEDS)
def test_inputs_that_reach_new_lines_are_followed(suffix):
    chance = random.Random(f"2026 {suffix}")
    corpus = list(SEEDS[suffix])
    if suffix == ".html":
        corpus += [case["html"] for case in cases()][:150]
    corpus += [decode(file.read_bytes())[0][:1500] for file in sorted(FOUND.glob(f"*{suffix}"))]
    first = len(corpus)
    with Coverage() as coverage:
        for text in corpus:
            judge(text, suffix)
        seeded = len(coverage.reached)
        stop = time.process_time() + 2  # enough for all but the slowest readers
        for _ in range(400):
            text = changed(chance.choice(corpus), chance.choice(corpus), chance)
            before = len(coverage.reached)
            try:
                judge(text, suffix)
            except Exception as error:  # noqa: BLE001 (whatever it is, it is to be kept)
                pytest.fail(f"{error!r}: keep this in {FOUND.name}/ and mend it: {text!r}")
            if len(coverage.reached) > before:
                corpus.append(text)
            if time.process_time() > stop:
                break
    assert seeded > 50
    assert len(corpus) > first  # else it is not guided by anything


@pytest.mark.parametrize(
    "file", sorted(f for f in FOUND.iterdir() if f.suffix in SEEDS), ids=lambda f: f.name
)
def test_found_before_still_holds(file):
    judge(decode(file.read_bytes())[0], file.suffix)
