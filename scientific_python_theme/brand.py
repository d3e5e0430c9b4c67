"""A project's brand: one colour or two, checked for the text that will stand on them."""

from __future__ import annotations

from typing import Any

import attrs

TEXT = 4.5  # WCAG 2.2 SC 1.4.3, contrast of text


@attrs.frozen(kw_only=True)
class Brand:
    """Colours from which the theme derives all others; empty where the project named none."""

    primary: str = ""
    secondary: str = ""


def read(value: Any, *, where: str) -> tuple[Brand, list[str]]:
    """Turn a setting into a brand and say what is wrong with it.

    Parameters
    ----------
    value : str, list, tuple or dict
        One CSS colour, two of them, or ``{"primary": …, "secondary": …}``.
    where : str
        Name of the setting, for messages.

    Returns
    -------
    Brand
        The colours that can be used, as ``#rrggbb``.
    list of str
        One sentence for each value that is no colour, or that text cannot stand on.
    """
    if value and not isinstance(value, str | list | tuple | dict):
        return Brand(), [f'{where}: {value!r} is no colour; write it as "#0a6c83"']
    if isinstance(value, dict):
        unknown = sorted(set(value) - {"primary", "secondary"})
        pairs = [(name, value[name]) for name in ("primary", "secondary") if name in value]
        troubles = [f'{where}: unknown key {key!r}; use "primary" and "secondary"' for key in unknown]
    else:
        listed = [value] if isinstance(value, str) else list(value or ())
        pairs = [pair for pair in zip(("primary", "secondary"), listed, strict=False) if pair[1]]
        troubles = [f"{where}: {len(listed)} colours given; two are used"] if len(listed) > 2 else []
    found: dict[str, str] = {}
    for name, text in pairs:
        colour = _parse(text)
        if colour is None:
            troubles.append(f'{where}: {text!r} is no colour; write it as "#0a6c83"')
            continue
        found[name] = colour
        if (ratio := contrast(colour, "#ffffff")) < TEXT:
            troubles.append(
                f"{where}: {text!r} has a contrast of {ratio:.1f}:1 with white, text needs {TEXT}:1; "
                f'the nearest that passes is "{passing(colour)}" (until then the theme darkens it where '
                "it carries text)"
            )
    return Brand(**found), troubles


def css(brand: Brand) -> str:
    """Style sheet that sets the brand, empty for an empty one.

    Parameters
    ----------
    brand : Brand
        Checked colours.

    Returns
    -------
    str
        One rule in the layer of the tokens.
    """
    names = (("--sp-brand", brand.primary), ("--sp-brand-2", brand.secondary))
    rules = "".join(f"{name}:{colour};" for name, colour in names if colour)
    return f"@layer tokens{{:root{{{rules}}}}}\n" if rules else ""


def contrast(text: str, ground: str) -> float:
    """Contrast ratio of two colours [1]_.

    Parameters
    ----------
    text, ground : str
        CSS colours.

    Returns
    -------
    float
        Ratio, no unit, in [1, 21]; 21 is black on white.

    References
    ----------
    .. [1] WCAG 2.2, "contrast ratio", https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    from coloraide import Color  # loaded only where a brand is set

    return float(Color(text).contrast(Color(ground), method="wcag21"))


def passing(colour: str) -> str:
    """Nearest colour of the same hue on which white text can be read.

    Parameters
    ----------
    colour : str
        CSS colour.

    Returns
    -------
    str
        ``#rrggbb``: the lightest (in OKLCH, chroma reduced only to stay in sRGB) that passes.
    """
    from coloraide import Color

    base = Color(colour).convert("oklch")
    low, high = 0.0, float(base["lightness"])
    for _ in range(24):  # finer than one step of eight bits
        middle = (low + high) / 2
        if contrast(_hex(base.clone().set("lightness", middle)), "#ffffff") >= TEXT:
            low = middle
        else:
            high = middle
    return _hex(base.clone().set("lightness", low))


def _hex(colour: Any) -> str:
    return str(colour.convert("srgb").fit(method="oklch-chroma", jnd=0).to_string(hex=True))


def _parse(text: Any) -> str | None:
    if not isinstance(text, str):
        return None
    from coloraide import Color

    found = Color.match(text.strip(), fullmatch=True)
    if found is None:
        return None
    return _hex(found.color.convert("srgb").set("alpha", 1))
