"""Inventories compared: every planted change is found and named."""

import pytest
from support import write_tree
from test_symbols import entries, inventory

from scientific_python_theme.changes import compare, doomed, guard, redirects
from scientific_python_theme.inventory import parse

OLD = [
    *entries("py:function", "pkg.same", "pkg.moved", "pkg.sub.renamed", "pkg.gone", "pkg.histogramm", "pkg._private"),
    *entries("py:class", "pkg.Thing"),
    *entries("py:method", "pkg.Thing.run"),
    "user/start std:doc -1 user/start.html Start",
    "install std:label -1 install.html#install Install",
]  # fmt: skip
NEW = [
    *entries("py:function", "pkg.same", "pkg.other.renamed", "pkg.histogram", "pkg.fresh"),
    "pkg.moved py:function 1 new/place.html#$ -",
    *entries("py:class", "pkg.Thing"),
    "guide/start std:doc -1 guide/start.html Start",
]


@pytest.fixture(scope="module")
def states():
    return parse(inventory("pkg", OLD), "old"), parse(inventory("pkg", NEW), "new")


def test_planted_changes_are_found(states):
    changes = compare(*states)
    told = {c.old.name: (c.kind, c.new.name if c.new else None) for c in changes.changes}
    assert told == {
        "pkg.moved": ("moved", "pkg.moved"),
        "pkg.sub.renamed": ("renamed", "pkg.other.renamed"),
        "pkg.histogramm": ("renamed", "pkg.histogram"),
        "user/start": ("renamed", "guide/start"),
        "pkg.gone": ("gone", None),
        "pkg._private": ("gone", None),
        "pkg.Thing.run": ("gone", None),
        "install": ("gone", None),
    }
    assert changes.same == 2
    assert "pkg.fresh" in {e.name for e in changes.added}


def test_inventory_is_the_same_as_itself(states):
    changes = compare(states[0], states[0])
    assert changes.changes == changes.added == ()
    assert changes.same == len(states[0])


def gallery(folder, *names):
    """Labels that sphinx-gallery makes: two for each example, and one for the folder."""
    flat = folder.replace("/", "_")
    page = "{folder}/{name}.html#sphx-glr-{dashed}-{name}-py"
    return [f"sphx_glr_{flat} std:label -1 {folder}/index.html#{flat} Gallery"] + [
        f"sphx_glr_{kind}{flat}_{name}.py std:label -1 {page.format(folder=folder, name=name, dashed=flat)} Title"
        for name in names
        for kind in ("", "download_")
    ]


def test_labels_are_no_dotted_names():
    """All of them end in `py`: an example that comes is not one that went, be they in one folder or not."""
    names = ["plot_topics_extraction", "plot_iris", "plot_svm"]
    old = parse(inventory("pkg", gallery("auto_examples/svm", *names)), "old")
    came = gallery("auto_examples/svm", *names[:2], "plot_sgd") + gallery(
        "auto_examples/zoo", "plot_zebra_stripes"
    )
    changes = compare(old, parse(inventory("pkg", came), "new")).changes
    assert {c.old.name: (c.kind, c.near) for c in changes} == {
        "sphx_glr_auto_examples_svm_plot_svm.py": ("gone", ()),
        "sphx_glr_download_auto_examples_svm_plot_svm.py": ("gone", ()),
    }


def test_a_gallery_that_moves_is_followed_example_by_example():
    names = [f"plot_{i * 7919 % 100_003:05}" for i in range(2000)]
    states = [
        parse(inventory("pkg", gallery(folder, *names)), folder)
        for folder in ("auto_examples/a", "gallery/b")
    ]
    changes = compare(*states)
    assert len(changes.of("renamed")) == 2 * len(names)
    for change in changes.of("renamed"):
        assert change.new.name == change.old.name.replace("auto_examples_a", "gallery_b")


