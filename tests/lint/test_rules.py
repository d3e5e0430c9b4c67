"""Each rule explains itself, and its own examples behave as it says."""

from __future__ import annotations

import pytest
from lint_cases import codes, remarks

from scientific_python_theme.lint import settings
from scientific_python_theme.lint.check import check_text
from scientific_python_theme.lint.explain import explanation
from scientific_python_theme.lint.model import Document, Image, Kind, Place, Severity
from scientific_python_theme.lint.rules import all_rules
from scientific_python_theme.lint.sources import html

RULES = all_rules()
CATALOGUE = {f"ALT{n:03}" for n in range(1, 27)} | {"ALT100"}
NOT_HTML = {"ALT024", "ALT100"}  # a notebook's, the engine's
ERRORS = {1, 2, 3, 4, 5, 13, 14, 15, 16, 18, 19}
OFF = {6, 8, 9, 12, 22, 23, 25}


def found_by(code: str, text: str) -> bool:
    document = html.read(text, "page.html")
    return any(said[0] == code for said in remarks(document, default=False))


def test_every_rule_of_the_catalogue_is_there():
    assert set(RULES) == CATALOGUE
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


def test_severities_and_defaults():
    assert {c for c, r in RULES.items() if r.severity is Severity.ERROR} == {f"ALT{n:03}" for n in ERRORS}
    assert {c for c, r in RULES.items() if not r.default} == {f"ALT{n:03}" for n in OFF}


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_explains_itself(code):
    told = explanation(RULES[code])
    assert told.what.endswith(".")
    assert told.why
    assert told.bad
    assert told.good
    assert len(RULES[code].source) > 10


@pytest.mark.parametrize("code", sorted(set(RULES) - NOT_HTML))
def test_examples_behave(code):
    """*Bad* is caught, *Good* is not."""
    told = explanation(RULES[code])
    assert [text for text in told.bad if not found_by(code, text)] == []
    assert [text for text in told.good if found_by(code, text)] == []


@pytest.mark.parametrize("code", sorted(set(RULES) - NOT_HTML - {"ALT021"}))
def test_good_examples_are_good_in_every_way(code):
    """What one rule recommends, the others do not forbid."""
    assert [(t, codes(t)) for t in explanation(RULES[code]).good if codes(t)] == []


def output(alt, **more):
    place = Place(path="n.ipynb", line=1, note="cell 1")
    return Image(src="", alt=alt, place=place, kind=Kind.OUTPUT, element="output", format="notebook", **more)


def test_a_notebook_is_told_once():
    pictures = (output(None), output(None), output("Line chart of error against iteration"))
    document = Document(path="n.ipynb", format="notebook", images=pictures)
    said = remarks(document)
    assert [(code, image) for code, image, _ in said] == [("ALT024", pictures[0])]
    assert said[0][2].message == "2 of the notebook's 3 figures have no alternative text"
    assert all(tool in said[0][2].help for tool in ("MyST-NB", "nbsphinx"))  # the latter reads no metadata


def test_a_described_notebook_is_left_alone():
    document = Document(
        path="n.ipynb", format="notebook", images=(output("Line chart"), output(None, decorative=True))
    )
    assert remarks(document) == []


def test_messages_are_one_line_and_short():
    long = "x" * 5000 + "\n\n.png"
    for text in (f'<img src="a/{long}" alt="a/{long}">', f'<img src="a.png" alt="{long}" alt="{long}">'):
        for _, _, remark in remarks(html.read(text, "page.html"), default=False):
            assert len(remark.message) < 200
            assert "\n" not in remark.message


def test_classes_in_braces_add_up():
    from scientific_python_theme.lint.sources import markdown

    document = markdown.read("![A cat](a.png){.bg .mb-1 width=20px}\n", "page.md")
    assert list(all_rules()["ALT018"].check_document(document)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", ".. image:: a.png\n   :atl: Ash tree\n"),
        ("a.md", "```{image} a.png\n:atl: Ash tree\n```\n"),
        ("a.md", '{{< figure src="a.png" atl="Ash tree" >}}\n'),
        ("a.md", "[![Docs](a.png) Docs](/x)\n"),
    ],
)
def test_no_fix_loses_the_words(name, text):
    """What is safe must not put a name in the place of a value, or leave a picture without a text."""
    from scientific_python_theme.lint.fix import fix_text
    from scientific_python_theme.lint.sources import reader_for

    rules = settings.load(isolated=True)
    fixed = fix_text(text, lambda new: check_text(new, name, reader_for(name), rules), suffix=name[1:])
    assert fixed.text == text


@pytest.mark.parametrize(
    ("name", "text", "mended"),
    [
        ("a.yaml", """- image: a.png\n  alt: "'Ash: tree'"\n""", '- image: a.png\n  alt: "Ash: tree"\n'),
        ("a.yaml", "- image: a.png\n  alt: “Ash # tree”\n", "- image: a.png\n  alt: “Ash # tree”\n"),
        ("a.toml", '[[x]]\nimage="a.png"\nalt="“Ash”"\n', '[[x]]\nimage="a.png"\nalt="Ash"\n'),
        ("a.json", '[{"image": "a.png", "alt": "“Ash”"}]', '[{"image": "a.png", "alt": "Ash"}]'),
    ],
)
def test_data_keep_their_own_quotes(name, text, mended):
    from scientific_python_theme.lint.fix import fix_text
    from scientific_python_theme.lint.sources import reader_for

    rules = settings.load(isolated=True)
    fixed = fix_text(
        text, lambda new: check_text(new, name, reader_for(name), rules), suffix="." + name.rpartition(".")[2]
    )
    assert fixed.text == mended
