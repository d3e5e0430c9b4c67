"""A gallery that sphinx-gallery makes, as a reader meets it in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import write_tree

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sphinx-browser")]

EXAMPLE = '''"""
{title}
{line}

What tides do.
"""

# %%
# A line
# ------
import matplotlib.pyplot as plt

plt.plot([0, 1, 4])
plt.title("{title}")
plt.show()
'''
FILES = {
    "conf.py": """
project = "Sample"
extensions = ["scientific_python_theme", "sphinx_gallery.gen_gallery"]
sphinx_gallery_conf = {"examples_dirs": "examples", "gallery_dirs": "gallery"}
""",
    "index.rst": "Home\n====\n\n.. toctree::\n\n   gallery/index\n",
    "examples/README.txt": "Gallery\n=======\n\nExamples.\n",
    **{
        f"examples/plot_{title.lower()}.py": EXAMPLE.format(title=title, line="=" * len(title))
        for title in ("Spring", "Neap")
    },
}


@pytest.fixture(scope="session")
def site(once, sphinx_build) -> Path:
    def build(folder: Path) -> None:
        write_tree(folder / "docs", FILES)
        sphinx_build(folder / "docs", folder / "site", env={"MPLBACKEND": "agg"})

    return once("sphinx-gallery", build) / "site"


def test_thumbnails_are_links_with_a_name_that_is_not_seen_twice(site, serve, page):
    page.goto(f"{serve(site)}gallery/index.html")
    links = page.get_by_role("link", name="Spring", exact=True)
    thumbnail = page.locator(".sphx-glr-thumbcontainer", has=links).first
    words = thumbnail.locator("p a span")
    assert words.inner_text() == "Spring"
    assert thumbnail.locator(".sphx-glr-thumbnail-title").is_visible()
    shown = words.bounding_box()
    assert (shown["width"], shown["height"]) == (1, 1)
    # The link still covers the picture.
    box = thumbnail.locator("img").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/gallery/plot_spring.html")


def test_pages_are_searched_for_links_once(tmp_path, sphinx_build):
    """And pages that no gallery makes, never: sphinx-gallery walks their whole doctrees."""
    spy = """
import sphinx_gallery.gen_gallery as gallery
own, asked = gallery.setup_template_link_getters, []
def counted(app, pagename, templatename, context, doctree):
    own(app, pagename, templatename, context, doctree)
    for name in ("get_download_links", "get_launcher_links"):
        context[name] = (lambda getter: lambda: asked.append(pagename) or getter())(context[name])
gallery.setup_template_link_getters = counted
def setup(app):
    app.connect("build-finished", lambda app, error: print("ASKED", sorted(asked)))
"""
    conf = FILES["conf.py"].replace('"sphinx_gallery', '"spy", "sphinx_gallery')
    conf = "import sys, os; sys.path.insert(0, os.path.dirname(__file__))\n" + conf
    source = write_tree(tmp_path / "docs", {**FILES, "conf.py": conf, "spy.py": spy})
    done = sphinx_build(source, tmp_path / "site", env={"MPLBACKEND": "agg"})
    pages = ("index", "plot_neap", "plot_spring", "sg_execution_times")
    assert f"ASKED {sorted(f'gallery/{page}' for page in pages for _ in range(2))}" in done.stdout
    assert "Download source code" in (tmp_path / "site" / "gallery" / "plot_neap.html").read_text("utf-8")


def test_download_links_are_large_enough_to_hit(site, serve, page):
    page.goto(f"{serve(site)}gallery/plot_spring.html")
    links = page.locator(".bd-sidebar-secondary a[download]")
    assert links.count() >= 2
    assert all(link.bounding_box()["height"] >= 24 for link in links.all())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_pages_of_a_gallery_have_no_violation(width, scheme, site, serve, page, axe):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("index", "plot_spring"):
        page.goto(f"{serve(site)}gallery/{name}.html")
        page.wait_for_load_state("networkidle")
        found = [(v["id"], v["nodes"][0]["html"][:160]) for v in axe(page)]
        assert found == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
