"""Images in the documentation that Python files hold."""

from __future__ import annotations

import pytest

from scientific_python_theme.lint.model import Image
from scientific_python_theme.lint.sources.python import read


def found(text: str) -> list[tuple[str, str | None, int, int]]:
    return [(i.src, i.alt, i.place.line, i.place.column) for i in read(text, "mod.py").images]


def only(text: str) -> Image:
    (image,) = read(text, "mod.py").images
    return image


LIGHT = "# ---\n# format_name: light\n# ---\n\n"
CASES = {
    "module": ('"""Mod.\n\n.. image:: a.png\n"""\n', [("a.png", None, 3, 1)]),
    "first line": ('""".. image:: a.png"""\n', [("a.png", None, 1, 4)]),
    "class": ("class A:\n    '''A.\n\n    .. image:: a.png\n       :alt: A\n    '''\n", [("a.png", "A", 4, 5)]),
    "method": (
        'class A:\n    def f(self):\n        """F.\n\n        .. image:: a.png\n        """\n', [("a.png", None, 5, 9)]
    ),
    "async function": ('async def f():\n    """F.\n\n    .. image:: a.png\n    """\n', [("a.png", None, 4, 5)]),
    "under if": ('if x:\n    def f():\n        """F.\n\n        .. image:: a.png\n        """\n', [("a.png", None, 5, 9)]),
    "attribute": ('x = 1\n"""X.\n\n.. image:: a.png\n"""\n', [("a.png", None, 4, 1)]),
    "annotated attribute": ('class A:\n    x: int\n    """.. image:: a.png"""\n', [("a.png", None, 3, 8)]),
    "numpydoc section": (
        'def f():\n    """F.\n\n    Notes\n    -----\n    Text.\n\n    .. image:: a.png\n       :alt: A\n\n    Examples\n    --------\n    >>> 1\n    """\n',
        [("a.png", "A", 8, 5)],
    ),
    "parameter's description": (
        'def f(x):\n    """F.\n\n    Parameters\n    ----------\n    x : int\n        See\n\n        .. image:: a.png\n    """\n',
        [("a.png", None, 9, 9)],
    ),
    "raw string": ('r"""M.\n\n.. image:: a.png\n   :alt: \\beta\n"""\n', [("a.png", "\\beta", 3, 1)]),
    "escapes": ('"""M \\"x\\".\\n\\n.. image:: a\\x2epng\\n   :alt: caf\\u00e9 \\N{BULLET}"""\n'.replace("\\N{BULLET}", "x"), [("a.png", "café x", 1, 16)]),
    "adjacent parts": (
        'def f():\n    ("One.\\n\\n"  # first\n     ".. image:: a.png\\n"\n     "   :alt: A")\n', [("a.png", "A", 3, 7)]
    ),
    "continued line": ('"""M.\n\n.. image:: a.png\n   :alt: One \\\ntwo\n"""\n', [("a.png", "One two", 3, 1)]),
    "tabs": ('def f():\n\t"""F.\n\n\t.. image:: a.png\n\t"""\n', [("a.png", None, 4, 2)]),
    "windows line ends": ('"""M.\r\n\r\n.. image:: a.png\r\n"""\r\n', [("a.png", None, 3, 1)]),
    "byte-order mark": ('\ufeff"""M.\n\n.. image:: a.png\n"""\n', [("a.png", None, 3, 1)]),
    "after wide characters": ('x = "𝒳é"; y = 1; """.. image:: a.png"""\n', [("a.png", None, 1, 21)]),
    "added docstring": ('add_newdoc("m", "f", ("x", """X.\n\n.. image:: a.png\n"""))\n', [("a.png", None, 3, 1)]),
    "__doc__": ('f.__doc__ = """X.\n\n.. image:: a.png\n"""\n', [("a.png", None, 3, 1)]),
    "prolog in conf.py": ('rst_prolog = """\n.. |x| image:: a.png\n"""\n', [("a.png", None, 2, 1)]),
    "documentation comment": ("#: X\n#:\n#: .. image:: a.png\n#:    :alt: A\nx = 1\n", [("a.png", "A", 3, 4)]),
    "MyST docstring": ('def f():\n    """F.\n\n    ![A](a.png)\n    """\n', [("a.png", "A", 4, 5)]),
    "MyST fence": ('def f():\n    """F.\n\n    ```{image} a.png\n    :alt: A\n    ```\n    """\n', [("a.png", "A", 4, 5)]),
    "gallery header": ('"""\nTitle\n=====\n\n.. figure:: a.png\n"""\nimport x\n', [("a.png", None, 5, 1)]),
    "gallery cell": ("# %%\n# Text.\n#\n# .. image:: a.png\n#    :alt: A\nx = 1\n", [("a.png", "A", 4, 3)]),
    "gallery block": ("#" * 79 + "\n# Text.\n#\n# .. image:: a.png\nx = 1\n", [("a.png", None, 4, 3)]),
    "Markdown cell": ("# %% [markdown]\n# Text ![](a.png)\nx = 1\n", [("a.png", None, 2, 8)]),
    "light cells": (
        LIGHT + "# # Title ![](a.png)\n# <img src='b.png'>\n\nx = 1\n\n# ![c](c.png)",
        [("a.png", None, 5, 11), ("b.png", None, 6, 3), ("c.png", "c", 10, 3)],
    ),
    "raw HTML": ('"""M.\n\n.. raw:: html\n\n   <img src="a.png">\n"""\n', [("a.png", None, 5, 4)]),
    "plot": ('def f():\n    """F.\n\n    .. plot::\n        :alt: A\n\n        x\n    """\n', [("", "A", 4, 5)]),
    "newer Python": (
        "match x = 1\n\nT = '''\ntext\n'''\n\n# it's\ndef f():\n    r'''F.\n\n    .. image:: f.png\n    '''\n"
        "    return \"'\"  # '''\n\n\nclass A:\n    '''A.\n\n    .. image:: a.png\n    '''\n",
        [("f.png", None, 11, 5), ("a.png", None, 19, 5)],
    ),
    "Python 2": ('"""M.\n\n.. image:: a.png\n"""\nprint "x"\n', [("a.png", None, 3, 1)]),
}  # fmt: skip

