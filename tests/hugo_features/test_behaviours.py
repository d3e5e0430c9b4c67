"""What a reader's keys and clicks do, in a real browser under a strict policy."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("features")]


def scheme(page: Any) -> tuple[str, str]:
    return tuple(
        page.evaluate(
            "[document.documentElement.dataset.theme, document.documentElement.dataset.colorscheme]"
        )
    )


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_system_decides_until_the_reader_does(page: Any, open_page: Any, until: Any, system: str) -> None:
    page.emulate_media(color_scheme=system)
    open_page("docs/")
    assert scheme(page) == (system, "auto")
    page.emulate_media(color_scheme="light" if system == "dark" else "dark")
    until(f"document.documentElement.dataset.theme != '{system}'")


def test_the_switch_steps_through_three_schemes_and_is_remembered(page: Any, open_page: Any) -> None:
    page.emulate_media(color_scheme="light")
    open_page("docs/")
    button = page.locator(".sp-scheme")
    assert button.get_attribute("aria-label") == "Colour scheme: Same as system"
    button.focus()
    page.keyboard.press("Enter")
    assert scheme(page) == ("light", "light")
    page.keyboard.press("Space")
    assert scheme(page) == ("dark", "dark")
    assert button.get_attribute("aria-label") == "Colour scheme: Dark"
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    open_page("posts/")
    assert scheme(page) == ("dark", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    # The names are those of pydata-sphinx-theme: its docs on the same host follow.
    assert page.evaluate("[localStorage.mode, localStorage.theme]") == ["dark", "dark"]
    page.locator(".sp-scheme").click()
    assert scheme(page) == ("light", "auto")


def test_a_remembered_scheme_is_there_before_the_first_paint(page: Any, open_page: Any) -> None:
    page.emulate_media(color_scheme="light")
    open_page("docs/")
    page.evaluate("localStorage.mode = 'dark'")
    page.add_init_script(
        """addEventListener('DOMContentLoaded', () => { window.early = performance.getEntriesByType('paint').length });
        new MutationObserver(() => { if (document.body && !window.atBody)
          window.atBody = document.documentElement.dataset.theme }).observe(document, {childList: true, subtree: true})"""
    )
    open_page("docs/install/")
    assert page.evaluate("window.atBody") == "dark"  # set before the body exists, so nothing was painted yet
    order = page.evaluate(
        "[...document.querySelectorAll('head script[src]:not([defer]), head link[rel=stylesheet]')].map(e => e.localName)"
    )
    assert order[0] == "script"


def test_another_tab_changes_this_one(page: Any, open_page: Any, until: Any) -> None:
    open_page("docs/")
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("localStorage.setItem('mode', 'dark')")
    until("document.documentElement.dataset.theme === 'dark'")


def test_menus_open_by_key_and_close_on_escape_outside_and_when_left(page: Any, open_page: Any) -> None:
    open_page("docs/")
    summary = page.locator(".sp-nav details.sp-menu > summary").first
    menu = page.locator(".sp-nav details.sp-menu").first
    opened = lambda: menu.evaluate("e => e.open")  # noqa: E731
    summary.focus()
    page.keyboard.press("Enter")
    assert opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Posts")
    page.keyboard.press("Escape")
    assert not opened()
    assert summary.evaluate("e => e === document.activeElement")
    page.keyboard.press("Space")
    assert opened()
    page.locator("main h1").click()
    assert not opened()
    summary.focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert not opened()
    summary.click()
    page.locator(".sp-versions > summary").click()
    assert not opened()


def test_the_drawer_is_a_button_on_a_phone_and_the_bar_on_a_desk(
    page: Any, open_page: Any, until: Any
) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    open_page("docs/install/")
    link = page.locator(".sp-nav a", has_text="Docs").first
    assert not link.is_visible()
    toggle = page.locator(".sp-drawer > summary")
    toggle.focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert not link.is_visible()
    assert toggle.evaluate("e => e === document.activeElement")
    page.set_viewport_size({"width": 1280, "height": 800})
    until("document.querySelector('.sp-drawer').open")
    assert link.is_visible()


def selected(page: Any) -> list[str]:
    return page.locator("[role=tab][aria-selected=true]").all_inner_texts()


def test_tabs_follow_the_keyboard(page: Any, open_page: Any) -> None:
    open_page("docs/install/")
    first = page.locator("[role=tablist]").first.locator("[role=tab]")
    assert [first.nth(i).get_attribute("tabindex") for i in range(3)] == ["0", "-1", "-1"]
    first.nth(0).focus()
    for key, name in [
        ("ArrowRight", "pip"),
        ("End", "Nix & co"),
        ("ArrowRight", "conda"),
        ("ArrowLeft", "Nix & co"),
        ("Home", "conda"),
    ]:
        page.keyboard.press(key)
        assert selected(page)[0] == name
        assert page.evaluate("document.activeElement.textContent.trim()") == name
    for tab in page.locator("[role=tab]").all():
        panel = page.locator(f"[id='{tab.get_attribute('aria-controls')}']")
        assert panel.get_attribute("aria-labelledby") == tab.get_attribute("id")
        assert panel.is_visible() == (tab.get_attribute("aria-selected") == "true")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_tabs_of_one_name_move_together_and_are_remembered(page: Any, open_page: Any) -> None:
    open_page("docs/install/")
    assert selected(page) == ["conda", "conda"]
    page.locator("[role=tab]", has_text="pip").nth(1).click()
    assert selected(page) == ["pip", "pip"]
    page.locator("[role=tab]", has_text="Nix").click()
    assert selected(page) == ["Nix & co", "pip"]  # the other group has no such tab
    page.reload()
    assert selected(page) == ["Nix & co", "pip"]


def test_the_chosen_tab_stays_where_the_reader_sees_it(page: Any, open_page: Any) -> None:
    open_page("docs/install/")
    tab = page.locator("[role=tab]", has_text="pip").nth(1)
    tab.scroll_into_view_if_needed()
    before = tab.bounding_box()["y"]
    tab.click()
    assert abs(tab.bounding_box()["y"] - before) < 2


def test_a_link_into_a_hidden_panel_opens_it(page: Any, open_page: Any) -> None:
    open_page("docs/install/")
    inside = page.locator("#inside-pip")
    assert not inside.is_visible()
    page.get_by_role("link", name="A link into a panel").click()
    inside.wait_for(state="visible")
    open_page("docs/install/#inside-pip")
    assert page.locator("#inside-pip").is_visible()


def test_arrows_go_with_the_direction_of_the_script(page: Any, open_page: Any) -> None:
    open_page("ar/docs/install/")
    page.locator("[role=tab]").first.focus()
    page.keyboard.press("ArrowLeft")
    assert selected(page) == ["الثاني"]


def test_a_tag_of_signs_reads_the_same_among_words_from_right_to_left(page: Any, open_page: Any) -> None:
    open_page("posts/post1/")
    places = page.locator(".post-tag").first.evaluate(
        """(tag) => {
            document.documentElement.dir = "rtl";
            tag.textContent = "#c++";
            return [...tag.textContent].map((_, at) => {
                const letter = document.createRange();
                letter.setStart(tag.firstChild, at);
                letter.setEnd(tag.firstChild, at + 1);
                return letter.getBoundingClientRect().left;
            });
        }"""
    )
    assert places == sorted(places)


@pytest.mark.parametrize(
    "heading,nth,text",
    [
        ("pip panel", 1, "pip install tidal\ntidal \\\n    --version"),
        ("numbered lines", 2, "import tidal\ntidal.test()"),
        ("session", 3, "import tidal\ntidal.height(0)"),
    ],
)
def test_copying_takes_what_one_would_type(
    page: Any, open_page: Any, until: Any, heading: str, nth: int, text: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page("docs/install/#inside-pip")
    button = page.locator("button.copy-button").nth(nth)
    assert button.inner_text() == "Copy"
    button.focus()
    page.keyboard.press("Enter")
    until("[...document.querySelectorAll('[role=status]')].some(e => e.textContent === 'Copied')")
    assert button.inner_text() == "Copied"
    assert page.evaluate("navigator.clipboard.readText()").replace("\r", "") == text
    assert button.evaluate("e => e === document.activeElement")


def test_on_this_page_marks_the_section_being_read(page: Any, open_page: Any, until: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 300})
    open_page("docs/install/")
    page.locator("#from-source").evaluate("e => e.scrollIntoView()")
    until("document.querySelector('#shortcuts a[aria-current=true]')?.textContent === 'From source'")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until("document.querySelector('#shortcuts a[aria-current=true]')?.textContent === 'Session'")
    assert page.locator("#shortcuts a[aria-current]").count() == 1


@pytest.mark.parametrize("path", ["docs/install/", "posts/post3/"])
def test_on_this_page_stands_under_the_title_or_beside_the_article(
    page: Any, open_page: Any, path: str
) -> None:
    def box(selector: str) -> dict[str, float]:
        return page.locator(selector).first.bounding_box()

    page.set_viewport_size({"width": 375, "height": 800})
    open_page(path)
    title, contents, heading = box("h1"), box("#shortcuts"), box(".content-container h2")
    assert title["y"] + title["height"] <= contents["y"]
    assert contents["y"] + contents["height"] <= heading["y"]
    page.set_viewport_size({"width": 1280, "height": 300})
    article, contents = box(".content-container h2"), box("#shortcuts")
    assert contents["x"] >= article["x"] + article["width"]
    assert contents["y"] <= box("h1")["y"]
    page.evaluate("scrollTo(0, 200)")
    assert 0 < box("#shortcuts")["y"] < 150, "it stays in view"
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0


def test_the_lines_of_a_case_distinction_begin_below_each_other(page: Any, open_page: Any) -> None:
    open_page("docs/math/")
    cells = page.locator("mtable mtr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.firstElementChild.getBoundingClientRect().left))"
    )
    assert len(cells) == 2
    for upper, lower in zip(*cells, strict=True):
        assert upper == pytest.approx(lower, abs=0.1)


def test_a_hand_written_list_is_filled(page: Any, open_page: Any) -> None:
    open_page("docs/shell/")
    assert page.locator("#shortcuts a").all_inner_texts() == ["Alpha", "Beta", "Gamma"]
    page.locator("#shortcuts a", has_text="Beta").click()
    assert page.url.endswith("#beta")


def test_a_hand_written_list_without_headings_hides(page: Any, open_page: Any) -> None:
    page.route("**/docs/shell/", lambda route: route.fulfill(
        response=(answer := route.fetch()), body=re.sub(r"<h[23].*?</h[23]>", "", answer.text())))  # fmt: skip
    open_page("docs/shell/")
    assert not page.locator("#shortcuts-container").is_visible()


def test_the_script_of_the_site_runs_as_a_classic_one(page: Any, open_page: Any) -> None:
    open_page("docs/")
    assert page.evaluate("window.ownScriptRan") is True


def test_one_list_of_versions_serves_old_and_new(page: Any, open_page: Any, until: Any) -> None:
    open_page("docs/")
    assert page.locator(".sp-versions li").count() == 3
    page.route("**/switcher.json", lambda route: route.fulfill(json=[
        {"version": "4.0", "url": "https://example.org/project/", "preferred": True, "name": "4.0 (stable)"},
        {"version": "1.9", "url": "https://example.org/project/1.9/"},
        {"version": "1.8", "url": "../1.8/"},
        {"version": "bad", "url": "javascript:alert(1)"},
    ]))  # fmt: skip
    open_page("docs/install/")
    until("document.querySelector('.sp-versions li').textContent.includes('4.0')")
    page.locator(".sp-versions > summary").click()
    assert page.locator(".sp-versions li").all_inner_texts() == ["4.0 (stable)", "1.9", "1.8"]
    # A relative address counts from the site's root, /project/.
    assert page.locator(".sp-versions a").last.evaluate("(a) => a.href") == f"{page.address}1.8/"
    assert page.locator(".sp-versions a[aria-current]").inner_text() == "1.9"
    assert "old version (1.9)" in page.locator(".sp-version-banner").inner_text()
    page.route("**/switcher.json", lambda route: route.fulfill(json=[
        {"version": "1.9", "url": "https://example.org/project/1.9/", "preferred": True},
    ]))  # fmt: skip
    open_page("docs/install/")
    until("document.querySelector('.sp-version-banner').hidden")


def test_everything_is_reached_by_tab_in_order_and_seen(page: Any, open_page: Any) -> None:
    """From the skip link to the footer: every stop is visible, named, and marked; no trap."""
    open_page("docs/install/")
    seen = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
            const box = e.getBoundingClientRect(), style = getComputedStyle(e);
            return { tag: e.localName, text: (e.getAttribute('aria-label') || e.textContent).trim().slice(0, 30),
              shown: box.width > 0 && box.height > 0 && e.checkVisibility({visibilityProperty: true}),
              ring: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none',
              named: !!(e.getAttribute('aria-label') || e.textContent.trim() || e.getAttribute('aria-labelledby')),
              path: e.outerHTML.slice(0, 120) } }"""
        )
        if stop is None:
            break
        seen.append(stop)
    else:
        pytest.fail(f"no end after 200 stops, a trap: {seen[-3:]}")
    assert seen[0]["text"].startswith("Skip")
    assert len(seen) > 20
    assert [s["path"] for s in seen if not (s["shown"] and s["named"] and s["ring"])] == []


