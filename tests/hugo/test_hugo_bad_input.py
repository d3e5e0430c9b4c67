"""Mistakes in content: an error or a warning that says what, where and what to do."""

from __future__ import annotations

import re

import pytest
from hugo_sites import CONFIG

HOME = "---\ntitle: Home\n---\n"
PAGE = "---\ntitle: Page\n---\n\nfirst line\n\n"

ERRORS = {
    "missing grid file": ('{{< grid file="nowhere.toml" />}}', ["nowhere.toml", "grid", "index.md"]),
    "bad gutter": ('{{< grid gutter="1 2" >}}\n[[item]]\nbody="x"\n{{< /grid >}}', ["gutter", "0 to 5"]),
    "gutter out of range": ('{{< grid gutter="9" >}}\n[[item]]\nbody="x"\n{{< /grid >}}', ["gutter", "9"]),
    "bad columns": ('{{< grid columns="many" >}}\n[[item]]\nbody="x"\n{{< /grid >}}', ["columns", "many"]),
    "broken toml": ("{{< grid >}}\n[[item]\nbody=\n{{< /grid >}}", ["grid", "TOML"]),
    "broken card": ("{{< card >}}\ntitle = unquoted\n{{< /card >}}", ["card", "TOML"]),
    "broken tabs": ("{{< tabs >}}\n[[tab]]\nname = 'x\n{{< /tabs >}}", ["tabs", "TOML"]),
    "no tabs": ("{{< tabs >}}\n\n{{< /tabs >}}", ["tabs", "[[tab]]"]),
    "broken yaml": ("{{< yamlToTable >}}\nrows: [\n{{< /yamlToTable >}}", ["yamlToTable"]),
    "no figure source": ('{{< figure alt="x" >}}', ["figure", "src"]),
    "no image source": ('{{< image alt="x" >}}', ["image", "src"]),
    "include of nothing": ("{{< include-md nowhere.md >}}", ["include-md", "nowhere.md"]),
    "include html of nothing": ('{{< include-html "no/x.html" >}}', ["include-html", "no/x.html"]),
    "include without a name": ("{{< include-code >}}", ["include-code", "FILE"]),
    "button without a link": ('{{< button label="x" >}}', ["button", "link"]),
    "one table for a list": ('{{< grid >}}\nitem = "x"\n{{< /grid >}}', ["grid", "[[item]]"]),
    "texts for tables": ('{{< grid >}}\nitem = ["x", "y"]\n{{< /grid >}}', ["grid", "[[item]]"]),
    "a list for a text": ('{{< card >}}\nbody = ["x"]\n{{< /card >}}', ["card", "body", "text"]),
    "tabs of texts": ('{{< tabs >}}\ntab = "x"\n{{< /tabs >}}', ["tabs", "[[tab]]"]),
    "fields of texts": ('{{< field-list >}}\nentry = "x"\n{{< /field-list >}}', ["field-list", "[[entry]]"]),
    "table rows of texts": (
        "{{< yamlToTable >}}\nrows: [x, y]\n{{< /yamlToTable >}}",
        ["yamlToTable", "rows"],
    ),
    "table headers as a text": (
        "{{< yamlToTable >}}\nheaders: abc\nrows: []\n{{< /yamlToTable >}}",
        ["yamlToTable", "headers", "list"],
    ),
    "a cell that is a list": (
        "{{< yamlToTable >}}\nrows:\n- columns: [[1, 2]]\n{{< /yamlToTable >}}",
        ["yamlToTable", "cell", "colspan"],
    ),
    "a width in words": (
        "{{< yamlToTable >}}\nrows:\n- columns: [{text: a, colspan: two}]\n{{< /yamlToTable >}}",
        ["yamlToTable", "colspan", "two"],
    ),
    "include of itself": ('{{< include "index.md" >}}', ["include", "index.md", "itself"]),
    "levels in words": ('{{< toctree levels="many" >}}', ["toctree", "levels", "many"]),
    "image without names": ('{{< image "/a.png" >}}', ["image", "src"]),
    "include of a folder": ('{{< include-md ".." >}}', ["include-md", '".."']),
}


@pytest.mark.parametrize("name", ERRORS)
def test_a_mistake_is_an_error_that_names_the_place(build, name):
    text, words = ERRORS[name]
    site = build({"content/page/index.md": PAGE + text + "\n"}, check=False)
    assert site.code != 0
    errors = [line for line in site.log.splitlines() if line.startswith("ERROR")]
    assert errors, site.log
    assert "page/index.md:7" in errors[0], errors
    for word in words:
        assert word in errors[0], errors
    assert "panic" not in site.log


