"""What Sphinx and its extensions write keeps its shape in the browser: measured, not compared with pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("styling")]

# As nbsphinx writes a cell, pandas a data frame and xarray a box to tick in it.
NOTEBOOK = """
.. raw:: html

   <div class="nbinput docutils container">
   <div class="prompt highlight-none notranslate"><div class="highlight"><pre>[1]:</pre></div></div>
   <div class="input_area highlight-ipython3 notranslate"><div class="highlight"><pre>df</pre></div></div></div>
   <div class="nboutput nblast docutils container">
   <div class="prompt highlight-none notranslate"><div class="highlight"><pre>[1]:</pre></div></div>
   <div class="output_area rendered_html docutils container"><table border="1" class="dataframe">
   <thead><tr style="text-align: right;"><th></th><th>a</th></tr></thead>
   <tbody><tr><th>0</th><td>1.06</td></tr></tbody></table>
   <ul><li class="xr-var-item"><input class="xr-var-data-in" type="checkbox"></li></ul></div></div>
"""
# As MyST-NB writes a folded cell; its own sheet, which hides one of the names, comes in a lower layer.
FOLDED = """
.. raw:: html

   <details class="admonition hide above-input"><summary><p class="collapsed admonition-title">Show</p>
   <p class="expanded admonition-title">Hide</p></summary><p>x = 1</p></details>

.. note::

   .. code-block:: python

      x = 1
"""
FILES = {
    "conf.py": 'project = "Documentation of Shapes"\nextensions = ["scientific_python_theme"]\n'
    'icon = {"url": "https://example.org/", "icon": "fa-brands fa-github"}\n'
    'html_theme_options = {"icon_links": [{"name": name, **icon} for name in ("Code", "Forum", "Home")],\n'
    '                      "navbar_persistent": ["search-button"]}\n',
    "index.rst": "Shapes\n======\n\n.. toctree::\n\n   guide/index\n   Installing <install>\n   Contributing <help>\n"
    "   Release Notes <news>\n   API Reference <api>\n   Development guide <develop>\n",
    **{f"{name}.rst": f"{name}\n=======\n\nText.\n" for name in ("install", "help", "news", "api", "develop")},
    "guide/index.rst": "Usage examples\n==============\n\n.. toctree::\n\n   one\n   more/index\n   last\n",
    "guide/more/index.rst": "More\n====\n\n.. toctree::\n\n   two\n",
    "guide/more/two.rst": "Two\n===\n\nText.\n",
    "guide/last.rst": "Last\n====\n\nText.\n",
    "guide/one.rst": "One\n===\n\n"
    "Term\n   Definition\n\n   in two paragraphs.\nOther\n   Definition\n\n"
    ".. code-block:: python\n   :caption: x.py\n\n   x = 1\n" + NOTEBOOK + FOLDED + "\nAnother title\n=============\n\nText.\n",
}  # fmt: skip
BOX = "(e) => { const b = e.getBoundingClientRect(); return [b.top, b.bottom]; }"


@pytest.fixture
def shown(open_project: Callable[..., Any]) -> Any:
    return open_project("sphinx-shapes", FILES, "guide/one.html")


def test_a_folded_branch_of_the_sidebar_takes_one_line(shown: Any) -> None:
    branch = shown.locator(".bd-sidebar-primary li.has-children")
    assert branch.locator("details").first.evaluate("(e) => e.open") is False
    link = branch.locator("> a").evaluate("(e) => e.offsetHeight")
    assert branch.evaluate("(e) => e.offsetHeight") == link
    # Its button stands beside the link, not over its words.
    right = branch.locator("> a").evaluate("(e) => e.getBoundingClientRect().right")
    assert branch.locator(".toctree-toggle").evaluate("(e) => e.getBoundingClientRect().left") >= right


def test_a_definition_stands_nearer_to_its_term_than_to_the_next(shown: Any) -> None:
    terms = shown.locator("article dl > dt").all()
    definition = shown.locator("article dl > dd").first.evaluate(BOX)
    assert definition[0] - terms[0].evaluate(BOX)[1] < terms[1].evaluate(BOX)[0] - definition[1]


def test_a_caption_lies_on_its_code(shown: Any) -> None:
    caption = shown.locator(".code-block-caption").evaluate(BOX)
    code = shown.locator(".literal-block-wrapper pre").evaluate(BOX)
    assert abs(code[0] - caption[1]) <= 1
    assert shown.locator(".literal-block-wrapper").evaluate(BOX) == [caption[0], code[1]]


def test_cells_of_notebooks_have_one_frame_and_numbers_stand_in_line(shown: Any) -> None:
    widths = shown.locator("article .prompt pre, article .output_area pre, article .input_area").evaluate_all(
        "(all) => all.map((e) => getComputedStyle(e).borderTopWidth)"
    )
    assert set(widths) == {"0px"}
    assert shown.locator(".input_area pre").evaluate("(e) => getComputedStyle(e).borderTopWidth") == "1px"
    right = "(all) => all.map((e) => getComputedStyle(e).textAlign)"
    assert set(shown.locator(".dataframe :is(th, td)").evaluate_all(right)) <= {"end", "right"}


def test_a_box_of_xarray_is_no_task(shown: Any) -> None:
    margin = shown.locator(".xr-var-data-in").evaluate("(e) => parseFloat(getComputedStyle(e).marginLeft)")
    assert margin >= 0


def test_a_folded_cell_has_one_name_at_a_time(shown: Any) -> None:
    names = shown.locator("details.hide .admonition-title:visible")
    assert names.all_inner_texts() == ["Show"]
    shown.locator("details.hide summary").click()
    assert names.all_inner_texts() == ["Hide"]


def test_code_at_the_end_of_a_box_leaves_no_gap(shown: Any) -> None:
    box, code = (
        shown.locator(".admonition.note").evaluate(BOX),
        shown.locator(".admonition.note pre").evaluate(BOX),
    )
    padding = shown.locator(".admonition.note").evaluate(
        "(e) => parseFloat(getComputedStyle(e).paddingBottom)"
    )
    assert abs(box[1] - code[1] - padding) <= 1


def test_a_second_title_keeps_its_distance(shown: Any) -> None:
    assert (
        shown.locator("article section ~ section > h1").evaluate(
            "(e) => parseFloat(getComputedStyle(e).marginTop)"
        )
        > 32
    )


def test_the_bar_takes_one_row(shown: Any) -> None:
    """A name, six sections, the search, three icons and the schemes fit; the name is not broken for them."""
    middles = """(all) => all.filter((e) => e.offsetHeight).map((e) => {
      const box = e.getBoundingClientRect();
      return (box.top + box.bottom) / 2;
    })"""
    found = shown.locator(".bd-header :is(.navbar-brand, .nav-link, .search-button)").evaluate_all(middles)
    assert len(found) > 6
    assert max(found) - min(found) <= 4
    assert shown.locator(".navbar-brand").first.evaluate("(e) => e.offsetHeight") < 48