def test_the_skip_link_leads_to_the_content(page: Any, open_page: Any) -> None:
    open_page("docs/install/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_lists_of_wide_screens_are_open_and_those_of_phones_folded(
    page: Any, open_page: Any, until: Any
) -> None:
    """Shown by style alone, a list counts as hidden for tools, and where it scrolls as out of reach of the keyboard."""
    closed = (
        "document.querySelectorAll('#shortcuts > details:not([open]), .sp-tree > details:not([open])').length"
    )
    page.set_viewport_size({"width": 1280, "height": 800})
    open_page("docs/math/")
    assert page.evaluate(closed) == 0
    page.set_viewport_size({"width": 375, "height": 800})
    until(f"{closed} === 2")
    open_page("docs/math/")
    assert page.evaluate(closed) == 2
    page.set_viewport_size({"width": 1280, "height": 800})
    until(f"{closed} === 0")


def test_a_list_shown_whole_is_not_announced_as_folded(page: Any, open_page: Any) -> None:
    """On wide screens nothing of the contents list is a button; its name stands above it."""
    page.set_viewport_size({"width": 1280, "height": 800})
    open_page("docs/install/")
    contents = page.locator("#shortcuts")
    assert not contents.locator("summary").is_visible()
    assert contents.locator("a").first.is_visible()
    assert contents.evaluate("e => getComputedStyle(e, '::before').content") == '"On this page"'
    assert page.get_by_role("navigation", name="On this page").count() == 1
    page.set_viewport_size({"width": 375, "height": 800})
    assert contents.locator("summary").is_visible()
    assert contents.evaluate("e => getComputedStyle(e, '::before').content") == "none"


def test_a_long_menu_wraps_before_it_widens_the_page(page: Any, open_page: Any) -> None:
    """WCAG 2.2 SC 1.4.10 and 1.4.12: nothing is pushed out of the window between phone and desk either."""
    open_page("docs/install/")
    page.evaluate(
        """() => { const list = document.querySelector(".sp-nav-list"), item = list.firstElementChild;
        for (let i = 0; i < 9; i++) list.append(item.cloneNode(true));
        document.documentElement.style.cssText = "letter-spacing: .12em; word-spacing: .16em" }"""
    )
    for width in (1024, 1100, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        switch = page.locator(".sp-scheme").bounding_box()
        assert switch["x"] + switch["width"] <= width


def test_a_long_word_breaks_before_it_widens_a_phone(page: Any, open_page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    for path, names in {
        "docs/guide/": (".sp-page-list a", ".navbar-logo-text"),
        "posts/post3/": (".post-tag", ".post-author"),
    }.items():
        open_page(path)
        for name in names:
            found = page.locator(name).first
            found.evaluate("e => { e.textContent = 'sklearn.ensemble.HistGradientBoostingClassifier' }")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
