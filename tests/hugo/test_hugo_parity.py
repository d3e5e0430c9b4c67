"""What the theme in use until now prints for the same words: titles, feeds, styles, spans."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hugo_sites import CONFIG
from tests_png import PNG

WORDS = "A <i> *b* __init__"


@pytest.fixture(scope="module")
def site(build):
    text = f"""---
title: Page
subtitle: "{WORDS}"
---

{{{{< figure src="/a.png" alt="" title="{WORDS}" attribution="{WORDS}" >}}}}

{{{{< dropdown >}}}}
title = "{WORDS}"
body = "x"
{{{{< /dropdown >}}}}

{{{{< sidebar title="{WORDS}" >}}}}x{{{{< /sidebar >}}}}

{{{{< field-list >}}}}
[[entry]]
term = "{WORDS}"
def = "*d*"
{{{{< /field-list >}}}}

{{{{< badge info >}}}}{WORDS}{{{{< /badge >}}}}
"""
    return build(
        {
            "content/page/index.md": text,
            "content/raw/index.md": "---\ntitle: Raw\n---\n\n```text\n{{< include-raw raw.txt >}}\n```\n\nafter\n\n    indented\n",
            "content/raw/raw.txt": "if a <b> c && d\n",
            "content/table.md": "---\ntitle: T\n---\n\n{{< yamlToTable >}}\nheaders: [a, b, c]\nformat:\n- align: left\n- align: center\n- align: right\n"
            "rows:\n- columns:\n  - {text: wide, colspan: 2}\n  - last\n{{< /yamlToTable >}}\n",
            "content/list/_index.md": "---\ntitle: List\n---\n",
            "content/list/untitled.md": "no front matter\n",
            "content/d.md": '---\ntitle: D\n---\n\n```mermaid {alt="A to B"}\ngraph LR\nA-->B\n```\n',
        },
        more=f'hero = {{title = "{WORDS}", subtitle = "{WORDS}"}}\n',
    )


@pytest.mark.parametrize(
    "place",
    [
        ".subtitle",
        ".sp-figure-title strong",
        ".attribution",
        ".sd-summary-text",
        ".sidebar-title",
        "dt",
        ".sd-badge",
    ],
)
def test_a_title_is_plain_text(site, place):
    """Names such as __init__ keep their underscores, and <i> is shown, not obeyed."""
    assert site.soup("/page/").main.select_one(place).text.removesuffix(":") == WORDS


def test_the_hero_is_plain_text(site):
    assert site.soup().select_one(".hero-title").text == WORDS
    assert site.soup().select_one(".hero-subtitle").text == WORDS


def test_raw_text_in_a_block_of_code_stays_text(site):
    main = site.soup("/raw/").main
    assert main.select_one("pre code").text.strip() == "if a <b> c && d"
    assert not main.select("b")


def test_code_of_every_kind_scrolls_from_the_keyboard(site):
    assert {pre["tabindex"] for pre in site.soup("/raw/").main.select("pre")} == {"0"}
    assert site.soup("/d/").main.select_one("pre.mermaid")["tabindex"] == "0"


def test_a_cell_is_aligned_as_the_column_it_stands_in(site):
    assert [td.get("align") for td in site.soup("/table/").main.select("td")] == ["left", "right"]


def test_a_page_without_a_title_is_listed_by_its_file(site):
    assert site.code == 0
    assert site.soup("/list/").main.select_one('a[href="/list/untitled/"]').text == "untitled"


def test_addresses_in_feeds_are_whole(build):
    body = "[t](/tags/) [p](#x) ![own](p.png) ![static](/s.png)\n"
    post = f"---\ntitle: P\ndate: 2024-01-02\ntags: [x]\n---\n{body}\n<!--more-->\n\n{body}\n\n## X\n"
    config = CONFIG.replace("example.org/", "example.org/sub/").replace(
        "[params]", "[params]\nimageSizes = [1]"
    )
    site = build(
        {
            "content/posts/_index.md": "---\ntitle: Posts\n---\n",
            "content/posts/p/index.md": post,
            "content/posts/p/p.png": PNG,
            "static/s.png": PNG,
        },
        config=config + "[outputs]\nhome = ['html', 'rss', 'atom']\nsection = ['html', 'rss', 'atom']\n",
    )
    for name in ("atom.xml", "index.xml", "posts/atom.xml"):
        tree = ElementTree.fromstring(site.text(name))
        texts = [e.text for e in tree.iter() if e.tag.split("}")[-1] in ("summary", "content", "description")]
        found = re.findall(r'(?:href|src|srcset)="([^"]*)"', " ".join(texts))
        assert found, name
        assert all(address.startswith("https://example.org/") for address in found), (name, found)


def test_addresses_in_feeds_as_authors_write_them(build):
    raw = '<a href="/">home</a> <a\nhref="beside.txt">beside</a> <img\n\tsrc="/s.png" alt="" srcset="/t.png 2x"> <a href="//other.example/x">other</a>'
    site = build(
        {
            "content/posts/p.md": f"---\ntitle: P\ndate: 2024-01-02\n---\n<p>{raw}</p>\n",
            "static/s.png": PNG,
        },
        config=CONFIG + "[outputs]\nhome = ['html', 'rss', 'atom']\n",
    )
    for name in ("atom.xml", "index.xml"):
        tree = ElementTree.fromstring(site.text(name))
        texts = [e.text for e in tree.iter() if e.tag.split("}")[-1] in ("content", "description") and e.text]
        found = re.findall(r'(?:href|src|srcset)="([^"]*)"', texts[-1])
        assert found == [
            "https://example.org/",
            "https://example.org/posts/p/beside.txt",
            "https://example.org/s.png",
            "//other.example/x",
        ], name


SCSS = """// a remark, see https://example.com/a
.one { color: red; // trailing
  &:hover { color: blue }
  .two { &::after { content: "// kept"; } }
  background: url(//example.com/p.png);
  /* // both */
  @media (max-width: 600px) { display: none }
}
@media (min-width: 20em) { .three { &.x { color: green } } }
"""


def test_scss_without_sass_loses_nothing_but_remarks(build):
    site = build(
        {
            "assets/css/z.css": ".last { color: red }",
            "assets/css/b.scss": SCSS,
            "assets/css/a.css": ".first { color: red }",
        }
    )
    css = site.text(site.soup().select_one('link[rel="stylesheet"]')["href"])
    own = css[css.index(".first") :]
    for words in ("&:hover", '"// kept"', "//example.com/p.png", "max-width:600px", ".three"):
        assert words in own.replace(": ", ":"), words
    assert "remark" not in own
    assert own.index(".first") < own.index(".one") < own.index(".last"), "in the order of their names"


def test_sass_that_browsers_would_read_otherwise_is_named(build):
    files = {"assets/css/own.scss": ".a { &-title { color: red } }\n"}
    (warning,) = build(files, more='\n[security.exec]\nallow = ["^none$"]\n', check=False).warnings()
    assert "own.scss" in warning


def test_an_icon_of_a_site_has_the_class_its_styles_name(build):
    site = build(
        {"layouts/partials/footer_actions.html": '{{ partial "svg-icon" "mail" }}'},
        more='footer = {logo = ""}\n',
    )
    assert {"icon", "mail-icon"} <= set(site.soup().select_one("footer svg")["class"])
