"""``python -m scientific_python_theme`` is the command line."""

from .cli import main

main(prog_name="scientific-python-theme")
