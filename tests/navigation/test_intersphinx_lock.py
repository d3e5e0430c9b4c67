"""Real Sphinx builds on the lock: no network, little memory, no silent wrong link."""

import json
import pickle
import re

import pytest
from inventories_for_tests import NUMPY, SCIPY, make_inventory
from support import write_tree

CONF = """
project = "Tidepool"
extensions = ["scientific_python_theme.sphinx_ext.navigation"]
html_theme = "basic"
scientific_python_projects = ["numpy", "scipy"]
"""
# Any attempt to leave the machine ends the build.
NO_NETWORK = """
import socket
def refuse(*a, **k):
    raise SystemExit("a build must not use the network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
"""
INDEX = """
Home
====

:func:`numpy.linspace` :func:`scipy.linalg.solve` :external+numpy:doc:`user/quickstart`
:external+scipy:ref:`install` :ref:`only-scipy` :ref:`broadcasting` :any:`numpy.ndarray`

.. toctree::

   more
"""


@pytest.fixture
def project(tmp_path, cli, monkeypatch):
    """A project with two locked inventories."""
    folder = write_tree(
        tmp_path / "docs",
        {"conf.py": CONF, "index.rst": INDEX, "more.rst": "More\n====\n\n:class:`numpy.ndarray`\n"},
    )
    write_tree(tmp_path, {"n.inv": make_inventory(NUMPY), "s.inv": make_inventory(SCIPY, "SciPy", "1.16")})
    write_tree(tmp_path / "quiet", {"sitecustomize.py": NO_NETWORK})
    for id_, file in (("numpy", "n.inv"), ("scipy", "s.inv")):
        assert cli("inventory", "add", id_, "--from", tmp_path / file, "--dir", tmp_path).exit_code == 0
    return folder


def hrefs(file):
    return re.findall(r'<a class="reference external" href="([^"]+)"', file.read_text("utf-8"))


WANTED = [
    "https://numpy.org/doc/stable/reference/generated/numpy.linspace.html#numpy.linspace",
    "https://docs.scipy.org/doc/scipy/reference/generated/scipy.linalg.solve.html#scipy.linalg.solve",
    "https://numpy.org/doc/stable/user/quickstart.html",
    "https://docs.scipy.org/doc/scipy/install.html",
    "https://docs.scipy.org/doc/scipy/only.html",
    "https://numpy.org/doc/stable/user/broadcasting.html#broadcasting",
    "https://numpy.org/doc/stable/reference/generated/numpy.ndarray.html#numpy.ndarray",
]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_links_resolve_without_network_and_without_warning(project, sphinx_build, jobs):
    """Also on the second, incremental build, whose environment comes from the pickle."""
    out = project.parent / "html"
    env = {"PYTHONPATH": str(project.parent / "quiet")}
    sphinx_build(project, out, "-W", "-j", jobs, env=env)
    assert hrefs(out / "index.html") == WANTED
    (project / "index.rst").write_text(INDEX + "\nagain\n")
    sphinx_build(project, out, "-W", "-j", jobs, env=env)
    assert hrefs(out / "index.html") == WANTED


def test_the_environment_does_not_carry_the_inventories(project, sphinx_build):
    out = project.parent / "html"
    big = make_inventory([f"numpy.f{i} py:function 1 f{i}.html#$ -" for i in range(50_000)])
    sphinx_build(project, out)
    small = (out.parent / "html-doctrees/environment.pickle").stat().st_size
    (project.parent / "n.inv").write_bytes(big)
    from click.testing import CliRunner

    from scientific_python_theme.cli import main

    result = CliRunner().invoke(
        main,
        ["inventory", "add", "numpy", "--from", str(project.parent / "n.inv"), "--dir", str(project.parent)],
    )
    assert result.exit_code == 0
    (project / "index.rst").write_text("Home\n====\n\n:func:`numpy.f4711`\n\n.. toctree::\n\n   more\n")
    sphinx_build(project, out)
    assert hrefs(out / "index.html") == ["https://numpy.org/doc/stable/f4711.html#numpy.f4711"]
    pickled = out.parent / "html-doctrees/environment.pickle"
    assert pickled.stat().st_size < small + 5_000
    with pickled.open("rb") as stream:
        assert pickle.load(stream).intersphinx_named_inventory == {"numpy": {}, "scipy": {}}