def test_what_names_have_in_common_with_their_place_makes_them_not_alike():
    parent = "matplotlib.axes.Axes."
    states = [parse(inventory("pkg", entries("py:method", parent + own)), own) for own in ("hist", "pie")]
    assert [c.kind for c in compare(*states).changes] == ["gone"]
    states = [
        parse(inventory("pkg", [f"release/{n}-notes std:doc -1 release/{n}-notes.html x"]), n)
        for n in ("1.2.0", "2.4.0")
    ]
    assert [c.kind for c in compare(*states).changes] == ["gone"]


def test_guard_names_public_targets_without_redirect(states):
    lost = {c.old.name for c in guard(*states)}
    assert lost == {"pkg.sub.renamed", "pkg.gone", "pkg.histogramm", "pkg.Thing.run", "user/start"}
    assert "install" in {c.old.name for c in guard(*states, labels=True)}
    assert "pkg.moved" in {c.old.name for c in guard(*states, moved=True)}


def test_redirects_satisfy_the_guard(states, tmp_path):
    stub = '<meta http-equiv="refresh" content="0; url=../x.html">'
    write_tree(
        tmp_path,
        {
            "user/start.html": stub,
            "_redirects": "# moved\n/reference/generated/pkg.gone.html /x 301\n",
            "x.html": "<p>x",
        },
    )
    lost = {c.old.name for c in guard(*states, redirects(tmp_path))}
    assert lost == {"pkg.sub.renamed", "pkg.histogramm", "pkg.Thing.run"}


def test_only_what_arrives_is_a_redirect(tmp_path):
    def stub(content):
        return f'<meta http-equiv="refresh" content="{content}">'

    write_tree(
        tmp_path,
        {
            "new.html": "<p>x",
            "a b.html": stub("0; url=new.html#x"),
            "chain.html": stub("0; url=a%20b.html"),
            "sub/up.html": stub("0; url='../new.html'"),
            "away.html": stub("0; url=https://x.example/"),
            "rooted.html": stub("0; url=/doc/stable/new.html"),
            "reload.html": stub("300"),
            "self.html": stub("0; url=self.html"),
            "circle.html": stub("0; url=circle2.html"),
            "circle2.html": stub("0; url=circle.html"),
            "lost.html": stub("0; url=none.html"),
            "odd.html": stub("0; url=//["),
            "sheet.pdf": "%PDF",
            "_redirects": "/none1 /none.html\n/ring1 /ring2\n/ring2 /ring1\n/self/* /self/:splat\n/far https://x.example/ 302\n/far2 //x.example/y\n"
            "/card /sheet.pdf\n/guide /latest/\n/latest/* /new/:splat\n/hash /nix/#a:b\n"
            "/late /was/some\n/stub /chain.html\n/deadend /lost.html\n/gone/* /gone/for/good\n# c\n/was/* /new/:splat 301!\n/:year/x /new\n/tab\t/new\n/q id=:id /new 301\nhttps://x.example/* /new\n/* /404.html 404\n/* /index.html 200\nodd\n",
        },
    )
    assert sorted(redirects(tmp_path)) == [
        "*/x", "a%20b.html", "away.html", "card", "chain.html", "far", "far2", "guide", "late",
        "latest/*", "q", "rooted.html", "stub", "sub/up.html",
        "tab", "was/*",
    ]  # fmt: skip


def test_wildcard_redirect_satisfies_the_guard(states):
    lost = {c.old.name for c in guard(*states, ["reference/generated/*"])}
    assert lost == {"user/start"}


def test_two_roles_of_one_name_are_two_targets():
    old = parse(inventory("pkg", entries("py:module", "pkg.a") + entries("py:function", "pkg.a")), "old")
    new = parse(inventory("pkg", entries("py:module", "pkg.a")), "new")
    assert [(c.kind, c.old.role) for c in guard(old, new)] == [("gone", "py:function")]
    changed = parse(inventory("pkg", entries("py:class", "pkg.a") + entries("py:module", "pkg.a")), "new")
    assert guard(old, changed) == []


