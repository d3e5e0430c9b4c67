"""What each shortcode of the theme prints."""

from __future__ import annotations

import html5lib
import pytest
from tests_png import PNG

PAGES = {
    "grid": """{{< grid columns="1 2 2 3" gutter="3" outline="true" >}}
# a comment: with a colon before any equals sign
[[item]]
type = 'card'
title = 'A <b>'
link = '/other/'
body = '''
Text with [a link](/inner/) and {{< badge success >}}new{{< /badge >}}.
'''
[[item]]
type = 'card'
header = '**Head**'
link = 'https://example.com'
body = 'See [this](/x/).'
footer = '''<div>{{< button
   label="Go"
   link="/go/"
   style="outline-primary"
>}}</div>'''
[[item]]
type = 'card'
classcard = 'text-center'
link = '/name/'
body = '''
{{< image src="https://example.com/a.png?v=4\\"" alt="Avatar of Ada" >}}
Ada
'''
[[item]]
columns = '6'
body = 'plain *cell*'
[[item]]
type = 'card'
link = '/only-picture/'
body = '{{< image src="/p.png" alt="The picture" >}}'
{{< /grid >}}
""",
    "two": '{{< grid columns="1 2" >}}\n[[item]]\nbody="x"\n{{< /grid >}}',
    "card": "{{< card >}}\ntitle = 'Alone'\nbody = 'B'\n{{< /card >}}",
    "admonition": (
        "{{< admonition seealso >}}\n- one\n- two\n\n```python\nx = 1\n```\n{{< /admonition >}}\n\n"
        "{{< admonition mission >}}\nOurs\n{{< /admonition >}}\n"
    ),
    "tabs": (
        "{{< tabs >}}\n[[tab]]\nname = 'c++'\ncontent = '''\n```cpp\nint x;\n```\n'''\n"
        "[[tab]]\nname = '<Rust>'\ncontent = '*two*'\n{{< /tabs >}}\n\n"
        "{{< tabs >}}\n[[tab]]\nname = 'c++'\ncontent = 'again'\n{{< /tabs >}}\n"
    ),
    "figure": (
        '{{< figure src="/images/p.png" alt="What it shows" title="The *title*" caption="A **caption**" '
        'attribution="Somebody" attributionlink="https://example.com" align="left" width="50%" '
        'legend="a<br>b" >}}\n\n{{< figure src="/images/p.png" alt="" >}}\n'
    ),
    "image": (
        '{{< image lightsrc="/l.png" darksrc="/d.png" alt="Logo" raw="yes" >}}\n\n'
        '{{< image src="/images/p.png" alt="P" target="https://example.com" align="right" >}}\n'
    ),
    "details": '{{< details "**More**" >}}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n{{< /details >}}',
    "table": (
        "{{< yamlToTable >}}\ncaption: C\nheaders: [a, '**b**']\nformat:\n  - align: left\n  - align: right\n"
        "rows:\n  - columns: [1, null]\n  - columns:\n      - text: '*wide*'\n        colspan: 2\n"
        "{{< /yamlToTable >}}"
    ),
    "button": '{{< button label="Go & see" link="/go" style="outline-danger" >}}',
    "badge": "{{< badge warning >}}careful{{< /badge >}} {{< badge info outline >}}x{{< /badge >}}",
    "dropdown": (
        "{{< dropdown >}}\ntitle = 'T'\nicon = 'fa-solid fa-book'\ncolor = 'info'\nopen = true\n"
        "chevron = 'down-up'\nanimate = 'fade-in'\nbody = '''\ntext\n\n"
        "{{< admonition tip >}}\nin\n{{< /admonition >}}\n'''\n{{< /dropdown >}}"
    ),
    "fields": "{{< field-list >}}\n[[entry]]\nterm = 'T'\ndef = '*D*'\n{{< /field-list >}}",
    "sidebar": '{{< sidebar title="Aside" >}}\n**in**\n{{< /sidebar >}}',
    "numfocus": "{{< numfocus >}}",
    "highlight": '{{< highlight python "linenos=table,hl_lines=1" >}}\nx = 1\n{{< /highlight >}}',
    "video": '{{< youtube id="dQw4w9WgXcQ" strange="1" >}}',
    "comment": "before\n\n<!-- {{< badge info >}}hidden{{< /badge >}} -->\n\nafter",
}


