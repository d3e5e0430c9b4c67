"""Sane defaults that never clobber a value the project gave.

This works as follows. At ``config-inited``, `DEFAULTS` is gone through once: each entry
names a configuration value, when it applies and what it would be, and is set only where
`given.given` finds that nobody has spoken: not ``conf.py``, not ``-D``, not ``setup()``,
not another extension. Extensions that speak later overwrite ours, as they should. The
parent theme's options are laid *under* the project's own dictionary, key by key. Parts
with more to do (versions, source links, analytics, figures) live in modules of their own.
"""

from __future__ import annotations

import functools
import importlib.util
from typing import TYPE_CHECKING, Any, Literal

import attrs

from scientific_python_theme import __version__

from . import analytics, figures, formulas, gallery, linkcode, options, roles, versions
from .facts import FAMILY, Facts, gather, tracked
from .given import given, unwatch, watch
from .messages import nearest, warn
from .places import SOURCE_LINK, placed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

#: Prompts of Python, IPython and shells: ``>>>``, ``...``, ``In [1]:``, ``   ...:``, ``$``.
PROMPTS = r">>> |\.\.\. |\$ |In \[\d*\]: | {2,5}\.\.\.: | {5,8}: "
FAVICONS = ("_static/favicon.ico", "_static/favicon.svg", "_static/favicon.png")
PAGES = frozenset({"html", "dirhtml", "singlehtml", "readthedocs", "readthedocsdirhtml"})
NOT_SOURCES = ["_build", "**.ipynb_checkpoints", "Thumbs.db", ".DS_Store"]


@attrs.frozen
class Default:
    """One configuration value that the project need not write.

    Parameters
    ----------
    name : str
        The value.
    make : callable
        From the facts to the value; None means that there is none.
    extension : str
        Only where this extension is loaded; empty: always.
    switch : str
        Only where this value of ours is true; empty: always.
    """

    name: str
    make: Callable[[Facts], Any]
    extension: str = ""
    switch: str = "scientific_python_defaults"


def _always(value: Any) -> Callable[[Facts], Any]:
    return lambda facts: value


def _folder(name: str) -> Callable[[Facts], Any]:
    return lambda facts: [name] if (facts.source / name).is_dir() else None


def _title(facts: Facts) -> str | None:
    return f"{facts.name} {facts.version}".strip() if facts.name else None


def _favicon(facts: Facts) -> str | None:
    return next((name for name in FAVICONS if (facts.source / name).is_file()), None)


DEFAULTS = (
    Default("project", lambda facts: facts.name or None),
    Default("version", lambda facts: facts.version or None),
    Default("release", lambda facts: facts.release or None),
    Default("exclude_patterns", _always(NOT_SOURCES)),
    Default("templates_path", _folder("_templates")),
    Default("html_static_path", _folder("_static")),
    Default("html_title", _title),
    Default("html_logo", options.logo),
    Default("html_favicon", _favicon),
    Default("html_baseurl", lambda facts: facts.address or None),
    Default("html_last_updated_fmt", _always("%Y-%m-%d")),
    Default("html_copy_source", _always(False)),
    Default("html_show_sourcelink", _always(False)),
    Default("html_math_renderer", _always(formulas.NAME)),
    Default("copybutton_prompt_text", _always(PROMPTS), "sphinx_copybutton"),
    Default("copybutton_prompt_is_regexp", _always(True), "sphinx_copybutton"),
    Default("ogp_site_url", lambda facts: facts.address or None, "sphinxext.opengraph"),
    Default("ogp_site_name", lambda facts: facts.name or None, "sphinxext.opengraph"),
    # Cards are drawn with Matplotlib, a second a page: only for those who ask.
    Default("ogp_social_cards", _always({"enable": False}), "sphinxext.opengraph"),
    *(
        Default(name, _always(value), "matplotlib.sphinxext.plot_directive", "scientific_python_plots")
        for name, value in figures.PLOTS.items()
    ),
)
#: What our values begin with, and the subtypes of warnings about their kind ("option" for the others).
OUR_VALUES = ("scientific_python_", "alt_text_")
SUBJECTS = {name: name for name in ("project", "versions", "linkcode", "analytics", "registry", "brand")} | {
    "projects": "inventory",
    "inventories": "inventory",
}
WORDS: dict[type, str] = {
    bool: "True or False",
    dict: "a dictionary",
    frozenset: "a set",
    int: "a number",
    list: "a list",
    set: "a set",
    str: "a string",
    tuple: "a tuple",
}
#: Values that hang together: if the first is given, the second is left alone too.
TIED = {
    "copybutton_prompt_is_regexp": "copybutton_prompt_text",
    "html_show_sourcelink": "html_copy_source",
    "version": "release",
    "release": "version",
}

