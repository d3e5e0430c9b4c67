"""Places in HTML are those an editor shows: line and column in code points, end exclusive."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scientific_python_theme.lint.sources import html, html_templates
from scientific_python_theme.lint.sources.html_dom import Page
from scientific_python_theme.lint.text import Lines

PIECES = st.sampled_from(
    ["a ", "𝒳", "\n", "\r\n", "\r", "\t", "é", "\f", "\u2028", "\x85", "<p>", "</p>", "<b>", "<!-- c -->", "&amp;", "<br/>",
     "<table><tr><td>", "</table>", "\x00", "<div\n class='x'>", "</div>", "\x0b"]
)  # fmt: skip
IMAGES = [
    ('<img src="a.png" alt="Heron">', "Heron"),
    ("<IMG\n  SRC='a.png'\n  ALT='Heron\nat dusk'\n>", "Heron\nat dusk"),
    ("<img src=a.png alt=Heron>", "Heron"),
    ("<img alt='' src=a.png/>", ""),
    ('<img src="a.png" alt="𝒳 &amp; 𝒴">', "𝒳 &amp; 𝒴"),
    ("<img src=a.png alt = \t'x'data-a='b'>", "x"),
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES, max_size=12),
    st.sampled_from(IMAGES),
    st.lists(PIECES, max_size=4),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
@example(["\r"], IMAGES[1], [], "\r\n")
def test_spans_cut_out_what_was_written(before, image, after, end):
    tag, value = (part.replace("\n", end) for part in image)
    text = "".join(before) + tag + "".join(after)
    found = [i for i in html.read(text, "p.html").images if i.element == "img"]
    lines = Lines(text)
    assert len(found) == 1
    start, stop = lines.span(found[0].place)
    assert text[start:stop] == tag
    start, stop = lines.span(found[0].alt_place)
    assert text[start:stop] == value
    for attribute in found[0].attributes:
        start, stop = lines.span(attribute.place)
        assert text[start:stop].lower().startswith(attribute.name)


def test_columns_count_code_points():
    image = html.read("<p>𝒳𝒴🐦 <img src=a.png>", "p.html").images[0]
    assert (image.place.line, image.place.column, image.place.end_column) == (1, 8, 23)


def test_a_fragment_keeps_the_places_of_the_whole_file():
    source = '# Heading\n\nText <img src="a.png">\n'
    blanked = " " * 9 + "\n\n" + " " * 5 + '<img src="a.png">\n'
    image = html.read_fragment(blanked, "p.md", original=source).images[0]
    assert (image.place.line, image.place.column) == (3, 6)


@pytest.mark.parametrize("text", ["<a href='x'><img src='a.png' alt=''> *Guide* </a>"])
def test_text_of_the_outer_format_names_a_link(text):
    """Markdown inside a raw link was blanked: the link is not called empty."""
    blanked = text.replace("*Guide*", " " * 7)
    with_original = html.read_fragment(blanked, "p.md", original=text).images[0]
    assert with_original.around.container_name is None
    assert html.read_fragment(blanked, "p.md").images[0].around.container_name == ""


def test_a_fragment_does_not_miss_ids():
    image = html.read_fragment('<img src="a.png" alt="Heron" aria-describedby="elsewhere">', "p.md").images[0]
    assert image.missing_ids == ()


@pytest.mark.parametrize(
    ("text", "first", "last", "codes"),
    [
        ('<!-- alt-text: ignore[ALT001] -->\n<img src="a.png">', 1, 2, ("ALT001",)),
        ('<!-- alt-text: ignore -->\n\n<img\n src="a.png"\n>\n<p>', 1, 5, ()),
        ('<img src="a.png"> <!-- alt-text: ignore[ALT001, filename] -->\n<p>', 1, 2, ("ALT001", "filename")),
        ("<!-- alt-text: off -->\n<p>\n<!-- alt-text: on -->", 1, 3, ()),
        ("<p>\n<!-- alt-text: off[ALT004] -->\n<p>", 2, 0, ("ALT004",)),
        ("<p>\r\n<!--\r\nalt-text: ignore\r\n-->\r\n<img>", 2, 5, ()),
    ],
)
def test_comments_cover_what_follows(text, first, last, codes):
    (found,) = html.read(text, "p.html").suppressions
    assert (found.first, found.last, found.codes) == (first, last, codes)


def test_a_comment_in_a_script_is_no_comment():
    assert html.read('<script>"<!-- alt-text: off -->"</script>', "p.html").suppressions == ()


def test_a_comment_may_call_an_image_decorative():
    text = '<!-- alt-text: decorative -->\n<img src="wave.png">\n<img src="fit.png">'
    assert [image.decorative for image in html.read(text, "p.html").images] == [True, False]


TAGS = st.sampled_from(
    ["<a href=x>", "<b>", '<i class="x>y">', "<p>", "<table>", "<td>", "<img alt='a>b' src=x/>", "<IMG\nSRC = a\n>", "</p>",
     "</b>", "</a>", "\n", "𝒳", '<svg viewBox="0">', "<image>", "</svg>", "<!-- <img> -->", "<script><img></script>",
     "<template>", "</template>", "\x00", '<img alt=a"b>', '<img ="a>">', "<img a= >", '<img a="1"b="2">', "<img/ /a/>",
     "\r\n", "<noscript><img></noscript>", "<body class='q>'>", "<br/>", "</br>", "<img a=\x00b \x00c='d'>", "<im\x00g>", "<img a='"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(TAGS, max_size=14).map("".join))
@example("<p>\n" * 12 + "<img src=a.png>")
def test_spans_are_those_the_parser_would_give(text):
    """Tags are found again from line and column alone; the parser's own spans cost a third more time."""
    quick, exact = Page(text, "p.html"), Page(text, "p.html", ends=True)
    for ours, theirs in zip(quick.document.iter_elements(), exact.document.iter_elements(), strict=True):
        at = theirs.source_location
        if at is None or at.start_tag is None:
            continue  # implied, or a copy the parser made of a tag that has its place already
        tag = at.start_tag
        assert quick.span(ours) == (tag.start_offset, tag.end_offset)
        place = quick.place(ours)
        assert (place.line, place.column) == (tag.start_line, tag.start_col + 1)
        assert (place.end_line, place.end_column) == (tag.end_line, tag.end_col + 1)
        assert quick.inside(ours) == exact.inside(theirs)


MARKS = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{# ", "#}", "{{/*", "*/}}", "{% comment %}", "{% endcomment %}", '"', "'", "`", "\\", "<", "<b>",
     "\n", "\r\n", " ", "x", "\U0001d4b3"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKS, max_size=20).map("".join))
def test_masking_a_template_keeps_every_place(text):
    masked = html_templates.masked(text)
    assert len(masked) == len(text)
    for shown, written in zip(html_templates.restored(masked), text, strict=True):
        assert shown in (written, " ")
        assert (written in "\r\n") == (shown in "\r\n")


def test_what_a_template_writes_is_shown_as_written():
    image = html.read('<a href="{{ .Get "u" }}"><img src="{{ .Get "src" }}"></a>', "p.html").images[0]
    assert (image.src, image.around.href) == ('{{ .Get "src" }}', '{{ .Get "u" }}')