def test_a_page_without_a_title_in_the_trail_is_an_error(build):
    site = build(
        {"content/s/_index.md": "---\nweight: 1\ntitle: ''\n---\nx\n", "content/s/p.md": PAGE}, check=False
    )
    assert site.code != 0
    assert "s/_index.md" in site.log
    assert "title" in site.log


ALT = {
    "figure": '{{< figure src="/a.png" >}}',
    "image": '{{< image src="/a.png" >}}',
    "markdown": "![](/a.png)",
}


@pytest.mark.parametrize("kind", ALT)
def test_a_picture_without_words_is_a_warning(build, kind):
    site = build({"content/page.md": PAGE + ALT[kind] + "\n"})
    assert site.code == 0
    (warning,) = site.warnings()
    assert "/a.png" in warning
    assert "page.md:7" in warning
    assert 'alt=""' in warning


@pytest.mark.parametrize("kind", ALT)
def test_the_warning_can_be_silenced_or_made_an_error(build, kind):
    files = {"content/page.md": PAGE + ALT[kind] + "\n"}
    assert build(files, config='ignoreLogs = ["alt-text"]\n' + CONFIG).warnings() == []
    strict = build(files, more="[params.altText]\nstrict = true\n", check=False)
    assert strict.code != 0
    assert "page.md:7" in strict.log


NESTED = {
    "image in a box": (
        "{{< admonition tip >}}\nWords.\n\n" + ALT["image"] + "\n{{< /admonition >}}",
        "no alternative",
    ),
    "figure, two deep": (
        "{{< details x >}}\n\n{{< admonition tip >}}\n"
        + ALT["figure"]
        + "\n{{< /admonition >}}\n{{< /details >}}",
        "no alternative",
    ),
    "image in TOML": (
        '{{< grid >}}\n[[item]]\nbody="""\n' + ALT["image"].replace('"', "`") + '\n"""\n{{< /grid >}}',
        "no alternative",
    ),
    "button": ('{{< admonition tip >}}\n\n{{< button label="x" >}}\n{{< /admonition >}}', "button"),
    "grid": ('{{< admonition tip >}}\n\n{{< grid gutter="9" >}}{{< /grid >}}\n{{< /admonition >}}', "gutter"),
}


@pytest.mark.parametrize("name", NESTED)
def test_a_mistake_inside_a_shortcode_names_the_line_of_the_outer_one(build, name):
    text, word = NESTED[name]
    log = build({"content/page.md": PAGE + text}, check=False).log
    (line,) = (line for line in log.splitlines() if word in line)
    assert "page.md:7" in line


def test_a_dropdown_without_a_title_gets_one(build):
    site = build({"content/page.md": PAGE + "{{< dropdown >}}\nbody='x'\n{{< /dropdown >}}\n"})
    assert site.soup("/page/").select_one(".sd-summary-text").text == "Details"
    (warning,) = site.warnings()
    for word in ("dropdown", "title = ", "page.md:7"):
        assert word in warning


def test_an_empty_alternative_is_a_statement(build):
    text = '{{< figure src="/a.png" alt="" >}}\n\n{{< image src="/a.png" alt="" >}}\n'
    assert build({"content/page.md": PAGE + text}).warnings() == []


def test_unknown_things_do_not_break_a_build(build):
    site = build(
        {
            "content/page.md": PAGE
            + '{{< image src="/a.png" alt="x" colour="red" >}}\n\n```yaml!\na: 1\n```\n'
            "{{< dropdown >}}\ntitle='x'\nicon='fa-solid fa-no-such-thing'\nbody='y'\n{{< /dropdown >}}\n"
        },
        more='[params.footer]\nsocialmedia = [{link = "https://example.com", icon = "no-such-icon"}]\n'
        '[params.footer.quicklinks.column1]\ntitle = "Empty"\n',
    )
    assert site.code == 0
    assert any("no-such-icon" in w for w in site.warnings())
    assert site.soup("/page/").select_one('footer a[href="https://example.com"]').get_text(strip=True)


def test_a_home_block_without_its_file_says_so(build):
    site = build({}, more="[params.shell]\ntitle = 'x'\n")
    assert any("shell" in w and "layouts" in w for w in site.warnings())


def test_a_menu_entry_without_a_title_is_named(build):
    config = CONFIG.replace("description =", "navbar = [{url = '/nameless/'}]\ndescription =")
    (warning,) = build({}, config=config).warnings()
    assert "params.navbar" in warning
    assert "/nameless/" in warning
    assert "title" in warning


