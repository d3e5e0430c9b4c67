"""Options of the parent theme: what ours would be, and what is wrong with the project's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateNotFound

from .facts import FAMILY
from .messages import nearest, warn
from .places import BY_PAGE, EDIT_BUTTON, PLACES, VERSION_SWITCHER, names, placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from .facts import Facts

PICTURES = (".svg", ".png", ".webp", ".jpg", ".jpeg", ".gif")
#: What a list option's entries must have.
ICON_KEYS = frozenset({"name", "url", "icon", "type", "attributes"})
NUMBERS = frozenset({"header_links_before_dropdown", "navigation_depth", "show_nav_level", "show_toc_level"})
STRINGS = frozenset({"announcement", "bitbucket_url", "github_url", "gitlab_url", "twitter_url"})
CHOICES = {"navbar_align": ("content", "left", "right")}
HOSTS = ("bitbucket", "github", "gitlab")
#: Options of sphinx-book-theme that are values of ours.
BOOK_THEME = {
    "repository_url": "scientific_python_repository",
    "repository_branch": "scientific_python_branch",
}


def logo(facts: Facts) -> str | None:
    """Logo of a project that names none: ``_static/logo.*``, or ``_static/<id>.*``.

    Parameters
    ----------
    facts : Facts
        Facts about the project.

    Returns
    -------
    str or None
        Path from the folder of the sources.
    """
    if facts.own_logo:
        return None
    stems = ["logo", "logo_light", "logo-light"]
    if facts.project:
        stems += [facts.project.id, f"{facts.project.id}_logo", f"{facts.project.id}-logo"]
    for stem in stems:
        for suffix in PICTURES:
            if (facts.source / "_static" / f"{stem}{suffix}").is_file():
                return f"_static/{stem}{suffix}"
    return None


def dark_sibling(picture: str, source: Path) -> str | None:
    """Dark version of a logo that lies beside it.

    Parameters
    ----------
    picture : str
        Path of the logo from the folder of the sources.
    source : pathlib.Path
        Folder of the sources.

    Returns
    -------
    str or None
        ``x_dark.svg``, ``x-dark.svg`` or ``x_light`` with *dark* for *light*; None if there is none.
    """
    stem, dot, suffix = picture.rpartition(".")
    names = [f"{stem}_dark", f"{stem}-dark"]
    head, slash, tail = stem.rpartition("/")
    if "light" in tail:
        names.insert(0, f"{head}{slash}{tail.replace('light', 'dark')}")
    for name in names:
        for ending in (suffix, "svg", "png"):
            if (source / f"{name}.{ending}").is_file():
                return f"{name}{dot}{ending}"
    return None


def make(config: Config, facts: Facts) -> dict[str, Any]:
    """Options for what is known of a project.

    Parameters
    ----------
    config : sphinx.config.Config
        The configuration, with the defaults applied.
    facts : Facts
        Facts about the project.

    Returns
    -------
    dict
        To lie under the project's own ``html_theme_options``.
    """
    own = config.html_theme_options
    options: dict[str, Any] = {
        "check_switcher": False,  # it would ask the network at every build; see `check`
        "header_links_before_dropdown": 6,
        "navbar_end": ["theme-switcher", "navbar-icon-links"],
    }
    if config.scientific_python_versions or own.get("switcher"):
        options["show_version_warning_banner"] = True
        if not placed(config, VERSION_SWITCHER):
            options["navbar_end"].insert(0, VERSION_SWITCHER[0])
    picture = config.html_logo
    given_logo = own.get("logo")
    if isinstance(picture, str) and picture and "://" not in picture and not given_logo:
        dark = dark_sibling(picture, facts.source)
        options["logo"] = {
            "image_light": picture,
            "image_dark": dark or picture,
            "alt_text": f"{facts.name or config.project} - home",
        }
    links = icon_links(facts)
    if links and not any(own.get(f"{host}_url") for host in ("github", "gitlab", "bitbucket")):
        options["icon_links"] = links
    if edit_context(config, facts):
        options["use_edit_page_button"] = True
    if "sphinx_gallery.gen_gallery" in config.extensions:
        options["secondary_sidebar_items"] = [
            "page-toc",
            "edit-this-page",
            "sg_download_links",
            "sg_launcher_links",
        ]
    return options


def icon_links(facts: Facts) -> list[dict[str, str]]:
    """Links to the places of a project: its home, repository, package, forum.

    Parameters
    ----------
    facts : Facts
        Facts about the project.

    Returns
    -------
    list of dict
        In the parent's form.
    """
    links = []
    if facts.repository:
        address = f"https://github.com/{facts.repository}"
        links.append({"name": "GitHub", "url": address, "icon": "fa-brands fa-github"})
    if facts.project and facts.project.pypi:
        address = f"https://pypi.org/project/{facts.project.pypi}/"
        links.append({"name": "PyPI", "url": address, "icon": "fa-solid fa-box"})
    if facts.project and facts.project.forum:
        links.append({"name": "Forum", "url": facts.project.forum, "icon": "fa-solid fa-comments"})
    return links


def edit_context(config: Config, facts: Facts) -> dict[str, str]:
    """Context that makes the parent's *Edit on GitHub* links.

    Parameters
    ----------
    config : sphinx.config.Config
        The configuration.
    facts : Facts
        Facts about the project.

    Returns
    -------
    dict
        Empty if the repository or the place in it is unknown, or the project does it itself.
    """
    if not facts.repository or facts.root is None:
        return {}
    if any(key.endswith(("_user", "_repo", "_template")) for key in config.html_context):
        return {}
    owner, _, name = facts.repository.partition("/")
    return {
        "github_user": owner,
        "github_repo": name,
        "github_version": facts.branch,
        "doc_path": facts.docs_path,
    }


def check(app: Sphinx, config: Config, facts: Facts) -> None:
    """Put aside malformed options, with a warning each: the parent would end the build.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.
    config : sphinx.config.Config
        The configuration; ``html_theme_options`` is replaced by a copy without them.
    facts : Facts
        Facts about the project.
    """
    own = config.html_theme_options
    if not isinstance(own, dict):
        warn(
            "option", f"conf.py: html_theme_options must be a dictionary (got {type(own).__name__}); ignored"
        )
        config.html_theme_options = {}
        return
    kept = dict(own)
    for key in own:
        wanted = _wanted(key, kept[key])
        if wanted:
            got = f"{type(kept[key]).__name__} {kept.pop(key)!r}"
            warn("option", f"conf.py: html_theme_options[{key!r}] must be {wanted} (got {got}); ignored")
    for key, name in BOOK_THEME.items():
        if key in kept:
            value = kept.pop(key)
            warn(
                "option",
                f"conf.py: html_theme_options[{key!r}] is sphinx-book-theme's; write {name} = {value!r}",
            )
    for key, needed in (("icon_links", ("name", "url", "icon")), ("external_links", ("name", "url"))):
        if kept.get(key):
            kept[key] = _entries(key, kept[key], needed)
    if isinstance(kept.get("logo"), dict):
        kept["logo"] = _logo(kept["logo"], facts.source)
    config.html_theme_options = kept


def _wanted(key: object, value: Any) -> str:
    """What an option must be, in words; empty if the parent can use what it is."""
    if key in ("icon_links", "external_links"):
        # As text, an empty value is what the theme's own file has.
        return "" if value == "" or isinstance(value, list | tuple) else "a list of dictionaries"
    if key in ("logo", "switcher", "analytics"):
        return "" if not value or isinstance(value, dict) else "a dictionary"
    if key in (*PLACES, BY_PAGE, "templates_skip_empty_check"):
        entries = value.values() if isinstance(value, dict) and key == BY_PAGE else [value]
        parts = [
            part for entry in entries for part in (entry if isinstance(entry, list | tuple) else [entry])
        ]
        return "" if all(isinstance(part, str) for part in parts) else "a list of names of components"
    if key in NUMBERS:
        number = isinstance(value, int) and not isinstance(value, bool)
        return (
            "" if number or (isinstance(value, str) and re.fullmatch(r"-?\d+", value)) else "a whole number"
        )
    if key in STRINGS:
        return "" if value is None or isinstance(value, str) else "a string"
    if key in CHOICES:
        return "" if value in CHOICES[str(key)] else f"one of {', '.join(CHOICES[str(key)])}"
    return ""


def check_components(app: Sphinx) -> None:
    """Put aside components that no template folder has: the parent would end the build."""
    loader = getattr(getattr(app.builder, "templates", None), "environment", None)
    settings = getattr(app.builder, "theme_options", None)
    if loader is None or not isinstance(settings, dict) or app.config.html_theme not in FAMILY:
        return
    there: dict[str, bool] = {}

    def known(name: str, where: str) -> bool:
        file = name if "." in name.rpartition("/")[2] else f"{name}.html"
        if file not in there:
            try:
                loader.get_template(file)
                there[file] = True
            except TemplateNotFound:
                there[file] = False
                folders = app.builder.templates.pathchain
                names = {path.stem for folder in folders for path in Path(folder).glob("*.html")}
                warn("option", f"conf.py: {where}: there is no component {name!r}; {nearest(name, names)}")
            except TemplateError:
                there[file] = True  # its own fault; rendering names it
        return there[file]

    for key in settings.keys() & {*PLACES, BY_PAGE}:
        value, where = settings[key], f"html_theme_options[{key!r}]"
        if isinstance(value, dict):
            settings[key] = {page: _known(listed, where, known) for page, listed in value.items()}
        else:
            settings[key] = _known(value, where, known)
    for pattern, listed in list(app.config.html_sidebars.items()):
        kept = _known(listed, f"html_sidebars[{pattern!r}]", known)
        if kept != listed:
            app.config.html_sidebars = {**app.config.html_sidebars, pattern: kept}


def _known(value: Any, where: str, known: Callable[[str, str], bool]) -> Any:
    """What stands in a place without components that are not there."""
    listed = names(value)
    wrong = [name for name in listed if name and not known(name, where)]
    return [name for name in listed if name not in wrong] if wrong else value


def check_edit_links(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Leave the edit button out where nothing says what it edits: the parent would end the build."""
    if context.get("theme_use_edit_page_button") in (None, False, "", "False", "false", "0"):
        return
    if "edit_page_url_template" in context or app.config.html_theme not in FAMILY:
        return
    known = [f"{host}_{fact}" for host in HOSTS for fact in ("user", "repo", "version")]
    for start in range(0, len(known), 3):
        if all(context.get(name) not in (None, "None") for name in known[start : start + 3]):
            return
    context["theme_use_edit_page_button"] = False
    # The secondary sidebar holds the button unless the project says what else it holds.
    shown = BY_PAGE not in app.config.html_theme_options or placed(app.config, EDIT_BUTTON)
    if shown and pagename == app.config.root_doc:
        warn(
            "option",
            "conf.py: html_theme_options['use_edit_page_button'] needs to know the repository; write "
            'scientific_python_repository = "owner/name", or github_user, github_repo and github_version '
            "in html_context",
        )


