"""Small inventories that tests of navigation share."""

import zlib

HEAD = (
    b"# Sphinx inventory version 2\n# Project: %s\n# Version: %s\n"
    b"# The remainder of this file is compressed using zlib.\n"
)


def make_inventory(lines: str | list[str], project: str = "NumPy", version: str = "2.3") -> bytes:
    """Bytes of an objects.inv with these lines."""
    text = lines if isinstance(lines, str) else "\n".join(lines) + "\n"
    return HEAD % (project.encode(), version.encode()) + zlib.compress(text.encode())


NUMPY = [
    "numpy.fft.fft py:function 1 reference/generated/numpy.fft.fft.html#$ -",
    "numpy.fft.ifft py:function 1 reference/generated/numpy.fft.ifft.html#$ -",
    "numpy.linspace py:function 1 reference/generated/numpy.linspace.html#$ -",
    "numpy.ndarray py:class 1 reference/generated/numpy.ndarray.html#$ -",
    "user/quickstart std:doc -1 user/quickstart.html NumPy quickstart",
    "release std:doc -1 release.html Release notes",
    "Broadcasting std:label -1 user/broadcasting.html#broadcasting Broadcasting rules",
    "install std:label -1 install.html Installing",
    "glossary std:label -1 glossary.html Glossary",
]
SCIPY = [
    "scipy.fft.fft py:function 1 reference/generated/scipy.fft.fft.html#$ -",
    "scipy.linalg.solve py:function 1 reference/generated/scipy.linalg.solve.html#$ -",
    "release std:doc -1 release.html Release notes",
    "install std:label -1 install.html Installing SciPy",
    "only-scipy std:label -1 only.html Only here",
]