NOT_IMAGES = {
    "f-string": 'def f():\n    f"""F.\n\n    .. image:: {a}.png\n    """\n',
    "other string": 'text = """\n.. image:: a.png\n"""\n',
    "argument": 'print("""\n.. image:: a.png\n""")\n',
    "later string": 'def f():\n    g()\n    """\n    .. image:: a.png\n    """\n',
    "plain comment": "# .. image:: a.png\nx = 1\n",
    "doctest": 'def f():\n    """F.\n\n    >>> print(".. image:: a.png")\n    .. image:: a.png\n    """\n',
    "Markdown in an example": 'def f():\n    """F.\n\n    >>> show("![](a.png)")\n    """\n',
    "argument in a newer Python": (
        'match x = 1\nf(\n    """\n.. image:: a.png\n""")\nf("a",  # b\n"""\n.. image:: a.png\n""")\n'
    ),
    "f-string in a newer Python": 'match x = 1\nf"""\n.. image:: a.png\n"""\n',
    "code in light cells": LIGHT
    + "# ![](a.png)\nx = 1  # ![](b.png)\n\n# +\n# ![](c.png)\n\n# ![](d.png)\n\n# -\n\n# ![](e.png)\nx",
    "comment of a script": "# ---\n# a: b\n# ---\n\n# ![](a.png)\n\nx = 1\n",
    "string that holds a cell mark": 'x = """\n# %%\n# .. image:: a.png\n"""\n',
}


@pytest.mark.parametrize("name", CASES)
def test_image_is_found_where_it_stands(name: str):
    text, expected = CASES[name]
    assert found(text) == expected


@pytest.mark.parametrize("name", NOT_IMAGES)
def test_what_documents_nothing_is_left_alone(name: str):
    assert found(NOT_IMAGES[name]) == []


def test_heading_says_what_is_documented():
    assert only('class A:\n    def f(self):\n        """.. image:: a.png"""\n').around.heading == "A.f"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ('def f():\n    """F.\n\n    .. image:: a.png\n    """  # alt-text: ignore[ALT001]\n', (2, 5)),
        (
            '# alt-text: ignore[ALT001]\ndef f():\n    """F.\n\n    .. image:: a.png\n    """\n    x = 1\n',
            (1, 6),
        ),
        ('def f():  # alt-text: ignore[ALT001]\n    """F.\n\n    .. image:: a.png\n    """\n', (1, 5)),
    ],
)
def test_comment_covers_its_statement(text: str, span: tuple[int, int]):
    (suppression,) = read(text, "mod.py").suppressions
    assert (suppression.first, suppression.last) == span
    assert suppression.first <= only(text).place.line <= suppression.last


def test_comment_inside_a_docstring_works_as_in_any_text():
    text = 'def f():\n    """F.\n\n    .. alt-text: ignore\n\n    .. image:: a.png\n    """\n'
    (suppression,) = read(text, "mod.py").suppressions
    assert (suppression.first, suppression.last) == (4, 6)


def test_broken_file_is_told_with_its_place():
    (problem,) = read('"""\n.. image:: a.png\n"""\nx = (\n', "mod.py").problems
    assert "cannot read it (SyntaxError)" in problem.message
    assert "not valid" not in problem.message, "a newer Python may well read it"


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ('def f():\n    """F.\n\n    .. image:: a.png\n    """\n', "\n       :alt: {}"),
        ('def f():\n    """F.\n\n    .. image:: a.png\n      :width: 3\n    """\n', "\n      :alt: {}"),
        ("#: X\n#:\n#: .. image:: a.png\nx = 1\n", "\n#:    :alt: {}"),
        ("# %%\n# .. image:: a.png\n#    :width: 3\n", "\n#    :alt: {}"),
    ],
)
def test_inserting_an_alternative_fits_the_file(text: str, template: str):
    assert only(text).facts["insert_alt"][1] == template
