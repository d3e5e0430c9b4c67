"""What the rules say about sources: only what is true of the page that the tool makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import write_tree

from scientific_python_theme.lint import settings
from scientific_python_theme.lint.check import check_text
from scientific_python_theme.lint.fix import apply
from scientific_python_theme.lint.model import Finding
from scientific_python_theme.lint.sources import reader_for

EVERY = settings.load(isolated=True, select=["ALL"])


def findings(text: str, name: str) -> list[Finding]:
    reader = reader_for(name)
    assert reader is not None
    return list(check_text(text, name, reader, EVERY).findings)


def codes(text: str, name: str) -> list[str]:
    return [finding.code for finding in findings(text, name)]


CARDS = {
    "linked, with the link's words": (
        ":::{card}\n:img-top: a.png\n:link: https://example.org\n:link-alt: Tutorial\nText\n:::\n", ["ALT001"]
    ),
    "linked, without words": (":::{card}\n:img-top: a.png\n:link: /b\nText\n:::\n", ["ALT001"]),
    "linked, with a title": (":::{card} Start\n:img-top: a.png\n:link: /b\nText\n:::\n", ["ALT001"]),
    "linked, decorative": (":::{card} Start\n:img-top: a.png\n:img-alt:\n:link: /b\nText\n:::\n", []),
    "title repeated": (":::{card} Start\n:img-top: a.png\n:img-alt: Start\n:::\n", ["ALT007"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
def test_link_of_a_card_is_not_named_by_its_image(name: str):
    """sphinx-design lays the link over the card; the image stands beside it, and nobody marked it."""
    text, expected = CARDS[name]
    assert codes(text, "page.md") == expected


SUBSTITUTIONS = {
    "words": (".. |Powered by NumFOCUS| image:: n.svg\n   :target: https://numfocus.org\n", []),
    "a handle": (".. |logo| image:: n.svg\n   :target: https://numfocus.org\n", ["ALT001"]),
    "blank": (".. |Powered by NumFOCUS| image:: n.svg\n   :alt:\n   :target: /x\n", ["ALT005"]),
    "a placeholder": (".. |Image 1| image:: n.svg\n", ["ALT004"]),
}


@pytest.mark.parametrize("name", SUBSTITUTIONS)
def test_substitution_is_spoken_by_its_name(name: str):
    """docutils writes the name as the alternative, which names a link too."""
    text, expected = SUBSTITUTIONS[name]
    assert codes(text, "page.rst") == expected


def test_a_handle_is_told_as_what_is_spoken():
    (finding,) = findings(".. |logo| image:: n.svg\n", "page.rst")
    assert finding.message == 'the substitution\'s name "logo" is spoken in place of an alternative text'


TEMPLATES = {
    "comment": ("{# <img src='a.png'> #}\n", []),
    "string": ("{% set logo = '<img src=\"a.png\">' %}\n\nText {{ \"<img src='a.png'>\" }}\n", []),
    "mark in a value": ("x <img src='{{ a }}' class='b'>\n", ["ALT001"]),
    "shortcode in a value": ("<img src='{{< param a >}}'>\n", ["ALT001"]),
    "shortcode between attributes": ("<img src='a.png' {{< alt >}}>\n", []),
    "shortcode as the alternative": ("<img src='a.png' alt='{{< param a >}}'>\n", []),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_in_markdown_is_read_as_in_a_page(name: str):
    text, expected = TEMPLATES[name]
    assert codes(text, "page.md") == expected


NEVER_TOGETHER = {
    "GitHub's ends": ("a.md", "![A sunny day](a.png#gh-light-mode-only)\n![A sunny day](b.png#gh-dark-mode-only)\n", []),
    "MkDocs' ends": ("a.md", "![A sunny day](a.png#only-dark)\n\n![A sunny day](b.png#only-light)\n", []),
    "classes": (
        "a.rst",
        ".. image:: a.png\n   :class: only-light\n   :alt: A sunny day\n\n"
        ".. image:: b.png\n   :class: only-dark\n   :alt: A sunny day\n\n"
        ".. image:: c.png\n   :class: only-light\n   :alt: A sunny day\n",
        [9],
    ),
    "Quarto's classes": (
        "a.md", "![A sunny day](a.png){.light-content}\n![A sunny day](b.png){.border .dark-content}\n", []
    ),
    "Quarto's divisions": (
        "a.md",
        "::: light-content\n![A sunny day](a.png)\n:::\n\n::: {.dark-content}\n![A sunny day](b.png)\n:::\n\n"
        '::: {.content-hidden unless-format="html"}\n![A sunny day](c.png)\n![A sunny day](d.png)\n:::\n\n![A sunny day](e.png)\n',
        [11, 14],
    ),
    "only": (
        "a.rst",
        ".. only:: html\n\n   .. image:: a.png\n      :alt: A sunny day\n\n"
        ".. only:: latex\n\n   .. image:: b.png\n      :alt: A sunny day\n",
        [],
    ),
    "one for both": (
        "a.html", "<p><img src=a.png alt='A sunny day'>\n<p><img class=only-dark src=b.png alt='A sunny day'>\n", [2]
    ),
    "branches": (
        "a.html",
        "{% if a %}\n{% for b in c %}<img src=a.png alt='A sunny day'>{% endfor %}\n{% elif d %}\n"
        "<img src=b.png alt='A sunny day'>\n{%- else -%}\n<img src=c.png alt='A sunny day'>\n"
        "<img src=d.png alt='A sunny day'>\n{% endif %}\n<img src=e.png alt='A sunny day'>\n",
        [7, 9],
    ),
    "Hugo's branches": (
        "a.html",
        "{{ with .a }}<img src=a.png alt='A sunny day'>\n{{ else }}<img src=b.png alt='A sunny day'>\n{{ end }}\n"
        "{{ if .b }}<img src=c.png alt='A sunny day'>{{ end }}\n",
        [4],
    ),
    "branches in a comment": (
        "a.html",
        "{{ if .a }}<img src=a.png alt='A sunny day'>\n{{/* else */}}<img src=b.png alt='A sunny day'>\n{{ end }}\n",
        [2],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEVER_TOGETHER)
def test_pictures_that_are_never_shown_together_may_say_the_same(name: str):
    file, text, lines = NEVER_TOGETHER[name]
    assert [f.place.line for f in findings(text, file) if f.code == "ALT012"] == lines


BRACES = '![](a.png){alt="A curve"}\n\n![b](b.png){ .wide alt="Two curves" }\n\n![](c.png){alt=""}\n'


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("mkdocs.yml", "site_name: x\n", []),
        ("mkdocs.yaml", "site_name: x\n", []),
        ("_quarto.yml", "project: {type: book}\n", []),
        ("config.yaml", "title: x\ncarpentry: 'swc'\n", []),
        ("config.yaml", "title: x\n", ["ALT018", "ALT018", "ALT001"]),
        ("conf.py", "", ["ALT018", "ALT018", "ALT001"]),
    ],
)
def test_alternative_in_braces_counts_where_the_tool_reads_it(
    tmp_path: Path, file: str, text: str, expected: list[str]
):
    """Python-Markdown and Pandoc do; in MyST and Hugo the square brackets win. It is told once."""
    (tmp_path / file).write_text(text, "utf-8")
    assert [c for c in codes(BRACES, str(tmp_path / "docs/page.md")) if c != "ALT010"] == expected


FIGURES = """\
![](a.png){fig-alt="A curve that falls"}

