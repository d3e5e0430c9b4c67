"""Read TeX formulas: tokens, arguments, cells of alignments, and what the commands mean.

Nothing is guessed here. A command that stands in none of the tables below, or that is used in
a way they do not foresee, ends in `FormulaError`: whoever asked can then leave the
formula to another program instead of showing a wrong one.
"""

from __future__ import annotations

import re

#: Longer or deeper formulas are no formulas, and would take time and stack.
LONGEST, DEEPEST = 20_000, 60

_TOKEN = re.compile(
    r"%[^\n]*\n?|\\(?:operatorname|hspace|tag)\*|\\[a-zA-Z]+|\\.|\s+|\d+(?:\.\d+)?|.", re.DOTALL
)
_DIMENSION = re.compile(r"\s*(-?\d*\.?\d+)\s*(em|ex|mu|pt|px|pc|in|cm|mm)\s*")
#: Lengths in em, at ten points an em.
UNITS = {
    "em": 1,
    "ex": 0.43,
    "mu": 1 / 18,
    "pt": 0.1,
    "px": 0.0625,
    "pc": 1.2,
    "in": 7.2,
    "cm": 2.845,
    "mm": 0.2845,
}

#: Variants of letters, named as Unicode names its mathematical alphabets.
FONTS = {
    r"\mathrm": "NORMAL",
    r"\mathup": "NORMAL",
    r"\mathbf": "BOLD",
    r"\mathit": "ITALIC",
    r"\mathnormal": "",
    r"\mathsf": "SANS-SERIF",
    r"\mathtt": "MONOSPACE",
    r"\mathbb": "DOUBLE-STRUCK",
    r"\Bbb": "DOUBLE-STRUCK",
    r"\mathcal": "SCRIPT",
    r"\mathscr": "SCRIPT",
    r"\mathfrak": "FRAKTUR",
    r"\boldsymbol": "SYMBOL",
    r"\bm": "SYMBOL",
    r"\pmb": "SYMBOL",
}
#: The same, for all that follows in the group.
SWITCHES = {
    r"\rm": "NORMAL",
    r"\bf": "BOLD",
    r"\it": "ITALIC",
    r"\mit": "",
    r"\sf": "SANS-SERIF",
    r"\tt": "MONOSPACE",
    r"\cal": "SCRIPT",
    r"\scr": "SCRIPT",
    r"\frak": "FRAKTUR",
}
#: Size and spacing of all that follows in the group.
STYLES = {
    r"\displaystyle": {"displaystyle": "true", "scriptlevel": "0"},
    r"\textstyle": {"displaystyle": "false", "scriptlevel": "0"},
    r"\scriptstyle": {"displaystyle": "false", "scriptlevel": "1"},
    r"\scriptscriptstyle": {"displaystyle": "false", "scriptlevel": "2"},
}
TEXTS = {
    r"\text": "",
    r"\textrm": "",
    r"\textnormal": "",
    r"\textup": "",
    r"\mbox": "",
    r"\hbox": "",
    r"\textbf": "BOLD",
    r"\textit": "ITALIC",
    r"\emph": "ITALIC",
    r"\textsf": "SANS-SERIF",
    r"\texttt": "MONOSPACE",
}
#: Commands whose arguments are formulas and that latex2mathml draws as they should be.
ARGUMENTS = {
    r"\frac": 2,
    r"\dfrac": 2,
    r"\tfrac": 2,
    r"\overset": 2,
    r"\underset": 2,
    r"\stackrel": 2,
    r"\phantom": 1,
    r"\hphantom": 1,
    r"\vphantom": 1,
}
BINOMIALS = {r"\binom": {}, r"\dbinom": STYLES[r"\displaystyle"], r"\tbinom": STYLES[r"\textstyle"]}
#: Signs above (or below) a letter or, if they stretch, the whole.
ACCENTS = {
    r"\acute": ("´", False),
    r"\bar": ("¯", False),
    r"\breve": ("˘", False),
    r"\check": ("ˇ", False),
    r"\ddot": ("¨", False),
    r"\dddot": ("⃛", False),
    r"\dot": ("˙", False),
    r"\grave": ("`", False),
    r"\hat": ("ˆ", False),
    r"\mathring": ("˚", False),
    r"\tilde": ("˜", False),
    r"\vec": ("→", False),
    r"\widehat": ("\N{COMBINING CIRCUMFLEX ACCENT}", True),
    r"\widetilde": ("˜", True),
    r"\overline": ("‾", True),
    r"\underline": ("_", True),
    r"\overrightarrow": ("→", True),
    r"\overleftarrow": ("←", True),
    r"\overleftrightarrow": ("↔", True),
    r"\overbrace": ("⏞", True),
    r"\underbrace": ("⏟", True),
}
#: Arrows as long as what is written above (and, in brackets, below) them.
ARROWS = {
    r"\xrightarrow": "→",
    r"\xleftarrow": "←",
    r"\xleftrightarrow": "↔",
    r"\xRightarrow": "⇒",
    r"\xLeftarrow": "⇐",
    r"\xmapsto": "↦",
}
#: What stands between the two halves of a group.
INFIX = frozenset({r"\over", r"\choose", r"\atop"})

