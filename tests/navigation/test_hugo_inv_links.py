"""Links from Hugo pages into locked inventories."""

import json
import re

from inventories_for_tests import NUMPY, SCIPY, make_inventory
from support import write_tree

from scientific_python_theme.inventory import for_hugo, parse

PAGE = """---
title: Links
---

[the **FFT** of `x`](inv:numpy#numpy.fft.fft)
[quick](inv:numpy:std:doc#user/quickstart)
[](inv:#scipy.fft.fft)
[](inv:numpy#~numpy.fft.fft)
[`~numpy.fft.fft`](inv:numpy#numpy.fft.fft)
[](inv:numpy:std:label#broadcasting)
<inv:numpy:*:function#numpy.linspace>
[any](inv:*:py:function#numpy.linspace "My title")
{{< api "numpy.fft.fft" >}}
{{< api "~np.linspace" >}}
{{< api "scipy.linalg.solve" "solve *it*" >}}
{{< api name="install" project="scipy" >}}
[npm](inv:np#numpy.linspace)

Code: `np.linspace` and `numpy.linspace()` and `foo.bar` and [`numpy.linspace`](https://x.example/) and `linspace`

    numpy.linspace
"""
N = "https://numpy.org/doc/stable/"
FFT = f"{N}reference/generated/numpy.fft.fft.html#numpy.fft.fft"
LIN = f"{N}reference/generated/numpy.linspace.html#numpy.linspace"
S = "https://docs.scipy.org/doc/scipy/"


def make_site(folder, content, *, params="", inventories=None):
    found = inventories or {
        "numpy": (make_inventory(NUMPY), N),
        "scipy": (make_inventory(SCIPY, "SciPy", "1.16"), S),
    }
    return write_tree(
        folder,
        {
            "hugo.toml": f'baseURL = "https://tidepool.example/"\ntitle = "Tidepool"\n[params]\n{params}',
            "content/links.md": content,
            **{
                f"assets/inventories/{id_}.json": for_hugo(parse(data, id_), id_=id_, docs=docs)
                for id_, (data, docs) in found.items()
            },
        },
    )


def links(folder):
    text = (folder / "public/links/index.html").read_text("utf-8")
    return re.findall(r'<a class="reference external" href="([^"]+)" title="([^"]*)">(.*?)</a>', text)


def test_every_form_of_a_link(tmp_path, hugo):
    site = make_site(tmp_path, PAGE.replace("[npm](inv:np#numpy.linspace)\n", ""))
    hugo(site)
    tip = "(in NumPy v2.3)"
    assert links(site) == [
        (FFT, tip, "the <strong>FFT</strong> of <code>x</code>"),
        (f"{N}user/quickstart.html", tip, "quick"),
        (
            f"{S}reference/generated/scipy.fft.fft.html#scipy.fft.fft",
            "(in SciPy v1.16)",
            "<code>scipy.fft.fft</code>",
        ),
        (FFT, tip, "<code>fft</code>"),
        (FFT, tip, "<code>fft</code>"),
        (f"{N}user/broadcasting.html#broadcasting", tip, "Broadcasting rules"),
        (LIN, tip, "<code>numpy.linspace</code>"),
        (LIN, "My title", "any"),
        (FFT, tip, "<code>numpy.fft.fft</code>"),
        (LIN, tip, "<code>linspace</code>"),
        (
            f"{S}reference/generated/scipy.linalg.solve.html#scipy.linalg.solve",
            "(in SciPy v1.16)",
            "solve <em>it</em>",
        ),
        (f"{S}install.html", "(in SciPy v1.16)", "Installing SciPy"),
    ]


def test_backticks_by_option(tmp_path, hugo):
    page = PAGE[: PAGE.index("[the")] + PAGE[PAGE.index("Code:") :]
    site = make_site(tmp_path, page, params="[params.inventories]\nbackticks = true\n")
    hugo(site)
    assert [(url, text) for url, _, text in links(site)] == [
        (LIN, "<code>np.linspace</code>"),
        (LIN, "<code>numpy.linspace()</code>"),
    ]
    assert '<a href="https://x.example/"><code>numpy.linspace</code></a>' in (
        site / "public/links/index.html"
    ).read_text("utf-8")


BAD = """---
title: Bad
---

[a](inv:numpy#numpy.linspce)

text [b](inv:numpi#x) text
[c](inv:#install)
{{< api "numpy.fft.ftt" >}}
"""


