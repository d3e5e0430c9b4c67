"""SciPy 1.17.1: what is left to say of theme, boilerplate, copy button, source links and switcher."""

extensions += ["scientific_python_theme"]
scientific_python_project = "scipy"
scientific_python_projects = ["python", "numpy", "matplotlib", "statsmodels", "mpmath"]
scientific_python_versions = {"file": "_static/version_switcher.json", "url": "https://scipy.github.io/devdocs/_static/version_switcher.json"}
scientific_python_analytics = "docs.scipy.org"
scientific_python_linkcode = True
intersphinx_mapping = {
    "neps": ("https://numpy.org/neps", None),
    "asv": ("https://asv.readthedocs.io/en/stable/", None),
}
default_role = "autolink"
add_function_parentheses = False
exclude_patterns = ["**.ipynb"]
html_title = f"{project} v{version} Manual"
html_css_files = ["scipy.css"]
html_domain_indices = False
html_sidebars = {"index": ["search-button-field"], "**": ["search-button-field", "sidebar-nav-bs"]}
html_theme_options = {
    "logo": {"text": "SciPy"},
    "navbar_persistent": [],
    "secondary_sidebar_items": ["page-toc"],
}
