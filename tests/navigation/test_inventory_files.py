"""Reading inventories: as Sphinx does for honest ones, and a refusal for the others."""

import contextlib
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inventories_for_tests import HEAD, NUMPY, make_inventory
from sphinx.util.inventory import InventoryFile

from scientific_python_theme.errors import InventoryError
from scientific_python_theme.inventory import for_hugo, parse


def test_reads_what_sphinx_reads():
    data = make_inventory(
        [*NUMPY, "a name with spaces std:label -1 a.html#$ Title with  spaces", "c.x c:macro 1 c.html# -"]
    )
    theirs = InventoryFile.loads(data, uri="https://x.example").data
    ours = {(e.role, e.name): (f"https://x.example/{e.uri}", e.title) for e in parse(data, "x")}
    assert ours == {
        (role, name): (item.uri, name if item.display_name == "-" else item.display_name)
        for role, items in theirs.items()
        for name, item in items.items()
    }


def test_hugo_is_given_the_entry_that_sphinx_takes_of_two():
    entries = [("function", "a"), ("function", "b"), ("method", "c")]
    data = make_inventory([f"x.f py:{kind} 1 {page}.html#$ -" for kind, page in entries])
    theirs = InventoryFile.loads(data, uri="").data
    names = json.loads(for_hugo(parse(data, "x"), id_="x", docs="https://x.example/"))["names"]
    assert names == {"x.f": "py:function b.html#$ -\npy:method c.html#$ -"}
    assert theirs["py:function"]["x.f"].uri == "b.html#x.f"


def test_version_1():
    found = parse(
        b"# Sphinx inventory version 1\n# Project: Old\n# Version: 1.0\nos mod os.html\nos.walk function os.html\n",
        "x",
    )
    assert [(e.name, e.role, e.uri) for e in found] == [
        ("os", "py:module", "os.html#module-os"),
        ("os.walk", "py:function", "os.html#os.walk"),
    ]


def test_find_by_name_role_and_domain():
    found = parse(make_inventory(NUMPY), "x")
    assert [e.uri for e in found.find("numpy.fft.fft", "py")] == [
        "reference/generated/numpy.fft.fft.html#numpy.fft.fft"
    ]
    assert found.find("numpy.fft.fft", "std") == []
    assert found.find("nothing") == []


GOOD = make_inventory(NUMPY)
BOMB = HEAD % (b"x", b"1") + zlib.compress(b"a py:function 1 a.html -\n" * 6_000_000, 9)


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "an empty file"),
        (b"<!DOCTYPE html><title>Moved</title>", "a web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"hello", "something that begins with 'hello'"),
        (b"# Sphinx inventory version 3\n", "version 3 of the format"),
        (b"# Sphinx inventory version 2\n# Project", "within its header"),
        (GOOD[:-20], "truncated"),
        (GOOD[: GOOD.index(b"zlib.\n") + 6], "truncated"),
        (GOOD.replace(b"zlib", b"gzip"), "fourth line"),
        (GOOD[:140] + b"\xff\xff\xff" + GOOD[143:], "inflated"),
        (HEAD % (b"x", b"1") + zlib.compress(b"\xff\xfe \xff"), "not UTF-8"),
        (BOMB, "inflates to more than"),
        (make_inventory([]), "without entries"),
        (make_inventory(["nonsense"] * 9 + NUMPY), "cannot be read"),
        (make_inventory(["x\u202ey py:function 1 a.html -"]), "U+202E"),
        (make_inventory(["x\x0by py:function 1 a.html -"]), "U+000B"),
        (make_inventory(NUMPY, project="Num\x1b[31mPy"), "U+001B"),
        (make_inventory(["x py:function 1 javascript:alert(1) -"]), "javascript:"),
        (make_inventory(["x py:function 1 //evil.example/x -"]), "evil.example"),
        (make_inventory(["x py:function 1 https://evil.example/ -"]), "evil.example"),
        (make_inventory(["x py:function 1 ../../etc/passwd -"]), "does not lie below"),
        (make_inventory(['x py:function 1 a.html#"><script> -']), "does not lie below"),
    ],
)
def test_refused_with_the_reason(data, words):
    with pytest.raises(InventoryError) as caught:
        parse(data, "https://x.example/objects.inv")
    assert words in str(caught.value)
    assert "https://x.example/objects.inv" in str(caught.value)


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_cause_a_traceback(data, framed):
    with contextlib.suppress(InventoryError):
        parse(HEAD % (b"x", b"1") + zlib.compress(data) if framed else data, "x")


def test_hostile_names_are_only_text():
    """C++ and label names may hold quotes and angle brackets; they are data, never markup."""
    names = ["operator<", 'a"b', "<script>alert(1)</script>", "x&y", "'"]
    found = parse(make_inventory([f"{n} cpp:function 1 a.html -" for n in names]), "x")
    data = json.loads(for_hugo(found, id_="x", docs="https://x.example/"))
    assert sorted(data["names"]) == sorted(names)
