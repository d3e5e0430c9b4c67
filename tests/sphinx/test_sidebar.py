"""The quick sidebar equals the parent's, page by page, option by option."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

# Every kind of entry: markup, maths and escapes in titles, numbers, captions, globs, `self`,
# external links, hidden trees, depth beyond the limit, a page in two trees, an orphan.
FILES = {
    "index.rst": "Root\n====\n\n.. toctree::\n   :numbered:\n\n   a/index\n   b/index\n"
    "   Ext <https://example.org/#frag>\n\n.. toctree::\n   :hidden:\n   :caption: Hidden\n\n   c\n   d/index\n",
    "a/index.rst": "Section *A* ``code`` & <b>\n==========================\n\nIntro\n-----\n\nText.\n\n"
    '.. toctree::\n   :caption: First "part"\n   :maxdepth: 2\n\n   one\n   two\n   self\n'
    "   Titled & named <three/index>\n   Web <https://example.org/x?a=1&b=2>\n\n"
    ".. toctree::\n   :caption: Second\n   :titlesonly:\n   :glob:\n\n   g/*\n",
    "a/one.rst": "One :math:`x^2`\n================\n\nSub\n---\n\n.. toctree::\n   :hidden:\n\n   deep\n",
    "a/deep.rst": "Deep\n====\n\n.. toctree::\n\n   deeper\n",
    "a/deeper.rst": "Deeper\n======\n\n.. toctree::\n\n   deepest\n",
    "a/deepest.rst": "Deepest\n=======\n\n.. toctree::\n\n   abyss\n",
    "a/abyss.rst": "Abyss\n=====\n",
    "a/two.rst": "Two\n===\n\nX\n-\n\nY\n-\n",
    "a/three/index.rst": "Three\n=====\n\nPart one\n--------\n\n.. toctree::\n\n   x\n   self\n\n"
    "Part two\n--------\n\n.. toctree::\n\n   y\n",
    "a/three/x.rst": "X page\n======\n",
    "a/three/y.rst": "Y **page**\n==========\n",
    "a/g/z1.rst": "Z1\n==\n",
    "a/g/z2.rst": "Z2\n==\n\nSec\n---\n",
    "b/index.rst": "B\n=\n\n.. toctree::\n\n   p\n   q\n   twice\n",
    "b/p.rst": "P\n=\n\n.. toctree::\n\n   twice\n   r\n",
    "b/q.rst": "Q\n=\n\n.. toctree::\n\n   s\n",
    "b/r.rst": "R\n=\n",
    "b/s.rst": "S\n=\n",
    "b/twice.rst": "Twice\n=====\n",
    "c.rst": "C\n=\n",
    "d/index.rst": "D\n=\n\n.. toctree::\n\n   short\n   long\n",
    "d/short.rst": ":tocdepth: 1\n\nShort\n=====\n\n.. toctree::\n\n   below\n",
    "d/below.rst": "Below\n=====\n\n.. toctree::\n\n   bottom\n",
    "d/bottom.rst": "Bottom\n======\n",
    "d/long.rst": "Long\n====\n",
    "orphan.rst": ":orphan:\n\nOrphan\n======\n",
}
# Asks the parent and us for each page's sidebar while it is written, and notes what differs.
WITNESS = """
import json, re
from pathlib import Path
from scientific_python_theme.sphinx_ext import sidebar_template
seen = {"same": 0, "different": [], "printed": 0}
def setup(app):
    own = sidebar_template.Template.print
    def counted(self, *args, **kwargs):
        seen["printed"] += 1
        return own(self, *args, **kwargs)
    sidebar_template.Template.print = counted
    def before(app, page, template, context, doctree):
        context["_theirs"] = context.get("generate_toctree_html"), context.get("suppress_sidebar_toctree")
    def after(app, page, template, context, doctree):
        theirs, suppress = context.pop("_theirs")
        ours, quick = context.get("generate_toctree_html"), context.get("suppress_sidebar_toctree")
        if theirs is None:
            return
        def compare(kind, **kwargs):
            a, b = str(theirs(kind, **kwargs)), str(ours(kind, **kwargs))
            plain = re.sub(r'<summary aria-label="[^"]+">', "<summary>", b)
            if a == plain:
                seen["same"] += 1
            else:
                seen["different"].append([page, a, plain])
            return b
        def compare_suppress(**kwargs):
            a, b = suppress(**kwargs), quick(**kwargs)
            if a != b:
                seen["different"].append([page, str(a), str(b)])
            return b
        context["generate_toctree_html"] = compare
        context["suppress_sidebar_toctree"] = compare_suppress
    def end(app, error):
        Path(app.outdir, "witness.json").write_text(json.dumps(seen))
    app.connect("html-page-context", before, priority=601)
    app.connect("html-page-context", after, priority=620)
    app.connect("build-finished", end)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""
