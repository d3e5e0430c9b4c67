"""ALT020: quotes or encoding have broken the alternative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Image, Severity
from ..wording import shown
from . import Remark, rule

# UTF-8 read as Windows-1252: a lead byte's character followed by a continuation byte's.
_MOJIBAKE = re.compile(
    "\N{REPLACEMENT CHARACTER}|"
    "[ÃÂ][\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039"
    "\u0152\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u0178]|â€[\x80-\xbf™œ\x9d“”˜¦]|ï»¿"
)
_SWALLOWED = re.compile(
    r"""(?:\A|\s)(?:src|class|width|height|href|style|srcset|loading)=\Z|<img\s|\s/?>\s*<\w""", re.IGNORECASE
)


@rule(
    "ALT020",
    "encoding-break",
    severity=Severity.WARNING,
    source="HTML standard, unexpected-character-in-attribute-name; practice",
)
def check(image: Image) -> Iterator[Remark]:
    """A stray quote or a wrong encoding has broken the alternative text.

    A quote inside the text ends it early, and the rest becomes nonsense attributes; a missing one swallows
    what follows. Text in the wrong encoding reads "Ã©" for "é".

    Bad: ``<img src="a.png" alt="The "true" set">``
    Bad: ``<img src="a.png" alt="Courbe ajustÃ©e">``
    Good: ``<img src="a.png" alt="The &quot;true&quot; set">``
    """
    text = image.text or image.alt or ""
    if not image.exposed:
        return
    names = [a.name for a in image.attributes]
    if "alt" in names:
        after = names[names.index("alt") + 1 :]
        debris = next((n for n in after if re.search("[\"'<“”]", n)), None)
        if debris and image.format == "html":
            yield Remark(
                message=f"a quote ends the alternative text early: {shown(image.alt or '', 40)}",
                help="write &quot; for a quote inside the text",
            )
            return
    if _SWALLOWED.search(image.alt or ""):
        yield Remark(
            message=f"a missing quote lets the alternative text run on: {shown(image.alt or '', 50)}",
            help="close the quote behind the text",
        )
    elif match := _MOJIBAKE.search(text):
        yield Remark(
            message=f"alternative text is garbled: {shown(text[max(0, match.start() - 8) : match.end()])}",
            help="save the source as UTF-8 and type the character anew",
        )