@pytest.fixture(scope="module")
def site(build):
    files = {f"content/s/{name}.md": f"---\ntitle: {name}\n---\n\n{text}\n" for name, text in PAGES.items()}
    files |= {
        "content/s/_index.md": "---\ntitle: S\n---\n",
        "static/images/p.png": PNG,
        "content/f/_index.md": '---\ntitle: F\n---\n\n{{< grid file="t.toml" />}}\n',
        "content/f/t.toml": "[[item]]\ntype='card'\nbody='''\n{{< image src=\"/a.png\" alt=\"A\" >}}\nName\n'''\n",
        "content/i/index.md": (
            "---\ntitle: I\n---\n\n{{< include-code part.py python >}}\n\n{{< include-md part.md >}}\n\n"
            "{{< include front.md >}}\n\n```text\n{{< include-raw raw.txt >}}\n```\n\n"
            '{{< include-html "snippets/x.html" >}}\n'
        ),
        "content/i/part.py": "import this\n",
        "content/i/part.md": "## Part\n\nof *it*\n",
        "content/i/front.md": "---\ntitle: no\n---\nonly **body**\n",
        "content/i/raw.txt": "a < b",
        "snippets/x.html": '<div class="sd-card"><p>raw</p></div>',
        "content/t/_index.md": "---\ntitle: T\n---\n\n{{< toctree >}}\n",
        "content/t/u/_index.md": "---\ntitle: U\n---\n",
        "content/t/u/p.md": "---\ntitle: P\n---\n\n## Heading\n",
        "content/posts/_index.md": "---\ntitle: Posts\n---\n",
        "content/blog-home.md": "---\ntitle: B\n---\n\n{{< blog >}}\n",
    }
    for day in range(1, 11):
        files[f"content/posts/p{day}.md"] = (
            f"---\ntitle: Post {day}\ndate: 2024-01-{day:02}\nauthors: [Ada <ada>, Ben]\ntags: [X Y]\n---\n\n"
            f"summary {day}\n\n<!--more-->\n\nrest\n"
        )
    return build(files)


def test_no_warnings(site):
    assert site.warnings() == []


def test_grid_and_cards(site):
    main = site.soup("/s/grid/").main
    row = main.select_one(".sd-container-fluid > .sd-row")
    assert {"sd-row-cols-1", "sd-row-cols-sm-2", "sd-row-cols-lg-3", "sd-g-3"} <= set(row["class"])
    cards = row.select(".sd-card")
    assert len(row.find_all("div", class_="sd-col", recursive=False)) == 5
    for card in cards:
        links = card.select("a.sd-stretched-link")
        assert len(links) == 1, card
        name = links[0].get_text(strip=True) or links[0].img["alt"]
        assert name, card
        assert not links[0].select("a"), "links do not nest"
    assert [c.select_one("a.sd-stretched-link").get_text(strip=True) for c in cards[:3]] == [
        "A <b>",
        "Head",
        "Ada",
    ]
    assert cards[0].select_one('a[href="/inner/"]')
    assert cards[1].select_one(".sd-card-footer a:has(> .sd-btn-outline-primary)")["href"] == "/go/"
    assert cards[2].img["src"] == "https://example.com/a.png?v=4%22"
    assert "text-center" in cards[2]["class"]
    assert main.select_one(".sd-col-6 em").text == "cell"


def test_fewer_columns_are_filled_up(site):
    assert {"sd-row-cols-1", "sd-row-cols-lg-2"} <= set(site.soup("/s/two/").select_one(".sd-row")["class"])


def test_grid_from_a_file(site):
    card = site.soup("/f/").select_one(".sd-card")
    assert card.img["alt"] == "A"
    assert "{{" not in card.text


def test_card_alone_has_a_margin(site):
    card = site.soup("/s/card/").select_one(".sd-card")
    assert "sd-mb-3" in card["class"]
    assert card.select_one(".sd-card-title").text == "Alone"


def test_admonitions(site):
    first, own = site.soup("/s/admonition/").select("div.admonition")
    assert first.select_one("p.admonition-title").text == "See also"
    assert first["role"] == "note"
    assert first.select_one(".highlight code.language-python")
    assert len(first.select("li")) == 2
    assert own.select_one(".admonition-title").text == "Mission"


