"""What a rule is, why it matters, and how to mend what it finds: read from its docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable

from attrs import frozen

from .rules import Rule, all_rules

#: Page of the rules, for formats that link to them.
RULES_URL = "https://scientific-python-theme.readthedocs.io/en/latest/reference/rules.html"
_EXAMPLE = re.compile(r"^(Bad|Good)(?: \(([^)]*)\))?:[ \t]*(.*)$")


@frozen(kw_only=True)
class Explanation:
    """A rule's docstring, taken apart.

    Parameters
    ----------
    what : str
        First sentence.
    why : tuple of str
        Paragraphs: why it matters, what to do.
    bad, good : tuple of str
        Examples.
    """

    what: str
    why: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]

    @property
    def reason(self) -> str:
        """First sentence of why."""
        if not self.why:
            return ""
        return re.split(r"(?<=[.!?])\s+(?=[A-Z`*])", self.why[0], maxsplit=1)[0]


def explanation(rule: Rule) -> Explanation:
    """Take a rule's docstring apart.

    Parameters
    ----------
    rule : Rule
        A rule.

    Returns
    -------
    Explanation
        Its parts; what the docstring lacks is empty.
    """
    lines = inspect.cleandoc(rule.docstring).split("\n")
    examples: dict[str, list[str]] = {"Bad": [], "Good": []}
    prose: list[str] = []
    current: list[str] | None = None
    for line in lines:
        if match := _EXAMPLE.match(line):
            current = [match[3]] if match[3] else []
            examples[match[1]].append("")
            kind = match[1]
        elif current is not None and (line.startswith((" ", "\t")) or not line.strip()):
            current.append(line)
        else:
            current = None
            prose.append(line)
            continue
        examples[kind][-1] = inspect.cleandoc("\n" + "\n".join(current)).strip()
    paragraphs = [" ".join(part.split()) for part in "\n".join(prose).split("\n\n") if part.strip()]
    return Explanation(
        what=paragraphs[0] if paragraphs else rule.name,
        why=tuple(paragraphs[1:]),
        bad=tuple(map(_plain, filter(None, examples["Bad"]))),
        good=tuple(map(_plain, filter(None, examples["Good"]))),
    )


def _plain(example: str) -> str:
    """An example without the quotes of reStructuredText around it."""
    if example.startswith("``") and example.endswith("``") and len(example) > 4:
        return example[2:-2].strip()
    return example.removeprefix("::").strip("\n")


def url(rule: Rule) -> str:
    """Address of a rule's explanation."""
    return f"{RULES_URL}#{rule.code.lower()}"


def as_text(rule: Rule) -> str:
    """Explanation for a terminal."""
    told = explanation(rule)
    parts = [f"{rule.code} {rule.name}", told.what, _facts(rule), *told.why]
    for label, some in (("Bad", told.bad), ("Good", told.good)):
        parts += [
            f"{label}:\n" + "\n".join(f"    {line}" for line in example.split("\n")) for example in some
        ]
    parts.append(f"Source: {rule.source}")
    return "\n\n".join(parts)


def _facts(rule: Rule) -> str:
    return f"Severity {rule.severity}, {'on' if rule.default else 'off'} by default."


def as_data(rule: Rule) -> dict[str, object]:
    """Explanation as plain values, for JSON."""
    told = explanation(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "default": rule.default,
        "what": told.what,
        "why": list(told.why),
        "bad": list(told.bad),
        "good": list(told.good),
        "source": rule.source,
        "url": url(rule),
    }


def rules_markdown(rules: Iterable[Rule] | None = None) -> str:
    """Reference of all rules as MyST Markdown, for the documentation.

    Parameters
    ----------
    rules : iterable of Rule, optional
        Rules to describe; all by default.

    Returns
    -------
    str
        A table, then a section for each rule, with a target ``(alt001)=``.
    """
    chosen = list(all_rules().values() if rules is None else rules)
    out = ["| Code | Name | What | Severity | Default |", "|---|---|---|---|---|"]
    for rule in chosen:
        what = _markdown(explanation(rule).what).replace("|", "\\|")
        on = "on" if rule.default else "off"
        out.append(
            f"| [{rule.code}](#{rule.code.lower()}) | `{rule.name}` | {what} | {rule.severity} | {on} |"
        )
    for rule in chosen:
        told = explanation(rule)
        out += [
            "",
            f"({rule.code.lower()})=",
            f"## {rule.code} {rule.name}",
            "",
            _markdown(told.what),
            "",
        ]
        out += [f"*{_facts(rule)}*", ""]
        for paragraph in told.why:
            out += [_markdown(paragraph), ""]
        for label, some in (("Bad", told.bad), ("Good", told.good)):
            for example in some:
                ticks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", example)), default=0))
                out += [f"{label}:", "", f"{ticks}text", *example.split("\n"), ticks, ""]
        out.append(f"Source: {rule.source}")
    return "\n".join(out) + "\n"


def _markdown(text: str) -> str:
    """Literals of reStructuredText as those of Markdown, angle brackets kept as text."""
    pieces = re.split(r"(``.+?``)", text)
    return "".join(
        f"`{piece[2:-2]}`" if n % 2 else piece.replace("<", "\\<").replace("{", "\\{")
        for n, piece in enumerate(pieces)
    )
