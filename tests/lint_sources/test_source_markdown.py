"""Images in Markdown: CommonMark, MyST, Hugo, and raw HTML in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scientific_python_theme.lint.model import Image
from scientific_python_theme.lint.sources.markdown import read


def found(text: str) -> list[tuple[str, str | None, int, int]]:
    return [(i.src, i.alt, i.place.line, i.place.column) for i in read(text, "page.md").images]


def only(text: str) -> Image:
    (image,) = read(text, "page.md").images
    return image


CASES = {
    "no alt": ("![](a.png)\n", [("a.png", None, 1, 1)]),
    "blank alt": ("![  ](a.png)\n", [("a.png", None, 1, 1)]),
    "alt": ("x ![A *big* cat](a.png) y\n", [("a.png", "A big cat", 1, 3)]),
    "two in a line": ("![a](1.png) 𝒳 ![b](2.png)\n", [("1.png", "a", 1, 1), ("2.png", "b", 1, 15)]),
    "alt over two lines": ("x ![one\ntwo](a.png)\n", [("a.png", "one two", 1, 3)]),
    "brackets in alt": ("![a [b] c](a.png)\n", [("a.png", "a [b] c", 1, 1)]),
    "address in angles": ("![a](<a b.png>)\n", [("a b.png", "a", 1, 1)]),
    "by reference": ("![a][r]\n\n[r]: a.png\n", [("a.png", "a", 1, 1)]),
    "by short reference": ("![r]\n\n[r]: a.png\n", [("a.png", "r", 1, 1)]),
    "directive right below another": ("::::{note}\n:::{image} a.png\n:::\n::::\n", [("a.png", None, 2, 1)]),
    "directive in tabs": (
        ":::::{tab-set}\n::::{tab-item} A\n:::{image} a.png\n:alt: A cat\n:::\n::::\n:::::\n",
        [("a.png", "A cat", 3, 1)],
    ),
    "between colons without a name": (":::\n![a](a.png)\n:::\n", [("a.png", "a", 2, 1)]),
    "directive on a list's first line": ("1. ```{eval-rst}\n   .. image:: a.png\n   ```\n", [("a.png", None, 2, 4)]),
    "option in brackets": ("```{image} a.png\n:alt: [a] cat: {big}\n```\n", [("a.png", "[a] cat: {big}", 1, 1)]),
    "option with a remark": ("```{image} a.png\n:alt: A cat # yes\n```\n", [("a.png", "A cat", 1, 1)]),
    "option in a block": ("```{image} a.png\n:alt: >\n:   A\n:   cat\n```\n", [("a.png", "A cat", 1, 1)]),
    "option on more lines": ("```{image} a.png\n:alt: A\n:   cat\n:width: 3\n```\n", [("a.png", "A cat", 1, 1)]),
    "option in quotes": ("```{image} a.png\n:alt: 'it''s'\n```\n", [("a.png", "it's", 1, 1)]),
    "option with a word of YAML": ("```{image} a.png\n:alt: null\n```\n", [("a.png", "null", 1, 1)]),
    "quotes that end early": ("```{image} a.png\n:alt: \"a\" cat\n```\n", [("a.png", None, 1, 1)]),
    "address as written": ("![a](x%20y.png)\n", [("x%20y.png", "a", 1, 1)]),
    "in a list": ("- x\n\n  ![a](a.png)\n", [("a.png", "a", 3, 3)]),
    "in a quote": ("> > ![a](a.png)\n> x ![b](b.png)\n", [("a.png", "a", 1, 5), ("b.png", "b", 2, 5)]),
    "in a heading": ("## ![a](a.png) ##\n", [("a.png", "a", 1, 4)]),
    "in an underlined heading": ("![a](a.png)\n===\n", [("a.png", "a", 1, 1)]),
    "in a table": ("| a | b |\n|---|---|\n| ![a](s.png) | ![a](s.png) |\n", [("s.png", "a", 3, 3), ("s.png", "a", 3, 17)]),
    "in a table with a pipe": ("| a |\n|---|\n| ![a \\| b](s.png) |\n", [("s.png", "a | b", 3, 3)]),
    "in a link": ("[![a](a.png)](x)\n", [("a.png", "a", 1, 2)]),
    "in a footnote": ("x[^1]\n\n[^1]: ![a](a.png)\n", [("a.png", "a", 3, 7)]),
    "in a definition": ("term\n: ![a](a.png)\n", [("a.png", "a", 2, 3)]),
    "windows line ends": ("x\r\n\r\n![a](a.png)\r\n", [("a.png", "a", 3, 1)]),
    "byte-order mark": ("\ufeff![a](a.png)\n", [("a.png", "a", 1, 1)]),
    "indented by a tab in a list": ("-\t![a](a.png)\n", [("a.png", "a", 1, 3)]),
    "after front matter": ("---\ntitle: x\n---\n![a](a.png)\n", [("a.png", "a", 4, 1)]),
    "raw HTML": ("<p>\n<img src='a.png'>\n</p>\n", [("a.png", None, 2, 1)]),
    "raw HTML in text": ("x <img src='a.png' alt='a'> y\n", [("a.png", "a", 1, 3)]),
    "raw HTML in a quote": ("> <div>\n> <img\n>  src='a.png'>\n> </div>\n", [("a.png", None, 2, 3)]),
    "MyST image": ("```{image} a.png\n:alt: A\n```\n", [("a.png", "A", 1, 1)]),
    "MyST image without alt": ("```{image} a.png\n```\n", [("a.png", None, 1, 1)]),
    "MyST blank alt": ("```{image} a.png\n:alt:\n```\n", [("a.png", "", 1, 1)]),
    "MyST quoted alt": ('```{image} a.png\n:alt: "A: b"\n```\n', [("a.png", "A: b", 1, 1)]),
    "MyST YAML options": ("```{figure} a.png\n---\nalt: >\n  A\n  b\nwidth: 3\n---\nCap\n```\n", [("a.png", "A b", 1, 1)]),
    "MyST colon fence": (":::{figure} a.png\n:alt: A\n\nCap\n:::\n", [("a.png", "A", 1, 1)]),
    "MyST nested fences": (
        "````{note}\n```{tip}\n![a](a.png)\n```\n````\n", [("a.png", "a", 3, 1)]
    ),
    "MyST in a list": ("- x\n\n  ```{image} a.png\n  :alt: A\n  ```\n", [("a.png", "A", 3, 3)]),
    "MyST figure-md": (":::{figure-md} name\n![a](a.png)\n\nCap\n:::\n", [("a.png", "a", 2, 1)]),
    "MyST eval-rst": ("```{eval-rst}\n.. image:: a.png\n   :alt: A\n```\n", [("a.png", "A", 2, 1)]),
    "MyST tab in tab": (
        "::::{tab-set}\n:::{tab-item} One\n```{image} a.png\n```\n:::\n::::\n", [("a.png", None, 3, 1)]
    ),
    "MyST figure around images": (
        ":::{figure}\n:label: f\n![A](a.png)\n![](b.png)\n\nCap\n:::\n", [("a.png", "A", 3, 1), ("b.png", None, 4, 1)]
    ),
    "MyST unknown directive": (":::{frobnicate} x\n:y: z\n\n![a](a.png)\n:::\n", [("a.png", "a", 4, 1)]),
    "MyST list table": ("```{list-table}\n* - ![a](a.png)\n```\n", [("a.png", "a", 2, 5)]),
    "MyST raw html": ("```{raw} html\n<img src='a.png'>\n```\n", [("a.png", None, 2, 1)]),
    "MyST reference across": ("```{note}\n![a][r]\n```\n\n[r]: a.png\n", [("a.png", "a", 2, 1)]),
    "MyST card": ("```{card} T\n:img-top: a.png\n:img-alt: A\n```\n", [("a.png", "A", 2, 11)]),
    "MyST substitution": (
        "---\nmyst:\n  substitutions:\n    k: \"![a](a.png)\"\n---\nx\n", [("a.png", "a", 4, 9)]
    ),
}  # fmt: skip

SHORTCODES = {
    "figure": ('{{< figure src="a.png" alt="A" >}}\n', [("a.png", "A", 1, 1)]),
    "without alt": ('x\n\n{{< figure src="a.png" >}}\n', [("a.png", None, 3, 1)]),
    "blank alt": ('{{< image src="a.png" alt="" >}}\n', [("a.png", "", 1, 1)]),
    "raw strings": ('{{< image src=`a.png` alt=`A "b"` >}}\n', [("a.png", 'A "b"', 1, 1)]),
    "bare words": ("{{< image src=a.png alt=A >}}\n", [("a.png", "A", 1, 1)]),
    "over lines": ('{{< image\n  src="a.png"\n  alt="A"\n>}}\n', [("a.png", "A", 1, 1)]),
    "escaped quotes": ('{{< image src="a.png" alt="A \\"b\\"" >}}\n', [("a.png", 'A "b"', 1, 1)]),
    "percent": ('{{% figure src="a.png" alt="A" %}}\n', [("a.png", "A", 1, 1)]),
    "closed by itself": ('{{< figure src="a.png" alt="A" />}}\n', [("a.png", "A", 1, 1)]),
    "positional": ('{{< image "a.png" >}}\n', [("a.png", None, 1, 1)]),
    "no space": ('{{<image src="a.png" alt="A">}}\n', [("a.png", "A", 1, 1)]),
    "light and dark": ('{{< image lightsrc="a.png" darksrc="b.png" alt="A" >}}\n', [("a.png", "A", 1, 1)]),
    "in another": ("{{< note >}}\n![a](a.png)\n{{< /note >}}\n", [("a.png", "a", 2, 1)]),
    "in a paragraph": (
        'x {{< image src="a.png" >}} ![b](b.png)\n',
        [("a.png", None, 1, 3), ("b.png", "b", 1, 29)],
    ),
    "in TOML": (
        "{{< grid >}}\n[[item]]\ntype = 'card'\nbody = '''{{< image\n  src=\"a.png\"\n  alt=\"A\" >}}\n\n![](b.png)'''\n{{< /grid >}}\n",
        [("a.png", "A", 4, 11), ("b.png", None, 8, 1)],
    ),
    "in TOML with escapes": (
        '{{< tabs >}}\n[[tab]]\ncontent = "{{< image src=\\"a.png\\" >}}\\n![](b.png)"\n{{< /tabs >}}\n',
        [("a.png", None, 3, 12), ("b.png", None, 3, 41)],
    ),
    "code in TOML": ("{{< tabs >}}\n[[tab]]\ncontent = '''\n```\n![](a.png)\n```\n'''\n{{< /tabs >}}\n", []),
    "shown literally": ('{{</* figure src="a.png" */>}} {{%/* figure src="a.png" */%}}\n', []),
    "highlighted": (
        "{{< highlight html >}}\n<img src='a.png'>\n{{< figure src=\"b.png\" >}}\n{{< /highlight >}}\n\n![](c.png)\n",
        [("c.png", None, 6, 1)],
    ),
    "in a language": ('{{< tab lang="yaml" >}}\n# uses <img /> ![](a.png)\n{{< /tab >}}\n', []),
    "in tabs in a language": ("{{% tabs lang=html %}}{{% tab %}}<img>{{% /tab %}}{{% /tabs %}}\n", []),
    "without an end": ("{{< highlight html >}}\n![](a.png)\n", [("a.png", None, 2, 1)]),
    "in a fence": ('```\n{{< figure src="a.png" >}}\n```\n', []),
    "in a comment": ('<!-- {{< figure src="a.png" >}} -->\n', []),
    "never closed": ('{{< figure src="a.png"\n\nx\n', []),
    "no image": ('{{< youtube id="x" >}}\n', []),
}

NOT_IMAGES = {
    "picture of a variable": "```{eval:figure} table\nCaption\n```\n",
    "pasted table": "```{glue:figure} table\n:figwidth: 30px\nCaption\n```\n",
    "code span": "`![](a.png)`\n",
    "fence": "```\n![](a.png)\n```\n",
    "fence in a language": "```md\n![](a.png)\n<img src=a.png>\n```\n",
    "tilde fence": "~~~\n![](a.png)\n~~~\n",
    "indented code": "x\n\n    ![](a.png)\n",
    "escaped": "\\![](a.png)\n",
    "comment": "<!-- ![](a.png)\n\n<img src=a.png> -->\n",
    "MyST comment": "% ![](a.png)\n",
    "MyST code": "```{code-block} md\n![](a.png)\n```\n",
    "code cell": "```{code-cell}\n'![](a.png)'\n```\n",
    "unfinished": "![](a.png\n",
    "cell": "![](#my-cell)\n",
    "other project's note": "![](xref:spec#note)\n",
    "table in a figure": "```{figure} #tbl:data\nCaption\n```\n",
    "video": "![](talk.mp4) ![](https://example.org/a.WEBM?x#t=3)\n\n```{figure} talk.mov\nCaption\n```\n",
    "figure around text": ":::{figure}\n:label: x\n| a |\n|---|\n| b |\n\nCaption\n:::\n",
}


@pytest.mark.parametrize("name", CASES)
def test_image_is_found_where_it_stands(name: str):
    text, expected = CASES[name]
    assert found(text) == expected


@pytest.mark.parametrize("name", SHORTCODES)
def test_shortcode_is_read(name: str):
    text, expected = SHORTCODES[name]
    assert found(text) == expected


@pytest.mark.parametrize("name", NOT_IMAGES)
def test_what_only_looks_like_an_image_is_left_alone(name: str):
    assert found(NOT_IMAGES[name]) == []


MKDOCS_BLOCKS = """\
!!! note "With ![a](title.png)"

    ![](a.png)
