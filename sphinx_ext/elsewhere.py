"""Two things that are off by default: "see also elsewhere" under functions and classes, and ``llms.txt``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.ext.intersphinx import InventoryAdapter
from sphinx.locale import _

from scientific_python_theme.files import write_atomically

from .builders import prints_a_site
from .inventories import LockedInventory

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MOST = 5  # a name that more projects have says nothing


def add_see_also(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name targets of the same last part and the same role in the locked projects."""
    if not app.config.scientific_python_see_also or app.builder.format != "html":
        return
    named = InventoryAdapter(app.env).named_inventory
    inventories = {id_: found for id_, found in named.items() if isinstance(found, LockedInventory)}
    for desc in list(doctree.findall(addnodes.desc)):
        if desc.get("domain") != "py" or desc.get("objtype") not in ("function", "class"):
            continue
        signature = desc.next_node(addnodes.desc_signature)
        content = desc.next_node(addnodes.desc_content)
        leaf = str(signature.get("fullname", "")).rpartition(".")[2] if signature else ""
        if not leaf or content is None:
            continue
        hits = [
            (id_, name, item)
            for id_, found in inventories.items()
            for name, item in found.by_leaf(f"py:{desc['objtype']}", leaf)
        ]
        if not 0 < len(hits) <= MOST:
            continue
        line = nodes.paragraph("", "", nodes.Text(_("See also elsewhere:") + " "), classes=["sp-elsewhere"])
        for number, (id_, name, item) in enumerate(hits):
            if number:
                line += nodes.Text(", ")
            line += nodes.reference(
                "",
                "",
                nodes.literal(name, name),
                internal=False,
                refuri=item.uri,
                reftitle=_("(in %s)") % id_,
            )
        content += line


def write_llms(app: Sphinx, exception: Exception | None) -> None:
    """Write ``llms.txt``: the title, and every page in the order of the table of contents."""
    if exception or not app.config.scientific_python_llms_txt or app.builder.name not in ("html", "dirhtml"):
        return
    config, env = app.config, app.env
    base = (config.html_baseurl or "").rstrip("/") + "/" if config.html_baseurl else ""
    order = [config.root_doc]
    for docname in order:
        order += [d for d in env.toctree_includes.get(docname, ()) if d not in order]
    order += [d for d in sorted(env.found_docs) if d not in order]
    lines = [f"# {config.project}", "", f"> {config.html_title}", "", "## Pages", ""]
    for docname in order:
        title = env.titles[docname].astext() if docname in env.titles else docname
        title = " ".join(title.replace("[", "(").replace("]", ")").split())
        lines.append(f"- [{title}]({base}{app.builder.get_target_uri(docname)})")
    write_atomically(app.outdir / "llms.txt", "\n".join(lines) + "\n")


def publish_registry(app: Sphinx, exception: Exception | None) -> None:
    """Write the registry as JSON with its schema."""
    if exception or not app.config.scientific_python_publish_registry or not prints_a_site(app):
        return
    from pathlib import Path

    from scientific_python_theme import projects_json

    from .registry import registry_of

    projects_json.publish(registry_of(app.config, Path(app.confdir)), Path(app.outdir))


def setup_elsewhere(app: Sphinx) -> None:
    """Register this part."""
    for name in ("see_also", "llms_txt", "publish_registry"):
        app.add_config_value(f"scientific_python_{name}", False, "html", types=frozenset({bool}))
    app.connect("doctree-resolved", add_see_also)
    app.connect("build-finished", write_llms)
    app.connect("build-finished", publish_registry)
