"""Formulas as MathML, drawn when the pages are made.

This works as follows. The reader of `tex` goes through a formula and does itself what
latex2mathml is known to do otherwise than LaTeX and MathJax (texts, fonts, alignments, delimiters,
operators, numbers): each such piece becomes one character of private use. What is left
(scripts, fractions, roots, accents) goes through latex2mathml; then the pieces are
put back and the tree is brought to MathML Core, which is what browsers draw: letters of a
font are characters of their own and operators carry their spacing.
"""

from __future__ import annotations

import html
import unicodedata
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

from . import tex
from .mathml_elements import (
    REPLACED,
    SIGNS,
    as_one,
    fence,
    fixed,
    function,
    in_parentheses,
    joined,
    leaf_of,
    make,
    operates,
    padded,
    placed,
    plain,
    restyle,
    space,
    spaced,
    symbol_of,
    words_of,
)
from .tex import FormulaError, Reader

__all__ = ["FormulaError", "mathml"]

_FIRST, _LAST = 0xE000, 0xF8FF  # characters of private use
_PIECES = dict.fromkeys(range(_FIRST, _LAST + 1))


def mathml(formula: str, *, display: bool = False, source: str = "") -> str:
    r"""Draw a formula.

    Parameters
    ----------
    formula : str
        TeX, as between ``\(`` and ``\)`` or ``\[`` and ``\]``.
    display : bool, default: False
        Whether it stands on a line of its own.
    source : str, optional
        What goes along, unseen, as an annotation: the TeX as its author wrote it.

    Returns
    -------
    str
        A ``math`` element.

    Raises
    ------
    FormulaError
        If what would be drawn is not known to be what the author means.

    Examples
    --------
    >>> mathml("x_1")
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><msub><mi>x</mi><mn>1</mn></msub></math>'
    """
    if any(unicodedata.category(mark) in ("Cc", "Co", "Cs", "Cn") and not mark.isspace() for mark in formula):
        raise FormulaError("a control character or one of private use")
    try:
        inside = _Drawing().row(tex.tokens(formula), math=True)
    except RecursionError:
        raise FormulaError("too deep") from None
    for element in inside:
        for marked in element.iter():
            marked.attrib = {key: value for key, value in marked.attrib.items() if key[:5] != "data-"}
    if source:
        annotation = make("annotation", text=source, encoding="application/x-tex")
        inside = [make("semantics", as_one(inside), annotation)]
    root = make("math", *inside, xmlns="http://www.w3.org/1998/Math/MathML")
    if display:
        root.set("display", "block")
    return tostring(root, encoding="unicode")