def test_an_unknown_scheme_is_named(build):
    site = build({}, more='colorScheme = "purple"\n')
    assert any("purple" in w for w in site.warnings())
    assert site.soup().html["data-colorscheme"] == "auto"


@pytest.mark.parametrize("author", ["Ada", "[Ada]", "{name: Ada}", "[{name: Ada}]"])
def test_the_old_author_key_is_read_with_a_warning(build, author):
    site = build(
        {
            "content/posts/_index.md": "---\ntitle: Posts\n---\n",
            "content/posts/p.md": f"---\ntitle: P\ndate: 2024-01-01\nauthor: {author}\n---\nx\n",
        }
    )
    assert site.soup("/posts/p/").select_one(".post-author").text == "Ada"
    (warning,) = site.warnings()
    assert "write `authors: [Ada]`" in warning


PARAMS = {
    "altText": ["altText = true", "altText = 'strict'"],
    "search": ["search = 'yes'", "search = 'false'", "search = {engine = 'x'}"],
    "objects_inv": ["objects_inv = 'no'"],
    "navbar": ["navbar = true", "navbar = 'x'", "navbar = ['x']", "navbar = {title = 'x'}"],
    "navbar[0].sublinks": [
        "navbar = [{title = 'x', sublinks = 'y'}]",
        "navbar = [{title = 'x', sublinks = ['y']}]",
    ],
    "navbar[0].title": ["navbar = [{title = ['x'], url = '/'}]"],
    "navbarlogo": ["navbarlogo = 'x.png'", "navbarlogo = true"],
    "hero": ["hero = true", "hero = 'x'"],
    "hero.buttons": ["hero = {buttons = 'x'}", "hero = {buttons = ['x']}"],
    "footer": ["footer = 'x'", "footer = ['x']"],
    "footer.quicklinks": ["footer = {quicklinks = ['x']}"],
    "footer.quicklinks.column1": ["footer = {quicklinks = {column1 = 'x'}}"],
    "footer.quicklinks.column1.links": ["footer = {quicklinks = {column1 = {links = ['x']}}}"],
    "footer.socialmedia": ["footer = {socialmedia = 'x'}", "footer = {socialmedia = ['github']}"],
    "plausible": ["plausible = true"],
    "versions": ["versions = 'switcher.json'"],
    "posts": ["posts = true"],
    "posts.related": ["posts = {related = 'no'}"],
    "images": ["images = {a = 'x'}", "images = [{a = 'x'}]"],
    "imageSizes": ["imageSizes = 480", "imageSizes = ['small']"],
    "colorScheme": ["colorScheme = ['dark']"],
    "mermaid": ["mermaid = true"],
}


@pytest.mark.parametrize(("key", "line"), [(key, line) for key, lines in PARAMS.items() for line in lines])
def test_a_param_of_the_wrong_shape_is_named_with_its_remedy(build, key, line):
    site = build({}, config=CONFIG.replace("description =", f"{line}\ndescription ="), check=False)
    assert site.code != 0
    errors = [text for text in site.log.splitlines() if text.startswith("ERROR")]
    assert f"params.{key} must be" in errors[0], errors
    assert "write " in errors[0], errors
    assert "template" not in site.log, "nothing of Hugo's own after it"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("altText = {strct = true}", "params.altText.strct means nothing to the theme; it knows strict"),
        ("brand = {primry = '#123'}", "params.brand.primry means nothing"),
        ("inventories = {backtick = true}", "params.inventories.backtick means nothing"),
        ("socialCards = {colour = '#123456'}", "params.socialCards.colour means nothing"),
        ("versions = {fil = 'x'}", "params.versions.fil means nothing"),
        ("ecosystem_bar = 'foter'", 'params.ecosystem_bar = "foter" means nothing'),
    ],
)
def test_a_param_that_means_nothing_is_a_warning(build, line, says):
    site = build({}, config=CONFIG.replace("description =", f"{line}\ndescription ="))
    (warning,) = site.warnings()
    assert says in warning


@pytest.mark.parametrize(
    "brand", ["'#4d2a84'", "['#4d2a84', '#b8336a']", "{primary = '#4d2a84', secondary = '#b8336a'}"]
)
def test_a_brand_is_one_colour_or_two(build, brand):
    site = build({}, config=CONFIG.replace("description =", f"brand = {brand}\ndescription ="))
    css = site.text(site.soup().select_one('link[rel="stylesheet"]')["href"])
    assert "--sp-brand:#4d2a84" in css
    assert ("--sp-brand-2:#b8336a" in css) == ("b8336a" in brand)


