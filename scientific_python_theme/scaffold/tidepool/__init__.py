"""Tides at a point of the coast, from a handful of harmonic constituents."""

from .tides import Constituent, height, high_waters

__all__ = ["Constituent", "height", "high_waters"]
__version__ = "1.0.0"
