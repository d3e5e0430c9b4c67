"""The search in the bar, used in a real browser on a real Hugo site and a real Sphinx project."""

import gzip
import re
import xml.etree.ElementTree as ET

import pytest
from scientific_python_theme.sphinx_ext import symbols as in_sphinx
from support import write_tree
from test_symbols import NUMPY, OTHER, inventory

from scientific_python_theme import projects, symbols

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("symbol_box")]
CSP = {"Content-Security-Policy": "default-src 'self'"}

CONF = """
project = "tidepool"
html_baseurl = "https://tidepool.example/docs/"
extensions = ["scientific_python_theme"]
scientific_python_symbols = True
scientific_python_projects = ["numpy"]
html_theme = "{theme}"
"""
INDEX = """
tidepool
========

.. py:function:: tidepool.linspace(start)

   Evenly spaced tides.

.. toctree::

   deep/page
"""


@pytest.fixture(scope="module")
def hugo_site(once, hugo):
    def build(folder):
        write_tree(
            folder,
            {
                "hugo.toml": 'baseURL = "https://example.org/sub/"\ntitle = "tidepool"\n[params]\nsymbols = "symbols"\n',
                "content/_index.md": "---\ntitle: tidepool\n---\nHello.\n",
                "content/deep/page.md": "---\ntitle: Page\n---\nDeep.\n",
                "inv/numpy.inv": inventory("numpy", NUMPY),
                "inv/scikit-learn.inv": inventory("scikit-learn", OTHER),
            },
        )
        registry = projects.load()
        symbols.index(folder / "static/symbols", symbols.folder(folder / "inv", registry), registry)
        hugo(folder, "--destination", str(folder / "public/sub"))

    return once("symbol-box-hugo", build) / "public"


@pytest.fixture(scope="module", params=["scientific_python_theme", "alabaster"])
def sphinx_site(request, once, sphinx_build):
    def build(folder):
        write_tree(
            folder / "src",
            {
                "conf.py": CONF.format(theme=request.param),
                "index.rst": INDEX,
                "deep/page.rst": "Page\n====\n\nText.\n",
                "numpy.inv": inventory("numpy", NUMPY),
            },
        )
        from click.testing import CliRunner

        from scientific_python_theme.cli import main

        arguments = [
            "inventory",
            "add",
            "numpy",
            "--from",
            str(folder / "src/numpy.inv"),
            "--dir",
            str(folder / "src"),
        ]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        sphinx_build(folder / "src", folder / "out", "-W")

    return once(f"symbol-box-{request.param}", build) / "out"


def look_up(page, query):
    page.get_by_role("button", name="Find a function").click()
    page.get_by_role("combobox", name="Find a function, class or method").fill(query)
    page.wait_for_selector(".sp-symbols [role=option]")
    return page.locator(".sp-symbols [role=option]").first


def test_hugo_page_finds_misspelt_names_under_a_strict_policy(page, serve, hugo_site, axe):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(serve(hugo_site, CSP) + "sub/deep/page/")
    first = look_up(page, "np.linsapce")
    assert first.inner_text().startswith("numpy.linspace")
    assert first.get_attribute("href").endswith("generated/numpy.linspace.html#numpy.linspace")
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert complaints == []
    assert page.outside == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialog_has_no_accessibility_violation(page, serve, hugo_site, axe_source, axe, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(serve(hugo_site) + "sub/")
    look_up(page, "std")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in axe(page)] == []


def test_keyboard_is_enough(page, serve, hugo_site):
    page.goto(serve(hugo_site) + "sub/")
    look_up(page, "std")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".sp-symbols [aria-selected=true]")
    assert chosen.count() == 1
    assert chosen.get_attribute("id") == "sp-symbol-1"
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.ariaLabel") == "Find a function"


def test_enter_opens_the_name_that_the_arrows_chose(page, serve, hugo_site):
    page.goto(serve(hugo_site) + "sub/")
    first = look_up(page, "std").get_attribute("href")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".sp-symbols [aria-selected=true]").get_attribute("href")
    with page.expect_request(lambda request: request.is_navigation_request()) as asked:
        page.keyboard.press("Enter")
    assert asked.value.url == chosen.partition("#")[0] != first.partition("#")[0]


