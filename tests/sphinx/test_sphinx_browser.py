"""Search, versions and names of controls, in a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sphinx-browser")]

LIST = [
    {"name": "dev", "version": "dev", "url": "/dev/"},
    {"name": "1.3 (stable)", "version": "1.3", "url": "/1.3/", "preferred": True},
    {"name": "1.2", "version": "1.2", "url": "../1.2/"},
]
CONF = """
extensions = ["scientific_python_theme"]
project = "Sample"
version, release = "1.2", "1.2.5"
scientific_python_repository = "o/sample"
scientific_python_versions = "_static/versions.json"
html_theme_options = {"search_as_you_type": True}
"""
FILES = {
    "index.rst": "Home\n====\n\n.. toctree::\n   :caption: Parts\n\n   one\n   sub/two\n\nWelcome.\n",
    "one.rst": "One\n===\n\n.. toctree::\n\n   deep\n\nZebra stripes.\n",
    "deep.rst": "Deep\n====\n\n.. toctree::\n\n   deeper\n",
    "deeper.rst": "Deeper\n======\n\nHere\n----\n\nThere\n-----\n",
    "sub/two.rst": "Two\n===\n\nGiraffe necks.\n",
}


def make(folder: Path, sphinx_build, builder: str = "html", conf: str = CONF) -> Path:
    for name, text in {"conf.py": conf, "_static/versions.json": json.dumps(LIST), **FILES}.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    sphinx_build(folder / "docs", folder / "site" / "1.2", builder=builder)
    return folder / "site"


@pytest.fixture(scope="session")
def site(once, sphinx_build) -> Path:
    return once("sphinx-browser", lambda folder: make(folder, sphinx_build) and None) / "site"


@pytest.fixture(scope="session")
def dirsite(once, sphinx_build) -> Path:
    return once("sphinx-browser-dir", lambda folder: make(folder, sphinx_build, "dirhtml") and None) / "site"


def test_index_is_loaded_when_somebody_searches(site, serve, page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(serve(site) + "1.2/sub/two.html")
    page.wait_for_load_state("networkidle")
    assert not any("searchindex.js" in url for url in asked)
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog input[name=q]").press_sequentially("zebra")
    page.locator("#pst-search-dialog #search-results a", has_text="One").wait_for(timeout=10000)
    assert sum("searchindex.js" in url for url in asked) == 1
    link = page.locator("#pst-search-dialog #search-results a", has_text="One").first
    assert link.evaluate("a => a.href").split("?")[0].endswith("/1.2/one.html")
    assert page.outside == []


@pytest.mark.parametrize("kind", ["html", "dirhtml", "file"])
def test_search_page_finds(kind, site, dirsite, serve, page):
    address = {
        "html": lambda: serve(site) + "1.2/search.html?q=giraffe",
        "dirhtml": lambda: serve(dirsite) + "1.2/search/?q=giraffe",
        "file": lambda: (site / "1.2" / "search.html").as_uri() + "?q=giraffe",
    }[kind]()
    page.goto(address)
    page.locator("#search-results a", has_text="Two").wait_for(timeout=10000)


@pytest.mark.parametrize("kind", ["html", "dirhtml", "file"])
def test_versions_are_there_without_a_server_or_script(kind, site, dirsite, serve, page):
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto({
        "html": lambda: serve(site) + "1.2/sub/two.html",
        "dirhtml": lambda: serve(dirsite) + "1.2/",
        "file": lambda: (site / "1.2" / "sub" / "two.html").as_uri(),
    }[kind]())  # fmt: skip
    menu = page.locator("header .sp-versions").first
    menu.locator("summary").click()
    assert menu.locator("a").all_inner_texts() == ["dev", "1.3 (stable)", "1.2"]
    assert menu.locator("a[aria-current=true]").inner_text() == "1.2"
    banner = page.locator(".sp-version-banner")
    banner.wait_for()
    assert "old version (1.2)" in banner.inner_text()
    assert banner.locator("a").get_attribute("href").endswith("/1.3/")
    menu.locator("summary").press("Escape")
    assert menu.get_attribute("open") is None
    assert errors == []
    assert page.outside == []


def test_old_page_learns_of_newer_versions(site, serve, page, tmp_path):
    """The published list names a version that was not there when the page was built.

    Its relative addresses count from the site's root, as those in the page do.
    """
    import shutil

    root = tmp_path / "site"
    shutil.copytree(site, root)
    newer = [{"name": "2.0 (stable)", "version": "2.0", "url": "../2.0/", "preferred": True}, *LIST[2:]]
    at = serve(root)
    address = "[...document.querySelector('.sp-versions').querySelectorAll('a')].map((a) => a.href)"
    page.route("**/versions.json", lambda route: route.abort())
    page.goto(at + "1.2/sub/two.html")
    assert page.evaluate(address) == [f"{at}{version}/" for version in ("dev", "1.3", "1.2")]
    page.unroute("**/versions.json")
    (root / "1.2" / "_static" / "versions.json").write_text(json.dumps(newer))
    page.goto(at + "1.2/sub/two.html")
    banner = page.locator(".sp-version-banner a", has_text="stable")
    banner.wait_for()
    assert banner.get_attribute("href") == at + "2.0/"
    assert page.evaluate(address) == [at + "2.0/", at + "1.2/"]
    page.locator("header .sp-versions summary").first.click()
    assert page.locator("header .sp-versions a").all_inner_texts()[0] == "2.0 (stable)"
    page.locator(".sp-version-banner button").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator(".sp-version-banner").count() == 0, "closed for this reader"


def test_reader_stays_on_the_page(site, serve, page, tmp_path):
    import shutil

    root = tmp_path / "site"
    shutil.copytree(site / "1.2", root / "1.2")
    shutil.copytree(site / "1.2", root / "1.3")
    (root / "1.3" / "deep.html").unlink()
    base = serve(root)
    for start, end in (("one.html", "1.3/one.html"), ("deep.html", "1.3/")):
        page.goto(f"{base}1.2/{start}")
        page.wait_for_load_state("networkidle")
        page.locator("header .sp-versions summary").first.click()
        page.locator("header .sp-versions a", has_text="1.3").first.click()
        page.wait_for_url(f"{base}{end}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("own", [True, False], ids=["our menu", "the parent's switcher"])
def test_chrome_has_no_wcag_violation(own, width, scheme, site, once, sphinx_build, serve, page, axe):
    if not own:
        conf = CONF.replace('scientific_python_versions = "_static/versions.json"', "").replace(
            "{", '{"switcher": {"json_url": "_static/versions.json", "version_match": "1.2"}, ', 1
        )
        site = (
            once("sphinx-browser-parent", lambda folder: make(folder, sphinx_build, "html", conf) and None)
            / "site"
        )
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    base = serve(site)
    for name in ("index", "one", "deeper", "sub/two", "genindex"):
        page.goto(f"{base}1.2/{name}.html")
        page.wait_for_load_state("networkidle")
        found = [
            (v["id"], v["nodes"][0]["html"][:120])
            for v in axe(page)
            if any(tag.startswith("wcag") for tag in v["tags"])
        ]
        assert found == [], name