@pytest.mark.parametrize(
    "reference, name",
    [(":ref:`install`", "install"), (":doc:`release`", "release"), (":ref:`INSTALL`", "install")],
)
def test_a_name_of_several_projects_belongs_to_none(project, sphinx_build, reference, name):
    (project / "index.rst").write_text(f"Home\n====\n\n{reference}\n\n.. toctree::\n\n   more\n")
    out = project.parent / "html"
    done = sphinx_build(project, out)
    assert hrefs(out / "index.html") == []
    assert f"'{name}' is a name in several projects: numpy, scipy; say which: :external+numpy:" in done.stderr
    assert "index.rst:4: WARNING" in done.stderr


def test_python_names_come_from_the_project_named_first(project, sphinx_build):
    (project / "index.rst").write_text("Home\n====\n\n:func:`numpy.fft.fft`\n\n.. toctree::\n\n   more\n")
    done = sphinx_build(project, project.parent / "html", "-W")
    assert len(hrefs(project.parent / "html/index.html")) == 1
    assert "loading intersphinx inventory" not in done.stdout


def test_exactly_the_named_projects(project, sphinx_build):
    """A project that is locked but not named gives no link."""
    out = project.parent / "html"
    sphinx_build(project, out, "-D", "scientific_python_projects=scipy")
    assert all(href.startswith("https://docs.scipy.org/") for href in hrefs(out / "index.html"))
    assert len(hrefs(out / "index.html")) == 3


@pytest.mark.parametrize(
    "break_it, words",
    [
        (
            lambda root: (root / "inventories.lock").unlink(),
            "no inventories.lock found; run: scientific-python-theme inventory add",
        ),
        (lambda root: (root / "inventories/numpy.inv").unlink(), "inventory update numpy"),
        (
            lambda root: (root / "inventories/numpy.inv").write_bytes(b"x"),
            "is not the file that inventories.lock names",
        ),
        (lambda root: (root / "inventories.lock").write_text("x"), "not valid TOML"),
        (
            lambda root: (root / "docs/conf.py").write_text(CONF.replace('"numpy"', '"numpy", "nunpy"')),
            "did you mean 'numpy'",
        ),
        (
            lambda root: (root / "docs/conf.py").write_text(CONF.replace('"numpy"', '"numpy", "pandas"')),
            "inventory add pandas",
        ),
        (
            lambda root: (root / "docs/conf.py").write_text(CONF.replace('"numpy"', '"numpy@dev"')),
            "numpy@dev is wanted but numpy@stable is locked",
        ),
    ],
)
def test_trouble_is_a_warning_with_a_remedy(project, sphinx_build, break_it, words):
    break_it(project.parent)
    done = sphinx_build(project, project.parent / "html", env={"PYTHONPATH": str(project.parent / "quiet")})
    assert words in done.stderr
    assert "[scientific_python.inventory]" in done.stderr


@pytest.mark.parametrize("place", ["../nope", "../nope.lock", "."])
def test_a_lock_that_is_not_where_conf_py_says_is_named(project, sphinx_build, place):
    done = sphinx_build(
        project, project.parent / "html", "-D", f"scientific_python_inventories={place}", check=False
    )
    wanted = project / place / "inventories.lock" if place == "." else project / place
    assert f"scientific_python_inventories: there is no {wanted}; " in done.stderr


def reads_and_writes(done):
    """Documents that a build reads, and pages that it writes."""
    read = re.search(r"updating environment: .*?(\d+) added, (\d+) changed", done.stdout)
    wrote = re.findall(r"writing output\.\.\. \[ *\d+%\] (\w+)", re.sub(r"\x1b\[[\d;]*\w", "", done.stdout))
    return (sum(map(int, read.groups())) if read else 0), sorted(set(wrote))


