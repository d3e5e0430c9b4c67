"""Full-text search over a real Pagefind index."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from support import need

from scientific_python_theme.hugo import pagefind

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("features")]
# Pagefind's index is WebAssembly, so its pages need one more word in their policy.
POLICY = {"Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"}


@pytest.fixture(scope="session")
def indexed(once: Any, site: Path) -> Path:
    need(find_spec("pagefind"), "no Pagefind: pip install 'pagefind[bin]'")

    def build(folder: Path) -> None:
        shutil.copytree(site / "project", folder / "project")
        for number in range(12):  # more than are fetched at once
            shutil.copytree(folder / "project" / "docs" / "math", folder / "project" / "many" / str(number))
        subprocess.run(pagefind(folder / "project"), check=True, capture_output=True)

    return Path(once("features-indexed", build))


@pytest.fixture
def dialog(page: Any, serve: Any, indexed: Path) -> Any:
    address = serve(indexed, POLICY)
    page.asked, page.problems = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("response", lambda r: page.problems.append(r.url) if r.status >= 400 else None)
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.goto(f"{address}project/docs/math/")
    yield page.locator("dialog.sp-search")
    assert page.problems == []
    assert page.outside == []


def results(page: Any) -> list[str]:
    page.locator("[role=option]").first.wait_for()
    return page.locator(".sp-search-title").all_inner_texts()


def test_a_formula_is_found_by_its_source_and_shown_once(indexed: Path) -> None:
    kept = [gzip.decompress(file.read_bytes()).decode() for file in indexed.rglob("*.pf_fragment")]
    (page,) = (text for text in kept if '"url":"/docs/math/"' in text)
    assert "Energy is $E = mc^2$, the sum" in page
    assert page.count("mc^2") == 1


def test_nothing_of_search_is_loaded_before_it_is_used(page: Any, dialog: Any) -> None:
    assert not [url for url in page.asked if "pagefind" in url or "/search." in url]
    page.locator(".sp-search-button").click()
    page.keyboard.type("zooplankton")
    results(page)
    assert [url for url in page.asked if "/project/pagefind/" in url]
    assert len([url for url in page.asked if "/css/search." in url]) == 1
    assert dialog.evaluate("e => getComputedStyle(e).opacity") == "1"
    assert dialog.evaluate("e => getComputedStyle(e).padding") == "0px", "dressed by its own sheet"


def test_search_by_keyboard_alone(page: Any, dialog: Any) -> None:
    page.locator("main").focus()
    page.keyboard.press("Control+k")
    box = dialog.locator("[role=combobox]")
    assert box.evaluate("e => e === document.activeElement")
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.type("zooplankton")
    found = results(page)
    assert found[0] == "First & foremost"
    assert "First & foremost › Drifting" in found
    assert box.get_attribute("aria-expanded") == "true"
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}[aria-selected=true]").count() == 1
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") != active
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == active
    assert "Results: 2" in dialog.locator("[role=status]").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/project/docs/guide/first/**")


def test_enter_opens_what_was_typed_last(page: Any, dialog: Any) -> None:
    page.locator(".sp-search-button").click()
    page.keyboard.type("tide")
    other = results(page)[0]
    page.keyboard.press("Control+a")
    page.keyboard.type("zooplankton")
    page.keyboard.press("Enter")
    page.wait_for_url("**/project/docs/guide/first/**")
    assert other != "First & foremost"


def test_an_answer_that_comes_after_escape_leads_nowhere(page: Any, dialog: Any) -> None:
    held: list[Any] = []
    page.route("**/fragment/*", lambda route: held.append(route))
    page.locator(".sp-search-button").click()
    page.keyboard.type("zooplankton")
    with page.expect_request("**/fragment/*"):
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    before = page.url
    for route in held:
        route.continue_()
    page.locator("[role=option]").first.wait_for(state="attached")
    assert page.url == before
    assert not dialog.is_visible()


def test_every_result_can_be_reached(page: Any, dialog: Any) -> None:
    page.locator(".sp-search-button").click()
    page.keyboard.type("formulas")
    results(page)
    status = dialog.locator("[role=status]")
    shown = page.locator("[role=option]").count()
    assert status.inner_text() == f"Results: {shown}+"
    for _ in range(200):
        page.keyboard.press("ArrowDown")
        if not status.inner_text().endswith("+"):
            break
        page.wait_for_timeout(20)
    everything = page.locator("[role=option]").count()
    assert everything > shown
    assert status.inner_text() == f"Results: {everything}"
    ids = page.locator("[role=option]").evaluate_all("all => all.map((one) => one.id)")
    assert len(set(ids)) == everything


def test_escape_closes_and_gives_the_focus_back(page: Any, dialog: Any) -> None:
    button = page.locator(".sp-search-button")
    button.focus()
    page.keyboard.press("Enter")
    assert dialog.is_visible()
    page.keyboard.type("tide")
    results(page)
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert button.evaluate("e => e === document.activeElement")


def test_no_result_is_said_in_a_sentence(page: Any, dialog: Any) -> None:
    page.locator(".sp-search-button").click()
    page.keyboard.type("qqqqzzzz")
    page.locator("[role=status]", has_text="Nothing found").wait_for()
    assert page.locator("[role=option]").count() == 0


def test_the_language_of_the_page_is_searched_and_spoken(page: Any, dialog: Any) -> None:
    page.goto(page.url.replace("/project/docs/math/", "/project/ar/docs/install/"))
    page.locator(".sp-search-button").click()
    page.keyboard.type("محتوى")
    assert all(
        "/project/ar/" in str(link.get_attribute("href")) for link in page.locator("[role=option]").all()
    )
    assert results(page)
    assert page.locator("dialog [role=status]").inner_text().startswith("النتائج")


def test_the_dialog_has_no_violation(page: Any, dialog: Any, axe: Any) -> None:
    page.context.add_init_script("")
    page.locator(".sp-search-button").click()
    page.keyboard.type("zooplankton")
    results(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert [(v["id"], v["nodes"][0]["html"]) for v in axe(page, "dialog.sp-search")] == []


def test_forced_colours_show_what_is_chosen_and_what_was_found(page: Any, dialog: Any) -> None:
    page.emulate_media(forced_colors="active")
    page.locator(".sp-search-button").click()
    page.keyboard.type("zooplankton")
    results(page)
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    mark = chosen.locator("mark").first
    assert mark.evaluate("e => getComputedStyle(e).color === getComputedStyle(e.parentElement).color")


def test_without_an_index_the_dialog_says_so(page: Any, serve: Any, site: Path) -> None:
    address = serve(site, POLICY)
    failed: list[str] = []
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    page.goto(f"{address}project/docs/")
    assert failed == []  # a page nobody searches asks for nothing that may be missing
    page.locator(".sp-search-button").click()
    page.locator("[role=status]", has_text="Search is not available here").wait_for()
