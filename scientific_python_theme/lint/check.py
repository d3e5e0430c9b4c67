"""The engine: read a text, ask the rules, drop what is silenced.

`check_text` judges one text and is all that an editor or the Sphinx side needs; `run.run`
walks a tree, with cache and processes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from attrs import evolve, frozen

from . import options as rule_options
from .fingerprint import Numbering
from .model import Document, Finding, Image, Place, Problem, Reader, Severity
from .rules import Check, DocumentCheck, Remark, Rule, all_rules
from .settings import Settings
from .suppress import UNUSED, apply, covered
from .text import Lines


@frozen(kw_only=True)
class Checked:
    """What came of one text.

    Parameters
    ----------
    document : Document
        What the reader saw.
    findings : tuple of Finding
        Findings in order of places, with fingerprints.
    """

    document: Document
    findings: tuple[Finding, ...] = ()


def check_text(text: str, path: str, reader: Reader, settings: Settings, *, name: str = "") -> Checked:
    """Judge one text.

    Parameters
    ----------
    text : str
        Text as decoded, line ends untouched.
    path : str
        Path as shown to a person.
    reader : Reader
        Reader of the text's format.
    settings : Settings
        Rules that run, and their options.
    name : str
        Path for globs and fingerprints, relative to the settings' folder; `path` by default.

    Returns
    -------
    Checked
        Findings and images. A reader or rule that fails becomes a problem of the document:
        the caller's run goes on.
    """
    try:
        document = reader(text, path)
    except RecursionError:
        return Checked(document=_failed(path, "nested too deeply to be read; simplify it or exclude it"))
    except MemoryError:
        return Checked(document=_failed(path, "too large to be read; exclude it"))
    except Exception as error:  # noqa: BLE001 (one file must not end the run)
        return Checked(document=_failed(path, _fault("could not be read", error)))
    return check_document(document, Lines(text), settings, name=name or path)


def _fault(what: str, error: Exception) -> str:
    said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return f"{what} ({said}); this is a fault of the linter, please report it"


def _failed(path: str, message: str) -> Document:
    return Document(
        path=path, format="", problems=(Problem(place=Place(path=path, line=1), message=message),)
    )


def check_document(document: Document, lines: Lines, settings: Settings, *, name: str) -> Checked:
    """Judge what a reader saw; see `check_text`."""
    codes = settings.codes - ignored_here(name, settings)
    try:
        with rule_options.using(settings.options):
            found = list(judge(document, codes))
            once = (
                {f.code for f in found if all_rules()[f.code].collective} if document.suppressions else set()
            )
            if once:
                found = [*(f for f in found if f.code not in once), *_collective(document, once)]
    except Exception as error:  # noqa: BLE001 (one file must not end the run)
        problem = Problem(place=Place(path=document.path, line=1), message=_fault("a rule failed", error))
        return Checked(document=evolve(document, problems=(*document.problems, problem)))
    if not found and not document.suppressions:
        return Checked(document=document)
    found = apply(found, document, codes, lines)
    found.sort(key=lambda f: (f.place.line, f.place.column, f.code))
    numbering = Numbering(name)
    return Checked(
        document=document,
        findings=tuple(evolve(f, fingerprint=numbering.name(f.code, f.image)) for f in found),
    )


def judge(document: Document, codes: frozenset[str]) -> Iterator[Finding]:
    """Findings of the rules in `codes`, before any suppression.

    Parameters
    ----------
    document : Document
        What a reader saw.
    codes : frozenset of str
        Rules to ask.

    Yields
    ------
    Finding
        Finding without fingerprint.
    """
    single, whole = _checks(codes)
    for image in document.images:
        for rule, check in single:
            for said in check(image):
                remark = said if isinstance(said, Remark) else Remark(message=said)
                yield _finding(rule, remark, image, document)
    for rule, check_document in whole:
        for about, remark in check_document(document):
            yield _finding(rule, remark, about, document)


def _collective(document: Document, codes: set[str]) -> Iterator[Finding]:
    """What is said of images that no comment covers, and of each other, so that its comment counts."""
    for code in sorted(codes):
        hidden = covered(document, code)
        rest = tuple(
            evolve(image, decorative=True) if k in hidden else image
            for k, image in enumerate(document.images)
        )
        yield from judge(evolve(document, images=rest), frozenset({code}))
        for k in sorted(hidden):
            yield from judge(evolve(document, images=(document.images[k],)), frozenset({code}))


@cache
def _checks(codes: frozenset[str]) -> tuple[list[tuple[Rule, Check]], list[tuple[Rule, DocumentCheck]]]:
    rules = [rule for code, rule in all_rules().items() if code in codes and code != UNUSED]
    return (
        [(rule, rule.check) for rule in rules if rule.check is not None],
        [(rule, rule.check_document) for rule in rules if rule.check_document is not None],
    )


def _finding(rule: Rule, remark: Remark, image: Image | None, document: Document) -> Finding:
    place = remark.place or (image.place if image else Place(path=document.path, line=1))
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=remark.severity or rule.severity,
        message=remark.message,
        place=place,
        help=remark.help,
        image=image,
        fix=remark.fix,
    )


def ignored_here(name: str, settings: Settings) -> frozenset[str]:
    """Codes that ``per-file-ignores`` drops for a file."""
    if not settings.per_file_ignores:
        return frozenset()
    import pathspec  # slow to import, and seldom needed

    codes: frozenset[str] = frozenset()
    for glob, ignored in settings.per_file_ignores:
        if pathspec.GitIgnoreSpec.from_lines([glob]).match_file(name):
            codes |= ignored
    return codes


def described(image: Image, undescribed: set[int]) -> str:
    """State of an image for coverage.

    Parameters
    ----------
    image : Image
        An image.
    undescribed : set of int
        ``id`` of each image that a rule about `undescribed` images reported as an error or warning.

    Returns
    -------
    str
        ``"described"``, ``"decorative"`` or ``"undescribed"``; ``""`` for what is no picture or not exposed.
    """
    if image.kind in ("link", "background") or not image.exposed:
        return ""
    if id(image) in undescribed:
        return "undescribed"
    text = image.text
    if image.decorative or (text is not None and not text.strip()):
        return "decorative"
    return "described" if text else "undescribed"


def undescribed(findings: tuple[Finding, ...]) -> set[int]:
    """``id`` of each image reported as having no usable alternative."""
    return {
        id(f.image)
        for f in findings
        if all_rules()[f.code].undescribed and f.severity != Severity.INFO and f.image is not None
    }
