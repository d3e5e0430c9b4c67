"""NetworkX 3.6.1: what is left to say of theme, boilerplate, switcher and intersphinx."""

extensions += ["scientific_python_theme"]
scientific_python_project = "networkx"
scientific_python_projects = ["python", "numpy", "matplotlib", "scipy", "pandas", "geopandas", "sphinx-gallery", "sympy"]
scientific_python_versions = "_static/version_switcher.json"
scientific_python_analytics = "networkx.org"
intersphinx_mapping = {"nx-guides": ("https://networkx.org/nx-guides/", None)}
default_role = "obj"
add_module_names = False
exclude_patterns = ["release/release_template.rst", "build/*", "README.md"]
html_logo = "_static/networkx_banner.svg"
html_sidebars = {page: [] for page in ("index", "install", "tutorial", "backends", "auto_examples/index")}
html_theme_options = {
    "collapse_navigation": True,
    "navigation_depth": 2,
    "show_prev_next": False,
    "external_links": [{"name": "Guides", "url": "https://networkx.org/nx-guides/"}],
    "header_links_before_dropdown": 8,
}
