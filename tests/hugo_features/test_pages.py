"""The pages themselves: weight, words, formulas, print, and what is left without scripts."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from support import write_tree

pytestmark = pytest.mark.xdist_group("features")
ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "tests" / "sites" / "features"
THEME = ROOT / "hugo-theme"


def soup(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / "project" / name).read_text("utf-8"), "html.parser")


def page_names(site: Path) -> list[str]:
    return sorted(p.relative_to(site / "project").as_posix() for p in (site / "project").rglob("*.html"))


# Weight


LOOKS = """() => [...document.querySelectorAll("body, body *")].flatMap((e) => ["", "::before", "::after"].map((part) => {
  const look = getComputedStyle(e, part || null);
  if (part && look.content === "none") return `${e.tagName} ${e.className} no ${part}`;
  return [e.tagName, e.className, part, ...["display", "content", "width", "height", "margin", "padding", "border",
    "color", "backgroundColor", "backgroundImage", "font", "listStyleType", "textDecorationLine", "transform"].map((p) => look[p])].join(" ");
}))"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_the_sheets_a_page_leaves_out_would_change_nothing(
    site: Path, once: Any, hugo: Any, page: Any, serve: Any, width: int
) -> None:
    """The same site with a theme whose pages leave out none looks the same."""

    def build(folder: Path) -> None:
        shutil.copytree(THEME, folder / "hugo-theme")
        needs = folder / "hugo-theme" / "layouts" / "_partials" / "css" / "needs.txt"
        whole = needs.read_text("utf-8").replace('(dict "without" $without', '(dict "without" slice')
        assert whole != needs.read_text("utf-8")
        needs.write_text(whole, encoding="utf-8")
        source = folder / "source"
        shutil.copytree(SITE, source)
        hugo(source, "--minify", "--themesDir", str(folder))
        (source / "public").rename(folder / "project")

    whole = Path(once("features-site-whole-sheets", build))
    addresses = [serve(site), serve(whole)]
    page.set_viewport_size({"width": width, "height": 800})
    # What the drawer has folded away has no size to rely on.
    page.route("**/*.js", lambda route: route.abort())
    for name in page_names(site):
        if soup(site, name).find("meta", attrs={"http-equiv": "refresh"}):
            continue
        looks = []
        for address in addresses:
            page.goto(f"{address}project/{name}")
            looks.append(page.evaluate(LOOKS))
        assert [pair for pair in zip(*looks, strict=True) if pair[0] != pair[1]] == [], name


def test_scripts_and_styles_keep_to_their_budget(site: Path) -> None:
    """With every feature on: three requests, 8 KiB of scripts, 3 KiB packed."""
    for name in page_names(site):
        document = soup(site, name)
        if document.find("meta", attrs={"http-equiv": "refresh"}):
            continue
        scripts = [s["src"] for s in document.find_all("script", src=True)]
        styles = [s["href"] for s in document.find_all("link", rel="stylesheet")]
        assert len(scripts) + len(styles) <= 3, name
        own = [(site / src.lstrip("/")).read_bytes() for src in scripts]
        assert sum(map(len, own)) <= 8 * 1024, name
        assert sum(len(gzip.compress(text, 9, mtime=0)) for text in own) <= 3 * 1024, name


def test_no_page_holds_a_script_or_style_of_its_own(site: Path) -> None:
    for name in page_names(site):
        document = soup(site, name)
        inline = [
            s for s in document.find_all("script") if not s.get("src") and "json" not in s.get("type", "")
        ]
        assert (name, inline, document.find_all("style"), document.select("[style]")) == (name, [], [], [])
        assert not re.search(r"<[^>]+\son[a-z]+=", (site / "project" / name).read_text("utf-8")), name