def test_what_cannot_be_found_stops_the_build_and_says_where(tmp_path, hugo):
    site = make_site(tmp_path, BAD)
    done = hugo(site, check=False)
    output = done.stdout + done.stderr
    assert done.returncode != 0
    file = site / "content/links.md"
    assert (
        f'{file}:5:5: inv:numpy#numpy.linspce: no target "numpy.linspce" in numpy; nearest: numpy.linspace'
        in output
    )
    assert (
        f'{file}:7:10: inv:numpi#x: "numpi" is not a locked inventory; run: scientific-python-theme inventory add numpi'
        in output
    )
    assert (
        f'{file}:8:5: inv:#install: "install" is a name in several projects: numpy, scipy; say which: inv:numpy#install'
        in output
    )
    assert re.search(
        r'links\.md:9:\d+": inv:#numpy\.fft\.ftt: no target .* nearest: numpy\.fft\.fft, ', output
    )


def test_or_only_warns(tmp_path, hugo):
    site = make_site(tmp_path, BAD, params="[params.inventories]\nstrict = false\n")
    done = hugo(site)
    assert "WARN" in done.stdout + done.stderr
    text = (site / "public/links/index.html").read_text("utf-8")
    assert 'href="inv:' not in text
    assert "text b text" in text


def test_without_any_inventory_the_message_says_what_to_do(tmp_path, hugo):
    site = make_site(tmp_path, BAD, inventories={"zarr": (make_inventory(NUMPY), N)})
    (site / "assets/inventories/zarr.json").unlink()
    done = hugo(site, check=False)
    assert "no inventory is locked" in done.stdout + done.stderr


def test_hostile_entries_are_escaped(tmp_path, hugo):
    """Even when someone edits the committed JSON by hand."""
    site = make_site(
        tmp_path, "---\ntitle: x\n---\n[](inv:evil#x) [](inv:evil:std:label#y) [t](inv:evil#z)\n"
    )
    (site / "assets/inventories/evil.json").write_text(
        json.dumps(
            {
                "id": "evil", "project": '"><script>p</script>', "version": "1", "docs": "https://x.example/",
                "names": {
                    "x": 'py:function a.html"onmouseover=alert(1) -',
                    "y": "std:label b.html <script>alert(1)</script>",
                    "z": "py:function c.html#<script>$ -",
                },
            }
        )
    )  # fmt: skip
    hugo(site)
    text = (site / "public/links/index.html").read_text("utf-8")
    main = text[text.index("<main") : text.index("</main")]
    assert "<script>" not in main
    assert (
        'onmouseover=alert(1)"' not in main.replace("%22", "").replace("&#34;", "")
        or '"onmouseover' not in main
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in main


def test_a_docs_address_that_is_a_script_is_refused(tmp_path, hugo):
    site = make_site(tmp_path, "---\ntitle: x\n---\n[t](inv:evil#x)\n")
    (site / "assets/inventories/evil.json").write_text(
        json.dumps(
            {
                "id": "evil",
                "project": "E",
                "version": "",
                "docs": "javascript:alert(1)//",
                "names": {"x": "py:function a -"},
            }
        )
    )
    done = hugo(site, check=False)
    assert done.returncode != 0
    assert "docs is not an address" in done.stdout + done.stderr


def test_malformed_targets_give_a_message_not_a_crash(tmp_path, hugo):
    odd = [
        "inv:",
        "inv:#",
        "inv:numpy",
        "inv:numpy#",
        "inv:::#%zz",
        "inv:numpy#a%20b",
        "inv:numpy:py:function:x#y",
    ]
    odd.append("inv:#" + "x" * 5000)
    body = "".join(f"[t](<{target}>)\n" for target in odd)
    site = make_site(tmp_path, f"---\ntitle: x\n---\n{body}")
    done = hugo(site, check=False)
    output = done.stdout + done.stderr
    assert done.returncode != 0
    assert "execute of template failed" not in output
    for number in range(len(odd)):
        assert f"{site / 'content/links.md'}:{4 + number}:" in output


def test_a_star_in_a_name_is_myst_parsers(tmp_path, hugo):
    """One match is a link; several are told, a star of its own can be escaped, and `.` is only a dot."""
    content = "---\ntitle: x\n---\n[a](inv:numpy:py:*#*.linspace) [b](inv:#scipy.linalg.s*)"
    hugo(make_site(tmp_path / "one", content))
    assert next(href for href, _, _ in links(tmp_path / "one")) == LIN
    done = hugo(make_site(tmp_path / "many", "---\ntitle: x\n---\n[a](inv:numpy#numpy.*)"), check=False)
    assert re.search(
        r"links\.md:4:\d+.*matches \d+ targets; say which: inv:numpy:py:", done.stdout + done.stderr
    )
    done = hugo(make_site(tmp_path / "none", "---\ntitle: x\n---\n[a](inv:numpy#numpy?linsp*)"), check=False)
    assert "no target" in done.stdout + done.stderr
