"""What an alternative reads like: a path, a file name, a placeholder, a picture of words.

Pure functions over text; the rules decide what to make of the answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

from .model import Image

_EXTENSIONS = "|".join(
    [
        *(
            "apng",
            "avif",
            "bmp",
            "dib",
            "eps",
            "gif",
            "heic",
            "heif",
            "ico",
            "jfif",
            "jpe",
            "jpeg",
            "jpg",
            "jxl",
        ),
        *("pdf", "pjpeg", "png", "ps", "svg", "svgz", "tif", "tiff", "webp", "xbm"),
    ]
)
_ENDS_AS_FILE = re.compile(rf"\.(?:{_EXTENSIONS})\Z", re.IGNORECASE)
_BARE_FILE = re.compile(rf"[^\s/\\]+\.(?:{_EXTENSIONS})\Z", re.IGNORECASE)
# These end an identifier or a word as often as a file name.
_DOUBTFUL = re.compile(r"\.(?:eps|ps|pdf|ico|dib|jpe)\Z", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]{16,128}\Z", re.IGNORECASE)
_LONGEST = 300  # no name or placeholder is longer; keeps the patterns below cheap on any input
_CAMERA = re.compile(
    r"(?:img|dsc[fn]?|pict|pxl|mvimg|screenshot|screen[ _-]?shot|bildschirmfoto|capture|image|photo|scan)"
    r"[ _-]?(?:at[ _-])?\d{4,}[\d _.-]*(?:at[ _][\d.:]+(?:[ _][ap]m)?)?\Z"
    r"|screen ?shot(?: from)? \d{4}-\d\d-\d\d[ \w.:-]*\Z",
    re.IGNORECASE,
)

_PICTURE = (
    r"image|img|picture|pic|photo|figure|fig|plot|graph|chart|screenshot"
    r"|output|diagram|slide|cell[ _-]?output"
)
_NUMBERED = re.compile(rf"(?:{_PICTURE})s?[\s._#:\-]*\(?\d+(?:[._-]\d+)*[a-z]?\)?[.:]?\Z", re.IGNORECASE)
_PROMPT = re.compile(r"(?:out|in) ?\[ ?\d* ?\]:?\Z", re.IGNORECASE)
_TOOL_NAME = re.compile(
    r"sphx_glr_[\w-]+\Z|output_\d+_\d+\Z|cell-\d+-output-\d+\Z|<?figure size [\d.]+x[\d.]+ with \d+ axes>?\Z"
    r"|[a-z]\w*_(?:img|image|fig|figure)s?\d+\Z"
    r"|<(?:matplotlib|ipython)[\w. ]*(?: at 0x[0-9a-f]+| object)?>\Z|plotly-[\w-]+\Z"
    r"|graphviz-[0-9a-f]{32,}\Z",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:todo|fixme|tbd|xxx)\b(?!-)(?:\W*\Z|\s*[:(\[]|\W+"
    r"(?:add|alt|caption|check|complete|describe|description|explain|fill|fix|image|say|text|this|write)\b)",
    re.IGNORECASE,
)
_EMPTY_PHRASES = frozenset(
    {
        "no description has been provided for this image", "no alt text provided for this image",
        "no alt text", "alt text", "alt-text", "alternate text", "alternative text", "alt",
        "image alt text", "alt text here", "image alt", "your alt text", "insert alt text",
        "insert alt text here", "add alt text here", "image description", "description of image",
        "description of the image", "placeholder", "placeholder image", "image placeholder",
        "lorem ipsum", "untitled", "undefined", "null", "img-top", "img-bottom", "card image cap",
        "card-img-top", "card image", "image", "images", "img", "picture", "pictures", "pic", "photo",
        "graphic", "graphics", "png", "jpg", "jpeg", "gif", "svg", "webp", "image/png", "image/jpeg",
        "image/svg+xml", "plot", "plots", "figure", "figures", "fig", "fig.", "an image", "a picture",
        "output", "output image", "cell output", "image output", "screenshot", "screenshots",
        "screen shot", "matplotlib figure", "matplotlib plot", "spacer", "broken image", "caption",
        "figure caption", "test image", "example image", "some image", "this image", "the image",
    }
)  # fmt: skip
# Not nothing, yet the reader does not learn which or what of.
_VAGUE = frozenset(
    {
        "logo", "icon", "the logo", "project logo", "site logo", "badge", "banner", "chart", "graph",
        "diagram", "thumbnail", "illustration", "drawing",
    }
)  # fmt: skip

_ALNUM = re.compile(r"[^\W_]")
_OUTER = " \t\n\r\xa0.,:;!?*_`\"'“”‘’()[]"


def plain(text: str) -> str:
    """Text for comparison: case folded, white space collapsed."""
    return " ".join(text.split()).casefold()


def words_of(text: str) -> str:
    """Text for comparison with a text nearby: as `plain`, without punctuation at its ends."""
    return plain(text).strip(_OUTER)


def path_of(address: str) -> str:
    """Path of an address for comparison: no query, percent signs resolved, case folded."""
    address = address.strip()
    if address[:5].lower() == "data:":
        return ""
    return unquote(address.partition("?")[0].partition("#")[0]).replace("\\", "/").casefold()


def base_name(address: str) -> str:
    """Last part of an address, folded."""
    return path_of(address).rstrip("/").rpartition("/")[2]


def addresses(image: Image) -> tuple[str, ...]:
    """Every address an image has."""
    return tuple(a for a in (image.src, *image.sources) if a)


def is_path(text: str, urls: Iterable[str]) -> bool:
    """Whether a text is the address of the image or the path of a picture.

    Parameters
    ----------
    text : str
        The alternative.
    urls : iterable of str
        Addresses of the image.

    Returns
    -------
    bool
        True for ``_images/fig.png``, for ``https://example.org/a b.png`` if that is the image's address;
        False for a bare word that happens to be the address (``nyhavn``).
    """
    said = text.strip()
    if not said:
        return False
    folded = path_of(said)
    like_path = "/" in folded or bool(_ENDS_AS_FILE.search(folded)) or said[:5].lower() == "data:"
    for url in urls:
        if said == url.strip() and like_path:
            return True
        if like_path and folded and folded == path_of(url):
            return True
        if "/" in folded and _ENDS_AS_FILE.search(folded) and base_name(said) == base_name(url):
            return True
    if re.search(r"\s", said):
        return False
    return "/" in folded and bool(_ENDS_AS_FILE.search(folded)) and not _DOUBTFUL.search(folded)


def is_file_name(text: str, urls: Iterable[str] = ()) -> bool:
    """Whether a text is nothing but the name of a picture file, a checksum or a camera's number.

    Parameters
    ----------
    text : str
        The alternative.
    urls : iterable of str
        Addresses of the image.

    Returns
    -------
    bool
        True for ``fig_3.png``, for ``94251e110d24a4c2b6e6ce76e7203374`` and ``IMG_20240131``.
    """
    said = text.strip()
    if any(_ENDS_AS_FILE.search(said) and path_of(said) == base_name(url) for url in urls):
        return True
    if len(said) <= _LONGEST and _BARE_FILE.fullmatch(said):
        return not _DOUBTFUL.search(said)
    return len(said) <= _LONGEST and bool(_is_checksum(said) or _CAMERA.match(said))


def _is_checksum(said: str) -> bool:
    """Whether a text is a long hexadecimal number, or a UUID."""
    digits = said.replace("-", "")
    mixed = any(c.isdigit() for c in digits) and any(c.isalpha() for c in digits)
    return mixed and bool(_HEX.match(digits)) and said.count("-") in (0, 4)


def is_stem(text: str, urls: Iterable[str]) -> bool:
    """Whether a text is the image's file name without its ending, and no words: ``plot_3``, ``fig-02``."""
    said = plain(text)
    if " " in said or not re.search(r"_|-\d|\d-|[a-z]\d{2,}", said) or said.startswith("_"):
        return False
    return any(said == re.sub(r"\.\w{2,5}\Z", "", base_name(url)) for url in urls if base_name(url))


def is_placeholder(text: str) -> bool:
    """Whether a text only says that there is a picture."""
    if len(text) > _LONGEST:
        return bool(_LATER.match(text.lstrip()))
    return _says_nothing(text)


@lru_cache(maxsize=1024)  # a theme's few images are asked about on every page
def _says_nothing(text: str) -> bool:
    said = plain(text)
    bare = said.strip(_OUTER)
    return bool(
        said in _EMPTY_PHRASES
        or bare in _EMPTY_PHRASES
        or _NUMBERED.match(said)
        or _PROMPT.match(said)
        or _TOOL_NAME.match(said)
        or _LATER.match(said)
    )


def is_vague(text: str) -> bool:
    """Whether a text says what sort of picture it is and nothing else: ``logo``."""
    return words_of(text) in _VAGUE


def shown(text: str, limit: int = 60) -> str:
    """A text as a message shows it: one line, shortened, in quotes."""
    line = " ".join(text.split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return f'"{line}"'


def counted(number: int, noun: str) -> str:
    """A number of things, such as ``1 file`` and ``1,200 files``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def has_words(text: str) -> bool:
    """Whether a text holds a letter or digit."""
    return bool(_ALNUM.search(text))
