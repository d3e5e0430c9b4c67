"""Privacy-friendly analytics: only when asked for, never in previews, without cookies.

Plausible and GoatCounter count visits without cookies or personal data. Nothing is loaded
unless ``scientific_python_analytics`` says so, and never where a pull request is built.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from .addresses import scheme
from .messages import nearest, warn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

KEYS = frozenset({"plausible", "goatcounter", "script"})
#: The instance that the community hosts itself.
PLAUSIBLE = "https://views.scientific-python.org/js/script.js"
GOATCOUNTER = "https://gc.zgo.at/count.js"


def is_preview(environment: Mapping[str, str]) -> bool:
    """Whether a pull request or branch preview is built.

    Parameters
    ----------
    environment : mapping of str to str
        Environment variables.

    Returns
    -------
    bool
        True on Read the Docs, GitHub Actions, CircleCI, Netlify, Cloudflare Pages, Vercel, GitLab, Azure
        Pipelines, Travis and AppVeyor where their variables tell of a pull request or a preview.
    """
    value = environment.get
    return (
        value("READTHEDOCS_VERSION_TYPE") == "external"
        or value("GITHUB_EVENT_NAME", "").startswith(("pull_request", "merge_group"))
        or bool(value("CIRCLE_PULL_REQUEST") or value("CIRCLE_PR_NUMBER") or value("CI_PULL_REQUEST"))
        or (bool(value("NETLIFY")) and value("CONTEXT", "production") != "production")
        or value("PULL_REQUEST", "false") == "true"
        or value("CI_PIPELINE_SOURCE") == "merge_request_event"
        or value("VERCEL_ENV", "production") != "production"
        or (bool(value("CF_PAGES")) and value("CF_PAGES_BRANCH", "main") not in ("main", "master"))
        or value("BUILD_REASON") == "PullRequest"
        or value("TRAVIS_PULL_REQUEST", "false") != "false"
        or bool(value("APPVEYOR_PULL_REQUEST_NUMBER"))
    )


def script(wanted: str | dict[str, Any]) -> tuple[str, dict[str, str]] | None:
    """Address and attributes of the script a setting asks for.

    Parameters
    ----------
    wanted : str or dict
        Plausible's name of the site, or ``plausible`` or ``goatcounter`` with, optionally, ``script``.

    Returns
    -------
    tuple of str and dict, or None
        None, after a warning, if the setting cannot be used.
    """
    table = {"plausible": wanted} if isinstance(wanted, str) else dict(wanted)
    where = "conf.py: scientific_python_analytics"
    for key, value in table.items():
        if key not in KEYS:
            warn("analytics", f"{where}: unknown key {key!r}; {nearest(key, KEYS)}")
            return None
        if not isinstance(value, str) or not value.strip() or any(c in value for c in "\"'<> "):
            warn("analytics", f"{where}[{key!r}] = {value!r} is not usable; write a name or an address")
            return None
    kinds = [key for key in ("plausible", "goatcounter") if key in table]
    if len(kinds) != 1:
        warn("analytics", f'{where}: name one of "plausible" and "goatcounter" (got {len(kinds)})')
        return None
    address = table.get("script") or (PLAUSIBLE if kinds == ["plausible"] else GOATCOUNTER)
    if scheme(address) != "https" and "://" in address:
        warn("analytics", f"{where}: script {address!r} must be fetched by https://")
        return None
    if kinds == ["plausible"]:
        return address, {"data-domain": table["plausible"]}
    counter = table["goatcounter"]
    if "://" not in counter:
        counter = f"https://{counter}.goatcounter.com/count"
    return address, {"data-goatcounter": counter}


def prepare(app: Sphinx, config: Config) -> None:
    """Add the script, if it is asked for and this is no preview.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.
    config : sphinx.config.Config
        Its configuration.
    """
    wanted = config.scientific_python_analytics
    if not wanted or is_preview(os.environ):
        return
    if isinstance(config.html_theme_options, dict) and config.html_theme_options.get("analytics"):
        return  # the project set up the parent's own
    found = script(wanted)
    if found:
        address, attributes = found
        app.add_js_file(address, loading_method="defer", priority=500, **attributes)
