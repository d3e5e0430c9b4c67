"""ALT011: markup is read out as part of the alternative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Image, Severity
from ..wording import shown
from . import Remark, rule

# Spans are bounded, so that no input makes a search slow.
_MARKUP = (
    ("a literal", re.compile(r"``[^`]{1,200}``")),
    ("a role", re.compile(r"(?<![\w:]):[a-z][\w+.-]{0,40}(?::[\w+.-]{1,40})?:`[^`]{1,200}`")),
    (
        "LaTeX",
        re.compile(r"\$(?=[^$\n]{0,200}\$)(?:[^$\n\\_^]{0,200})(?:\\[A-Za-z]|[_^]\{?\w)[^$\n]{0,200}\$"),
    ),
    ("LaTeX", re.compile(r"\\(?:frac|sqrt|sum|int|alpha|beta|mathbf|mathrm|left)\b|\\\(.{1,200}?\\\)")),
    ("a character reference", re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});", re.IGNORECASE)),
    (
        "HTML",
        re.compile(r"</(?:a|b|i|em|strong|code|span|p|su[bp]|div)>|<(?:br|img)\b[^>]{0,200}>", re.IGNORECASE),
    ),
    ("bold text", re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,80}(?<=[^\s*])\*\*(?![\w*])")),
    ("a Markdown link", re.compile(r"(?<!\w)\[[^\[\]\n]{1,200}\]\((?:https?:|\.{0,2}/|#)[^()\s]{0,200}\)")),
    ("a substitution", re.compile(r"(?<![\w|])\|[A-Za-z][\w-]{1,40}\|(?![\w|])")),
)


@rule(
    "ALT011",
    "markup-in-alt",
    severity=Severity.WARNING,
    source="WCAG 2.2 SC 1.1.1: an alternative is plain text",
)
def check(image: Image) -> Iterator[Remark]:
    r"""The alternative text holds markup.

    An alternative is plain text: backticks, dollar signs and backslashes are read out or swallowed. Say it in
    words: "alpha" instead of ``$\alpha$``. Formulas that Sphinx turned into images keep their LaTeX.

    Bad: ``<img src="a.png" alt="Output of ``numpy.sort``">``
    Bad: ``<img src="a.png" alt="Fit for $\alpha = 1$">``
    Good: ``<img src="a.png" alt="Fit for alpha = 1">``
    """
    text = image.text or ""
    if not text or not image.exposed or image.facts.get("math") or image.generator in ("imgmath", "graphviz"):
        return
    for what, pattern in _MARKUP:
        match = pattern.search(text)
        if match:
            yield Remark(
                message=f"alternative text holds {what}: {shown(match[0], 40)}",
                help="write it in plain words",
            )
            return
