"""Pages in the browser: no accessibility violation, no sideways scrolling, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("styling")]


@pytest.fixture(scope="module")
def addresses(hugo_page: Callable[..., str], sphinx_page: Callable[..., str]) -> dict[str, str]:
    sphinx = sphinx_page()
    return {"hugo": hugo_page(), "sphinx": sphinx, "api": sphinx.replace("index", "api")}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("which", ["hugo", "sphinx", "api"])
def test_no_accessibility_violation(
    page: Any, axe: Any, addresses: dict[str, str], which: str, width: int, scheme: str
) -> None:
    """axe-core finds nothing, contrast included, and nothing was asked of another machine."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(addresses[which])
    found = [
        f"{violation['id']}: {node['html'][:160]}" for violation in axe(page) for node in violation["nodes"]
    ]
    assert not found, "\n".join(found)
    assert not page.outside


@pytest.mark.parametrize("which", ["hugo", "sphinx", "api"])
def test_nothing_is_wider_than_320_pixels(page: Any, addresses: dict[str, str], which: str) -> None:
    """WCAG 2.2 SC 1.4.10: no scrolling in two directions at 320 px (or 1280 px at 400 %)."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(addresses[which])
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= 320 ? [] : [...document.querySelectorAll("body *")]
             .filter((e) => e.getBoundingClientRect().right > 321)
             .map((e) => `${e.localName}.${e.className}`)"""
    )
    assert not wide


@pytest.mark.parametrize("which", ["hugo", "sphinx"])
def test_targets_are_large_enough(page: Any, addresses: dict[str, str], which: str) -> None:
    """WCAG 2.2 SC 2.5.8: what is pressed in the bars is at least 24 by 24 px."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(addresses[which])
    small = page.evaluate(
        """() => [...document.querySelectorAll(":is(.sp-ecosystem, header, aside, .sp-tree, #shortcuts, footer) "
             + ":is(a, button, summary)")]
             .map((e) => [e, e.getBoundingClientRect()])
             .filter(([e, box]) => e.checkVisibility() && box.width && (box.width < 24 || box.height < 24)
               && !e.closest("p, .footnote"))
             .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""
    )
    assert not small


def test_the_projects_own_sheet_wins(
    page: Any, sphinx_build: Callable[..., Any], serve: Callable[..., str], tmp_path: Any
) -> None:
    """A plain rule in html_css_files beats the theme and the parent, important ones on the old terms."""
    source = tmp_path / "docs"
    (source / "_static").mkdir(parents=True)
    (source / "_static" / "own.css").write_text(
        "h1 { color: rgb(1, 2, 3) } div.admonition { box-shadow: 0 0 1px red !important }"
        " .sd-card { border-radius: 1px }",
        "utf-8",
    )
    (source / "conf.py").write_text(
        'extensions = ["scientific_python_theme", "sphinx_design"]\n'
        'html_static_path = ["_static"]\nhtml_css_files = ["own.css"]\n',
        "utf-8",
    )
    (source / "index.rst").write_text(
        "Own\n===\n\n.. note:: Words.\n\n.. card:: Title\n\n   Body.\n", "utf-8"
    )
    sphinx_build(source, tmp_path / "html", "-q")
    page.goto(serve(tmp_path / "html") + "index.html")
    values = page.evaluate(
        """[["h1", "color"], [".admonition", "box-shadow"], [".sd-card", "border-top-left-radius"]]
             .map(([s, p]) => getComputedStyle(document.querySelector(s)).getPropertyValue(p))"""
    )
    assert values == ["rgb(1, 2, 3)", "rgb(255, 0, 0) 0px 0px 1px 0px", "1px"]
    assert "@layer" not in (tmp_path / "html" / "_static" / "own.css").read_text("utf-8")


@pytest.mark.parametrize("theme", ["alabaster", "pydata_sphinx_theme"])
def test_another_theme_is_left_alone(sphinx_build: Callable[..., Any], tmp_path: Any, theme: str) -> None:
    """With another theme chosen no sheet is added and none is changed."""
    (tmp_path / "conf.py").write_text(
        f'extensions = ["scientific_python_theme"]\nhtml_theme = "{theme}"\n', "utf-8"
    )
    (tmp_path / "index.rst").write_text("Own\n===\n", "utf-8")
    sphinx_build(tmp_path, tmp_path / "html", "-q")
    html = (tmp_path / "html" / "index.html").read_text("utf-8")
    assert "scientific-python-theme.css" not in html
    assert not [
        file
        for file in (tmp_path / "html" / "_static").rglob("*.css")
        if "@layer vendor{" in file.read_text("utf-8")
    ]


