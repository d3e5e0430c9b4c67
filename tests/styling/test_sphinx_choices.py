"""What projects choose and other domains write: a second project, with options of its own."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("styling")]

LONG = "https://example.invalid/"


def grid(columns: str, *items: tuple[str, object]) -> str:
    """A grid with a gutter; six items of an even share if none are given."""
    given = items or [("", number) for number in range(6)]
    cells = [f"   .. grid-item::\n      {option}\n\n      {text}\n" for option, text in given]
    return f".. grid:: {columns}\n   :gutter: 1\n\n" + "\n".join(cells)


FILES = {
    "conf.py": 'project = "A project with a name"\nversion = release = "1.0"\n'
    'extensions = ["scientific_python_theme", "myst_parser", "sphinx_design"]\n'
    'myst_enable_extensions = ["amsmath"]\nmaximum_signature_line_length = 20\nlanguage = "en"\n'
    'html_css_files = ["own.css"]\nhtml_static_path = ["_static"]\ntemplates_path = ["_templates"]\n'
    'html_theme_options = {"navbar_start": ["navbar-logo", "version-switcher"], "navbar_end": ["donate"],\n'
    '  "switcher": {"json_url": "_static/v.json", "version_match": "dev"},\n'
    '  "pygments_light_style": "tango", "pygments_dark_style": "monokai", "article_header_start": []}\n',
    "_static/v.json": json.dumps(
        [{"version": "dev", "name": "development (a long name)", "url": "https://example.org/dev/"}]
    ),
    "_static/own.css": ":root { --pst-heading-color: rgb(1, 2, 3); --pst-color-primary: rgb(160, 80, 0); "
    "--pst-font-size-base: 20px }\n",
    "_templates/donate.html": '<button class="btn btn-primary">Donate</button>',
    "index.rst": f"""Home
====

.. toctree::

   math

.. image:: {LONG}missing.png
   :alt: words of a picture that is not there

.. c:struct:: Data

.. c:function:: Data *make(Data *other)

.. py:function:: several(alpha, beta, gamma)

.. raw:: html

   <img class="sd-avatar-sm" src="_static/wide.svg" alt="Ada"><iframe width="560" src="about:blank" title="x"></iframe>

Text with ``{"a_long_name_" * 9}``.

.. code-block:: python

   import os