#: Our values: default, what a change of it rebuilds, types.
VALUES: dict[str, tuple[Any, Literal["env", "html"], *tuple[type, ...]]] = {
    "scientific_python_defaults": (True, "env", bool),
    "scientific_python_repository": ("", "env", str),
    "scientific_python_branch": ("main", "env", str),
    "scientific_python_versions": ("", "html", str, dict),
    "_scientific_python_versions": ([], "html", list),  # what the file says: another list, other pages
    "scientific_python_linkcode": (None, "env", bool, dict, type(None)),
    "scientific_python_analytics": (None, "html", str, dict, type(None)),
    "scientific_python_plots": (False, "env", bool),
}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this part."""
    for name, (default, rebuild, *kinds) in VALUES.items():
        app.add_config_value(name, default, rebuild, types=frozenset(kinds))
    if "scientific_python_project" not in app.config:
        app.add_config_value("scientific_python_project", "", "env", types=frozenset({str}))
    watch(app)

    state = State()
    app.connect("config-inited", check_values, priority=1)  # before any of ours is read
    app.connect("config-inited", figures.gallery, priority=5)  # sphinx-gallery fills its own at 10
    app.connect("config-inited", gallery.connect)
    # After html_theme is settled (100), before others read (500).
    app.connect("config-inited", state.on_config, priority=150)
    app.connect("builder-inited", state.on_builder, priority=150)
    app.connect("builder-inited", options.check_components, priority=900)  # extensions bring templates (500)
    app.connect("html-page-context", options.check_edit_links, priority=490)  # the parent's: 500
    app.connect("html-page-context", state.menu.add_to_page, priority=440)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


@attrs.define(eq=False)
class State:
    """Whether the defaults have been applied in this build."""

    applied: bool = False
    menu: versions.Menu = attrs.field(factory=versions.Menu)

    def on_config(self, app: Sphinx, config: Config) -> None:
        """Apply the defaults in good time."""
        self.applied = True
        unwatch(config)
        apply(app, config, self.menu)

    def on_builder(self, app: Sphinx) -> None:
        """Apply what still can be in theme-only use: then setup() ran while the theme was made."""
        if self.applied:
            load_open_graph(app)
            return
        warn(
            "theme_only",
            f"conf.py: html_theme = {app.config.html_theme!r} without the extension, so most defaults, the "
            'checks and the navigation come too late; write extensions = ["scientific_python_theme"]',
        )
        apply(app, app.config, self.menu)
        own = getattr(app.builder, "theme_options", None)
        if isinstance(own, dict):
            own |= {key: value for key, value in app.config.html_theme_options.items() if key not in own}


def apply(app: Sphinx, config: Config, menu: versions.Menu) -> None:
    """Set every default that nobody has spoken on.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.
    config : sphinx.config.Config
        Its configuration; changed.
    menu : Menu
        The versions; filled.
    """
    check_names(config)
    check_files(config, app.srcdir)
    facts = gather(config, app.srcdir, app.confdir)
    if config.html_theme in FAMILY:
        options.check(app, config, facts)
    if not config.scientific_python_defaults:
        menu.prepare(app, config, facts)
        return
    # Who places the link to a page's source wants it.
    spoken = {"html_copy_source", "html_show_sourcelink"} if placed(config, SOURCE_LINK) else ()
    set_defaults(app, config, facts, spoken=frozenset(spoken))
    menu.prepare(app, config, facts)
    if config.html_theme in FAMILY:
        mine = options.make(config, facts)
        config.html_theme_options = {**mine, **config.html_theme_options}
        context = options.edit_context(config, facts)
        if context:
            config.html_context = {**context, **config.html_context}
            held = tracked(facts)
            if held is not None:
                edited = functools.partial(options.edit_what_is_held, held)
                app.connect("html-page-context", edited, priority=485)  # the parent's: 500
    linkcode.prepare(app, config, facts)
    analytics.prepare(app, config)
    roles.prepare(app, facts)


def set_defaults(
    app: Sphinx, config: Config, facts: Facts, *, only: str = "", spoken: frozenset[str] = frozenset()
) -> None:
    """Set each default of the table (or of one extension) that applies and that nobody has spoken on."""
    values = {
        default.name: value
        for default in DEFAULTS
        if (not only or default.extension == only)
        and (not default.extension or default.extension in app.extensions)
        and getattr(config, default.switch)
        and default.name in config
        and default.name not in spoken
        and not given(config, default.name)
        and not (default.name in TIED and given(config, TIED[default.name]))
        and (value := default.make(facts)) is not None
    }
    for name, value in values.items():
        if isinstance(value, list):  # others may have added to Sphinx's own empty list
            value = [*value, *(item for item in getattr(config, name) if item not in value)]
        setattr(config, name, value)


def load_open_graph(app: Sphinx) -> None:
    """Load the Open Graph extension if it is installed and knows where the site will be."""
    name = "sphinxext.opengraph"
    config = app.config
    # Not for builders that print no pages of HTML: the extension stumbles there.
    if app.builder.name not in PAGES or name in app.extensions or not config.scientific_python_defaults:
        return
    if not (config.html_baseurl or given(config, "ogp_site_url")):
        return
    try:
        found = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return
    if found:
        # A value stored before the extension knows it was set by somebody. Of the others, its own
        # only: on the rest everybody has spoken by now.
        spoken = frozenset(vars(config))
        app.setup_extension(name)
        set_defaults(app, config, gather(config, app.srcdir, app.confdir), only=name, spoken=spoken)


def check_values(app: Sphinx, config: Config) -> None:
    """Put aside values of ours that are of the wrong kind; the parts may then rely on the kind."""
    for name, option in config.values.items():
        if not name.startswith(OUR_VALUES) or not isinstance(option.valid_types, frozenset):
            continue
        kinds, value = tuple(option.valid_types), getattr(config, name)
        if isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds):
            continue
        setattr(config, name, option.default)
        if value is not None:  # None: nothing
            subject = name.removeprefix("scientific_python_")
            words = " or ".join(
                sorted(WORDS.get(kind, kind.__name__) for kind in kinds if kind is not type(None))
            )
            warn(
                SUBJECTS.get(subject, "option"),
                f"conf.py: {name} must be {words} (got {type(value).__name__} {value!r}); ignored",
            )


def check_names(config: Config) -> None:
    """Name misspelt values of ours; Sphinx ignores them in silence."""
    ours = ("scientific_python_", "alt_text_")
    known = [name for name in config.values if name.startswith(ours)]
    for name in config._raw_config:
        if name.startswith(ours) and name not in known:
            warn("option", f"conf.py: unknown value {name}; {nearest(name, known)}")


def check_files(config: Config, source: Path) -> None:
    """Name a logo or favicon that is not there."""
    for name in ("html_logo", "html_favicon"):
        value = getattr(config, name)
        if not value or (isinstance(value, str) and ("://" in value or (source / value).is_file())):
            continue
        setattr(config, name, None)  # Sphinx would warn once more, or end the build at a folder
        if not isinstance(value, str):
            warn("logo", f"conf.py: {name} must be a path (got {type(value).__name__} {value!r}); ignored")
            continue
        warn("logo", f"conf.py: {name} = {value!r}: no such file in {source.name}/; {_files(source, value)}")


def _files(source: Path, value: str) -> str:
    """Phrase that names the picture most like `value`."""
    folder = (source / value).parent
    around = [folder, source / "_static", source]
    endings = {".svg", ".png", ".ico", ".jpg", ".jpeg", ".webp", ".gif"}
    names = {
        file.relative_to(source).as_posix()
        for place in around
        if place.is_dir() and place.is_relative_to(source)
        for file in place.iterdir()
        if file.suffix.lower() in endings
    }
    return nearest(value, names) if names else "no picture lies there"