OPTIONS = (
    {},
    {"collapse_navigation": True},
    {"navigation_depth": 2},
    {"navigation_depth": 1, "collapse_navigation": True},
    {"show_nav_level": 0},
    {"show_nav_level": 2},
    {"show_nav_level": 0, "collapse_navigation": True},
    {"sidebar_includehidden": False},
)
# The parent numbers the ids of these two over trial and page.
NUMBERED = {
    "switcher": {"json_url": "https://example.org/v.json", "version_match": "1"},
    "header_links_before_dropdown": 1,
}


def write(folder: Path, conf: str, files: dict[str, str] = FILES) -> Path:
    for name, text in {"conf.py": conf, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("options", "builder"),
    [
        *((options, "html") for options in OPTIONS),
        *((options, "dirhtml") for options in (*OPTIONS[:2], OPTIONS[6])),
    ],
    ids=lambda given: ",".join(given) or "defaults" if isinstance(given, dict) else given,
)
def test_sidebar_is_the_parents(options, builder, tmp_path, sphinx_build):
    conf = f"""
import sys, pathlib
sys.path.insert(0, str(pathlib.Path(__file__).parent))
extensions = ["scientific_python_theme", "witness"]
html_theme = "pydata_sphinx_theme"
html_theme_options = {options!r}
"""
    source = write(tmp_path / "docs", conf, {**FILES, "witness.py": WITNESS})
    sphinx_build(source, tmp_path / "out", builder=builder)
    seen = json.loads((tmp_path / "out" / "witness.json").read_text())
    assert seen["different"] == []
    assert seen["same"] >= 18
    if options.get("sidebar_includehidden", True):
        assert seen["printed"] > seen["same"] // 2, "most pages come from a template"


def test_each_folding_arrow_has_a_name(tmp_path, sphinx_build):
    source = write(
        tmp_path / "docs", 'extensions = ["scientific_python_theme"]\nhtml_theme = "pydata_sphinx_theme"\n'
    )
    sphinx_build(source, tmp_path / "out")
    page = BeautifulSoup((tmp_path / "out" / "a" / "deep.html").read_text("utf-8"), "html.parser")
    arrows = page.select("nav.bd-docs-nav summary")
    assert arrows
    labels = [arrow["aria-label"] for arrow in arrows]
    assert all(re.fullmatch(r"Section Navigation: \S.*", label) for label in labels)
    assert len(set(labels)) == len(labels)


def test_project_can_go_without(tmp_path, sphinx_build):
    conf = 'extensions = ["scientific_python_theme"]\nhtml_theme = "pydata_sphinx_theme"\n'
    source = write(tmp_path / "docs", f"{conf}html_theme_options = {NUMBERED!r}\n")
    sphinx_build(source, tmp_path / "quick")
    sphinx_build(source, tmp_path / "plain", "-D", "scientific_python_fast_sidebar=0")
    pages = sorted(file.relative_to(tmp_path / "quick") for file in (tmp_path / "quick").rglob("*.html"))
    for page in pages:
        assert (tmp_path / "quick" / page).read_text() == (tmp_path / "plain" / page).read_text(), page


