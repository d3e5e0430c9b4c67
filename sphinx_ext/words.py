"""The words that pages of both kinds say: the Hugo theme's, in the language of the documentation."""

from __future__ import annotations

import functools
import tomllib

from scientific_python_theme.paths import hugo_theme


@functools.cache
def words(language: str | None) -> dict[str, str]:
    """Words of the theme by their keys in ``i18n/``, English where it has none in a language.

    Parameters
    ----------
    language : str or None
        Sphinx's `language`, such as ``"es"`` or ``"zh_CN"``.

    Returns
    -------
    dict of str to str
        ``%s`` stands for the value that a word names.
    """
    found: dict[str, str] = {}
    for code in ("en", (language or "en").replace("-", "_").partition("_")[0].lower()):
        file = hugo_theme() / "i18n" / f"{code}.toml"
        if file.is_file():
            found |= tomllib.loads(file.read_text("utf-8"))
    return {key: text.replace("{{ . }}", "%s") for key, text in found.items()}