![Caption](b.png){#fig-b .wide
  fig-alt="A curve {x} that rises" width="50%"}

![Figure](c.png){fig-alt=""}
"""


@pytest.mark.parametrize("name", ["a.md", "a.ipynb"])
def test_quarto_s_own_alternative_counts_below_its_project_file(tmp_path: Path, name: str):
    text = FIGURES
    if name == "a.ipynb":
        text = json.dumps({"cells": [{"cell_type": "markdown", "metadata": {}, "source": FIGURES}]})
    assert codes(text, str(tmp_path / "other" / name)) == ["ALT001", "ALT004", "ALT004"]
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "_quarto.yml").touch()
    called = findings(
        '![`x`](a.png){fig-alt="Window of {{< meta tool >}}"}\n', str(tmp_path / "book" / "a.md")
    )
    assert called == []
    assert codes(text, str(tmp_path / "book" / "docs" / name)) == []


DIAGRAMS = """\
```mermaid
graph LR
```

- ~~~mermaid {caption="Tides"}
  graph LR
  ~~~

```mermaid {alt="The Moon raises the tide"}
graph LR
```

```mermaid
accDescr: The Moon raises the tide
```
"""


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("hugo.toml", 'theme = ["extra", "scientific-python-theme"]\n'),
        ("hugo.yaml", "theme:\n- extra\n- scientific-python-hugo-theme\n"),
        ("hugo.json", '{\n "theme": "scientific-python-theme/hugo-theme"}\n'),
        (
            "config/_default/module.toml",
            '[[imports]]\npath = "github.com/scientific-python/scientific-python-theme/hugo-theme"\n',
        ),
    ],
)
def test_a_diagram_of_our_hugo_theme_has_its_alternative_in_braces(tmp_path: Path, file: str, text: str):
    write_tree(tmp_path, {file: text, ".git/x": ""})
    name = str(tmp_path / "content" / "a.md")
    found = findings(DIAGRAMS, name)
    assert [(f.code, f.place.line) for f in found] == [("ALT001", 1), ("ALT001", 5)]
    assert '{alt="…"} behind mermaid' in found[0].help
    mended = apply(DIAGRAMS, found, unsafe=True).text.split("\n")
    assert mended[0] == '```mermaid {alt="TODO: describe this image"}'
    assert mended[4] == '- ~~~mermaid {alt="TODO: describe this image" caption="Tides"}'


@pytest.mark.parametrize(
    "settings", ["", 'theme = "other"\ntitle = "x" # hugo-theme\n', 'theme = "my-hugo-theme"\n']
)
def test_a_diagram_in_a_fence_is_text_elsewhere(tmp_path: Path, settings: str):
    write_tree(tmp_path, {"hugo.toml": settings, ".git/x": ""})
    assert codes(DIAGRAMS, str(tmp_path / "content" / "a.md")) == []


@pytest.mark.parametrize(
    ("name", "text", "code", "how"),
    [
        ("a.html", "<a href=/><img src=a.png alt=logo></a>", "ALT004", "write whose: the project's name"),
        ("a.html", "<a href=/><img src=a.png alt=logo> Sphinx</a>", "ALT004", 'use alt="": the link has words beside it'),
        ("a.html", "<button><img src=a.png alt=icon> Save</button>", "ALT004", 'use alt="": the button has words beside it'),
        ("a.md", "[![logo](a.png) Sphinx](/)\n", "ALT004", "mark it as decoration: the link has words beside it"),
        ("a.html", "<p><img src=a.png alt='Image of a screenshot of the map'>", "ALT008", 'begin with what it shows: "Map"'),
        ("a.html", "<p><img src=a.png alt='Image of the logo'>", "ALT008", "say what it shows"),
    ],
)  # fmt: skip
def test_remedy_leads_to_no_other_finding(name: str, text: str, code: str, how: str):
    (finding,) = findings(text, name)
    assert (finding.code, finding.help) == (code, how)


REMEDIES = [
    ("a.md", "![](a.png)\n", "square brackets"),
    ("a.md", "```{image} a.png\n```\n", "an :alt: line"),
    ("a.md", "```{figure} a.png\nCaption\n```\n", "an :alt: line"),
    ("a.md", "```{figure} a.png\n---\nname: x\n---\n```\n", 'alt: "…" between the --- lines'),
    ("a.md", "```{card} T\n---\nimg-top: a.png\n---\n```\n", 'img-alt: "…" between the --- lines'),
    ("a.md", "```{plot}\nplot(x)\n```\n", "an :alt: line"),
    ("a.md", "```{eval-rst}\n.. image:: a.png\n```\n", "an :alt: line"),
    ("a.md", "```{card} T\n:img-top: a.png\n```\n", ":img-alt: blank"),
    ("a.md", "```{mermaid}\ngraph LR\n```\n", "accTitle: … and accDescr: …"),
    ("a.md", '{{< figure src="a.png" >}}\n', 'add alt="…"'),
    ("a.md", '{{< image "a.png" >}}\n', 'add alt="…"'),
    ("a.md", "<img src='a.png'>\n", 'add alt="…"'),
    ("a.md", "---\nresources:\n- name: featuredImage\n  src: a.png\n  params:\n    showOnTop: true\n---\n", "params"),
    ("a.rst", ".. card:: T\n   :img-top: a.png\n", ":img-alt: blank"),
    ("a.rst", ".. mermaid::\n\n   graph LR\n", "accTitle: … and accDescr: …"),
    ("a.rst", ".. raw:: html\n\n   <img src='a.png'>\n", 'add alt="…"'),
    ("a.py", '"""F.\n\n![](a.png)\n"""\n', "square brackets"),
    ("a.yaml", "- {image: a.png, alt: Ash}\n- {image: b.png}\n", "an alt beside it"),
    ("a.ipynb", '{"cells": [{"cell_type": "markdown", "source": "```{image} a.png\\n```"}]}', "an :alt: line"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "how"), REMEDIES)
def test_remedy_is_that_of_what_was_written(name: str, text: str, how: str):
    (finding,) = [f for f in findings(text, name) if f.code == "ALT001"]
    assert how in finding.help


MERMAID = {
    "title": "```{mermaid}\nflowchart LR\n  accTitle: Pipeline\n  A --> B\n```\n",
    "description": "```{mermaid}\nflowchart LR\n  accDescr {\n    From A\n    to B\n  }\n  A --> B\n```\n",
    "option": "```{mermaid}\n:alt: From A to B\nA --> B\n```\n",
    "file": "```{mermaid} a.mmd\n```\n",
}


@pytest.mark.parametrize("name", MERMAID)
def test_mermaid_says_in_the_diagram_what_it_shows(name: str):
    assert codes(MERMAID[name], "page.md") == []


def test_mermaid_says_in_the_diagram_what_it_shows_in_rst_too():
    assert codes(".. mermaid::\n\n   graph LR\n     accDescr: From A to B\n     A --> B\n", "page.rst") == []
    assert codes(".. mermaid::\n\n   graph LR\n     A --> B\n", "page.rst") == ["ALT001"]


def test_option_without_a_colon_is_told_how_a_directive_writes_it():
    (finding,) = findings("```{image} a.png\nalt: Ash\n```\n", "page.md")
    assert finding.help.startswith("write :alt:")


LINKS = {
    "Markdown image": ("[![](a.png)](/x)\n", ["ALT001", "ALT005"]),
    "raw image": ("x [<img src='a.png'>](/x)\n", ["ALT001", "ALT005"]),
    "decorative": ("[<img src='a.png' alt=''>](/x)\n", ["ALT005"]),
    "described": ("[<img src='a.png' alt='Ash tree'>](/x)\n", []),
    "with text": ("[<img src='a.png' alt=''> Ash](/x)\n", []),
    "with text twice": ("[<img src='a.png' alt='Ash tree'> Ash tree](/x)\n", ["ALT007"]),
    "with a described one": (
        "[<img src='a.png' alt=''>![Ash tree](b.png) <img src='a.png' alt=''>](/x)\n",
        [],
    ),
    "with a title": (
        "[<img src='a.png' alt=''>](/x 'Ash tree') [![](a.png){.decorative}](/y 'Ash tree')\n",
        [],
    ),
    "with a template": ("[<img src='a.png' alt='{{ a }}'><img src='a.png' alt=''>](/x)\n", []),
    "with other tags": ("[<b><img src='a.png' alt=''></b>](/x)\n", []),
    "beside": ("[Ash](/x) <img src='a.png' alt=''>\n", []),
}


@pytest.mark.parametrize("name", LINKS)
def test_link_in_markdown_holds_raw_images_too(name: str):
    text, expected = LINKS[name]
    assert codes(text, "page.md") == expected


def test_inserted_line_ends_as_the_others_do():
    text = ".. image:: a.png\r\n\r\nText\r\n"
    fixed = apply(text, findings(text, "a.rst"), unsafe=True).text
    assert fixed == ".. image:: a.png\r\n   :alt: TODO: describe this image\r\n\r\nText\r\n"