@pytest.mark.parametrize("theme", ["pydata_sphinx_theme", "scientific_python_theme"])
def test_parallel_is_serial_and_no_change_writes_nothing(theme, tmp_path, sphinx_build):
    more = {f"b/more{n}.rst": f"More {n}\n=======\n\nText {n}.\n" for n in range(30)}
    more["b/q.rst"] = "Q\n=\n\n.. toctree::\n   :glob:\n\n   s\n   more*\n"
    conf = f'extensions = ["scientific_python_theme"]\nhtml_theme = "{theme}"\nscientific_python_project = "networkx"\n'
    conf += f"html_theme_options = {NUMBERED!r}\n"
    source = write(tmp_path / "docs", conf, {**FILES, **more})
    sphinx_build(source, tmp_path / "serial", "-j", "1")
    sphinx_build(source, tmp_path / "parallel", "-j", "3")
    files = {
        name: sorted(
            file.relative_to(tmp_path / name) for file in (tmp_path / name).rglob("*") if file.is_file()
        )
        for name in ("serial", "parallel")
    }
    assert files["serial"] == files["parallel"]
    for file in files["serial"]:
        if file.suffix in (".html", ".js", ".css", ".json"):
            assert (tmp_path / "serial" / file).read_bytes() == (tmp_path / "parallel" / file).read_bytes(), (
                file
            )
    made = ("genindex", "search")  # Sphinx itself makes these anew each time
    pages = [file for file in (tmp_path / "serial").rglob("*.html") if file.stem not in made]
    before = [file.stat().st_mtime_ns for file in pages]
    done = sphinx_build(source, tmp_path / "serial", "-j", "1")
    assert "no targets are out of date" in done.stdout
    assert [file.stat().st_mtime_ns for file in pages] == before


def test_a_projects_own_component_is_asked_on_every_page(tmp_path, sphinx_build):
    """Emptiness is remembered for the theme's components only: a project's may differ from page to page."""
    conf = """
extensions = ["scientific_python_theme"]
html_theme = "pydata_sphinx_theme"
templates_path = ["_templates"]
html_theme_options = {"navbar_end": ["own", "copyright"], "footer_start": ["copyright"]}
"""
    files = {**FILES, "_templates/own.html": "{% if pagename == 'c' %}<b id='own'>only here</b>{% endif %}",
             "_templates/copyright.html": "{% if pagename == 'orphan' %}<b id='mine'>mine</b>{% endif %}"}  # fmt: skip
    sphinx_build(write(tmp_path / "docs", conf, files), tmp_path / "out")
    with_own = {f.stem for f in (tmp_path / "out").rglob("*.html") if "id='own'" in f.read_text("utf-8")}
    with_mine = {f.stem for f in (tmp_path / "out").rglob("*.html") if "id='mine'" in f.read_text("utf-8")}
    assert with_own == {"c"}
    assert with_mine == {"orphan"}


def test_components_an_extension_brings_are_known(tmp_path, sphinx_build):
    """ABlog adds its folder of templates once the builder is there, after the theme has looked for its own."""
    conf = """
extensions = ["scientific_python_theme"]
html_theme = "pydata_sphinx_theme"
html_sidebars = {"c": ["late/box.html"]}

def setup(app):
    from sphinx.jinja2glue import SphinxFileSystemLoader

    def bring(app):
        app.builder.templates.loaders.append(SphinxFileSystemLoader(app.srcdir / "later"))

    app.connect("builder-inited", bring)
"""
    files = {**FILES, "later/late/box.html": "<b id='late'>box</b>"}
    done = sphinx_build(write(tmp_path / "docs", conf, files), tmp_path / "out")
    assert "no component" not in done.stderr
    assert "id='late'" in (tmp_path / "out" / "c.html").read_text("utf-8")