_NAMES = "arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh"
FUNCTIONS = {f"\\{name}": name for name in _NAMES.split()}
_NAMES = "det gcd inf lim max min Pr sup"
#: Functions with what is below or above them in displayed formulas.
LIMITS = {f"\\{name}": name for name in _NAMES.split()} | {
    r"\injlim": "inj lim",
    r"\liminf": "lim inf",
    r"\limsup": "lim sup",
    r"\projlim": "proj lim",
}
SPACES = {
    r"\,": 3,
    r"\thinspace": 3,
    r"\:": 4,
    r"\>": 4,
    r"\medspace": 4,
    r"\;": 5,
    r"\thickspace": 5,
    r"\!": -3,
    r"\negthinspace": -3,
    r"\negmedspace": -4,
    r"\negthickspace": -5,
    r"\enspace": 9,
    r"\enskip": 9,
    r"\quad": 18,
    r"\qquad": 36,
}  # eighteenths of an em
BLANKS = frozenset({"~", "\\ ", "\\\n", "\\\t", r"\space", r"\nobreakspace"})
LENGTHS = frozenset({r"\hspace", r"\hspace*", r"\hskip", r"\kern", r"\mkern", r"\mskip", r"\mspace"})
#: Numbers are given by Sphinx or by nobody, so what only concerns them draws nothing.
SILENT = frozenset({r"\nonumber", r"\notag", r"\relax", r"\allowbreak", r"\nolinebreak", r"\goodbreak"})
BIG = {
    f"\\{size}{kind}": f"{width}em"
    for size, width in {"big": 1.2, "Big": 1.623, "bigg": 2.047, "Bigg": 2.47}.items()
    for kind in ("", "l", "m", "r")
}
DELIMITERS = {
    **{mark: mark for mark in "()[]|/"},
    ".": "",
    "<": "⟨",
    ">": "⟩",
    r"\{": "{",
    r"\}": "}",
    r"\lbrace": "{",
    r"\rbrace": "}",
    r"\lbrack": "[",
    r"\rbrack": "]",
    r"\vert": "|",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\|": "‖",
    r"\Vert": "‖",
    r"\lVert": "‖",
    r"\rVert": "‖",
    r"\langle": "⟨",
    r"\rangle": "⟩",
    r"\lfloor": "⌊",
    r"\rfloor": "⌋",
    r"\lceil": "⌈",
    r"\rceil": "⌉",
    r"\backslash": "\\",
    r"\uparrow": "↑",
    r"\downarrow": "↓",
    r"\updownarrow": "↕",
    r"\Uparrow": "⇑",
    r"\Downarrow": "⇓",
}
#: Environments: the columns (repeated), whether formulas are large, what stands around.
ENVIRONMENTS = {
    **dict.fromkeys(
        ("aligned", "align", "align*", "split", "alignedat", "alignat", "alignat*"), ("rl", True, "")
    ),
    **dict.fromkeys(("eqnarray", "eqnarray*"), ("rcl", True, "")),
    **dict.fromkeys(("gathered", "gather", "gather*"), ("c", True, "")),
    "array": ("c", False, ""),
    "cases": ("l", False, "{."),
    "dcases": ("l", True, "{."),
    "matrix": ("c", False, ""),
    "smallmatrix": ("c", False, ""),
    "pmatrix": ("c", False, "()"),
    "bmatrix": ("c", False, "[]"),
    "Bmatrix": ("c", False, "{}"),
    "vmatrix": ("c", False, "||"),
    "Vmatrix": ("c", False, "‖‖"),
}
#: Environments that are but a way to say that a formula begins.
PLAIN = frozenset({"equation", "equation*", "displaymath", "math"})


class FormulaError(ValueError):
    """A formula holds something that would not be drawn as its author means it."""


