"""tools/team_query.py against a GraphQL server of our own."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator

import pytest
from hugo_sites import ROOT
from tests_png import PNG

TOOL = ROOT / "hugo-theme" / "tools" / "team_query.py"
NASTY = [
    {
        "login": "ada",
        "name": "Ada \"The Count\" O'Neill ''' \\ {{< evil >}}",
        "url": "https://github.com/ada",
    },
    {"login": "ben", "name": None, "url": "https://github.com/ben"},
    {"login": "cé", "name": "  3. *Çelik*\n<script>x</script> # [a](b)", "url": "https://github.com/ce"},
]


class Fake(http.server.BaseHTTPRequestHandler):
    """GraphQL on POST, pictures on GET; behaves as the server's `mode` says."""

    def log_message(self, *args):
        pass

    def reply(self, data, code=200):
        self.send_response(code)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        self.server.seen.append(self.path)
        if self.server.mode == "cut picture":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            return self.wfile.write(PNG)
        return self.reply(b"<html>" if self.server.mode == "bad picture" else PNG)

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.headers["Authorization"], asked["variables"]))
        mode = self.server.mode
        if mode == "slow":
            return time.sleep(2)
        if mode == "denied":
            return self.reply(b"{}", 401)
        if mode == "other protocol":
            return self.wfile.write(b"SSH-2.0-x\r\n")
        if mode == "flaky" and len(self.server.seen) == 1:
            return self.reply(b"", 502)
        if mode == "noise":
            return self.reply(b"<html>not json</html>")
        if mode == "deep":
            return self.reply(b"[" * 100_000)
        if mode == "list":
            return self.reply(b"[]")
        if mode == "errors":
            return self.reply(json.dumps({"errors": [{"message": "bad credentials"}]}).encode())
        if mode == "no team":
            return self.reply(json.dumps({"data": {"organization": {"team": None}}}).encode())
        if mode == "no org":
            return self.reply(json.dumps({"data": {"organization": None}}).encode())
        start = int(asked["variables"]["after"] or 0)
        people = self.server.people
        page = [
            {"avatarUrl": f"{self.server.base}/u/{n}?u=abc&v=4", **person}
            for n, person in enumerate(people[start : start + 100], start)
        ]
        more = start + 100 < len(people)
        info = {"hasNextPage": more, "endCursor": str(start + 100)}
        answer = {"data": {"organization": {"team": {"members": {"nodes": page, "pageInfo": info}}}}}
        return self.reply(json.dumps(answer).encode())


@pytest.fixture
def github() -> Iterator[http.server.ThreadingHTTPServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Fake)
    server.mode, server.people, server.seen = "", NASTY, []
    server.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ask(server, *args, token="secret", cwd=None):
    env = {k: v for k, v in os.environ.items() if k not in ("GH_TOKEN", "GITHUB_TOKEN")}
    if token:
        env["GH_TOKEN"] = token
    command = [
        sys.executable,
        "-S",
        "-E",
        str(TOOL),
        "--org",
        "o",
        "--team",
        "t",
        "--api",
        f"{server.base}/graphql",
    ]
    return subprocess.run(
        [*command, *args], capture_output=True, text=True, env=env, cwd=cwd, timeout=60, check=False
    )


def test_every_name_survives(github, build):
    done = ask(github)
    assert done.returncode == 0, done.stderr
    items = tomllib.loads(done.stdout)["item"]
    assert [i["link"] for i in items] == [p["url"] for p in NASTY]
    assert all(i["type"] == "card" and i["classcard"] == "text-center" for i in items)
    assert "?u=abc" not in done.stdout
    site = build(
        {
            "content/t/index.md": '---\ntitle: T\n---\n{{< grid file="t.toml" />}}\n',
            "content/t/t.toml": done.stdout,
        }
    )
    assert site.warnings() == []
    cards = site.soup("/t/").main.select(".sd-card")
    texts = [" ".join(c.get_text().split()) for c in cards]
    assert [t.translate(str.maketrans("“”‘’", "\"\"''")) for t in texts] == [
        "Ada \"The Count\" O'Neill ''' \\ {{< evil >}}",
        "ben",
        "3. *Çelik* <script>x</script> # [a](b)",
    ]
    assert all(c.img["alt"] == "" and c.select_one("a.sd-stretched-link") for c in cards)
    assert not site.soup("/t/").main.select("script")