def test_the_theme_alone_says_what_is_missing(sphinx_build: Callable[..., Any], tmp_path: Any) -> None:
    """html_theme without the extension: the look is there, and a warning tells the one line to add."""
    (tmp_path / "conf.py").write_text('html_theme = "scientific_python_theme"\n', "utf-8")
    (tmp_path / "index.rst").write_text("Own\n===\n", "utf-8")
    done = sphinx_build(tmp_path, tmp_path / "html", "-q")
    assert 'extensions = ["scientific_python_theme"]' in done.stderr
    assert "[scientific_python.theme_only]" in done.stderr
    assert "scientific-python-theme.css" in (tmp_path / "html" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("which", ["hugo", "sphinx"])
def test_more_contrast_is_given_to_those_who_ask(page: Any, addresses: dict[str, str], which: str) -> None:
    """``prefers-contrast: more``: quiet words are as dark as others, and lines can be seen."""
    page.goto(addresses[which])
    colours = """() => ["figcaption", "body"].map((s) => getComputedStyle(document.querySelector(s)).color)"""
    card = page.locator(".sd-card:not(.sd-dropdown)").first
    quiet, text = page.evaluate(colours)
    line = card.evaluate("(e) => getComputedStyle(e).borderTopColor")
    page.emulate_media(contrast="more")
    assert quiet != text
    assert page.evaluate(colours) == [text, text]
    assert card.evaluate("(e) => getComputedStyle(e).borderTopColor") != line


@pytest.mark.parametrize("which", ["hugo", "sphinx"])
def test_the_chosen_tab_shows_in_forced_colours(page: Any, addresses: dict[str, str], which: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(addresses[which])
    names = {"hugo": ("[role=tab][aria-selected=true]", "[role=tab][aria-selected=false]"),
             "sphinx": (".sd-tab-set > :checked + label", ".sd-tab-set > :not(:checked) + label")}  # fmt: skip
    chosen, other = (
        page.locator(name).first.evaluate("(e) => getComputedStyle(e).borderBottomColor")
        for name in names[which]
    )
    assert other == page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    assert chosen != other


def test_on_paper_sphinx_pages_are_light_and_whole(page: Any, addresses: dict[str, str]) -> None:
    page.goto(addresses["sphinx"])
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    light = "() => getComputedStyle(document.body).color"
    dark = page.evaluate(light)
    hidden = """() => [...document.querySelectorAll("article :is(.sd-tab-content, .sd-summary-content) > *")]
        .filter((e) => !e.checkVisibility({ contentVisibilityAuto: true })).map((e) => e.outerHTML)"""
    assert page.evaluate(hidden)
    page.emulate_media(media="print")
    assert page.evaluate(hidden) == []
    assert page.evaluate(light) != dark
    tabs = page.locator(".sd-tab-set").first
    heads = tabs.locator("> label").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().top)")
    texts = tabs.locator("> .sd-tab-content").evaluate_all(
        "(all) => all.map((e) => e.getBoundingClientRect().top)"
    )
    assert sorted([*heads, *texts]) == [top for pair in zip(heads, texts, strict=True) for top in pair]


def test_what_has_the_focus_in_sphinx_pages_can_be_seen(page: Any, addresses: dict[str, str]) -> None:
    page.goto(addresses["sphinx"])
    page.keyboard.press("Tab")  # from here on the keyboard is in use
    link = page.locator(".sd-stretched-link").first
    link.focus()
    card = page.locator(".sd-card:has(.sd-stretched-link)").first
    assert card.evaluate("(e) => getComputedStyle(e).outlineWidth") == "2px"
    anchor = page.locator("h2 a.headerlink").first
    anchor.focus()
    assert anchor.evaluate("(e) => e === document.activeElement")
    assert anchor.evaluate("(e) => getComputedStyle(e).opacity") == "1"


def test_a_title_keeps_away_from_the_bar(page: Any, addresses: dict[str, str]) -> None:
    """Also where there are no breadcrumbs."""
    page.goto(addresses["sphinx"])
    assert not page.locator(".bd-breadcrumbs").count()
    gap = page.evaluate(
        """() => document.querySelector("h1").getBoundingClientRect().top
             - document.querySelector(".bd-header").getBoundingClientRect().bottom"""
    )
    assert gap >= 24
