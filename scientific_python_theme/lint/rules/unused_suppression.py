"""ALT100: a comment silences nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Document, Image, Severity
from . import Remark, rule


@rule(
    "ALT100",
    "unused-suppression",
    severity=Severity.WARNING,
    document=True,
    source="Practice of linters: a comment that outlives its reason hides the next mistake",
)
def check(document: Document) -> Iterator[tuple[Image | None, Remark]]:
    """A suppression comment silences nothing.

    The image it was written for has been described, moved or removed. Left in place, the comment will hide
    the next mistake on that line. ``--fix`` removes it.

    Bad: ``<!-- alt-text: ignore[ALT001] --><img src="a.png" alt="Histogram of residuals">``
    Good: ``<img src="a.png" alt="Histogram of residuals">``
    """
    # The engine alone knows what a comment silenced: see `suppress.apply`.
    yield from ()
