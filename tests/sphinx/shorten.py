"""Take a project's own ``conf.py`` apart: which lines are about theme, boilerplate, links and switcher."""

from __future__ import annotations

import ast
import re

#: What our side takes over, by the names that are assigned.
TOPICS = {
    "theme options": r"html_(theme|logo|favicon|context|sidebars)|.*switcher",
    "boilerplate": r"html_|htmlhelp_|pygments_style|templates_path|source_(suffix|encoding)|(master|root)_doc|exclude_|"
    r"today_fmt|add_(function_parentheses|module_names)|default_role|language$|needs_sphinx|smartquotes",
    "intersphinx": r".*intersphinx",
    "linkcode": r".*linkcode|_get_c_source_file",
    "copybutton": r"copybutton",
    "ours": r"scientific_python_|extensions$",
}


def topic(node: ast.stmt) -> str:
    """Topic of a statement; empty for what is none of ours."""
    for name in _names(node):
        for found, pattern in TOPICS.items():
            if re.match(pattern, name):
                return found
    return ""


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        targets = [node.value.func]
    names = []
    for target in targets:
        while isinstance(target, ast.Subscript | ast.Attribute):
            target = target.value
        if isinstance(target, ast.Name):
            names.append(target.id)
    return names


def count(source: str, *, own: bool = False) -> dict[str, int]:
    """Code lines of each topic, without blank lines and comments.

    ``extensions`` counts only in our version: the line that adds us.
    """
    lines = source.splitlines()
    found = dict.fromkeys(TOPICS, 0)

    def visit(body: list[ast.stmt]) -> None:
        for node in body:
            inner = [*getattr(node, "body", []), *getattr(node, "orelse", [])]
            if isinstance(node, ast.If | ast.For | ast.With | ast.Try) and inner:
                if all(topic(step) for step in inner):
                    found[topic(inner[0])] += _lines(lines, node)
                else:
                    visit(inner)
                continue
            name = topic(node)
            if name and (name != "ours" or own):
                found[name] += _lines(lines, node)

    visit(ast.parse(source).body)
    return found


def _lines(lines: list[str], node: ast.stmt) -> int:
    part = lines[node.lineno - 1 : node.end_lineno]
    return sum(1 for line in part if line.strip() and not line.lstrip().startswith("#"))


def without(source: str) -> str:
    """The file without the statements of those topics (``extensions`` stays)."""
    tree = ast.parse(source)

    def keep(body: list[ast.stmt]) -> list[ast.stmt]:
        kept = []
        for node in body:
            if isinstance(node, ast.If | ast.For | ast.With):
                node.body, node.orelse = keep(node.body), keep(node.orelse)
                if node.body:
                    kept.append(node)
            elif isinstance(node, ast.Try) or topic(node) in ("", "ours"):
                kept.append(node)
        return kept

    tree.body = keep(tree.body)
    return ast.unparse(tree)
