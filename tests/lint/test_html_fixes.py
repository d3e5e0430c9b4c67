"""What a fix writes mends its finding and breaks nothing else."""

from __future__ import annotations

import pytest
from lint_cases import codes, remarks

from scientific_python_theme.lint.model import Applicability
from scientific_python_theme.lint.sources import html
from scientific_python_theme.lint.text import Lines


def fixed(text: str, code: str) -> tuple[str, Applicability]:
    """The page after the fix of the first finding of a rule."""
    fix = next(r.fix for c, _, r in remarks(html.read(text, "p.html"), default=False) if c == code and r.fix)
    lines = Lines(text)
    for edit in sorted(fix.edits, key=lambda e: (e.place.line, e.place.column), reverse=True):
        start, stop = lines.span(edit.place)
        text = text[:start] + edit.text + text[stop:]
    return text, fix.applicability


@pytest.mark.parametrize(
    ("code", "before", "after", "kind"),
    [
        ("ALT001", '<img src="a.png">', '<img alt="TODO: describe this image" src="a.png">', "unsafe"),
        ("ALT001", "<IMG\r\n SRC=a.png/>", '<IMG alt="TODO: describe this image"\r\n SRC=a.png/>', "unsafe"),
        ("ALT007", '<a href="/"><img src="a.png" alt="Guide"> Guide</a>', '<a href="/"><img src="a.png" alt=""> Guide</a>', "safe"),
        ("ALT007", "<a href=/><img src=a.png alt=Guide> Guide</a>", '<a href=/><img src=a.png alt=""> Guide</a>', "safe"),
        ("ALT008", '<img src="a.png" alt="Image of a heron">', '<img src="a.png" alt="Heron">', "safe"),
        ("ALT008", '<img src="a.png" alt="Graphic showing a picture of the heron">', '<img src="a.png" alt="Heron">', "safe"),
        ("ALT008", "<img src='a.png' alt='Image of Bob&#39;s heron'>", "<img src='a.png' alt='Bob&#39;s heron'>", "safe"),
        ("ALT016", '<input type="image" src="a.png">', '<input alt="TODO: say what this button does" type="image" src="a.png">', "unsafe"),
        ("ALT017", '<img src="a.png" alt="" aria-label="Heron">', '<img src="a.png"  aria-label="Heron">', "safe"),
        ("ALT018", '<img src="a.png" atl="Heron">', '<img src="a.png" alt="Heron">', "safe"),
        ("ALT018", '<img src="a.png" alt-"Heron at dusk">', '<img src="a.png" alt="Heron at dusk">', "safe"),
        ("ALT018", '<img src="a.png" alt: "Heron at dusk">', '<img src="a.png" alt="Heron at dusk">', "safe"),
        ("ALT018", '<img src="a.png" alt="Heron" alt="Heron">', '<img src="a.png" alt="Heron" >', "safe"),
        ("ALT026", "<img src='a.png' alt='\"Heron &amp; carp\"'>", "<img src='a.png' alt='Heron &amp; carp'>", "safe"),
    ],
)  # fmt: skip
def test_fix(code, before, after, kind):
    text, applicability = fixed(before, code)
    assert text == after
    assert applicability == kind
    assert code not in codes(text)


def test_two_different_alternatives_are_for_a_person():
    """Which of the two was meant, no tool can know."""
    document = html.read('<img src="a.png" alt="Heron" alt="Carp">', "p.html")
    assert [r.fix for c, _, r in remarks(document) if c == "ALT018"] == [None]


@pytest.mark.parametrize("label", ["", " ", "&#32;"])
def test_a_mark_stays_where_nothing_else_names_the_image(label):
    document = html.read(f'<img src="a.png" alt="" aria-label="{label}">', "p.html")
    assert [r.fix for c, _, r in remarks(document) if c == "ALT017"] == [None]


def test_a_fix_that_waits_for_words_is_found_again():
    """The text to complete is a placeholder until somebody completes it."""
    assert codes(fixed('<img src="a.png">', "ALT001")[0]) == ["ALT004"]
