"""Check written pages for what exists only there, and find who is to blame."""

from __future__ import annotations

import os
import posixpath
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from scientific_python_theme.lint.check import check_text, ignored_here
from scientific_python_theme.lint.discover import show
from scientific_python_theme.lint.merge import Merger
from scientific_python_theme.lint.model import Finding, Image, Place
from scientific_python_theme.lint.packed import pack
from scientific_python_theme.lint.run import read_bytes
from scientific_python_theme.lint.sources import reader_for
from scientific_python_theme.lint.suppress import UNUSED
from scientific_python_theme.lint.text import Lines, decode, split_lines

from .alt_text_sources import Sources, name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from scientific_python_theme.lint.settings import Settings


def snapshot(app: Sphinx) -> dict[str, int]:
    """Pages that an earlier build has left, with the time of their last change in nanoseconds."""
    found = {}
    for folder, _, names in os.walk(app.outdir):
        for file in names:
            if file.endswith((".html", ".htm")):
                path = os.path.join(folder, file)  # noqa: PTH118 - thousands of pages
                found[path] = os.stat(path).st_mtime_ns  # noqa: PTH116
    return found


def findings(
    app: Sphinx, sources: Sources, settings: Settings, *, before: dict[str, int] | None = None
) -> list[Finding]:
    """Findings in the pages of this build that no source accounts for.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application, after the build.
    sources : Sources
        Files checked so far.
    settings : Settings
        Rules that run.
    before : dict, optional
        `snapshot` taken when the build began; pages that have not changed since are passed over.

    Returns
    -------
    list of Finding
        One for each cause, at the document, template or ``conf.py`` that names the picture, or at the page.
    """
    if app.builder.name not in ("html", "dirhtml", "singlehtml"):
        return []
    reader = reader_for("page.html")
    if reader is None:
        return []
    from_doctrees = {str(value[1]) for value in app.env.images.values()}
    merger = Merger()
    documents: dict[str, str] = {}
    for docname, file in _pages(app, before or {}):
        data, trouble = read_bytes(str(file))
        if trouble or not data:
            continue
        text = decode(data)[0]
        shown = file.relative_to(app.outdir).as_posix()
        documents[shown] = docname
        checked = check_text(text, shown, reader, settings, name=shown)
        if docname and not sources.has(app.env, docname):
            sources.findings(app.env, docname, settings)  # written anew though not read: a toctree changed
        known = {name(image.src) for image in sources.images(app.env, docname)} if docname else set()
        left = [
            finding
            for finding in checked.findings
            if finding.code != UNUSED and not _accounted(finding.image, docname, from_doctrees, known)
        ]
        if left:
            lines = Lines(text)
            merger.add(shown, [_everywhere(pack(finding, "html", lines)) for finding in left])
    return [
        f
        for f in _blamed(app, merger.findings(), documents)
        if f.code not in ignored_here(show(f.place.path, settings.root), settings)
    ]


def _everywhere(packed: list[object]) -> list[object]:
    packed[19] = True  # what no document accounts for is the site's: once is enough
    return packed


def _pages(app: Sphinx, before: dict[str, int]) -> Iterator[tuple[str, Path]]:
    """Pages that this build has written, with their documents (``""`` for an index or search page)."""
    seen = set()
    written = False
    outfile = getattr(app.builder, "get_outfilename", None) or getattr(app.builder, "get_output_path", None)
    for docname in sorted(app.env.found_docs):
        if outfile is None:
            return
        file = Path(outfile(docname))
        seen.add(file)
        if file.is_file() and file.stat().st_mtime_ns != before.get(str(file)):
            written = True
            yield docname, file
    if not written:
        return  # the index and search pages are written anew by every build
    suffix = str(getattr(app.builder, "out_suffix", ".html"))
    for extra in ("search", "genindex", "py-modindex", *app.config.html_additional_pages):
        file = Path(app.outdir, extra + suffix)
        if file not in seen and file.is_file() and file.stat().st_mtime_ns != before.get(str(file)):
            yield "", file


def _accounted(image: Image | None, docname: str, from_doctrees: set[str], known: set[str]) -> bool:
    """Whether a source file has been judged for this image already."""
    if image is None:
        return True
    if not image.src:
        # Without an address nothing can be traced: only the page's frame is surely not the author's.
        return bool(docname) and not image.facts.get("chrome")
    if image.src.startswith("data:"):
        return bool(docname)
    base = name(image.src)
    if "_images/" in image.src and (base in from_doctrees or docname):
        return True
    return base in known


def _blamed(app: Sphinx, found: Iterable[Finding], documents: dict[str, str]) -> Iterator[Finding]:
    """The findings at the file that a person can change: document, template, conf.py, or the theme."""
    confdir = Path(app.confdir)
    folders = [confdir / folder for folder in app.config.templates_path]
    shared = [file for folder in folders if folder.is_dir() for file in sorted(folder.rglob("*.html"))]
    shared.append(confdir / "conf.py")
    lines = cache(_lines)
    theme = app.config.html_theme
    for finding in found:
        image, page = finding.image, f"{finding.place.path}:{finding.place.line}"
        place = None
        if image and image.src:
            docname = "" if image.facts.get("chrome") else documents[finding.place.path]
            # What lies elsewhere is named whole, or another project's logo.svg is taken for this one's.
            word = image.src if "//" in image.src else name(image.src)
            places = (
                Place(path=str(file), line=number)
                for file in ([Path(app.env.doc2path(docname))] if docname else []) + shared
                for number, line in enumerate(lines(file), 1)
                if word in line and not line.lstrip().startswith("#")
            )
            place = next(places, None)
        if place:
            said = f"(as the theme {theme!r} or an extension shows it in {page})"
        else:
            place = Place(path=posixpath.join(str(app.outdir), finding.place.path), line=finding.place.line)
            said = f"(from the theme {theme!r}, an extension or raw HTML; no source file names it)"
        yield evolve(finding, place=place, message=f"{finding.message} {said}")


def _lines(file: Path) -> list[str]:
    return split_lines(decode(read_bytes(str(file))[0])[0]) if file.is_file() else []
