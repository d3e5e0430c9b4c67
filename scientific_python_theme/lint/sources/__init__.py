"""Readers: one module per format, each with ``read(text, path) -> Document``."""
