"""The symbol search: built by Python, asked in Node, as a reader's browser asks it."""

import gzip
import json
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from support import ROOT, need

from scientific_python_theme import projects, symbols
from scientific_python_theme.errors import ThemeError
from scientific_python_theme.inventory import parse

SCRIPT = ROOT / "hugo-theme" / "assets" / "js" / "symbol-search.js"
HERE = Path(__file__).parent


def inventory(project: str, lines: list[str]) -> bytes:
    head = f"# Sphinx inventory version 2\n# Project: {project}\n# Version: 1.0\n# The remainder of this file is compressed using zlib.\n"
    return head.encode() + zlib.compress(("\n".join(lines) + "\n").encode())


def entries(role: str, *names: str) -> list[str]:
    return [f"{name} {role} 1 reference/generated/{name}.html#$ -" for name in names]


NUMPY = [
    *entries("py:function", "numpy.linspace", "numpy.logspace", "numpy.arange", "numpy.histogram", "numpy.linalg.inv",
             "numpy.linalg.lstsq", "numpy.linalg.norm", "numpy.fft.fft", "numpy.std", "numpy.ma.std", "numpy.einsum", "numpy.array"),
    *entries("py:class", "numpy.ndarray"),
    *entries("py:method", "numpy.ndarray.std", "numpy.ndarray.reshape"),
    *entries("py:attribute", "numpy.ndarray.T"),
    *entries("py:module", "numpy.linalg"),
    *entries("py:data", "numpy.sin", "numpy.add"),  # ufuncs
    "numpy.e py:data 1 reference/constants.html#$ -",
    *entries("c:function", "PyArray_NDIM"),
    "linspace std:label -1 user/x.html#linspace How to use linspace",
]  # fmt: skip
OTHER = [
    *entries("py:function", "sklearn.model_selection.train_test_split", "sklearn.metrics.mean_squared_error"),
    *entries("py:class", "sklearn.svm.SVC", "sklearn.ensemble.RandomForestClassifier"),
    *entries("py:method", "sklearn.svm.SVC.fit", "sklearn.ensemble.RandomForestClassifier.fit"),
]
MANY = entries(
    "py:method",
    *[f"matplotlib.artist{i:03}.Artist.set_{w}" for i in range(300) for w in ("alpha", "zorder", "label")],
)
PANDAS = [
    *entries("py:function", "pandas.read_csv", "pandas.read_excel"),
    *entries("py:class", "pandas.DataFrame"),
    *entries("py:method", "pandas.DataFrame.rolling", "pandas.Series.rolling"),
    *entries("py:function", "pandas.rolling_constructor", "pandas.rolling_window"),
]
PYTHON = [
    *[f"{name} py:module 0 library/{name}.html#module-$ -" for name in ("array", "math", "operator")],
    *[
        f"{name} py:function 1 library/{name.split('.')[0]}.html#$ -"
        for name in ("math.sin", "operator.add", "math.e")
    ],
    "array.array py:class 1 library/array.html#$ -",
]
PINT = [*entries("py:module", "pint.matplotlib"), *entries("py:class", "pint.matplotlib.PintConverter")]

