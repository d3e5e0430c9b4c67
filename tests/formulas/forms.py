"""What a formula in MathML shows, whoever wrote it: the form in which two converters are compared.

Rows within rows, invisible operators and spaces are gone. Letters carry their alphabet, whether
it is an attribute (MathJax) or part of the character (MathML Core). Limits stand beside their
operator where a browser puts them there.
"""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET
from typing import Any

Form = tuple[Any, ...]

INVISIBLE = "\u2061\u2062\u2063\u2064"
SAME = {"-": "−", "*": "∗", "'": "′", "∣": "|", "∥": "‖", "ˆ": "^", "\u0302": "^", "˜": "~", "∼": "~", "‾": "¯", "―": "¯",
        "_": "¯", "‘": "`", "⋅": "·", "″": "′′", "⧵": "∖", "⟂": "⊥"}  # fmt: skip
MOVABLE = set("∑∏∐⋃⋂⋁⋀⨁⨂⨀⨄⨆")
VARIANTS = {
    "normal": "", "italic": "ITALIC", "bold": "BOLD", "bold-italic": "BOLD ITALIC", "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT", "-tex-calligraphic": "SCRIPT", "fraktur": "FRAKTUR", "sans-serif": "SANS-SERIF",
    "monospace": "MONOSPACE", "-tex-mathit": "ITALIC",
}  # fmt: skip
SHORT = {"BLACK-LETTER": "FRAKTUR", "PLANCK": "ITALIC"}
ROWS = ("mrow", "mstyle", "mpadded", "math", "TeXAtom", "mtd")
NOTHING = ("mspace", "annotation", "mphantom", "none")


def form(text: str) -> str:
    """The form of a ``math`` element, as one line."""
    return shown(merged(parts(ET.fromstring(text), large=False)))


def tag(element: ET.Element) -> str:
    return element.tag.split("}")[-1]


def letters(element: ET.Element) -> list[Form]:
    text = "".join(element.itertext())
    variant = VARIANTS.get(element.get("mathvariant", "missing"))
    if variant is None:
        variant = "ITALIC" if tag(element) == "mi" and len(text.strip()) == 1 else ""
    found: list[Form] = []
    for mark in "".join(SAME.get(mark, mark) for mark in text):
        if mark.isspace() or mark in INVISIBLE:
            continue
        plain, style = mark, variant
        name = unicodedata.name(mark, "")
        if mark >= "\U0001d400" or ("ℂ" <= mark <= "ℿ" and unicodedata.category(mark) in ("Lu", "Ll")):
            plain = chr(int((unicodedata.decomposition(mark) or f"{ord(mark):x}").split()[-1], 16))
            style = (
                name.removeprefix("MATHEMATICAL ").split(" CAPITAL")[0].split(" SMALL")[0].split(" DIGIT")[0]
            )
            style = SHORT.get(style.split(" ")[0], style)
            for end in (" EPSILON SYMBOL", " PHI SYMBOL", " THETA SYMBOL"):
                style = style.removesuffix(end)
        kind = (plain.isalpha() and (plain.isascii() or "Ͱ" <= plain <= "Ͽ")) or (
            plain.isdigit() and style != "ITALIC"
        )
        found.append(("mark", plain, style if kind else ""))
    return found


def operator(element: ET.Element) -> ET.Element:
    while tag(element) in ROWS:
        inner = [
            child for child in element if tag(child) != "mspace" and (child.text or "x") not in INVISIBLE
        ]
        if len(inner) != 1:
            break
        element = inner[0]
    return element


def moves(base: ET.Element) -> bool:
    base = operator(base)
    said = base.get("movablelimits")
    return tag(base) == "mo" and (said == "true" if said else (base.text or "").strip() in MOVABLE)


def parts(element: ET.Element, *, large: bool) -> list[Form]:
    name = tag(element)
    if name == "math":
        large = element.get("display") == "block"
    if element.get("displaystyle"):
        large = element.get("displaystyle") == "true"
    if name == "semantics":
        return parts(element[0], large=large)
    if name in NOTHING:
        return []
    if name in ("mi", "mn", "mo", "mtext"):
        return letters(element)
    if name in ROWS:
        return [part for child in element for part in parts(child, large=large)]
    if name == "msqrt":
        return [("sqrt", tuple(part for child in element for part in parts(child, large=large)))]
    if name == "mtable":
        return table(element)
    children = [
        tuple(parts(child, large=large and name[:2] == "mu" and not n)) for n, child in enumerate(element)
    ]
    if name == "mfrac":
        line = "stack" if element.get("linethickness") in ("0", "0px") else "frac"
        return [(line + "!" * large, *children)]
    if name == "mroot":
        return [("root", *children)]
    if not any(children[1:]):
        return list(children[0])
    low = children[1] if name in ("msub", "msubsup", "munder", "munderover") else ()
    high = children[-1] if name in ("msup", "msubsup", "mover", "munderover") else ()
    beside = name.startswith("ms") or (not large and moves(element[0]))
    return [("script" if beside else "limit", children[0], low, high)]


def table(element: ET.Element) -> list[Form]:
    large = element.get("displaystyle") == "true"
    rows = []
    for line in element:
        cells = [tuple(parts(cell, large=large)) for cell in line]
        while cells and not cells[-1]:
            cells.pop()
        rows.append(("row", *cells))
    while rows and len(rows[-1]) == 1:
        rows.pop()
    if len(rows) == 1 and len(rows[0]) == 2:
        return list(rows[0][1])
    return [("table", tuple(rows))]


def merged(found: Any) -> Form:
    """Scripts of a row are drawn at its last mark, and scripts of scripts at the same one."""
    out: list[Form] = []
    for part in found:
        if part[0] != "script":
            out.append(tuple(merged(inner) if isinstance(inner, tuple) else inner for inner in part))
            continue
        base, low, high = list(merged(part[1])), merged(part[2]), merged(part[3])
        out += base[:-1]
        last = base[-1:]
        if last and last[0][0] == "script" and not (last[0][2] and low) and not (last[0][3] and high):
            out.append(("script", last[0][1], last[0][2] or low, last[0][3] or high))
        else:
            out.append(("script", tuple(last), low, high))
    return tuple(out)


def shown(found: Form) -> str:
    text = ""
    for part in found:
        if part[0] == "mark":
            text += part[1] + ("" if part[2] in ("", "ITALIC") else f"‹{part[2].lower()}›")
            text += "ⁿ" if part[2] == "" and part[1].isalpha() and part[1] < "Ѐ" else ""
        else:
            text += f"{part[0]}(" + "; ".join(shown(inner) for inner in part[1:]) + ")"
    return text
