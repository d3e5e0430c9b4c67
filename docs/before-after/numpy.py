"""NumPy 2.4.6: what is left to say of theme, boilerplate, copy button, source links and switcher."""

extensions += ["scientific_python_theme"]
scientific_python_project = "numpy"
scientific_python_projects = ["python", "scipy", "matplotlib", "imageio", "scikit-image", "pandas", "pytest", "numpydoc"]
scientific_python_analytics = "numpy.org/doc/stable/"
scientific_python_linkcode = True
intersphinx_mapping = {
    "neps": ("https://numpy.org/neps", None),
    "scipy-lecture-notes": ("https://scipy-lectures.org", None),
    "numpy-tutorials": ("https://numpy.org/numpy-tutorials", None),
    "dlpack": ("https://dmlc.github.io/dlpack/latest", None),
}
default_role = "autolink"
add_function_parentheses = False
html_title = f"{project} v{version} Manual"
html_favicon = "_static/favicon/favicon.ico"
html_logo = "_static/numpylogo.svg"
html_css_files = ["numpy.css"]
html_context = {"default_mode": "light"}
html_domain_indices = False
html_theme_options = {
    "collapse_navigation": True,
    "switcher": {
        "json_url": "https://numpy.org/doc/_static/versions.json",
        "version_match": "devdocs" if ".dev" in version else version,
    },
    "external_links": [
        {"name": "Learn", "url": "https://numpy.org/numpy-tutorials/"},
        {"name": "NEPs", "url": "https://numpy.org/neps"},
    ],
    "navbar_end": ["search-button", "theme-switcher", "version-switcher", "navbar-icon-links"],
    "navbar_persistent": [],
}
