"""Directives that show pictures, in reStructuredText and in MyST alike.

The readers of both syntaxes hand over a directive as written (`Written`); here it becomes images.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import frozen

from ..model import Attribute, Image, Kind, Origin, Place, Surroundings
from .collect import is_decorative, names_no_picture
from .views import View

_DRAWN = frozenset(
    [
        "graphviz",
        "digraph",
        "graph",
        "mermaid",
        "uml",
        "plantuml",
        "aafig",
        "blockdiag",
        "seqdiag",
        "actdiag",
        "nwdiag",
        "packetdiag",
        "rackdiag",
    ]
)
PICTURES = _DRAWN | frozenset(
    [
        "image",
        "figure",
        "image-sg",
        "thumbnail",
        "drawio-image",
        "drawio-figure",
        "figure-md",
        "svgbob-image",
    ]
)
"""Directives with an ``:alt:`` option whose picture the author chose or described in the text."""

OUTPUTS = {"plot": "plot_directive", "pyvista-plot": "pyvista", "altair-plot": "altair"}
"""Directives with an ``:alt:`` option whose picture is made by running code, and who makes it."""

CARDS = frozenset({"card", "grid-item-card"})
"""sphinx-design cards: ``:img-top:`` and its like with ``:img-alt:``."""

FROM_CONTENT = _DRAWN | OUTPUTS.keys()
"""Those whose content is a program or a drawing, not text."""

LITERAL = FROM_CONTENT | frozenset(
    [
        "code",
        "code-block",
        "sourcecode",
        "code-cell",
        "literalinclude",
        "math",
        "raw",
        "highlight",
        "ipython",
        "ipython3",
        "prompt",
        "exec",
        "jupyter-execute",
        "jupyter-input",
        "jupyter-output",
        "jupyter-download",
        "jupyter-kernel",
        "cell-output",
        "doctest",
        "testcode",
        "testsetup",
        "testoutput",
        "testcleanup",
        "productionlist",
        "parsed-literal",
        "command-output",
        "program-output",
        "bokeh-plot",
        "vegaplot",
        "vega-lite",
        "tikz",
        "plotly",
        "chart",
        "kroki",
        "typst",
        "diagrams",
        "toctree",
        "autosummary",
        "contents",
        "index",
        "meta",
        "include",
        "image",
        "bibliography",
        "cython",
        "pyodide",
        "replite",
        "jupyterlite",
        "notebooklite",
        "voici",
        "retrolite",
        "wavedrom",
        "svgbob",
        "ditaa",
        "chemical",
        "doxygenfile",
        "raw-cell",
        "highlight-lang",
        "comment",
        "mdinclude",
        "date",
        "unicode",
        "replace",
        "substitution-code-block",
    ]
)
"""Directives whose content holds no text to read."""

WITHOUT_ARGUMENT = frozenset(
    [
        "attention",
        "caution",
        "danger",
        "error",
        "hint",
        "important",
        "note",
        "tip",
        "warning",
        "seealso",
        "todo",
        "epigraph",
        "highlights",
        "pull-quote",
        "compound",
        "tab-set",
        "grid-item",
        "div-block",
    ]
)
"""Directives whose text may begin on their first line."""

WITH_ARGUMENT = frozenset(
    [
        "admonition",
        "class",
        "container",
        "dropdown",
        "list-table",
        "only",
        "rst-class",
        "sidebar",
        "tab-item",
        "table",
        "topic",
    ]
)
"""Directives whose first lines are an argument even if they stand on the next line."""

_IMPORT = re.compile(r"(?m)^[ \t]*(?:>>> |\.\.\. )?(?:import|from)[ \t][^\n]*$")
_DRAWS = re.compile(
    r"\b(?:plt|pyplot|ax\w*|fig\w*|pylab|mpl|sns|pv|pd)\b"
    r"|plot|draw|show|hist|scatter|visuali[sz]e|render|display|chart|graph|tick|label|axis|axes|grid|colou?r|legend|canvas",
    re.IGNORECASE,
)
_MERMAID = re.compile(r"(?m)^[ \t]*acc(?:Title|Descr)[ \t]*(?::[ \t]*(\S.*)|\{([^{}]*)\})")
_INDIRECT = re.compile(r"img-(?:top|bottom|background)")


@frozen(kw_only=True)
class Written:
    """A directive as its author wrote it.

    Parameters
    ----------
    name, argument : str
        Name in lower case; argument in one line.
    options : list of Attribute
        Options in order, duplicates kept.
    malformed : list of Attribute
        Lines that look like options but do not work.
    span : tuple of int
        Start of the directive and end of its options, as offsets in the view.
    insert : tuple of (int, str)
        Where a line with a further option may go, and what it begins with.
    yaml : bool
        Whether options stand in a block of YAML.
    substitution : str
        Name that it defines, ``""`` for none.
    caption, heading : str
        Text of the caption; nearest heading above.
    content : str
        What stands below the options of a directive that runs code or draws.
    syntax : str
        ``rst`` or ``markdown``.
    """

    name: str
    argument: str
    options: list[Attribute]
    malformed: list[Attribute]
    span: tuple[int, int]
    insert: tuple[int, str]
    yaml: bool = False
    substitution: str = ""
    caption: str = ""
    heading: str = ""
    content: str = ""
    syntax: str = "rst"


def short_name(name: str) -> str:
    """The name by which a directive is known, without a domain; what glue and eval paste may be a table."""
    name = name.lower()
    return name if name.startswith(("glue:", "eval:")) else name.rpartition(":")[2]


def shows_picture(name: str) -> bool:
    """Whether `images` knows a directive."""
    return name in PICTURES or name in OUTPUTS or name in CARDS


def images(written: Written, view: View) -> Iterator[Image]:
    """The images a directive shows.

    Parameters
    ----------
    written : Written
        The directive.
    view : View
        The text its offsets count in.

    Yields
    ------
    Image
        One for most, one per picture option for a card.
    """
    make = _card if written.name in CARDS else _figure
    yield from make(written, view.place)


def _address(written: Written) -> str:
    """Address without what only its syntax needs: spaces at line ends, backslashes in reStructuredText."""
    address = written.argument.replace(" ", "")
    return re.sub(r"\\(.?)", r"\1", address) if written.syntax == "rst" else address


def _option(written: Written, name: str) -> Attribute | None:
    return next((o for o in written.options if o.name.lower() == name), None)


def _figure(written: Written, place: Callable[[int, int | None], Place]) -> Iterator[Image]:
    name = written.name
    flags = {o.name.lower() for o in written.options}
    alt = _option(written, "alt")
    if "nofigs" in flags or _filled_in(written) or names_no_picture(written.argument):
        return
    if name in ("image", "figure") and not written.argument:
        return  # in mystmd what stands inside are the pictures; others refuse it
    if name == "plot" and not written.argument and alt is None and _only_computes(written.content):
        return
    target = _option(written, "target")
    classes = _option(written, "class")
    title = _option(written, "title")
    caption = _option(written, "caption")
    text = None if alt is None else (alt.value or "")
    facts: dict[str, object] = {}
    if written.malformed:
        facts["malformed"] = tuple(written.malformed)
    if text is None and name != "mermaid":  # mostly drawn by the browser, which sees no option
        facts |= _insertion(written, "alt", place)
    origin, generator = Origin.AUTHOR if alt else Origin.NONE, ""
    spoken = text or ""
    if name == "mermaid" and text is None:
        if written.argument:
            return  # the file may say it
        spoken = " ".join(" ".join(m[1] or m[2] for m in _MERMAID.finditer(written.content)).split())
    if written.substitution and text is None:  # docutils writes its name
        origin, generator = Origin.GENERATOR, "docutils"
        facts["substitution"] = spoken = written.substitution
    # The name of a substitution in one word is mostly a mere handle.
    words = spoken if text is None and (" " in spoken or name == "mermaid") else ""
    if name in OUTPUTS:
        generator = OUTPUTS[name]
    href = (target.value or "") if target else ""
    linked = target is not None and name not in FROM_CONTENT
    yield Image(
        src=("" if name in ("digraph", "graph", "aafig") else _address(written)),
        alt=text,
        name=words or None,
        place=place(*written.span),
        kind=Kind.OUTPUT if name in OUTPUTS else Kind.IMAGE,
        element=name,
        format=written.syntax,
        decorative=text == "" or is_decorative(written.options),
        origin=origin,
        generator=generator,
        classes=tuple((classes.value or "").split()) if classes else (),
        attributes=tuple(written.options),
        alt_place=alt.place if alt else None,
        around=Surroundings(
            caption=written.caption or ((caption.value or "") if caption else ""),
            heading=written.heading,
            title=(title.value or "") if title else "",
            container="link" if linked else "",
            href=href if linked else "",
            container_name=spoken if linked else None,
        ),
        facts=facts,
    )


def _insertion(written: Written, option: str, place: Callable[[int, int | None], Place]) -> dict[str, object]:
    """Facts about where and how an option with the alternative is written."""
    at, line = written.insert
    form = f'{option}: "{{}}"' if written.yaml else f":{option}: {{}}"
    return {"insert_alt": (place(at, None), line + form), "yaml": written.yaml}


def _only_computes(code: str) -> bool:
    """Whether a session shows results only: plot directives also serve for what keeps its names."""
    return ">>> " in code and _DRAWS.search(_IMPORT.sub("", code)) is None


def _filled_in(written: Written) -> bool:
    """Whether a template engine writes the directive: nobody can tell what it will say."""
    said = [written.argument, *(f"{m.name} {m.value or ''}" for m in written.malformed)]
    return any("{{" in text or "{%" in text for text in said)


def _card(written: Written, place: Callable[[int, int | None], Place]) -> Iterator[Image]:
    alt = _option(written, "img-alt")
    link = _option(written, "link")
    for option in written.options:
        if not _INDIRECT.fullmatch(option.name.lower()):
            continue
        facts: dict[str, object] = {"card": option.name.lower()}
        if written.malformed:
            facts["malformed"] = tuple(written.malformed)
        if alt is None:
            facts |= _insertion(written, "img-alt", place)
        text = "" if alt is None else (alt.value or "")
        yield Image(
            src=option.value or "",
            alt=text,
            place=option.place,
            element=written.name,
            format=written.syntax,
            decorative=alt is not None and not text,
            origin=Origin.AUTHOR if alt else Origin.GENERATOR,
            generator="" if alt else "sphinx-design",
            attributes=tuple(written.options),
            alt_place=alt.place if alt else None,
            # The link lies over the whole card and does not hold the image: `:link-alt:` names it.
            around=Surroundings(
                adjacent=written.argument,
                heading=written.heading,
                href=(link.value or "") if link else "",
            ),
            facts=facts,
        )
