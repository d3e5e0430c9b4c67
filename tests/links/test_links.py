"""The link checker: what is broken is found with its place, what works is left alone."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import write_tree

from scientific_python_theme import links
from scientific_python_theme.errors import ThemeError
from scientific_python_theme.links import check


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><title>t</title>{head}</head><body>{body}</body></html>'


def broken(folder, **options):
    return [(b.page, b.link, b.reason) for b in check(folder, **options).broken]


WORKS = {
    "relative page": '<a href="docs/page.html">x</a>',
    "folder": '<a href="docs/">x</a>',
    "folder without slash": '<a href="docs">x</a>',
    "page without suffix": '<a href="docs/page">x</a>',
    "root-relative": '<a href="/docs/page.html">x</a>',
    "dots": '<a href="docs/../docs/./page.html">x</a>',
    "anchor": '<a href="docs/page.html#here">x</a>',
    "old anchor": '<a href="docs/page.html#named">x</a>',
    "percent-encoded anchor": '<a href="docs/page.html#caf%C3%A9">x</a>',
    "unencoded anchor": '<a href="docs/page.html#café">x</a>',
    "top": '<a href="#top">x</a><a href="#TOP">w</a><a href="#">y</a><a href="">z</a>',
    "text fragment": '<a href="docs/page.html#:~:text=words">x</a>',
    "text fragment after anchor": '<a href="docs/page.html#here:~:text=words">x</a>',
    "route of a script": '<a href="docs/#/route">x</a><a href="#!/x">y</a>',
    "page of a PDF": '<a href="paper.pdf#page=3">x</a>',
    "query": '<a href="docs/page.html?v=1#here">x</a>',
    "elsewhere": '<a href="https://example.org/no">x</a><a href="//example.org/no">y</a>',
    "other schemes": '<a href="mailto:a@b">x</a><a href="tel:1">y</a><a href="javascript:void 0">z</a>',
    "data": '<img alt="" src="data:image/gif;base64,R0lGOD">',
    "space in name": '<a href="a%20b.html">x</a><a href="a b.html">y</a>',
    "white space around": '<a href=" docs/page.html\n">x</a>',
    "redirect page": '<a href="old.html#here">x</a>',
    "srcset": '<img alt="" src="i.png" srcset="i.png 1x, i.png?2 2x">',
    "data in a srcset": '<img alt="" srcset="data:image/png;base64,iVBORw0KGgo= 1x, i.png 2x">',
    "comma in a name": '<img alt="" srcset="i,j.png 1x,i.png, i.png 2x">',
    "dots beyond the root": '<a href="../../docs/page.html">x</a><a href="/../docs/page.html">y</a>',
    "percent-encoded dots": '<a href="docs/%2e%2E/docs/page.html">x</a><a href="%2e%2e/docs/">y</a>',
    "backslashes": r'<a href="docs\page.html#here">x</a><a href="\\host\x">y</a><a href="/\host/x">z</a>',
    "control character before a scheme": '<a href="&#1;javascript:x">x</a>',
    "doubled id": '<p id="twice"></p><p id="twice"></p><a href="#twice">x</a>',
    "comment": '<!-- <a href="no.html">x</a> -->',
    "template": '<template><a href="no.html">x</a></template>',
    "Jinja left in a static page": "<a href=\"{{ pathto('x') }}\">x</a>",
    "parts of a drawing": '<svg><use href="i.png#a"/><use href="#b"/><image xlink:href="i.png"/></svg>',
    "link in a drawing": '<svg><a href="#here2"></a></svg><i id=here2></i>',
}

BREAKS = {
    "page": ('<a href="docs/pgae.html">x</a>', "page"),
    "file": ('<img alt="" src="no.png">', "file"),
    "second of a srcset": ('<img alt="" src="i.png" srcset="i.png 1x, no.png 2x">', "file"),
    "script": ('<script src="no.js"></script>', "file"),
    "drawing of icons": ('<svg><use href="no.svg#star"/></svg>', "file"),
    "drawing of icons, old spelling": ('<svg><use xlink:href="no.svg#star"/></svg>', "file"),
    "anchor": ('<a href="docs/page.html#there">x</a>', "anchor"),
    "own anchor": ('<a href="#nowhere">x</a>', "anchor"),
    "case": ('<a href="Docs/page.html">x</a>', "case"),
    "anchor behind a redirect": ('<a href="old.html#gone">x</a>', "anchor"),
    "circle": ('<a href="round.html">x</a>', "redirect"),
    "malformed": ('<a href="//[">x</a>', None),
}

SITE = {
    "docs/index.html": page("docs"),
    "docs/page.html": page('<p id="here"></p><a name="named"></a><h2 id="café">c</h2>'),
    "a b.html": page("space"),
    "i.png": b"",
    "app.js": b"",
    "i,j.png": b"",
    "paper.pdf": b"",
    "old.html": page("", '<meta http-equiv="Refresh" content="0; URL=docs/page.html">'),
    "round.html": page("", '<meta http-equiv="refresh" content="0; url=round2.html">'),
    "round2.html": page("", '<meta http-equiv="refresh" content="0; url=round.html">'),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return write_tree(tmp_path_factory.mktemp("site"), {k: v for k, v in SITE.items() if "round" not in k})


@pytest.mark.parametrize("name", WORKS)
def test_working_link_is_left_alone(site, name):
    write_tree(site, {"index.html": page(WORKS[name])})
    assert broken(site) == []


@pytest.mark.parametrize("name", BREAKS)
def test_broken_link_is_found(tmp_path, name):
    body, reason = BREAKS[name]
    write_tree(tmp_path, {**SITE, "index.html": page(body)})
    found = [reason_ for page_, _, reason_ in broken(tmp_path) if page_ == "index.html"]
    assert found == ([reason] if reason else [])


@pytest.mark.parametrize(
    "base, link",
    [
        ("https://other.example/deep/", "no/page.html"),
        ("//other.example/", "#no"),
        ("//[", "docs/page.html#here"),
        ("javascript:x", "docs/page.html#here"),
        ("docs/", "page.html#here"),
        ("https://our.example", "docs/page.html#here"),
    ],
)
def test_base_element_is_obeyed_as_browsers_do(tmp_path, base, link):
    head = f'<link rel="canonical" href="https://our.example/"><base href="{base}">'
    pages = {"docs/page.html": SITE["docs/page.html"], "index.html": page(f'<a href="{link}">x</a>', head)}
    assert broken(write_tree(tmp_path, pages)) == []


def test_malformed_canonical_link_is_no_address_of_the_site(tmp_path, cli):
    head = '<link rel="canonical" href="https://[/">'
    write_tree(tmp_path, {"index.html": page('<a href="no.html">x</a>', head)})
    assert broken(tmp_path) == [("index.html", "no.html", "page")]
    assert cli("links", tmp_path, "--base", "https://[/").exit_code == 2
    assert "no address" in cli("links", tmp_path, "--base", "example").stderr


def test_long_srcset_takes_no_time(tmp_path):
    write_tree(tmp_path, {"index.html": page(f'<img alt="" srcset="{"i" * 200_000} x {", " * 50_000}">')})
    start = time.process_time()
    assert len(broken(tmp_path)) == 1
    assert time.process_time() - start < 3


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text there")
def test_file_name_that_is_not_utf8(tmp_path):
    write_tree(tmp_path, {"index.html": page('<a href="caf%E9.html">x</a>')})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html")).write_text(page('<a href="no.html">x</a>'))
    for form in ("text", "json"):
        done = subprocess.run(
            [sys.executable, "-m", "scientific_python_theme", "links", tmp_path, "--output-format", form],
            capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        assert "caf%E9" not in done.stdout
        assert "udce9.html" in done.stdout


def test_place_and_nearest_name_are_given(tmp_path):
    write_tree(tmp_path, {**SITE, "index.html": page('\n  <a href="docs/page.html#hree">x</a>')})
    (one,) = [b for b in check(tmp_path).broken if b.page == "index.html"]
    assert (one.line, one.column) == (2, 3)
    assert "did you mean #here?" in one.message


def test_many_broken_links_are_not_each_compared_with_all_names(tmp_path, monkeypatch):
    names = "".join(f'<p id="numpy.linalg.{n * n:07d}">' for n in range(2000))
    for page in "ab":  # a link in the navigation of all pages
        anchors = "".join(f'<a href="a.html#numpy.linalg.{n * n:07d}x">x</a>' for n in range(4000))
        (tmp_path / f"{page}.html").write_text(f"<title>x</title>{names}{anchors}")
    asked: list[str] = []
    look = links.difflib.get_close_matches
    monkeypatch.setattr(
        links.difflib, "get_close_matches", lambda name, *a, **k: asked.append(name) or look(name, *a, **k)
    )
    report = check(tmp_path)
    assert len(set(asked)) == len(asked) <= links.HINTS / 2000 + 1
    assert len(report.broken) == 4000
    assert "did you mean" in report.broken[0].message


def test_same_link_on_many_pages_is_one_finding(tmp_path):
    write_tree(tmp_path, {f"{n}.html": page('<a href="/no.html">x</a>') for n in range(5)})
    (one,) = check(tmp_path).broken
    assert one.also == 4


def test_sites_that_share_a_host_are_not_ours_to_check(tmp_path):
    """numpy.org's pages name numpy.org/doc/stable/, which another build puts there."""
    head = '<link rel="canonical" href="https://example.org/">'
    body = '<a href="https://example.org/doc/stable/">x</a><a href="https://example.org/news/gone/">y</a>'
    write_tree(tmp_path, {"index.html": page(body, head), "news/index.html": page("")})
    assert broken(tmp_path) == [("index.html", "https://example.org/news/gone/", "page")]


