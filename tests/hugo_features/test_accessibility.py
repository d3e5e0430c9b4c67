"""axe-core finds nothing on any kind of page, in either scheme, on a desk or a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("features")]


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "docs/",
        "docs/install/",
        "docs/math/",
        "docs/guide/first/",
        "docs/print.html",
        "posts/",
        "posts/post1/",
        "ar/docs/install/",
        "404.html",
    ],
)
def test_no_violation(page: Any, serve: Any, axe: Any, site: Path, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{serve(site)}project/{path}")
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for violation in axe(page):
            found[scheme, violation["id"]] = [node["html"][:120] for node in violation["nodes"]][:3]
    assert found == {}


def test_no_violation_where_lists_beside_the_article_scroll(
    page: Any, serve: Any, axe: Any, site: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 200})
    page.goto(f"{serve(site)}project/docs/install/")
    for name in ("#shortcuts", ".sp-tree"):
        assert page.locator(name).evaluate("e => e.scrollHeight > e.clientHeight"), name
    assert [violation["id"] for violation in axe(page)] == []


def test_a_change_of_scheme_is_immediate(page: Any, serve: Any, site: Path) -> None:
    """Nothing fades from one scheme into the other: half-way colours cannot be read."""
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.goto(f"{serve(site)}project/404.html")
    moving = page.evaluate("""() => {
      const button = document.querySelector(".sd-btn");
      const light = getComputedStyle(button).backgroundColor;
      document.documentElement.dataset.theme = "dark";
      return [document.getAnimations().length, getComputedStyle(button).backgroundColor !== light];
    }""")
    assert moving == [0, True]
