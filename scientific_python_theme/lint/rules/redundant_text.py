"""ALT007: the alternative repeats what stands beside the image."""

from __future__ import annotations

from collections.abc import Iterator

from ..mend import new_alternative
from ..model import Image, Kind, Severity
from ..wording import shown, words_of
from . import Remark, rule


@rule(
    "ALT007",
    "redundant-text",
    severity=Severity.WARNING,
    source="WCAG 2.2 technique H2; axe-core rule image-redundant-alt",
)
def check(image: Image) -> Iterator[Remark]:
    """The alternative text repeats the text beside the image.

    A screen reader says the same thing twice. In a link or button that has the text already, ``alt=""`` is
    right; beside a caption, say what the picture shows and leave the rest to the caption. Thumbnails of an
    example gallery, which repeat the title by design, are not reported.

    Bad: ``<a href="/docs"><img src="book.svg" alt="Documentation"> Documentation</a>``
    Bad: ``<figure><img src="a.png" alt="Fitted curve"><figcaption>Fitted curve</figcaption></figure>``
    Good: ``<a href="/docs"><img src="book.svg" alt=""> Documentation</a>``
    """
    text = words_of(image.text or "")
    if not text or not image.exposed or image.decorative or image.facts.get("thumbnail"):
        return
    if image.kind not in (Kind.IMAGE, Kind.OUTPUT, Kind.ROLE_IMG):
        return
    around = image.around
    if around.container in ("link", "button") and text == words_of(around.container_text):
        yield Remark(
            message=f"alternative text {shown(image.text or '')} repeats the text of the {around.container}",
            help='use alt="": the text beside it says it already',
            fix=new_alternative(image, "", "Leave the words to the text beside the image"),
        )
    elif text == words_of(around.caption):
        yield Remark(
            message=f"alternative text repeats the caption {shown(around.caption)}",
            help="say what the picture shows; readers hear the caption too",
        )
    elif text == words_of(around.adjacent):
        yield Remark(
            message=f"alternative text {shown(image.text or '')} repeats the text beside the image",
            help="say what the text does not, or mark the image as decoration",
        )
