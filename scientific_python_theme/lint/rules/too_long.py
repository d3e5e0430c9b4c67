"""ALT009: the alternative is longer than one would listen to."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Severity
from ..options import current
from . import Remark, rule


@rule(
    "ALT009",
    "too-long",
    severity=Severity.INFO,
    default=False,
    source="Guidance of screen readers; research on charts favours length (Lundgard and Satyanarayan 2022)",
)
def check(image: Image) -> Iterator[Remark]:
    """The alternative text is long.

    An alternative is read in one go, without headings or lists. Details of a chart are welcome, but better in
    the text or caption, where everybody has them. The limit is the setting ``max-length`` (250 characters, 0
    for none); formulas are left alone.

    Bad:
        <img src="a.png" alt="Line chart of temperature against time. It rises from ten degrees in the first
        hour to twelve in the second, thirteen in the third, fifteen in the fourth, eighteen in the fifth,
        twenty in the sixth, twenty-one in the seventh, and falls to nine degrees during the night that
        follows.">

    Good:
        <img src="a.png" alt="Line chart: temperature rises through the day and falls at night (table below)">

    """
    limit = current().max_length
    length = len((image.text or "").strip())
    if limit and length > limit and image.exposed and not image.facts.get("math"):
        yield Remark(
            message=f"alternative text has {length} characters, more than {limit}",
            help="keep the gist here and move the details to the text or caption",
        )
