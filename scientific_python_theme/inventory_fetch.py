"""Fetch inventories from their hosts, and believe no host.

Only the `inventory` commands use the network; builds never do.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from . import __version__
from .errors import InventoryError
from .inventory import MAX_FILE

if TYPE_CHECKING:
    import requests

REDIRECTS = 5
RETRIES = 2  # after the first attempt
AGAIN = frozenset({429, 500, 502, 503, 504})


def fetch(url: str, *, timeout: float = 20, retries: int = RETRIES, pause: float = 0.5) -> bytes:
    """Fetch one inventory.

    Parameters
    ----------
    url : str
        Address of the ``objects.inv``.
    timeout : float
        Seconds for one whole attempt, however slowly the host sends.
    retries : int
        Further attempts after a failure that may pass: no connection, no answer in time, status 429 or 5xx.
    pause : float
        Seconds before the first further attempt; doubled each time.

    Returns
    -------
    bytes
        The body, at most `MAX_FILE` bytes.

    Raises
    ------
    InventoryError
        If the host cannot be reached, answers with an error or too much, or redirects to another host.
    """
    import requests

    failure = ""
    for attempt in range(retries + 1):
        if attempt:
            time.sleep(pause * 2 ** (attempt - 1))
        try:
            return _within(timeout, url)
        except _PassingError as error:
            failure = str(error)
        except requests.RequestException as error:
            failure = _words(error)
        except ValueError as error:  # of urlsplit, inside of requests too
            raise InventoryError(f"{url}: redirects to no address ({error}); refused") from error
    raise InventoryError(
        f"{url}: {failure} ({retries + 1} attempts); the locked file stays in use, try again later"
    )


class _PassingError(Exception):
    """A failure that may be gone at the next attempt."""


def _within(timeout: float, url: str) -> bytes:
    """One attempt, given up when its time is over.

    A host that sends a byte now and then never lets a time-out of the socket pass, so the
    attempt runs in a thread of its own, which is left behind then.
    """
    import requests

    answer: list[bytes] = []
    failure: list[Exception] = []

    def attempt() -> None:
        try:
            with requests.Session() as session:
                answer.append(_once(session, url, timeout))
        except Exception as error:  # noqa: BLE001 - raised again by the caller
            failure.append(error)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(timeout + 0.5)  # the attempt itself knows better words when it is only just late
    if failure:
        raise failure[0]
    if not answer:
        raise _PassingError(f"not all sent within {timeout:g} s")
    return answer[0]


def _once(session: requests.Session, url: str, timeout: float) -> bytes:
    end = time.monotonic() + timeout
    asked, seen = url, {url}
    for _ in range(REDIRECTS + 1):
        left = end - time.monotonic()
        if left <= 0:
            raise _PassingError(f"no answer within {timeout:g} s")
        with session.get(
            url, timeout=left, stream=True, allow_redirects=False,
            headers={"User-Agent": f"scientific-python-theme/{__version__}", "Accept-Encoding": "identity"},
        ) as answer:  # fmt: skip
            if answer.is_redirect:
                url = _followed(asked, url, answer.headers.get("location", ""), seen)
                continue
            if answer.status_code in AGAIN:
                raise _PassingError(f"status {answer.status_code}")
            if answer.status_code != 200:
                raise InventoryError(f"{asked}: status {answer.status_code}; has the inventory moved?")
            return _body(answer, asked, end, timeout)
    raise InventoryError(f"{asked}: more than {REDIRECTS} redirects; refused")


def _followed(asked: str, here: str, location: str, seen: set[str]) -> str:
    target = urljoin(here, location)
    if target in seen:
        raise InventoryError(f"{asked}: redirects in a circle ({target}); refused")
    seen.add(target)
    old, new = urlsplit(asked), urlsplit(target)
    if new.hostname != old.hostname or (new.scheme, old.scheme) == ("http", "https"):
        raise InventoryError(
            f"{asked}: has moved to {target!r}, another host; refused. "
            "If that is right, add it again with --url (and --docs)"
        )
    if new.scheme not in ("http", "https"):
        raise InventoryError(f"{asked}: redirects to {target!r}; refused")
    return target


def _body(answer: requests.Response, asked: str, end: float, timeout: float) -> bytes:
    announced = answer.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > MAX_FILE:
        raise InventoryError(f"{asked}: announces {int(announced):,} bytes, more than {MAX_FILE:,}; refused")
    parts, size = [], 0
    for part in answer.iter_content(8192):
        parts.append(part)
        size += len(part)
        if size > MAX_FILE:
            raise InventoryError(f"{asked}: sends more than {MAX_FILE:,} bytes; refused")
        if time.monotonic() > end:
            raise _PassingError(f"not all sent within {timeout:g} s")
    if announced.isdigit() and size < int(announced) and not answer.headers.get("content-encoding"):
        raise _PassingError(f"only {size:,} of {announced} bytes arrived")
    return b"".join(parts)


def _words(error: Exception) -> str:
    import requests

    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not valid"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection broke off"
    if isinstance(error, requests.ConnectionError):
        return "cannot be reached"
    return f"{type(error).__name__}"
