"""The parent theme's places for components of a page: options that list names of templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.config import Config

#: Options. While a page is written, its context holds each as ``theme_<option>``.
PLACES = (
    "navbar_start",
    "navbar_center",
    "navbar_persistent",
    "navbar_end",
    "article_header_start",
    "article_header_end",
    "article_footer_items",
    "content_footer_items",
    "footer_start",
    "footer_center",
    "footer_end",
    "primary_sidebar_end",
)
#: One more option, where a dictionary may give each page a list of its own.
BY_PAGE = "secondary_sidebar_items"
#: Names of its menu of versions, its edit button, and its link to a page's source.
VERSION_SWITCHER = ("version-switcher", "version-switcher.html")
EDIT_BUTTON = ("edit-this-page", "edit-this-page.html")
SOURCE_LINK = ("sourcelink", "sourcelink.html")


def names(value: Any) -> list[str]:
    """Read what stands in a place.

    Parameters
    ----------
    value : list of str, str or None
        Names of components; in a string, commas lie between them.

    Returns
    -------
    list of str
        The names.
    """
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else list(value or [])


def placed(config: Config, components: Iterable[str]) -> bool:
    """Tell whether a project has put a component in a place of its choice.

    Parameters
    ----------
    config : sphinx.config.Config
        The configuration.
    components : iterable of str
        Names the component goes by.

    Returns
    -------
    bool
        True if it stands in an option of the theme or in ``html_sidebars``, on any page.
    """
    own = config.html_theme_options if isinstance(config.html_theme_options, dict) else {}
    values = [config.html_sidebars, *(own.get(place) for place in (*PLACES, BY_PAGE))]
    lists = [part for value in values for part in (value.values() if isinstance(value, dict) else [value])]
    return not set(components).isdisjoint(name for part in lists for name in names(part))
