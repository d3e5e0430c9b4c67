"""Every default yields to whoever speaks: conf.py, -D, setup(), another extension."""

from __future__ import annotations

import io
import json
import os
import subprocess
import textwrap
from pathlib import Path
from typing import Any

import pytest
from scientific_python_theme.sphinx_ext import linkcode
from scientific_python_theme.sphinx_ext.defaults import DEFAULTS, VALUES
from scientific_python_theme.sphinx_ext.given import WatchedConfig
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
VERSIONS = json.dumps(
    [
        {"version": "dev", "url": "https://example.org/dev/"},
        {"version": "1.2", "url": "https://example.org/1.2/", "preferred": True},
    ]
)
EXTENSIONS = ["sphinx_copybutton", "matplotlib.sphinxext.plot_directive", "sphinx.ext.linkcode"]
# What a project might say instead of ours. Where ours differs from Sphinx's own default, that own
# default is the hardest case: it looks like a value that nobody gave.
SAID: dict[str, Any] = {
    "project": "Said",
    "version": "9.8",
    "release": "9.8.7",
    "exclude_patterns": ["said"],
    "templates_path": [],
    "html_static_path": [],
    "html_title": "Said",
    "html_logo": None,
    "html_favicon": None,
    "html_baseurl": "",
    "html_last_updated_fmt": None,
    "html_copy_source": True,
    "html_show_sourcelink": True,
    "html_math_renderer": "mathjax",
    "copybutton_prompt_text": "",
    "copybutton_prompt_is_regexp": False,
    "ogp_site_url": "",
    "ogp_site_name": None,
    "ogp_social_cards": None,
    "plot_rcparams": {},
    "plot_apply_rcparams": False,
    "plot_formats": ["png"],
    "plot_html_show_formats": True,
    "plot_html_show_source_link": True,
    "plot_include_source": False,
    "plot_pre_code": None,
}
BY_FLAG = {
    "project": "Said", "version": "9.8", "release": "9.8.7", "exclude_patterns": "said", "html_title": "Said",
    "html_logo": "_static/other.svg", "html_favicon": "_static/other.svg", "html_baseurl": "https://said.org/",
    "html_last_updated_fmt": "%Y", "html_math_renderer": "mathjax", "html_copy_source": "1", "html_show_sourcelink": "1", "html_static_path": "other",
    "templates_path": "other", "copybutton_prompt_text": "% ", "copybutton_prompt_is_regexp": "0",
    "plot_html_show_formats": "1", "plot_html_show_source_link": "1", "plot_include_source": "1",
    "plot_apply_rcparams": "0", "plot_formats": "png", "plot_pre_code": "pass",
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with all the files defaults look for."""
    for name in ("logo.svg", "logo_dark.svg", "favicon.svg", "other.svg"):
        (tmp_path / "_static").mkdir(exist_ok=True)
        (tmp_path / "_static" / name).write_text(SVG)
    (tmp_path / "_static" / "versions.json").write_text(VERSIONS)
    (tmp_path / "_templates").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    (tmp_path / "index.rst").write_text("Home\n====\n")
    return tmp_path


def start(
    folder: Path, conf: str = "", overrides: dict[str, Any] | None = None, extensions: list[str] = EXTENSIONS
) -> Sphinx:
    head = f"""
        extensions = {["scientific_python_theme", *extensions]!r}
        scientific_python_project = "matplotlib"
        scientific_python_plots = True
        html_theme = "pydata_sphinx_theme"
        """
    (folder / "conf.py").write_text(textwrap.dedent(head) + textwrap.dedent(conf), "utf-8")
    out = folder / "_build"
    with patch_docutils(folder), docutils_namespace():
        return Sphinx(folder, folder, out, out / "d", "html", overrides or {}, status=None, warning=None)


def value(app: Sphinx, name: str) -> Any:
    """A value, without the folders that installed extensions add to each such list."""
    found = getattr(app.config, name)
    return [item for item in found if not Path(item).is_absolute()] if name.endswith("_path") else found


def test_own_entries_are_found_from_every_folder_and_read_again(project):
    entry = '[projects.tidepool]\nname = "{}"\nhomepage = "https://tidepool.example/"\n'
    conf = 'scientific_python_registry = "own.toml"\nscientific_python_project = "tidepool"\n'
    names = []
    for n, name in enumerate(("Tidepool", "Rockpool")):
        (project / "own.toml").write_text(entry.format(name))
        os.utime(project / "own.toml", ns=(n, n))
        names.append(start(project, conf).config.project)
    assert names == ["Tidepool", "Rockpool"]


def test_each_default_has_a_contrary_value_to_test_with():
    assert SAID.keys() == {default.name for default in DEFAULTS}


@pytest.mark.parametrize("default", DEFAULTS, ids=lambda default: default.name)
def test_default_applies_when_nobody_speaks(project, default):
    """The table is alive: each entry changes something in a bare project."""
    if default.extension == "sphinxext.opengraph":
        pytest.importorskip("sphinxext.opengraph")
    bare = "scientific_python_defaults = False\nscientific_python_plots = False"
    before, after = start(project, bare), start(project)
    assert default.name not in before.config or value(before, default.name) != value(after, default.name)
    assert type(after.config) is not WatchedConfig


@pytest.mark.parametrize("name", SAID)
@pytest.mark.parametrize(
    "speaker", ["conf.py", "setup()", "extension before", "extension after", "config-inited"]
)
def test_whoever_speaks_wins(project, name, speaker, monkeypatch):
    """Even where what is said equals Sphinx's own default."""
    if name.startswith("ogp_"):
        pytest.importorskip("sphinxext.opengraph")
    said = SAID[name]
    conf = {
        "conf.py": f"{name} = {said!r}",
        "setup()": f"def setup(app):\n    app.config.{name} = {said!r}",
    }.get(speaker, "")
    if "extension" in speaker or speaker == "config-inited":
        body = (
            f"app.connect('config-inited', lambda app, config: setattr(config, {name!r}, {said!r}))"
            if speaker == "config-inited"
            else f"app.config.{name} = {said!r}"
        )
        (project / "speaker.py").write_text(
            f"def setup(app):\n    {body}\n    return {{'parallel_read_safe': True}}\n"
        )
        monkeypatch.syspath_prepend(str(project))
        monkeypatch.delitem(__import__("sys").modules, "speaker", raising=False)
        order = "['speaker', *extensions]" if speaker == "extension before" else "[*extensions, 'speaker']"
        conf = f"extensions = {order}"
    assert value(start(project, conf), name) == said


@pytest.mark.parametrize("name", BY_FLAG)
def test_command_line_wins(project, name):
    app = start(project, overrides={name: BY_FLAG[name]})
    assert value(app, name) == app.config.convert_overrides(name, BY_FLAG[name])


OPTIONS = {
    "check_switcher": True,
    "header_links_before_dropdown": 99,
    "navbar_end": [],
    "show_version_warning_banner": False,
    "logo": {"text": "Said"},
    "icon_links": [],
    "use_edit_page_button": False,
}


@pytest.mark.parametrize("key", OPTIONS)
@pytest.mark.parametrize("speaker", ["conf.py", "setup()", "config-inited"])
def test_each_theme_option_yields(project, key, speaker):
    """Our options lie under the project's own, key by key."""
    versions = 'scientific_python_versions = "_static/versions.json"\n'
    assert key in start(project, versions).config.html_theme_options
    own = {key: OPTIONS[key]}
    conf = {
        "conf.py": f"html_theme_options = {own!r}",
        "setup()": f"def setup(app):\n    app.config.html_theme_options = {own!r}",
        "config-inited": "def setup(app):\n    app.connect('config-inited', lambda app, config: "
        f"config.html_theme_options.update({own!r}))",
    }[speaker]
    options = start(project, versions + conf).config.html_theme_options
    assert options[key] == OPTIONS[key]
    assert len(options) > 3, "the other keys keep our values"


def test_the_projects_dictionary_is_not_changed(project):
    app = start(project, "OWN = {'show_prev_next': False}\nhtml_theme_options = OWN")
    assert app.config._raw_config["OWN"] == {"show_prev_next": False}
    assert app.config.html_theme_options["icon_links"]


def test_option_from_the_command_line_wins(project):
    app = start(project, overrides={"html_theme_options.header_links_before_dropdown": "2"})
    assert app.config.html_theme_options["header_links_before_dropdown"] == "2"


@pytest.mark.parametrize(
    ("folder", "path"), [("x/y", "x/y"), ("src/x/y", "src/x/y"), ("lib/x/y", "lib/x/y"), ("z", "")]
)
def test_source_links_find_the_package(tmp_path, folder, path):
    (tmp_path / folder).mkdir(parents=True)
    assert linkcode.place(tmp_path, "x.y") == path


def test_own_linkcode_resolve_wins(project):
    app = start(project, "def linkcode_resolve(domain, info): return 'https://said.org/'")
    assert app.config.linkcode_resolve("py", {}) == "https://said.org/"


def test_own_linkcode_resolve_of_setup_wins(project):
    conf = "def setup(app):\n    app.config.linkcode_resolve = lambda domain, info: 'https://said.org/'"
    assert start(project, conf).config.linkcode_resolve("py", {}) == "https://said.org/"


def test_own_edit_links_win(project):
    own = {"gitlab_user": "a", "gitlab_repo": "b", "gitlab_version": "c"}
    app = start(project, f"html_context = {own!r}")
    assert "github_user" not in app.config.html_context


def test_what_git_does_not_hold_has_no_edit_link(project, sphinx_build):
    """Such as the stubs of autosummary: on GitHub there is nothing to edit."""
    conf = 'extensions = ["scientific_python_theme", "sphinx.ext.autosummary"]\n'
    (project / "conf.py").write_text(conf + 'scientific_python_repository = "owner/name"\n')
    (project / "index.rst").write_text("Home\n====\n\n.. autosummary::\n   :toctree: made\n\n   math.sqrt\n")
    for command in (["init", "-q"], ["add", "index.rst"]):
        subprocess.run(["git", *command], cwd=project, check=True)
    sphinx_build(project, project / "out")
    edit = "https://github.com/owner/name/edit/main/"
    assert edit + "index.rst" in (project / "out" / "index.html").read_text("utf-8")
    assert edit not in (project / "out" / "made" / "math.sqrt.html").read_text("utf-8")


def test_own_role_and_directive_win(project):
    """A project that ships its own ``legacy`` and ``doi`` keeps them, and gets no warning."""
    conf = """
        from docutils import nodes
        from docutils.parsers.rst import Directive
        class Own(Directive):
            def run(self):
                return [nodes.paragraph("", "own legacy")]
        def setup(app):
            app.add_directive("legacy", Own)
            app.add_role("doi", lambda *args: ([nodes.Text("own doi")], []))
        """
    (project / "index.rst").write_text("Home\n====\n\n.. legacy::\n\n:doi:`10.1/x` and :arxiv:`2004.1`\n")
    (project / "conf.py").write_text('extensions = ["scientific_python_theme"]\n' + textwrap.dedent(conf))
    warning = io.StringIO()
    with patch_docutils(project), docutils_namespace():
        app = Sphinx(project, project, project / "o", project / "d", "text", status=None, warning=warning)
        app.build()
    text = (project / "o" / "index.txt").read_text("utf-8")
    assert "own legacy" in text
    assert "own doi" in text
    assert "arXiv:2004.1" in text
    assert "legacy" not in warning.getvalue()


def test_gallery_settings_are_laid_under_the_projects(project):
    pytest.importorskip("sphinx_gallery")
    conf = "sphinx_gallery_conf = {'reset_modules': (), 'examples_dirs': [], 'gallery_dirs': []}"
    app = start(project, conf, extensions=["sphinx_gallery.gen_gallery"])
    assert app.config.sphinx_gallery_conf["remove_config_comments"] is True
    assert app.config._raw_config["sphinx_gallery_conf"].get("remove_config_comments") is None


def test_switched_off_leaves_sphinx_alone(project):
    app = start(project, "scientific_python_defaults = False")
    assert app.config.html_copy_source is True
    assert "navbar_end" not in app.config.html_theme_options


def test_values_are_registered_with_their_types(project):
    app = start(project)
    for name, (_, _, *kinds) in VALUES.items():
        assert set(app.config.values[name].valid_types) == set(kinds)
