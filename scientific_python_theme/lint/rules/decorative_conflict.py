"""ALT017: an element is marked as decoration and is announced all the same."""

from __future__ import annotations

from collections.abc import Iterator

from ..mend import delete
from ..model import Document, Fix, Image, Severity
from . import Remark, rule


@rule(
    "ALT017",
    "decorative-conflict",
    severity=Severity.WARNING,
    document=True,
    source="WAI-ARIA 1.2, presentational roles conflict resolution; ACT rule 46ca7f; failure F38",
)
def check(document: Document) -> Iterator[tuple[Image | None, Remark]]:
    """An element is marked as decoration, yet it is announced.

    A name (``aria-label``, ``title``), another ARIA property that any element may carry, or the keyboard
    focus undo ``alt=""`` and ``role="none"``: browsers then expose the element again, each in its own way.
    Keep either the mark or the name.

    Bad: ``<img src="wave.png" alt="" aria-label="Wave">``
    Bad: ``<img src="wave.png" alt="Wave" role="none" tabindex="0">``
    Good: ``<img src="wave.png" alt="Wave">``
    Good: ``<img src="wave.png" alt="Wave" role="none">``
    """
    for image in document.images:
        if image.exposed and image.facts.get("conflict"):
            yield image, _remark(image.facts["mark"], image.facts["conflict"], _mend(image))
    for mark in document.facts.get("marked", ()):
        yield (
            None,
            Remark(
                message=_message(mark.name, tuple((mark.value or "").split())), help=_HELP, place=mark.place
            ),
        )


_HELP = "keep either the mark as decoration or what undoes it"


def _remark(mark: str, against: tuple[str, ...], fix: Fix | None) -> Remark:
    return Remark(message=_message(mark, against), help=_HELP, fix=fix)


def _message(mark: str, against: tuple[str, ...]) -> str:
    if set(against) == {"title"}:
        return f"marked as decoration by {mark}, but title names it"
    what = " and ".join(name if name != "tabindex" else "the keyboard focus" for name in against[:3])
    return f"marked as decoration by {mark}, but {what} {'bring' if len(against) > 1 else 'brings'} it back"


def _mend(image: Image) -> Fix | None:
    """Delete ``alt=""`` where `aria-label` is the name that browsers use anyway."""
    named = any(a.name == "aria-label" and (a.value or "").strip() for a in image.attributes)
    if image.facts["mark"] != 'alt=""' or not named:
        return None
    found = [a for a in image.attributes if a.name == "alt"]
    return delete(found[0].place, 'Delete alt="": aria-label names the image') if len(found) == 1 else None
