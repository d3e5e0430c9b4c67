"""A component looks the same in a Hugo page and in a Sphinx page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import match
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("styling")]


@pytest.fixture(scope="module")
def measured(
    browser: Any, hugo_page: Callable[..., str], sphinx_page: Callable[..., str]
) -> Callable[..., Any]:
    addresses = [hugo_page(), sphinx_page()]
    known: dict[tuple[str, int], Any] = {}

    def measure(scheme: str, width: int) -> Any:
        if (scheme, width) not in known:
            context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page = context.new_page()
            both = []
            for side, address in enumerate(addresses):
                page.goto(address)
                page.wait_for_timeout(100)
                both.append(match.styles(page, side))
            context.close()
            known[scheme, width] = both
        return known[scheme, width]

    return measure


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_has_the_same_computed_style(measured: Any, scheme: str, width: int) -> None:
    """Font, size, line height, colours, margins, padding, borders and radius are equal."""
    hugo, sphinx = measured(scheme, width)
    missing = [name for name in match.PAIRS if not (hugo[name] and sphinx[name])]
    assert not missing, f"not on both pages: {missing}"
    different = [
        f"{name}: {what} is {hugo[name][what]} in Hugo, {sphinx[name][what]} in Sphinx"
        for name in match.PAIRS
        for what in match.PROPERTIES
        if hugo[name][what] != sphinx[name][what] and (name, what) not in match.EXCEPTIONS
    ]
    assert not different, "\n".join(different)


def test_each_exception_is_still_needed(measured: Any) -> None:
    """An exception that no scheme or width needs any more has to go."""
    shots = [measured(scheme, width) for scheme in ("light", "dark") for width in (1280, 375)]
    idle = [
        key
        for key in match.EXCEPTIONS
        if all(hugo[key[0]][key[1]] == sphinx[key[0]][key[1]] for hugo, sphinx in shots)
    ]
    assert not idle


def test_the_two_schemes_differ(measured: Any) -> None:
    """The comparison sees the scheme: text and ground swap their roles."""
    light, _ = measured("light", 1280)
    dark, _ = measured("dark", 1280)
    assert light["text"]["color"] != dark["text"]["color"]
    assert light["note box"]["background-color"] != dark["note box"]["background-color"]
