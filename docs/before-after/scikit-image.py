"""scikit-image 0.26.0: what is left to say of theme, boilerplate, source links, switcher and intersphinx."""

extensions += ["scientific_python_theme"]
scientific_python_project = "scikit-image"
scientific_python_projects = ["python", "numpy", "scipy", "scikit-learn", "matplotlib", "networkx", "seaborn"]
scientific_python_versions = "_static/version_switcher.json"
scientific_python_analytics = "scikit-image.org"
scientific_python_linkcode = {"path": "src/skimage"}
intersphinx_mapping = {"plotly": ("https://plotly.com/python-api-reference/", None)}
default_role = "py:obj"
html_css_files = ["theme_overrides.css"]
html_sidebars = {"auto_examples/index": []}
html_theme_options = {
    "logo": {
        "alt_text": "scikit-image's logo, showing a snake's head overlayed with green and orange",
        "text": "scikit-image",
        "link": "https://scikit-image.org",
    },
    "navbar_align": "left",
    "show_prev_next": False,
}
html_logo = "_static/logo.png"
