"""Check the files behind a document: its source, what it includes, docstrings, gallery examples."""

from __future__ import annotations

import ast
import inspect
import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from attrs import evolve

from scientific_python_theme.lint.check import Checked, check_text
from scientific_python_theme.lint.discover import include_path, show
from scientific_python_theme.lint.model import Document, Finding, Image, Place, Severity
from scientific_python_theme.lint.rules import all_rules
from scientific_python_theme.lint.run import read_bytes
from scientific_python_theme.lint.sources import reader_for
from scientific_python_theme.lint.text import decode, split_lines

from . import alt_text_records
from .alt_text_records import Docstring

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from scientific_python_theme.lint.settings import Settings

_FORMATS = {"restructuredtext": "rst", "markdown": "markdown", "myst-nb": "markdown", "myst": "markdown"}


class Sources:
    """Files that this build has checked, each read once.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.
    """

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.begin()

    def begin(self) -> None:
        """Forget all files: they may have changed since the last build."""
        self.checked: dict[str, Checked] = {}
        self.spans: dict[str, dict[str, tuple[int, int, str]]] = {}
        self.made: dict[str, tuple[Image, ...]] = {}

    def findings(self, env: BuildEnvironment, docname: str, settings: Settings) -> list[Finding]:
        """Findings in all files behind one document."""
        found: list[Finding] = []
        for file, form in self.files(env, docname):
            found += self.look(file, settings, form).findings
        record = alt_text_records.of(env).get(docname)
        if record:
            for docstring in record.docstrings:
                found += self._in_docstring(docstring, settings)
            found += self._unseen(env, docname, record, settings)
        return found

    def files(self, env: BuildEnvironment, docname: str) -> list[tuple[str, str]]:
        """Files behind a document, with the format its parser gives them; included ones follow."""
        source = str(env.doc2path(docname))
        example = self.example(docname)
        if example == "":
            return []  # an index that sphinx-gallery wrote
        if example:
            return [(example, "")]
        kind = next((k for s, k in self.app.config.source_suffix.items() if source.endswith(s)), "")
        return [(source, _FORMATS.get(kind or "restructuredtext", ""))]

    def example(self, docname: str) -> str | None:
        """Script behind a page of sphinx-gallery, ``""`` for its other pages, None for everyone else's."""
        conf = getattr(self.app.config, "sphinx_gallery_conf", None)
        if not isinstance(conf, dict):
            return None
        made, written = _listed(conf.get("gallery_dirs")), _listed(conf.get("examples_dirs"))
        for gallery, examples in zip(made, written, strict=False):
            prefix = PurePosixPath(os.path.normpath(gallery)).as_posix() + "/"
            if docname.startswith(prefix):
                script = Path(self.app.srcdir, examples, docname.removeprefix(prefix) + ".py")
                return os.path.normpath(script) if script.is_file() else ""
        return None

    def look(self, file: str, settings: Settings, form: str = "") -> Checked:
        """Check one file, and merge in what it includes."""
        if file in self.checked:
            return self.checked[file]
        one = self._check(file, settings, form)
        self.checked[file] = one
        images, findings = list(one.document.images), list(one.findings)
        for written in one.document.includes:
            name = include_path(written, file) or (
                include_path(written.lstrip("/"), str(Path(self.app.srcdir, "conf.py")))
            )
            if name and name not in self.checked:
                inner = self.look(name, settings, one.document.format)
                images += inner.document.images
                findings += inner.findings
            elif name:
                images += self.checked[name].document.images
        merged = Checked(document=evolve(one.document, images=tuple(images)), findings=tuple(findings))
        self.checked[file] = merged
        return merged

    def _check(self, file: str, settings: Settings, form: str) -> Checked:
        data, trouble = read_bytes(file)
        suffix = os.path.splitext(file)[1]  # noqa: PTH122
        reader = reader_for(file) if suffix in (".ipynb", ".py") else None
        reader = reader or reader_for(f"document.{'md' if form == 'markdown' else 'rst'}")
        if trouble or reader is None:
            return check_text("", file, lambda _, path: _empty(path), settings)
        return check_text(decode(data)[0], file, reader, settings, name=show(file, settings.root))

    def _in_docstring(self, docstring: Docstring, settings: Settings) -> list[Finding]:
        """Findings in one docstring, at their lines of the module."""
        spans = self._spans(docstring.file)
        span = spans.get(docstring.qualname)
        if span and inspect.cleandoc(span[2]) == inspect.cleandoc(docstring.text):
            whole = self.look(docstring.file, settings)
            inside = [f for f in whole.findings if span[0] <= f.place.line <= span[1]]
            return inside
        return self._composed(docstring, settings)

    def _composed(self, docstring: Docstring, settings: Settings) -> list[Finding]:
        """Findings in a docstring made at run time, or without a source: found again by its words."""
        reader = reader_for("docstring.rst")
        if reader is None:
            return []
        where = docstring.file or docstring.name.partition(".")[0]
        path = f"{where}:docstring of {docstring.name}"
        checked = check_text(docstring.text, path, reader, settings, name=show(where, settings.root))
        self.made[docstring.name] = checked.document.images
        if not docstring.file:
            return list(checked.findings)
        lines = split_lines(docstring.text)
        source = [line.strip() for line in split_lines(decode(read_bytes(docstring.file)[0])[0])]
        moved = []
        for finding in checked.findings:
            line = lines[finding.place.line - 1].strip() if finding.place.line <= len(lines) else ""
            if line and source.count(line) >= 1:
                place = Place(path=docstring.file, line=source.index(line) + 1)
                moved.append(evolve(finding, place=place))
            else:
                moved.append(finding)
        return moved

    def _spans(self, file: str) -> dict[str, tuple[int, int, str]]:
        if file not in self.spans:
            self.spans[file] = docstring_spans(decode(read_bytes(file)[0])[0]) if file.endswith(".py") else {}
        return self.spans[file]

    def _unseen(
        self, env: BuildEnvironment, docname: str, record: alt_text_records.Record, settings: Settings
    ) -> list[Finding]:
        """Images that only the doctree knows: made by a directive that no reader understands."""
        if "ALT001" not in settings.codes or self.example(docname) is not None:
            return []
        source = str(env.doc2path(docname))
        if source.endswith(".ipynb"):
            return []
        known = {name(image.src) for image in self.images(env, docname)}
        found = []
        for uri, where, line in record.images:
            if name(uri) in known or "://" in uri or uri.startswith("data:"):
                continue
            file = Path(self.app.srcdir, uri.lstrip("/"))
            made = any(part in ("plot_directive", "jupyter_execute") for part in file.parts)
            if made or _below(file, self.app.outdir) or _below(file, self.app.doctreedir):
                continue  # a picture that running code made: the reader judged the code
            place = self._traced(where or source, line, name(uri))
            found.append(
                Finding(
                    code="ALT001",
                    name=all_rules()["ALT001"].name if "ALT001" in all_rules() else "missing",
                    severity=Severity.ERROR,
                    message=f"the image {uri} has no text alternative, and readers will hear its path",
                    help="Give the directive that makes it an alternative (most take an option :alt:).",
                    place=place,
                )
            )
        return found

    def _traced(self, where: str, line: int, word: str) -> Place:
        """Place in a file; lines of a docstring count from its begin, so look for the word instead."""
        file, mark, _ = where.partition(":docstring of ")
        if not mark or not file.endswith(".py"):
            return Place(path=where, line=line)
        found = (n for n, text in enumerate(split_lines(decode(read_bytes(file)[0])[0]), 1) if word in text)
        return Place(path=file, line=next(found, 1))

    def has(self, env: BuildEnvironment, docname: str) -> bool:
        """Whether a document's files have been checked in this build."""
        return all(file in self.checked for file, _ in self.files(env, docname))

    def images(self, env: BuildEnvironment, docname: str) -> list[Image]:
        """Images that the readers saw behind a document."""
        files = [file for file, _ in self.files(env, docname)]
        record = alt_text_records.of(env).get(docname)
        docstrings = record.docstrings if record else []
        files += [docstring.file for docstring in docstrings]
        seen = [
            image for file in files if file in self.checked for image in self.checked[file].document.images
        ]
        return seen + [image for docstring in docstrings for image in self.made.get(docstring.name, ())]


