"""ALT025: the alternative is in another script than the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ..model import Image, Severity
from ..wording import shown
from . import Remark, rule

_SCRIPTS = {
    "zh": ("CJK",), "ja": ("CJK", "HIRAGANA", "KATAKANA"), "ko": ("HANGUL", "CJK"), "ru": ("CYRILLIC",),
    "uk": ("CYRILLIC",), "bg": ("CYRILLIC",), "sr": ("CYRILLIC", "LATIN"), "el": ("GREEK",),
    "ar": ("ARABIC",), "fa": ("ARABIC",), "he": ("HEBREW",), "hi": ("DEVANAGARI",), "th": ("THAI",),
}  # fmt: skip
_LATIN = frozenset("en de fr es pt it nl sv da nb no fi pl cs sk hu ro tr id vi ca hr et lv lt sl".split())  # noqa: SIM905


@rule(
    "ALT025",
    "language",
    severity=Severity.INFO,
    default=False,
    source="WCAG 2.2 SC 3.1.2",
)
def check(image: Image) -> Iterator[Remark]:
    """The alternative text is in another language than the page.

    A screen reader speaks it with the page's voice and cannot be understood. In a translated page, translate
    the alternative too. Only the script is compared, so English on a German page is not seen.

    Bad: ``<html lang="ru"><img src="a.png" alt="Histogram of the residuals of the fit">``
    Good: ``<html lang="ru"><img src="a.png" alt="Гистограмма остатков">``
    """
    text = image.text or ""
    language = image.language.lower().partition("-")[0]
    wanted = ("LATIN",) if language in _LATIN else _SCRIPTS.get(language)
    letters = [c for c in text if c.isalpha()]
    if not wanted or len(letters) < 4 or not image.exposed or image.facts.get("math"):
        return
    if "LATIN" not in wanted and len(text.split()) < 3:
        return  # a name
    known = sum(1 for c in letters if any(unicodedata.name(c, "").startswith(s) for s in wanted))
    if known * 4 < len(letters):
        yield Remark(
            message=f"the page is in {image.language!r}, the alternative text is not: {shown(text, 40)}",
            help="translate it, or add lang to the image",
        )
