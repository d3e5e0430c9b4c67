"""Documentation of tidepool; the theme has to do with its own extension and with `scientific_python_…`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

project = "tidepool"
scientific_python_projects = ["site"]  # locked in ../inventories.lock
scientific_python_symbols = True
extensions = [
    "scientific_python_theme",
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "matplotlib.sphinxext.plot_directive",
]
html_sidebars = {"**": []}  # a handful of pages needs no section tree
html_logo = "_static/logo.svg"
myst_enable_extensions = ["colon_fence"]
nb_execution_mode = "off"  # the notebook is shown with the output it was saved with
numpydoc_show_class_members = False
