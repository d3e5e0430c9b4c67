"""What lies in the output folder after a second build, and what browsers keep of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from support import write_tree

FILES = {
    "conf.py": """
extensions = ["scientific_python_theme", "sphinx_copybutton"]
html_static_path = ["_static"]
html_css_files = ["own.css"]
""",
    "index.rst": "Home\n====\n\n.. toctree::\n\n   one\n",
    "one.rst": "One\n===\n\nText.\n",
    "_static/own.css": "h1 { color: red }\n",
}


def sheets(page: Path) -> list[str]:
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    return [link["href"] for link in soup.select("link[rel=stylesheet]")]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_second_build_changes_no_byte(builder, tmp_path, sphinx_build):
    """Also not in the index and search pages, which Sphinx writes each time."""
    source = write_tree(tmp_path / "docs", FILES)
    sphinx_build(source, tmp_path / "out", builder=builder)
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    before = {file: file.read_bytes() for file in files}
    sphinx_build(source, tmp_path / "out", builder=builder)
    assert [file.name for file in files if file.read_bytes() != before[file]] == []


def test_layered_sheets_have_addresses_of_their_own(tmp_path, sphinx_build):
    """A browser that kept the parent's sheet from before must not use it unlayered."""
    source = write_tree(tmp_path / "docs", FILES)
    sphinx_build(source, tmp_path / "ours")
    sphinx_build(source, tmp_path / "parents", "-D", "html_theme=pydata_sphinx_theme")
    ours, parents = (set(sheets(tmp_path / name / "one.html")) for name in ("ours", "parents"))
    layered = {
        address
        for address in ours
        if "@layer vendor{" in (tmp_path / "ours" / address.split("?")[0]).read_text("utf-8")
    }
    assert {Path(address.split("?")[0]).name for address in layered} >= {
        "pydata-sphinx-theme.css",
        "copybutton.css",
        "pygments.css",
    }
    assert layered.isdisjoint(parents)
    for address in ours:  # every sheet is there, once, with a mark of its text
        assert re.search(r"\?\S+", address), address
    names = [address.split("?")[0] for address in ours]
    assert len(names) == len(set(names))


@pytest.mark.network
def test_one_line_in_a_published_projects_conf(sdist, tmp_path):
    """numpydoc's own documentation, as published, with the extension and nothing else."""
    docs = sdist("numpydoc==1.11.0") / "doc"
    conf = (docs / "conf.py").read_text("utf-8")
    work = tmp_path / "numpydoc"
    files = {
        file.relative_to(docs).as_posix(): file.read_text("utf-8")
        for file in docs.rglob("*")
        if file.suffix in (".rst", ".py", ".html")
    }
    write_tree(work / "doc", files | {"conf.py": conf + '\nextensions += ["scientific_python_theme"]\n'})
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", "-D", "intersphinx_timeout=0.1", str(work / "doc"), str(tmp_path / "out")],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr
    ours = re.findall(r".*\[(?:scientific_python|alt_text)\b.*", done.stderr)
    assert ours == []
    page = BeautifulSoup((tmp_path / "out" / "format.html").read_text("utf-8"), "html.parser")
    assert page.select_one("nav[data-ecosystem-nav]")
    assert "Style guide" in page.h1.text


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_search_index_is_sphinxs_own(jobs, tmp_path, sphinx_build):
    """Words are stemmed once a build, not once a page, to the same index."""
    pages = {f"p{n}.rst": f"Page {n}\n=======\n\nRunning runners ran relational tests.\n" for n in range(12)}
    spy = """
import sphinx.search.en as en
calls = []
own = en.SearchEnglish.stem
en.SearchEnglish.stem = lambda self, word: calls.append(word) or own(self, word)
def setup(app):
    app.connect("build-finished", lambda app, error: print("STEMMED", len(calls) - len(set(calls))))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""
    toc = {"index.rst": "Home\n====\n\n.. toctree::\n   :glob:\n\n   p*\n"}
    head = "import sys, os; sys.path.insert(0, os.path.dirname(__file__))\n"
    times = {}
    for name in ("plain", "ours"):
        more = ', "scientific_python_theme"' if name == "ours" else ""
        conf = f'{head}extensions = ["spy"{more}]\nhtml_theme = "pydata_sphinx_theme"\n'
        source = write_tree(tmp_path / name, {**pages, **toc, "spy.py": spy, "conf.py": conf})
        done = sphinx_build(source, tmp_path / f"{name}-html", "-j", jobs)
        times[name] = int(re.search(r"STEMMED (\d+)", done.stdout)[1])
    assert times["ours"] == 0 < times["plain"]
    index = [
        re.sub(
            r'"envversion":\{[^}]*\}', "", (tmp_path / f"{name}-html" / "searchindex.js").read_text("utf-8")
        )
        for name in ("plain", "ours")
    ]  # but for the list of extensions
    assert index[0] == index[1]


def test_collector_is_spared_the_environment_while_pages_are_written(tmp_path):
    """And has all back afterwards, also where the build fails."""
    import gc

    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    seen = []
    source = write_tree(tmp_path / "docs", FILES)
    for fails in (False, True):
        with patch_docutils(source), docutils_namespace():
            app = Sphinx(
                source,
                source,
                tmp_path / "o",
                tmp_path / "d",
                "html",
                status=None,
                warning=None,
                freshenv=True,
            )

            def look(app, pagename, templatename, context, doctree, fails=fails):
                seen.append(gc.get_freeze_count())
                if fails:
                    raise ValueError

            app.connect("html-page-context", look)
            if fails:
                with pytest.raises(Exception, match="look"):
                    app.build()
            else:
                app.build()
        assert min(seen) > 1000
        assert gc.get_freeze_count() == 0
