"""Small inventories, and a server that misbehaves on purpose."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from inventories_for_tests import NUMPY, make_inventory


@pytest.fixture
def inv() -> Callable[..., bytes]:
    """Make the bytes of an inventory."""
    return make_inventory


class _Liar(http.server.BaseHTTPRequestHandler):
    """Each path is a way to misbehave; /ok.inv behaves."""

    seen: dict[str, int]
    content: dict[str, bytes]

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        name = self.path.strip("/")
        self.seen[name] = self.seen.get(name, 0) + 1
        port = self.server.server_address[1]
        match name:
            case "html":
                self._send(b"<!DOCTYPE html><title>Moved</title>", type_="text/html")
            case "404" | "500":
                self.send_error(int(name))
            case "flaky":
                if self.seen[name] < 2:
                    self.send_error(503)
                else:
                    self._send(self.content["ok.inv"])
            case "same-host":
                self._redirect("/ok.inv")
            case "other-host":
                self._redirect(f"http://localhost:{port}/ok.inv")
            case "circle":
                self._redirect("/circle2")
            case "circle2":
                self._redirect("/circle")
            case "malformed":
                self._redirect("https://[x/")
            case "file-scheme":
                self._redirect("file:///etc/passwd")
            case _ if name.startswith("chain"):
                self._redirect(f"/chain{int(name[5:] or 0) + 1}")
            case "hang":
                time.sleep(3)
            case "drip" | "drip-headers":  # never silent for as long as a socket's time-out
                self.wfile.write(b"HTTP/1.0 200 OK\r\n")
                if name == "drip":
                    self.wfile.write(b"Content-Length: 90000\r\n\r\n")
                for _ in range(40):
                    self.wfile.write(b"x")
                    time.sleep(0.2)
            case "trickle":
                self.send_response(200)
                self.end_headers()
                for _ in range(40):
                    self.wfile.write(b"#")
                    self.wfile.flush()
                    time.sleep(0.1)
            case "short":
                self.send_response(200)
                self.send_header("Content-Length", "9999")
                self.end_headers()
                self.wfile.write(self.content["ok.inv"])
                self.close_connection = True
            case "announced-giant":
                self.send_response(200)
                self.send_header("Content-Length", str(10**12))
                self.end_headers()
            case _ if name in self.content:
                self._send(self.content[name])
            case _:
                self.send_error(404)

    def _send(self, body: bytes, type_: str = "application/octet-stream") -> None:
        self.send_response(200)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """Clients that hang up are what these tests are about."""


@pytest.fixture
def liar() -> Iterator[tuple[str, dict[str, bytes], dict[str, int]]]:
    """A server: its address, the files it serves (change them at will), and how often each was asked for."""
    content = {"ok.inv": make_inventory(NUMPY)}
    seen: dict[str, int] = {}
    handler = type("Handler", (_Liar,), {"content": content, "seen": seen})
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", content, seen
    server.shutdown()
    server.server_close()
