"""Choose pages of a folder: the same ones in each run, on request with a given average size."""

from __future__ import annotations

import random
from pathlib import Path


def sample(folder: Path, count: int, average: float = 0.0) -> list[Path]:
    """Choose built pages.

    Parameters
    ----------
    folder : pathlib.Path
        Searched for ``*.html``.
    count : int
        Most pages to choose; 0 for all.
    average : float
        Wanted average size in kB (1,000 bytes); 0 takes the pages as they come.

    Returns
    -------
    list of pathlib.Path
        Pages in a shuffled, repeatable order.
    """
    pages = [p for p in sorted(folder.rglob("*.html")) if p.is_file() and not p.is_symlink()]
    random.Random(1).shuffle(pages)
    count = min(count or len(pages), len(pages))
    if not average:
        return pages[:count]
    sizes = {page: page.stat().st_size / 1000 for page in pages}
    heaps = {big: [p for p in reversed(pages) if (sizes[p] > average) is big] for big in (False, True)}
    chosen: list[Path] = []
    total = 0.0
    while len(chosen) < count and heaps[total < average * len(chosen)]:
        page = heaps[total < average * len(chosen)].pop()
        chosen.append(page)
        total += sizes[page]
    return chosen
