"""Versions, source links, analytics and figures: the pure parts."""

from __future__ import annotations

import functools
import json
import sys
import types
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from scientific_python_theme.sphinx_ext import analytics, figures, linkcode, versions
from scientific_python_theme.sphinx_ext.places import BY_PAGE, PLACES
from support import write_tree

LIST = [
    {"name": "dev", "version": "dev", "url": "https://example.org/dev/"},
    {"name": "1.3 (stable)", "version": "1.3", "url": "https://example.org/1.3", "preferred": True},
    {"version": "v1.2", "url": "https://example.org/1.2/"},
]


def test_a_list_is_read_in_the_parents_form():
    entries, problems = versions.read(json.dumps(LIST), "v.json")
    assert problems == []
    assert [entry.name for entry in entries] == ["dev", "1.3 (stable)", "v1.2"]
    assert entries[1].url == "https://example.org/1.3/"
    assert entries[1].preferred


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not valid JSON"),
        ("[" + "9" * 5000, "not valid JSON"),
        ("{}", "must be a list"),
        ("[3]", "entry 1 must be an object"),
        ('[{"verison": "1", "url": "https://x.org"}]', "did you mean 'version'?"),
        ('[{"version": "1"}]', "entry 1 has no 'url'"),
        ('[{"version": "1", "url": "javascript:alert(1)"}]', "must begin with https://"),
        ('[{"version": "1", "url": "a", "preferred": true}, {"version": "2", "url": "b", "preferred": true}]',
         "more than one version is preferred"),
    ],
)  # fmt: skip
def test_a_broken_list_says_what_and_where(text, says):
    _, problems = versions.read(text, "docs/v.json")
    assert says in problems[0]
    assert problems[0].startswith("docs/v.json")


@given(
    st.text() | st.recursive(st.none() | st.booleans() | st.text() | st.integers(), st.lists).map(json.dumps)
)
def test_no_list_ends_the_build(text):
    entries, problems = versions.read(text, "v.json")
    assert entries or problems or text.strip() == "[]"


@pytest.mark.parametrize(
    ("version", "release", "expected"),
    [
        ("1.3", "1.3.0", "1.3"),
        ("1.3", "1.3.4", "1.3"),
        ("1.2", "1.2.0", "v1.2"),
        ("1.4", "1.4.0.dev0", "dev"),
        ("1.4", "1.4.0.dev0+git20260101.abc1234", "dev"),
        ("1.3.1", "1.3.1+g0123abc", "dev"),
        ("1.1", "1.1.0", None),
        ("", "not a version", None),
    ],
)
def test_this_version_is_found_in_the_list(version, release, expected):
    assert versions.match([entry["version"] for entry in LIST], version, release) == expected


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("1.3.0", "v1.3.0"),
        ("1.3.0rc1", "v1.3.0rc1"),
        ("1.4.0.dev0", "main"),
        ("1.4.0.dev0+g0123abc", "0123abc"),
        ("1.4.0.dev0+git20260101.0123abc", "main"),
        ("", "main"),
        ("banana", "main"),
    ],
)
def test_reference_of_a_version(release, expected):
    assert linkcode.ref(release, "main", "v{version}") == expected


MODULE = """
import functools
def plain(): pass
@functools.lru_cache
def cached():
    return 1
def deco(f):
    @functools.wraps(f)
    def inner(*a): return f(*a)
    return inner
@deco
def wrapped():
    return 2
part = functools.partial(plain)
class Thing:
    def method(self): pass
    @property
    def prop(self):
        return 3
    @functools.cached_property
    def lazy(self): return 4
    @classmethod
    def make(cls): pass
    @staticmethod
    def fixed(): pass
    text = "no source"
class Hostile:
    def __getattr__(self, name): raise RuntimeError("no")
hostile = Hostile()
from json import dumps
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package on disk, imported."""
    folder = tmp_path / "sp_sample"
    folder.mkdir()
    (folder / "__init__.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(tmp_path))
    linkcode._package_folder.cache_clear()
    yield __import__("sp_sample")
    del sys.modules["sp_sample"]
    linkcode._package_folder.cache_clear()


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("plain", "#L3"), ("cached", "#L4-L6"), ("wrapped", "#L11-L13"), ("part", "#L3"), ("Thing", "#L15-L25"),
        ("Thing.method", "#L16"), ("Thing.prop", "#L17-L19"), ("Thing.lazy", "#L20-L21"),
        ("Thing.make", "#L22-L23"), ("Thing.fixed", "#L24-L25"),
        ("Thing.text", None), ("missing", None), ("hostile.x", None), ("dumps", None),
    ],
)  # fmt: skip
def test_source_lines(package, name, lines):
    source = linkcode.Source(repository="o/r", package="sp_sample", ref="v1", path="src/sp_sample")
    found = source.resolve("py", {"module": "sp_sample", "fullname": name})
    if lines is None:
        assert found is None
    else:
        assert found.startswith("https://github.com/o/r/blob/v1/src/sp_sample/__init__.py#L")
        assert "#" + found.partition("#")[2] == lines or name == "Thing"