FRONT = {
    "tags: {a: b}": "tags",
    "authors: {a: b}": "authors",
    "authors: [{first: Ada}]": "authors",
    "tags: [[a, b]]": "tags",
    "images: [{a: 1}]": "images",
    "shortcutDepth: deep": "shortcutDepth",
    "shortcutDepth: [3]": "shortcutDepth",
    "newsLink: [a]": "newsLink",
    "author: {first: Ada}": "authors",
    "editURL: [1]": "editURL",
    "editURL: true": "editURL",
    "canonicalURL: [x]": "canonicalURL",
    "start: soon": "start",
    "start: 2027-01-01\nend: soon": "end",
    "start: 2027-01-01\nplace: [a]": "place",
}


@pytest.mark.parametrize("line", FRONT)
def test_a_front_matter_key_of_the_wrong_shape_is_a_warning(build, line):
    page = f"---\ntitle: P\ndate: 2024-01-01\n{line}\n---\n\n## A\n"
    site = build({"content/news/p.md": page, "content/posts/p.md": page, "content/docs/p.md": page})
    assert site.code == 0
    assert site.warnings(), site.log
    assert all(f"`{FRONT[line]}`" in w or FRONT[line] in w for w in site.warnings()), site.warnings()
    assert all("p.md" in w for w in site.warnings()), site.warnings()


def test_an_address_of_the_wrong_shape_is_the_usual_one(build):
    page = "---\ntitle: P\neditURL: [1]\ncanonicalURL: [x]\n---\n"
    soup = build({"content/docs/p.md": page}, more='editURL = "https://example.org/e/"\n').soup("/docs/p/")
    assert soup.select_one('link[rel="canonical"]')["href"].endswith("/docs/p/")
    assert not soup.select_one(".sp-edit")


def test_a_mistake_in_a_script_of_the_site_names_its_file_and_line(build):
    scripts = {"assets/js/a.js": "let first = 1\n", "assets/js/b.js": "let x = 1;\nfunction ( {\n"}
    site = build(scripts, check=False)
    assert site.code != 0
    assert '"/js/b.js"' in site.log
    assert "on line 2 and" in site.log
    twice = build({**scripts, "assets/js/b.js": "let first = 2\n"}, check=False)
    assert twice.code != 0
    assert "first has already been declared" in twice.log


def test_a_file_that_is_no_picture_is_named(build, hugo_version):
    featured = "date: 2024-01-01\nresources:\n- {name: featuredImage, src: p.jpg, params: {showOnTop: true}}"
    words = '![x](p.jpg)\n\n{{< figure src="p.jpg" alt="x" >}}\n'
    site = build(
        {
            "content/posts/p/index.md": f"---\ntitle: P\n{featured}\n---\n{words}",
            "content/posts/p/p.jpg": b"",
        },
        more="imageSizes = [1]\n",
    )
    assert len(site.soup("/posts/p/").main.select('img[src$="p.jpg"]')) == 3
    # Older ones take it for a picture without a size.
    assert len(site.warnings()) == (1 if hugo_version >= (0, 164) else 0)
    for warning in site.warnings():
        assert "posts/p/index.md" in warning
        assert '"p.jpg"' in warning


def test_one_tag_may_be_a_text(build):
    site = build({"content/posts/p.md": "---\ntitle: P\ndate: 2024-01-01\ntags: solo\n---\nx\n"})
    assert site.warnings() == []
    assert site.soup("/posts/p/").select_one(".post-tag").text == "#solo"


SAFE = CONFIG.replace("unsafe = true", "unsafe = false")
MATH = r"""
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
inline = [["$", "$"], ["\\(", "\\)"]]
block = [["$$", "$$"]]
"""


SCRIPTS = [
    """![<b title='" onerror=alert(1) x="'>](nope.png)""",
    """[x](y.html "t <b title='\\" onmouseover=alert(1) x=\\"'>z</b>")""",
    "<pre><script>alert(1)</script></pre>",
    '<pre class="chroma">x<iframe src="https://example.org/"></iframe></pre>',
    "`<pre>` <script>alert(1)</script> `</pre>`",
    "\x01<script>alert(1)</script>\x02",
    "[x](javascript:alert(1))",
    "[x](JavaScript&colon;alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](vbscript:x)",
    "[x](data:text/html,x)",
    "<img/onerror=alert(1) src=x>",
    "<img src=x onerror=alert(1)>",
    '<a class="x"onclick="alert(1)">x</a>',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    '<svg onload="alert(1)"></svg>',
    '<button formaction="javascript:alert(1)">x</button>',
    '<b style="position:fixed">x</b>',
]


