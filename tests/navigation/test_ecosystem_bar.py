"""The bar: one markup everywhere, small, usable by keyboard, at 320 px and without script."""

import gzip
import json
import re
import textwrap

import pytest
from support import write_tree

from scientific_python_theme import ecosystem_bar, projects
from scientific_python_theme.errors import RegistryError
from scientific_python_theme.spec_badge import specs_of, svg

NAV = re.compile(r"<nav [^>]*data-ecosystem-nav.*?</nav>", re.S)
SITES = {
    "numpy": ("https://numpy.org/", "NumPy", "numpy"),
    "blog": ("http://127.0.0.1:8000/", "Blog", "blog"),
    "home": ("https://scientific-python.org/", "Scientific Python", "home"),
    "elsewhere": ("https://someone.example/", "Blog", "all-projects"),
}


def bar_in(file):
    (found,) = NAV.findall(file.read_text("utf-8"))
    return found


def current(bar):
    return re.findall(r'<a href="([^"]+)" aria-current="true">', bar)


@pytest.fixture(scope="module")
def registry():
    return projects.load()


@pytest.fixture(scope="module")
def hugo_sites(once, hugo):
    def make(folder):
        for id_, (url, title, _) in SITES.items():
            write_tree(
                folder / id_,
                {
                    "hugo.toml": f'baseURL = "{url}"\ntitle = "{title}"\n',
                    "content/about.md": "---\ntitle: About\n---\n{{< spec 0 1 4 >}} {{< spec 3 adopted >}}\n",
                },
            )
            hugo(folder / id_)

    return once("bar-hugo", make)


def sphinx_docs(folder, conf):
    return write_tree(
        folder,
        {
            "conf.py": 'extensions = ["scientific_python_theme.sphinx_ext.navigation"]\n'
            + textwrap.dedent(conf),
            "index.rst": "Home\n====\n\n:spec:`0 1 4` :spec:`3 adopted`\n\n.. toctree::\n\n   sub/more\n",
            "sub/more.rst": "More\n====\n\ntext\n",
        },
    )


@pytest.fixture(scope="module")
def sphinx_sites(once, sphinx_build):
    def make(folder):
        for theme in ("basic", "alabaster", "pydata_sphinx_theme"):
            docs = sphinx_docs(
                folder / f"{theme}-src",
                f'project = "NumPy"\nhtml_theme = "{theme}"\nhtml_baseurl = "https://numpy.org/doc/stable/"',
            )
            sphinx_build(docs, folder / theme, "-W")

    return once("bar-sphinx", make)


@pytest.mark.parametrize("id_", SITES)
def test_hugo_prints_the_same_bytes(registry, hugo_sites, id_):
    for page in ("index.html", "about/index.html"):
        assert bar_in(hugo_sites / id_ / "public" / page) == ecosystem_bar.html(registry, SITES[id_][2])


@pytest.mark.parametrize("theme", ["basic", "alabaster", "pydata_sphinx_theme"])
def test_sphinx_prints_the_same_bytes_in_any_theme(registry, sphinx_sites, theme):
    for page in ("index.html", "sub/more.html", "genindex.html", "search.html"):
        assert bar_in(sphinx_sites / theme / page) == ecosystem_bar.html(registry, "numpy")
    page = (sphinx_sites / theme / "sub/more.html").read_text("utf-8")
    assert "../_static/scientific-python-theme/ecosystem.css" in page
    assert (sphinx_sites / theme / "_static/scientific-python-theme/ecosystem.css").read_text(
        "utf-8"
    ) == ecosystem_bar.css()


def test_the_skip_link_stays_first(sphinx_sites):
    page = (sphinx_sites / "pydata_sphinx_theme/index.html").read_text("utf-8")
    assert page.index("Skip to main content") < page.index("data-ecosystem-nav") < page.index("bd-header")


def test_only_aria_current_differs(registry):
    bars = [ecosystem_bar.html(registry, id_) for id_ in ("numpy", "blog", "devstats", None, "seaborn")]
    assert len({bar.replace(' aria-current="true"', "") for bar in bars}) == 1
    assert [current(bar) for bar in bars] == [
        ["https://numpy.org"],
        ["https://blog.scientific-python.org/"],
        ["https://devstats.scientific-python.org/"],
        ["https://scientific-python.org/specs/core-projects/"],
        ["https://scientific-python.org/specs/core-projects/"],
    ]


def test_weight(registry):
    bar = ecosystem_bar.html(registry, "numpy")
    assert len(gzip.compress(bar.encode())) <= 3 * 1024
    assert len(gzip.compress((ecosystem_bar.css() + ecosystem_bar.script()).encode())) <= 2 * 1024
    assert "//" not in ecosystem_bar.css()  # nothing is fetched, and no comment is left