def test_more_than_a_hundred(github):
    github.people = [
        {"login": f"m{n:03}", "name": f"M {n}", "url": f"https://github.com/m{n}"} for n in range(250)
    ]
    done = ask(github)
    assert len(tomllib.loads(done.stdout)["item"]) == 250
    assert [v["after"] for _, v in github.seen] == [None, "100", "200"]
    assert github.seen[0][0] == "bearer secret"


def test_an_empty_team_is_an_empty_file(github):
    github.people = []
    done = ask(github)
    assert (done.returncode, done.stdout) == (0, "")


def test_avatars_are_kept_with_the_site(github, tmp_path):
    done = ask(github, "--avatars", "static/images/team", "--size", "64", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static/images/team/ada.png").read_bytes() == PNG
    assert 'src="/images/team/ada.png"' in tomllib.loads(done.stdout)["item"][0]["body"]
    assert "/u/0?s=64" in github.seen
    assert sorted(p.name for p in (tmp_path / "static/images/team").iterdir()) == [
        "ada.png",
        "ben.png",
        "c_.png",
    ]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("denied", "GH_TOKEN"),
        ("noise", "JSON"),
        ("list", "object"),
        ("deep", "cannot be used"),
        ("errors", "bad credentials"),
        ("no team", "'t'"),
        ("no org", "'o'"),
    ],
)
def test_trouble_is_told_and_nothing_printed(github, mode, words):
    github.mode = mode
    done = ask(github)
    assert done.returncode != 0
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("key, value", [("avatarUrl", "https://[x"), ("url", "https://x/\ud800")])
def test_an_address_that_is_none_is_told(github, key, value):
    github.people = [{**NASTY[0], key: value}]
    done = ask(github)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("team_query: GitHub's answer cannot be used: ")


def test_a_passing_trouble_passes(github):
    github.mode = "flaky"
    assert ask(github).returncode == 0


def test_a_silent_server_does_not_hang_the_build(github):
    github.mode = "slow"
    start = time.monotonic()
    done = ask(github, "--timeout", "0.2")
    assert done.returncode != 0
    assert "0.2 s" in done.stderr
    assert time.monotonic() - start < 20


def test_without_a_token(github):
    done = ask(github, token="")
    assert done.returncode != 0
    assert "GH_TOKEN" in done.stderr
    assert github.seen == []


def test_a_page_for_a_picture_is_refused(github, tmp_path):
    github.mode = "bad picture"
    done = ask(github, "--avatars", "a", cwd=tmp_path)
    assert done.returncode != 0
    assert "avatar of ada" in done.stderr
    assert done.stdout == ""


def test_a_picture_that_breaks_off_replaces_none(github, tmp_path):
    first = ask(github, "--avatars", "static/images/team", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    before = {file.name: file.read_bytes() for file in (tmp_path / "static/images/team").iterdir()}
    github.mode = "cut picture"
    done = ask(github, "--avatars", "static/images/team", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "more expected" in done.stderr
    assert {file.name: file.read_bytes() for file in (tmp_path / "static/images/team").iterdir()} == before


@pytest.mark.parametrize("end", ["\r", "\n", " \r\n"])
def test_a_token_may_end_as_lines_of_a_file_do(github, end):
    assert ask(github, token="ghp_x" + end).returncode == 0
    assert github.seen[0][0] == "bearer ghp_x"


@pytest.mark.parametrize("token", ["…", "ghp_SECRET\rX: y", "ghp_SECRET and more"])
def test_what_is_no_token_is_not_shown(github, token):
    done = ask(github, token=token)
    assert (done.returncode, done.stdout, github.seen) == (1, "", [])
    assert done.stderr.startswith("team_query: GH_TOKEN")
    assert "SECRET" not in done.stderr


@pytest.mark.parametrize(
    "args, words",
    [
        (["--timeout", "-1"], "--timeout"),
        (["--api", "nowhere"], "team_query: nowhere cannot be asked"),
        (["--avatars", "file/below"], "team_query: file"),
    ],
)
def test_options_that_cannot_be_are_named(github, tmp_path, args, words):
    (tmp_path / "file").write_text("")
    done = ask(github, *args, cwd=tmp_path)
    assert done.returncode > 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_speaks_otherwise_is_named(github):
    github.mode = "other protocol"
    done = ask(github)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("team_query: no whole answer from")
