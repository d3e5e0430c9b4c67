"""Settings that a rule may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from attrs import frozen


@frozen(kw_only=True)
class Options:
    """Numbers and lists that shape single rules.

    Parameters
    ----------
    max_length : int
        Characters from which ALT009 calls an alternative long; 0 turns the rule off.
    """

    max_length: int = 250


_current = Options()


def current() -> Options:
    """Options of the run in progress."""
    return _current


@contextmanager
def using(options: Options) -> Iterator[None]:
    """Make options current for a block."""
    global _current
    before, _current = _current, options
    try:
        yield
    finally:
        _current = before
