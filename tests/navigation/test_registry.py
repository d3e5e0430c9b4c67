"""The registry: complete, sourced, checked, and open to a site's own entries."""

import json
import re
import tomllib

import jsonschema
import pytest
from support import write_tree

from scientific_python_theme import paths, projects, projects_json
from scientific_python_theme.errors import RegistryError

FILE = paths.hugo_theme() / "data" / "scientific_python" / "projects.toml"
CORE = [
    "astropy",
    "ipython",
    "matplotlib",
    "mne-python",
    "narwhals",
    "networkx",
    "numpy",
    "pandas",
    "pysal",
    "scikit-hep",
    "scikit-image",
    "scikit-learn",
    "scipy",
    "xarray",
    "zarr",
]
SITES = {"home", "blog", "learn", "specs", "tools", "forum", "devstats", "calendars", "video"}


@pytest.fixture(scope="module")
def registry():
    return projects.load()


def test_core_projects_and_sites_are_there(registry):
    assert [p.id for p in registry.projects.values() if p.kind == "core"] == CORE
    assert {p.id for p in registry.projects.values() if p.kind == "site"} >= SITES
    assert list(registry.specs) == list(range(10))


def test_every_fact_names_its_source():
    data = tomllib.loads(FILE.read_text("utf-8"))
    for id_, table in data["projects"].items():
        facts = set(table) - {"sources"}
        assert set(table["sources"]) == facts, f"{id_}: facts and sources differ"
        for source in table["sources"].values():
            codes = [c for c in source.split(", ") if len(c) == 1]
            assert all(code in data["origins"] for code in codes), f"{id_}: {source}"
    assert all(spec["source"] in data["origins"] for spec in data["specs"].values())


def test_pandas_keeps_its_lower_case(registry):
    assert registry.get("pandas").name == "pandas"


@pytest.mark.parametrize(
    "asked, id_",
    [
        ("sklearn", "scikit-learn"),
        ("np", "numpy"),
        ("NumPy", "numpy"),
        ("mne", "mne-python"),
        ("skimage", "scikit-image"),
    ],
)
def test_found_by_any_usual_name(registry, asked, id_):
    assert registry.get(asked).id == id_


def test_unknown_name_gets_the_nearest(registry):
    with pytest.raises(RegistryError, match="did you mean 'scipy'"):
        registry.get("scpy")


@pytest.mark.parametrize(
    "url, name, id_",
    [
        ("https://numpy.org/doc/stable/", "", "numpy"),
        ("https://www.numpy.org", "", "numpy"),
        ("https://numpy.org.evil.example/", "x", None),
        ("https://scientific-python.org/specs/spec-0001/", "", "specs"),
        ("https://scientific-python.org/", "", "home"),
        ("", "scikit-learn", "scikit-learn"),
        ("http://127.0.0.1:8000/", "Blog", "blog"),
        ("https://someone.example/", "Blog", None),
        ("https://someone.example/", "SciPy", "scipy"),
        ("http://[bad", "", None),
    ],
)
def test_a_site_finds_itself(registry, url, name, id_):
    found = registry.find(url=url, name=name)
    assert (found.id if found else None) == id_


@pytest.mark.parametrize(
    "id_, version, url",
    [
        ("numpy", "stable", "https://numpy.org/doc/stable/"),
        ("numpy", "dev", "https://numpy.org/devdocs/"),
        ("numpy", "1.26", "https://numpy.org/doc/1.26/"),
        ("numpy", "1.26.4", "https://numpy.org/doc/1.26/"),
        ("scipy", "1.14.1", "https://docs.scipy.org/doc/scipy-1.14.1/"),
        ("pandas", "2.2", "https://pandas.pydata.org/pandas-docs/version/2.2/"),
    ],
)
def test_documentation_by_version(registry, id_, version, url):
    assert registry.get(id_).docs_url(version) == url


def test_installed_version(registry):
    import matplotlib
    import numpy

    minor = ".".join(numpy.__version__.split(".")[:2])
    assert registry.get("numpy").docs_url("installed").rstrip("/").endswith(minor)
    assert matplotlib  # installed, but no address for its releases is known: say so
    with pytest.raises(RegistryError, match="no documentation of version"):
        registry.get("matplotlib").docs_url("installed")
    with pytest.raises(RegistryError, match="not installed here"):
        registry.get("mne-python").docs_url("installed")


def test_a_site_adds_changes_and_hides(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        '[projects.tidepool]\nname = "Tidepool"\nhomepage = "https://tidepool.example/"\n'
        '[projects.numpy]\nforum = "https://forum.example/numpy"\n[projects.zarr]\nhide = true\n'
    )
    changed = projects.load(own)
    assert [p.id for p in changed.menu()][-1] == "tidepool"
    assert changed.get("numpy").forum == "https://forum.example/numpy"
    assert changed.get("numpy").homepage == "https://numpy.org"
    assert "zarr" not in changed.projects
    assert projects.load(
        {"projects": {"zarr": {"hide": True}}}
    ).projects.keys() == projects.load().projects.keys() - {"zarr"}


