"""The project's own documentation: also the example of how little a conf.py needs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "scientific-python-theme"
author = "The Scientific Python developers"
extensions = [
    "scientific_python_theme",
    "myst_parser",
    "sphinx.ext.autodoc",
    "numpydoc",
    "sphinx_copybutton",
    "sphinx_design",
    "generated",  # reference pages made from code and templates
]
html_logo = html_favicon = "site/static/images/logo.svg"
html_theme_options = {"logo": {"text": "Scientific Python Theme"}}  # the mark alone does not say it
scientific_python_projects = ["site"]  # locked by `make demo`
scientific_python_symbols = True
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "_ext", "site"]
numpydoc_show_class_members = False
