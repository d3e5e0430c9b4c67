"""Alternative-text findings as Sphinx warnings, each at the line that a person edits.

This works as follows: while Sphinx reads documents, remember per document which docstrings autodoc took in
and which images carry no alternative (`alt_text_records`). When reading is done, let the linter read the very
source files (documents, what they include, modules with docstrings, gallery examples) and warn. When pages
are written, look at what exists only there and blame the template, the configuration or the theme, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from scientific_python_theme import __version__
from scientific_python_theme.errors import ThemeError
from scientific_python_theme.lint import baseline, settings
from scientific_python_theme.lint.model import Finding
from scientific_python_theme.lint.report import message

from . import alt_text_pages, alt_text_records, alt_text_sources

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)
TYPE = "alt-text"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this part."""
    app.add_config_value("alt_text_select", None, "env", types=frozenset({list, tuple, type(None)}))
    app.add_config_value("alt_text_extend_select", [], "env", types=frozenset({list, tuple}))
    app.add_config_value("alt_text_ignore", [], "env", types=frozenset({list, tuple}))
    app.add_config_value("alt_text_per_file_ignores", {}, "env", types=frozenset({dict}))
    app.add_config_value("alt_text_baseline", "", "env", types=frozenset({str}))
    app.add_config_value("alt_text_pages", True, "", types=frozenset({bool}))
    watch = Watch(app)
    app.connect("builder-inited", watch.begin)
    app.connect("env-before-read-docs", watch.note_reading)
    app.connect("doctree-read", watch.note_doctree)
    app.connect("env-purge-doc", watch.purge)
    app.connect("env-merge-info", watch.merge)
    app.connect("env-updated", watch.warn_about_sources)
    app.connect("build-finished", watch.warn_about_pages)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


class Watch:
    """What one build is told and has said; what must outlive it is kept in the environment.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.
    """

    def __init__(self, app: Sphinx) -> None:
        self.settings: settings.Settings | None = None
        self.known: list[baseline.Entry] = []
        self.reading: list[str] = []
        self.sources = alt_text_sources.Sources(app)
        self.said: set[tuple[str, int, str, str]] = set()
        self.before: dict[str, int] = {}

    def begin(self, app: Sphinx) -> None:
        """Read the settings that the command line reads, and those of ``conf.py``."""
        self.reading, self.said, self.before = [], set(), alt_text_pages.snapshot(app)
        self.sources.begin()
        self.settings = self._settings(app)
        if "autodoc-process-docstring" in app.events.events:
            # Before numpydoc and napoleon rewrite the lines.
            app.connect("autodoc-process-docstring", alt_text_records.note_docstring, priority=1)

    def _settings(self, app: Sphinx) -> settings.Settings | None:
        config = app.config
        try:
            loaded = settings.load(
                start=_path(app.confdir),
                select=config.alt_text_select and _rules("alt_text_select", config.alt_text_select),
                extend_select=_rules("alt_text_extend_select", config.alt_text_extend_select),
                ignore=_rules("alt_text_ignore", config.alt_text_ignore),
                per_file_ignores={
                    str(files): _rules(f"alt_text_per_file_ignores[{files!r}]", rules)
                    for files, rules in config.alt_text_per_file_ignores.items()
                },
            )
            file = (
                _path(app.confdir) / config.alt_text_baseline if config.alt_text_baseline else loaded.baseline
            )
            self.known = baseline.read(file) if file else []
        except (ThemeError, TypeError, AttributeError) as error:
            logger.warning("alt text is not checked: %s", error, type=TYPE, subtype="config")
            return None
        return loaded

    def note_reading(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Remember which documents this build reads."""
        self.reading = list(docnames)

    def note_doctree(self, app: Sphinx, doctree: nodes.document) -> None:
        """Remember a document's images; give decorative ones the empty alternative they stand for."""
        alt_text_records.note_doctree(app.env, doctree)

    def purge(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a document."""
        alt_text_records.of(env).pop(docname, None)

    def merge(self, app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
        """Take over what another process read."""
        theirs = alt_text_records.of(other)
        alt_text_records.of(env).update({name: theirs[name] for name in docnames if name in theirs})

    def warn_about_sources(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Check the sources of all documents that this build has read."""
        if self.settings is None:
            return
        found: list[Finding] = []
        for docname in self.reading:
            if docname in env.found_docs:
                found += self.sources.findings(env, docname, self.settings)
        self._warn(found)

    def warn_about_pages(self, app: Sphinx, exception: Exception | None) -> None:
        """Check what exists only in the pages that this build has written."""
        if exception or self.settings is None or not app.config.alt_text_pages:
            return
        self._warn(alt_text_pages.findings(app, self.sources, self.settings, before=self.before))
        self.sources.begin()  # let go of the texts

    def _warn(self, findings: list[Finding]) -> None:
        if self.settings is not None and self.known:
            # A file behind several documents is in the baseline once, and each entry hides one finding.
            once = {(f.fingerprint, f.message, f.place): f for f in findings}
            held = baseline.compare(list(once.values()), self.known, self.settings.root)
            findings, self.known = held.new, held.gone
        for finding in findings:
            place = finding.place
            key = (place.path, place.line, finding.code, finding.message)
            if key in self.said:
                continue
            self.said.add(key)
            where = f"{place.path}:{place.line}" if place.line else place.path
            note = f"{place.note}: " if place.note else ""
            help_ = f"; {finding.help}" if finding.help else ""
            logger.warning(
                "%s%s%s", note, message(finding), help_, location=where, type=TYPE, subtype=finding.code
            )


def _rules(name: str, value: Any) -> list[str]:
    """Codes of rules; what is none is a warning, and left out."""
    listed = value if isinstance(value, list | tuple) else [value]
    for item in listed:
        if not isinstance(item, str):
            logger.warning(
                "conf.py: %s must list codes of rules such as 'ALT007' (got %r); left out", name, item,
                type=TYPE, subtype="config",
            )  # fmt: skip
    return [item for item in listed if isinstance(item, str)]


def _path(folder: Any) -> Path:
    from pathlib import Path

    return Path(folder)
