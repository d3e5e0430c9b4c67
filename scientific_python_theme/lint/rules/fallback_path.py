"""ALT002: a path stands where the alternative should be."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Kind, Severity
from ..wording import addresses, is_path, shown
from . import Remark, rule

_WHERE = {
    "sphinx": "in the source, give the image directive an :alt: line",
    "plot_directive": "in the source, give the plot directive an :alt: line",
    "notebook": "in the notebook, describe the cell's figure: for MyST-NB in the metadata mystnb.image.alt, "
    "for nbsphinx by drawing it with show_with_alt",
    "sphinx-gallery": "give the figure a title, or set its alternative in the example",
}


@rule(
    "ALT002",
    "fallback-path",
    severity=Severity.ERROR,
    undescribed=True,
    source="WCAG 2.2 SC 1.1.1, failure F30; ACT rule 9eb3f6",
)
def check(image: Image) -> Iterator[Remark]:
    """The path of the image stands as its alternative text.

    Sphinx and docutils write the path where the author gave no alternative. Checkers of HTML see a text and
    are content; a screen reader reads "underscore images slash fig underscore three dot png".

    Bad: ``<img src="_images/fig_3.png" alt="_images/fig_3.png">``
    Bad: ``<img src="/static/fig.1a2b3c.png" alt="../images/fig.png">``
    Good: ``<img src="_images/fig_3.png" alt="Histogram of residuals, centred on zero">``
    """
    text = image.text
    if (
        not text
        or not text.strip()
        or not image.exposed
        or image.decorative
        or image.kind in (Kind.AREA, Kind.LINK)
    ):
        return
    if image.facts.get("download"):
        return  # the link names the file it offers
    if is_path(text, addresses(image)):
        yield Remark(
            message=f"alternative text is the path {shown(text)}",
            help=_WHERE.get(image.generator, "write what the image shows"),
            place=image.alt_place if image.format != "html" else None,
        )
