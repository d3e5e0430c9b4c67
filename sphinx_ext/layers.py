"""Put a style sheet of somebody else into a cascade layer, so that ours can follow it.

Rules in a layer lose to rules outside one, whatever their specificity. The theme's shared
sheets are layered; the parent theme's and other extensions' are not, and would always win.
Wrapping those in one layer keeps the order among them and lets ours win over them, while
the project's own sheets stay outside any layer and win over everything, as before.

Declarations marked ``!important`` turn the order of layers round: they are left outside,
where a project's own ``!important`` meets them on the old terms.
"""

from __future__ import annotations

import re

LAYER = "vendor"
MARK = f"@layer {LAYER}{{"

# What may hold a brace or a semicolon that is no syntax.
_TOKEN = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^\"')]*\)|\\.|[{};]", re.DOTALL)
_HEAD = re.compile(r"\s*@(charset|import|namespace)\b")
_GROUP = re.compile(r"\s*@(media|supports|container|layer|scope|starting-style)\b")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def wrap(css: str) -> str:
    """Move a sheet into the layer, but for what is marked important.

    Parameters
    ----------
    css : str
        Text of a style sheet. Text that is already wrapped comes back as it is.

    Returns
    -------
    str
        The sheet as ``@layer vendor{…}``, its imports before and its important
        declarations after it.
    """
    if MARK in css[:4000]:
        return css
    head, rules = [], []
    for prelude, body in _statements(css):
        if body is None and _HEAD.match(_COMMENT.sub("", prelude)):
            head.append(_import(prelude))
        else:
            rules.append((prelude, body))
    normal, important = _split(rules)
    return f"{''.join(head)}{MARK}{normal}}}{important}"


def _import(prelude: str) -> str:
    text = _COMMENT.sub("", prelude).strip()
    if text.startswith("@charset"):
        return ""  # Sphinx writes UTF-8, which is what a browser takes a sheet for
    # A sheet beside this one is wrapped itself; one from elsewhere is put into the layer here.
    if re.match(r"@import\s*(url\()?\s*[\"']?(https?:)?//", text) and "layer" not in text:
        text = re.sub(
            r"^(@import\s*(?:url\([^)]*\)|\"[^\"]*\"|'[^']*'))", rf"\1 layer({LAYER})", text, count=1
        )
    return text + ";"


def _statements(css: str) -> list[tuple[str, str | None]]:
    """Split into (prelude, body); the body of a declaration or a blockless at-rule is None."""
    found: list[tuple[str, str | None]] = []
    start, depth, opened = 0, 0, 0
    for token in _TOKEN.finditer(css):
        match token[0]:
            case "{":
                depth += 1
                if depth == 1:
                    opened = token.start()
            case "}" if depth:
                depth -= 1
                if not depth:
                    found.append((css[start:opened], css[opened + 1 : token.start()]))
                    start = token.end()
            case "}":
                start = token.end()  # a stray one, which browsers skip too
            case ";" if not depth:
                found.append((css[start : token.start()], None))
                start = token.end()
    if depth:  # cut off: a browser closes what is open at the end
        found.append((css[start:opened], css[opened + 1 :]))
    elif _COMMENT.sub("", css[start:]).strip():
        found.append((css[start:], None))
    return found


def _split(rules: list[tuple[str, str | None]]) -> tuple[str, str]:
    normal: list[str] = []
    important: list[str] = []
    for prelude, body in rules:
        if body is None:
            (important if "!important" in prelude else normal).append(prelude + ";")
        elif "important" not in body or not (_GROUP.match(_COMMENT.sub("", prelude)) or _is_style(prelude)):
            normal.append(f"{prelude}{{{body}}}")
        else:
            group = _GROUP.match(_COMMENT.sub("", prelude))
            inner, marked = _split(_statements(body)) if group else _declarations(body)
            normal.append(f"{prelude}{{{inner}}}" if inner.strip() else "")
            important.append(f"{prelude}{{{marked}}}" if marked.strip() else "")
    return "".join(normal), "".join(important)


def _declarations(body: str) -> tuple[str, str]:
    normal: list[str] = []
    important: list[str] = []
    for prelude, nested in _statements(body):
        if nested is None:
            marked = re.search(r"!\s*important\s*$", _COMMENT.sub("", prelude), re.IGNORECASE)
            (important if marked else normal).append(prelude + ";")
        else:
            inner, outer = _declarations(nested)
            normal.append(f"{prelude}{{{inner}}}" if inner.strip() else "")
            important.append(f"{prelude}{{{outer}}}" if outer.strip() else "")
    return "".join(normal), "".join(important)


def _is_style(prelude: str) -> bool:
    return not _COMMENT.sub("", prelude).lstrip().startswith("@")