def tokens(tex: str) -> list[str]:
    """Split a formula.

    Parameters
    ----------
    tex : str
        The formula, without delimiters.

    Returns
    -------
    list of str
        Commands, braces, numbers, characters and white space; no comments.

    Raises
    ------
    FormulaError
        If the formula is too long, or its braces do not match.
    """
    if len(tex) > LONGEST:
        raise FormulaError(f"more than {LONGEST} characters")
    found = [token for token in _TOKEN.findall(tex) if token[0] != "%"]
    depth = 0
    for token in found:
        depth += (token == "{") - (token == "}")
        if depth < 0 or depth > DEEPEST:
            raise FormulaError("a brace too many" if depth < 0 else "braces too deep")
    if depth:
        raise FormulaError("a brace too few")
    return found


def em(length: str) -> float:
    """Length in em.

    Parameters
    ----------
    length : str
        A number and a unit of TeX.

    Returns
    -------
    float
        The same in em.

    Raises
    ------
    FormulaError
        If it is none.
    """
    match = _DIMENSION.fullmatch(length)
    if not match:
        raise FormulaError(f"length {length.strip()!r}")
    return float(match[1]) * UNITS[match[2]]


class Reader:
    """Goes through tokens, an argument at a time.

    Parameters
    ----------
    found : list of str
        The tokens.
    """

    def __init__(self, found: list[str]) -> None:
        self.tokens = found
        self.at = 0

    def peek(self) -> str:
        """Next token that is no white space, or ""; not taken."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """Next token that is no white space, or ""."""
        token = self.peek()
        self.at += 1
        return token

    def rest(self) -> list[str]:
        """All that is left."""
        left, self.at = self.tokens[self.at :], len(self.tokens)
        return left

    def group(self, command: str) -> list[str]:
        """All that is left of the group that a command is for."""
        left = self.rest()
        depth = 0
        for token in left:
            depth += (token in ("{", r"\begin", r"\left")) - (token in ("}", r"\end", r"\right"))
            if token in INFIX and not depth:
                raise FormulaError(f"{token} after {command}")
        return left

    def until(self, opening: str, closing: str) -> list[str]:
        """Tokens up to the closing one that belongs to an opening one just taken."""
        start, depth, braces = self.at, 1, 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            braces += (token == "{") - (token == "}")
            if opening != "{" and braces:
                continue
            depth += (token == opening) - (token == closing)
            if not depth:
                return self.tokens[start : self.at - 1]
        raise FormulaError(f"{opening} without {closing}")

    def argument(self, command: str) -> list[str]:
        """Tokens of the next argument."""
        token = self.take()
        if not token or token in ("}", "&", r"\\", "_", "^"):
            raise FormulaError(f"{command} without its argument")
        return self.until("{", "}") if token == "{" else [self.first(token)]

    def first(self, token: str) -> str:
        """First digit of a number just taken, as an argument without braces is one character."""
        if len(token) > 1 and token[0] != "\\":
            self.at -= 1
            self.tokens = [*self.tokens[: self.at], token[0], *token[1:], *self.tokens[self.at + 1 :]]
            self.at += 1
        return token[0] if token[0] != "\\" else token

    def option(self) -> list[str] | None:
        """Tokens of an argument in brackets, None if there is none."""
        if self.peek() != "[":
            return None
        self.take()
        return self.until("[", "]")

    def name(self) -> str:
        """Argument that is a name."""
        return "".join(self.argument("\\begin")).strip()

    def environment(self, name: str) -> list[str]:
        r"""Tokens up to the ``\end`` of an environment just begun."""
        start, depth = self.at, 1
        while self.at < len(self.tokens):
            end, token = self.at, self.take()
            if token in (r"\begin", r"\end"):
                same = self.name() == name
                depth += same * (1 if token == r"\begin" else -1)
                if not depth:
                    return self.tokens[start:end]
        raise FormulaError(f"\\begin{{{name}}} without its end")


def cells(found: list[str]) -> list[list[list[str]]]:
    r"""Divide the inside of an alignment at its ``\\`` and ``&``.

    Parameters
    ----------
    found : list of str
        The tokens between ``\begin`` and ``\end``.

    Returns
    -------
    list of list of list of str
        The tokens of each cell of each row; an empty last row is none.
    """
    rows: list[list[list[str]]] = [[[]]]
    reader, depth = Reader(found), 0
    while reader.at < len(found):
        token = found[reader.at]
        reader.at += 1
        depth += (token in ("{", r"\begin", r"\left")) - (token in ("}", r"\end", r"\right"))
        if depth or token not in (r"\\", r"\cr", r"\newline", "&"):
            rows[-1][-1].append(token)
        elif token == "&":
            rows[-1].append([])
        else:
            if reader.at < len(found) and found[reader.at] == "*":
                reader.at += 1
            space = reader.option()
            if space is not None:
                em("".join(space))
            rows.append([[]])
    if all("".join(cell).isspace() or not cell for cell in rows[-1]):
        rows.pop()
    return rows
