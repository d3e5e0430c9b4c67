"""The ``spec`` role and directive: a badge on a website, a plain link elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective, SphinxRole

from scientific_python_theme import spec_badge
from scientific_python_theme.errors import ThemeError

from .messages import warn
from .registry import registry_of, this_project

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator


class SpecBadge(nodes.reference):
    """A link to a SPEC; writers that know no badge treat it as the link it is."""


def _badge(app: Sphinx, text: str, state: str, location: tuple[str, int]) -> Node:
    registry = registry_of(app.config, Path(app.confdir))
    try:
        numbers, said = spec_badge.parse(text)
        specs = spec_badge.specs_of(registry, numbers)
    except ThemeError as error:
        warn("spec", f"spec: {error}", location=location)
        return nodes.Text(f"SPEC {text}")
    state = state or said or spec_badge.state_of(this_project(app), numbers)
    words = f"SPEC {', '.join(str(s.number) for s in specs)}: {state}"
    return SpecBadge(
        "", words, internal=False, refuri=spec_badge.address(specs), svg=spec_badge.svg(specs, state),
        classes=["sp-spec-link"],
    )  # fmt: skip


class SpecRole(SphinxRole):
    """``:spec:`7``` or ``:spec:`0 1 4 endorsed```."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app  # that of the environment is deprecated

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Make the badge."""
        return [_badge(self.app, self.text, "", self.get_location_pair())], []

    def get_location_pair(self) -> tuple[str, int]:
        """Document and line."""
        return self.env.docname, self.lineno


class SpecDirective(SphinxDirective):
    """``.. spec:: 0 1 4``, with the option ``:state: adopted`` or ``endorsed``."""

    app: ClassVar[Sphinx]
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {"state": lambda a: directives.choice(a, spec_badge.STATES)}

    def run(self) -> list[Node]:
        """Make a paragraph with the badge."""
        badge = _badge(
            self.app, self.arguments[0], self.options.get("state", ""), (self.env.docname, self.lineno)
        )
        return [nodes.paragraph("", "", badge)]


def _visit(self: HTML5Translator, node: SpecBadge) -> None:
    if getattr(self.builder, "embedded", False):  # a book's list of files would have to name drawings
        self.visit_reference(node)
        return
    self.body.append(self.starttag(node, "a", "", CLASS="reference external", href=node["refuri"]))
    self.body.append(f"{node['svg']}</a>")
    raise nodes.SkipNode


def _depart(self: HTML5Translator, node: SpecBadge) -> None:
    self.depart_reference(node)  # of a link: the badge is closed


def setup_specs(app: Sphinx) -> None:
    """Register the role, the directive and the node."""
    app.add_node(SpecBadge, html=(_visit, _depart))
    app.add_role("spec", SpecRole(app))
    app.add_directive("spec", type("SpecDirective", (SpecDirective,), {"app": app}))
