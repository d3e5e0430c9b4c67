"""``rule``: explain a rule of the linter."""

from __future__ import annotations

import difflib
import json
import os
import sys

import click

from ..errors import ThemeError
from ..lint.explain import as_data, as_text, explanation, rules_markdown
from ..lint.rules import all_rules
from ..lint.select import matching


@click.command()
@click.argument("rules", nargs=-1, metavar="[RULE]...")
@click.option("--all", "every", is_flag=True, help="All rules; as a list in text.")
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
def rule(rules: tuple[str, ...], every: bool, form: str) -> None:
    """Explain rules: what they find, why it matters, a bad and a good example, the source.

    RULE is a code (ALT002), a name (fallback-path) or a prefix (ALT01).
    """
    known = all_rules()
    if every == bool(rules):
        raise click.UsageError("name a rule, such as ALT002 or fallback-path, or give --all")
    chosen = dict(known) if every else {}
    for word in rules:
        codes = matching(word)
        if not codes:
            names = [*known, *(r.name for r in known.values())]
            near = difflib.get_close_matches(word.upper(), names, n=1) or difflib.get_close_matches(
                word.lower(), names, n=1
            )
            raise ThemeError(
                f"no rule {word!r}; " + (f"did you mean {near[0]!r}?" if near else "see: rule --all")
            )
        chosen |= {code: known[code] for code in sorted(codes)}
    if form == "json":
        data = [as_data(r) for r in chosen.values()]
        click.echo(json.dumps(data if every or len(data) != 1 else data[0], indent=2))
    elif form == "markdown":
        click.echo(rules_markdown(chosen.values()), nl=False)
    elif every:
        wide = max(len(r.name) for r in known.values())
        for r in known.values():
            what = explanation(r).what.replace("``", "`")
            click.echo(
                f"{r.code}  {r.name:<{wide}}  {r.severity.value:<7}  {'on ' if r.default else 'off'}  {what}"
            )
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        for n, r in enumerate(chosen.values()):
            head, _, rest = as_text(r).partition("\n")
            click.echo(
                ("\n\n" if n else "") + (click.style(head, bold=True) if colour else head) + "\n" + rest
            )
