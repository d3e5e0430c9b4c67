"""Height of the tide from two constituents."""

import numpy as np


def height(hours):
    """Metres above mean level, for hours since high water."""
    moon = 1.2 * np.cos(2 * np.pi * hours / 12.42)
    sun = 0.4 * np.cos(2 * np.pi * hours / 12.0)
    return moon + sun