def test_an_own_address_leaves_the_others(tmp_path, hugo):
    """Hugo and Python join a table with the registry's: the stable documentation stays known."""
    site = write_tree(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://docs.scipy.org/doc/scipy/"\ntitle = "T"\n',
            "data/scientific_python/own.toml": '[projects.scipy.docs]\n"0.9" = "https://old.example/0.9/"\n',
        },
    )
    changed = projects.load(site / "data/scientific_python/own.toml").get("scipy")
    assert changed.docs_url("0.9") == "https://old.example/0.9/"
    assert changed.docs_url() == "https://docs.scipy.org/doc/scipy/"
    hugo(site)
    assert '<a href="https://scipy.org" aria-current="true">' in (site / "public/index.html").read_text(
        "utf-8"
    )


def test_the_examples_of_the_help_are_in_the_registry(cli, registry):
    """The first thing that a reader copies."""
    names = re.findall(r"inventory add (.+)", cli("inventory", "--help").output)[0].split()
    for id_, _, version in (name.partition("@") for name in names):
        assert registry.get(id_).docs_url(version or "stable")


@pytest.mark.parametrize(
    "text, line, words",
    [
        ('[projects.foo]\nname = "x"', 1, "homepage: missing"),
        ('[projects.numpy]\n\nhomepge = "x"', 3, "did you mean 'homepage'"),
        ('[projects.numpy]\nhomepage = "javascript:alert(1)"', 2, "begins with https://"),
        ('[projects.numpy]\nhomepage = "https://x/\\"><script>"', 2, "begins with https://"),
        ('[projects.numpy]\nname = "a\\nb"', 2, "expected a text"),
        ("[projects.numpy]\ncolours = ['red']", 2, "#rrggbb"),
        ('[projects.numpy]\ndocs_pattern = "https://numpy.org/{version}/"', 2, "{minor} or {full}"),
        ('[projects.numpy]\ndocs_pattern = "https://numpy.org/{minor"', 2, "{minor} or {full}"),
        ('[projects.numpy]\npypi = "num py"', 2, "name of a project on PyPI"),
        ('[projects.numpy]\ndocs = { stable = 3 }', 2, "table of addresses"),
        ("[projects.numpy]\nspecs_adopted = [77]", 2, "specs_adopted: no SPEC 77"),
        ('[projects.numpy]\nhomepage = "https://bücher.example/"', 2, "as xn--"),
        ('[projects.numpy]\nkind = "heart"', 2, "expected one of core"),
        ('[projects."../x"]\nname = "x"', None, "an id has lower-case"),
        ("[bar]\nsites = ['nowhere']", 2, "no project 'nowhere'"),
        ("[projects.numpy]\n[projects.numpy]", 2, "not valid TOML"),
        ("x =", None, "not valid TOML"),
        (f"x = {'[' * 2000}", None, "not valid TOML"),
        (f"x = {'9' * 5000}", None, "not valid TOML"),
        ("[specs.'²']", None, "expected [specs.NUMBER]"),
        (f"[specs.{'9' * 5000}]", 1, "expected [specs.NUMBER]"),
        ("version = 9", None, "this release reads 1"),
        ("[project.numpy]", None, "did you mean 'projects'"),
        ("projects = 3", None, "must be a"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(tmp_path, text, line, words):
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(RegistryError) as caught:
        projects.load(own)
    message = str(caught.value)
    assert words in message
    assert f"{own}:{line}:" in message if line else str(own) in message


@pytest.mark.parametrize(
    "table, words",
    [
        ({1: {"name": "x"}}, "[projects.1] : an id has lower-case"),
        ({"numpy": {"aliases": {1: "numpy"}}}, "[projects.numpy] aliases: expected a table of texts"),
        (
            {"numpy": {"docs": {1: "https://numpy.org/"}}},
            "[projects.numpy] docs: expected a table of addresses",
        ),
        ({"numpy": {1: "x"}}, "[projects.numpy] 1: unknown key"),
    ],
)
def test_keys_of_a_dict_must_be_texts(table, words):
    with pytest.raises(RegistryError) as caught:
        projects.load({"projects": table})
    assert words in str(caught.value)


def test_published_json_fits_its_schema(registry, tmp_path):
    projects_json.publish(registry, tmp_path)
    folder = tmp_path / "registry" / "v1"
    data = json.loads((folder / "projects.json").read_text("utf-8"))
    schema = json.loads((folder / "schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)
    assert len(data["projects"]) == len(registry.projects)
    data["projects"]["numpy"]["homepage"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(data)


def test_commands(cli, tmp_path):
    listed = cli("projects", "list")
    assert listed.exit_code == 0
    assert all(id_ in listed.output for id_ in CORE)
    assert json.loads(cli("projects", "show", "np", "--output-format", "json").output)["id"] == "numpy"
    assert "[S]" in cli("projects", "show", "numpy").output
    assert cli("projects", "check").exit_code == 0
    bad = tmp_path / "own.toml"
    bad.write_text("[projects.numpy]\nhomepage = 1\n")
    result = cli("projects", "check", bad)
    assert result.exit_code == 2
    assert f"{bad}:2: [projects.numpy] homepage" in result.output
