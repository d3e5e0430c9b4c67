"""Which element of a Hugo page stands for which of a Sphinx page, and what of both is compared."""

from __future__ import annotations

from typing import Any

# name: (selector in Hugo's <main>, selector in Sphinx's article); one string serves both.
PAIRS: dict[str, tuple[str, str]] = {
    "page": ("html", "html"),
    "text": ("#main", ".bd-article"),
    "title": ("h1", "h1"),
    "second heading": ("h2", "h2"),
    "third heading": ("h3", "h3"),
    "fourth heading": ("h4", "h4"),
    "paragraph": (".content-container > p:not([class])", ".bd-article section > p"),
    "link": ("p a[href='https://numpy.org']", "p a[href='https://numpy.org']"),
    "strong": ("p > strong", "p > strong"),
    "emphasis": ("p > em", "p > em"),
    "inline code": ("p > code", "p > code"),
    "list": (".content-container > ul", "section > ul"),
    "nested list": (".content-container > ul ul", "section > ul ul"),
    "list item": (".content-container > ul > li + li", "section > ul > li + li"),
    "numbered list": (".content-container > ol", "section > ol"),
    "code surface": (".highlight pre", ".highlight pre"),
    "keyword": (".highlight .kn", ".highlight .kn"),
    "string": (".highlight :is(.s2, .sd)", ".highlight :is(.s2, .sd)"),
    "number": (".highlight .mf", ".highlight .mf"),
    "comment": (".highlight .c1", ".highlight .c1"),
    "function": (".highlight .nf", ".highlight .nf"),
    "table box": (".sp-table", ".pst-scrollable-table-container"),
    "table": ("table", "table"),
    "table head": ("thead th", "thead th"),
    "table row": ("thead tr", "thead tr"),
    "table cell": ("tbody td", "tbody td"),
    "quotation": ("blockquote", "blockquote"),
    "term": ("dl:not(.field-list) > dt", "dl.simple:not(.field-list) > dt"),
    "definition": ("dl:not(.field-list) > dd", "dl.simple:not(.field-list) > dd"),
    **{
        f"{kind} {part}": (f".admonition.{kind}{rest}", f".admonition.{kind}{rest}")
        for kind in (
            "note", "tip", "hint", "important", "warning", "caution", "attention",
            "danger", "error", "seealso", "mission",
        )
        for part, rest in (("box", ""), ("title", " > .admonition-title"), ("text", " > p + p"))
    },
    "figure": ("figure", "figure"),
    "picture": ("figure img", "figure img"),
    "caption": ("figcaption", "figcaption"),
    "grid": (".sd-row", ".sd-row"),
    "grid cell": (".sd-row > .sd-col", ".sd-row > .sd-col"),
    "card": (".sd-card:not(.sd-dropdown)", ".sd-card:not(.sd-dropdown)"),
    "card body": (".sd-card-body", ".sd-card-body"),
    "card title": (".sd-card-title", ".sd-card-title"),
    "card text": (".sd-card-body > p:not(.sd-card-title)", ".sd-card-body > p:not(.sd-card-title)"),
    "tab": ("[role=tab][aria-selected=true]", ".sd-tab-set > :checked + label"),
    "other tab": ("[role=tab][aria-selected=false]", ".sd-tab-set > :not(:checked) + label"),
    "tab panel": ("[role=tabpanel]", ".sd-tab-content"),
    "tab text": ("[role=tabpanel] > p", ".sd-tab-content > p"),
    "dropdown": ("details.sd-dropdown", "details.sd-dropdown"),
    "dropdown title": (".sd-summary-title", ".sd-summary-title"),
    "badge": (".sd-badge.sd-bg-primary", ".sd-badge.sd-bg-primary"),
    "success badge": (".sd-badge.sd-bg-success", ".sd-badge.sd-bg-success"),
    "outline badge": (".sd-badge.sd-outline-warning", ".sd-badge.sd-outline-warning"),
    "button": (".sd-btn-primary", ".sd-btn-primary"),
    "outline button": (".sd-btn-outline-primary", ".sd-btn-outline-primary"),
    "key": ("p > kbd", "p > kbd"),
    "footnote mark": (".footnote-ref", ".footnote-reference"),
    "footnote": (".footnotes p", "aside.footnote p"),
    "formula's box": (".sp-math-block", "div.math"),
    "formula": ("math[display=block]", "math[display=block]"),
    "field list": ("dl.field-list", "dl.field-list"),
    "field name": ("dl.field-list > dt", "dl.field-list > dt"),
    "field text": ("dl.field-list > dd", "dl.field-list > dd"),
    "bar": (".sp-ecosystem", ".sp-ecosystem"),
    "bar link": (".sp-ecosystem > ul > li + li > a", ".sp-ecosystem > ul > li + li > a"),
    "footer": ("#footer", ".bd-footer"),
    "footer text": (".sp-footer-copyright", ".bd-footer p"),
}  # fmt: skip

SIDES = ("top", "right", "bottom", "left")
PROPERTIES = [
    "font-family", "font-size", "font-weight", "font-style", "line-height", "letter-spacing",
    "color", "background-color", "background-image", "text-align", "text-decoration-line", "text-decoration-color", "box-shadow", "filter",
    *(f"margin-{side}" for side in SIDES), *(f"padding-{side}" for side in SIDES),
    *(f"border-{side}-{what}" for side in SIDES for what in ("width", "style", "color")),
    *(f"border-{y}-{x}-radius" for y in ("top", "bottom") for x in ("left", "right")),
]  # fmt: skip

# Each exception says why the two may differ there.
LINKED = "Sphinx makes a scaled picture a link to the whole one, so it inherits the colour of links"
LINE = "the line between tabs and panel belongs to the row of tabs in Hugo, to the panel in Sphinx"
LAST = "a line of its own under the columns in Hugo, one of the parent's items in Sphinx"
EXCEPTIONS: dict[tuple[str, str], str] = {
    **{("tab panel", f"border-top-{what}"): LINE for what in ("width", "style", "color")},
    ("picture", "color"): LINKED,
    **{
        ("footer text", what): LAST
        for what in ("margin-top", "padding-top", "border-top-width", "border-top-style", "border-top-color")
    },
}

SCRIPT = """([pairs, properties]) => pairs.map(([name, selector]) => {
  const element = document.querySelector(selector);
  if (!element) return [name, null];
  const style = getComputedStyle(element);
  const values = Object.fromEntries(properties.map((p) => [p, style.getPropertyValue(p)]));
  for (const side of ["top", "right", "bottom", "left"]) {
    if (values[`border-${side}-width`] === "0px") {
      values[`border-${side}-style`] = values[`border-${side}-color`] = "(no line)";
    }
  }
  values["text-align"] = values["text-align"].replace("start", "left");
  if (values["text-decoration-line"] === "none") values["text-decoration-color"] = "(no line)";
  return [name, values];
})"""


def styles(page: Any, side: int) -> dict[str, dict[str, str] | None]:
    """Computed values of every component on an open page; side 0 is Hugo, 1 is Sphinx."""
    pairs = [(name, both[side]) for name, both in PAIRS.items()]
    return dict(page.evaluate(SCRIPT, [pairs, PROPERTIES]))
