"""The project's own site: every component builds, every link leads somewhere, no picture is mute."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from support import ROOT

SHORTCODES = ROOT / "hugo-theme" / "layouts" / "_shortcodes"
SITE = ROOT / "docs" / "site"


@pytest.fixture(scope="module")
def public(once, hugo_binary):
    def build(folder: Path) -> None:
        done = subprocess.run(
            [hugo_binary, "--source", str(SITE), "--destination", str(folder / "public"), "--themesDir", str(ROOT),
             "--theme", "hugo-theme", "--noBuildLock", "--baseURL", "https://example.org/site/",
             "--logLevel", "warn"],
            capture_output=True, text=True, check=False, env={**os.environ, "HUGO_CACHEDIR": str(folder / "cache"),
             "HUGO_PARAMS_INVENTORIES_STRICT": "false"},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        (folder / "log").write_text(done.stdout + done.stderr)

    return once("own-hugo-site", build) / "public"


@pytest.fixture(scope="module")
def pages(public):
    return {
        "/site/" + p.relative_to(public).as_posix().removesuffix("index.html"): BeautifulSoup(
            p.read_text(), "html5lib"
        )
        for p in public.rglob("*.html")
    }


def test_every_internal_link_and_anchor_leads_somewhere(public, pages):
    broken = []
    ids = {u: {e["id"] for e in s.select("[id]")} for u, s in pages.items()}
    for url, soup in pages.items():
        for link in soup.select("a[href]"):
            target = urlsplit(urljoin(f"https://example.org{url}", link["href"]))
            if target.netloc != "example.org" or not target.path.startswith("/site/"):
                continue
            path = unquote(target.path)
            file = public / path.removeprefix("/site/")
            if not ((file / "index.html").is_file() or file.is_file()) or (
                target.fragment and path in ids and unquote(target.fragment) not in ids[path]
            ):
                broken.append((url, link["href"]))
    assert broken == []


def test_every_shortcode_is_shown():
    text = "\n".join(p.read_text("utf-8") for p in SITE.rglob("*.*") if p.suffix in (".md", ".toml"))
    # `numfocus` is one project's, `highlight` is what a code fence does, `api` wants locked inventories.
    unseen = {p.stem for p in SHORTCODES.glob("*.html")} - {"numfocus", "highlight", "api"}
    assert sorted(n for n in unseen if f"{{{{< {n}" not in text) == []


def test_partials_that_return_a_value_are_text_templates():
    """Hugo escapes HTML templates at start, a cost that grows with the square of their number."""
    for file in (SHORTCODES.parent / "_partials").rglob("*.*"):
        returns = re.search(r"{{-? *return\b", file.read_text("utf-8")) is not None
        assert not returns or file.suffix == ".txt", file


def test_every_shortcode_tells_what_it_takes():
    for file in SHORTCODES.glob("*.html"):
        head = file.read_text("utf-8").split("*/")[0]
        assert head.startswith("{{- /*"), file.name
        assert len(head) > 40, file.name


def test_no_page_repeats_an_id_or_lacks_an_alternative(pages):
    for url, soup in pages.items():
        ids = [e["id"] for e in soup.select("[id]")]
        assert len(ids) == len(set(ids)), (url, sorted(i for i in ids if ids.count(i) > 1))
        assert all(i.has_attr("alt") for i in soup.select("img")), url
        if soup.select_one("main"):
            assert len(soup.select("h1")) == 1, url


def test_an_event_has_its_date_in_a_form_machines_read(pages):
    event = pages["/site/events/documentation-sprint/"]
    assert event.select_one(".sp-event time")["datetime"] == "2027-03-08T14:00:00Z"
    data = json.loads(event.find("script", type="application/ld+json").string)
    assert data["@type"] == "Event"
    assert data["location"]["name"] == "Online"
    assert pages["/site/events/"].select_one(".sp-page-list time")["datetime"] == "2027-03-08"
