"""Take the documentation's pictures from the built demo: each page light and dark, side by side.

    make demo SERVE=0 && spin shots

Needs a Chromium (``CHROMIUM`` names another binary).
"""

import functools
import http.server
import io
import os
import shutil
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "build" / "demo"
OUT = ROOT / "docs" / "_static" / "shots"
PAGES = {
    "site-home": "site/",
    "docs-page": "docs/how-to/hugo-install.html",
    "docs-api": "docs/reference/api.html",
    "report": "report.html",
}
SIZE = {"width": 1200, "height": 800}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def main() -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(DEMO)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    OUT.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path in PAGES.items():
            halves = []
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
                page.goto(f"http://127.0.0.1:{server.server_address[1]}/{path}")
                halves.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
                page.close()
            width, height = halves[0].size
            picture = Image.new("RGB", (width, height))
            picture.paste(halves[0].crop((0, 0, width // 2, height)), (0, 0))
            picture.paste(halves[1].crop((width // 2, 0, width, height)), (width // 2, 0))
            picture.save(OUT / f"{name}.webp", quality=72, method=6)
            print(f"{OUT / name}.webp")
        browser.close()


if __name__ == "__main__":
    main()