def test_tabs_are_wired_and_unique(site):
    soup = site.soup("/s/tabs/")
    assert [b.text for b in soup.select("[role=tab]")] == ["c++", "<Rust>", "c++"]
    ids = [e["id"] for e in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    for tab in soup.select("[role=tab]"):
        panel = soup.find(id=tab["aria-controls"])
        assert panel["role"] == "tabpanel"
        assert panel["aria-labelledby"] == tab["id"]
        assert not panel.has_attr("hidden"), "complete without a script"
    assert soup.select_one("[role=tablist].automatic")
    assert soup.select_one("[role=tabpanel] code.language-cpp")


def test_figure(site):
    full, bare = site.soup("/s/figure/").select("figure")
    assert full.img["src"] == "/images/p.png"
    assert full.img["alt"] == "What it shows"
    assert full.img["width"] == "50%"
    assert "align-left" in full["class"]
    caption = full.figcaption
    assert caption.strong.text == "The *title*", "a title is plain text"
    assert caption.select_one("a.headerlink")["href"] == f"#{full['id']}"
    assert caption.select_one('a[href="https://example.com"]').text == "Somebody"
    assert caption.select_one(".legend br")
    assert bare.figcaption is None
    assert bare.img["alt"] == ""
    assert (bare.img["width"], bare.img["height"]) == ("2", "3"), "size read from the file"


def test_image_pair_and_link(site):
    soup = site.soup("/s/image/").main
    assert soup.select_one("img.light-theme")["src"] == "/l.png"
    assert soup.select_one("img.dark-theme")["src"] == "/d.png"
    assert soup.select_one('a[href="https://example.com"] > img.align-right')["loading"] == "lazy"


def test_details(site):
    details = site.soup("/s/details/").main.select_one("details.sp-details")
    assert details.parent.name != "p"
    assert details.summary.strong.text == "More"
    assert [c.text for c in details.select("td")] == ["1", "2"]


def test_yaml_table(site):
    table = site.soup("/s/table/").main.table
    assert table.caption.text == "C"
    assert [h["scope"] for h in table.thead.select("th")] == ["col", "col"]
    assert table.thead.strong.text == "b"
    rows = table.tbody.select("tr")
    assert [c.text for c in rows[0].select("td")] == ["1", ""]
    assert rows[1].td["colspan"] == "2"
    assert rows[1].em.text == "wide"


def test_inline_pieces(site):
    # Sites' own sheets size the link and let the button stick out of it.
    button = site.soup("/s/button/").main.select_one("a:has(> span.sd-btn.sd-btn-outline-danger)")
    assert (button.text, button["href"]) == ("Go & see", "/go")
    badges = site.soup("/s/badge/").main.select(".sd-badge")
    assert {"sd-bg-warning", "sd-bg-text-warning"} <= set(badges[0]["class"])
    assert "sd-outline-info" in badges[1]["class"]
    fields = site.soup("/s/fields/").main.dl
    assert fields.dt.get_text() == "T:"
    assert fields.dd.em.text == "D"
    aside = site.soup("/s/sidebar/").main.select_one("aside.sidebar")
    assert aside.select_one(".sidebar-title").text == "Aside"
    assert aside.strong.text == "in"
    assert site.soup("/s/numfocus/").main.select_one('a[href*="numfocus.org"]').text


def test_dropdown(site):
    details = site.soup("/s/dropdown/").main.select_one("details.sd-dropdown")
    assert details.has_attr("open")
    assert "sd-fade-in" in details["class"]
    assert details.summary.select_one("svg[aria-hidden=true]")
    assert {"sd-bg-info"} <= set(details.summary["class"])
    assert details.select_one(".admonition.tip")


def test_highlight_never_writes_style_attributes(site):
    main = site.soup("/s/highlight/").main
    assert main.select_one(".chroma")
    assert not main.select("[style]")


def test_shortcodes_in_comments_and_strange_parameters_build(site):
    assert "after" in site.soup("/s/comment/").main.text
    assert site.soup("/s/video/").select_one("iframe")


def test_includes(site):
    main = site.soup("/i/").main
    assert main.select_one("code.language-python")
    assert main.find("h2").get_text().startswith("Part")
    assert main.select_one("strong").text == "body"
    assert "title: no" not in main.text
    assert "a < b" in main.text
    assert main.select_one(".sd-card > p").text == "raw"


def test_toctree(site):
    tree = site.soup("/t/").select_one(".toctree-wrapper")
    assert [a["href"] for a in tree.select("a")] == ["/t/u/", "/t/u/p/", "/t/u/p/#heading"]


def test_blog_shows_the_eight_newest(site):
    main = site.soup("/blog-home/").main
    titles = [h.text.strip() for h in main.select(".post-title")]
    assert titles == [f"Post {n}" for n in range(10, 2, -1)]
    assert "rest" not in main.text
    assert main.select_one('a[href="/posts/"]')
    more = main.select("a.post-more")
    assert len({a.get_text(" ", strip=True) for a in more}) == 8, "each link says where it leads"


def test_blocks_on_lines_that_follow_each_other_are_not_inside_a_paragraph(build):
    figure = '{{< figure src="/images/p.png" alt="x" title="Same" >}}\n'
    text = (
        "{{< admonition tip >}}\na\n{{< /admonition >}}\n{{< admonition note >}}\nb\n{{< /admonition >}}\n\n"
    )
    site = build({"content/p.md": f"---\ntitle: P\n---\nwords\n{figure}{figure}\n{text}"})
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(site.text("/p/"))
    assert parser.errors == []
    main = site.soup("/p/").main
    assert not [p for p in main.select("p") if not p.get_text(strip=True)]
    first, second = main.select("figure")
    assert first["id"] == "figure-same"
    assert second["id"] != first["id"], "two figures of one title"
    assert second.select_one("a.headerlink")["href"] == f"#{second['id']}"