def test_links_to_the_published_address_are_checked_too(tmp_path):
    head = '<link rel="canonical" href="https://example.org/sub/">'
    body = '<a href="https://example.org/sub/no/">x</a><a href="https://example.org/else/">y</a>'
    write_tree(tmp_path, {"index.html": page(body + '<a href="/sub/index.html">z</a>', head)})
    assert broken(tmp_path) == [("index.html", "https://example.org/sub/no/", "page")]


def test_redirects_file_is_read(tmp_path):
    body = '<a href="/old/x">x</a><a href="/gone">y</a>'
    write_tree(
        tmp_path, {"index.html": page(body), "_redirects": "# c\n/old/* /new/:splat 301\n/gone /no 302\n"}
    )
    assert [link for _, link, _ in broken(tmp_path)] == ["/gone"]


def test_a_status_that_is_no_number_is_none(tmp_path):
    write_tree(tmp_path, {"index.html": page('<a href="/old">x</a>'), "_redirects": "/old / ²³¹\n"})
    assert broken(tmp_path) == []


def test_a_line_for_an_error_page_leads_nowhere_and_a_named_part_anywhere(tmp_path):
    body = '<a href="/lost">x</a><a href="/blog/2020/hello">y</a><a href="/app/view">z</a>'
    lines = "/lost /404.html 404\n/blog/:year/:name\t/posts/:name\n/app/* /index.html 200\n"
    write_tree(tmp_path, {"index.html": page(body), "404.html": page(""), "_redirects": lines})
    assert [link for _, link, _ in broken(tmp_path)] == ["/lost"]


