"""What leads a reader on: lines of a ``_redirects`` file and pages that say where to go."""

from __future__ import annotations

import re
from pathlib import Path

from attrs import frozen

_REFRESH = re.compile(r"^\s*\d*\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)


@frozen(kw_only=True)
class Redirect:
    """One line of a ``_redirects`` file.

    Parameters
    ----------
    source : str
        Path from the root; ``*`` stands for any text.
    target : str
        Where it leads; ``:splat`` and ``:name`` as they were written.
    status : int
        Status of the answer: 3xx sends the reader on, 200 shows the target in its place.
    """

    source: str
    target: str
    status: int


def read(file: Path) -> list[Redirect]:
    """Lines of a ``_redirects`` file.

    Parameters
    ----------
    file : pathlib.Path
        The file; it may be missing.

    Returns
    -------
    list of Redirect
        Its lines, without comments, conditions and what it says about other hosts.

    References
    ----------
    Netlify's syntax, https://docs.netlify.com/routing/redirects/
    """
    if not file.is_file():
        return []
    found = []
    for line in file.read_text("utf-8", errors="replace").splitlines():
        source, *words = line.split() or [""]
        # Between source and target may stand parameters of the query: id=:id
        places = [n for n, word in enumerate(words) if word.startswith("/") or "://" in word]
        if not source.startswith("/") or not places:
            continue
        status = next((int(word[:3]) for word in words[places[0] + 1 :] if word[:3].isdecimal()), 301)
        found.append(Redirect(source=re.sub(r":\w+", "*", source), target=words[places[0]], status=status))
    return found


def refresh(content: str) -> str:
    """Address in the ``content`` of ``<meta http-equiv="refresh">``; empty if a page only reloads."""
    found = _REFRESH.match(content)
    return found[1].strip() if found else ""
