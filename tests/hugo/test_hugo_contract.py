"""What sites' own files rely on: partials with exact arguments, hooks, globs, keys, classes."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from hugo_sites import CONFIG
from support import ROOT
from tests_png import PNG

BASIC = """\
baseURL = "https://example.org/"
title = "Example"
theme = "hugo-theme"
"""


@pytest.fixture(scope="module")
def lived_in(build):
    """A site in the old style, with its own layouts, partials, styles, scripts and home blocks."""
    layout = """{{ define "main" }}<section class="content-padding flex-row"><div class="content-container">
{{ partial "breadcrumbs.html" . }}<h1>{{ .Title }}</h1>
{{ $fields := partial "_elements/field-list.html" (dict "entries" (slice
  (dict "term" "Authors" "def" "Ada <ada@example.org>") (dict "term" "Link" "def" ("[x](/x/)" | markdownify))
  (dict "term" "None" "def" ""))) }}
{{ $note := partial "_elements/admonition.html" (dict "title" "attention" "body" "A *draft*.") }}
{{ partial "_elements/card.html" (dict "card" (dict "body" (printf "%s %s" $fields $note))) }}
{{ $items := slice (dict "body" "{{< image\\n   src=\\"/a.png\\"\\n   alt=\\"A Logo\\"\\n>}}\\n A" "link" "/a/" "classcard" "text-center" "type" "card") }}
{{ partial "_elements/grid.html" (merge .Params (dict "items" $items "columns" "1 2")) }}
{{ partial "_elements/image.html" (dict "data" (dict "src" "/b.png" "alt" "B" "raw" "x")) }}
{{ partial "svg-icon" "github" }}{{ partial "svg-icon" "ours" }}{{ partial "svg-icon" "sized" }}
{{ .Content }}</div>{{ partial "shortcuts.html" . }}</section>{{ end }}"""
    return build(
        {
            "layouts/specs/single.html": layout,
            "layouts/partials/head.html": '<script src="/own.js"></script>',
            "layouts/partials/shell.html": '<p class="mine">{{ .Title }}</p>{{ partial "lesson.html" | print | markdownify }}',
            "layouts/partials/lesson.html": "```python\nx = 1\n```\n",
            "layouts/partials/posts/comments.html": '<div id="discourse-comments">c</div>',
            "layouts/partials/footer_actions.html": '<p class="action">{{ .Title }}</p>',
            "layouts/shortcodes/badge_tabs.html": '{{ partial "_elements/tabs" (dict "ctx" . "tabs" (slice (dict "name" "N" "content" "```\\nc\\n```"))) }}',
            "layouts/shortcodes/whole.html": "<!DOCTYPE html><html><body>x</body></html>",
            "assets/css/custom.css": ".hero-title { font-family: {{ .Site.Params.font.name }}; }",
            "assets/css/base.css": ".own-base { color: red }",
            "assets/css/tabs.scss": "// a comment\n.a { &:hover { color: red } // more\n .b { margin: 0 } }\n",
            "assets/js/app.js": "window.sitesOwn = 1;\n",
            "assets/icons/ours.svg": '<svg viewBox="0 0 2 2"><path d="M0 0h2"/></svg>',
            "assets/icons/sized.svg": '<svg xmlns="http://www.w3.org/2000/svg" height="24" width="20px" fill="red"><path d="M0 0h2"/></svg>',
            "content/specs/_index.md": "---\ntitle: Specs\n---\n",
            "content/specs/one.md": "---\ntitle: One\nsubtitle: Sub\ncolumns: 2\n---\n\n## Two\n\n{{< badge_tabs >}}\n\n{{< badge_tabs >}}\n\n### Three\n",
            "content/posts/_index.md": "---\ntitle: Posts\n---\n",
            "content/posts/p.md": "---\ntitle: P\nDate: 2024-01-02\nAuthors: [Ada]\n---\nx\n",
            "content/whole.md": "---\ntitle: W\n---\n\n{{< whole >}}\n",
            "static/images/logo.png": PNG,
        },
        more="""