@pytest.mark.parametrize(
    ("domain", "info"),
    [
        ("c", {"names": ["x"]}), ("py", {}), ("py", {"module": "", "fullname": "x"}), ("py", {"module": "not_there"}),
        ("py", {"module": "math", "fullname": "sqrt"}), ("py", {"module": "builtins", "fullname": "len"}),
    ],
)  # fmt: skip
def test_what_has_no_source_has_no_link(domain, info):
    source = linkcode.Source(repository="o/r", package="math", ref="v1")
    assert source.resolve(domain, info) is None


def test_a_ring_of_wrappers_ends():
    one, two = types.SimpleNamespace(), types.SimpleNamespace()
    one.__wrapped__, two.__wrapped__ = two, one
    assert linkcode.unwrap(one) in (one, two)
    assert linkcode.unwrap(functools.partial(functools.partial(len))) is len


@pytest.mark.parametrize(
    "environment",
    [
        {"READTHEDOCS_VERSION_TYPE": "external"},
        {"GITHUB_EVENT_NAME": "pull_request"},
        {"GITHUB_EVENT_NAME": "pull_request_target"},
        {"CIRCLE_PULL_REQUEST": "https://github.com/o/r/pull/1"},
        {"CIRCLE_PR_NUMBER": "1"},
        {"NETLIFY": "true", "CONTEXT": "deploy-preview", "PULL_REQUEST": "true"},
        {"NETLIFY": "true", "CONTEXT": "branch-deploy"},
    ],
)
def test_no_visit_is_counted_in_previews(environment):
    assert analytics.is_preview(environment)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"READTHEDOCS_VERSION_TYPE": "tag"},
        {"GITHUB_EVENT_NAME": "push"},
        {"CIRCLECI": "true"},
        {"NETLIFY": "true", "CONTEXT": "production", "PULL_REQUEST": "false"},
    ],
)
def test_visits_are_counted_where_pages_are_published(environment):
    assert not analytics.is_preview(environment)


@pytest.mark.parametrize(
    ("wanted", "address", "attribute"),
    [
        ("a.org", analytics.PLAUSIBLE, ("data-domain", "a.org")),
        ({"plausible": "a.org", "script": "https://own.org/s.js"}, "https://own.org/s.js", ("data-domain", "a.org")),
        ({"goatcounter": "code"}, analytics.GOATCOUNTER, ("data-goatcounter", "https://code.goatcounter.com/count")),
        ({"goatcounter": "https://own.org/count", "script": "https://own.org/c.js"}, "https://own.org/c.js",
         ("data-goatcounter", "https://own.org/count")),
    ],
)  # fmt: skip
def test_analytics_script(wanted, address, attribute):
    assert analytics.script(wanted) == (address, dict([attribute]))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_figures_are_legible_on_their_own_ground():
    """The ground is part of the picture, so the page's scheme does not matter."""
    assert contrast(figures.INK, figures.GROUND) >= 7
    assert all(contrast(line, figures.GROUND) >= 3 for line in figures.LINES)
    assert len(set(figures.LINES)) == len(figures.LINES)