def test_the_build_warns_of_nothing_but_the_config_s_own_keys(site: Path) -> None:
    lines = [
        line
        for line in (site / "log.txt").read_text("utf-8").splitlines()
        if line.startswith(("WARN", "ERROR"))
    ]
    assert [line for line in lines if "deprecated: project config key" not in line] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_scheme_fixed_by_the_site_needs_no_script(hugo: Any, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "hugo.toml").write_text(
        f'title = "T"\n[params]\ncolorScheme = "{scheme}"\n', encoding="utf-8"
    )
    hugo(tmp_path)
    html = (tmp_path / "public" / "index.html").read_text("utf-8")
    assert f'data-theme="{scheme}"' in html
    assert f'data-colorscheme="{scheme}"' in html
    assert "sp-scheme" not in html
    assert "/js/head" not in html


# Words


def languages() -> list[Path]:
    return sorted((THEME / "i18n").glob("*.toml"))


def words(file: Path) -> dict[str, str]:
    return tomllib.loads(file.read_text("utf-8"))


def test_at_least_twenty_languages() -> None:
    names = {file.stem for file in languages()}
    assert len(names) >= 20
    assert {"en", "es", "ja", "pt", "zh", "ko", "fr", "de", "ar", "he"} <= names


@pytest.mark.parametrize("file", languages(), ids=lambda file: file.stem)
def test_a_language_has_every_word_and_every_place_for_a_value(file: Path) -> None:
    english, own = words(THEME / "i18n" / "en.toml"), words(file)
    assert own.keys() == english.keys()
    for key, text in own.items():
        assert text.strip(), key
        assert text.count("{{ . }}") == english[key].count("{{ . }}"), key
    if file.stem != "en":
        same = [key for key in own if own[key] == english[key] and len(english[key]) > 8]
        assert len(same) <= 2, same


def templates() -> list[Path]:
    return sorted((THEME / "layouts").rglob("*.html"))


def test_every_word_asked_for_exists_and_every_word_is_asked_for() -> None:
    english = words(THEME / "i18n" / "en.toml")
    kinds = {"note", "tip", "hint", "important", "warning", "caution", "danger", "error", "attention", "seealso", "todo", "deprecated"}  # fmt: skip
    asked = set(kinds)
    for file in templates():
        asked |= set(
            re.findall(r'\b(?:T|i18n|lang\.Translate)\s+\(?(?:cond [^"]*)?"(\w+)"', file.read_text("utf-8"))
        )
        asked |= set(
            re.findall(r'T \(cond \$\w+ "(\w+)" "(\w+)"\)', file.read_text("utf-8"))
            and ["dev_version", "old_version"]
        )
    assert asked - english.keys() == set()


def test_no_template_speaks_english_by_itself() -> None:
    """What remains of a template without its code, tags and drawings has no words."""
    spoken = {}
    for file in templates():
        text = file.read_text("utf-8")
        text = re.sub(r"\{\{-? /\*.*?\*/ -?\}\}", " ", text, flags=re.DOTALL)
        text = re.sub(r"\{\{(`[^`]*`|\"(\\.|[^\"\\])*\"|[^`\"])*?\}\}", " ", text, flags=re.DOTALL)
        text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
        # Names that are the same in every language.
        text = re.sub(r"\b(Ctrl K|RSS|Atom|GitHub|NumFOCUS|Scientific Python|CDATA)\b", " ", text)
        named = re.findall(r'\b(?:aria-label|title|alt|placeholder)="([^"]*[A-Za-z]{3}[^"]*)"', text)
        text = re.sub(r"<!--.*?-->|<[^>]*>|&\w+;", " ", text, flags=re.DOTALL)
        if re.search(r"[A-Za-z]{3}", text) or named:
            spoken[file.name] = (" ".join(text.split())[:80], named)
    assert spoken == {}


def test_a_page_in_arabic_speaks_arabic_from_right_to_left(site: Path) -> None:
    document = soup(site, "ar/docs/install/index.html")
    assert (document.html["lang"], document.html["dir"]) == ("ar", "rtl")
    own = words(THEME / "i18n" / "ar.toml")
    assert document.select_one(".skip-link").get_text(strip=True) == own["skip_to_content"]
    assert own["on_this_page"] in document.select_one("#shortcuts-header").get_text()
    assert document.select_one(".sp-search input")["placeholder"] == own["search_site"]
    notice = document.select_one(".sp-not-translated")
    assert notice.a["hreflang"] == "en"