WANTED = {
    "linspace": "numpy.linspace",
    "numpy.linspace": "numpy.linspace",
    "np.linspace": "numpy.linspace",
    "NP.Linspace()": "numpy.linspace",
    "np.lins": "numpy.linspace",
    "lins": "numpy.linspace",
    "linespace": "numpy.linspace",
    "lniespace": "numpy.linspace",
    "ilnspace": "numpy.linspace",
    "logspcae": "numpy.logspace",
    "np.hsitogram": "numpy.histogram",
    "train test split": "sklearn.model_selection.train_test_split",
    "trainTestSplit": "sklearn.model_selection.train_test_split",
    "split train": "sklearn.model_selection.train_test_split",
    "mean squared error": "sklearn.metrics.mean_squared_error",
    "random forests": "sklearn.ensemble.RandomForestClassifier",
    "randomforestclassifier": "sklearn.ensemble.RandomForestClassifier",
    "support vector": "sklearn.svm.SVC",
    "standard deviation": "numpy.std",
    "least squares": "numpy.linalg.lstsq",
    "std": "numpy.std",
    "SVC.fit": "sklearn.svm.SVC.fit",
    "DataFrame.rolling": "pandas.DataFrame.rolling",
    "rolling": "pandas.DataFrame.rolling",
    "read_exel": "pandas.read_excel",
    "dataframe": "pandas.DataFrame",
    "numpy.linalg": "numpy.linalg",
    "PyArray_NDIM": "PyArray_NDIM",
    "T": "numpy.ndarray.T",
    "matplotlib.artist123.Artist.set_alpha": "matplotlib.artist123.Artist.set_alpha",
    "artist077.Artist.set_zorder": "matplotlib.artist077.Artist.set_zorder",
    # As it is pasted or half remembered.
    "`np.std`": "numpy.std",
    "from numpy import linspace": "numpy.linspace",
    "import numpy.linalg as la": "numpy.linalg",
    "numpy/linalg": "numpy.linalg",
    "train-test-split": "sklearn.model_selection.train_test_split",
    "df.rolling(7)": "pandas.DataFrame.rolling",
    "whatever.train_test_split": "sklearn.model_selection.train_test_split",
    "numpy histogram": "numpy.histogram",
    "pandas read excel": "pandas.read_excel",
    "rolling constructor": "pandas.rolling_constructor",
    "linalg inv": "numpy.linalg.inv",
    "tts": "sklearn.model_selection.train_test_split",
    "inverting matrices": "numpy.linalg.inv",
    "x = np.std(a, axis=0)": "numpy.std",
    "numpy.linalg.nrom": "numpy.linalg.norm",
    # A ufunc is data in NumPy's inventory, and called all the same; a constant is not.
    "sin": "numpy.sin",
    "add": "numpy.add",
    "e": "math.e",
    # A project's package comes before all that is named like it, also where its inventory lacks it.
    "np": "numpy",
    "np.": "numpy",
    "sklearn": "sklearn",
    "scikit-learn": "sklearn",
    "matplotlib": "matplotlib",
    "array": "numpy.array",
    "math": "math",
    "random forest classification": "sklearn.ensemble.RandomForestClassifier",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inventories")
    projects_ = {"numpy": NUMPY, "scikit-learn": OTHER, "matplotlib": MANY, "pandas": PANDAS}
    for name, lines in {**projects_, "python": PYTHON, "pint": PINT}.items():
        (folder / f"{name}.inv").write_bytes(inventory(name, lines))
    out = tmp_path_factory.mktemp("out") / "symbols"
    registry = projects.load()
    symbols.index(out, symbols.folder(folder, registry), registry)
    return out


@pytest.fixture(scope="module")
def ask(index):
    node = shutil.which("node")
    need(node, "no Node: install Node.js 20 or newer")

    def run(*queries: str, base: Path = index) -> list[dict]:
        done = subprocess.run(
            [str(node), str(HERE / "search.mjs"), str(SCRIPT), f"{base}/"],
            input=json.dumps(queries), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="module")
def answers(ask):
    return dict(zip(WANTED, ask(*WANTED), strict=True))


@pytest.mark.parametrize("query", WANTED)
def test_wanted_symbol_comes_first(answers, query):
    assert answers[query]["found"][0]["name"] == WANTED[query]


def test_result_has_all_keys_and_an_address(answers):
    found = answers["linspace"]["found"][0]
    assert found == {
        "name": "numpy.linspace",
        "project": "NumPy",
        "role": "py:function",
        "title": "numpy.linspace",
        "good": True,
        "url": "https://numpy.org/doc/stable/reference/generated/numpy.linspace.html#numpy.linspace",
    }


def test_package_that_an_inventory_lacks_leads_to_the_first_page(answers):
    found = answers["scikit-learn"]["found"][0]
    assert (found["role"], found["url"]) == ("py:module", "https://scikit-learn.org/stable/")


def test_only_what_is_more_than_a_guess_is_good(ask):
    """Names, beginnings, abbreviations, everyday words and a slip of a key are; likeness of a syllable is not."""
    good = ["numpy.linspace", "lins", "np.lins", "linsapce", "np.linspce", "least squares", "np", "read_exel"]
    assert all(one["found"][0]["good"] for one in ask(*good))
    weak = ["arangements", "whatever.linspace", "xlinspacex", "nonexistentzzz"]
    assert not any(found["good"] for one in ask(*weak) for found in one["found"])


def test_first_query_stays_small(answers):
    assert max(a["bytes"] for a in answers.values()) < 40_000


def test_script_stays_small():
    assert len(gzip.compress(SCRIPT.read_bytes())) < 5_000


def test_labels_and_pages_are_not_symbols(answers):
    assert all(not one["role"].startswith("std:") for a in answers.values() for one in a["found"])


def test_own_project_comes_first_among_equals(ask, tmp_path):
    for name in ("numpy", "zlib"):
        module = "numpy" if name == "numpy" else "zfft"
        (tmp_path / f"{name}.inv").write_bytes(inventory(name, entries("py:function", f"{module}.fft.fft2")))
    registry = projects.load()
    firsts = []
    for own in ("numpy", "zlib"):
        symbols.index(tmp_path / own, symbols.folder(tmp_path, registry), registry, own=own)
        firsts.append(ask("fft2", base=tmp_path / own)[0]["found"][0]["name"])
    assert firsts == ["numpy.fft.fft2", "zfft.fft.fft2"]


def test_no_file_has_the_name_of_the_manifest_or_of_a_device(ask, tmp_path, monkeypatch):
    names = ["numpy.con", "numpy.conj", "numpy.nul", "numpy.nuls", "numpy.index", "numpy.index_exp"]
    (tmp_path / "numpy.inv").write_bytes(inventory("numpy", entries("py:function", *names)))
    registry = projects.load()
    monkeypatch.setattr(symbols, "LIMIT", 0)  # every name a file of its own, as in a large index
    symbols.index(tmp_path / "out", symbols.folder(tmp_path, registry), registry)
    assert not {"con.json", "nul.json"} & {path.name for path in (tmp_path / "out").iterdir()}
    queries = [name.partition(".")[2] for name in names]
    assert [one["found"][0]["name"] for one in ask(*queries, base=tmp_path / "out")] == names


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        ".",
        "...",
        "()",
        "__proto__",
        "constructor",
        "toString",
        "ΔΣ",
        "🎉",
        "a" * 5000,
        "\x00",
        "%$^",
        "hasOwnProperty.x",
        "a b c d e f g h i",
    ],
)
def test_odd_queries_are_survived(ask, query):
    assert isinstance(ask(query)[0]["found"], list)