def test_links_that_would_break_are_told_before_the_update(states, tmp_path):
    home = "https://pkg.example/doc/"
    at = home + "reference/generated/"
    body = "".join(
        f'<a href="{url}">x</a>\n'
        for url in [
            f"{at}pkg.same.html#pkg.same", f"{at}pkg.gone.html#pkg.gone", f"{home}user/start.html",
            f"{at}pkg.moved.html#pkg.moved", f"{home}never/listed.html", f"{home}", f"{home}x://[", "https://else.example/x",
        ]
    )  # fmt: skip
    write_tree(tmp_path, {"index.html": body})
    count, found = doomed(tmp_path, {"pkg": home}, {"pkg": states[1]}, {"pkg": states[0]})
    assert count == 7
    assert [(one.line, one.url) for one in found] == [
        (2, f"{at}pkg.gone.html#pkg.gone"),
        (3, f"{home}user/start.html"),
        (4, f"{at}pkg.moved.html#pkg.moved"),
    ]
    assert "guide/start" in found[1].message
    assert "new/place.html" in found[2].message


def test_commands_end_as_documented(cli, tmp_path):
    write_tree(tmp_path, {"old.inv": inventory("pkg", OLD), "new.inv": inventory("pkg", NEW)})
    old, new = tmp_path / "old.inv", tmp_path / "new.inv"
    assert cli("inventory", "diff", old, old).exit_code == 0
    result = cli("inventory", "diff", old, new)
    assert result.exit_code == 1
    assert "renamed  py:function pkg.sub.renamed -> pkg.other.renamed" in result.output
    assert cli("inventory", "guard", old, new).exit_code == 1
    assert cli("inventory", "guard", old, old).exit_code == 0
    assert cli("inventory", "diff", old, tmp_path / "none.inv").exit_code == 2
    write_tree(tmp_path, {"bad.inv": b"<!doctype html>"})
    assert cli("inventory", "guard", old, tmp_path / "bad.inv").exit_code == 2


def test_check_and_guard_of_a_built_site_end_as_documented(cli, tmp_path, monkeypatch):
    at = "https://pkg.example/doc/reference/generated/"
    write_tree(
        tmp_path,
        {
            "old.inv": inventory("pkg", OLD),
            "new.inv": inventory("pkg", NEW),
            "site/a.html": f'<a href="{at}pkg.same.html#pkg.same">x</a>\n<a href="{at}pkg.gone.html#pkg.gone">y</a>',
            "docs/index.html": "x",
            # Folders, and links that lead nowhere, may be called like pages.
            "site/v1.html/notes.txt": "x",
            "docs/v1.html/notes.txt": "x",
            "docs/_redirects": "/reference/* /new/:splat 301\n/user/* /guide/:splat 301\n",
        },
    )
    for folder in ("site", "docs"):
        (tmp_path / folder / "lost.html").symlink_to("nowhere.html")
    monkeypatch.chdir(tmp_path)
    assert cli("inventory", "check", "--site", "site").exit_code == 2  # nothing is locked
    added = cli("inventory", "add", "pkg", "--from", "old.inv", "--docs", "https://pkg.example/doc/")
    assert added.exit_code == 0, added.output
    assert cli("inventory", "check", "--site", "site").exit_code == 0
    told = cli("inventory", "check", "--site", "site", "--new", "pkg=new.inv")
    assert told.exit_code == 1
    assert "a.html:2: " in told.output
    assert "2 links into 1 project, 1 would break" in told.output
    assert cli("inventory", "check", "--site", "site", "--new", "other=new.inv").exit_code == 2
    assert cli("inventory", "check", "--site", "none").exit_code == 2
    assert cli("inventory", "guard", "old.inv", "new.inv").exit_code == 1
    assert cli("inventory", "guard", "old.inv", "new.inv", "--site", "docs").exit_code == 0
    assert cli("inventory", "guard", "old.inv", "new.inv", "--site", "none").exit_code == 2