def test_no_text_runs_a_script_on_a_site_without_unsafe(build):
    pages = {f"p{n}": text for n, text in enumerate(SCRIPTS)}
    site = build(
        {
            f"content/{name}.md": f"---\ntitle: P\n---\n{text}\n\n{{{{< details T >}}}}\n{text}\n{{{{< /details >}}}}\n"
            for name, text in pages.items()
        },
        config=SAFE,
    )
    for name, text in pages.items():
        for element in site.soup(f"/{name}/").select(".content-container *"):
            assert element.name not in {"script", "style", "iframe", "object", "embed", "form", "input"}, text
            assert not [a for a in element.attrs if a.startswith("on") or a in {"style", "formaction"}], text
            for value in (element.get("href", ""), element.get("src", "")):
                # As a browser reads it: controls and spaces do not count.
                assert not re.match(
                    r"(javascript|vbscript|data):", re.sub(r"[\x00-\x20]", "", value), re.I
                ), text


def test_what_surrounds_kept_html_stays_as_it_is_on_a_site_without_unsafe(build):
    body = (
        "## Press <kbd>Ctrl</kbd>\n\nMean $<b>$ of \\(a <b>c</b>\\).\n\n````md\n```html\n<b>code</b>\n```\n````\n\n"
        "Press ` once.\n\n<b>bold</b>\n\nPress ` again.\n\n"
        '<div style="color:red">\n\nred\n\n</div>\n\n<pre>a <b>b</b></pre>\n'
    )
    page = f"---\ntitle: P\n---\n{{{{< details T >}}}}\n{body}{{{{< /details >}}}}\n\nAfter.\n"
    config = SAFE + MATH
    inside = build({"content/p.md": page}, config=config).soup("/p/").select_one(".content-container details")
    assert inside.h2["id"] == "press-ctrl"
    assert inside.h2.kbd.get_text() == "Ctrl"
    assert "SPKEPT" not in str(inside).upper()
    assert len(inside.select("math")) == 2
    assert "<b>code</b>" in inside.select_one(".highlight").get_text()
    assert [b.get_text() for b in inside.select("p > b")] == ["bold"]
    assert inside.find(string=re.compile("red")).parent.parent == inside
    assert inside.select_one("pre:not(.highlight pre) b").get_text() == "b"
    assert not [p for p in inside.select("p") if not p.get_text(strip=True)]
    assert "After." not in inside.get_text()


def test_html_of_shortcodes_is_kept_in_bodies_on_a_site_without_unsafe(build):
    card = """{{< card >}}
title = "T"
body = '''
{{< button label="Go" link="/go/" >}} <br> <a href='https://example.org/?a=1&amp;b=2' target="_blank">two</a>
<img src="/a.png" alt="A" width=3>
'''
{{< /card >}}
"""
    body = (
        build({"content/p.md": f"---\ntitle: P\n---\n{card}"}, config=SAFE)
        .soup("/p/")
        .select_one(".sd-card-body")
    )
    assert [a["href"] for a in body.select("a")] == ["/go/", "https://example.org/?a=1&b=2"]
    assert body.select_one("a > .sd-btn").text == "Go"
    assert body.br
    assert body.img["width"] == "3"


INSIDE = {
    "image": '{{< admonition tip >}}\nx\n\n{{< image src="/a.png" alt="A" >}} y\n{{< /admonition >}}',
    "grid": "{{< grid >}}\n[[item]]\nbody='''\n{{< grid >}}\n[[item]]\nbody=\"x\"\n{{< /grid >}}\n'''\n{{< /grid >}}",
    "tabs": """{{< card >}}
body = \"\"\"
{{< tabs >}}
[[tab]]
name = 'a'
content = '''
```python
if x:

    y('<b>')
```
'''
{{< /tabs >}}
\"\"\"
{{< /card >}}""",
    "code": "{{< admonition tip >}}\n`<b>x</b>` <b>y</b> \\<b> a < b\n\n```html\n<b>z</b>\n```\n\n    <b>w</b>\n{{< /admonition >}}",
}


@pytest.mark.parametrize("name", INSIDE)
def test_shortcodes_inside_others_are_whole_and_without_a_warning_on_a_site_without_unsafe(build, name):
    files = {"content/page.md": PAGE + INSIDE[name]}
    safe, unsafe = build(files, config=SAFE), build(files)
    assert safe.warnings() == []
    assert str(safe.soup("/page/").main) == str(unsafe.soup("/page/").main)


def test_html_that_is_dropped_inside_a_shortcode_is_still_a_warning(build):
    text = '{{< admonition tip >}}\n<b onclick="x">y</b>\n{{< /admonition >}}'
    (warning,) = build({"content/page.md": PAGE + text}, config=SAFE).warnings()
    assert "Raw HTML omitted" in warning