# Docs-site features


def test_the_tree_marks_the_page_and_opens_its_branch(site: Path) -> None:
    tree = soup(site, "docs/guide/second/index.html").select_one("nav.sp-tree")
    assert [a.get_text(strip=True) for a in tree.select("[aria-current=page]")] == ["Second"]
    assert [a.get_text(strip=True) for a in tree.select("details[open] a")] == ["First & foremost", "Second"]
    elsewhere = soup(site, "docs/install/index.html").select_one("nav.sp-tree")
    assert elsewhere.select("details[open]") == []
    assert len(elsewhere.select("li")) == 6


def test_previous_and_next_follow_the_tree(site: Path) -> None:
    order, name = [], "docs/index.html"
    while name:
        order.append(name)
        following = soup(site, name).select_one("nav.sp-page-nav a[rel=next]")
        name = following["href"].removeprefix("/project/") + "index.html" if following else ""
    assert order == [
        "docs/index.html", "docs/install/index.html", "docs/math/index.html", "docs/guide/index.html",
        "docs/guide/first/index.html", "docs/guide/second/index.html", "docs/shell/index.html",
    ]  # fmt: skip
    assert soup(site, "docs/guide/index.html").select_one("a[rel=prev]")["href"] == "/project/docs/math/"


def test_a_page_says_where_it_is_edited_and_when_it_changed(site: Path) -> None:
    tools = soup(site, "docs/install/index.html").select_one(".sp-page-tools")
    assert tools.a["href"] == "https://github.com/example/tidal/edit/main/docs/content/docs/install.md"
    assert tools.time["datetime"] == "2026-03-04"


def test_an_old_version_points_to_the_stable_one(site: Path) -> None:
    banner = soup(site, "docs/index.html").select_one(".sp-version-banner.old")
    assert "1.9" in banner.get_text()
    assert banner.a["href"] == "https://example.org/project/"


@pytest.mark.parametrize(
    "current,kind",
    [("2.1", None), ("1.9", "old"), ("3.0.dev0", "dev"), ("2.2rc1", "dev"), ("unknown", "dev")],
)
def test_the_banner_knows_old_from_new(hugo: Any, tmp_path: Path, current: str, kind: str | None) -> None:
    shutil.copytree(SITE / "static", tmp_path / "static")
    (tmp_path / "hugo.toml").write_text(
        f'title = "T"\n[params.versions]\nfile = "switcher.json"\ncurrent = "{current}"\n', encoding="utf-8"
    )
    hugo(tmp_path)
    banner = BeautifulSoup((tmp_path / "public/index.html").read_text("utf-8"), "html.parser").select_one(
        ".sp-version-banner"
    )
    assert (banner and banner["class"][-1]) == kind


def test_the_stable_version_holds_the_words_for_the_day_it_is_old(hugo: Any, tmp_path: Path) -> None:
    shutil.copytree(SITE / "static", tmp_path / "static")
    config = (
        'title = "T"\n[params.versions]\nfile = "switcher.json"\nurl = "/switcher.json"\ncurrent = "2.1"\n'
    )
    (tmp_path / "hugo.toml").write_text(config, encoding="utf-8")
    hugo(tmp_path)
    page = BeautifulSoup((tmp_path / "public/index.html").read_text("utf-8"), "html.parser")
    banner = page.select_one(".sp-version-banner.old[hidden]")
    assert "old version (2.1)" in banner.get_text()


def test_the_error_page_is_no_search_result(site: Path) -> None:
    assert soup(site, "docs/index.html").select_one("main[data-pagefind-body]")
    assert not soup(site, "404.html").select_one("[data-pagefind-body]")


