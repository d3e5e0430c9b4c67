"""Ask axe-core and Chromium what they think of a piece of HTML."""

from __future__ import annotations

import json
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


def axe_says(page: Any, axe_source: str, snippets: list[str], base: str) -> list[set[str]]:
    """Codes of axe-core's violations for each snippet, each in a page of its own."""
    found = []
    for snippet in snippets:
        page.goto(base)
        page.set_content(snippet if "<html" in snippet.lower() else f"<!doctype html><body>{snippet}")
        page.wait_for_load_state("load")
        page.evaluate(axe_source)
        result = page.evaluate(
            f"axe.run(document, {{runOnly: {{type: 'rule', values: {json.dumps(RULES)}}}, resultTypes: ['violations']}})"
        )
        found.append({v["id"] for v in result["violations"]})
    return found


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