def edit_what_is_held(
    held: frozenset[str],
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.Node,
) -> None:
    """Leave the edit link out on pages that are not in the repository, such as autosummary's."""
    if pagename in app.env.all_docs and app.env.doc2path(pagename, base=False).as_posix() not in held:
        context["theme_use_edit_page_button"] = False


def _entries(key: str, entries: list[Any], needed: tuple[str, ...]) -> list[Any]:
    """Entries of a list option that the parent can print."""
    good = []
    for number, entry in enumerate(entries):
        where = f"conf.py: html_theme_options[{key!r}][{number}]"
        if not isinstance(entry, dict):
            warn("option", f"{where} must be a dictionary (got {type(entry).__name__}); ignored")
            continue
        missing = [name for name in needed if not entry.get(name)]
        if missing:
            wrong = [name for name in entry if name not in ICON_KEYS]
            hint = f"; {wrong[0]!r}: {nearest(wrong[0], ICON_KEYS)}" if wrong else ""
            warn("option", f"{where} has no {' and no '.join(map(repr, missing))}{hint}; ignored")
            continue
        strange = [name for name in needed if not isinstance(entry[name], str)]
        if strange:
            warn("option", f"{where}[{strange[0]!r}] must be a string (got {entry[strange[0]]!r}); ignored")
            continue
        good.append(entry)
    return good


def _logo(given: dict[str, Any], source: Path) -> dict[str, Any]:
    """The logo option without pictures that are not there."""
    kept = dict(given)
    for key in ("image_light", "image_dark"):
        value = kept.get(key)
        if value is not None and not isinstance(value, str):
            where = f"conf.py: html_theme_options['logo'][{key!r}]"
            warn("logo", f"{where} must be a path (got {kept.pop(key)!r}); ignored")
            continue
        if isinstance(value, str) and value and "://" not in value and not (source / value).is_file():
            # The parent also takes a bare name that lies in the built _static folder.
            if (source / "_static" / value).is_file():
                continue
            where = f"conf.py: html_theme_options['logo'][{key!r}]"
            warn("logo", f"{where} = {value!r}: no such file in {source.name}/; ignored")
            del kept[key]
    return kept
