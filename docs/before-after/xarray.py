"""xarray 2026.9.0: what is left to say of theme, boilerplate, copy button, source links and intersphinx."""

extensions += ["scientific_python_theme"]
scientific_python_project = "xarray"
scientific_python_projects = ["python", "numpy", "pandas", "scipy", "matplotlib", "dask", "numba", "zarr"]
scientific_python_linkcode = True
intersphinx_mapping = {
    "cftime": ("https://unidata.github.io/cftime", None),
    "cubed": ("https://cubed-dev.github.io/cubed/", None),
    "flox": ("https://flox.readthedocs.io/en/latest/", None),
    "hypothesis": ("https://hypothesis.readthedocs.io/en/latest/", None),
    "iris": ("https://scitools-iris.readthedocs.io/en/latest", None),
    "sparse": ("https://sparse.pydata.org/en/latest/", None),
    "xarray-tutorial": ("https://tutorial.xarray.dev/", None),
    "xarray-lmfit": ("https://xarray-lmfit.readthedocs.io/stable", None),
}
templates_path = ["_templates", sphinx_autosummary_accessors.templates_path]
exclude_patterns = ["_build", "debug.ipynb", "**.ipynb_checkpoints"]
html_title = ""
html_logo = "_static/logos/Xarray_Logo_RGB_Final.svg"
html_favicon = "_static/logos/Xarray_Icon_Final.svg"
html_css_files = ["style.css"]
html_theme_options = {
    "header_links_before_dropdown": 8,
    "navbar_align": "left",
    "footer_center": ["last-updated"],
}
