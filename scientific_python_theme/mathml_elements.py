"""Elements of MathML Core, as formulas need them: characters, spacing, scripts.

MathML Core has no alphabets, so a letter of a font is a character of its own, and it knows
nothing of TeX's classes of operators, so space around them is written where the browsers'
dictionary of operators would leave another.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from xml.etree.ElementTree import Element

from latex2mathml.symbols_parser import convert_symbol

from . import tex
from .tex import FormulaError
from .tex_symbols import NAMES

_FENCES = frozenset("()[]{}⟨⟩⌊⌋⌈⌉⟮⟯⟦⟧⌜⌝⌞⌟")
_BARS = frozenset("|‖/\\")
_UPRIGHT = frozenset("↑↓↕⇑⇓⇕∥")  # stretchy by nature, but only \left and \right stretch
SIGNS = frozenset("+−±∓")
_BIG = frozenset("∑∏∐⋃⋂⋁⋀⨁⨂⨀⨄⨆")
# Symbols that are things, not operators: no space beside them.
_THINGS = frozenset("∞∅∂∇∀∃∄⊤⊥∠∡∢△▽◻□■◊♢♠♡♣♭♮♯✓°…′″‴ℵ★∁℧ð§¶©®£¥$%#&_∴∵⋯⋮⋱")
_CLOSE = frozenset(")]}⟩⌋⌉!")
# Where the table of symbols names another character than MathJax draws.
_SYMBOLS = {
    r"\|": "‖", r"\{": "{", r"\}": "}", r"\_": "_", r"\$": "$", r"\%": "%", r"\#": "#", r"\&": "&",
    r"\lt": "<", r"\gt": ">", r"\bullet": "∙", r"\models": "⊨", r"\Diamond": "◊", r"\colon": ":",
    r"\backslash": "\\", r"\ldots": "…", r"\dotsc": "…", r"\dotso": "…", r"\cdots": "⋯", r"\dotsb": "⋯",
    r"\dotsm": "⋯", r"\dotsi": "⋯",
}  # fmt: skip
REPLACED = {"-": "−", "*": "∗", "`": "‘"}
_INTEGRALS = frozenset("∫∬∭⨌∮")


def make(tag: str, *children: Element, text: str | None = None, **attributes: str) -> Element:
    """Element with its children, text and attributes."""
    element = Element(tag, attributes)
    element.text = text
    element.extend(children)
    return element


def as_one(elements: list[Element]) -> Element:
    """The one element, or a row of several."""
    return elements[0] if len(elements) == 1 else make("mrow", *elements)


def padded(element: Element) -> Element:
    """Element with the room that a long arrow has beyond it."""
    return make("mpadded", element, lspace="0.3em", width="+0.6em")


def space(width: float) -> Element:
    """Space of a width in em."""
    return make("mspace", width=f"{width:.4g}em")


@cache
def symbol_of(command: str) -> str:
    """Character that a command stands for, "" if it stands for none."""
    if command in _SYMBOLS:
        return _SYMBOLS[command]
    if command in tex.DELIMITERS:
        return tex.DELIMITERS[command]
    code = convert_symbol(command) if command[1:] in NAMES else None
    return chr(int(code, 16)) if code else ""


def operates(sign: str) -> bool:
    """Whether a sign is a relation or combines two things."""
    arrow = "←" <= sign <= "⇿" or "⟰" <= sign <= "⟿"
    if arrow or sign in "*:∗∙":
        return True
    return unicodedata.category(
        sign
    ) == "Sm" and sign not in _THINGS | _FENCES | _BARS | _BIG | _INTEGRALS | {"¬", "√"}


def leaf_of(symbol: str, command: str = "") -> Element:
    """A letter or an operator."""
    if symbol.isalpha():
        element = make("mi", text=symbol)
        if "Α" <= symbol <= "Ω":  # as in TeX, capital Greek letters are upright
            element.set("mathvariant", "normal")
        return element
    if symbol in _THINGS:
        return make("mi", text=symbol)
    element = make("mo", text=symbol)
    if symbol in _FENCES | _BARS | _UPRIGHT:
        element.set("stretchy", "false")
    if symbol in _BARS or command == r"\colon":
        element.set("lspace", "0")
        element.set("rspace", "0.1667em" if command == r"\colon" else "0")
    return element


def function(name: str, *, movable: bool = False) -> Element:
    """Name of a function; `movable`: what is below it in a displayed formula is beside it in a line."""
    if not name:
        raise FormulaError("a function without a name")
    element = make("mo", text=name.replace(" ", "\N{THIN SPACE}"), lspace="0", rspace="0")
    element.set("data-function", "")
    element.set("movablelimits", str(movable).lower())
    return element


def fence(mark: str, form: str) -> Element:
    """Delimiter that grows with what it encloses; `form` is ``prefix``, ``infix`` or ``postfix``."""
    return make("mo", text=mark, fence="true", stretchy="true", form=form)


def in_parentheses(element: Element) -> Element:
    """Element between parentheses that grow with it."""
    return make("mrow", fence("(", "prefix"), element, fence(")", "postfix"))


def words_of(words: str, command: str) -> Element:
    """Words, in the font of the command that holds them."""
    words = " ".join(words.split(" ")) if words.strip() else " "
    text = "".join(_letter(mark, tex.TEXTS[command]) for mark in words).replace(" ", "\N{NO-BREAK SPACE}")
    return make("mtext", text=text)


@cache
def _letter(mark: str, variant: str) -> str:
    """The letter or digit of a mathematical alphabet, itself where there is none."""
    name = unicodedata.name(mark, "")
    words = name.replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "").replace("LUNATE ", "")
    if not variant or (words == name and not name.startswith("DIGIT")):
        return mark
    styles = {"FRAKTUR": ("FRAKTUR", "BLACK-LETTER")}.get(variant, (variant,))
    for candidate in (f"MATHEMATICAL {styles[0]} {words}", f"{styles[-1]} {words}"):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return "ℎ" if (mark, variant) == ("h", "ITALIC") else mark


def plain(text: str) -> str:
    """Text in letters of no mathematical alphabet."""
    return "".join(mark if "Ͱ" <= mark <= "Ͽ" else unicodedata.normalize("NFKC", mark) for mark in text)


def restyle(element: Element, variant: str) -> None:
    """Give letters and digits another alphabet, as TeX does: small Greek letters have but the bold one."""
    for leaf in element.iter():
        text = leaf.text or ""
        if leaf.tag not in ("mi", "mn") or text != plain(text):
            continue
        if leaf.tag == "mn" and variant in ("SCRIPT", "FRAKTUR"):
            raise FormulaError("digits of an alphabet that has none")
        greek = any("α" <= mark <= "ϵ" for mark in text)
        upright = leaf.get("mathvariant") == "normal"
        if variant == "SYMBOL":
            bold = "BOLD" if upright or leaf.tag == "mn" else "BOLD ITALIC"
            leaf.text = "".join(_letter(mark, bold) for mark in text)
        elif not greek and variant == "NORMAL" and leaf.tag == "mi" and text.isalpha():
            leaf.set("mathvariant", "normal")
            continue
        elif not greek and variant != "NORMAL":
            leaf.text = "".join(_letter(mark, variant) for mark in text)
            if leaf.text == text and variant != "ITALIC":
                raise FormulaError(f"{text} in an alphabet without it")
        if leaf.text != text:
            leaf.attrib.pop("mathvariant", None)


def joined(elements: list[Element]) -> list[Element]:
    """Letters of a word in one element."""
    out: list[Element] = []
    for element in elements:
        last = out[-1] if out else None
        if last is not None and last.tag == element.tag == "mi" and _word(last) and _word(element):
            last.text = f"{last.text}{element.text}"
        else:
            out.append(element)
    for element in out:
        if len(element.text or "") > 1:
            element.attrib.pop("mathvariant", None)  # a word is upright by itself
    return out


def _word(element: Element) -> bool:
    text = element.text or ""
    return text.isalpha() and (element.get("mathvariant") == "normal" or len(text) > 1 or text != plain(text))


def placed(element: Element) -> Element:
    """Scripts below and above an operator rather than beside it, where it has them there."""
    base = element[0] if len(element) else None
    if element.tag in ("mfrac", "mroot") or base is None:
        return element
    limits = base.get("data-limits", "")
    if element.tag in ("msub", "msup", "msubsup"):
        big = base.text in _BIG and base.tag == "mo" and not limits
        if big or limits == "limits" or base.get("movablelimits") == "true":
            if (element[-1].text or "").startswith("′"):
                raise FormulaError("a prime at an operator")
            element.tag = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}[element.tag]
        if base.get("data-function") is not None:
            element.set("data-function", "")
    else:
        fixed(base)
    return element


def fixed(base: Element) -> None:
    """Keep a sign above or below an operator there, in a line too."""
    if base.tag == "mo" and (base.text in _BIG or base.get("movablelimits") == "true"):
        base.set("movablelimits", "false")


def spaced(elements: list[Element]) -> list[Element]:
    """A row: signs that belong to what follows, and the space around names of functions."""
    out: list[Element] = []
    for number, element in enumerate(elements):
        before = out[-1] if out else None
        after = elements[number + 1] if number + 1 < len(elements) else None
        if element.text in SIGNS and element.tag == "mo" and before is not None and _opens(before):
            element.set("form", "prefix")
        if element.get("data-function") is not None:
            if before is not None and not _opens(before) and before.tag != "mspace":
                out.append(space(3 / 18))
            out.append(element)
            element.attrib.pop("data-function")
            out.append(make("mo", text="\N{FUNCTION APPLICATION}"))
            if after is not None and not _separate(after):
                out.append(space(3 / 18))
            continue
        out.append(element)
    return out


def _opens(element: Element) -> bool:
    return element.tag == "mo" and element.text not in _CLOSE | {"|", "‖", "\N{FUNCTION APPLICATION}"}


def _separate(element: Element) -> bool:
    first = element
    while first.tag in ("mrow", "msub", "msup", "msubsup") and len(first):
        first = first[0]
    return first.tag == "mspace" or (first.tag == "mo" and first.get("movablelimits") is None)