def test_own_entries_and_switches(tmp_path, hugo, sphinx_build):
    own = '[projects.tidepool]\nname = "Tide & <pool>"\nhomepage = "https://tidepool.example/?a=1&b=2"\n[projects.zarr]\nhide = true\n'
    own += '[projects.forum]\nhide = true\n[projects.video]\nhide = true\n[projects.blog]\nlabel = "News"\nhomepage = "https://tidepool.example/news/"\n'
    site = write_tree(
        tmp_path / "site",
        {
            "hugo.toml": 'baseURL = "https://tidepool.example/"\ntitle = "T"\n[params]\necosystem_project = "tidepool"\n',
            "data/scientific_python/own.toml": own,
            "content/about.md": "---\ntitle: About\n---\n",
        },
    )
    hugo(site)
    bar = bar_in(site / "public/about/index.html")
    assert bar == ecosystem_bar.html(projects.load(site / "data/scientific_python/own.toml"), "tidepool")
    assert "Tide &amp; &lt;pool&gt;" in bar
    assert "zarr" not in bar
    assert "Forum" not in bar
    assert "youtube" not in bar
    assert '<a href="https://tidepool.example/news/">News</a>' in bar
    docs = sphinx_docs(
        tmp_path / "docs",
        'html_theme = "basic"\nscientific_python_registry = "../site/data/scientific_python/own.toml"\nscientific_python_project = "tidepool"',
    )
    sphinx_build(docs, tmp_path / "html", "-W")
    assert bar_in(tmp_path / "html/index.html") == bar
    # No address of these docs is known: only the last level may be without one.
    text = (tmp_path / "html/sub/more.html").read_text("utf-8")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert [item["name"] for item in data["itemListElement"]] == [
        "Scientific Python",
        "Tide & <pool>",
        "More",
    ]
    assert all("item" in item for item in data["itemListElement"][:-1])
    for setting, places in (("false", 0), ('"footer"', 1)):
        write_tree(
            site,
            {"hugo.toml": f'baseURL = "https://tidepool.example/"\n[params]\necosystem_bar = {setting}\n'},
        )
        hugo(site)
        text = (site / "public/about/index.html").read_text("utf-8")
        assert len(NAV.findall(text)) == places
        if places:
            assert text.index("data-ecosystem-nav") > text.index("</main>")
    sphinx_build(docs, tmp_path / "off", "-W", "-D", "scientific_python_ecosystem_bar=0")
    assert not NAV.search((tmp_path / "off/index.html").read_text("utf-8"))
    assert not (tmp_path / "off/_static/scientific-python-theme/ecosystem.css").exists()
    sphinx_build(docs, tmp_path / "foot", "-W", "-D", "scientific_python_ecosystem_bar=footer")
    text = (tmp_path / "foot/index.html").read_text("utf-8")
    assert text.index("data-ecosystem-nav") > text.index("Home")


@pytest.mark.parametrize(
    "text", ["[projects.x]\nname = 'x'\nhomepage = 'javascript:alert(1)'", "[project.x]\nname = 'x'"]
)
def test_a_wrong_entry_stops_hugo_with_the_place(tmp_path, hugo, text):
    site = write_tree(
        tmp_path, {"hugo.toml": "title = 'T'", "content/a.md": "", "data/scientific_python/own.toml": text}
    )
    done = hugo(site, check=False)
    assert done.returncode != 0
    assert "data/scientific_python/own.toml: " in done.stdout + done.stderr


WRONG = {
    "projects = 3": "projects: expected tables",
    '[projects]\nnumpy = "x"': "projects.numpy: expected a table",
    '[projects.numpy]\ndocs = "https://numpy.org/doc"': "[projects.numpy] docs: expected a table of addresses",
    '[projects.numpy]\ndocs_pattern = "https://numpy.org/doc/"': "[projects.numpy] docs_pattern: expected an address",
    "[projects.numpy.docs]\nstable = { a = 'b' }": "[projects.numpy] docs: expected a table of addresses",
    '[projects.numpy]\naliases = "np"': "[projects.numpy] aliases: expected a table of texts",
    '[projects.numpy]\nhide = "yes"': "[projects.numpy] hide: expected true or false",
    '[projects.numpy]\nhomepage = "https://bücher.example/"': "[projects.numpy] homepage: expected an address",
    '[bar]\nsites = "home"': "[bar] sites: expected a list of texts",
}
IDLE = {
    "[projects.numpy]\nnmae = 'x'": "[projects.numpy] nmae means nothing to the theme; it knows accounts, aliases,",
    "[projects.numpy]\nspecs_adopted = [99]": "[projects.numpy] specs_adopted: no SPEC 99",
    "[projects.X_y]\nname = 'x'\nhomepage = 'https://x.example'": "[projects.X_y]: an id has lower-case letters",
    "[bar]\nsites = ['projects', 'nope']": '[bar] sites: no project "nope"',
}


