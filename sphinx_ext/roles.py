"""The ``legacy`` directive and the ``doi`` and ``arxiv`` roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.locale import _
from sphinx.util.docutils import (
    ReferenceRole,
    SphinxDirective,
    is_directive_registered,
    is_role_registered,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .facts import Facts


class Legacy(SphinxDirective):
    """An admonition: what is documented here is kept, but no longer recommended.

    ``.. legacy:: function`` names the kind of thing; content says what to use instead.
    """

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"class": directives.class_option, "name": directives.unchanged}
    project = ""

    def run(self) -> list[nodes.Node]:
        """Build the admonition."""
        kind = self.arguments[0] if self.arguments else _("page")
        text = _("This {kind} is considered legacy: it is kept as it is and receives no new features.")
        later = _("It may be removed from a future version of {project}.")
        words = text.format(kind=kind)
        if self.project:
            words += " " + later.format(project=self.project)
        box = nodes.admonition("\n".join(self.content))
        box["classes"] += ["admonition-legacy", "legacy", *self.options.get("class", [])]
        box += nodes.title("", _("Legacy"))
        box += nodes.paragraph("", words)
        box += self.parse_content_to_nodes()
        self.set_source_info(box)
        self.add_name(box)
        return [box]


class Identifier(ReferenceRole):
    """A reference by a permanent identifier: ``:doi:`10.1000/182```, ``:doi:`title <10.1000/182>```."""

    address = "https://doi.org/"
    prefix = "doi:"

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Build the link."""
        target = self.target.strip()
        for known in (self.address, "https://dx.doi.org/", "http://dx.doi.org/", self.prefix):
            if target.lower().startswith(known.lower()):
                target = target[len(known) :].strip()
        title = self.title if self.has_explicit_title else self.prefix + target
        reference = nodes.reference(
            self.rawtext, title, internal=False, refuri=self.address + quote(target, safe="/:().;-_~")
        )
        return [reference], []


class Arxiv(Identifier):
    """A reference to a preprint: ``:arxiv:`2004.00123```."""

    address = "https://arxiv.org/abs/"
    prefix = "arXiv:"


def prepare(app: Sphinx, facts: Facts) -> None:
    """Register what neither the project nor another extension has registered.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.
    facts : Facts
        Facts about the project.
    """
    if not is_directive_registered("legacy"):
        app.add_directive("legacy", type("Legacy", (Legacy,), {"project": facts.name}))
    shortcuts = getattr(app.config, "extlinks", None) or {}
    for name, role in (("doi", Identifier), ("arxiv", Arxiv)):  # the names of roles ignore case
        taken = {shortcut.lower() for shortcut in shortcuts}
        if name not in taken and not is_role_registered(name):
            app.add_role(name, role())
