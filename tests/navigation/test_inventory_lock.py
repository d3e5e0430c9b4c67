"""Locking inventories from a server that misbehaves in each way: nothing is overwritten, and the reason is said."""

import json
import os
import subprocess
import sys
import time
import zlib

import pytest
from inventories_for_tests import HEAD, NUMPY, make_inventory

from scientific_python_theme import inventory_lock
from scientific_python_theme.errors import InventoryError
from scientific_python_theme.inventory_fetch import fetch


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder that is a Hugo site and a Sphinx project at once."""
    (tmp_path / "hugo.toml").write_text('baseURL = "https://x.example/"\n')
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def snapshot(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def add(cli, url, name="numpy", *more):
    return cli(
        "inventory",
        "add",
        name,
        "--url",
        url,
        "--docs",
        "https://numpy.org/doc/stable/",
        "--retries",
        "1",
        *more,
    )


def test_add_writes_the_lock_and_the_files_for_both(cli, liar, site):
    url, content, _ = liar
    result = add(cli, f"{url}/ok.inv")
    assert result.exit_code == 0, result.output
    lock = inventory_lock.load(site / "inventories.lock")
    assert lock.entries["numpy"].objects == len(NUMPY)
    assert lock.data("numpy") == content["ok.inv"]
    data = json.loads((site / "assets/inventories/numpy.json").read_text("utf-8"))
    assert data["docs"] == "https://numpy.org/doc/stable/"
    assert data["names"]["numpy.fft.fft"].startswith("py:function reference/")
    (found,) = inventory_lock.locked(site / "assets")
    assert (found.id, found.name, len(found.inventory)) == ("numpy", "NumPy", len(NUMPY))


def test_an_update_without_news_changes_no_byte(cli, liar, site):
    url, _, _ = liar
    add(cli, f"{url}/ok.inv")
    before = snapshot(site)
    result = cli("inventory", "update")
    assert result.exit_code == 0
    assert "unchanged" in result.output
    assert snapshot(site) == before


def test_an_update_takes_what_is_new(cli, liar, site):
    url, content, _ = liar
    add(cli, f"{url}/ok.inv")
    content["ok.inv"] = make_inventory([*NUMPY, "numpy.new py:function 1 new.html#$ -"], version="2.4")
    assert cli("inventory", "update").exit_code == 0
    assert inventory_lock.load(site / "inventories.lock").entries["numpy"].version == "2.4"
    assert "numpy.new" in (site / "assets/inventories/numpy.json").read_text("utf-8")


MISBEHAVIOUR = [
    ("html", "a web page"),
    ("404", "status 404"),
    ("500", "status 500 (2 attempts)"),
    ("other-host", "another host"),
    ("circle", "in a circle"),
    ("chain", "more than 5 redirects"),
    ("file-scheme", "another host"),
    ("malformed", "no address"),
    ("hang", "no answer in time"),
    ("trickle", "not all sent within"),
    ("drip", "not all sent within"),
    ("drip-headers", "not all sent within"),
    ("short", "broke off"),
    ("announced-giant", "announces"),
    ("bomb.inv", "inflates to more than"),
    ("cut.inv", "truncated"),
    ("small.inv", "89 % fewer"),
    ("evil.inv", "does not lie below"),
]


def test_nothing_is_overwritten_whatever_the_host_does(cli, liar, site):
    """Each locked project misbehaves at its next update in its own way; one does not."""

    url, content, _ = liar
    content["bomb.inv"] = HEAD % (b"x", b"1") + zlib.compress(b"a py:function 1 a.html -\n" * 6_000_000, 9)
    content["cut.inv"] = make_inventory(NUMPY)[:-9]
    content["small.inv"] = make_inventory(NUMPY[:1])
    content["evil.inv"] = make_inventory(["x py:function 1 javascript:alert(1) -", *NUMPY])
    for number in range(len(MISBEHAVIOUR)):
        add(cli, f"{url}/ok.inv", f"p{number}")
    add(cli, f"{url}/ok.inv")
    content["ok.inv"] = make_inventory([*NUMPY, "numpy.new py:function 1 new.html#$ -"])
    lock = (site / "inventories.lock").read_text()
    for number, (path, _) in enumerate(MISBEHAVIOUR):
        head, table = lock.split(f"[inventory.p{number}]")
        lock = f"{head}[inventory.p{number}]{table.replace(f'{url}/ok.inv', f'{url}/{path}', 1)}"
    (site / "inventories.lock").write_text(lock)
    before = snapshot(site)
    start = time.monotonic()
    result = cli("inventory", "update", "--timeout", "1", "--retries", "1")
    assert time.monotonic() - start < 30  # in parallel, and no host holds it up
    assert result.exit_code == 1
    for number, (path, words) in enumerate(MISBEHAVIOUR):
        line = next(line for line in result.output.splitlines() if f"✗ p{number}:" in line)
        assert words in line, f"{path}: {line}"
    after = snapshot(site)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"inventories.lock", "inventories/numpy.inv", "assets/inventories/numpy.json"}
    assert before.keys() == after.keys()
    entries = inventory_lock.load(site / "inventories.lock").entries
    assert all(entries[f"p{n}"].objects == len(NUMPY) for n in range(len(MISBEHAVIOUR)))


def test_a_smaller_inventory_is_taken_when_told_so(cli, liar, site):
    url, content, _ = liar
    add(cli, f"{url}/ok.inv")
    content["ok.inv"] = make_inventory(NUMPY[:2])
    assert cli("inventory", "update").exit_code == 1
    assert cli("inventory", "update", "--accept-smaller").exit_code == 0
    assert inventory_lock.load(site / "inventories.lock").entries["numpy"].objects == 2


def test_a_passing_failure_is_tried_again(liar):
    url, content, seen = liar
    assert fetch(f"{url}/flaky", pause=0.01) == content["ok.inv"]
    assert seen["flaky"] == 2
    assert fetch(f"{url}/same-host", pause=0.01) == content["ok.inv"]


def test_a_dead_host(liar):
    with pytest.raises(InventoryError, match=r"cannot be reached \(2 attempts\)"):
        fetch("http://127.0.0.1:9/objects.inv", retries=1, pause=0.01)


def test_from_a_file_by_registry_id(cli, site, inv):
    (site / "mine.inv").write_bytes(inv(NUMPY))
    assert cli("inventory", "add", "np", "--from", "mine.inv").exit_code == 0
    assert (
        inventory_lock.load(site / "inventories.lock").entries["numpy"].docs
        == "https://numpy.org/doc/stable/"
    )
    assert cli("inventory", "update").exit_code == 0
    (site / "mine.inv").unlink()
    result = cli("inventory", "update")
    assert result.exit_code == 1
    assert "locked from a file" in result.output


def test_a_version_is_part_of_the_choice(cli, site, inv):
    (site / "mine.inv").write_bytes(inv(NUMPY))
    cli("inventory", "add", "numpy@2.2", "--from", "mine.inv")
    entry = inventory_lock.load(site / "inventories.lock").entries["numpy"]
    assert (entry.choice, entry.docs) == ("2.2", "https://numpy.org/doc/2.2/")
    result = cli("inventory", "add", "matplotlib@1.5", "--from", "mine.inv")
    assert result.exit_code == 2
    assert "no documentation of version '1.5'" in result.output


UPDATE = [sys.executable, "-m", "scientific_python_theme", "inventory", "update"]


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_killed_while_fetching_nothing_is_written(cli, liar, site):
    url, content, seen = liar
    add(cli, f"{url}/ok.inv")
    add(cli, f"{url}/ok.inv?", "scipy")
    lock = site / "inventories.lock"
    lock.write_text(lock.read_text().replace("ok.inv?", "drip"))
    before = snapshot(site)
    content["ok.inv"] = make_inventory([*NUMPY, "numpy.new py:function 1 new.html#$ -"], version="2.4")
    with subprocess.Popen(UPDATE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=site) as process:
        assert b"numpy 2.4" in process.stdout.readline()
        deadline = time.monotonic() + 60
        while not seen.get("drip") and time.monotonic() < deadline:
            time.sleep(0.05)
        process.kill()
        assert seen.get("drip"), "it was never asked for"
    assert snapshot(site) == before


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_killed_between_two_files_an_update_completes_it(cli, liar, site):
    url, content, _ = liar
    add(cli, f"{url}/ok.inv")
    before = snapshot(site)
    content["ok.inv"] = make_inventory([*NUMPY, "numpy.new py:function 1 new.html#$ -"], version="2.4")
    for writes in (1, 2):  # of Sphinx's file, Hugo's file and the lock
        for name, data in before.items():
            (site / name).write_bytes(data)
        killer = (
            "import os\nfrom scientific_python_theme import cli, inventory_lock as l\nreal, left = l.write_atomically, "
            f"iter(range({writes}))\ndef write(*a): next(left, None) is None and os.kill(os.getpid(), 9); real(*a)\n"
            "l.write_atomically = write\ncli.main(['inventory', 'update'])"
        )
        assert subprocess.run([sys.executable, "-c", killer], cwd=site).returncode == -9
        assert snapshot(site) != before
        told = cli("inventory", "list")
        assert told.exit_code == 1
        assert "inventory update numpy" in told.output
        assert cli("inventory", "update").exit_code == 0
        assert cli("inventory", "list").exit_code == 0
        assert inventory_lock.load(site / "inventories.lock").entries["numpy"].version == "2.4"


def test_list_and_remove(cli, site, inv):
    (site / "mine.inv").write_bytes(inv(NUMPY))
    cli("inventory", "add", "numpy", "--from", "mine.inv")
    assert (
        json.loads(cli("inventory", "list", "--output-format", "json").output)["inventories"][0]["state"]
        == "ok"
    )
    (site / "inventories/numpy.inv").write_bytes(b"altered")
    result = cli("inventory", "list")
    assert result.exit_code == 1
    assert "is not the file that inventories.lock names" in result.output
    assert cli("inventory", "remove", "numpy").exit_code == 0
    assert not (site / "inventories/numpy.inv").exists()
    assert not (site / "assets/inventories/numpy.json").exists()
    assert cli("inventory", "remove", "numpy").exit_code == 2


def test_adding_at_the_same_time_loses_nothing(site, inv):
    (site / "mine.inv").write_bytes(inv(NUMPY))
    ids = ["numpy", "scipy", "pandas", "xarray", "sympy", "astropy"]
    command = [sys.executable, "-m", "scientific_python_theme", "inventory", "add", "--from", "mine.inv"]
    running = [subprocess.Popen([*command, id_], cwd=site, stderr=subprocess.DEVNULL) for id_ in ids]
    assert [one.wait() for one in running] == [0] * len(ids)
    assert sorted(inventory_lock.load(site / "inventories.lock").entries) == sorted(ids)


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("add", "nummpy"), "did you mean 'numpy'"),
        (("add", "numpy", "scipy", "--url", "https://x.example/"), "one project at a time"),
        (("add", "../x", "--url", "https://x.example/o.inv", "--docs", "https://x.example/"), "lower-case"),
        (
            ("add", "x", "--url", "javascript:alert(1)", "--docs", "https://x.example/"),
            "begins with https://",
        ),
        (("update",), "nothing is locked"),
        (("remove", "numpy"), "nothing is locked"),
        (("list", "--dir", "misspelt"), "--dir misspelt: no such folder"),
        (("update", "--dir", "misspelt"), "--dir misspelt: no such folder"),
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(cli, site, arguments, words):
    before = snapshot(site)
    result = cli("inventory", *arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert snapshot(site) == before


@pytest.mark.parametrize(
    "text, words",
    [
        ("version = 1\n[inventory.numpy]\n[inventory.numpy]\n", "inventories.lock:3"),
        ("version = 7\n", "version 7"),
        ("version = 1\nhugo = '../../x'\n", "below the lock"),
        ("version = 1\n[inventory.numpy]\nobjects = 'x'\n", "wrong 'objects'"),
        ("version = 1\n[inventory.numpy]\nobjects = 1\n", "lacks 'docs'"),
        ("version = 1\n[inventory.'../numpy']\nobjects = 1\n", "not an id"),
        (
            "version = 1\n<<<<<<< HEAD\nhugo = '.'\n=======\n>>>>>>> other\n",
            "inventories.lock:2: marks of a merge conflict",
        ),
        ("version = [\n", "not valid TOML"),
        (f"x = {'[' * 2000}", "not valid TOML"),
        (f"x = {'9' * 5000}", "not valid TOML"),
        ('version = 1\nhugo = "\\u0000"\n', "below the lock"),
    ],
)
def test_a_damaged_lock_is_refused(cli, site, text, words):
    (site / "inventories.lock").write_text(text)
    result = cli("inventory", "list")
    assert result.exit_code == 2
    assert words in result.output


@pytest.mark.parametrize("name", ["inventories/numpy.inv", "assets/inventories/numpy.json"])
def test_hugo_is_not_run_on_an_altered_file(cli, hugo_binary, site, inv, name, monkeypatch):
    monkeypatch.setenv("HUGO", hugo_binary)
    (site / "mine.inv").write_bytes(inv(NUMPY))
    cli("inventory", "add", "numpy", "--from", "mine.inv")
    assert cli("hugo", "build", ".").exit_code == 0
    (site / name).write_bytes((site / name).read_bytes() + b" ")
    for command in ("build", "serve"):
        result = cli("hugo", command, ".")
        assert result.exit_code == 2
        assert f"{name}: is not " in result.output


@pytest.mark.parametrize("name", ["inventories/numpy.inv", "assets/inventories/numpy.json"])
def test_an_update_restores_an_altered_file(cli, liar, site, name):
    """What the message about an altered file tells to do must help, also when the host has no news."""
    add(cli, f"{liar[0]}/ok.inv")
    before = snapshot(site)
    (site / name).write_bytes((site / name).read_bytes().replace(b"u", b"v", 1) + b" ")
    assert cli("inventory", "list").exit_code == 1
    assert cli("inventory", "update").exit_code == 0
    after = snapshot(site)
    assert after[name] == before[name]
    assert cli("inventory", "list").exit_code == 0
