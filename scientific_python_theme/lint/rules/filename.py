"""ALT003: the alternative is a file name."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Kind, Severity
from ..wording import addresses, is_file_name, is_path, is_placeholder, is_stem, shown
from . import Remark, rule


@rule(
    "ALT003",
    "filename",
    severity=Severity.ERROR,
    undescribed=True,
    source="WCAG 2.2 SC 1.1.1, failure F30; ACT rule 9eb3f6",
)
def check(image: Image) -> Iterator[Remark]:
    """The alternative text is a file name.

    A screen reader says "fig underscore three dot png" and the reader has learned nothing. Say what the
    picture shows. The name is right only where the image offers the file for download.

    A name without its ending is reported as a mere note, and only if it holds what no word holds: ``fig_03``.

    Bad: ``<img src="img/x.png" alt="fig_3.png">``
    Bad: ``<img src="img/94251e110d24a4c2b6e6ce76e7203374.png" alt="94251e110d24a4c2b6e6ce76e7203374">``
    Good: ``<img src="img/fig_3.png" alt="Histogram of residuals, centred on zero">``
    Good: ``<a href="fig_3.png" download>Get <img src="fig_3.png" alt="fig_3.png"></a>``
    """
    text = (image.text or "").strip()
    if not text or not image.exposed or image.decorative or image.kind in (Kind.AREA, Kind.LINK):
        return
    urls = addresses(image)
    if image.facts.get("download") or image.facts.get("math") or is_path(text, urls):
        return
    if is_file_name(text, urls):
        yield Remark(
            message=f"alternative text is the file name {shown(text)}", help="write what the image shows"
        )
    elif is_stem(text, urls) and not is_placeholder(text):
        yield Remark(
            message=f"alternative text is the file's name without its ending, {shown(text)}",
            help="write what the image shows",
            severity=Severity.INFO,
        )
