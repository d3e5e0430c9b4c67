"""ALT024: figures that a notebook drew have no alternative."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Document, Image, Kind, Severity
from . import Remark, rule


@rule(
    "ALT024",
    "notebook-output",
    severity=Severity.WARNING,
    document=True,
    undescribed=True,
    collective=True,
    source="WCAG 2.2 SC 1.1.1; Notably Inaccessible (ASSETS 2023): hardly any notebook figure is described",
)
def check(document: Document) -> Iterator[tuple[Image | None, Remark]]:
    """Figures that a notebook drew have no alternative text.

    A figure made by a cell carries none unless somebody adds it: in the cell's metadata (``{"mystnb":
    {"image": {"alt": "…"}}}``, for MyST-NB), with the output's metadata ``{"image/png": {"alt": "…"}}`` (for
    nbconvert), in a line ``#| fig-alt: …`` (for Quarto), or by drawing it with ``matplotalt.show_with_alt``,
    which makes HTML and alone works in nbsphinx. One finding stands for the whole notebook.

    Bad (notebook): a code cell that outputs ``image/png``, without metadata
    Good (notebook): the same with the cell metadata ``{"mystnb": {"image": {"alt": "Line chart of …"}}}``
    """
    silent = [
        image
        for image in document.images
        if image.kind is Kind.OUTPUT
        and image.format == "notebook"
        and image.exposed
        and not image.decorative
        and not (image.text or "").strip()
    ]
    if not silent:
        return
    count = len(silent)
    drawn = sum(1 for i in document.images if i.kind is Kind.OUTPUT and i.format == "notebook")
    yield (
        silent[0],
        Remark(
            message="the notebook's figure has no alternative text"
            if drawn == 1
            else f"{count} of the notebook's {drawn} figures have no alternative text",
            help='for MyST-NB add {"mystnb": {"image": {"alt": "…"}}} to the cell; for nbsphinx draw with '
            "show_with_alt, which works everywhere",
        ),
    )
