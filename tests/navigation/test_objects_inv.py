"""objects.inv out of Hugo: valid for Sphinx and sphobjinv, linked to from a real Sphinx build."""

import re
import zlib

import pytest
import sphobjinv
from sphinx.util.inventory import InventoryFile
from support import write_tree

from scientific_python_theme.inventory import parse

CONFIG = """
baseURL = "https://blog.example/sub/"
title = "Blog — Ünï"
defaultContentLanguage = "en"
[languages.en]
weight = 1
[languages.ja]
weight = 2
title = "ブログ"
contentDir = "content/ja"
[params]
version = "7"
"""


def build(folder):
    posts = {
        f"content/posts/p{i}.md": f"---\ntitle: 'Grüße {i} — 日本 <b>'\n---\n## Introduction\n\n### Größe `x` {i}\n\ntext\n"
        for i in range(450)
    }
    return write_tree(
        folder,
        {
            "hugo.toml": CONFIG,
            "content/_index.md": "---\ntitle: Home\n---\n",
            "content/posts/_index.md": "---\ntitle: Posts\n---\n",
            "content/posts/same.md": "---\ntitle: One\n---\n",
            "content/specs/same.md": "---\ntitle: Two\n---\n",
            "content/specs/spec-0007.md": "---\ntitle: 'SPEC 7 — Seeding'\n---\n## Description\n",
            "content/specs/odd.md": '---\ntitle: "line\\u2028break\\ttab"\nurl: /a-$/\n---\n## C++ & $x$ {#end$}\n',
            "content/specs/long.md": f"---\ntitle: '{'long ' * 60}'\n---\n## {'Heading ' * 30}\n",
            "content/ja/posts/hello.md": "---\ntitle: こんにちは\n---\n## 概要\n",
            **posts,
        },
    )


@pytest.fixture(scope="module")
def site(once, hugo):
    def make(folder):
        build(folder)
        hugo(folder)

    return once("objects-inv-site", make)


@pytest.fixture(scope="module")
def data(site):
    return (site / "public/objects.inv").read_bytes()


def test_checksum_and_blocks_are_right(data):
    """zlib itself checks Adler-32; more than one stored block means the loop over 65,535 bytes works."""
    body = data.split(b"\n", 4)[4]
    text = zlib.decompress(body)
    assert len(text) > 65_535
    assert len(body) > len(text) + 2 * 5


@pytest.mark.parametrize("letter", ["o", "ö"])
def test_checksum_at_the_bounds_of_its_steps(tmp_path, hugo, letter):
    """Texts of 8,190, 8,192 and 8,194 bytes, where a chunk ends; with ASCII alone and beyond."""

    def text(length):
        files = {
            "hugo.toml": 'baseURL = "https://x.example/"\n',
            "content/_index.md": f"---\ntitle: '{'t' * length}{letter}'\n---\n",
        }
        hugo(write_tree(tmp_path, files))
        return zlib.decompress((tmp_path / "public/objects.inv").read_bytes().split(b"\n", 4)[4])

    # The title stands in two lines, the page's own and the short label's.
    least = len(text(0))
    for size in (8190, 8192, 8194):
        assert len(text((size - least) // 2)) == size


def test_three_readers_agree(data):
    theirs = InventoryFile.loads(data, uri="https://blog.example/sub").data
    other = sphobjinv.Inventory(zlib=data)
    ours = parse(data, "x")
    assert (ours.project, ours.version) == (other.project, other.version) == ("Blog — Ünï", "7")
    count = sum(map(len, theirs.values()))
    assert count == other.count == len(ours)
    assert set(theirs) == {"std:doc", "std:label"}


def test_pages_headings_and_languages(data, site):
    docs = InventoryFile.loads(data, uri="https://blog.example/sub").data
    pages, labels = docs["std:doc"], docs["std:label"]
    assert pages["index"].uri == "https://blog.example/sub/"
    assert pages["posts/p7"].uri == "https://blog.example/sub/posts/p7/"
    assert pages["posts/p7"].display_name == "Grüße 7 — 日本 <b>"
    assert labels["spec-0007"].uri == "https://blog.example/sub/specs/spec-0007/"
    assert labels["specs/spec-0007#description"].display_name == "Description"
    assert labels["größe-x-7"].uri == "https://blog.example/sub/posts/p7/#größe-x-7"
    assert len([n for n in pages if n.startswith("posts/p")]) == 450
    japanese = InventoryFile.loads(
        (site / "public/ja/objects.inv").read_bytes(), uri="https://blog.example/sub/ja"
    ).data
    assert japanese["std:doc"]["posts/hello"].uri == "https://blog.example/sub/ja/posts/hello/"
    assert japanese["std:label"]["概要"].display_name == "概要"


def test_names_of_several_pages_are_no_labels(data):
    labels = InventoryFile.loads(data, uri="x").data["std:label"]
    assert "same" not in labels
    assert "introduction" not in labels
    assert "posts/p3#introduction" in labels


def test_odd_titles_and_addresses(data):
    docs = InventoryFile.loads(data, uri="https://blog.example/sub").data
    assert docs["std:doc"]["specs/odd"].display_name == "line break tab"
    assert docs["std:doc"]["specs/odd"].uri == "https://blog.example/sub/a-$/"


def test_bytes_that_are_no_utf8_leave_the_file_readable(tmp_path, hugo):
    """One page saved in Latin-1 must not make Sphinx throw the whole inventory away."""
    write_tree(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://x.example/"\n',
            "content/page.md": b"---\ntitle: Page\n---\n## Caf\xe9 noir\n\n## Own {#own\xe9}\n\n## Plain words\n",
        },
    )
    hugo(tmp_path)
    labels = InventoryFile.loads((tmp_path / "public/objects.inv").read_bytes(), uri="x").data["std:label"]
    assert labels["plain-words"].display_name == "Plain words"
    assert "Caf noir" in [label.display_name for label in labels.values()]
    assert not [name for name in labels if "own" in name]


def test_a_page_of_plain_html_is_in_it(tmp_path, hugo):
    write_tree(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://x.example/"\n[security]\nallowContent = [".*"]\n',
            "content/guide/plain.html": "---\ntitle: Plain\n---\n<h2>Words</h2>\n",
        },
    )
    hugo(tmp_path)
    docs = InventoryFile.loads((tmp_path / "public/objects.inv").read_bytes(), uri="x").data["std:doc"]
    assert docs["guide/plain"].display_name == "Plain"


