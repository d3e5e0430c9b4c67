"""Which rules run: codes, prefixes, names and ``ALL``, the more exact one wins."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ..errors import ConfigError
from .rules import all_rules


def matching(selector: str) -> frozenset[str]:
    """Codes that a selector names.

    Parameters
    ----------
    selector : str
        A code (``ALT002``), a prefix (``ALT01``), a name (``fallback-path``) or ``ALL``; upper or lower case.

    Returns
    -------
    frozenset of str
        Codes, empty when nothing matches.
    """
    rules = all_rules()
    word = selector.strip()
    if word.upper() == "ALL":
        return frozenset(rules)
    by_name = {rule.name: code for code, rule in rules.items()}
    if word.lower() in by_name:
        return frozenset({by_name[word.lower()]})
    if not word.upper().startswith("ALT"):
        return frozenset()
    return frozenset(code for code in rules if code.startswith(word.upper()))


def expand(selectors: Iterable[str], where: str) -> dict[str, int]:
    """Codes that selectors name, each with how exactly it was named.

    Parameters
    ----------
    selectors : iterable of str
        Selectors; one string may hold several, separated by commas.
    where : str
        Option or key, for the message.

    Returns
    -------
    dict
        ``{code: exactness}``; 0 for ``ALL``, the length of the prefix, 100 for a code or name.

    Raises
    ------
    ConfigError
        If a selector names no rule.
    """
    found: dict[str, int] = {}
    selectors = list(selectors)
    words = list(_words(selectors))
    if selectors and not words:
        raise ConfigError(f"{where}: {selectors[0]!r} names no rule; see: scientific-python-theme rule --all")
    for selector in words:
        codes = matching(selector)
        if not codes:
            raise ConfigError(f"{where}: no rule {selector!r}; {_hint(selector)}")
        exact = (
            0 if selector.upper() == "ALL" else 100 if selector.upper() not in _prefixes() else len(selector)
        )
        for code in codes:
            found[code] = max(found.get(code, 0), exact)
    return found


def selected(
    select: Iterable[str] | None = None,
    extend: Iterable[str] = (),
    ignore: Iterable[str] = (),
    where: str = "",
) -> frozenset[str]:
    """Codes of the rules that run.

    Parameters
    ----------
    select : iterable of str, optional
        Rules to run instead of the default ones.
    extend : iterable of str
        Rules to run besides.
    ignore : iterable of str
        Rules not to run. With ``select = ["ALL"]``, ``ignore = ["ALT01"]``, ``extend = ["ALT012"]``
        the more exact selector wins, and `ignore` wins a tie.
    where : str
        Prefix for messages.

    Returns
    -------
    frozenset of str
        Codes.

    Raises
    ------
    ConfigError
        If a selector names no rule.
    """
    chosen = (
        {code: 0 for code, rule in all_rules().items() if rule.default}
        if select is None
        else expand(select, f"{where}select")
    )
    for code, exact in expand(extend, f"{where}extend-select").items():
        chosen[code] = max(chosen.get(code, 0), exact)
    for code, exact in expand(ignore, f"{where}ignore").items():
        if code in chosen and exact >= chosen[code]:
            del chosen[code]
    return frozenset(chosen)


def _words(selectors: Iterable[str]) -> list[str]:
    return [word for selector in selectors for word in selector.replace(",", " ").split()]


def _prefixes() -> set[str]:
    codes = all_rules()
    return {code[:n] for code in codes for n in range(1, len(code))} - set(codes)


def _hint(selector: str) -> str:
    rules = all_rules()
    names = [*rules, *(rule.name for rule in rules.values()), "ALL"]
    near = difflib.get_close_matches(selector, names, n=1) or difflib.get_close_matches(
        selector.upper(), names, n=1
    )
    return f"did you mean {near[0]!r}?" if near else "see: scientific-python-theme rule --all"
