"""ALT023: the alternative of a plot does not say what kind of chart it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Image, Severity
from ..wording import addresses, is_file_name, is_path, is_placeholder
from . import Remark, rule

_CHART = re.compile(
    r"\b(?:line|bar|scatter|pie|box|violin|area|contour|quiver|stem|polar|surface|hex(?:bin)?|step|strip|swarm|rug|joint|pair)"
    r"[ -]?(?:plot|chart|graph|diagram)s?\b"
    r"|\b(?:histogram|heat ?map|spectrogram|scatter|boxplot|barplot|countplot|kde|"
    r"dendrogram|tree|map|curve|curves|matrix|grid|network|graph|chart|plot|line|lines|bars|points|image|photograph|"
    r"diagram|table|contours?|density|surface|panels?|subplots?|screenshot|animation)\b",
    re.IGNORECASE,
)


@rule(
    "ALT023",
    "chart-depth",
    severity=Severity.INFO,
    default=False,
    source="Lundgard and Satyanarayan 2022, four levels of semantic content; ACT rule qt1vmo",
)
def check(image: Image) -> Iterator[Remark]:
    """The alternative text of a plot does not say what kind of chart it is.

    Readers who cannot see a chart value most what it shows: trends and comparisons. The kind of chart and the
    variables come first, since they tell how to listen: "Line chart of temperature against time; it rises
    through the day". This rule can only look for the kind of chart.

    Bad: ``<img class="plot-directive" src="a.png" alt="Result of the example">``
    Good:
        <img class="plot-directive" src="a.png" alt="Line chart of error against iteration; it falls fast">

    """
    text = (image.text or "").strip()
    if not text or not image.exposed or image.facts.get("thumbnail"):
        return
    if not image.made_by_code:
        return
    if is_path(text, addresses(image)) or is_file_name(text, addresses(image)) or is_placeholder(text):
        return  # said by other rules
    if not _CHART.search(text):
        yield Remark(
            message="alternative text of a plot does not say what kind of chart it is",
            help="begin with the kind: KIND of Y against X; then what it shows",
        )