def test_relative_addresses_of_versions_count_from_the_root_of_the_site(hugo: Any, tmp_path: Path) -> None:
    versions = [
        {"version": "1.4", "url": "../1.4/", "preferred": True},
        {"version": "1.3", "url": "./"},
        {"version": "1.2", "url": "/1.2/"},
    ]
    write_tree(
        tmp_path,
        {
            "hugo.toml": 'title = "T"\nbaseURL = "https://example.org/1.3/"\n[params.versions]\nfile = "switcher.json"\n',
            "static/switcher.json": json.dumps(versions),
            "content/docs/install.md": "---\ntitle: Install\n---\n",
        },
    )
    hugo(tmp_path)
    page = BeautifulSoup((tmp_path / "public/docs/install/index.html").read_text("utf-8"), "html.parser")
    links = page.select(".sp-versions a")
    assert [link["href"] for link in links] == [f"https://example.org/{n}/" for n in ("1.4", "1.3", "1.2")]
    assert links[1]["aria-current"] == "true"
    assert page.select_one(".sp-version-banner a")["href"] == "https://example.org/1.4/"


@pytest.mark.parametrize(
    "text,said", [("{", "not valid JSON"), ('{"a": 1}', "expected a list"), (None, 'no "switcher.json"')]
)
def test_a_broken_list_of_versions_is_named(hugo: Any, tmp_path: Path, text: str | None, said: str) -> None:
    (tmp_path / "hugo.toml").write_text(
        'title = "T"\n[params.versions]\nfile = "switcher.json"\n', encoding="utf-8"
    )
    if text is not None:
        (tmp_path / "static").mkdir()
        (tmp_path / "static" / "switcher.json").write_text(text, encoding="utf-8")
    done = hugo(tmp_path, check=False)
    assert done.returncode
    assert said in done.stdout + done.stderr
    assert "switcher.json" in done.stdout + done.stderr


FORMULAS = {
    r"$E = mc^2$": 1,
    r"$x$ and $y$, $2n+1$": 3,
    r"\\(a_{1} b_{2}\\) and \\[ c_{3} \\]": 2,
    "$$\n\\sum_{i} a_{i}\n$$": 1,
    r"$a_{i} b_{j} c_{k} d_{l}$": 1,
    "It costs $15,000.00 or $20,000.00 in all.": 0,
    "Between $5 and $10 (US$).": 0,
    "From $5-10 to $20-30.": 0,
    "A $5 coffee, a $6 tea and $7.50 in change.": 0,
    "US$ 5 and A$ 6 and C$ 7.": 0,
    "Set $HOME and $PATH:$HOME/bin now.": 0,
    "Use ${{ matrix.python }} or ${{ matrix.os }} here.": 0,
    "Write `$x$` and ``$$y$$``.": 0,
    "```yaml\nrun: ${{ a }} $x$ $$y$$\n```": 0,
    '[link](https://example.org/ "$x$") and ![p $x$](/p.png)': 0,
}


