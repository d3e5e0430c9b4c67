"""The Sphinx door: extensions named ``scientific_python_theme.sphinx_ext.<part>``."""
