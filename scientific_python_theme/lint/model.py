"""What the readers hand to the rules, and what the rules hand to the reports.

Lines and columns are 1-based; columns count Unicode code points. An end is exclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import Any

from attrs import Factory, frozen


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Kind(StrEnum):
    """What sort of thing carries the picture."""

    IMAGE = "image"  # img, directive, ![](), shortcode
    SVG = "svg"
    ROLE_IMG = "role-img"
    OBJECT = "object"
    EMBED = "embed"
    IFRAME = "iframe"
    AREA = "area"
    INPUT = "input"
    LINK = "link"  # a link, button or heading judged for the images that name it
    OUTPUT = "output"  # picture made by running code: plot, notebook cell, gallery
    BACKGROUND = "background"


class Origin(Enum):
    """Who wrote the alternative."""

    AUTHOR = "author"
    GENERATOR = "generator"  # the tool filled in a path, a title, a substitution's name
    NONE = "none"


@frozen(kw_only=True)
class Place:
    """A span in the file that a person edits.

    Parameters
    ----------
    path : str
        Path as shown to a person, with forward slashes.
    line, column, end_line, end_column : int
        1-based, in code points; the end is exclusive.
    note : str
        A finer address inside the file, such as ``"cell 3"``.
    """

    path: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0
    note: str = ""


@frozen(kw_only=True)
class Attribute:
    """One attribute, option or parameter as it was written."""

    name: str
    value: str | None
    place: Place


@frozen(kw_only=True)
class Surroundings:
    """What stands near an image; helps judge it, and helps a person describe it.

    Parameters
    ----------
    caption, heading, title : str
        Text of the figure's caption, of the nearest heading above, of a title attribute.
    container : str
        ``"link"``, ``"button"``, ``"heading"`` when the image stands in one, else ``""``.
    href : str
        Target of the link around the image.
    container_name : str or None
        Accessible name of the container; ``""`` when it has none, None when there is no container.
    container_text : str
        Text in the container besides the image.
    adjacent : str
        Text of the link, button or paragraph right beside the image.
    """

    caption: str = ""
    heading: str = ""
    title: str = ""
    container: str = ""
    href: str = ""
    container_name: str | None = None
    container_text: str = ""
    adjacent: str = ""


@frozen(kw_only=True)
class Image:
    """An image and everything the rules may ask about it.

    Parameters
    ----------
    src : str
        Address as written, ``""`` when there is none.
    alt : str or None
        Alternative as written: None absent, ``""`` empty.
    place : Place
        Span of the whole image.
    kind : Kind
        What carries the picture.
    element : str
        Tag, directive, token or shortcode, as a person would name it: ``img``, ``figure``.
    format : str
        ``html``, ``rst``, ``markdown``, ``notebook`` or ``python``.
    name : str or None
        Accessible name where it is known (HTML, words that a tool fills in); None means "same as `alt`".
    exposed : bool
        Whether assistive technology meets the image at all.
    decorative : bool
        Marked as needing no alternative, in whatever way the format has.
    origin : Origin
        Who wrote `alt`.
    generator : str
        Tool that made the markup (``sphinx``, ``plot_directive``, ``sphinx-gallery``, ``nbconvert``, …).
    sources : tuple of str
        Further addresses: ``srcset``, ``<source>``, light and dark variants.
    classes : tuple of str
        Class names.
    attributes : tuple of Attribute
        Attributes, options or parameters as written, in order, duplicates kept.
    missing_ids : tuple of str
        Names in ``aria-labelledby``/``aria-describedby`` that lead nowhere or to nothing.
    alt_place : Place or None
        Span of the value of the alternative, for messages and fixes.
    around : Surroundings
        What stands nearby.
    language : str
        Language of the page, if it says.
    facts : dict
        Further facts of one format that a rule may ask for, by name.
    """

    src: str
    alt: str | None
    place: Place
    kind: Kind = Kind.IMAGE
    element: str = "img"
    format: str = "html"
    name: str | None = None
    exposed: bool = True
    decorative: bool = False
    origin: Origin = Origin.AUTHOR
    generator: str = ""
    sources: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    missing_ids: tuple[str, ...] = ()
    alt_place: Place | None = None
    around: Surroundings = Surroundings()
    language: str = ""
    facts: dict[str, Any] = Factory(dict)

    @property
    def text(self) -> str | None:
        """The alternative that counts: the accessible name if known, else `alt`."""
        return self.alt if self.name is None else self.name

    @property
    def made_by_code(self) -> bool:
        """Whether a program on the page drew it: a plot, or the output of a cell."""
        return self.kind is Kind.OUTPUT or self.generator in ("plot_directive", "notebook", "sphinx-gallery")


@frozen(kw_only=True)
class Suppression:
    """A comment by which an author silences rules.

    Parameters
    ----------
    place : Place
        Where the comment stands.
    codes : tuple of str
        Codes, prefixes or names it silences; empty means all.
    first, last : int
        Lines it covers, both included; `last` 0 means to the end of the file.
    misspelt : str
        What stands in place of a word the linter knows: the comment then silences nothing.
    """

    place: Place
    codes: tuple[str, ...]
    first: int
    last: int
    misspelt: str = ""


@frozen(kw_only=True)
class Problem:
    """Something that kept a reader from looking at (part of) a file."""

    place: Place
    message: str


@frozen(kw_only=True)
class Document:
    """What a reader found in one file, in reading order.

    Parameters
    ----------
    path : str
        Path as shown to a person.
    format : str
        Format name.
    images : tuple of Image
        Images, including those of nested formats (raw HTML in Markdown, …).
    suppressions : tuple of Suppression
        Comments that silence rules.
    includes : tuple of str
        Further files this one pulls in, as written.
    problems : tuple of Problem
        What could not be read.
    facts : dict
        Further facts of one format that a rule may ask for, by name.
    """

    path: str
    format: str
    images: tuple[Image, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    includes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    facts: dict[str, Any] = Factory(dict)


class Applicability(StrEnum):
    """Whether a fix may be applied without being asked for by name."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@frozen(kw_only=True)
class Edit:
    """Replace one span of the file with a text."""

    place: Place
    text: str


@frozen(kw_only=True)
class Fix:
    """Edits that mend a finding."""

    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


@frozen(kw_only=True)
class Finding:
    """One thing a rule found.

    Parameters
    ----------
    code, name : str
        Of the rule: ``ALT002``, ``fallback-path``.
    severity : Severity
        How much it matters.
    message : str
        What is wrong, in one sentence.
    place : Place
        Where.
    help : str
        What to do.
    image : Image or None
        The image it is about.
    fix : Fix or None
        A mend, if there is one.
    fingerprint : str
        Stable name of the finding: survives moved lines.
    repeats : int
        Further places with the very same finding (a theme's logo on every page).
    elsewhere : tuple of Place
        Those places, where a run was asked for them.
    """

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    help: str = ""
    image: Image | None = None
    fix: Fix | None = None
    fingerprint: str = ""
    repeats: int = 0
    elsewhere: tuple[Place, ...] = ()


Reader = Callable[[str, str], Document]
"""``read(text, path) -> Document``: one per format."""