def _empty(path: str) -> Document:
    return Document(path=path, format="")


def _listed(value: object) -> list[str]:
    if isinstance(value, (str, os.PathLike)):
        return [os.fspath(value)]
    return [os.fspath(v) for v in value] if isinstance(value, (list, tuple)) else []


def _below(file: Path, folder: object) -> bool:
    return os.path.abspath(file).startswith(os.path.abspath(str(folder)) + os.sep)  # noqa: PTH100


def name(src: str) -> str:
    """Last part of an address, without query."""
    return src.partition("?")[0].partition("#")[0].replace("\\", "/").rpartition("/")[2]


def docstring_spans(text: str) -> dict[str, tuple[int, int, str]]:
    """Docstrings of a module.

    Parameters
    ----------
    text : str
        Source of the module.

    Returns
    -------
    dict
        First line, last line and text by qualified name (``""`` for the module), attributes documented by a
        string below them included; empty when the text is no Python.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return {}
    spans: dict[str, tuple[int, int, str]] = {}
    stack: list[tuple[ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, str]] = [(tree, "")]
    while stack:
        node, path = stack.pop()
        before: ast.stmt | None = None
        for n, child in enumerate(node.body):
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant) and isinstance(
                child.value.value, str
            ):  # fmt: skip
                span = (child.lineno, child.end_lineno or child.lineno, child.value.value)
                if n == 0:
                    spans[path] = span
                for target in _names(before):
                    spans[f"{path}.{target}".lstrip(".")] = span
            elif isinstance(child, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                local = "" if isinstance(node, (ast.Module, ast.ClassDef)) else ".<locals>"
                stack.append((child, f"{path}{local}.{child.name}".lstrip(".")))
            before = child
    return spans


def _names(statement: ast.stmt | None) -> list[str]:
    if isinstance(statement, ast.AnnAssign):
        targets: list[ast.expr] = [statement.target]
    elif isinstance(statement, ast.Assign):
        targets = statement.targets
    else:
        return []
    return [target.id for target in targets if isinstance(target, ast.Name)]
