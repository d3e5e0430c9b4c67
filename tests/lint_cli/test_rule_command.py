"""The command `rule`: each rule can be understood without looking anything up."""

import json

import pytest

from scientific_python_theme.lint.explain import explanation, rules_markdown
from scientific_python_theme.lint.rules import all_rules


@pytest.mark.parametrize("word", ["ALT002", "alt002", "fallback-path"])
def test_rule_explains_what_why_bad_good_and_source(cli, word):
    output = cli("rule", word).output
    for part in ("ALT002 fallback-path", "Bad:", "Good:", "Source:", "Severity error"):
        assert part in output


def test_unknown_rule_gets_a_hint(cli):
    result = cli("rule", "fallback-pth")
    assert result.exit_code == 2
    assert "fallback-path" in result.output
    assert cli("rule").exit_code == 2


def test_all_rules_as_list_json_and_markdown(cli):
    codes = set(all_rules())
    listed = cli("rule", "--all").output.splitlines()
    assert {line.split()[0] for line in listed} == codes
    data = json.loads(cli("rule", "--all", "--output-format", "json").output)
    assert {row["code"] for row in data} == codes
    markdown = rules_markdown()
    assert all(f"({code.lower()})=" in markdown for code in codes)


@pytest.mark.parametrize("code", all_rules())
def test_every_rule_says_what_and_why_with_examples(code):
    told = explanation(all_rules()[code])
    assert told.what
    assert told.why
    assert told.reason.endswith((".", "!", "?"))
    assert told.bad
    assert told.good
