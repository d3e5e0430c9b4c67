"""ALT014: an embedded picture has no name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Image, Kind, Severity
from . import Remark, rule

_KINDS = frozenset({Kind.OBJECT, Kind.EMBED, Kind.IFRAME})
_DOT = re.compile(r"(?:strict\s+)?(?:di)?graph\b[^{]*\{", re.IGNORECASE)


@rule(
    "ALT014",
    "object-embed",
    severity=Severity.ERROR,
    undescribed=True,
    source="WCAG 2.2 SC 1.1.1; ACT rule 8fc3b6; axe-core rule object-alt",
)
def check(image: Image) -> Iterator[Remark]:
    """An embedded picture, sound or film has no name.

    ``<object>``, ``<embed>`` and ``<iframe>`` take their name from ``title``, ``aria-label`` or
    ``aria-labelledby``. What stands inside ``<object>`` is read only where the resource does not load. Sphinx
    writes ``<object>`` for graphs and inheritance diagrams with ``graphviz_output_format = "svg"``.

    With a text inside, this is a warning.

    Bad: ``<object data="flow.svg" type="image/svg+xml"></object>``
    Good: ``<object data="flow.svg" type="image/svg+xml" title="Data flows from reader to plot"></object>``
    """
    if image.kind not in _KINDS or not image.exposed or image.decorative or (image.text or "").strip():
        return
    fallback = str(image.facts.get("fallback") or "").strip()
    what = {"media": "sound or film"}.get(str(image.facts.get("resource")), "picture")
    severity = Severity.WARNING if fallback and not _DOT.match(fallback) else None
    help_ = f'add title="…" or aria-label="…" to the <{image.element}>'
    if image.generator in ("graphviz", "inheritance-diagram"):
        help_ = 'Sphinx names no SVG graph: use graphviz_output_format = "png" with :alt:, or describe it'
    yield Remark(message=f"embedded {what} has no name", help=help_, severity=severity)
