"""ALT019: a name is looked for where there is none."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Image, Severity
from . import Remark, rule


@rule(
    "ALT019",
    "bad-idref",
    severity=Severity.ERROR,
    source="WCAG 2.2 SC 1.1.1 and 4.1.2; accessible name computation 1.2; ACT rule 23a2a8",
)
def check(image: Image) -> Iterator[Remark]:
    """``aria-labelledby`` or ``aria-describedby`` leads nowhere.

    The id is misspelt, or the text has moved: the name or description that somebody wrote is lost.

    Bad: ``<img src="a.png" aria-labelledby="cap"><p id="caption">Fitted curve</p>``
    Good: ``<img src="a.png" aria-labelledby="caption"><p id="caption">Fitted curve</p>``
    """
    if image.exposed and image.missing_ids:
        ids = ", ".join(image.missing_ids[:5])
        yield Remark(
            message=f"nothing is named by the id {ids}",
            help='give the text that id, or use alt="…" or aria-label="…"',
        )
