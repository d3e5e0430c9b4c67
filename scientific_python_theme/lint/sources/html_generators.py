"""What documentation tools write by themselves: which tool made an image, and what kind of image it is."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

IMAGE_FILE = re.compile(
    r"\.(?:apng|avif|bmp|dib|eps|gif|heic|heif|ico|jfif|jpe|jpeg|jpg|jxl|pjp|pjpeg|png|svg|svgz|tif|tiff|webp|xbm)\Z",
    re.IGNORECASE,
)
MEDIA_FILE = re.compile(
    r"\.(?:aac|avi|flac|m4a|m4v|mid|midi|mkv|mov|mp3|mp4|mpeg|mpg|oga|ogg|ogv|opus|wav|weba|webm|wma|wmv)\Z",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(r"[\s,]*(\S+)")
_PLOT = re.compile(r"(?:^|/)plot_directive/|-\d+(?:_\d\d)?\.(?:png|svg)\Z")
_HASH = re.compile(r"(?:^|/)(?:[0-9a-f]{32,128})\.(?:png|svg|jpe?g|gif|webp)\Z", re.IGNORECASE)
_NBSPHINX = re.compile(r"_\d+_\d+\.(?:png|svg|jpe?g)\Z")


_GALLERY = frozenset(
    {
        "sphx-glr-single-img", "sphx-glr-multi-img", "sphx-glr-thumbcontainer", "sphx-glr-animation",
        "nbsphinx-gallery", "sphx-glr-thumbnails",
    }
)  # fmt: skip


def file_path(url: str) -> str:
    """Path of an address: no scheme, query or fragment, percent signs resolved."""
    if url[:5].lower() == "data:":
        return ""
    try:
        path = urlsplit(url.strip()).path
    except ValueError:
        path = url.partition("?")[0].partition("#")[0]
    return unquote(path)


def generator(src: str, classes: tuple[str, ...], around: tuple[str, ...] = ()) -> str:
    """Tool that made an image, ``""`` when nothing tells.

    Parameters
    ----------
    src : str
        Address.
    classes : tuple of str
        Classes of the image.
    around : tuple of str
        Classes of the elements right around it.

    Returns
    -------
    str
        ``imgmath``, ``graphviz``, ``inheritance-diagram``, ``sphinx-gallery``, ``plot_directive``,
        ``notebook``, ``sphinx`` or ``""``.
    """
    both = {*classes, *around}
    path = file_path(src)
    if "math" in classes or ("/math/" in f"/{path}" and "_images" in path):
        return "imgmath"
    if "inheritance" in both:
        return "inheritance-diagram"
    if "graphviz" in both or path.rpartition("/")[2].startswith("graphviz-"):
        return "graphviz"
    if not both.isdisjoint(_GALLERY) or path.rpartition("/")[2].startswith("sphx_glr_"):
        return "sphinx-gallery"
    if "plot-directive" in both or "plot_directive" in path:
        return "plot_directive"
    if both & {
        "output_png",
        "output_svg",
        "jp-RenderedImage",
        "nboutput",
        "cell_output",
        "output_subarea",
        "output_area",
    }:
        return "notebook"
    if "_images/" in path:
        name = path.rpartition("/")[2]
        if _HASH.search(name) or _NBSPHINX.search(name):
            return "notebook"
        if _PLOT.search(name):
            return "plot_directive"
        return "sphinx"
    return ""


def media_type(url: str, declared: str) -> str:
    """Tell an embedded ``"image"`` from ``"media"`` (sound, film) and ``"other"``; ``""`` when unknown."""
    kind = declared.strip().lower().partition(";")[0]
    if kind.startswith("image/"):
        return "image"
    if kind.startswith(("audio/", "video/")):
        return "media"
    if kind:
        return "other"
    if url[:5].lower() == "data:":
        return {"image": "image", "audio": "media", "video": "media"}.get(
            url[5:].partition("/")[0].lower(), "other"
        )
    path = file_path(url)
    if IMAGE_FILE.search(path):
        return "image"
    if MEDIA_FILE.search(path):
        return "media"
    return "other" if "." in path.rpartition("/")[2] else ""


def candidates(srcset: str) -> tuple[str, ...]:
    """Addresses of a ``srcset``; a comma ends one only at its own end, or after its descriptors."""
    found = []
    position, end = 0, len(srcset)
    while match := _CANDIDATE.match(srcset, position):
        position = match.end()
        url = match[1].rstrip(",")
        if url:
            found.append(url)
        if url == match[1]:  # descriptors follow, up to the next comma
            comma = srcset.find(",", position)
            position = end if comma < 0 else comma + 1
    return tuple(found)
