"""What search engines, link previews and feed readers get."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import pytest
from hugo_sites import CONFIG
from tests_png import PNG

ATOM = "{http://www.w3.org/2005/Atom}"
BLOG = """\
baseURL = "https://example.org/sub/"
title = "Blog & <Notes>"
theme = "hugo-theme"
disableKinds = ["RSS", "taxonomy"]
[outputFormats.Atom]
mediaType = "application/atom"
baseName = "atom"
isPlainText = false
[mediaTypes."application/atom"]
suffixes = ["xml"]
[outputs]
home = ["HTML", "ATOM"]
term = ["HTML", "ATOM"]
[permalinks]
posts = "/:sections[1:]/:slug"
[params]
description = "Posts & more"
images = ["/images/card.png"]
"""
POSTS = {
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/about.md": "---\ntitle: About\n---\nx\n",
    "content/posts/_index.md": "---\ntitle: Posts\n---\n",
    "content/posts/a/first/index.md": (
        '---\ntitle: "One & <two> \\"three\\""\nslug: first\ndate: 2024-01-02\nlastmod: 2024-02-03\nauthors: ["Ada & Co <ada>", Ben]\n'
        "tags: [GSoC, 'C & D']\nsummary: 'A *summary* with \"quotes\" & <tags>'\n"
        "resources:\n- {src: p.png, name: featuredImage, params: {description: A picture, showOnTop: true}}\n---\n\n"
        "Text with [a link](/about/), $x < y$ & an `<b>`.\n\n![pic](p.png)\n\n## Sub\n\n[down](#sub)\n"
    ),
    "content/posts/a/first/p.png": PNG,
    "content/posts/b.md": "---\ntitle: B\ndate: 2024-03-04\ncanonicalURL: https://elsewhere.org/b/\n---\nPlain.\n",
}


@pytest.fixture(scope="module")
def blog(build):
    return build(POSTS, config=BLOG)


def entries(site, path):
    return ET.fromstring(site.text(path)).findall(f"{ATOM}entry")


def test_atom_feed(blog):
    feed = ET.fromstring(blog.text("/atom.xml"))
    assert feed.find(f"{ATOM}title").text == "Blog & <Notes>"
    links = {e.get("rel"): e.get("href") for e in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.org/sub/atom.xml"
    assert links["alternate"] == "https://example.org/sub/"
    assert feed.find(f"{ATOM}id").text
    assert feed.find(f"{ATOM}updated").text >= "2024-03-04"
    newest, first = entries(blog, "/atom.xml")
    assert newest.find(f"{ATOM}title").text == "B"
    assert first.find(f"{ATOM}title").text == 'One & <two> "three"'
    assert first.find(f"{ATOM}id").text == "https://example.org/sub/first/"
    assert first.find(f"{ATOM}published").text.startswith("2024-01-02T")
    assert first.find(f"{ATOM}updated").text.startswith("2024-02-03T")
    assert [a.find(f"{ATOM}name").text for a in first.findall(f"{ATOM}author")] == ["Ada & Co", "Ben"]
    assert [c.get("term") for c in first.findall(f"{ATOM}category")] == ["GSoC", "C & D"]
    content = first.find(f"{ATOM}content")
    assert content.get("type") == "html"
    assert 'href="https://example.org/sub/about/"' in content.text
    assert 'src="https://example.org/sub/first/p.png"' in content.text
    assert not re.search(r'(href|src)="/', content.text)
    assert "<code>" in content.text


def test_atom_feed_of_a_term(blog):
    assert len(entries(blog, "/tags/gsoc/atom.xml")) == 1
    link = blog.soup("/tags/gsoc/").select_one('main a[href="atom.xml"]')
    assert link.get_text(strip=True)


def test_the_same_feeds_on_an_older_hugo(blog, old_build):
    old = (old_build(blog.folder) / "atom.xml").read_text("utf-8")
    assert len(ET.fromstring(old).findall(f"{ATOM}entry")) == 2


def test_rss_stays_rss_where_nobody_asks_for_atom(build):
    site = build({"content/posts/p.md": "---\ntitle: P\ndate: 2024-01-02\n---\nx\n"})
    for path in ("/index.xml", "/posts/index.xml"):
        rss = ET.fromstring(site.text(path))
        assert rss.tag == "rss"
        assert parsedate_to_datetime(rss.find("channel/item/pubDate").text).year == 2024
    assert not (site.public / "atom.xml").exists()
    announced = site.soup("/posts/").select('link[rel="alternate"][type="application/rss+xml"]')
    assert {a["href"] for a in announced} == {
        "https://example.org/index.xml",
        "https://example.org/posts/index.xml",
    }


def test_feeds_are_announced_on_inner_pages(blog):
    announced = blog.soup("/about/").select('link[type="application/atom+xml"]')
    assert [a["href"] for a in announced] == ["https://example.org/sub/atom.xml"]


def test_head_of_a_post(blog):
    head = blog.soup("/first/").head
    meta = {m.get("name") or m.get("property"): m.get("content") for m in head.select("meta[content]")}
    assert head.title.text == 'Blog & <Notes> - One & <two> "three"'
    assert meta["description"] == 'A summary with "quotes" & <tags>' or meta["description"].startswith(
        "A summary"
    )
    assert meta["og:title"] == 'One & <two> "three"'
    assert meta["og:type"] == "article"
    assert meta["og:url"] == head.select_one("link[rel=canonical]")["href"]
    assert meta["og:image"] == "https://example.org/sub/first/p.png"
    assert meta["og:image:alt"] == "A picture"
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["viewport"] == "width=device-width, initial-scale=1"
    assert meta["article:published_time"].startswith("2024-01-02")
    data = json.loads(head.find("script", type="application/ld+json").string)
    assert data["@type"] == "BlogPosting"
    assert data["headline"] == 'One & <two> "three"'
    assert [a["name"] for a in data["author"]] == ["Ada & Co", "Ben"]
    assert data["author"][0]["url"] == "https://example.org/sub/authors/ada"
    assert data["datePublished"].startswith("2024-01-02")
    trail = data["breadcrumb"]["itemListElement"]
    assert [t["position"] for t in trail] == list(range(1, len(trail) + 1))
    assert all(t["item"].startswith("https://example.org/sub/") for t in trail[:-1])


def test_canonical_may_be_elsewhere(blog):
    assert blog.soup("/b/").select_one("link[rel=canonical]")["href"] == "https://elsewhere.org/b/"


def test_featured_image_stands_above_its_post(blog):
    post = blog.soup("/first/").main
    image = post.select_one("img.post-featured")
    assert image["alt"] == "A picture"
    assert (image["width"], image["height"]) == ("2", "3")
    assert "loading" not in image.attrs, "above the fold: not lazy"


def test_home_is_a_website(blog):
    head = blog.soup().head
    data = json.loads(head.find("script", type="application/ld+json").string)
    assert data["@type"] == "WebSite"
    assert data["name"] == "Blog & <Notes>"
    assert head.find("meta", property="og:image")["content"] == "https://example.org/sub/images/card.png"


LANGUAGES = """\
baseURL = "https://example.org/"
title = "T"
theme = "hugo-theme"
defaultContentLanguage = "en"
disableKinds = ["term", "taxonomy"]
[languages.en]
contentDir = "content/en"
weight = 1
label = "English"
languageName = "English"
[languages.es]
contentDir = "content/es"
weight = 2
label = "Español"
languageName = "Español"
[languages.ar]
contentDir = "content/ar"
weight = 3
label = "العربية"
languageName = "العربية"
"""


def test_languages(build, hugo_version):
    files = {}
    for code, title in (("en", "News"), ("es", "Noticias"), ("ar", "أخبار")):
        files[f"content/{code}/_index.md"] = f"---\ntitle: {code}\n---\n[n](/news)\n"
        files[f"content/{code}/news.md"] = (
            f"---\ntitle: {title}\ndate: 2024-05-06\nnewsHeader: H {code}\n---\nx\n"
        )
    files["content/es/posts/a.md"] = (
        "---\ntitle: A\ndate: 2024-05-06\nauthors: [Ada <ada>, Ben <ben>]\n---\nx\n"
    )
    files["content/en/authors/ada.md"] = "---\ntitle: Ada\n---\nx\n"
    files["content/en/only.md"] = "---\ntitle: Only\n---\nx\n"
    # Hugo 0.158 calls languageName label.
    gone = 'languageName = "' if hugo_version >= (0, 158) else 'label = "'
    config = LANGUAGES.replace(gone, 'x-other = "')
    site = build(files, config=config)
    assert site.warnings() == []
    spanish = site.soup("/es/")
    assert spanish.html["lang"] == "es"
    assert spanish.select_one(".news-container a")["href"] == "/es/news/"
    assert "H es" in spanish.select_one(".news-container").text
    alternates = {a["hreflang"]: a["href"] for a in spanish.select("link[hreflang]")}
    assert alternates == {
        "en": "https://example.org/",
        "es": "https://example.org/es/",
        "ar": "https://example.org/ar/",
        "x-default": "https://example.org/",
    }
    menu = {a["hreflang"]: a for a in spanish.select(".sp-languages a[hreflang]")}
    assert menu["en"].text == "English"
    assert menu["es"]["aria-current"]
    assert spanish.select_one(".sp-languages summary").get_text(" ", strip=True).endswith("Español")
    arabic = site.soup("/ar/")
    assert arabic.html["dir"] == "rtl"
    assert site.soup("/only/").select_one(".sp-languages") is None
    assert not site.soup("/only/").select("link[hreflang]")
    skip = spanish.body.find("a")
    assert skip.text != site.soup().body.find("a").text, "the theme's own words are translated"
    post = site.soup("/es/posts/a/")
    assert [a["href"] for a in post.select("a.post-author")] == ["/authors/ada/", "/es/authors/ben"]


def test_sitemap_and_404(build):
    site = build({})
    assert ET.fromstring(site.text("/sitemap.xml")).tag.endswith("urlset")
    lost = site.soup("/404.html")
    assert lost.main.h1.text
    assert lost.main.select_one("a")["href"] == "/"


@pytest.mark.parametrize("path", ["/", "/about/", "/posts/", "/b/", "/tags/gsoc/", "/404.html"])
def test_every_page_kind_has_the_whole_head(blog, path):
    soup = blog.soup(path)
    for selector in ("link[rel=canonical]", 'meta[property="og:title"]', 'meta[name="description"]', 'link[rel="icon"]',
                     'meta[name="theme-color"]', 'script[type="application/ld+json"]'):  # fmt: skip
        assert soup.head.select_one(selector), selector
    assert len(soup.select("h1")) == 1


def test_config_defaults_do_not_leak(build):
    """The theme's own Atom format is there for sites, and used by none that does not ask."""
    site = build({}, config=CONFIG)
    assert list(site.public.rglob("index.xml"))
    assert not list(site.public.rglob("atom.xml"))


