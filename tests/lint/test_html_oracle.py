"""axe-core and Chromium as oracles over the conformance cases."""

from __future__ import annotations

import base64
import http.server
import threading

import pytest
from browser_oracle import COUNTERPART, axe_says, chromium_says
from lint_cases import cases

from scientific_python_theme.lint.model import Kind
from scientific_python_theme.lint.sources import html

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("lint-oracle")]

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>'


class Pictures(http.server.BaseHTTPRequestHandler):
    """Answers every address with something of the kind its name promises."""

    def do_GET(self):
        kind, body = "image/png", PNG
        if self.path.endswith(".svg"):
            kind, body = "image/svg+xml", SVG
        elif self.path.endswith((".html", "/")):
            kind, body = "text/html", b"<p>x"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def base():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pictures)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_axe_agrees_where_it_has_a_rule(page, axe_source, base):
    """Violations are the same, case by case, but for the differences the tables explain."""
    table = [case for case in cases() if not case.get("differs")]
    wrong = []
    for case, violations in zip(
        table, axe_says(page, axe_source, [c["html"] for c in table], base), strict=True
    ):
        theirs = {code for code, rules in COUNTERPART.items() if rules & violations}
        if theirs != set(case["finds"]) & set(COUNTERPART):
            wrong.append((case["html"], case["finds"], violations))
    assert not wrong


def test_chromium_computes_the_same_names(page):
    """Names of images are those in the browser's accessibility tree."""
    wrong = []
    for case in cases():
        text = case["html"]
        if case.get("differs") or case["table"] == "attributes" or "<input" in text or "<object" in text:
            continue
        if "graphics-" in text or ("<svg" in text and "role=" not in text) or 'role="button"' in text:
            continue  # Chromium gives these other roles
        if 'alt=""' in text and "ALT017" in case["finds"]:
            continue
        page.set_content(f"<!doctype html><body>{text}")
        theirs = sorted(name.strip() for _, name in chromium_says(page))
        ours = sorted(
            image.name
            for image in html.read(text, "page.html").images
            if image.exposed and not image.decorative and image.kind in (Kind.IMAGE, Kind.SVG, Kind.ROLE_IMG)
        )
        if ours != theirs:
            wrong.append((text, ours, theirs))
    assert not wrong
