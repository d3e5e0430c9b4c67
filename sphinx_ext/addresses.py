"""Addresses that ``conf.py`` and its files give."""

from __future__ import annotations

from urllib.parse import urlsplit

#: Stands for the scheme of what is no address at all.
MALFORMED = "?"


def scheme(address: str) -> str:
    """Scheme of an address in lower case; empty for a relative one, `MALFORMED` for no address at all."""
    try:
        return urlsplit(address).scheme
    except ValueError:  # such as "https://[x/"
        return MALFORMED
