"""Marks of template engines in HTML (Hugo, Jinja, Django, Liquid): no tag begins inside of one.

`masked` keeps the length and the lines of a text, so that places stay exact; `restored` undoes it.
"""

from __future__ import annotations

import re

from ..model import Attribute
from .shortcodes import MASK

PAIRS = {"{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>", "<?": "?>", "${": "}"}
_MARKS = (*PAIRS, "}}", "%}", "#}", MASK)
_FARTHEST = 5000  # characters of one mark; more is no mark
_MOST_MISSES = 1000

_COMMENT = re.compile(r"\{#[\s-].*?#\}|\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)
_BLOCK = re.compile(r"\{%-?\s*comment\b.*?\bendcomment\s*-?%\}", re.DOTALL)
# Strings may hold anything; a tag outside of them means that this only looks like a mark.
_INSIDE = r"""[^"'`<%s]++|"(?>(?:[^"\\]|\\.)*)"|'(?>(?:[^'\\]|\\.)*)'|`[^`]*+`|<(?![A-Za-z/!?])"""
_ACTION = re.compile(
    rf"\{{\{{(?>(?:{_INSIDE % '}'}|\}}(?!\}}))*)\}}\}}|\{{%(?>(?:{_INSIDE % '%'}|%(?!\}}))*)%\}}", re.DOTALL
)
_OPEN = re.compile(r"\{[{%#]")
_HIDDEN = {ord(char): chr(0xE100 + ord(char)) for char in " \t\"'<>"}
_SHOWN = {ord(hidden): chr(char) for char, hidden in _HIDDEN.items()}
_GAP = rf"[\s{_HIDDEN[ord(' ')]}{_HIDDEN[ord(chr(9))]}]*"
_CHOICE = re.compile(
    rf"\{{%[-+]?{_GAP}(if|unless|case|for|elif|elsif|elseif|else|when|end(?:if|unless|case|for))\b"
    rf"|\{{\{{-?{_GAP}(if|with|range|block|define|else|end)\b"
)
_NOT_A_BREAK = re.compile(r"[^\r\n]")


def masked(text: str) -> str:
    """A text without what templates only mention: comments blanked out, other marks without quotes and tags.

    Parameters
    ----------
    text : str
        HTML, perhaps with marks of a template engine.

    Returns
    -------
    str
        As long as `text`; `text` itself when there are no marks.
    """
    if "{" not in text or not _OPEN.search(text):  # both quicker than to look for three pairs
        return text
    parts: list[str] = []
    done = at = misses = 0
    while misses < _MOST_MISSES and (opening := _OPEN.search(text, at)):
        at = opening.start()
        end = at + _FARTHEST
        ends = opening[0] == "{%" and text.find("endcomment", at, end) >= 0
        if match := (_BLOCK.match(text, at, end) if ends else None) or _COMMENT.match(text, at, end):
            said = _NOT_A_BREAK.sub(" ", match[0])
        elif match := _ACTION.match(text, at, end):
            said = match[0].translate(_HIDDEN)
        else:
            misses += 1
            at += 2
            continue
        parts += text[done:at], said
        done = at = match.end()
    return "".join((*parts, text[done:])) if parts else text


def restored(text: str) -> str:
    """What `masked` hid in a part of a text."""
    return text.translate(_SHOWN)


Inside = tuple[tuple[int, int], ...]
"""For each choice around a place, outermost first: its number and that of the branch."""


def branches(text: str) -> tuple[list[int], list[Inside]]:
    """Where other branches of choices such as ``{% if … %}`` begin.

    Parameters
    ----------
    text : str
        HTML as `masked` leaves it.

    Returns
    -------
    offsets : list of int
        Ascending.
    inside : list of Inside
        What the text from there on stands in.
    """
    offsets: list[int] = [0]
    inside: list[Inside] = [()]
    open_: list[tuple[int, int]] = []
    for match in _CHOICE.finditer(text):
        word = match[1] or match[2]
        if word.startswith("end"):
            open_ = open_[:-1]
        elif word in ("if", "unless", "case", "for", "with", "range", "block", "define"):
            open_ = [*open_, (match.start(), 0)]
        elif open_:
            open_ = [*open_[:-1], (open_[-1][0], open_[-1][1] + 1)]
        offsets.append(match.start())
        inside.append(tuple(open_))
    return offsets, inside


def fills_in(tag: str, written: tuple[Attribute, ...], names: frozenset[str]) -> bool:
    """Whether a template may give a tag one of some attributes.

    Parameters
    ----------
    tag : str
        The tag as `masked` leaves it.
    written : tuple of Attribute
        Its attributes.
    names : frozenset of str
        Attributes that are asked for.

    Returns
    -------
    bool
        True for a mark between attributes, one in the value of an attribute asked for, and one that a quote
        cuts off; any other mark stays inside its value.
    """
    if not any(mark in tag for mark in _MARKS):
        return False
    for attribute in written:
        if any(mark in attribute.name for mark in _MARKS):
            return True
        value = attribute.value
        if value and (found := [mark for mark in _MARKS if mark in value]):
            if attribute.name in names:
                return True
            if any(m in PAIRS and value.count(m) > value.count(PAIRS[m]) for m in found):
                return True
    return False
