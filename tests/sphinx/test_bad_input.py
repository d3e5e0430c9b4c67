"""Each mistake in conf.py is a warning that says what, where and what to write; the build goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
MISTAKES = {
    "unknown project": ('scientific_python_project = "netwrkx"', "project", "'networkx'"),
    "project of the wrong type": ("scientific_python_project = 3", "project", "must be a string"),
    "misspelt value": ('scientific_python_analytic = "x.org"', "option", "scientific_python_analytics"),
    "missing logo": ('html_logo = "_static/lgo.svg"', "logo", "_static/logo.svg"),
    "missing favicon": ('html_favicon = "_static/favicon.icon"', "logo", "html_favicon"),
    "missing dark logo": (
        'html_theme_options = {"logo": {"image_dark": "_static/dark.svg"}}', "logo", "image_dark"),
    "missing list of versions": ('scientific_python_versions = "_static/version.json"', "versions", "_static/versions.json"),
    "broken list of versions": ('scientific_python_versions = "_static/broken.json"', "versions", "not valid JSON"),
    "list of versions from the network": (
        'scientific_python_versions = "https://x.org/v.json"', "versions", "local file"),
    "unknown key of versions": (
        'scientific_python_versions = {"flie": "_static/versions.json"}', "versions", "did you mean 'file'?"),
    "broken switcher": (
        'html_theme_options = {"switcher": {"json_url": "_static/broken.json", "version_match": "1"}}', "versions",
        "not valid JSON"),
    "checked broken switcher": (
        'html_theme_options = {"switcher": {"json_url": "_static/broken.json", "version_match": "1"}, '
        '"check_switcher": True}', "versions", "not valid JSON"),
    "version at no address": (
        'html_theme_options = {"switcher": {"json_url": "_static/list.json", "version_match": "1"}}', "versions",
        "must begin with https://"),
    "versions at no address": (
        'html_theme_options = {"switcher": {"json_url": "https://[x/v.json", "version_match": "1"}}', "versions", "[x"),
    "analytics at no address": (
        'scientific_python_analytics = {"plausible": "x.org", "script": "https://[x/"}', "analytics", "https://"),
    "unreachable switcher": (
        'html_theme_options = {"switcher": {"json_url": "http://127.0.0.1:9/v.json", "version_match": "1"}, '
        '"check_switcher": True}', "versions", "cannot be reached"),
    "switcher without address": ('html_theme_options = {"switcher": {"json": "x"}}', "versions", "json_url"),
    "switcher of the wrong type": ('html_theme_options = {"switcher": "x"}', "option", "must be a dictionary"),
    "icon links of the wrong type": ('html_theme_options = {"icon_links": "x"}', "option", "must be a list"),
    "icon link without address": (
        'html_theme_options = {"icon_links": [{"name": "x", "ulr": "y", "icon": "z"}]}', "option", "did you mean 'url'?"),
    "logo of the wrong type": ('html_theme_options = {"logo": 3}', "option", "must be a dictionary"),
    "options of the wrong type": ('html_theme_options = ["x"]', "option", "must be a dictionary"),
    "repository": ('scientific_python_repository = "nothing"', "option", "owner/name"),
    "source links without repository": ("scientific_python_linkcode = True", "linkcode", "repository"),
    "unknown key of source links": (
        'scientific_python_linkcode = {"repositry": "a/b"}', "linkcode", "did you mean 'repository'?"),
    "unknown analytics": ('scientific_python_analytics = {"plausibel": "x"}', "analytics", "did you mean 'plausible'?"),
    "versions of the wrong type": ("scientific_python_versions = 3", "versions", "a dictionary or a string"),
    "analytics of the wrong type": ("scientific_python_analytics = ['x.org']", "analytics", "got list"),
    "source links of the wrong type": ("scientific_python_linkcode = 'numpy'", "linkcode", "got str"),
    "registry of the wrong type": ("scientific_python_registry = 3", "registry", "got int"),
    "registry of too long a name": ("scientific_python_registry = 'conf.py' * 100", "registry", "cannot be read"),
    "brand of the wrong type": ("scientific_python_brand = 3", "brand", "got int"),
    "switch of the wrong type": ("scientific_python_plots = 'yes'", "option", "True or False"),
    "projects of the wrong type": ("scientific_python_projects = 3", "inventory", "conf.py"),
    "project that is no name": ("scientific_python_projects = [None]", "inventory", "None is no name"),
    "logo that is a folder": ('html_logo = "_static"', "logo", "_static/logo.svg"),
    "logo that is no path": ("html_logo = 3", "logo", "must be a path"),
    "light logo that is no path": ('html_theme_options = {"logo": {"image_light": 3}}', "logo", "must be a path"),
    "icon links that are nothing": ('html_theme_options = {"icon_links": None}', "option", "a list of dictionaries"),
    "icon link of numbers": (
        'html_theme_options = {"icon_links": [{"name": "x", "url": 2, "icon": "z"}]}', "option", "must be a string"),
    "place of the wrong type": ('html_theme_options = {"navbar_end": 3}', "option", "a list of names"),
    "place with a number": ('html_theme_options = {"footer_start": [3]}', "option", "a list of names"),
    "unknown component": (
        'html_theme_options = {"navbar_end": ["theme-swicher"]}', "option", "did you mean 'theme-switcher'?"),
    "unknown component of a page": (
        'html_theme_options = {"secondary_sidebar_items": {"**": ["page-tok"]}}', "option", "did you mean 'page-toc'?"),
    "unknown component of the sidebar": (
        'html_sidebars = {"**": ["sidebar-nav-b.html"]}', "option", "did you mean 'sidebar-nav-bs'?"),
    "alignment": ('html_theme_options = {"navbar_align": "middle"}', "option", "content, left, right"),
    "number in words": ('html_theme_options = {"header_links_before_dropdown": "six"}', "option", "a whole number"),
    "depth that is nothing": ('html_theme_options = {"show_toc_level": None}', "option", "a whole number"),
    "announcement": ('html_theme_options = {"announcement": 3}', "option", "a string"),
    "address of the wrong type": ('html_theme_options = {"github_url": 3}', "option", "a string"),
    "the parent's analytics": ('html_theme_options = {"analytics": 3}', "option", "a dictionary"),
    "edit button without a repository": (
        'html_theme_options = {"use_edit_page_button": True}', "option", "scientific_python_repository"),
    "option of another theme": (
        'html_theme_options = {"repository_url": "https://github.com/a/b"}', "option",
        "write scientific_python_repository = 'https://github.com/a/b'"),
    "markup in analytics": ("scientific_python_analytics = '\"><script>'", "analytics", "not usable"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_a_warning(mistake, tmp_path: Path):
    import io

    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    line, subtype, says = MISTAKES[mistake]
    source = tmp_path / "docs"
    (source / "_static").mkdir(parents=True)
    (source / "_static" / "logo.svg").write_text(SVG)
    (source / "_static" / "versions.json").write_text('[{"version": "1", "url": "https://x.org/"}]')
    (source / "_static" / "broken.json").write_text("[{")
    (source / "_static" / "list.json").write_text('[{"version": "1", "url": "https://[x/"}]')
    (source / "index.rst").write_text("Home\n====\n\nText.\n")
    (source / "conf.py").write_text(
        f'extensions = ["scientific_python_theme"]\nhtml_theme = "pydata_sphinx_theme"\n{line}\n'
    )
    warning = io.StringIO()
    with patch_docutils(source), docutils_namespace():
        app = Sphinx(source, source, tmp_path / "out", tmp_path / "d", "html", status=None, warning=warning)
        app.build()
    ours = [text for text in warning.getvalue().splitlines() if f"[scientific_python.{subtype}]" in text]
    assert ours, warning.getvalue()
    assert says in ours[0]
    assert "conf.py" in ours[0] or ".json" in ours[0]
    assert len(set(ours)) == len(ours), "said once"
    assert app.statuscode == 0
    assert (tmp_path / "out" / "index.html").read_text("utf-8").count("</html>") == 1
    assert "<script>'" not in (tmp_path / "out" / "index.html").read_text("utf-8")