def test_hostile_entries_are_left_out(ask, tmp_path):
    given = {
        "numpy.fine": "a/fine.html",
        'numpy.<img src=x onerror="alert(1)">': "a/b.html",
        "numpy.script": "javascript:alert(1)",
        "numpy.elsewhere": "//evil.example/",
        "numpy.bidi\u202e": "a/c.html",
        "numpy.$parent^": "a/numpy.$parent^.html#numpy.$parent^",
    }
    symbols.build(
        [symbols.Symbol(name, "numpy", "py:function", url) for name, url in given.items()],
        tmp_path / "out", homes={"numpy": ("NumPy", "https://numpy.org/doc/")}, aliases={},
    )  # fmt: skip
    text = "".join(p.read_text("utf-8") for p in (tmp_path / "out").iterdir())
    assert not any(bad in text for bad in ("<img", "javascript:", "evil.example", "\u202e"))
    assert (
        ask("numpy.fine", base=tmp_path / "out")[0]["found"][0]["url"] == "https://numpy.org/doc/a/fine.html"
    )
    (odd,) = ask("numpy.$parent^", base=tmp_path / "out")[0]["found"][:1]
    assert odd["url"].replace("%24", "$").replace("%5E", "^") == "https://numpy.org/doc/" + given[odd["name"]]


def test_folder_with_other_files_is_not_replaced(tmp_path):
    (tmp_path / "numpy.inv").write_bytes(inventory("numpy", NUMPY))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("years of work")
    registry = projects.load()
    with pytest.raises(ThemeError, match="holds other files"):
        symbols.index(tmp_path / "out", symbols.folder(tmp_path, registry), registry)
    assert (tmp_path / "out" / "thesis.tex").exists()


def test_index_is_reproducible(index, tmp_path):
    registry = projects.load()
    (tmp_path / "numpy.inv").write_bytes(inventory("numpy", NUMPY))
    for name in ("a", "b"):
        symbols.index(tmp_path / name, symbols.folder(tmp_path, registry), registry)
    left, right = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in "ab")
    assert left == right


def test_command_writes_the_index(cli, tmp_path):
    (tmp_path / "numpy.inv").write_bytes(inventory("numpy", NUMPY))
    result = cli("inventory", "index", "--from", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "index.json").is_file()


def test_command_wants_its_own_project_among_those_it_indexes(cli, tmp_path):
    (tmp_path / "numpy.inv").write_bytes(inventory("numpy", NUMPY))
    result = cli("inventory", "index", "--from", tmp_path, "--out", tmp_path / "out", "--own", "numpi")
    assert result.exit_code == 2
    assert "--own numpi: no such project among those to index (numpy)" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("numpy = ", "not valid TOML"),
        (f"x = {'[' * 2000}", "not valid TOML"),
        ('numpy = "javascript:alert(1)"', "no address"),
    ],
)
def test_wrong_addresses_are_a_clear_error(cli, tmp_path, text, says):
    (tmp_path / "numpy.inv").write_bytes(inventory("numpy", NUMPY))
    (tmp_path / "addresses.toml").write_text(text)
    result = cli("inventory", "index", "--from", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "addresses.toml" in result.stderr
    assert says in result.stderr
    assert not (tmp_path / "out").exists()


def test_empty_folder_is_a_clear_error(cli, tmp_path):
    result = cli("inventory", "index", "--from", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "no file named ID.inv" in result.output


def test_concepts_name_real_symbols_once():
    told = symbols.concepts()
    assert all(names and len(names) == len(set(names)) for names in told.values())
    assert parse(inventory("x", NUMPY), "x")  # the helper above writes what the parser reads