def test_sphinx_links_to_pages_and_headings(site, tmp_path, cli, sphinx_build):
    write_tree(
        tmp_path,
        {
            "docs/conf.py": 'extensions = ["scientific_python_theme.sphinx_ext.navigation"]\nhtml_theme = "basic"\n'
            'scientific_python_projects = ["blog", "specs"]\n',
            "docs/index.rst": "Home\n====\n\n:external+blog:doc:`posts/p7` :external+specs:ref:`spec-0007`\n"
            ":external+specs:ref:`specs/spec-0007#description` :external+blog:ref:`Größe <größe-x-9>`\n",
        },
    )
    for id_ in ("blog", "specs"):
        done = cli(
            "inventory", "add", id_, "--from", site / "public/objects.inv", "--docs", "https://blog.example/sub/", "--dir", tmp_path
        )  # fmt: skip
        assert done.exit_code == 0, done.output
    sphinx_build(tmp_path / "docs", tmp_path / "html", "-W")
    text = (tmp_path / "html/index.html").read_text("utf-8")
    assert re.findall(r'<a class="reference external" href="([^"]+)"', text) == [
        "https://blog.example/sub/posts/p7/",
        "https://blog.example/sub/specs/spec-0007/",
        "https://blog.example/sub/specs/spec-0007/#description",
        "https://blog.example/sub/posts/p9/#größe-x-9",
    ]
    assert "SPEC 7 — Seeding" in text


def test_switched_off_and_own_file_win(tmp_path, hugo):
    site = write_tree(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://x.example/"\n[params]\nobjects_inv = false\n',
            "content/a.md": "---\ntitle: a\n---\n",
        },
    )
    hugo(site)
    assert not (site / "public/objects.inv").exists()
    write_tree(
        site,
        {"hugo.toml": 'baseURL = "https://x.example/"\n[outputs]\nhome = ["html", "rss"]\npage = ["html"]\n'},
    )
    hugo(site)
    assert parse((site / "public/objects.inv").read_bytes(), "x").find("a")
    assert (site / "public/index.xml").exists()
    write_tree(site, {"static/objects.inv": b"mine"})
    hugo(site)
    assert (site / "public/objects.inv").read_bytes() == b"mine"


def test_pages_that_a_site_writes_without_the_theme_are_in_it(tmp_path, hugo):
    """Also where the home page is one: the file is written once all pages are, whichever of them use the theme's shell."""
    write_tree(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://own.example/"\ntitle = "Own"\n',
            "layouts/home.html": "<!DOCTYPE html><title>{{ .Title }}</title>{{ .Content }}",
            "layouts/bare.html": "<!DOCTYPE html><title>{{ .Title }}</title>{{ .Content }}",
            "content/_index.md": "---\ntitle: Home\n---\n## Start here\n",
            "content/bare.md": "---\ntitle: Bare\nlayout: bare\n---\n## Plain words\n",
            "content/themed.md": "---\ntitle: Themed\n---\n## Usual words\n",
        },
    )
    hugo(tmp_path)
    inventory = parse((tmp_path / "public/objects.inv").read_bytes(), "x")
    for name in ("index", "bare", "themed", "index#start-here", "bare#plain-words", "themed#usual-words"):
        assert inventory.find(name), name
    assert "__hdeferred" not in (tmp_path / "public/themed/index.html").read_text("utf-8")