{grid("6")}
{grid("12", *((f":columns: {share}", share) for share in (5, 7, 8, 2, 2, 11, 1)))}
""",
    "_static/wide.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"/>',
    "math.md": "# Math\n\n\\begin{gather}\nx = y\n\\end{gather}\n",
}
CONTRAST = """(e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor].map(
  (c) => c.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0))"""


@pytest.fixture
def shown(open_project: Callable[..., Any]) -> Any:
    return open_project("sphinx-choices", FILES)


def test_a_type_in_a_signature_of_c_stays_in_its_place(shown: Any) -> None:
    signature = shown.locator("dt.sig.c", has_text="make")
    link, name = signature.locator("a.reference").first, signature.locator(".descname")
    assert link.evaluate("(e) => getComputedStyle(e).float") == "none"
    assert link.bounding_box()["x"] < name.bounding_box()["x"]


def test_parameters_on_lines_of_their_own_are_evenly_spaced(shown: Any) -> None:
    tops = [one.bounding_box()["y"] for one in shown.locator("dt.sig.py dd").all()]
    last = shown.locator("dt.sig.py .sig-paren").last.bounding_box()["y"]
    steps = [b - a for a, b in itertools.pairwise([*tops, last])]
    assert max(steps) - min(steps) < 6


def test_a_formula_of_amsmath_keeps_its_number(shown: Any) -> None:
    shown.goto(f"{shown.address}math.html")
    assert shown.locator(".eqno").inner_text().startswith("(1)")
    assert shown.locator("math").count() == 1


@pytest.mark.parametrize("width", [320, 375, 414])
def test_a_version_menu_leaves_the_logo_and_the_search_alone(shown: Any, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 700})
    parts = [".navbar-brand :is(p, img)", ".version-switcher__button", ".navbar-persistent--mobile"]
    boxes = [shown.locator(f".bd-header {part}:visible").first.bounding_box() for part in parts]
    for left, right in itertools.pairwise(boxes):
        assert left["x"] + left["width"] <= right["x"] + 1
    assert boxes[0]["width"] >= 60


def test_nothing_is_wider_than_a_phone(shown: Any) -> None:
    shown.set_viewport_size({"width": 375, "height": 700})
    for name in ("", "genindex.html"):
        shown.goto(shown.address + name)
        assert shown.evaluate("document.documentElement.scrollWidth") == 375


def test_a_style_of_pygments_is_the_project_s(shown: Any) -> None:
    assert (
        shown.locator(".highlight .kn").first.evaluate("(e) => getComputedStyle(e).color")
        == "rgb(32, 74, 135)"
    )
    shown.emulate_media(color_scheme="dark")
    assert (
        shown.locator(".highlight .kn").first.evaluate("(e) => getComputedStyle(e).color")
        == "rgb(255, 70, 137)"
    )


def test_properties_of_the_parent_are_heard(shown: Any) -> None:
    assert shown.locator("h1").evaluate("(e) => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    assert shown.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    # A tint follows the colour it belongs to: more red than blue, as the brown that was set.
    shown.evaluate("document.body.style.background = 'var(--pst-color-primary-bg)'")
    tint = shown.evaluate(
        """() => { const c = document.createElement("canvas").getContext("2d");
          c.fillStyle = getComputedStyle(document.body).backgroundColor; c.fillRect(0, 0, 1, 1);
          return [...c.getImageData(0, 0, 1, 1).data]; }"""
    )
    assert tint[0] > tint[2]


def test_a_button_of_the_project_stays_one(shown: Any) -> None:
    grounds = {
        shown.locator(f"{place} .btn-primary").first.evaluate("(e) => getComputedStyle(e).backgroundColor")
        for place in (".bd-header", ".bd-sidebar-primary")
    }
    assert len(grounds) == 1
    assert "rgba(0, 0, 0, 0)" not in grounds


def test_words_of_a_missing_picture_can_be_read_in_the_dark(shown: Any) -> None:
    shown.emulate_media(color_scheme="dark")
    words, ground = shown.locator('article img[alt^="words"]').evaluate(CONTRAST)
    assert ground - words > 400


def test_items_that_share_a_row_stand_in_one(shown: Any) -> None:
    tops = "(all) => all.map((e) => Math.round(e.getBoundingClientRect().top))"
    even, given = (row.locator("> *").evaluate_all(tops) for row in shown.locator(".sd-row").all())
    assert len(set(even)) == 1
    assert [len(list(row)) for _, row in itertools.groupby(given)] == [2, 3, 2]


def test_avatars_and_an_empty_header_keep_their_size(shown: Any) -> None:
    box = shown.locator(".sd-avatar-sm").bounding_box()
    assert box["width"] == box["height"]
    assert shown.locator(".bd-header-article:visible").count() == 0


def test_a_logo_sized_in_percent_stays_in_the_bar(open_project: Callable[..., Any]) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>'
    conf = (
        'project = "Logo"\nextensions = ["scientific_python_theme"]\nhtml_logo = "logo.svg"\n'
        'html_css_files = ["own.css"]\nhtml_static_path = ["_static"]\n'
        'html_theme_options = {"logo": {"alt_text": "Logo", "text": ""}}\n'
    )
    own = ".navbar-brand .logo__image { height: 130% }\n"
    files = {"conf.py": conf, "logo.svg": logo, "_static/own.css": own, "index.rst": "Home\n====\n"}
    shown = open_project("sphinx-logo", files)
    bar = shown.locator(".bd-header__inner").bounding_box()
    picture = shown.locator(".navbar-brand img:visible").first.bounding_box()
    assert bar["y"] < picture["y"]
    assert picture["y"] + picture["height"] < bar["y"] + bar["height"]
    assert picture["height"] > 36  # heard all the same
