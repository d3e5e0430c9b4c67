"""The rules: one module each, found by name; `@rule` declares code, severity and source.

To add a rule, write a module here. Its docstring is the explanation that ``rule CODE``, the
documentation, SARIF and the Sphinx warnings show; its *Bad* and *Good* examples run as tests.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from attrs import frozen

from ..model import Document, Fix, Image, Place, Severity


@frozen(kw_only=True)
class Remark:
    """What a rule's check yields: a message and, where they differ from the image's, place, help and fix."""

    message: str
    help: str = ""
    place: Place | None = None
    fix: Fix | None = None
    severity: Severity | None = None


Check = Callable[[Image], Iterator[Remark | str]]
DocumentCheck = Callable[[Document], Iterator[tuple[Image | None, Remark]]]


@frozen(kw_only=True, eq=False)
class Rule:
    """A rule and everything said about it.

    Parameters
    ----------
    code, name : str
        ``ALT002`` and ``fallback-path``.
    severity : Severity
        Severity of its findings.
    default : bool
        Whether it runs when nothing is selected.
    source : str
        The standard or research it rests on.
    undescribed : bool
        Whether an image that it reports has no usable alternative, which coverage counts.
    collective : bool
        Whether it speaks once for all images of a document: a comment takes single images out.
    docstring : str
        Explanation, as written on the check.
    check : callable
        Looks at one image; None for a rule about whole documents.
    check_document : callable
        Looks at a document; None for a rule about single images.
    """

    code: str
    name: str
    severity: Severity
    default: bool
    source: str
    undescribed: bool
    collective: bool
    docstring: str
    check: Check | None = None
    check_document: DocumentCheck | None = None


_found: dict[str, Rule] = {}


def rule(
    code: str,
    name: str,
    *,
    source: str,
    severity: Severity = Severity.WARNING,
    default: bool = True,
    document: bool = False,
    undescribed: bool = False,
    collective: bool = False,
) -> Callable[[Callable[..., Iterator[object]]], Callable[..., Iterator[object]]]:
    """Declare a rule; use as a decorator on its check.

    Parameters
    ----------
    code, name : str
        Code and kebab-case name.
    source : str
        Standard or research the rule rests on.
    severity : Severity
        Severity of its findings.
    default : bool
        Whether it runs when nothing is selected.
    document : bool
        Whether the check takes a whole `Document` and yields ``(image, remark)``.
    undescribed, collective : bool
        As in `Rule`.

    Returns
    -------
    callable
        The decorator.
    """

    def declare(check: Callable[..., Iterator[object]]) -> Callable[..., Iterator[object]]:
        _found[code] = Rule(
            code=code,
            name=name,
            severity=severity,
            default=default,
            source=source,
            undescribed=undescribed,
            collective=collective,
            docstring=check.__doc__ or "",
            check=None if document else check,  # type: ignore[arg-type]
            check_document=check if document else None,  # type: ignore[arg-type]
        )
        return check

    return declare


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by code, in order of codes.

    Returns
    -------
    dict
        ``{"ALT001": Rule, …}``.
    """
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_found.items()))