shell = {title = "x"}
font = {name = "Lato"}
section5 = false
[params.footer]
logo = "logo.png"
""",
    )


def test_partials_take_what_sites_pass(lived_in):
    assert lived_in.warnings() == []
    main = lived_in.soup("/specs/one/").main
    card = main.select_one(".sd-card")
    assert [t.get_text() for t in card.select("dt")] == ["Authors:", "Link:", "None:"]
    assert card.dd.text == "Ada <ada@example.org>"
    assert card.select_one('dd a[href="/x/"]')
    assert card.select_one(".admonition.attention em").text == "draft"
    grid = main.select_one(".sd-row")
    assert grid.img["alt"] == "A Logo"
    assert "{{" not in grid.text
    assert main.select_one('img[src="/b.png"]')
    assert main.select_one("svg.sp-icon")


def test_several_tab_groups_do_not_collide(lived_in):
    soup = lived_in.soup("/specs/one/")
    ids = [e["id"] for e in soup.select("[id]")]
    assert len(soup.select("[role=tablist]")) == 2
    assert len(ids) == len(set(ids))


def test_contents_list_is_there_without_a_script(lived_in):
    contents = lived_in.soup("/specs/one/").select_one("#shortcuts-container #shortcuts")
    assert contents.name == "nav"
    assert [a["href"] for a in contents.select("a")] == ["#two", "#three"]


def test_hooks_and_home_blocks(lived_in):
    home = lived_in.soup()
    assert home.head.find("script", src="/own.js")
    assert home.select_one("main .mine").text == "Home"
    assert home.select_one("main code.language-python")
    assert home.select_one("footer .action")
    post = lived_in.soup("/posts/p/")
    assert post.select_one("#discourse-comments").text == "c"
    assert post.select_one('.post-please-comment a[href="#discourse-comments"]')
    assert post.select_one(".post-author").text == "Ada"


HOOKS = ["footer", "footer_actions", "analytics", "javascript", "css", "mathjax", "head", "meta", "navbar"]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_partial_of_the_site_gets_each_page(build, hook):
    site = build(
        {
            "content/guide/_index.md": "---\ntitle: Guide\n---\n",
            "content/guide/p.md": "---\ntitle: P\n---\n",
            f"layouts/partials/{hook}.html": '<meta class="mine" content="{{ .RelPermalink }}">',
        },
        more="plausible = {dataDomain = 'example.org'}\nfooter = {socialmediatitle = 'x'}\n",
    )
    for address in ("/", "/guide/", "/guide/p/"):
        (mine,) = site.soup(address).select(".mine")
        assert mine["content"] == address


def test_a_partial_of_the_site_draws_the_page_of_a_tag(build):
    site = build(
        {
            "content/posts/p.md": "---\ntitle: P\ntags: [a b]\ndate: 2024-01-01\n---\n",
            "layouts/partials/posts/tag.html": '<a class="mine" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>',
        }
    )
    assert site.soup("/tags/a-b/").main.select_one('.mine[href="/tags/a-b/"]').text == "A B"
    assert site.soup("/posts/p/").select_one('.post-tag[href="/tags/a-b/"]').text == "#a-b"


OWN = {
    "single": ["/c/", "/guide/p/"],
    "list": ["/guide/", "/tags/"],
    "page": ["/c/", "/guide/p/"],
    "section": ["/guide/"],
    "home": ["/"],
    "term": ["/tags/t/"],
    "taxonomy": ["/tags/"],
    "posts/single": ["/posts/p/"],
    "posts/list": ["/posts/"],
    "news/list": ["/news/"],
    "guide/single": ["/guide/p/"],
    "guide/list": ["/guide/"],
}


@pytest.mark.parametrize("folder", ["layouts", "layouts/_default"])
@pytest.mark.parametrize("name", OWN)
def test_a_layout_of_the_site_wins(build, name, folder):
    page = "---\ntitle: P\ntags: [t]\n---\nx\n"
    place = "layouts" if "/" in name else folder
    site = build(
        {
            **{f"content/{section}/p.md": page for section in ("posts", "news", "guide")},
            "content/c.md": page,
            f"{place}/{name}.html": '{{ define "main" }}mine{{ end }}',
        },
        config=BASIC,
    )
    own = [
        "/" + file.relative_to(site.public).as_posix().removesuffix("index.html")
        for file in site.public.rglob("index.html")
        if BeautifulSoup(file.read_text("utf-8"), "html5lib").main.text == "mine"
    ]
    found = [address for address in own if address != "/categories/"]
    # Old-style `taxonomy` also stands for a term, by Hugo's own rule.
    if (name, folder) == ("taxonomy", "layouts/_default"):
        found.remove("/tags/t/")
    assert sorted(found) == OWN[name]


def test_icons_of_the_site_scale_and_take_the_colour_around_them(lived_in):
    main = lived_in.soup("/specs/one/").main
    ours, sized = (main.select_one(f"svg.{name}-icon") for name in ("ours", "sized"))
    assert (ours["viewBox"], ours["fill"]) == ("0 0 2 2", "currentColor")
    assert (sized["viewBox"], sized["fill"]) == ("0 0 20 24", "red")


def test_site_styles_come_last_and_run_as_templates(lived_in):
    sheets = lived_in.soup().select('link[rel="stylesheet"]')
    assert len(sheets) == 1
    css = lived_in.text(sheets[0]["href"])
    own = css.index("font-family:Lato") if "font-family:Lato" in css else css.index("font-family: Lato")
    assert own > css.index("--pst-color-background")
    assert ".own-base" in css
    assert "--pst-color-text-base" in css, "the theme's sheets stay though a file shares a name"
    assert "//" not in re.sub(r"https?://", "", css)
    assert "a comment" not in css


def test_a_css_partial_of_another_theme_finds_one_whole_sheet(build):
    own = """{{ $page := . }}{{ range resources.Match "theme-css/*.css" | append (resources.Match "css/*.css") }}
{{ $css := . | resources.ExecuteAsTemplate . $page | minify | fingerprint }}<link rel="stylesheet" href="{{ $css.RelPermalink }}">
{{ end }}"""
    site = build(
        {
            "layouts/partials/css.html": own,
            "assets/css/own.css": ".mine { color: red }",
            "content/docs/_index.md": "---\ntitle: D\n---\n",
        }
    )
    sheets = [site.text(link["href"]) for link in site.soup("/docs/").select('link[rel="stylesheet"]')]
    assert [".mine" in text for text in sheets] == [False, True]
    for part in (".sp-header", ".sd-card", ".post-entry", ".sp-main", "--sp-brand:"):
        assert part in sheets[0]


def test_site_script_follows_ours_in_the_same_file(lived_in):
    soup = lived_in.soup()
    srcs = [s["src"] for s in soup.select("script[src]")]
    bundle = next(s for s in srcs if "sitesOwn" in (lived_in.text(s) if s != "/own.js" else ""))
    script = soup.find("script", src=bundle)
    assert script.get("type") in (None, "text/javascript")
    assert srcs.index("/own.js") < srcs.index(bundle)


def test_attributes_and_requests_of_the_shell(lived_in):
    soup = lived_in.soup("/posts/p/")
    assert soup.html["lang"] == "en"
    assert soup.html["data-colorscheme"] == "auto"
    assert not soup.html.has_attr("data-theme")
    ours = [e for e in soup.select('script[src], link[rel="stylesheet"]') if e.get("src") != "/own.js"]
    assert len(ours) <= 3
    assert not soup.select("style, [style], [onclick]")
    assert all(s.get("src") or s.get("type") == "application/ld+json" for s in soup.select("script"))
    for tag, key in (("script", "src"), ("link", "href"), ("img", "src")):
        for element in soup.find_all(tag):
            if element.get("rel") in (["canonical"], ["alternate"]):
                continue
            assert not str(element.get(key, "")).startswith(("http", "//")), element
    assert len(soup.select("h1")) == 1
    assert soup.select_one("main#main")
    assert soup.body.find("a")["href"] == "#main"


def test_fixed_scheme(build):
    assert build({}, more='colorScheme = "dark"\n').soup().html["data-theme"] == "dark"


def test_taxonomies_may_be_nil(build):
    files = {
        "content/news/_index.md": "---\ntitle: News\n---\n",
        "content/news/a/b/c/d/n.md": "---\ntitle: N\ndate: 2024-01-02\ntags: [x]\nnewsHeader: Fresh\n---\nx\n",
        "content/_index.md": "---\ntitle: ''\n---\n",
        "content/404.md": "---\ntitle: Lost\nlayout: 404\n---\nGone.\n",
    }
    site = build(files, config=BASIC + 'disableKinds = ["term", "taxonomy"]\n')
    assert site.warnings() == []
    assert site.soup("/news/").select_one(".post-tag").name == "span"
    banner = site.soup().select_one(".news-container a")
    assert banner["href"] == "/news/"
    assert "Fresh" in banner.text
    assert "2024-01-02" in banner.text
    assert site.soup().title.text == "Example"
    assert "Gone." in site.soup("/404/").main.text


def test_taxonomies_of_all_kinds(build):
    files = {"content/posts/p.md": "---\ntitle: P\ntags: [A b]\ncategories: [C]\ndate: 2024-01-01\n---\nx\n"}
    site = build(files, config=BASIC)
    assert site.soup("/tags/").select_one('main a[href="/tags/a-b/"]')
    assert site.soup("/tags/a-b/").select_one('main a[href="/posts/p/"]')
    assert site.soup("/categories/c/").main.h1


@pytest.mark.parametrize("top", ["", "uglyURLs = true\n"], ids=["folders", "files"])
def test_tags_and_authors_lead_to_their_pages(build, top):
    names = ["A b", "C#", "R&D", "Über"]
    site = build(
        {
            "content/posts/p.md": f"---\ntitle: P\ntags: {names}\nauthors: [Ada <ada>, Ben <no-page>]\n---\nx\n",
            "content/authors/ada.md": "---\ntitle: Ada\n---\nx\n",
        },
        config=top + BASIC,
    )
    post = site.soup("/posts/p.html" if top else "/posts/p/")
    for link in [*post.select(".post-tag"), post.select_one(".post-author")]:
        file = site.public / unquote(link["href"]).lstrip("/")
        assert (file if top else file / "index.html").is_file(), link
    assert [tag.text for tag in post.select(".post-tag")] == ["#a-b", "#c", "#rd", "#über"]
    assert post.select(".post-author")[1]["href"] == "/authors/no-page"


def test_tags_without_pages_are_text(build):
    files = {"content/posts/p.md": "---\ntitle: P\ntags: [A b]\n---\nx\n"}
    post = build(files, config=BASIC + 'disableKinds = ["term"]\n').soup("/posts/p/")
    assert (post.select_one(".post-tag").name, post.select_one(".post-tag").text) == ("span", "#a-b")


def test_posts_are_related_by_tags_and_series_of_any_name(build):
    names = ["Two words", "C#", "R&D", "Über"]
    posts = {
        f"content/posts/{letter}{n}.md": f"---\ntitle: {letter}{n}\ndate: 2024-01-0{n + 1}\n{key}: [{name!r}]\n---\nx\n"
        for n, name in enumerate(names)
        for letter, key in (("a", "tags"), ("b", "tags"), ("s", "series"), ("t", "series"))
    }
    site = build(posts, config=CONFIG + '[taxonomies]\ntag = "tags"\nseries = "series"\n')
    for n in range(len(names)):
        assert [a.text for a in site.soup(f"/posts/a{n}/").select(".sp-related a")] == [f"b{n}"]
        assert [a.text for a in site.soup(f"/posts/s{n}/").select(".sp-series a")] == [f"t{n}"]


NAVBAR = """
[[params.navbar]]
title = "Docs"
url = "/docs/"
[[params.navbar]]
title = '<span class="fas fa-rss" title="RSS feed"></span>'
url = "/index.xml"
[[params.navbar]]
title = "More"
[[params.navbar.sublinks]]
title = "Away"
url = "https://example.com"
is_external = true
[params.navbarlogo]
image = "logo.png"
text = "Example"
link = "/"
[params.hero]
title = "Hero"
subtitle = "Sub"
buttontext = "Go"
buttonlink = "about"
[params.footer]
logo = "logo.png"
socialmedia = [{link = "https://example.com/m", icon = "mastodon"}]
[params.footer.quicklinks.column1]
title = "Maintainers"
links = [{text = "In", link = "/docs/"}, {text = "Out", link = "https://example.com", is_external = true}]
[params.footer.quicklinks.column2]
title = "Nothing yet"
"""


@pytest.mark.parametrize("extra", [[], ["--minify", "--gc"]], ids=["plain", "minified"])
def test_navbar_footer_and_hero(build, extra):
    site = build(
        {"content/docs/_index.md": "---\ntitle: Docs\n---\n## A\n", "static/images/logo.png": PNG},
        *extra,
        more=NAVBAR,
    )
    assert site.warnings() == []
    home, docs = site.soup(), site.soup("/docs/")
    nav = docs.select_one("header nav")
    assert nav.select_one('a[href="/docs/"]')["aria-current"]
    feed = nav.select_one('a[href="/index.xml"]')
    assert feed.svg
    assert feed.get_text(strip=True) == "RSS feed"
    more = nav.select_one("details.sp-menu")
    assert more.summary.get_text(strip=True) == "More"
    away = more.select_one("a.nav-external")
    assert away["target"] == "_blank"
    assert "noopener" in away["rel"]
    assert away.svg
    assert len(away.get_text(" ", strip=True)) > len("Away"), "said in words too"
    logo = docs.select_one("header .sp-logo")
    assert logo.img["alt"] == ""
    assert (logo.img["width"], logo.img["height"]) == ("2", "3")
    assert logo.get_text(strip=True) == "Example"
    assert home.select_one("h1.hero-title").text == "Hero"
    assert home.select_one('.sp-hero a[href="about"]').text == "Go"
    footer = home.select_one("footer#footer")
    assert "Maintainers" in footer.text
    assert footer.select_one('a[href="https://example.com/m"]').get_text(strip=True) == "Mastodon"
    assert footer.select_one("a.nav-external")["target"] == "_blank"


def test_below_a_sub_path_and_with_relative_urls(build):
    files = {
        "content/docs/_index.md": '---\ntitle: Docs\n---\n{{< figure src="/images/logo.png" alt="L" >}}\n',
        "static/images/logo.png": PNG,
    }
    # Hugo itself wants a base address without a path where `relativeURLs` is on.
    for base, extra in (("/sub/path/", ""), ("/", "relativeURLs = true\n")):
        site = build(files, config=extra + CONFIG.replace("example.org/", f"example.org{base}"), more=NAVBAR)
        soup = site.soup("/docs/")
        places = [(e, "src") for e in soup.select("img, script[src]")]
        places += [(e, "href") for e in soup.select('link[rel="stylesheet"], header a, footer a')]
        for element, key in places:
            address = urlsplit(urljoin(f"https://example.org{base}docs/", element[key]))
            if address.netloc != "example.org":
                continue
            assert address.path.startswith(base), (element, base)
            file = site.public / address.path.removeprefix(base)
            assert (file / "index.html" if file.is_dir() else file).is_file(), (element, base)


def test_links_from_the_root_lead_to_pages_below_a_sub_path_from_the_home_page_too(build):
    text = "[page](/docs/other/) [part](/docs/other#there) [section](/docs/) [file](/data.csv)"
    files = {
        "content/_index.md": f"---\ntitle: H\n---\n\n{text}\n",
        "content/docs/_index.md": f"---\ntitle: D\n---\n\n{text}\n",
        "content/docs/other.md": f"---\ntitle: O\n---\n\n{text}\n",
    }
    site = build(files, config=BASIC.replace("example.org/", "example.org/sub/"))
    for page in ("/", "/docs/", "/docs/other/"):
        links = {a.text: a["href"] for a in site.soup(page).main.select("p a")}
        assert links["page"] == "/sub/docs/other/", page
        assert links["part"] == "/sub/docs/other/#there", page
        assert links["section"] == "/sub/docs/", page
        assert links["file"] == "/data.csv", page


def test_raw_html_off_keeps_what_shortcodes_print(build):
    text = (
        "{{< grid >}}\n[[item]]\ntype='card'\nbody='''\n{{< image src=\"/a.png\" alt=\"A\" >}}\n**Ada**\n"
        "<script>alert(1)</script>\n'''\n{{< /grid >}}\n\n"
        '{{< grid file="t.toml" />}}\n\n{{< admonition tip >}}\n{{< badge info >}}b{{< /badge >}} x\n{{< /admonition >}}\n'
    )
    site = build(
        {
            "content/s/index.md": "---\ntitle: S\n---\n\n" + text,
            "content/s/t.toml": "[[item]]\ntype='card'\nbody='''\n{{< image src=\"/b.png\" alt=\"B\" >}}\nBen\n'''\n",
        },
        config=BASIC,
    )
    main = site.soup("/s/").main
    assert [i["alt"] for i in main.select("img")] == ["A", "B"]
    assert main.select_one(".sd-card strong").text == "Ada"
    assert main.select_one(".admonition .sd-badge").text == "b"
    assert not main.select("script")


def test_links_and_images_resolve_without_breaking_any(build):
    text = (
        "[md](other.md) [frag](#here) [abs](/docs/other/) [file](data.csv) [gone](nowhere.md) [out](https://example.com/?a=1&b=[2]) "
        "[mail](mailto:a@b.c) [phone](tel:+1) ![pic](p.png) ![far](https://example.com/x.png) ![none](no.png)\n\n## Here\n\nx `a`\n"
    )
    site = build(
        {
            "content/docs/_index.md": "---\ntitle: D\n---\n",
            "content/docs/other.md": "---\ntitle: O\n---\n",
            "content/docs/here/index.md": "---\ntitle: H\n---\n\n" + text.replace("other.md", "../other.md"),
            "content/docs/here/p.png": PNG,
            "content/docs/here/data.csv": "a\n",
        }
    )
    assert site.warnings() == []
    main = site.soup("/docs/here/").main
    links = {a.text: a["href"] for a in main.select(".content-container > p a")}
    assert links["md"] == "/docs/other/"
    assert links["frag"].endswith("#here")
    assert links["file"] == "/docs/here/data.csv"
    assert links["gone"] == "nowhere.md"
    assert links["mail"] == "mailto:a@b.c"
    assert links["phone"] == "tel:+1"
    assert links["out"] == "https://example.com/?a=1&b=%5B2%5D"
    pic = main.select_one('img[alt="pic"]')
    assert (pic["src"], pic["width"], pic["height"]) == ("/docs/here/p.png", "2", "3")
    assert main.select_one('img[alt="none"]')["src"] == "no.png"
    heading = main.h2
    assert heading["id"] == "here"
    assert heading.select_one("a.headerlink")["href"] == "#here"
    assert heading.select_one("a.headerlink")["title"]


def test_code_is_highlighted_by_classes_where_a_site_asks_for_styles(build):
    site = build(
        {
            "content/c.md": "---\ntitle: C\n---\n\n```python\nx = 1\n```\n\n```yaml!\na: 1\n```\n\n```\nplain\n```\n"
        },
        more='\n[markup.highlight]\nnoClasses = true\nstyle = "monokai"\n',
    )
    main = site.soup("/c/").main
    assert main.select_one("div.highlight > pre.chroma > code.language-python")
    assert not main.select("[style]")
    assert len(main.select("pre")) == 3


def test_font_awesome_names_show_our_pictures(build):
    site = build({"content/i.md": '---\ntitle: I\n---\n\n<i class="fas fa-chalkboard"></i>\n'})
    css = site.text(site.soup("/i/").select_one('link[rel="stylesheet"]')["href"])
    found = re.search(r"\.fa-chalkboard[^{]*\{--sp-fa:\s*url\(([^)]+)\)", css)
    assert found
    assert (site.public / "css" / found[1].strip("\"'")).is_file()


def test_helpers_of_every_folder_of_layouts_have_their_rules(build, old_build):
    site = build(
        {
            "layouts/_partials/first.html": '<p class="sd-mt-3">a</p>',
            "layouts/between/plain.html": "<p>b</p>",
            "layouts/last/one.html": '<ul class="post-list"><li class="sd-pb-3 fa-list">c</li></ul>',
            "content/p.md": "---\ntitle: P\n---\n\nText.\n",
        }
    )
    for public in (site.public, old_build(site.folder)):
        page = BeautifulSoup((public / "p/index.html").read_text(), "html.parser")
        css = (public / page.select_one('link[rel="stylesheet"]')["href"].lstrip("/")).read_text()
        missing = {name for name in (".sd-mt-3", ".sd-pb-3", ".fa-list", ".post-list") if name not in css}
        assert not missing, public


def test_security_policy_may_forbid_every_program(build, hugo_version):
    files = {"assets/css/own.scss": "$c: red;\n.a { color: $c }\n"}
    site = build(files, more='\n[security.exec]\nallow = ["^none$"]\n', check=False)
    # Before 0.153 Hugo itself ends a build in which Dart Sass could not run, even where a template expects it.
    assert site.code == (0 if hugo_version >= (0, 153) else 1)
    assert len(site.warnings()) == 1
    assert "own.scss" in site.warnings()[0]


def test_smaller_copies_of_pictures_are_made_where_asked(build):
    files = {"content/p/index.md": "---\ntitle: P\n---\n![x](p.png)\n", "content/p/p.png": PNG}
    assert not build(files).soup("/p/").main.img.has_attr("srcset")
    site = build(files, more="imageSizes = [1, 900]\n")
    small, full = site.soup("/p/").main.img["srcset"].split(", ")
    assert full == "/p/p.png 2w"
    assert small.endswith(" 1w")
    assert (site.public / small.split()[0].lstrip("/")).is_file()


@pytest.mark.parametrize(
    "name",
    ["markdown", "unwrap", "toml", "page-name", "feed-text", "feed-summary", "elsewhere"],
)
def test_what_runs_for_every_piece_does_not_return(name):
    """Hugo 0.168 opens a partial's file for each `return`, ten times the cost of printing."""
    assert "{{- return" not in (ROOT / f"hugo-theme/layouts/_partials/{name}.html").read_text(
        encoding="utf-8"
    )


def test_every_parameter_the_templates_ask_for_is_in_the_reference():
    asked = {
        name
        for file in (ROOT / "hugo-theme" / "layouts").rglob("*.*")
        for name in re.findall(r"\bsite\.Params\.(\w+)", file.read_text("utf-8"))
    }
    known = set(re.findall(r"\w+", (ROOT / "docs" / "reference" / "hugo-params.md").read_text("utf-8")))
    assert asked - known == set()