def test_formulas_are_drawn_and_prices_are_not(hugo: Any, tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text('title = "T"\n', encoding="utf-8")
    for i, text in enumerate(FORMULAS):
        page = tmp_path / "content" / f"p{i}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"---\ntitle: P\n---\n{text}\n", encoding="utf-8")
    done = hugo(tmp_path)
    assert "WARN" not in done.stdout + done.stderr
    drawn = {}
    for i, text in enumerate(FORMULAS):
        html = BeautifulSoup((tmp_path / "public" / f"p{i}" / "index.html").read_text("utf-8"), "html.parser")
        drawn[text] = len(html.select("math"))
        for formula in html.select("math"):
            assert not formula.select("merror")
    assert drawn == FORMULAS


def test_underscores_eaten_by_markdown_come_back(site: Path) -> None:
    math = soup(site, "docs/math/index.html").select("math annotation")
    assert r"\sum_{i=1}^n a_{i} b_{i}" in [m.get_text() for m in math]


def test_passthrough_is_drawn_by_the_hook(hugo: Any, tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text(
        'title = "T"\n[markup.goldmark.extensions.passthrough]\nenable = true\n'
        "delimiters = {block = [['$$', '$$']], inline = [['\\(', '\\)']]}\n",
        encoding="utf-8",
    )
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "p.md").write_text(
        "---\ntitle: P\n---\n\\(a\\,b\\)\n\n$$\\frac{1}{2}$$\n", encoding="utf-8"
    )
    hugo(tmp_path)
    html = (tmp_path / "public" / "p" / "index.html").read_text("utf-8")
    assert html.count("<math") == 2
    assert html.count("a\\,b") == 2


def test_the_boxes_of_a_task_list_have_labels(site: Path) -> None:
    labels = soup(site, "docs/install/index.html").select("li > label, li > p > label")
    assert [label.get_text(strip=True) for label in labels] == ["Readthis", "Install it", "inner task"]
    assert all(label.input for label in labels)


def test_a_diagram_is_named_and_readable_and_loads_nothing(site: Path) -> None:
    document = soup(site, "docs/guide/first/index.html")
    box = document.select_one(".sp-diagram-box")
    assert box["aria-label"] == "Moon and Sun both raise the tide"
    assert "Moon --> Tide" in box.pre.get_text()
    assert not document.select("script[type=module]")


def test_a_section_on_one_page_is_whole_and_its_places_are_unique(site: Path) -> None:
    document = soup(site, "docs/print.html")
    assert len(document.find_all("h1")) == 1
    assert [h.get_text(strip=True) for h in document.find_all("h2") if not h.find_parent("nav")][:2] == [
        "Install",
        "Formulas",
    ]
    ids = [e["id"] for e in document.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in document.select("a[href^='#']"):
        assert link["href"][1:] in ids, link
    assert soup(site, "docs/index.html").select_one(".sp-print")["href"] == "/project/docs/print.html"


def test_addresses_beside_a_page_hold_on_the_page_for_printing(hugo: Any, tmp_path: Path) -> None:
    bundle = (
        "---\ntitle: Bundle\nweight: 2\n---\n\n"
        '<img src="fig.png" alt="A"> <a href="x.zip">zip</a> <a href="../a/#first">a</a> [whole](/guide/a/)\n\n'
        '<p id="d1">One</p><p id="d2">Two</p><b aria-describedby="d1 d2" aria-label="two words">b</b>\n\n'
        "## Below\n\n[below](#below)\n"
    )
    write_tree(
        tmp_path,
        {
            "hugo.toml": 'title = "T"\nbaseURL = "https://example.org/sub/"\n[outputs]\nsection = ["html", "print"]\n'
            "[markup.goldmark.renderer]\nunsafe = true\n",
            "content/guide/_index.md": "---\ntitle: Guide\n---\n",
            "content/guide/a.md": "---\ntitle: A\nweight: 1\n---\n\n## First\n\nText.\n",
            "content/guide/bun/index.md": bundle,
            "content/guide/bun/x.zip": "",
        },
    )
    hugo(tmp_path)
    main = BeautifulSoup((tmp_path / "public/guide/print.html").read_text("utf-8"), "html.parser").main
    part = main.select_one("#part-2")
    assert part.img["src"] == "/sub/guide/bun/fig.png"
    links = [a["href"] for a in part.select("a:not(.headerlink)")]
    assert links == ["/sub/guide/bun/x.zip", "#part-1-first", "#part-1", "#part-2-below"]
    assert part.b["aria-describedby"] == "part-2-d1 part-2-d2"
    assert part.b["aria-label"] == "two words"
    for place in ("part-1-first", "part-2-below", "part-2-d1", "part-2-d2"):
        assert main.select_one(f"#{place}"), place


def test_the_page_for_printing_changes_addresses_and_no_words(hugo: Any, tmp_path: Path) -> None:
    drawing = '<svg role="img" aria-label="g"><path id="g" style="fill:url(#g);stroke:url(#g)"/></svg>'
    write_tree(
        tmp_path,
        {
            "hugo.toml": 'title = "T"\nbaseURL = "https://example.org/"\n[outputs]\nsection = ["html", "print"]\n'
            "[markup.goldmark.renderer]\nunsafe = true\n",
            "content/guide/_index.md": "---\ntitle: Guide\n---\n\n## Own\n\n[c](c++.md#below)\n",
            "content/guide/c++.md": f"---\ntitle: C++\n---\n\n## Below\n\n`fill: url(#below)` {drawing}\n",
            "content/guide/piece.md": "---\ntitle: Piece\nbuild: {render: never}\n---\n\n## Place\n\n[here](#place)\n",
            "content/guide/last.md": "---\ntitle: Up\n---\n\n[up](#top)\n",
        },
    )
    hugo(tmp_path)
    main = BeautifulSoup((tmp_path / "public/guide/print.html").read_text("utf-8"), "html.parser").main
    assert [h.name for h in main.select("h1, h2, h3")] == ["h1", "h2", "h2", "h3", "h2", "h3", "h2"]
    links = [a["href"] for a in main.select(".sp-print-part a:not(.headerlink)")]
    assert links == ["#part-1-below", "#part-2-place", "#part-3"]
    for name in links:
        assert main.find(id=name[1:]), name
    assert main.code.get_text() == "fill: url(#below)"
    assert main.path["style"] == "fill:url(#part-1-g);stroke:url(#part-1-g)"


def test_pages_without_an_address_are_no_links(hugo: Any, tmp_path: Path) -> None:
    """`build.render: never`: there is nothing to lead to."""
    hidden = "---\ntitle: {}\nweight: {}\nbuild: {{render: never}}\n---\n"
    page = "---\ntitle: {}\nweight: {}\n---\nText.\n"
    write_tree(
        tmp_path,
        {
            "hugo.toml": 'title = "T"\nbaseURL = "https://example.org/"\n[params]\nsectionTree = true\n',
            "content/_index.md": "---\ntitle: Home\n---\n{{< toctree >}}\n",
            "content/guide/_index.md": "---\ntitle: Guide\n---\n",
            "content/guide/a.md": page.format("A", 1),
            "content/guide/piece.md": hidden.format("Piece", 2),
            "content/guide/group/_index.md": hidden.format("Group", 3),
            "content/guide/group/b.md": page.format("B", 1),
            "content/news/_index.md": "---\ntitle: News\n---\n",
            "content/news/piece.md": hidden.format("Piece", 1),
        },
    )
    hugo(tmp_path)

    def read(name: str) -> Any:
        return BeautifulSoup((tmp_path / "public" / name).read_text("utf-8"), "html.parser")

    for name in (
        "index.html", "guide/index.html", "guide/a/index.html", "guide/group/b/index.html", "news/index.html"
    ):  # fmt: skip
        assert read(name).select('a[href=""]') == [], name
        assert "Piece" in read(name).main.get_text(), name
    last = read("guide/group/b/index.html")
    assert [d.parent.find().get_text() for d in last.select(".sp-tree li > details[open]")] == ["Group"]
    assert last.select_one("a[rel=prev]")["href"] == "/guide/a/"
    feed = (tmp_path / "public/guide/index.xml").read_text("utf-8")
    assert "<title>A</title>" in feed
    assert "<title>Piece</title>" not in feed


def test_posts_show_what_belongs_together(site: Path) -> None:
    document = soup(site, "posts/post1/index.html")
    assert [a.get_text() for a in document.select(".sp-related a")] == ["Post 3", "Post 2"]
    assert [li.get_text(strip=True) for li in document.select(".sp-series li")] == [
        "Post 1",
        "Post 2",
        "Post 3",
    ]
    assert document.select_one(".sp-series [aria-current=page]").get_text() == "Post 1"
    assert document.select_one(".post-reading-time").get_text() == "1 min read"


def test_a_social_card_is_made_and_named(site: Path) -> None:
    from PIL import Image

    document = soup(site, "docs/install/index.html")
    card = document.find("meta", property="og:image")["content"]
    with Image.open(site / card.removeprefix("https://example.org/")) as image:
        assert image.size == (1200, 630)
    # Letters the font lacks would be empty boxes: such a page gets no card.
    assert not soup(site, "ar/docs/install/index.html").find("meta", property="og:image")


# Without scripts, on paper, in a narrow window


@pytest.fixture
def plain(browser: Any, serve: Any, site: Path) -> Any:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 800}, color_scheme="dark"
    )
    page = context.new_page()
    address = serve(site, {"Content-Security-Policy": "default-src 'self'"})
    page.go = lambda path: page.goto(f"{address}project/{path}")
    yield page
    context.close()


