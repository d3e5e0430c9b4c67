#!/usr/bin/env python3
"""Write the members of a GitHub team as TOML for ``{{< grid file="team.toml" >}}``.

    GH_TOKEN=… python team_query.py --org numpy --team maintainers > maintainers.toml

Needs Python 3.9 and a token in GH_TOKEN (or GITHUB_TOKEN) that may read the organisation's teams.
With ``--avatars DIR`` the pictures are saved there and pages ask nobody else for them.
Nothing is printed unless all members were read, so a redirected file is whole or empty.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

API = "https://api.github.com/graphql"
QUERY = """
query ($org: String!, $team: String!, $after: String) {
  organization(login: $org) {
    team(slug: $team) {
      members(first: 100, after: $after, orderBy: {field: LOGIN, direction: ASC}) {
        nodes { login name url avatarUrl }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
"""
KINDS = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"RIFF": ".webp"}
LARGEST = 5 * 1024 * 1024


class TeamError(Exception):
    """What went wrong, in words for the person at the terminal."""


def fetch(
    url: str, *, data: bytes | None = None, token: str = "", timeout: float = 30, tries: int = 3
) -> bytes:
    """Answer of a server; a passing trouble (5xx, no connection) is tried again."""
    headers = {"User-Agent": "scientific-python-theme"}
    if token:
        headers |= {"Authorization": f"bearer {token}", "Content-Type": "application/json"}
    for attempt in range(1, tries + 1):
        try:
            request = urllib.request.Request(url, data=data, headers=headers)
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                text = answer.read(LARGEST + 1)
                missing = getattr(answer, "length", None)
                if missing and len(text) <= LARGEST:
                    raise http.client.IncompleteRead(text, missing)
                return text
        except urllib.error.HTTPError as error:
            if error.code < 500 or attempt == tries:
                hint = "; is GH_TOKEN valid, with the scope read:org?" if error.code in (401, 403) else ""
                raise TeamError(f"{url} answered {error.code} {error.reason}{hint}") from error
        except (OSError, http.client.HTTPException) as error:
            if attempt == tries:
                reason = getattr(error, "reason", None) or error
                raise TeamError(f"no whole answer from {url} within {timeout:g} s: {reason}") from error
        except ValueError as error:
            raise TeamError(f"{url} cannot be asked: {error}") from error
        time.sleep(0.5 * attempt)
    raise AssertionError("unreachable")


def plain_token(token: str) -> str:
    """The token without the line end of a file; what cannot be one is refused, and never shown."""
    token = token.strip()
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise TeamError("GH_TOKEN is no token: it holds spaces or characters other than letters and digits")
    if not token:
        raise TeamError(
            "no token; make one at https://github.com/settings/tokens (scope read:org) and set GH_TOKEN"
        )
    return token


def seconds(text: str) -> float:
    """A time above zero, for the command line."""
    value = float(text)
    if not 0 < value < 86400:
        raise ValueError(text)
    return value


def members(org: str, team: str, *, token: str, api: str = API, timeout: float = 30) -> list[dict]:
    """All members of a team, ordered by login: dicts with login, name, url, avatarUrl."""
    found: list[dict] = []
    after = None
    while True:
        body = json.dumps({"query": QUERY, "variables": {"org": org, "team": team, "after": after}}).encode()
        text = fetch(api, data=body, token=token, timeout=timeout)
        try:
            answer = json.loads(text)
        except ValueError as error:
            raise TeamError(f"{api} did not answer with JSON: {text[:80]!r}") from error
        if not isinstance(answer, dict):
            raise TeamError(f"{api} answered with {type(answer).__name__}, not an object")
        if answer.get("errors"):
            said = "; ".join(str(e.get("message", e) if isinstance(e, dict) else e) for e in answer["errors"])
            raise TeamError(f"GitHub says: {said}")
        place = (answer.get("data") or {}).get("organization")
        if not place:
            raise TeamError(f"there is no organisation {org!r}, or the token may not see it")
        if not place.get("team"):
            raise TeamError(f"{org} has no team {team!r} (as in its address), or the token may not see it")
        page = place["team"]["members"]
        found += [node for node in page["nodes"] if node]
        info = page.get("pageInfo") or {}
        if not info.get("hasNextPage"):
            return found
        if info["endCursor"] == after:
            raise TeamError("GitHub repeats the same page; try again later")
        after = info["endCursor"]


def plain_avatar(url: str) -> str:
    """An avatar's address without GitHub's cache parameters (`u`, `v`)."""
    parts = urllib.parse.urlsplit(url)
    kept = [(k, v) for k, v in urllib.parse.parse_qsl(parts.query) if k not in ("u", "v")]
    return urllib.parse.urlunsplit(parts._replace(query=urllib.parse.urlencode(kept)))


def save_avatar(url: str, login: str, folder: Path, *, size: int, timeout: float) -> Path:
    """Fetch one picture; its kind is read from its bytes, its name is the login."""
    parts = urllib.parse.urlsplit(plain_avatar(url))
    query = [*urllib.parse.parse_qsl(parts.query), ("s", str(size))]
    data = fetch(
        urllib.parse.urlunsplit(parts._replace(query=urllib.parse.urlencode(query))), timeout=timeout
    )
    kind = next((ending for magic, ending in KINDS.items() if data.startswith(magic)), "")
    if not kind or len(data) > LARGEST:
        raise TeamError(f"the avatar of {login} is no PNG, JPEG, GIF or WebP picture under 5 MiB: {url}")
    name = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in login)
    file = folder / f"{name.lower()}{kind}"
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    part.write_bytes(data)
    part.replace(file)
    return file


def toml_text(text: str) -> str:
    """A TOML basic string; also right inside a multi-line one."""
    escapes = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    return '"' + "".join(
        escapes.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c) for c in text
    ) + '"'  # fmt: skip


def shown_name(text: str) -> str:
    """A person's name as one line of Markdown that means just itself."""
    line = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("{", "&#123;"), ("}", "&#125;")):
        line = line.replace(character, entity)
    line = "".join("\\" + c if c in "\\`*_[]|~$" else c for c in line)
    if line[:1] in tuple("#+-=:"):
        return "\\" + line
    digits = len(line) - len(line.lstrip("0123456789"))
    if digits and line[digits : digits + 1] in (".", ")"):
        return line[:digits] + "\\" + line[digits:]
    return line


def item(member: dict, avatar: str) -> str:
    """One ``[[item]]`` of a grid. The picture is decoration: the name stands below it."""
    quoted = avatar.replace("\\", "%5C").replace('"', "%22").replace("`", "%60")
    body = f'{{{{< image src="{quoted}" alt="" width="120" height="120" >}}}}\n\n'
    body += shown_name(member.get("name") or member["login"])
    return "\n".join(
        (
            "[[item]]",
            "type = 'card'",
            "classcard = 'text-center'",
            f"link = {toml_text(member['url'])}",
            f"body = {toml_text(body)}",
            "",
        )
    )


def main(argv: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    api = os.environ.get("GITHUB_GRAPHQL_URL", API)
    add("--org", required=True, help="organisation on GitHub")
    add("--team", required=True, help="name of the team as in its address")
    add("--avatars", type=Path, metavar="DIR", help="save the pictures here: static/images/team")
    add("--avatars-url", metavar="URL", help="address of that folder (default: what follows static/)")
    add("--size", type=int, default=240, help="side of a saved picture, pixels (%(default)s)")
    add("--timeout", type=seconds, default=30, help="seconds to wait for an answer (%(default)s)")
    add("--api", default=api, help="GraphQL address (%(default)s)")
    options = parser.parse_args(argv)
    try:
        token = plain_token(os.environ.get("GH_TOKEN") or os.environ.get("GITHUB_TOKEN") or "")
        people = members(options.org, options.team, token=token, api=options.api, timeout=options.timeout)
        items = []
        for person in people:
            avatar = plain_avatar(person.get("avatarUrl") or "")
            if options.avatars and avatar:
                file = save_avatar(
                    avatar, person["login"], options.avatars, size=options.size, timeout=options.timeout
                )
                base = options.avatars_url or "/" + file.parent.as_posix().rpartition("static/")[2].strip("/")
                avatar = f"{base.rstrip('/')}/{file.name}"
            items.append(item(person, avatar))
        text = "\n".join(items).encode("utf-8")
    except TeamError as error:
        print(f"team_query: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"team_query: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except (KeyError, TypeError, AttributeError) as error:
        print(f"team_query: GitHub's answer lacks {error}; its API may have changed", file=sys.stderr)
        return 1
    except (ValueError, RecursionError) as error:
        print(f"team_query: GitHub's answer cannot be used: {error}", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
