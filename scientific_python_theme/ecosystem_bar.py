"""The bar of the ecosystem: one list of links, the same bytes from here and from Hugo's template.

`tests/navigation` compares this module's output with that of `ecosystem/bar.html`.
"""

from __future__ import annotations

import re

from . import paths
from .projects import Project, Registry

ALL = "all-projects"  # where a site that is not in the registry stands


def html(registry: Registry, current: str | None = None) -> str:
    """Markup of the bar.

    Parameters
    ----------
    registry : Registry
        What the bar lists.
    current : str, optional
        Id of the site that shows it. A site that is not listed is marked at "All projects".

    Returns
    -------
    str
        A ``nav`` element without white space between elements; exactly one link has
        ``aria-current`` as long as "All projects" is not hidden.
    """
    menu = [*registry.menu(), *(registry.projects[i] for i in registry.more)]
    shown = {i for i in registry.sites if i != "projects"} | {p.id for p in menu}
    here = current if current in shown else ALL
    entries = [
        f"<li><details><summary>Projects<span> and sites</span></summary><ul>"
        f"{''.join(_link(p, here) for p in menu)}</ul></details></li>"
        if id_ == "projects"
        else _link(registry.projects[id_], here)
        for id_ in registry.sites
    ]
    return (
        '<nav class="sp-ecosystem" data-ecosystem-nav aria-label="Scientific Python" lang="en" dir="ltr">'
        f"<ul>{''.join(entries)}</ul></nav>"
    )


def _link(project: Project, here: str) -> str:
    mark = ' aria-current="true"' if project.id == here else ""
    return (
        f'<li><a href="{_escape(project.homepage)}"{mark}>{_escape(project.label or project.name)}</a></li>'
    )


def _escape(text: str) -> str:
    # The spelling of Hugo's htmlEscape, so that both sides print the same bytes.
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;")):
        text = text.replace(char, entity)
    return text


def css() -> str:
    """Style sheet of the bar, without comments and white space."""
    return _squeeze_css((paths.hugo_theme() / "assets/css/components/ecosystem.css").read_text("utf-8"))


def script() -> str:
    """Script of the bar (Escape and focus return), without comments and indentation."""
    text = (paths.hugo_theme() / "assets/js/theme/ecosystem.js").read_text("utf-8")
    lines = (re.sub(r"^\s*//.*", "", line).strip() for line in text.splitlines())
    return "".join(line + ("\n" if line.endswith(";") else "") for line in lines if line).strip() + "\n"


def _squeeze_css(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};>,])\s*", r"\1", text)
    text = re.sub(r"(?<=[\w-]): (?=[^{}]*[;}])", ":", text)
    return text.replace(";}", "}").strip() + "\n"
