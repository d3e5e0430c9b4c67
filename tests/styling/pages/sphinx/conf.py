project = "Components of a project with a long name"
copyright = "the developers"
extensions = [
    "scientific_python_theme",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinx.ext.autodoc",
    "numpydoc",
]
html_theme_options = {"navbar_end": ["theme-switcher"]}
exclude_patterns = ["_build"]
