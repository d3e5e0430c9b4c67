"""Where the parts of the toolbox lie on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from .errors import ThemeError


def hugo_theme() -> Path:
    """Folder of the Hugo theme: the installed copy, else the one in the checkout.

    Returns
    -------
    pathlib.Path
        Absolute path of the folder that holds the theme's ``hugo.toml``.

    Raises
    ------
    ThemeError
        If neither place holds the theme, which means a broken installation.
    """
    here = Path(__file__).resolve().parent
    places = (here / "hugo-theme", here.parent / "hugo-theme")
    for place in places:
        if (place / "hugo.toml").is_file():
            return place
    looked = " or ".join(str(place) for place in places)
    raise ThemeError(
        f"the Hugo theme is missing: no hugo.toml in {looked}; "
        "reinstall with: pip install --force-reinstall scientific-python-theme"
    )


def cache_folder() -> Path:
    """The user's folder for what this package can make again; it may not exist yet.

    Returns
    -------
    pathlib.Path
        A folder of this package's own.
    """
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "scientific-python-theme"
