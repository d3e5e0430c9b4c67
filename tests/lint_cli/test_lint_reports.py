"""Reports that machines read, and the page that people look at."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
import yaml
from support import ROOT, write_tree

HTML = '<h2>Results</h2><img src="a.png"><p>x</p><img src="b.png" alt="image"><img src="c.svg" alt="A red circle">'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" cx="4" cy="4" fill="red"/></svg>'
)
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
POSITIVE = {"type": "integer", "minimum": 1}
#: The parts of SARIF 2.1.0 that code scanning reads (OASIS Standard, sections 3.13 to 3.30), written from its text.
SARIF = {
    "type": "object", "required": ["version", "runs"], "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {
            "type": "object", "required": ["tool", "results"],
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {
                    "type": "object", "required": ["name"], "properties": {"rules": {
                        "type": "array", "uniqueItems": True, "items": {
                            "type": "object", "required": ["id"], "properties": {
                                "shortDescription": TEXT, "fullDescription": TEXT, "help": TEXT,
                                "helpUri": {"type": "string", "pattern": "^https://"},
                                "defaultConfiguration": {"properties": {
                                    "level": {"enum": ["none", "note", "warning", "error"]},
                                    "enabled": {"type": "boolean"}}}}}}}}}},
                "results": {"type": "array", "items": {
                    "type": "object", "required": ["message", "ruleId", "locations", "partialFingerprints"],
                    "properties": {
                        "message": TEXT, "level": {"enum": ["none", "note", "warning", "error"]},
                        "ruleIndex": {"type": "integer", "minimum": 0},
                        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                        "locations": {"type": "array", "minItems": 1, "items": {
                            "required": ["physicalLocation"], "properties": {"physicalLocation": {
                                "required": ["artifactLocation", "region"], "properties": {
                                    "artifactLocation": {"required": ["uri"]},
                                    "region": {"properties": dict.fromkeys(
                                        ("startLine", "startColumn", "endLine", "endColumn"), POSITIVE)}}}}}}}}},
            }}},
    },
}  # fmt: skip


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return write_tree(
        tmp_path, {"docs/a page.html": HTML, "docs/c.svg": SVG, "docs/sub/x.rst": ".. image:: z.png\n"}
    )


def test_sarif_is_valid_and_points_into_the_file(site, cli):
    data = json.loads(cli("lint", "docs", "--no-cache", "--output-format", "sarif").stdout)
    jsonschema.validate(data, SARIF)
    (run,) = data["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert uris == {"docs/a%20page.html", "docs/sub/x.rst"}


def test_junit_counts_what_it_lists(site, cli):
    root = ET.fromstring(cli("lint", "docs", "--no-cache", "--output-format", "junit").stdout)
    assert int(root.get("failures")) == len(root.findall(".//failure")) > 0
    assert int(root.get("tests")) == len(root.findall(".//testcase"))


def test_gitlab_fingerprints_are_unique(site, cli):
    issues = json.loads(cli("lint", "docs", "--no-cache", "--output-format", "gitlab").stdout)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 1
    assert all(issue["severity"] in {"info", "minor", "major", "critical", "blocker"} for issue in issues)


def test_json_has_coverage(site, cli):
    data = json.loads(cli("lint", "docs", "--no-cache", "--output-format", "json").stdout)
    assert data["coverage"] == {"described": 1, "undescribed": 3, "decorative": 0, "total": 4}


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "gitlab"])
def test_json_survives_a_terminal_that_is_not_utf_8(tmp_path, form):
    write_tree(tmp_path, {"é😀.html": "<img src=a.png>"})
    done = subprocess.run(
        [sys.executable, "-m", "scientific_python_theme", "lint", ".", "--no-cache", "--output-format", form],
        cwd=tmp_path, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip
    assert "é😀.html" in unquote(str(json.loads(done.stdout)))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_shows_all_images_filters_and_passes_axe(site, cli, page, axe, scheme):
    result = cli("lint", "docs", "--no-cache", "--report", "report.html", "-q")
    assert result.exit_code == 1
    page.emulate_media(color_scheme=scheme)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((site / "report.html").as_uri())
    cards = page.locator(".card")
    assert cards.count() == 4
    assert "25" in page.locator(".share").inner_text()
    assert axe(page) == []
    assert not [url for url in requests if not url.startswith(("file:", "data:"))]
    page.get_by_label("Search").fill("red circle")
    assert [cards.nth(n).is_visible() for n in range(4)].count(True) == 1
    page.get_by_label("Search").fill("")
    page.get_by_label("Rule").select_option("ALT004")
    assert page.locator("output").inner_text() == "1 of 4 images"
    page.get_by_label("Rule").select_option("")
    page.get_by_role("button", name="docs/sub").click()
    assert page.locator("output").inner_text() == "1 of 4 images"
    page.locator("textarea:visible").first.fill("A plan of the lattice")
    assert page.get_by_role("button", name="Copy 1 draft").is_enabled()


@pytest.mark.browser
def test_images_on_one_line_have_drafts_of_their_own(tmp_path, monkeypatch, cli, page):
    monkeypatch.chdir(tmp_path)
    write_tree(tmp_path, {"a.md": "![](a.png) ![](b.png)\n"})
    cli("lint", "a.md", "--no-cache", "--report", "report.html", "-q")
    page.goto((tmp_path / "report.html").as_uri())
    for n, words in enumerate(["First", "Second"]):
        page.locator("textarea").nth(n).fill(words)
    page.reload()
    assert page.evaluate("drafts()") == ["a.md:1:1\tFirst", "a.md:1:12\tSecond"]


def test_the_page_escapes_what_it_shows(site, cli):
    write_tree(
        site, {"docs/evil.html": '<img src="x.png" title="</script>" alt="<script>alert(1)</script>&quot;">'}
    )
    cli("lint", "docs", "--no-cache", "--report", "report.html", "-q")
    text = (site / "report.html").read_text()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;" in text
    assert not re.search(r'(src|href)="https?:', text)


def test_the_page_is_no_content(site, cli):
    """Its images are those of other files."""
    coverage = cli("lint", ".", "--no-cache", "--report", "old.html", "--statistics").stdout.splitlines()[-1]
    again = cli("lint", ".", "--no-cache", "--report", "new.html", "--statistics")
    assert again.stdout.splitlines()[-1] == coverage
    assert (site / "old.html").read_text("utf-8") == (site / "new.html").read_text("utf-8")


def test_the_page_is_written_whatever_an_image_is_called(tmp_path, monkeypatch, cli):
    monkeypatch.chdir(tmp_path)
    write_tree(tmp_path, {"a.rst": ".. image:: fig**.*\n\n.. image:: [x.*\n"})
    assert cli("lint", "a.rst", "--no-cache", "--report", "r.html", "-q").exit_code == 1
    assert "fig**.*" in (tmp_path / "r.html").read_text("utf-8")


def test_action_and_hook_name_a_command_that_exists(cli):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    helped = cli("lint", "--help").output
    script = "".join(step.get("run", "") for step in action["runs"]["steps"])
    for option in set(re.findall(r" (--[a-z-]+)", hook["entry"] + script.partition("lint=(")[2])):
        assert option in helped, option
    assert "${{" not in script, "an input in a script could run as a command"


def run_action(folder, args):
    """Run the action's own step, in a runner whose folders have spaces in their names."""
    temporary = folder / "run ner"
    temporary.mkdir()
    (temporary / "bin").symlink_to(Path(sys.executable).parent)
    write_tree(folder, {f"{name}/p.html": "<img src=a.png>" for name in "abc"})
    (step,) = (
        step
        for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
        if step.get("name") == "Check"
    )
    given = {
        "BIN": temporary / "bin",
        "PATHS": "a b\nc\n",
        "ARGS": args,
        "RUNNER_TEMP": temporary,
        "GITHUB_OUTPUT": folder / "output",
        "GITHUB_STEP_SUMMARY": folder / "summary",
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, **{name: str(value) for name, value in given.items()}},
    )  # fmt: skip


def test_the_action_checks_every_line_of_its_paths(tmp_path):
    done = run_action(tmp_path, "--no-cache")
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("ALT001") == 3
    assert (tmp_path / "output").read_text().splitlines()[0] == "findings=3"
    assert "3 findings" in (tmp_path / "summary").read_text()
    assert (tmp_path / "run ner" / "alt-text.sarif").is_file()


@pytest.mark.parametrize("args", ["--no-cache --output-file x", "-o x", "--output-file=x"])
def test_the_action_refuses_to_have_its_findings_taken_away(tmp_path, args):
    done = run_action(tmp_path, args)
    assert done.returncode == 2
    assert "leave it out" in done.stdout
