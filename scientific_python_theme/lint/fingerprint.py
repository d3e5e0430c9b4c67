"""Names of findings that survive moved lines."""

from __future__ import annotations

import hashlib
import posixpath
from collections import Counter
from urllib.parse import unquote

from .model import Image


def digest(*parts: str) -> str:
    """Short stable digest of some text."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def address(src: str) -> str:
    """Address of an image without what changes from build to build.

    Parameters
    ----------
    src : str
        Address as written.

    Returns
    -------
    str
        Decoded, without query and leading ``./`` and ``../``; a data URI becomes a digest.
    """
    if src.startswith("data:"):
        return f"data:{digest(src)}"
    path = unquote(src.partition("?")[0].partition("#")[0]) if "://" not in src else src
    return posixpath.normpath(path).lstrip("./") if path else ""


def about(image: Image | None) -> str:
    """What a finding is about, without its position."""
    if image is None:
        return ""
    if image.src:
        return address(image.src)
    near = image.around.href or image.around.heading or image.around.caption
    return f"{image.element} {image.alt or ''} {near}"


class Numbering:
    """Number findings that are alike within one file, so that each gets its own name."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seen: Counter[tuple[str, str]] = Counter()

    def name(self, code: str, image: Image | None) -> str:
        """Fingerprint: rule, path, address of the image, and which of its like it is."""
        what = about(image)
        self.seen[code, what] += 1
        return digest(code, self.path, what, str(self.seen[code, what]))


def site_wide(code: str, group: str) -> str:
    """Fingerprint of a finding that stands on many pages."""
    return digest(code, "site", group)
