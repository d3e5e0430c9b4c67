"""Badges for SPECs, drawn as SVG: no image host is asked. The Hugo partial draws the same bytes.

A core project *endorses* a SPEC, any project may *adopt* one; the two differ in word, sign and colour.
"""

from __future__ import annotations

from collections.abc import Sequence

from .errors import RegistryError
from .projects import Project, Registry, Spec

STATES = ("adopted", "endorsed")
INDEX = "https://scientific-python.org/specs/"
_COLOUR = {"adopted": "#2f6b1b", "endorsed": "#0b4f8a"}  # white on them: 6.4 and 8.3 to 1
_SIGN = {"adopted": "M1 6l3 3 6-7", "endorsed": "M1 6l3 3 6-7M6 9l1 1 6-8"}
_CHAR = 7  # px a character, at 12 px; textLength makes every font keep it


def state_of(project: Project | None, numbers: Sequence[int]) -> str:
    """State by the registry: ``endorsed`` when the project endorses all of the SPECs, else ``adopted``."""
    return "endorsed" if project and set(numbers) <= set(project.specs_endorsed) else "adopted"


def specs_of(registry: Registry, numbers: Sequence[int]) -> list[Spec]:
    """Look SPECs up by number.

    Raises
    ------
    RegistryError
        If a number is not in the registry.
    """
    for number in numbers:
        if number not in registry.specs:
            known = ", ".join(map(str, registry.specs))
            raise RegistryError(f"no SPEC {number} in the registry; known: {known}")
    return [registry.specs[number] for number in numbers]


def parse(text: str) -> tuple[list[int], str]:
    """Read ``"0 1 4"`` or ``"7 endorsed"``: numbers, and a state or an empty text.

    Raises
    ------
    RegistryError
        If there is no number, or another word than a state.
    """
    words = text.replace(",", " ").split()
    state = words.pop() if words and words[-1] in STATES else ""
    if not words or not all(word.isascii() and word.isdigit() for word in words):
        raise RegistryError(
            f"{text!r}: expected numbers of SPECs, then adopted or endorsed, as in '0 1 4 adopted'"
        )
    return [int(word) for word in words], state


def address(specs: Sequence[Spec]) -> str:
    """Where a badge leads: the SPEC itself, or the list when there are several."""
    return specs[0].url if len(specs) == 1 else INDEX


def svg(specs: Sequence[Spec], state: str) -> str:
    """Draw a badge.

    Parameters
    ----------
    specs : sequence of Spec
        One or more.
    state : {"adopted", "endorsed"}
        What the project does with them.

    Returns
    -------
    str
        One ``svg`` element with a ``title``; it carries its own colours and suits both schemes.
    """
    numbers = [str(spec.number) for spec in specs]
    label = f"SPEC {' '.join(numbers)}"
    left, right = len(label) * _CHAR, len(state) * _CHAR
    split = left + 16
    width = split + right + 34
    return (
        f'<svg class="sp-spec" xmlns="http://www.w3.org/2000/svg" width="{width}" height="22" '
        f'viewBox="0 0 {width} 22" role="img"><title>SPEC {", ".join(numbers)}: {state}</title>'
        f'<rect width="{width}" height="22" rx="4" fill="#004811"/>'
        f'<path fill="{_COLOUR[state]}" '
        f'd="M{split} 0h{right + 30}a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4h-{right + 30}z"/>'
        f'<path transform="translate({split + 7} 5)" fill="none" stroke="#fff" stroke-width="2" '
        f'd="{_SIGN[state]}"/>'
        '<g fill="#fff" font-family="system-ui,sans-serif" font-size="12" font-weight="600">'
        f'<text x="8" y="15" textLength="{left}">{label}</text>'
        f'<text x="{split + 26}" y="15" textLength="{right}">{state}</text></g></svg>'
    )