@pytest.mark.browser
def test_without_scripts_everything_is_there(plain: Any) -> None:
    plain.go("docs/install/")
    for text in ("conda install tidal", "Only here.", "nix-shell -p tidal", "Use your own compilers."):
        assert plain.get_by_text(text).is_visible(), text
    assert plain.locator("#shortcuts a").count() == 4
    assert plain.locator(".sp-nav a", has_text="Docs").is_visible()
    for name in ("#shortcuts", ".sp-tree"):
        assert plain.locator(f"{name} a").first.is_visible(), name
    plain.locator(".sp-nav details.sp-menu > summary").click()
    assert plain.locator(".sp-nav a", has_text="Posts").is_visible()
    assert not plain.locator(".sp-scheme").is_visible()
    assert not plain.locator(".sp-search-button").is_visible()


@pytest.mark.browser
def test_without_scripts_the_panels_of_tabs_are_named(plain: Any) -> None:
    plain.go("docs/install/")
    assert not plain.locator("[role=tablist]").first.is_visible()
    shown = plain.locator("[role=tabpanel]").first
    words = shown.evaluate("(e) => getComputedStyle(e, '::before').content")
    assert words == f'"{shown.get_attribute("data-label")}"'


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["docs/install/", "docs/math/", "docs/guide/first/", "ar/docs/install/", "posts/", ""]
)
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_is_wider_than_its_window(page: Any, serve: Any, site: Path, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{serve(site)}project/{path}")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.browser
def test_a_task_has_a_box_and_no_bullet(page: Any, serve: Any, site: Path) -> None:
    page.goto(f"{serve(site)}project/docs/install/")
    task = page.locator("main li:has(input:disabled)").first
    assert task.evaluate("(e) => getComputedStyle(e).listStyleType") == "none"
    # The box stands where a bullet would.
    left = "(e) => e.getBoundingClientRect().left"
    assert task.locator("input").evaluate(left) < task.evaluate(left)


@pytest.mark.browser
def test_print_shows_the_article_and_nothing_else(page: Any, serve: Any, site: Path) -> None:
    page.goto(f"{serve(site)}project/docs/install/")
    page.emulate_media(media="print")
    for gone in (
        ".sp-skip",
        ".sp-header",
        ".sp-ecosystem",
        "#shortcuts-container",
        ".sp-tree",
        ".sp-page-nav",
        "#footer",
        "button.copy-button",
    ):
        for element in page.locator(gone).all():
            assert not element.is_visible(), gone
    for panel in page.locator("[role=tabpanel]").all():
        assert panel.is_visible()
    assert page.locator("h1").is_visible()


def test_a_build_leaves_the_sources_of_the_site_alone(site: Path) -> None:
    """Hugo writes assets/jsconfig.json where a theme's script imports a file: ours must not."""
    known = {p.relative_to(SITE).as_posix() for p in SITE.rglob("*")}
    after = {p.relative_to(site / "source").as_posix() for p in (site / "source").rglob("*")}
    made = {
        name
        for name in after - known
        if not name.startswith((".cache", "public", "resources", ".hugo_build"))
    }
    assert made == set()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_highlighter_style_of_the_site_is_the_only_one(
    hugo: Any, page: Any, serve: Any, tmp_path: Path, scheme: str
) -> None:
    """What `hugo gen chromastyles` writes has no rule for tokens in the colour of code; ours does not show through."""
    for name, text in {
        "hugo.toml": 'title = "T"\n',
        "assets/css/code-highlight.css": ".chroma { color: #f8f8f2 }\n.chroma .k { color: #f92672 }\n.chroma .kn { color: #f92672 }\n",
        "content/p.md": "---\ntitle: P\n---\n```python\nfrom os import path\n```\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    hugo(tmp_path)
    page.emulate_media(color_scheme=scheme)
    page.goto(serve(tmp_path / "public") + "p/")
    colours = page.evaluate(
        """() => Object.fromEntries([".chroma", ".chroma .kn", ".chroma .nn"].map(
             (name) => [name, getComputedStyle(document.querySelector(name)).color]))"""
    )
    code, keyword = "rgb(248, 248, 242)", "rgb(249, 38, 114)"
    assert colours == {".chroma": code, ".chroma .kn": keyword, ".chroma .nn": code}


@pytest.mark.browser
def test_a_footer_of_the_site_has_the_look_of_the_theme_s(
    hugo: Any, page: Any, serve: Any, tmp_path: Path
) -> None:
    """One with the names that sites know: columns beside each other, a logo of a column's size, links in the words' colour."""
    for name, text in {
        "hugo.toml": 'title = "T"\n',
        "static/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>',
        "layouts/partials/footer.html": """<footer id="footer"><div id="footer-columns">
<div><img id="footer-logo" src="/logo.svg" alt="T"></div><div><ul class="link-list"><li><a href="/">One</a></li></ul></div>
</div></footer>""",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    hugo(tmp_path)
    page.goto(serve(tmp_path / "public"))
    logo, link = (page.locator(f"#footer {name}") for name in ("img", "a"))
    assert logo.bounding_box()["height"] == 60
    assert abs(logo.bounding_box()["y"] - link.bounding_box()["y"]) < 10
    assert link.evaluate("e => getComputedStyle(e).color === getComputedStyle(e.closest('footer')).color")
    assert link.evaluate("e => getComputedStyle(e.closest('ul')).listStyleType") == "none"


def test_languages_with_hosts_of_their_own_lead_to_those(hugo: Any, tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text(
        'title = "T"\n[languages.en]\nweight = 1\nbaseURL = "https://en.example.org/"\n[languages.es]\nweight = 2\nbaseURL = "https://es.example.org/"\n',
        encoding="utf-8",
    )
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "p.md").write_text("---\ntitle: P\n---\nText.\n", encoding="utf-8")
    (tmp_path / "content" / "p.es.md").write_text(
        "---\ntitle: P\nuntranslated: en\n---\nText.\n", encoding="utf-8"
    )
    hugo(tmp_path)
    document = BeautifulSoup(
        (tmp_path / "public" / "es" / "p" / "index.html").read_text("utf-8"), "html.parser"
    )
    addresses = ["https://en.example.org/p/", "https://es.example.org/p/"]
    assert [a["href"] for a in document.select(".sp-languages a")] == addresses
    assert document.select_one(".sp-not-translated a")["href"] == addresses[0]
    assert [a["href"] for a in document.select("link[hreflang]:not([hreflang=x-default])")] == addresses
    assert (tmp_path / "public" / "es" / "objects.inv").is_file()


def test_the_reference_names_every_parameter() -> None:
    page = (ROOT / "docs" / "reference" / "hugo-params.md").read_text("utf-8")
    layouts = "\n".join(file.read_text("utf-8") for file in (THEME / "layouts").rglob("*.*"))

    def described(title: str) -> set[str]:
        text = page.split(f"## {title}")[1].split("\n## ")[0]
        cells = " ".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
        return {name.lower() for name in re.findall(r"`(\w+)", cells)}

    def read(pattern: str) -> set[str]:
        return {name.lower() for name in re.findall(pattern, layouts)}

    both = read(r'\.Param "(\w+)"')
    assert described("Site") == read(r"site\.Params\.(\w+)") | both
    own = read(r"(?<!site)\.Params\.(\w+)") | read(r'"key" "(\w+)"')
    assert described("Page") == own - {"author"} | both  # the old name of `authors`, which is warned of