@pytest.mark.parametrize(
    ("more", "title", "date"),
    [
        ("", "Warning", "May 6, 2024"),
        (
            "[params]\ntranslateAdmonitions = true\nposts.translateDates = true\n",
            "Advertencia",
            "6 de mayo de 2024",
        ),
    ],
)
def test_admonitions_and_dates_speak_the_language_of_the_page_where_asked(build, more, title, date):
    config = 'baseURL = "https://example.org/"\ntheme = "hugo-theme"\ndefaultContentLanguage = "es"\n'
    site = build(
        {
            "content/posts/a.md": "---\ntitle: A\ndate: 2024-05-06\n---\n"
            "{{< admonition warning >}}x{{< /admonition >}}\n"
        },
        config=config,
        more=more,
    )
    page = site.soup("/posts/a/")
    assert page.select_one(".admonition-title").text == title
    assert page.select_one(".post-date").text == date


def test_a_summary_elsewhere_still_finds_what_lies_beside_its_page(build):
    post = (
        "---\ntitle: A\ndate: 2024-01-01\nauthor: [Ada, Ben]\n---\n"
        '{{< figure src="p.png" alt="x" title="T" >}}\n\nNote[^1] and [data](d.csv).\n\n'
        "From $x_1$ to $5.\n\n- [ ] do\n\n{{< tabs >}}\n[[tab]]\nname = 'a'\ncontent = 'b'\n{{< /tabs >}}\n\n[^1]: Foot\n"
    )
    config = BLOG.replace('disableKinds = ["RSS", "taxonomy"]', "").replace(
        'home = ["HTML", "ATOM"]', 'home = ["HTML", "RSS", "ATOM"]'
    )
    site = build(
        {
            "content/_index.md": "---\ntitle: H\n---\n{{< blog >}}\n",
            "content/posts/_index.md": "---\ntitle: Posts\n---\n",
            "content/posts/a/index.md": post,
            "content/posts/a/p.png": PNG,
            "content/posts/a/d.csv": "x",
        },
        config=config,
        more="[params.posts]\nsummaries = true\n",
    )
    (warning,) = site.warnings()
    assert "[Ada, Ben]" in warning
    assert warning.endswith("posts/a/index.md")
    (page,) = site.public.rglob("p.png")
    address = "https://example.org/sub/" + page.relative_to(site.public).as_posix()
    for path in ("/", "/posts/"):
        soup = site.soup(path)
        shown = [urljoin("https://example.org/sub/", i["src"]) for i in soup.select(".post-summary img")]
        assert shown == [address]
        assert soup.select(".post-summary [role=tab]")
        assert len(soup.select(".post-summary math")) == 1
        assert soup.select_one(".post-summary label").get_text(strip=True) == "do"
        assert not soup.select(".post-summary :is([id], [aria-controls], [aria-labelledby])")
        assert not [a["href"] for a in soup.select(".post-summary a") if a["href"].startswith(("#", "d.csv"))]
    for feed in ("/index.xml", "/atom.xml"):
        texts = [e.text or "" for e in ET.fromstring(site.text(feed)).iter() if "p.png" in (e.text or "")]
        assert texts
        for text in texts:
            assert f'src="{address}"' in text
            assert 'src="p.png"' not in text


