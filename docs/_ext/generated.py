"""Reference pages made at build time from the code and the templates they describe."""

from __future__ import annotations

import re

import click
from sphinx.application import Sphinx

from scientific_python_theme.paths import hugo_theme


def cli() -> str:
    """Describe every command and its options."""
    from scientific_python_theme.cli import main

    def describe(command: click.Command, names: list[str], level: int) -> list[str]:
        context = click.Context(command, info_name=" ".join(names))
        lines = [f"{'#' * level} `{' '.join(names)}`", "", _paragraphs(command.help or "")]
        usage = " ".join(command.collect_usage_pieces(context))
        lines += ["", "```text", f"{' '.join(names)} {usage}", "```", ""]
        for parameter in command.get_params(context):
            record = parameter.get_help_record(context)
            if record:
                lines += [f"`{record[0]}`", f": {record[1] or '…'}", ""]
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                if child is not None and not child.hidden:
                    lines += describe(child, [*names, name], min(level + 1, 4))
        return lines

    return "\n".join(describe(main, ["scientific-python-theme"], 2))


def shortcodes() -> str:
    """Describe every shortcode from the comment it begins with."""
    lines: list[str] = []
    for file in sorted((hugo_theme() / "layouts" / "_shortcodes").glob("*.html")):
        head = re.match(r"\s*\{\{-?\s*/\*(.*?)\*/\s*-?\}\}", file.read_text("utf-8"), re.S)
        if not head:
            continue
        text = "\n".join(line.strip() for line in head[1].strip().splitlines())
        lines += [f"## `{file.stem}`", "", "```text", text, "```", ""]
    return "\n".join(lines)


def rules() -> str:
    """Describe every lint rule from its docstring."""
    from scientific_python_theme.lint.explain import rules_markdown

    return rules_markdown(level=2)


PAGES = {"cli": cli, "shortcodes": shortcodes, "rules": rules}


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(block.replace("\b", "").split()) for block in text.split("\n\n"))


_BLOCK = re.compile(r"^```\{generated\} (\w+)\n```$", re.MULTILINE)


def fill(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the made text where ``{generated} cli`` stands, before the page is parsed.

    Parsing it inside a directive would move what precedes the first heading behind the sections.
    """
    if _BLOCK.search(source[0]):
        source[0] = _BLOCK.sub(lambda match: PAGES[match[1]](), source[0])
        app.env.note_reread()


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
