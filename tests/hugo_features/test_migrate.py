"""`hugo migrate` changes the word that has to change and nothing else."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scientific_python_theme.migrate import RULES, front_matter, migrate_text, plan

REMOVED = [rule for rule in RULES if rule.removed]

SAME = [
    ("yaml", "enableDefault: true\n"),  # not below renderHooks
    ("yaml", "params:\n  renderHooks: enableDefault\n"),
    ("yaml", "# enableDefault: true\ntitle: enableDefault\n"),
    ("yaml", "params: {_build: {list: never}}\n"),
    ("toml", "[params]\nenableDefault = true # markup.goldmark.renderHooks.image\n"),
    ("yaml", "a: [broken\nrenderHooks: {link: {enableDefault: true}}\n"),
]
CHANGED = [
    (
        "yaml",
        "markup:\n  goldmark:\n    renderHooks:   # hooks\n      link:\n        enableDefault:  true   # why\n",
        "markup:\n  goldmark:\n    renderHooks:   # hooks\n      link:\n        useEmbedded:  fallback   # why\n",
    ),
    (
        "yaml",
        'markup: {goldmark: {renderHooks: {image: {"enableDefault": false}, link: {enableDefault: true}}}}\n',
        'markup: {goldmark: {renderHooks: {image: {"useEmbedded": never}, link: {useEmbedded: fallback}}}}\n',
    ),
    (
        "toml",
        "[markup.goldmark.renderHooks.image]\nenableDefault = true # keep\n[params]\nenableDefault = true\n",
        '[markup.goldmark.renderHooks.image]\nuseEmbedded = "fallback" # keep\n[params]\nenableDefault = true\n',
    ),
    (
        "toml",
        "markup.goldmark.renderHooks.link.enableDefault = false\n",
        'markup.goldmark.renderHooks.link.useEmbedded = "never"\n',
    ),
    (
        "json",
        '{"markup": {"goldmark": {"renderHooks": {"link": {"enableDefault":true}}}}, "x": "enableDefault"}',
        '{"markup": {"goldmark": {"renderHooks": {"link": {"useEmbedded":"fallback"}}}}, "x": "enableDefault"}',
    ),
]


@pytest.mark.parametrize("form,text", SAME)
def test_what_only_looks_like_it_stays(form: str, text: str) -> None:
    assert migrate_text(text, form, REMOVED) == text


@pytest.mark.parametrize("form,before,after", CHANGED)
def test_a_removed_key_is_renamed_in_place(form: str, before: str, after: str) -> None:
    assert migrate_text(before, form, REMOVED) == after


@pytest.mark.parametrize(
    "before,after",
    [
        (
            "---\n_build:\n  list: never\n---\n_build: text\n",
            "---\nbuild:\n  list: never\n---\n_build: text\n",
        ),
        ("+++\n[_build]\nlist = 'never'\n+++\n", "+++\n[build]\nlist = 'never'\n+++\n"),
        ("+++\n_build = {list = 'never'}\n+++\nx", "+++\nbuild = {list = 'never'}\n+++\nx"),
        ('{"_build": {"list": "never"}}\n\ntext', '{"build": {"list": "never"}}\n\ntext'),
        ("---\r\n_build: {list: never}\r\n---\r\n", "---\r\nbuild: {list: never}\r\n---\r\n"),
        ("---\ntitle: _build\n---\n", "---\ntitle: _build\n---\n"),
        ("_build: no front matter\n", "_build: no front matter\n"),
        ("---\n_build: never closed\n", "---\n_build: never closed\n"),
    ],
)
def test_front_matter(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "hugo.toml").write_text("title = 'x'\n", encoding="utf-8")
    page = tmp_path / "content" / "a.md"
    page.parent.mkdir()
    page.write_bytes(before.encode())
    edits = plan(tmp_path)
    assert [edit.after for edit in edits] == ([after] if after != before else [])


def site(folder: Path) -> Path:
    (folder / "content").mkdir()
    (folder / "config.yaml").write_text(
        "title: x  # the title\nlanguageCode: en\nmarkup:\n  goldmark:\n    renderHooks:\n"
        "      image:\n        enableDefault: true\n      link:\n        enableDefault: true\n", encoding="utf-8",
    )  # fmt: skip
    (folder / "content" / "a.md").write_text("---\ntitle: a\n_build:\n  list: never\n---\n", encoding="utf-8")
    return folder


def test_a_dry_run_shows_and_a_run_writes(cli: Any, tmp_path: Path, hugo: Any) -> None:
    folder = site(tmp_path)
    before = {p: p.read_bytes() for p in folder.rglob("*.*") if p.is_file()}
    refused = hugo(folder, check=False)  # older versions only warn
    assert refused.returncode or "enableDefault was deprecated" in refused.stdout + refused.stderr
    shown = cli("hugo", "migrate", folder, "--dry-run")
    assert shown.exit_code == 0
    assert "-        enableDefault: true\n+        useEmbedded: fallback" in shown.output
    assert "would change 3 lines in 2 files" in shown.output
    assert {p: p.read_bytes() for p in before} == before
    assert "changed 3 lines in 2 files" in cli("hugo", "migrate", folder).output
    assert hugo(folder, check=False).returncode == 0
    assert "nothing to change" in cli("hugo", "migrate", folder).output
    assert (folder / "config.yaml").read_text("utf-8").startswith("title: x  # the title\nlanguageCode: en\n")


@pytest.mark.parametrize("odd", ["\f", "\u2028", "\r\n"])
def test_what_a_dry_run_shows_git_applies(cli: Any, tmp_path: Path, odd: str) -> None:
    folder = site(tmp_path)
    text = f"---\n_build: {{list: never}}\n---\na{odd}b".encode()
    (folder / "content" / "a.md").write_bytes(text)
    patch = cli("hugo", "migrate", folder, "--dry-run").stdout_bytes
    subprocess.run(["git", "apply"], input=patch, cwd=folder, check=True)
    assert (folder / "content" / "a.md").read_bytes() == text.replace(b"_build", b"build")


def test_keys_hugo_only_warns_about_wait_for_a_word(cli: Any, tmp_path: Path, hugo: Any) -> None:
    (tmp_path / "hugo.toml").write_text(
        'languageCode = "en"\n[languages.en]\nlanguageName = "English"\n[params]\nlanguageName = "kept"\n',
        encoding="utf-8",
    )
    assert "nothing to change" in cli("hugo", "migrate", tmp_path).output
    cli("hugo", "migrate", tmp_path, "--deprecated")
    assert tomllib.loads((tmp_path / "hugo.toml").read_text("utf-8")) == {
        "locale": "en", "languages": {"en": {"label": "English"}}, "params": {"languageName": "kept"},
    }  # fmt: skip
    done = hugo(tmp_path)
    assert "deprecated" not in done.stdout + done.stderr


def test_what_needs_a_decision_is_said(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "hugo.yaml").write_text(
        "module: {mounts: [{source: a, target: content, lang: en}]}\n", encoding="utf-8"
    )
    assert "module.mounts.0.lang: removed in" in cli("hugo", "migrate", tmp_path).output


@pytest.mark.parametrize(
    "text,said",
    [
        (b"title: [", "not valid YAML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"a: b: c", "correct it first"),
        (b"[" * 5000, "too deeply"),
    ],
)
def test_an_unreadable_config_is_named(cli: Any, tmp_path: Path, text: bytes, said: str) -> None:
    (tmp_path / "config.yaml").write_bytes(text)
    done = cli("hugo", "migrate", tmp_path)
    assert done.exit_code == 2
    assert said in done.output
    assert "config.yaml" in done.output
    assert (tmp_path / "config.yaml").read_bytes() == text


def test_a_folder_that_is_no_site_is_named(cli: Any, tmp_path: Path) -> None:
    done = cli("hugo", "migrate", tmp_path)
    assert done.exit_code == 2
    assert "no hugo.toml" in done.output


KEYS = st.sampled_from(["enableDefault", "renderHooks", "image", "link", "markup", "a", "_build", "x y"])
VALUES = st.recursive(
    st.booleans() | st.sampled_from(["enableDefault", "true", "_build: 1", ""]) | st.integers(0, 9),
    lambda inner: st.dictionaries(KEYS, inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(data=st.dictionaries(KEYS, VALUES, max_size=4), flow=st.booleans())
def test_whatever_the_config_nothing_else_changes(data: dict[str, Any], flow: bool) -> None:
    for form, text, load in (
        ("yaml", yaml.safe_dump(data, default_flow_style=flow), yaml.safe_load),
        ("json", json.dumps(data), json.loads),
    ):
        after = migrate_text(text, form, REMOVED)
        assert after.count("\n") == text.count("\n")
        assert migrate_text(after, form, REMOVED) == after
        assert undone(load(after)) == load(text)


def undone(data: Any, above: tuple[str, ...] = ()) -> Any:
    if isinstance(data, list):
        return [undone(item, (*above, "0")) for item in data]
    if not isinstance(data, dict):
        return data
    result = {}
    for key, value in data.items():
        if key == "useEmbedded":
            result["enableDefault"] = (
                {"fallback": True, "never": False}.get(value, value) if isinstance(value, str) else value
            )
        else:
            result[key] = undone(value, (*above, key))
    return result


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='-+{}\n _build:="[]', max_size=60))
def test_any_text_has_or_has_no_front_matter(text: str) -> None:
    start, end, form = front_matter(text)
    assert 0 <= start <= end <= len(text)
    migrate_text(text[start:end], form or "yaml", REMOVED, above=("front matter",))
