"""Formulas in MathML show what MathJax shows, or are left alone."""

from __future__ import annotations

import contextlib
import json
import re
import string
import time
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from formulas.forms import form
from hypothesis import given
from hypothesis import strategies as st

from scientific_python_theme import tex
from scientific_python_theme.mathml import FormulaError, mathml
from scientific_python_theme.mathml_elements import symbol_of
from scientific_python_theme.tex_symbols import NAMES

# Recorded by `record.cjs` with MathJax 3.2.2.
RECORDED = [
    json.loads(line) for line in (Path(__file__).parent / "mathjax.jsonl").read_text("utf-8").splitlines()
]
# Of MathML Core, what browsers draw; `semantics` and `annotation` come with the source.
CORE = {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "munder", "mover", "munderover",
        "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom", "semantics", "annotation"}  # fmt: skip


def elements(text: str) -> list[ET.Element]:
    return list(ET.fromstring(text).iter())


def names(text: str) -> set[str]:
    return {element.tag.split("}")[-1] for element in elements(text)}


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: ">" * case["display"] + case["tex"])
def test_shows_what_mathjax_shows(case):
    drawn = mathml(case["tex"], display=case["display"])
    assert form(drawn) == form(case["mathml"])
    assert names(drawn) <= CORE
    assert "data-" not in drawn, "marks of ours stay inside"
    assert all("mathvariant" not in e.attrib or (e.get("mathvariant"), len(e.text or "")) == ("normal", 1)
               for e in elements(drawn)), "MathML Core knows no other variant"  # fmt: skip


def test_every_command_is_recorded_or_a_symbol():
    """What a table promises has been compared once."""
    text = " ".join(case["tex"] for case in RECORDED)
    known = {token for case in RECORDED for token in tex.tokens(case["tex"])}
    rare = {r"\dddot", r"\overleftarrow", r"\overleftrightarrow", r"\xleftrightarrow", r"\xRightarrow", r"\xLeftarrow",
            r"\xmapsto", r"\bm", r"\pmb", r"\hphantom", r"\vphantom", r"\tbinom"}  # fmt: skip
    for table in (tex.ARGUMENTS, tex.ACCENTS, tex.ARROWS, tex.BINOMIALS, tex.INFIX):
        assert set(table) - rare <= known
    assert {name for name in tex.ENVIRONMENTS if f"{{{name}}}" not in text} <= {
        "alignedat", "alignat", "alignat*", "eqnarray", "gathered", "gather", "dcases"}  # fmt: skip


def test_symbols_are_in_the_table():
    """A later table of latex2mathml still has every name that is counted upon."""
    assert [name for name in sorted(NAMES) if not symbol_of(f"\\{name}")] == []
    assert symbol_of(r"\alpha") == "α"
    assert symbol_of(r"\dd") == "", "MathJax does not know it: a project may have made it a macro"


@pytest.mark.parametrize(
    "formula",
    [
        r"\undefined", r"\newcommand{\a}{b} \a", r"\def\a{b}", r"\color{red} x", r"\tag{1} x", r"\href{javascript:alert(1)}{x}",
        r"\style{color:red}{x}", r"\class{a}{x}", r"\unicode{x41}", r"\require{physics}", r"\verb|x|", r"\ref{a}",
        r"x_a_b", r"x^a^b", r"x'^'", r"{", r"}", r"\frac{a}", r"\sqrt", r"x_", r"\left( x", r"x \right)", r"\left a \right)",
        r"a & b", r"a \\ b", r"\begin{cases} a", r"\begin{array}{|c|} a \end{array}", r"\begin{unknown} a \end{unknown}",
        r"\begin{array}{l} \hline a \end{array}", r"\not x", r"\text{a \textbf{b}}", r"\text{$}", "#", "$", "\x00", "\ue000", "",
        r"{\rm a \over b}", r"\mathcal{1}", r"\mathtt{\Gamma}", r"\hspace{a}", "{" * 100 + "}" * 100, "x" * 30_000,
        r"\sum' x_i", r"\begin{aligned} a \\ [b] \end{aligned}", r"\operatorname{\foo}",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_left(formula):
    with pytest.raises(FormulaError):
        mathml(formula, display=True)


def test_reason_names_the_command():
    with pytest.raises(FormulaError, match=r"^\\vb$"):
        mathml(r"\vb{F}")


@pytest.mark.parametrize(
    "formula", [r"\text{<script>alert(1)</script>}", "a < b > c", r"\text{\&lt;script>}", r'"x" \& y']
)
def test_text_stays_text(formula):
    drawn = mathml(formula, source=formula)
    assert names(drawn) <= CORE
    assert ET.fromstring(drawn).findtext(".//{*}annotation") == formula


def test_source_is_an_annotation():
    drawn = mathml("x", source="x % why")
    assert drawn.endswith('<annotation encoding="application/x-tex">x % why</annotation></semantics></math>')


def test_minus_without_a_left_side_is_a_sign():
    signs = [e for e in elements(mathml("a = -b - c")) if e.text == "−"]
    assert [sign.get("form") for sign in signs] == ["prefix", None]


PIECES = st.sampled_from(
    [*tex.ARGUMENTS, *tex.ACCENTS, *tex.FONTS, *tex.SWITCHES, *tex.STYLES, *tex.TEXTS, *tex.LIMITS, *tex.BIG, *tex.INFIX,
     *tex.SPACES, *tex.LENGTHS, *tex.ARROWS, *tex.DELIMITERS, *tex.BINOMIALS, *string.printable, "{", "}", "{", "}", "_", "^",
     r"\left", r"\right", r"\middle", r"\begin{cases}", r"\end{cases}", r"\begin{array}{lc}", r"\end{array}", r"\\", "&",
     r"\operatorname", r"\limits", r"\not", r"\sqrt[", r"\alpha", r"\sum", r"\text{", r"\label{", "é", "∑", "\u0301"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=40), st.booleans())
def test_any_text_is_drawn_or_left(formula, display):
    """No traceback, no element that is not MathML, and the source comes back."""
    try:
        drawn = mathml(formula, display=display, source="source")
    except FormulaError:
        return
    assert names(drawn) <= CORE
    outside = re.sub(r"<mtext.*?</mtext>|\\</mo>", "", drawn, flags=re.S)
    assert "\\" not in outside, "a command is left as it was typed"
    assert not [mark for mark in drawn if unicodedata.category(mark) == "Co"], "every piece is put back"


@pytest.mark.parametrize(
    "formula", ["{" * 59 + "x" + "}" * 59, r"\sqrt" * 5000 + "x", "x_{" * 59 + "}" * 59, r"\left(" * 3000, r"\frac" * 6000,
                r"\begin{matrix}" * 1400, r"\hat" * 4900 + "x", "'" * 19_000, "x+" * 9_900, r"\not" * 4000, "_" * 19_000]
)  # fmt: skip
def test_no_formula_takes_long(formula):
    start = time.process_time()
    with contextlib.suppress(FormulaError):
        mathml(formula)
    assert time.process_time() - start < 2
