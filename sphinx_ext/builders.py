"""Which builders print what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def prints_a_site(app: Sphinx) -> bool:
    """Whether the pages are a website's: those of books and help files have other themes and no bars."""
    return app.builder.format == "html" and not getattr(app.builder, "embedded", False)