class _Drawing:
    """One formula: its pieces."""

    def __init__(self) -> None:
        self.pieces: list[list[Element]] = []
        self.depth = 0

    # Reading: TeX to TeX of which every word is known ------------------------------------

    def keep(self, *elements: Element) -> str:
        """Character that stands for elements."""
        if len(self.pieces) > _LAST - _FIRST:
            raise FormulaError("too many pieces")
        self.pieces.append(list(elements))
        return chr(_FIRST + len(self.pieces) - 1)

    def rewrite(self, found: list[str]) -> str:
        """TeX for latex2mathml."""
        self.depth += 1
        if self.depth > 2 * tex.DEEPEST:
            raise FormulaError("too deep")
        reader, out, scripts = Reader(found), [""], ""
        while token := reader.take():
            if token in ("_", "^", "'"):
                mark = "_" if token == "_" else "^"
                if mark in scripts:
                    raise FormulaError("two subscripts" if mark == "_" else "two superscripts")
                scripts += mark
                if not out[-1]:
                    out.append("{}")
                out.append(f"{mark}{{{self.script(token, reader)}}}")
            elif token in tex.INFIX:
                left, right = " ".join(out), self.rewrite(reader.group(token))
                out, scripts = ["", self.fraction(token, left, right)], ""
            elif token in (r"\limits", r"\nolimits"):
                base = self.pieces[ord(out[-1]) - _FIRST] if len(out[-1]) == 1 else []
                if len(base) != 1 or base[0].tag != "mo":
                    raise FormulaError(f"{token} after something that is no operator")
                base[0].attrib |= {"movablelimits": "false", "data-limits": token[1:]}
            elif piece := self.atom(token, reader):
                out.append(piece)
                scripts = ""
        self.depth -= 1
        return " ".join(out).strip()

    def fraction(self, token: str, left: str, right: str) -> str:
        r"""What ``\over`` and its like stand for."""
        if token == r"\atop":
            return self.keep(self.stack(left, right))
        if token == r"\choose":
            return self.keep(in_parentheses(self.stack(left, right)))
        return f"\\frac{{{left}}}{{{right}}}"

    def stack(self, left: str, right: str) -> Element:
        """A fraction without its line."""
        halves = [as_one(self.drawn(half)) for half in (left, right)]
        return make("mfrac", *halves, linethickness="0")

    def binomial(self, token: str, reader: Reader) -> str:
        """A binomial coefficient."""
        halves = [self.argument(token, reader) for _ in range(2)]
        inside, style = in_parentheses(self.stack(*halves)), tex.BINOMIALS[token]
        return self.keep(make("mstyle", inside, **style) if style else inside)

    def script(self, token: str, reader: Reader) -> str:
        """What stands below or above."""
        primes = ""
        while token == "'":
            primes += "′"
            if reader.peek() not in ("'", "^"):
                return self.keep(make("mo", text=primes))
            token = reader.take()
        first = self.keep(make("mo", text=primes)) + " " if primes else ""
        if reader.peek() == "{":
            return first + self.rewrite(reader.argument(token))
        following = reader.take()
        if not following or following in ("_", "^", "'", "}"):
            raise FormulaError(f"{token} without its argument")
        return first + self.atom(reader.first(following), reader)

    def argument(self, command: str, reader: Reader) -> str:
        """One argument of a command."""
        return self.rewrite(reader.argument(command))

    def atom(self, token: str, reader: Reader) -> str:
        """One thing and its arguments."""
        if token == "{":
            return f"{{{self.rewrite(reader.until('{', '}'))}}}"
        if token[0] != "\\":
            return self.character(token)
        for names, method in _METHODS:
            if token in names:
                return method(self, token, reader)
        symbol = symbol_of(token)
        if not symbol:
            raise FormulaError(token)
        return self.keep(leaf_of(symbol, token))

    def character(self, mark: str) -> str:
        """A letter, a number, or a sign that is no command."""
        if mark[0].isdigit() and mark.isascii():
            return self.keep(make("mn", text=mark))
        if mark in tex.BLANKS:
            return self.keep(make("mtext", text="\N{NO-BREAK SPACE}"))
        if mark in "&#$" or (not mark.isalpha() and unicodedata.category(mark)[0] not in "PSL"):
            raise FormulaError(mark)
        return self.keep(leaf_of(REPLACED.get(mark, mark)))

    def known(self, token: str, reader: Reader) -> str:
        """A command that latex2mathml draws."""
        arguments = [self.argument(token, reader) for _ in range(tex.ARGUMENTS[token])]
        return "{" + token + "".join(f"{{{argument}}}" for argument in arguments) + "}"

    def accent(self, token: str, reader: Reader) -> str:
        """A sign above or below."""
        mark, wide = tex.ACCENTS[token]
        base = self.row(reader.argument(token))
        if len(base) == 1:
            fixed(base[0])
        sign = make("mo", text=mark, stretchy=str(wide).lower())
        below = token.startswith(r"\under")
        element = make("munder" if below else "mover", as_one(base), sign)
        if token.endswith("brace"):
            element.set("data-limits", "limits")  # a script goes below or above the brace
            return self.keep(element)
        element.set("accentunder" if below else "accent", "true")
        if token in (r"\overline", r"\underline"):
            element.set("class", f"sp-{token[1:]}")  # few fonts have a line that stretches
        return self.keep(element)

    def arrow(self, token: str, reader: Reader) -> str:
        """A long arrow and what is written at it."""
        below, above = reader.option(), as_one(self.row(reader.argument(token)))
        arrow = make("mo", text=tex.ARROWS[token], stretchy="true")
        if below is None:
            return self.keep(make("mover", arrow, padded(above)))
        return self.keep(make("munderover", arrow, padded(as_one(self.row(below))), padded(above)))

    def root(self, token: str, reader: Reader) -> str:
        """A root."""
        degree = reader.option()
        option = f"[{{{self.rewrite(degree)}}}]" if degree else ""
        return f"\\sqrt{option}{{{self.argument(token, reader)}}}"

    def font(self, token: str, reader: Reader) -> str:
        """Letters of another font."""
        if token in tex.FONTS:
            variant, inside = tex.FONTS[token], reader.argument(token)
        else:
            variant, inside = tex.SWITCHES[token], reader.group(token)
        elements = self.row(inside)
        if variant:
            for element in elements:
                restyle(element, variant)
            elements = joined(elements) if variant != "SYMBOL" else elements
        return self.keep(as_one(elements))

    def style(self, token: str, reader: Reader) -> str:
        """All that follows, in another size."""
        return self.keep(make("mstyle", *self.row(reader.group(token)), **tex.STYLES[token]))

    def text(self, token: str, reader: Reader) -> str:
        """Words."""
        elements: list[Element] = []
        inside, words = Reader(reader.argument(token)), ""
        while inside.at < len(inside.tokens):
            mark = inside.tokens[inside.at]
            inside.at += 1
            if mark == "$":
                elements += [words_of(words, token)] if words else []
                if "$" not in inside.tokens[inside.at :]:
                    raise FormulaError("$ without $")
                end = inside.tokens.index("$", inside.at)
                elements += self.row(inside.tokens[inside.at : end])
                inside.at, words = end + 1, ""
            elif mark in tex.BLANKS or mark.isspace():
                words += " "
            elif len(mark) == 2 and mark[1] in "_%#&${}":
                words += mark[1]
            elif mark[0] == "\\":
                raise FormulaError(f"{mark} in {token}")
            elif mark not in "{}":
                words += mark
        elements += [words_of(words, token)] if words else []
        return self.keep(make("mrow", *elements))

    def function(self, token: str, reader: Reader) -> str:
        """A function with a name of several letters."""
        if token in tex.FUNCTIONS:
            return self.keep(function(tex.FUNCTIONS[token]))
        if token in tex.LIMITS:
            return self.keep(function(tex.LIMITS[token], movable=True))
        name = ""
        for mark in reader.argument(token):
            if mark.isspace() or mark == r"\!":
                continue
            if mark in tex.SPACES or mark in tex.BLANKS:
                name += "\N{THIN SPACE}" if mark in tex.SPACES else "\N{NO-BREAK SPACE}"
            elif mark.isalnum() or mark in "-*/.":
                name += mark
            elif mark not in (r"\mathrm", r"\rm", r"\text", r"\textrm", "{", "}"):
                raise FormulaError(f"{mark} in {token}")
        return self.keep(function(name, movable=token[-1] == "*"))

    def operator(self, token: str, reader: Reader) -> str:
        r"""``\mathop``: an operator if it is one word."""
        elements = self.row(reader.argument(token))
        if len(elements) != 1 or elements[0].tag not in ("mi", "mo"):
            raise FormulaError(token)
        return self.keep(function(plain(elements[0].text or ""), movable=True))

    def spaces(self, token: str, reader: Reader) -> str:
        """Space of a width that has a name, or that is given."""
        if token in tex.BLANKS:
            return self.keep(make("mtext", text="\N{NO-BREAK SPACE}"))
        if token in tex.SPACES:
            return self.keep(space(tex.SPACES[token] / 18))
        if reader.peek() == "{":
            return self.keep(space(tex.em("".join(reader.argument(token)))))
        length = ""
        while reader.at < len(reader.tokens) and len(length) < 12:
            length += reader.take()
            if len(length) > 2 and length[-2:] in tex.UNITS:
                return self.keep(space(tex.em(length)))
        raise FormulaError(f"{token} without a length")

    def silent(self, token: str, reader: Reader) -> str:
        """What draws nothing."""
        if token == r"\label":
            reader.argument(token)
        return ""

    def delimited(self, token: str, reader: Reader) -> str:
        r"""All between ``\left`` and ``\right``."""
        left = _delimiter(token, reader)
        inside = reader.until(r"\left", r"\right")
        right = _delimiter(r"\right", reader)
        elements, depth, part = [fence(left, "prefix")] if left else [], 0, list[str]()
        again = Reader(inside)
        while again.at < len(inside):
            mark = inside[again.at]
            again.at += 1
            depth += (mark in ("{", r"\left", r"\begin")) - (mark in ("}", r"\right", r"\end"))
            if mark == r"\middle" and not depth:
                elements += [*self.row(part), fence(_delimiter(mark, again), "infix")]
                part = []
            else:
                part.append(mark)
        elements += self.row(part)
        elements += [fence(right, "postfix")] if right else []
        return self.keep(make("mrow", *elements))

    def sized(self, token: str, reader: Reader) -> str:
        r"""A delimiter of the size of ``\big`` and its like."""
        mark = _delimiter(token, reader)
        form = {"l": "prefix", "r": "postfix"}.get(token[-1], "")
        size = tex.BIG[token]
        element = make("mo", text=mark, stretchy="true", minsize=size, maxsize=size, lspace="0", rspace="0")
        if form:
            element.set("form", form)
        return self.keep(element)

    def negated(self, token: str, reader: Reader) -> str:
        r"""``\not`` and the relation it strikes out."""
        mark = reader.take()
        symbol = {"=": "=", "<": "<", ">": ">"}.get(mark) or (symbol_of(mark) if mark[:1] == "\\" else "")
        struck = unicodedata.normalize("NFC", f"{symbol}\N{COMBINING LONG SOLIDUS OVERLAY}")
        if not symbol or len(struck) != 1:
            raise FormulaError(f"\\not before {mark or 'nothing'}")
        return self.keep(leaf_of(struck))

    def dots(self, token: str, reader: Reader) -> str:
        r"""``\dots``, which looks at what follows."""
        following = reader.peek()
        sign = symbol_of(following) if following[:1] == "\\" else REPLACED.get(following, following)
        middle = following in tex.ARROWS or (len(sign) == 1 and sign != "/" and operates(sign))
        return self.keep(leaf_of("⋯" if middle else "…"))

    def modulo(self, token: str, reader: Reader) -> str:
        """A remainder, as a relation or in parentheses."""
        if token == r"\bmod":
            return self.keep(make("mo", text="mod", lspace="0.2222em", rspace="0.2222em"))
        name, number = make("mi", text="mod"), self.row(reader.argument(token))
        inside = [name, space(6 / 18), *number]
        if token == r"\pmod":
            inside = [leaf_of("("), *inside, leaf_of(")")]
        return self.keep(make("mrow", space(1 if token == r"\mod" else 8 / 18), *inside))

    def substack(self, token: str, reader: Reader) -> str:
        """Lines below an operator."""
        return self.keep(self.table(tex.cells(reader.argument(token)), "c", large=False))

    def environment(self, token: str, reader: Reader) -> str:
        """An alignment or a matrix."""
        name = reader.name()
        inside = reader.environment(name)
        if name in tex.PLAIN:
            return f"{{{self.rewrite(inside)}}}"
        if name not in tex.ENVIRONMENTS:
            raise FormulaError(f"\\begin{{{name}}}")
        columns, large, around = tex.ENVIRONMENTS[name]
        body = Reader(inside)
        if name in ("array", "alignedat", "alignat", "alignat*") or name.endswith("ed"):
            body.option()
        if name == "array":
            columns = "".join(mark for mark in body.argument(name) if not mark.isspace())
            if not columns or columns.strip("lcr"):
                raise FormulaError(f"columns {columns!r}")
        elif "alignat" in name or name == "alignedat":
            body.argument(name)
        rows = tex.cells(body.rest())
        if name == "array" and any(len(row) > len(columns) for row in rows):
            columns += "c" * max(len(row) for row in rows)
        table = self.table(rows, columns, large=large)
        if name == "smallmatrix":
            table = make("mstyle", table, scriptlevel="1")
        fences = [
            fence(mark, form)
            for mark, form in zip(around, ("prefix", "postfix"), strict=False)
            if mark != "."
        ]
        if not fences:
            return self.keep(table)
        return self.keep(make("mrow", fences[0], table, *fences[1:]))

    def table(self, rows: list[list[list[str]]], columns: str, *, large: bool) -> Element:
        """Rows and cells, each with the side it keeps to."""
        table = make("mtable")
        if large:
            table.set("displaystyle", "true")
            table.set("class", "sp-align")
        for row in rows:
            line = make("mtr")
            for number, cell in enumerate(row):
                side = columns[number % len(columns)]
                elements = self.row(cell)
                if side == "l" and large and elements and elements[0].text in SIGNS:
                    elements[0].set("form", "infix")  # what it follows is the cell before
                inside = make("mtd", *elements)
                if side != "c":
                    inside.set("columnalign", {"l": "left", "r": "right"}[side])
                line.append(inside)
            table.append(line)
        return table

    # Drawing: tree of latex2mathml to MathML Core ----------------------------------------

    def row(self, found: list[str], *, math: bool = False) -> list[Element]:
        """Elements that tokens are drawn as."""
        elements = self.drawn(self.rewrite(found))
        if math and not elements:
            raise FormulaError("an empty formula")
        return elements

    def drawn(self, source: str) -> list[Element]:
        """Elements that rewritten TeX is drawn as."""
        if not source.translate(_PIECES).strip():  # nothing that latex2mathml would have to put together
            pieces = [self.pieces[ord(mark) - _FIRST] for mark in source if mark != " "]
            return spaced([part for piece in pieces for part in piece])
        try:
            tree = convert_to_element(source)
        except RecursionError:
            raise
        except Exception as error:  # it raises many kinds, IndexError among them
            raise FormulaError(type(error).__name__) from error
        return spaced([part for child in tree[0] for part in self.core(child)])

    def core(self, element: Element) -> list[Element]:
        """One element in MathML Core; a piece may be several."""
        tag, text = element.tag, html.unescape(element.text or "").strip()
        if tag in ("mi", "mn", "mo", "mtext"):
            if len(text) == 1 and _FIRST <= ord(text) <= _LAST:
                return self.pieces[ord(text) - _FIRST]
            if tag == "mi" and not text:
                return []
            raise FormulaError(text)  # every leaf is a piece
        children = [self.core(child) for child in element]
        if tag == "mrow":
            flat = spaced([part for child in children for part in child])
            return [as_one(flat)]
        if tag in ("msqrt", "mphantom", "mpadded", "mstyle"):
            flat = spaced([part for child in children for part in child])
            return [make(tag, *flat, **element.attrib)]
        if tag not in ("mfrac", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"):
            raise FormulaError(tag)
        parts = [as_one(child) for child in children]
        return [placed(make(tag, *parts, **element.attrib))]


_METHODS = (
    (tex.ARGUMENTS, _Drawing.known),
    (tex.ACCENTS, _Drawing.accent),
    (tex.ARROWS, _Drawing.arrow),
    (tex.BINOMIALS, _Drawing.binomial),
    ((r"\sqrt",), _Drawing.root),
    (tex.FONTS.keys() | tex.SWITCHES.keys(), _Drawing.font),
    (tex.STYLES, _Drawing.style),
    (tex.TEXTS, _Drawing.text),
    ({r"\operatorname", r"\operatorname*"} | tex.FUNCTIONS.keys() | tex.LIMITS.keys(), _Drawing.function),
    ((r"\mathop",), _Drawing.operator),
    (tex.SPACES.keys() | tex.BLANKS | tex.LENGTHS, _Drawing.spaces),
    (tex.SILENT | {r"\label"}, _Drawing.silent),
    ((r"\left",), _Drawing.delimited),
    (tex.BIG, _Drawing.sized),
    ((r"\not",), _Drawing.negated),
    ((r"\dots",), _Drawing.dots),
    ((r"\mod", r"\bmod", r"\pmod"), _Drawing.modulo),
    ((r"\substack",), _Drawing.substack),
    ((r"\begin",), _Drawing.environment),
)


def _delimiter(command: str, reader: Reader) -> str:
    mark = reader.take()
    if mark not in tex.DELIMITERS:
        raise FormulaError(f"{command} before {mark or 'nothing'}")
    return tex.DELIMITERS[mark]