def test_nothing_found_is_a_sentence(page, serve, hugo_site):
    page.goto(serve(hugo_site) + "sub/")
    page.get_by_role("button", name="Find a function").click()
    page.get_by_role("combobox").fill("zzzzqqq <b>")
    page.wait_for_function(
        "document.querySelector('.sp-symbols [role=status]').textContent.includes('Nothing is called')"
    )
    assert page.locator(".sp-symbols b").count() == 0


def test_page_without_use_loads_no_index(page, serve, hugo_site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(serve(hugo_site) + "sub/")
    assert not [url for url in asked if "symbols" in url]


def test_sphinx_page_finds_its_own_names_first(page, serve, sphinx_site):
    at = serve(sphinx_site)
    page.goto(at + "deep/page.html")
    first = look_up(page, "linspace")
    assert first.inner_text().startswith("tidepool.linspace")
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html#tidepool.linspace")
    assert page.outside == []


def test_a_project_may_have_pages_and_files_in_a_folder_named_symbols(sphinx_build, tmp_path):
    source, out = tmp_path / "src", tmp_path / "out"
    write_tree(
        source,
        {
            "conf.py": 'project = "tidepool"\nextensions = ["scientific_python_theme"]\nscientific_python_symbols = True\n'
            'html_extra_path = ["extra"]\n',
            "index.rst": "tidepool\n========\n\n.. py:function:: tidepool.height(t)\n",
            "extra/symbols/key.txt": "T tide",
        },
    )
    sphinx_build(source, out, "-W")
    write_tree(source, {"symbols/alpha.rst": ":orphan:\n\nAlpha\n=====\n"})
    sphinx_build(source, out, "-W")
    assert {path.name for path in (out / "symbols").iterdir()} == {"alpha.html", "key.txt"}
    assert (out / in_sphinx.INDEX / "index.json").is_file()


def leads_to_the_answer(page, at):
    page.goto(f"{at}go/?q=zzzzqqq")
    page.get_by_text("Nothing is called").wait_for()  # no script of the test's own: the policy forbids it
    page.goto(f"{at}go/?q=arangements")  # a guess: the reader stays and chooses
    page.get_by_text("Nothing is called “arangements”. These come near it:").wait_for()
    near = page.get_by_role("link", name="numpy.arange")
    assert near.get_attribute("href").endswith("/numpy.arange.html#numpy.arange")
    wanted = "https://numpy.org/doc/stable/reference/generated/numpy.linspace.html#numpy.linspace"
    with page.expect_request(wanted.partition("#")[0]):
        page.goto(f"{at}go/?q=np.linsapce", wait_until="commit")


def test_go_page_of_a_hugo_site_leads_to_the_answer(page, serve, hugo_site):
    leads_to_the_answer(page, serve(hugo_site, CSP) + "sub/")


def test_go_page_of_a_hugo_site_is_light_and_keeps_off_the_edge(page, serve, hugo_site):
    html = (hugo_site / "sub/go/index.html").read_text("utf-8")
    (sheet,) = re.findall(r'<link rel="stylesheet" href="/([^"]+)"', html)
    text = (hugo_site / sheet).read_bytes()
    assert len(text) <= 40 * 1024
    assert len(gzip.compress(text, 9)) <= 9 * 1024
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(serve(hugo_site) + "sub/go/")
    assert page.locator("h1").evaluate("(e) => e.getBoundingClientRect().left") >= 12


def test_go_page_of_sphinx_leads_to_the_answer(page, serve, sphinx_site):
    leads_to_the_answer(page, serve(sphinx_site))


PLAIN = 'project = "Tidepool"\nextensions = ["scientific_python_theme"]\nscientific_python_symbols = True\n'


@pytest.mark.parametrize(
    ("builder", "document", "page"),
    [("dirhtml", "go", "go/index.html"), ("html", "go/index", "go/index.html"), ("html", "go", "go.html")],
)
def test_a_document_of_the_project_is_not_replaced_by_the_go_page(
    tmp_path, sphinx_build, builder, document, page
):
    files = {f"src/{document}.rst": "Going places\n============\n\nMy own words.\n", "src/index.rst": INDEX}
    conf = PLAIN + 'html_baseurl = "https://tidepool.example/"\n'
    write_tree(tmp_path, {**files, "src/conf.py": conf})
    done = sphinx_build(tmp_path / "src", tmp_path / "out", builder=builder)
    assert "My own words." in (tmp_path / "out" / page).read_text("utf-8")
    ours = page == "go.html"  # beside it there is room for go/
    assert ("is published as go/" in done.stderr) is not ours
    assert (tmp_path / "out" / in_sphinx.INDEX / "opensearch.xml").exists() is ours
    assert ('rel="search" type' in (tmp_path / "out/index.html").read_text("utf-8")) is ours


def test_a_project_with_nothing_to_find_has_neither_button_nor_go_page(tmp_path, sphinx_build):
    write_tree(tmp_path, {"src/conf.py": PLAIN, "src/index.rst": "Home\n====\n"})
    done = sphinx_build(tmp_path / "src", tmp_path / "out")
    assert "nothing to index" in done.stderr
    assert not (tmp_path / "out/go").exists()
    assert "symbols-start.js" not in (tmp_path / "out/index.html").read_text("utf-8")


def test_pages_of_an_earlier_build_get_the_button_with_the_first_name(tmp_path, sphinx_build):
    files = {"src/conf.py": PLAIN, "src/index.rst": "Home\n====\n", "src/a.rst": ":orphan:\n\nA\n=\n"}
    write_tree(tmp_path, files)
    sphinx_build(tmp_path / "src", tmp_path / "out")
    write_tree(tmp_path, {"src/a.rst": files["src/a.rst"] + "\n.. py:function:: tidepool.height(t)\n"})
    sphinx_build(tmp_path / "src", tmp_path / "out")
    for page in ("index", "a"):
        assert "symbols-start.js" in (tmp_path / f"out/{page}.html").read_text("utf-8")


def test_the_theme_alone_has_the_search_of_its_own_names(tmp_path, sphinx_build):
    conf = 'html_theme = "scientific_python_theme"\nscientific_python_symbols = True\n'
    write_tree(tmp_path, {"conf.py": conf, "index.rst": INDEX})
    assert "theme_only" in sphinx_build(tmp_path, tmp_path / "out").stderr
    assert (tmp_path / "out" / in_sphinx.INDEX / "index.json").is_file()


def test_a_name_with_marks_is_escaped_once(hugo, tmp_path):
    config = (
        'baseURL = "https://example.org/"\ntitle = "A & B <tools> of ours"\n[params]\nsymbols = "symbols"\n'
    )
    (tmp_path / "hugo.toml").write_text(config)
    hugo(tmp_path)
    root = ET.parse(tmp_path / "public" / "opensearch.xml").getroot()
    assert root.find("{http://a9.com/-/spec/opensearch/1.1/}ShortName").text == "A & B <tools> of"
    assert (
        "<title>Go to a symbol - A &amp; B &lt;tools&gt; of ours</title>"
        in (tmp_path / "public/go/index.html").read_text()
    )


def test_browsers_can_ask_from_the_address_bar(hugo_site, sphinx_site):
    for file, wanted in [
        (hugo_site / "sub/opensearch.xml", "https://example.org/sub/go/?q={searchTerms}"),
        (
            sphinx_site / in_sphinx.INDEX / "opensearch.xml",
            "https://tidepool.example/docs/go/?q={searchTerms}",
        ),
    ]:
        url = ET.parse(file).getroot().find("{http://a9.com/-/spec/opensearch/1.1/}Url")
        assert url.get("template") == wanted
    assert 'rel="search"' in (sphinx_site / "deep/page.html").read_text("utf-8")
    assert 'rel="search"' in (hugo_site / "sub/index.html").read_text("utf-8")