@pytest.mark.parametrize(("text", "says"), [*WRONG.items(), *IDLE.items()])
def test_hugo_names_what_the_registry_cannot_use_and_stumbles_nowhere(tmp_path, hugo, text, says):
    site = write_tree(
        tmp_path,
        {
            "hugo.toml": "baseURL = 'https://numpy.org/x/'\ntitle = 'T'",
            "content/a.md": "---\ntitle: A\n---\n{{< spec 0 >}}\n",
            "data/scientific_python/own.toml": text,
        },
    )
    done = hugo(site, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    total = [line for line in lines if line.endswith("error building site: logged 1 error(s)")]  # Hugo's own
    told = [line for line in lines if line.startswith(("ERROR", "WARN")) and line not in total]
    assert len(told) == 1
    assert f"data/scientific_python/own.toml: {says}" in told[0]
    assert len(total) == (text in WRONG)
    with pytest.raises(RegistryError):
        projects.load(site / "data/scientific_python/own.toml")  # the two doors refuse the same


def test_badges_are_the_same_bytes(registry, hugo_sites, sphinx_sites):
    pages = [
        (hugo_sites / "numpy/public/about/index.html").read_text("utf-8"),
        (sphinx_sites / "basic/index.html").read_text("utf-8"),
    ]
    for numbers, state in (([0, 1, 4], "endorsed"), ([3], "adopted")):
        for page in pages:
            assert svg(specs_of(registry, numbers), state) in page


def test_breadcrumb_data(sphinx_sites, hugo_sites):
    for page, name in (("basic/sub/more.html", "More"), ("basic/index.html", "Home")):
        text = (sphinx_sites / page).read_text("utf-8")
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
        names = [item["name"] for item in data["itemListElement"]]
        assert names[:2] == ["Scientific Python", "NumPy"]
        assert names[-1] == name
        assert [item["position"] for item in data["itemListElement"]] == list(range(1, len(names) + 1))
        assert all(item["item"].startswith("https://") for item in data["itemListElement"])
    text = (hugo_sites / "numpy/public/about/index.html").read_text("utf-8")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert [i["name"] for i in data["breadcrumb"]["itemListElement"]] == [
        "Scientific Python",
        "NumPy",
        "About",
    ]


@pytest.mark.parametrize(
    ("project", "above"), [("numpy", ["Scientific Python", "NumPy"]), ("numpydoc", ["Scientific Python"])]
)
def test_breadcrumbs_begin_without_a_divider(project, above, tmp_path, sphinx_build):
    """The parent draws one before each item but that of `breadcrumb-home`; a site that is its documentation comes once."""
    conf = f'extensions = ["scientific_python_theme"]\nscientific_python_project = "{project}"\n'
    files = {"conf.py": conf, "index.rst": "H\n=\n\n.. toctree::\n\n   one\n", "one.rst": "One\n===\n"}
    sphinx_build(write_tree(tmp_path / "docs", files), tmp_path / "out", "-q")
    text = (tmp_path / "out" / "one.html").read_text("utf-8")
    (crumbs,) = re.findall(r'<ul class="bd-breadcrumbs.*?</ul>', text, re.S)
    items = re.findall(r'<li class="breadcrumb-item([^"]*)".*?</li>', crumbs, re.S)
    assert items == [" breadcrumb-home", *[""] * len(above), " active"]
    assert re.findall(r'href="https:[^>]*>([^<]*)', crumbs) == above


def test_a_level_without_a_page_is_no_link(tmp_path, hugo):
    site = write_tree(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://x.example/"\ntitle = "T"\ndisableKinds = ["taxonomy"]\n',
            "content/a.md": "---\ntitle: A\ntags: [tide]\n---\n",
        },
    )
    hugo(site)
    text = (site / "public/tags/tide/index.html").read_text("utf-8")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    items = data["breadcrumb"]["itemListElement"]
    assert all(item["item"].startswith("https://") for item in items[:-1])
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    (crumbs,) = re.findall(r'<nav id="breadcrumbs".*?</nav>', text, re.S)
    assert "<li>Tags</li>" in crumbs
    assert 'href=""' not in crumbs


def snippet(cli):
    static = cli("projects", "bar", "--current", "narwhals").output
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>t</title></head><body>{static}<main><h1>Narwhals</h1><a href="#x" id="x">after</a></main></body></html>'


@pytest.mark.browser
def test_keyboard_width_and_print(cli, tmp_path, serve, page, axe):
    (tmp_path / "index.html").write_text(snippet(cli), "utf-8")
    page.goto(serve(tmp_path))
    menu = page.locator("[data-ecosystem-nav] details")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.evaluate("m => m.open")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Astropy"
    page.keyboard.press("Escape")
    assert not menu.evaluate("m => m.open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.locator("#x").focus()
    assert not menu.evaluate("m => m.open")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        page.locator("summary").click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        sizes = page.eval_on_selector_all(
            "[data-ecosystem-nav] :is(a, summary)", "all => all.map(a => a.getBoundingClientRect()).filter(r => r.width).map(r => Math.min(r.width, r.height))"
        )  # fmt: skip
        assert len(sizes) == 26
        assert min(sizes) >= 24
        assert axe(page) == []
        page.locator("summary").click()
    page.emulate_media(media="print")
    assert not page.locator("[data-ecosystem-nav]").is_visible()
    assert page.outside == []


@pytest.mark.browser
def test_menu_works_without_script(cli, tmp_path, serve, browser):
    (tmp_path / "index.html").write_text(snippet(cli), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serve(tmp_path))
    assert not page.get_by_role("link", name="Astropy").is_visible()
    page.locator("summary").click()
    assert page.get_by_role("link", name="Astropy").is_visible()
    context.close()
