"""Other people's sheets move into a layer and mean the same as before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scientific_python_theme.sphinx_ext.layers import wrap


@pytest.mark.parametrize(
    ("css", "wrapped"),
    [
        ("a{b:c}", "@layer vendor{a{b:c;}}".replace("c;}", "c}")),
        ("a{b:c!important}", "@layer vendor{}a{b:c!important;}"),
        ("a{b:c;d:e !important}", "@layer vendor{a{b:c;}}a{d:e !important;}"),
        ("@media print{a{b:c!important;d:e}}",
         "@layer vendor{@media print{a{d:e;}}}@media print{a{b:c!important;}}"),
        ('a{content:"}!important"}', '@layer vendor{a{content:"}!important";}}'),
        ("a{b:url(x;y)}", "@layer vendor{a{b:url(x;y)}}"),
        ('@charset "UTF-8";a{b:c}', "@layer vendor{a{b:c}}"),
        ('@import "../basic.css";a{b:c}', '@import "../basic.css";@layer vendor{a{b:c}}'),
        ("@import url(https://x.org/a.css) print;", "@import url(https://x.org/a.css) layer(vendor) print;@layer vendor{}"),
        ("@font-face{src:url(a)}", "@layer vendor{@font-face{src:url(a)}}"),
        ("@keyframes k{from{top:0!important}}", "@layer vendor{@keyframes k{from{top:0!important}}}"),
        ("a{b:c", "@layer vendor{a{b:c}}"),
        ("}a{b:c}", "@layer vendor{a{b:c}}"),
    ],
)  # fmt: skip
def test_what_is_moved(css: str, wrapped: str) -> None:
    """Rules go in; imports and important declarations stay out."""
    assert wrap(css) == wrapped


@given(st.text(alphabet="ab{};:!@/*\"'()\\ important", max_size=200))
def test_any_text_is_survived_and_wrapped_once(css: str) -> None:
    """Broken sheets are wrapped as well as they can be, and never a second time."""
    once = wrap(css)
    assert wrap(once) == once
