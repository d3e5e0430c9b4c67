"""Reference pages made at build time from the code and the templates they describe."""

from __future__ import annotations

import inspect
import re

import click
from sphinx.application import Sphinx

from scientific_python_theme.paths import hugo_theme


def cli() -> str:
    """Describe every command and its options."""
    from scientific_python_theme.cli import main

    def describe(
        command: click.Command, names: list[str], level: int, parent: click.Context | None = None
    ) -> list[str]:
        context = click.Context(command, parent=parent, **command.context_settings)
        lines = [_paragraphs(inspect.cleandoc(command.help or ""))]
        usage = " ".join(command.collect_usage_pieces(context))
        lines += ["", "```text", f"{' '.join(names)} {usage}", "```", ""]
        for parameter in command.get_params(context):
            record = parameter.get_help_record(context)
            if record and record[1]:
                lines += [f"`{record[0]}`", f": {_inline(record[1])}", ""]
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                if child is not None and not child.hidden:
                    lines += [f"{'#' * level} `{' '.join([*names, name][1:])}`", ""]
                    lines += describe(child, [*names, name], level + 1, context)
        return lines

    return "\n".join(describe(main, ["scientific-python-theme"], 2))


def shortcodes() -> str:
    """Describe every shortcode from the comment it begins with.

    Its first line says what it is; then come parameters (name, two spaces, meaning), the body, examples.
    """
    lines: list[str] = []
    for file in sorted((hugo_theme() / "layouts" / "_shortcodes").glob("*.html")):
        head = re.match(r"\s*\{\{-?\s*/\*(.*?)\*/\s*-?\}\}", file.read_text("utf-8"), re.S)
        if not head:
            continue
        first, *rest = (line.strip() for line in head[1].strip().splitlines())
        sentence, *short = re.split(r" {3,}", first)
        parameters = [part for part in [*short, *rest] if not part.startswith(("{{", "Body:"))]
        body = [part for part in [*short, *rest] if part.startswith("Body:")]
        examples = [part for line in rest if line.startswith("{{") for part in line.split("   ")]
        lines += [f"## `{file.stem}`", "", _inline(sentence), ""]
        for parameter in parameters:
            name, _, meaning = parameter.partition("  ")
            lines += [f"`{name}`", f": {_inline(meaning.strip())}", ""] if meaning else [f"`{name}`", ""]
        lines += [_inline(one) + "\n" for one in body]
        lines += ["```text", *examples, "```", ""] if examples else []
    return "\n".join(lines)


def rules() -> str:
    """Describe every lint rule from its docstring."""
    from scientific_python_theme.lint.explain import rules_markdown

    return rules_markdown()


PAGES = {"cli": cli, "shortcodes": shortcodes, "rules": rules}


def _paragraphs(text: str) -> str:
    """Paragraphs of a help text; what it keeps from being wrapped is code."""
    blocks = []
    for block in text.split("\n\n"):
        if "\b" in block:
            blocks.append("```text\n" + inspect.cleandoc(block.replace("\b", "")) + "\n```")
        else:
            blocks.append(_inline(" ".join(block.split())))
    return "\n\n".join(blocks)


def _inline(text: str) -> str:
    """Options, attributes and tags as code, where they stay as they are typed."""
    parts = text.split("`")
    typed = r"(?<!\w)--[a-z][\w-]*|\w+ ?= ?(?:\"[^\"]*\"|'[^']*')|<\w+>"
    parts[::2] = [re.sub(typed, r"`\g<0>`", part) for part in parts[::2]]
    return "`".join(parts)


_BLOCK = re.compile(r"^```\{generated\} (\w+)\n```$", re.MULTILINE)


def fill(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the made text where ``{generated} cli`` stands, before the page is parsed.

    Parsing it inside a directive would move what precedes the first heading behind the sections.
    """
    if _BLOCK.search(source[0]):
        source[0] = _BLOCK.sub(lambda match: PAGES[match[1]](), source[0])
        app.env.note_reread()


def defaults(*event: str | None) -> tuple[str | None, str | None]:
    """Show ``...`` where attrs makes the default anew, instead of its own mark for that."""
    signature, returned = event[-2:]
    return signature and signature.replace(" = NOTHING", " = ..."), returned


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", fill)
    app.connect("autodoc-process-signature", defaults)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
