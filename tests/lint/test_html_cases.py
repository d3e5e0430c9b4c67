"""The conformance cases, as written and as other people would have written them."""

from __future__ import annotations

import re

import pytest
from lint_cases import cases, codes

CASES = cases()
TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
ATTRIBUTE = re.compile(r"""(\s)([\w:-]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""")
QUIET = (
    "<script",
    "<style",
    "<textarea",
    "<title>",
    "<xmp",
    "<pre",
    "<!--",
    "<iframe srcdoc",
    "{{",
    "{%",
    "<?",
)
DAMAGED = {"ALT018", "ALT020"}


def each_tag(change):
    """Apply a change to each start tag of a snippet that has nothing but tags and text."""

    def mutate(text: str) -> str:
        return text if any(q in text.lower() for q in QUIET) else TAG.sub(lambda m: change(m[0]), text)

    return mutate


def upper(tag: str) -> str:
    name = re.match(r"<([^\s/>]+)", tag)[1]
    tag = f"<{name.upper()}" + tag[len(name) + 1 :]
    return ATTRIBUTE.sub(lambda m: m[1] + m[2].upper() + m[3] + m[4], tag)


def bare(tag: str) -> str:
    def strip(m: re.Match[str]) -> str:
        value = m[4][1:-1] if m[4][0] in "\"'" else m[4]
        plain = value and not re.search(r"[\s\"'=<>`]", value)
        return f"{m[1]}{m[2]}={value} " if plain else m[0]

    return ATTRIBUTE.sub(strip, tag).replace(" >", " >")


def references(tag: str) -> str:
    def refer(m: re.Match[str]) -> str:
        quote = m[4][0] if m[4][0] in "\"'" else ""
        value = m[4][1:-1] if quote else m[4]
        if not value or value[0] in "&\n\r\t ":
            return m[0]
        return f"{m[1]}{m[2]}{m[3]}{quote}&#{ord(value[0])};{value[1:]}{quote}"

    return ATTRIBUTE.sub(refer, tag)


MUTATIONS = {
    "crlf": each_tag(lambda tag: ATTRIBUTE.sub(lambda m: "\r\n\t" + m[2] + m[3] + m[4], tag)),
    "upper": each_tag(upper),
    "bare": each_tag(bare),
    "references": each_tag(references),
    "spaced": each_tag(lambda tag: ATTRIBUTE.sub(lambda m: f"{m[1]}{m[2]} = {m[4]}", tag)),
    "comments": lambda text: f"<!-- <img src=a> --><!--><b>b</b>-->{text}<!-- <a href=x><img alt=''></a>",
    "astral": lambda text: f"<i>\U0001d4b3\U0001f426</i>\n{text}<i>\U0001d4b4</i>",
    "nested": lambda text: (
        f"<table><tr><td><table><tr><td>Birds at the lake <div>{text}</div></table></table>"
    ),
    "page": lambda text: (
        f"<!DOCTYPE html><html lang=en><head><title>T</title></head><body>{text}</body></html>"
    ),
}


def named(case):
    return f"{case['table']}: {case['html'][:70]}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_case(case):
    assert codes(case["html"]) == sorted(case["finds"])


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_another_spelling_changes_nothing(mutation):
    """Letter case, quotes, white space, references and what stands around do not matter."""
    wrong = []
    for case in CASES:
        text = MUTATIONS[mutation](case["html"])
        if text == case["html"] or DAMAGED & set(case["finds"]):
            continue
        found = codes(text)
        if found != sorted(case["finds"]):
            wrong.append((text, case["finds"], found))
    assert not wrong


@pytest.mark.parametrize(
    "wrap",
    ["<p>x</p><template>{}</template>", "<p>x</p><noscript>{}</noscript>", "<p>x</p><!-- {} -->"],
    ids=["template", "noscript", "comment"],
)
def test_what_nobody_meets_is_not_judged(wrap):
    """A template is cloned by scripts, noscript shown to few, a comment to nobody."""
    for case in CASES:
        if "<!--" in case["html"] or "template" in case["html"] or "noscript" in case["html"]:
            continue
        assert set(codes(wrap.format(case["html"]))) <= {"ALT018"}, case["html"]


def test_axe_and_chromium_differ_only_where_said():
    """Where the oracles judge otherwise, the case says why (the comparison itself needs a browser)."""
    assert all(len(case.get("differs", "why")) > 2 for case in CASES)
    assert len(CASES) > 300