def test_figure_is_drawn_with_the_style(tmp_path: Path):
    """Opaque corners, dark text: measured in the picture that Matplotlib writes."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    with matplotlib.rc_context():
        figures.reset({}, "example.py")
        figure, axes = plt.subplots()
        axes.plot([0, 1])
        axes.set_title("Title")
        figure.savefig(tmp_path / "f.png", transparent=False)
        plt.close(figure)
    picture = plt.imread(tmp_path / "f.png")
    assert picture[0, 0].tolist() == [1.0, 1.0, 1.0, 1.0]
    assert picture[..., :3].min() < 0.15


@pytest.mark.parametrize(
    "own",
    [
        'html_theme_options = {"navbar_start": ["navbar-logo", "version-switcher"]}',
        'html_theme_options = {"secondary_sidebar_items": {"**": "page-toc, version-switcher.html"}}',
        'html_sidebars = {"**": ["version-switcher"]}',
    ],
)
def test_a_project_that_places_the_version_menu_gets_no_second_one(own, tmp_path, sphinx_build):
    source = write_tree(
        tmp_path / "source",
        {
            "conf.py": f'extensions = ["scientific_python_theme"]\n{own}\n'
            'scientific_python_versions = "_static/versions.json"\n',
            "_static/versions.json": json.dumps(LIST),
            "index.rst": "X\n=\n\n.. toctree::\n\n   one\n\nA\n-\n\nB\n-\n",
            "one.rst": "One\n===\n\ntext\n\nA\n-\n\nB\n-\n",
        },
    )
    sphinx_build(source, tmp_path / "out", "-q")
    page = BeautifulSoup((tmp_path / "out" / "one.html").read_text("utf-8"), "html.parser")
    assert page.select(".sp-versions")
    assert page.select(".navbar-header-items__end .sp-versions") == []


def test_another_list_of_versions_has_all_pages_written_again(tmp_path, sphinx_build):
    source = write_tree(
        tmp_path / "source",
        {
            "conf.py": 'extensions = ["scientific_python_theme"]\n'
            'scientific_python_versions = "_static/versions.json"\n',
            "index.rst": "X\n=\n",
        },
    )
    for names in (["dev"], ["dev", "1.0"]):
        versions = [{"version": name, "url": f"../{name}/"} for name in names]
        write_tree(source, {"_static/versions.json": json.dumps(versions)})
        sphinx_build(source, tmp_path / "out", "-q")
        page = BeautifulSoup((tmp_path / "out" / "index.html").read_text("utf-8"), "html.parser")
        assert [link.get_text(strip=True) for link in page.select_one(".sp-versions").select("a")] == names


@pytest.mark.parametrize(
    ("language", "label", "stable"),
    [
        ("en", "Version: ", "Switch to the stable version"),
        ("es", "Versión: ", "Ir a la versión estable"),
        ("pt_BR", "Versão: ", "Ir para a versão estável"),
        ("eo", "Version: ", "Switch to the stable version"),
    ],
)
def test_the_version_menu_speaks_the_language_of_the_documentation(
    language, label, stable, tmp_path, sphinx_build
):
    conf = f'extensions = ["scientific_python_theme"]\nlanguage = "{language}"\n'
    source = write_tree(
        tmp_path / "source",
        {
            "conf.py": conf + 'scientific_python_versions = "versions.json"\n',
            "index.rst": "X\n=\n",
            "versions.json": json.dumps([{"version": "1.0", "url": "../1.0/"}]),
        },
    )
    sphinx_build(source, tmp_path / "out", "-q")
    page = BeautifulSoup((tmp_path / "out" / "index.html").read_text("utf-8"), "html.parser")
    menu = page.select_one(".sp-versions")
    assert menu.select_one(".sp-versions-label").get_text() == label
    assert menu["data-banner"].split("|")[2] == stable


@pytest.mark.parametrize("placed", [True, False])
def test_the_link_to_the_source_is_there_for_who_places_it(placed, tmp_path, sphinx_build):
    own = (
        'html_theme_options = {"secondary_sidebar_items": {"**": ["page-toc", "sourcelink"]}}'
        if placed
        else ""
    )
    conf = f'extensions = ["scientific_python_theme"]\n{own}\n'
    source = write_tree(tmp_path / "source", {"conf.py": conf, "index.rst": "X\n=\n\nA\n-\n\nB\n-\n"})
    sphinx_build(source, tmp_path / "out", "-q")
    page = BeautifulSoup((tmp_path / "out" / "index.html").read_text("utf-8"), "html.parser")
    links = [a["href"] for a in page.select(".sourcelink a")]
    assert links == (["_sources/index.rst.txt"] if placed else [])
    assert (tmp_path / "out" / "_sources" / "index.rst.txt").is_file() == placed


@pytest.mark.parametrize(("footer", "shown"), [("", False), ("edit-this-page", True)])
def test_an_edit_button_that_stands_nowhere_needs_no_repository(footer, shown, tmp_path, sphinx_build):
    options = {
        "use_edit_page_button": True,
        "secondary_sidebar_items": {"**": ["page-toc"]},
        "article_footer_items": footer,
    }
    conf = f'extensions = ["scientific_python_theme"]\nhtml_theme_options = {options!r}\n'
    source = write_tree(tmp_path / "source", {"conf.py": conf, "index.rst": "X\n=\n\nA\n-\n\nB\n-\n"})
    done = sphinx_build(source, tmp_path / "out", "-q")
    assert ("needs to know the repository" in done.stderr) == shown


@pytest.mark.parametrize("entries", [0, 2])
def test_version_menu_stands_where_the_parents_switcher_was_put(entries, tmp_path, sphinx_build):
    """In any place; without a list of versions nothing does, as the parent's button would open on nothing."""
    options: dict[str, object] = {place: ["version-switcher", "theme-switcher"] for place in PLACES}
    options[BY_PAGE] = {"**": ["page-toc", "version-switcher"], "one": "page-toc, version-switcher.html"}
    versions = 'scientific_python_versions = "_static/versions.json"\n' if entries else ""
    source = write_tree(
        tmp_path / "source",
        {
            "conf.py": f'project = "x"\nextensions = ["scientific_python_theme"]\n{versions}'
            f'html_theme_options = {options!r}\nhtml_sidebars = {{"**": ["version-switcher"]}}\n',
            "_static/versions.json": json.dumps(LIST[:entries]),
            "index.rst": "X\n=\n\n.. toctree::\n\n   one\n\nA\n-\n\nB\n-\n",
            "one.rst": "One\n===\n\ntext\n\nA\n-\n\nB\n-\n",
        },
    )
    sphinx_build(source, tmp_path / "out", "-q")
    for name in ("index.html", "one.html"):
        page = BeautifulSoup((tmp_path / "out" / name).read_text("utf-8"), "html.parser")
        assert page.select(".version-switcher__container") == [], name
        assert page.select(".theme-switch-button"), name
        there = ("header", "#pst-primary-sidebar", "#pst-secondary-sidebar", "footer.bd-footer", "main")
        assert all(bool(page.select(f"{part} .sp-versions")) == bool(entries) for part in there), name
        assert len(page.select(".bd-footer .sp-versions")) == (3 if entries else 0), name
