"""What is off by default: see also elsewhere, llms.txt, the published registry; and the badge as a file."""

import json
import re

from inventories_for_tests import NUMPY, SCIPY, make_inventory
from support import write_tree


def test_sphinx_extras_by_option(tmp_path, cli, sphinx_build):
    write_tree(
        tmp_path,
        {
            "n.inv": make_inventory(NUMPY),
            "s.inv": make_inventory(SCIPY, "SciPy", "1.16"),
            "docs/conf.py": 'project = "Tidepool"\nextensions = ["scientific_python_theme.sphinx_ext.navigation"]\n'
            'html_theme = "basic"\nscientific_python_projects = ["numpy", "scipy"]\n',
            "docs/index.rst": "Home [x]\n========\n\n.. py:function:: tidepool.fft(x)\n\n   Ours.\n\n.. py:function:: tidepool.linspace\n\n   Ours.\n\n"
            ".. py:class:: tidepool.solve\n\n   A class, where SciPy has a function.\n\n.. toctree::\n\n   b\n   a\n",
            "docs/a.rst": "A\n=\n\nx\n",
            "docs/b.rst": "B\n=\n\nx\n",
        },
    )
    for id_, file in (("numpy", "n.inv"), ("scipy", "s.inv")):
        assert cli("inventory", "add", id_, "--from", tmp_path / file, "--dir", tmp_path).exit_code == 0
    sphinx_build(tmp_path / "docs", tmp_path / "off", "-W")
    assert "See also elsewhere" not in (tmp_path / "off/index.html").read_text("utf-8")
    assert not (tmp_path / "off/llms.txt").exists()
    assert not (tmp_path / "off/registry").exists()
    options = [f"-Dscientific_python_{name}=1" for name in ("see_also", "llms_txt", "publish_registry")]
    sphinx_build(
        tmp_path / "docs", tmp_path / "on", "-W", *options, "-Dhtml_baseurl=https://tidepool.example/"
    )
    text = (tmp_path / "on/index.html").read_text("utf-8")
    lines = re.findall(r'<p class="sp-elsewhere">(.*?)</p>', text, re.S)
    assert [re.sub(r"<[^>]+>", "", line) for line in lines] == [
        "See also elsewhere: numpy.fft.fft, scipy.fft.fft",
        "See also elsewhere: numpy.linspace",
    ]
    assert (tmp_path / "on/llms.txt").read_text("utf-8").splitlines()[-3:] == [
        "- [Home (x)](https://tidepool.example/index.html)",
        "- [B](https://tidepool.example/b.html)",
        "- [A](https://tidepool.example/a.html)",
    ]
    assert json.loads((tmp_path / "on/registry/v1/projects.json").read_text("utf-8"))["version"] == 1


def test_hugo_llms_by_option(tmp_path, hugo):
    site = write_tree(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://x.example/sub/"\ntitle = "T"\n',
            "content/a.md": "---\ntitle: 'A [b]'\ndescription: What it is\n---\n",
        },
    )
    hugo(site)
    assert not (site / "public/llms.txt").exists()
    with (site / "hugo.toml").open("a") as config:
        config.write("[params]\nllms_txt = true\n")
    hugo(site)
    text = (site / "public/llms.txt").read_text("utf-8")
    assert text.startswith("# T\n")
    assert "- [A (b)](https://x.example/sub/a/): What it is\n" in text


def test_badge_command(cli):
    result = cli("projects", "badge", "0", "4", "--state", "endorsed")
    assert result.output.startswith("<svg ")
    assert "<title>SPEC 0, 4: endorsed</title>" in result.output
    wrong = cli("projects", "badge", "77")
    assert wrong.exit_code == 2
    assert "no SPEC 77" in wrong.output
