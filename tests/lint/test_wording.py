"""Paths, file names, placeholders: told apart by text alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scientific_python_theme.lint import wording

URL = "../_images/fig_3.png"


@pytest.mark.parametrize(
    "text",
    [
        URL,
        "_images/fig_3.png",
        "/static/FIG_3.PNG",
        "https://x.org/a/fig_3.png",
        "c:\\pics\\fig_3.png",
        "other/pic.svg",
    ],
)
def test_paths(text):
    assert wording.is_path(text, [URL])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fig",
        "and/or",
        "signal/noise",
        "Residuals of fig_3.png",
        "see a/b.png for more",
        "n/a",
        "np.random/x",
    ],
)
def test_no_paths(text):
    assert not wording.is_path(text, [URL])


@pytest.mark.parametrize(
    "text",
    ["fig_3.png", "x.SVG", "photo.jpeg", "IMG_1234", "DSC00042", "Screenshot 2024-01-31 at 10.11.12", "Screenshot_20240131",
     "9f86d081884c7d659a2feaa0c55ad015", "123e4567-e89b-12d3-a456-426614174000"],
)  # fmt: skip
def test_file_names(text):
    assert wording.is_file_name(text, [])


@pytest.mark.parametrize(
    "text",
    ["", "numpy.finfo.eps", "Paint.NET", "D3.js", "fig 3", "SciPy", "1234567890123456", "deadbeef", "a.b", "image 3 of 4",
     "facade", "Screenshot of the editor", "np.ps"],
)  # fmt: skip
def test_no_file_names(text):
    assert not wording.is_file_name(text, [])


def test_a_doubtful_ending_needs_the_file_itself():
    assert wording.is_file_name("paper.pdf", ["files/paper.pdf"])
    assert not wording.is_file_name("paper.pdf", ["cover.png"])


@pytest.mark.parametrize("text", ["fig_3", "plot-02", "img12"])
def test_stems(text):
    assert wording.is_stem(text, [f"a/{text}.png"])


@pytest.mark.parametrize("text", ["scipy", "scikit-learn", "NumPy", "two words"])
def test_a_name_is_no_stem(text):
    assert not wording.is_stem(text, [f"a/{text}.png"])


@pytest.mark.parametrize(
    "text",
    ["image", "Image.", "PNG", "Figure 1", "figure 2b:", "Fig. 12", "plot-3", "Out[3]", "out [ ]:", "image16", "alternate text",
     "TODO", "todo: describe", "Screenshot", "img-top", "sphx_glr_plot_x_001", "output_3_0", "manifold_img5",
     "<Figure size 640x480 with 1 Axes>", "No description has been provided for this image"],
)  # fmt: skip
def test_placeholders(text):
    assert wording.is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["", "Binder", "None", "Plot of y against x", "Figure of eight", "Todos", "TODO-list app", "TODO list app", "Todo lists of three people", "imagery", "Chart 5 continents",
     "Graph theory", "Image 5 of the series", "1", "figurine", "Nikon D70 camera", "pictogram", "Output voltage"],
)  # fmt: skip
def test_no_placeholders(text):
    assert not wording.is_placeholder(text)


@given(st.text(max_size=400), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_gets_an_answer(text, urls):
    for judge in (wording.is_path, wording.is_file_name, wording.is_stem):
        assert judge(text, urls) in (True, False)
    assert wording.is_placeholder(text) in (True, False)
    assert "\n" not in wording.shown(text)


@pytest.mark.parametrize(
    "piece", ["a", "-", "f00", "$_a", ":a", "<br", "``", "a,", "\\(", "[a](", " at 1234", "|a", "image "]
)
def test_long_texts_cost_little(piece):
    """No pattern backtracks without bound."""
    import time

    from lint_cases import remarks

    from scientific_python_theme.lint.sources import html

    start = time.process_time()
    remarks(
        html.read(f'<img src="a.png" srcset="{piece * 40_000}" alt="{piece * 40_000}">', "x.html"),
        default=False,
    )
    assert time.process_time() - start < 5  # quadratic would take minutes