def test_json_feed(build):
    """What https://www.jsonfeed.org/version/1.1/ asks for, and where it is announced."""
    post = (
        '---\ntitle: "A & \\"b\\""\ndate: 2024-01-02\nauthors: ["Ada <ada>"]\ntags: [One, two]\n'
        "resources: [{src: c.png, name: featuredImage}]\n---\nStart *here* [t](/t/) ![c](c.png)\n\n<!--more-->\n\nrest\n"
    )
    site = build(
        {
            "content/posts/_index.md": "---\ntitle: Posts\n---\n",
            "content/posts/p/index.md": post,
            "content/posts/p/c.png": PNG,
            "content/posts/undated.md": "---\ntitle: U\n---\nx\n",
            "layouts/index.json": '{"mine": true}',
        },
        more='[outputs]\nhome = ["html", "rss", "json", "jsonfeed"]\nsection = ["html", "jsonfeed"]\nterm = ["html", "jsonfeed"]\n',
    )
    assert site.warnings() == []
    assert json.loads(site.text("/index.json")) == {"mine": True}
    for place in ("/", "/posts/", "/tags/one/"):
        feed = json.loads(site.text(f"{place}feed.json"))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"https://example.org{place}feed.json"
        assert feed["home_page_url"] == f"https://example.org{place}"
        assert feed["title"]
        item = next(i for i in feed["items"] if i["url"].endswith("/p/"))
        assert item["id"] == item["url"] == "https://example.org/posts/p/"
        assert item["title"] == 'A & "b"'
        assert item["summary"].startswith("Start here t")
        assert "rest" in item["content_html"]
        assert 'href="https://example.org/t/"' in item["content_html"]
        assert 'src="https://example.org/posts/p/c.png"' in item["content_html"]
        assert item["image"] == "https://example.org/posts/p/c.png"
        assert item["authors"] == [{"name": "Ada", "url": "https://example.org/authors/ada"}]
        assert item["tags"] == ["One", "two"]
        assert datetime.fromisoformat(item["date_published"]).year == 2024
    assert len(json.loads(site.text("/feed.json"))["items"]) == 2
    link = site.soup("/posts/p/").head.select_one('link[rel=alternate][type="application/feed+json"]')
    assert link["href"] == "https://example.org/feed.json"


def test_descriptions_hold_a_formula_once_and_no_marks(build):
    post = (
        "---\ntitle: P\ndate: 2024-01-02\n---\n\nEnergy is \\(E=mc^2\\), as known.\n\n"
        "## Why\n\nText[^1].\n\n[^1]: Foot.\n"
    )
    delimiters = (
        "\n[markup.goldmark.extensions.passthrough]\nenable = true\n[markup.goldmark.extensions.passthrough"
    )
    delimiters += ".delimiters]\ninline = [['\\(', '\\)']]\n[outputs]\nhome = ['html', 'rss', 'jsonfeed']\n"
    site = build({"content/posts/p.md": post}, more=delimiters)
    page = site.soup("/posts/p/")
    assert page.select_one("main math"), "drawn"
    said = [
        tag["content"] for tag in page.select('meta[name="description"], meta[property="og:description"]')
    ]
    said.append(json.loads(site.text("/feed.json"))["items"][0]["summary"])
    assert said == ["Energy is E=mc^2, as known. Why Text."] * 3
