"""Ask axe-core and Chromium what they think of a piece of HTML."""

from __future__ import annotations

from typing import Any

RULES = ["image-alt", "input-image-alt", "area-alt", "object-alt", "role-img-alt", "svg-img-alt",
         "image-redundant-alt", "link-name", "button-name", "empty-heading", "presentation-role-conflict"]  # fmt: skip

# What each of our rules is called there; the others have no counterpart.
COUNTERPART = {
    "ALT001": {"image-alt", "role-img-alt"},
    "ALT005": {"link-name", "button-name", "empty-heading"},
    "ALT007": {"image-redundant-alt"},
    "ALT013": {"svg-img-alt"},
    "ALT014": {"object-alt"},
    "ALT015": {"area-alt"},
    "ALT016": {"input-image-alt"},
}


_LOOP = """
async ([snippets, rules]) => {
  const found = [];
  for (const snippet of snippets) {
    document.body.innerHTML = snippet;
    if (snippet.includes("<object")) await new Promise(done => setTimeout(done, 150));
    const result = await axe.run(document, {runOnly: {type: "rule", values: rules}, resultTypes: ["violations"]});
    found.push(result.violations.map(violation => violation.id));
  }
  return found;
}
"""


def axe_says(page: Any, axe_source: str, snippets: list[str], base: str) -> list[set[str]]:
    """Names of axe-core's violations for each snippet as a page's body."""
    page.goto(base)
    page.evaluate(axe_source)
    return [set(names) for names in page.evaluate(_LOOP, [snippets, RULES])]


def chromium_says(page: Any) -> list[tuple[str, str]]:
    """Role and name of every image that Chromium's accessibility tree holds for the open page."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        (n["role"]["value"], n.get("name", {}).get("value", ""))
        for n in nodes
        if not n.get("ignored") and n.get("role", {}).get("value") in ("image", "img")
    ]
