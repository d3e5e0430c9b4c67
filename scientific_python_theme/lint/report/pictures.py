"""Find the file behind an image's address and make it small enough to embed."""

from __future__ import annotations

import base64
import contextlib
import io
import mimetypes
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from ..discover import HUGO
from ..model import Image

#: Longer side of an embedded picture, in pixels; twice what the page shows.
SIDE = 560
#: A picture up to this size is embedded as it is.
SMALL = 48 * 1024
#: All embedded pictures together; beyond it they are linked from the disk.
ALL = 24 * 2**20


class Pictures:
    """Show the pictures of a tree.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the page.
    roots : sequence of pathlib.Path
        Folders searched; addresses that begin with ``/`` count from them.
    """

    def __init__(self, folder: Path, roots: Sequence[Path]) -> None:
        self.folder = folder.resolve()
        self.roots = roots
        self.room = ALL
        self.known: dict[str, tuple[str, str]] = {}

    def show(self, image: Image, path: str) -> tuple[str, str]:
        """Address that shows an image, or why it cannot be shown.

        Parameters
        ----------
        image : Image
            The image.
        path : str
            File in which it stands.

        Returns
        -------
        address : str
            Data URI or relative path; ``""`` when there is none.
        why_not : str
            A few words for a person.
        """
        src = image.src.strip()
        if src.startswith("data:image/"):
            if len(src) > self.room or len(src) > 2**20:
                return "", "embedded picture, too large to repeat"
            self.room -= len(src)
            return src, ""
        if not src or src.startswith("data:"):
            return "", f"{image.element}: no file" + (f" ({image.place.note})" if image.place.note else "")
        if "://" in src or src.startswith("//"):
            return "", f"on another site: {src[:120]}"
        found = self._find(unquote(src.partition("?")[0].partition("#")[0]), Path(path))
        if found is None:
            return "", f"no such file: {src[:120]}"
        key = str(found)
        if key not in self.known:
            self.known[key] = self._embed(found)
        return self.known[key]

    def _find(self, name: str, page: Path) -> Path | None:
        folder = page.parent
        places: list[Path] = []
        if name.endswith(".*") and not name.startswith("/"):
            with contextlib.suppress(OSError, ValueError):
                places += folder.glob(name)
        plain = name.lstrip("/")
        if not name.startswith("/"):
            places.append(folder / name)
        for above in (folder, *Path(os.path.abspath(folder)).parents):  # noqa: PTH100
            if (above / "conf.py").is_file():
                places.append(above / plain)
                break
            if any((above / file).is_file() for file in HUGO):
                places += [above / kind / plain for kind in ("static", "assets", "content")]
                break
        places += [root / plain for root in self.roots]
        for place in places:
            try:
                if place.is_file():
                    return place
            except (OSError, ValueError):
                continue
        return None

    def _embed(self, file: Path) -> tuple[str, str]:
        kind = mimetypes.guess_type(file.name)[0] or ""
        if not kind.startswith("image/"):
            return "", f"not a picture a browser shows: {file.name[:120]}"
        try:
            data = file.read_bytes() if file.stat().st_size <= 32 * 2**20 else b""
        except OSError as error:
            return "", f"{file.name[:120]}: {error.strerror}"
        if len(data) > SMALL and kind != "image/svg+xml":
            smaller = _shrink(data)
            if smaller:
                data, kind = smaller, "image/webp"
        uri = f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}" if data else ""
        if uri and len(data) <= 8 * SMALL and len(uri) <= self.room:
            self.room -= len(uri)
            return uri, ""
        try:
            relative = os.path.relpath(file.resolve(), self.folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return file.resolve().as_uri(), ""
        return quote(relative), ""


def _shrink(data: bytes) -> bytes:
    """A smaller WebP of a picture, if Pillow is there and can read it."""
    try:
        from PIL import Image as Picture
    except ImportError:
        return b""
    try:
        with Picture.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > 60_000_000:
                return b""
            copy = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
            copy.thumbnail((SIDE, SIDE))
            out = io.BytesIO()
            copy.save(out, "WEBP", quality=80, method=2)
            return out.getvalue()
    except Exception:  # noqa: BLE001 (a damaged picture may raise anything)
        return b""
