"""Blocks that MkDocs adds to Markdown: admonitions, details and tabs, whose text is indented below them."""

from __future__ import annotations

import re
from typing import Any

# As `markdown.extensions.admonition`, `pymdownx.details` and `pymdownx.tabbed` write it.
_TYPE, _TITLE = r"[\w-]+(?: +[\w-]+)*", r'"[^\n]*"'
HEAD = re.compile(
    rf"(?:!!! ?{_TYPE}(?: +{_TITLE})?|\?\?\?\+? ?(?:(?:{_TYPE})? +{_TITLE}|{_TYPE})|===[!+]* +{_TITLE}) *$",
    re.MULTILINE,
)
INDENT = 4


def blocks(parser: Any) -> None:
    """Teach a markdown-it parser these blocks."""
    ends = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "mkdocs_block", _block, ends)


def _block(state: Any, first: int, end: int, silent: bool) -> bool:
    start, stop = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    if state.src[start : start + 3] not in ("!!!", "???", "===") or state.is_code_block(first):
        return False
    if not HEAD.fullmatch(state.src, start, stop):
        return False
    if silent:
        return True
    inside = state.sCount[first] + INDENT
    last = first + 1
    while last < end and (state.isEmpty(last) or state.sCount[last] >= inside):
        last += 1
    token = state.push("mkdocs_block_open", "div", 1)
    token.map = [first, last]
    if title := state.src[start:stop].partition('"')[2].rpartition('"')[0]:
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = title, [first, first + 1], []
    before = state.parentType, state.blkIndent, state.lineMax
    state.parentType, state.blkIndent, state.lineMax = "blockquote", inside, last
    state.md.block.tokenize(state, first + 1, last)
    state.parentType, state.blkIndent, state.lineMax = before
    state.push("mkdocs_block_close", "div", -1)
    state.line = last
    return True