def test_ignored_patterns_are_not_checked(tmp_path):
    write_tree(tmp_path, {"index.html": page('<a href="/api/x">x</a>')})
    assert broken(tmp_path, ignore=["/api/*"]) == []


def test_no_folder_and_no_page_are_clear_errors(tmp_path, cli):
    with pytest.raises(ThemeError, match="not a folder"):
        check(tmp_path / "none")
    with pytest.raises(ThemeError, match="no HTML page"):
        check(tmp_path)
    assert cli("links", tmp_path).exit_code == 2


def test_command_reports_and_exits(tmp_path, cli):
    write_tree(tmp_path, {"index.html": page('<a href="no.html">x</a>')})
    result = cli("links", tmp_path)
    assert result.exit_code == 1
    assert "index.html:1:" in result.output
    assert "1 broken" in result.output
    data = json.loads(cli("links", "--exit-zero", "--output-format", "json", tmp_path).stdout)
    assert data["broken"][0]["link"] == "no.html"


@settings(max_examples=60, deadline=None)
@given(link=st.text(max_size=40))
def test_any_address_is_survived(tmp_path_factory, link):
    folder = tmp_path_factory.mktemp("fuzz")
    escaped = link.replace("&", "&amp;").replace('"', "&quot;").encode("utf-8", "replace").decode()
    write_tree(folder, {"index.html": page(f'<a href="{escaped}">x</a>')})
    assert check(folder).pages == 1