def test_a_changed_inventory_lets_pages_be_written_again_and_not_read(project, cli, sphinx_build):
    root, out = project.parent, project.parent / "html"
    assert reads_and_writes(sphinx_build(project, out)) == (2, ["index", "more"])
    assert reads_and_writes(sphinx_build(project, out)) == (0, [])
    (root / "n2.inv").write_bytes(make_inventory([line.replace("generated/", "moved/") for line in NUMPY]))
    assert cli("inventory", "add", "numpy", "--from", root / "n2.inv", "--dir", root).exit_code == 0
    assert reads_and_writes(sphinx_build(project, out)) == (0, ["index", "more"])
    assert hrefs(out / "index.html")[0] == WANTED[0].replace("generated/", "moved/")
    assert reads_and_writes(sphinx_build(project, out)) == (0, [])


def test_an_altered_inventory_is_named_once_by_the_search(project, sphinx_build):
    """That project has no symbols of its own, so the locked ones decide whether there is a search."""
    conf = CONF.replace('["numpy", "scipy"]', "[]") + "scientific_python_symbols = True\n"
    write_tree(project, {"conf.py": conf, "index.rst": "Home\n====\n\n.. toctree::\n\n   more\n"})
    (project.parent / "inventories" / "numpy.inv").write_bytes(make_inventory(SCIPY))
    done = sphinx_build(project, project.parent / "html")
    assert done.stderr.count("numpy.inv") == 1


def test_a_changed_registry_lets_pages_be_read_again(project, sphinx_build):
    own, out = project / "own.toml", project.parent / "html"
    with (project / "conf.py").open("a") as conf:
        conf.write('scientific_python_registry = "own.toml"\n')
    for label in ("Numerics", "Arrays"):
        own.write_text(f'[projects.numpy]\nlabel = "{label}"\n')
        assert reads_and_writes(sphinx_build(project, out)) == (2, ["index", "more"])
        assert f">{label}</a>" in (out / "more.html").read_text("utf-8")
    assert reads_and_writes(sphinx_build(project, out)) == (0, [])


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("", ["numpy", "scipy", "tidepool"]),
        ("scientific_python_projects = ['scipy']", ["scipy", "tidepool"]),
        ("scientific_python_projects = []", ["numpy", "scipy", "tidepool"]),
        ("scientific_python_inventories = 'other'", ["numpy", "tidepool"]),
    ],
)
def test_symbols_are_those_of_the_named_projects_in_the_named_lock(
    project, cli, sphinx_build, settings, found
):
    (project / "other").mkdir()
    file = project.parent / "n.inv"
    assert cli("inventory", "add", "numpy", "--from", file, "--dir", project / "other").exit_code == 0
    with (project / "conf.py").open("a") as conf:
        conf.write(f"scientific_python_symbols = True\n{settings}\n")
    with (project / "index.rst").open("a") as index:
        index.write("\n.. py:function:: tidepool.tide()\n")
    sphinx_build(project, project.parent / "html")
    about = json.loads(
        (project.parent / "html/_static/scientific-python-theme/symbols/index.json").read_text("utf-8")
    )
    assert [id_ for id_, *_ in about["projects"]] == found


def test_a_mapping_of_conf_py_is_kept(project, sphinx_build, inv):
    (project / "own.inv").write_bytes(
        inv(["numpy.linspace py:function 1 mine.html -", "x.y py:function 1 y.html -"])
    )
    with (project / "conf.py").open("a") as conf:
        conf.write('intersphinx_mapping = {"numpy": ("https://mine.example/", "own.inv")}\n')
    (project / "index.rst").write_text(
        "Home\n====\n\n:func:`numpy.linspace` :func:`scipy.linalg.solve`\n\n.. toctree::\n\n   more\n"
    )
    sphinx_build(project, project.parent / "html")
    assert hrefs(project.parent / "html/index.html") == ["https://mine.example/mine.html", WANTED[1]]
