"""Whatever a file holds, the reader answers in time and without a traceback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lint_cases import cases, remarks

from scientific_python_theme.lint.sources import html
from scientific_python_theme.lint.text import Lines, decode

CORPUS = Path(__file__).resolve().parent.parent / "cases" / "fuzz"
TOKENS = st.sampled_from(
    ["<img", "<a", "<svg", "<map", "<area", "<object", "<input", "<button>", "<h1", "<table>", "<template>", "<noscript>",
     "<select>", "<math>", "<foreignObject>", "<title>", "<picture>", "<source", "<figure>", "<figcaption>", "<label",
     "<!--", "-->", "</a>", "</svg>", "</table>", "</template>", "</h1>", "<![CDATA[", "]]>", "<?x", "</p>", "<p>", "<b>", "</b>",
     " src=", " alt=", " alt", " alt-", ' role="img"', " role=none", " href=x", " usemap=#m", ' name="m"', " type=image", " id=i",
     " aria-labelledby=i", " aria-labelledby='i j i'", " aria-label=", " srcset=", " style='display:none'", " hidden", " title=",
     '"', "'", ">", "/>", "=", " ", "\n", "\r\n", "\x00", "𝒳", "é", "&amp;", "&#0;", "&#x110000;", "{{", "}}", "{%", "%}", "{# ", "#}", "alt-text: off",
     "a.png", "_images/a.png", "\ufeff", "\ud7ff", "for=i", "<label for=i>", "<p id=i>"]
)  # fmt: skip


def judge(text: str) -> None:
    """Read a text and run every rule; places must lie inside it."""
    lines = Lines(text)
    for read in (html.read, html.read_fragment):
        document = read(text, "p.html")
        for code, image, remark in remarks(document, default=False):
            place = remark.place or image.place
            start, stop = lines.span(place)
            assert 0 <= start <= stop <= len(text), code
            assert place.line <= len(lines.starts)
            assert remark.message


@settings(max_examples=300, deadline=None)
@given(st.lists(TOKENS, max_size=40).map("".join))
def test_markup_soup(text):
    judge(text)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data):
    judge(decode(data)[0])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([c["html"] for c in cases()]), st.data())
def test_truncated_and_spliced(text, data):
    cut = data.draw(st.integers(0, len(text)))
    other = data.draw(st.sampled_from(["", "<img", '"', "<!--", "</a>", "<table>", text]))
    judge(text[:cut] + other + text[cut:])
    judge(text[:cut])


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*.html")), ids=lambda f: f.name)
def test_found_before(file):
    judge(decode(file.read_bytes())[0])


LARGE = {
    "one line": "x" * 20_000_000 + "<img src=a.png>",
    "deep": "<div>" * 100_000 + "<img src=a.png>",
    "deep link": "<a href=x>" + "<b>" * 100_000 + "<img src=a.png alt=''>",
    "many images": "<p>" + "<img src=a.png>" * 20_000,
    "many images in a link": "<a href=x>" + "<img src=a.png alt=''>" * 10_000,
    "many areas": "<map name=m>" + "<area href=x>" * 5_000 + "</map><img usemap=#m alt=m src=m.png>",
    "many sources": "<picture>" + "<source srcset=a.png>" * 3_000 + "<img src=b.png>" * 3_000,
    "many labels": "<p id=i>" + "<b>x</b>" * 3_000 + "</p>" + "<img src=a.png aria-labelledby=i>" * 3_000,
    "many attributes": "<img " + " ".join(f"a{n}=1" for n in range(30_000)) + ">",
    "many doubles": "<p " + "a=1 " * 30_000 + "><img src=a.png>",
    "many doubles on an image": "<img " + "a=1 " * 30_000 + ">",
    "long value": f"<img src=a.png alt='{'x ' * 2_000_000}'>",
    "data": f"<img src='data:image/png;base64,{'A' * 8_000_000}'>",
    "candidates": f"<img src=a.png srcset='{'a,' * 500_000}'>",
    "quotes": "<img alt=\"" * 20_000,
    "styles": "<p style='" + "background:" * 100_000 + "'>",
    "comments": "<!-- alt-text: ignore -->\n" * 5_000,
    "comment in scripts": "<script>'<!-- alt-text: off -->'</script>" * 2_000 + "<!-- alt-text: off -->",
    "labelled by each other": "".join(f"<p id=i{n} aria-labelledby=i{n + 1}>" for n in range(3000)) + "<img aria-labelledby=i0>",
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_large_input_takes_linear_time(name):
    start = time.process_time()
    remarks(html.read(LARGE[name], "p.html"), default=False)
    assert time.process_time() - start < 8  # a quadratic step would take minutes