=== "Tab"

    ??? tip
        <img src="b.png">

            ![](code.png)

    ```
    ![](code.png)
    ```

1.  Item

    ???+ warning inline "Title"

        ![](c.png)

>   !!! note
>
>       ![](d.png)

!!! not a head, nor what follows one

    ![](code.png)
"""


def test_blocks_of_mkdocs_are_read_below_its_project_file(tmp_path: Path):
    """Elsewhere what is indented below such a line is code."""
    title = ("title.png", 1, 16)
    places = [title, ("a.png", 3, 5), ("b.png", 7, 9), ("c.png", 19, 9), ("d.png", 23, 9)]
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mkdocs.yml").touch()
    for name, expected in (("other/page.md", [title]), ("site/docs/page.md", places)):
        images = read(MKDOCS_BLOCKS, str(tmp_path / name)).images
        assert [(i.src, i.place.line, i.place.column) for i in images] == expected


def test_span_covers_the_whole_image():
    place = only("x ![a](a.png 'T') y\n").place
    assert (place.column, place.end_line, place.end_column) == (3, 1, 18)


def test_alternative_has_its_own_place():
    place = only("- > ![one `]` two](a.png)\n").alt_place
    assert place is not None
    assert (place.line, place.column, place.end_column) == (1, 7, 18)


def test_attribute_that_myst_ignores_is_told():
    image = only('![a](a.png){alt="b" .c}\n')
    assert (image.alt, image.facts["ignored_alt"], image.classes) == ("a", "b", ("c",))


@pytest.mark.parametrize(
    "text",
    [
        "![](a.png){.decorative}\n", "![](a.png){role=presentation}\n", '![](a.png){role="none"}\n',
        "![](a.png){aria-hidden=true}\n", "{.decorative}\n![](a.png)\n", "![](a.png)\n{.decorative}\n",
        "![](a.png) <!-- alt-text: decorative -->\n", "<!-- alt-text: decorative -->\n\n![](a.png)\n",
        "```{image} a.png\n:class: decorative\n```\n", "```{image} a.png\n:alt:\n```\n",
        '{{< image src="a.png" alt="" >}}\n',
    ],
)  # fmt: skip
def test_decorative_can_be_said(text: str):
    assert only(text).decorative


def test_empty_alternative_alone_is_not_a_mark():
    assert not only("![](a.png)\n").decorative


def test_link_around_is_told():
    around = only("[![a](a.png) and more](https://example.org)\n").around
    assert (around.container, around.href, around.container_text, around.container_name) == (
        "link", "https://example.org", "and more", "and more a",
    )  # fmt: skip


def test_raw_link_around_raw_image_knows_its_text():
    around = only('<a href="x"><img src="a.png" alt=""> text</a>\n').around
    assert (around.container, around.container_text) == ("link", "text")


def test_heading_and_caption_are_told():
    text = "# Title\n\n```{figure} a.png\n:alt: A\n\nThe caption\n```\n\n{{< figure src='b.png' >}}\n"
    images = read(text, "p.md").images
    assert (images[0].around.heading, images[0].around.caption) == ("Title", "The caption")
    assert images[1].around.heading == "Title"


def test_heading_of_raw_html_stands_above():
    text = "<img src='a.png'>\n\n# One\n\n<p><img src='b.png'></p>\n\n:::{note}\n<img src='c.png'>\n:::\n\n# Last\n"
    assert [i.around.heading for i in read(text, "p.md").images] == ["", "One", "One"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("```{image} a.png\n:alt A cat\n```\n", "alt"),
        ("```{image} a.png\nalt: A cat\n```\n", "alt:"),
        ('{{< image src="a.png" alt -"A cat" >}}\n', "alt"),
        ('{{< image src="a.png" alt = "A cat" >}}\n', "alt"),
    ],
)
def test_option_that_does_not_work_is_told(text: str, name: str):
    image = only(text)
    assert image.alt is None
    assert image.facts["malformed"][0].name == name


def test_misspelt_parameter_is_kept_as_written():
    image = only('{{< image src="a.png" atl="A cat" >}}\n')
    assert [(a.name, a.value) for a in image.attributes] == [("src", "a.png"), ("atl", "A cat")]


def test_nothing_is_inserted_beside_parameters_without_names():
    """Hugo would no longer build the page."""
    assert "insert_alt" not in only('{{< image "a.png" >}}\n').facts
    assert "insert_alt" in only('{{< image src="a.png" >}}\n').facts


def test_included_files_are_named():
    text = '```{include} a.md\n```\n\n{{< grid file="team.toml" >}}\n\n{{< include-md "b.md" >}}\n'
    assert set(read(text, "p.md").includes) == {"a.md", "team.toml", "b.md"}


def test_comment_covers_the_next_block_or_its_line():
    text = (
        "<!-- alt-text: ignore[ALT001] -->\n\n| a |\n|---|\n| ![](a.png) |\n\n"
        "![](b.png) <!-- alt-text: ignore -->\n\n% alt-text: ignore[missing]\n![](c.png)\n"
    )
    spans = [(s.codes, s.first, s.last) for s in read(text, "p.md").suppressions]
    assert spans == [(("ALT001",), 1, 5), ((), 7, 7), (("missing",), 9, 10)]


def test_comment_shown_as_code_does_nothing():
    assert read("```\n<!-- alt-text: ignore -->\n```\n\n![](a.png)\n", "p.md").suppressions == ()


@pytest.mark.parametrize("shown", [
    "`<!-- alt-text: ignore -->`", "``a ` <!-- alt-text: off -->``", "`a\nb <!-- alt-text: ignore-file -->`",
    "| a | `<!-- alt-text: off -->` |\n|---|---|\n| `<!-- alt-text: off -->` | `<!-- alt-text: off -->` |",
    "> - `<!-- alt-text: decorative -->`", "~~~md\n<!-- alt-text: off -->\n~~~", "    <!-- alt-text: off -->",
    "- a\n\n  ```\n  % alt-text: off\n  ```", ":::{code-block} md\n<!-- alt-text: off -->\n:::",
])  # fmt: skip
def test_a_comment_shown_as_code_says_nothing(shown):
    document = read(f"{shown}\n\n![](a.png)\n", "p.md")
    assert document.suppressions == ()
    assert [image.decorative for image in document.images] == [False]


def test_a_comment_between_code_is_taken():
    document = read("`a` <!-- alt-text: ignore --> `b` ![](a.png)\n", "p.md")
    assert [(s.place.column, s.place.end_column) for s in document.suppressions] == [(5, 30)]


def test_featured_image_has_the_description_as_alternative():
    text = '---\nresources:\n  - name: featuredImage\n    src: "a.png"\n    params:\n      {}showOnTop: true\n---\n'
    described = only(text.replace("{}", 'description: "Book cover"\n      '))
    assert (described.src, described.alt, described.place.line) == ("a.png", "Book cover", 4)
    assert only(text.replace("{}", "")).alt is None
    assert found(text.replace("{}", "").replace("true", "false")) == []
