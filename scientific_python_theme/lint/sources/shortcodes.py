"""Hugo shortcodes: where they stand, what they are given, which of them show a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import field, frozen

from ..model import Attribute, Image, Origin, Surroundings
from .collect import is_decorative
from .views import View

PICTURES = frozenset(["figure", "image", "img", "picture", "imgproc", "photo"])
"""Shortcodes that show an image, whatever they are given."""

INCLUDES = frozenset(["include", "include-md", "include-html"])
"""Shortcodes whose first argument is a file to read as text."""

CODE = frozenset(["highlight", "code"])
"""Shortcodes that show what stands between their calls as code."""

MASK = "\ue000"
"""Stands in for a shortcode while the Markdown around it is parsed."""

_OPEN = re.compile(r"\{\{([<%])(?!/\*)(?>\s*)(/?)(?>\s*)([\w./-]+)")
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"([\w-]+)=")
_QUOTED = re.compile(r'"((?>(?:[^"\\\n]|\\.)*))"')
_RAW = re.compile(r"`([^`]*+)`")
_BARE = re.compile(r"[^\s>%`\"/]+|[/>%](?!\}\}|[>%]\}\})|[`\"]")
_ESCAPE = re.compile(r"\\(.)")
_PICTURE_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|ico)(?:[?#].*)?$", re.IGNORECASE)
_FENCE = re.compile(r"(?m)^(?:[ \t>]|[-*+] |[0-9]{1,9}[.)] )*(`{3,}|~{3,})([^\n]*)$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ABOUT_ALT = re.compile(r"(?i)\W?(?:alt|atl|alternative|alt[-_]?text)\b")


@frozen(kw_only=True)
class Parameter:
    """One argument: `name` is ``""`` for a positional one; offsets are of the whole and of the value."""

    name: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


@frozen(kw_only=True)
class Shortcode:
    """A call, opening or closing, as written between ``{{<`` and ``>}}``."""

    name: str
    start: int
    end: int
    closing: bool = False
    self_closing: bool = False
    parameters: list[Parameter] = field(factory=list)

    def get(self, *names: str) -> Parameter | None:
        """The first argument with one of these names."""
        return next((p for p in self.parameters if p.name.lower() in names), None)


def parse_at(text: str, at: int) -> Shortcode | None:
    """Read one shortcode.

    Parameters
    ----------
    text : str
        Any text.
    at : int
        Offset of its ``{{``.

    Returns
    -------
    Shortcode or None
        None when what stands there is no shortcode, is shown literally (``{{</* … */>}}``) or never ends.
    """
    match = _OPEN.match(text, at)
    if not match:
        return None
    mark = ">" if match[1] == "<" else "%"
    parameters: list[Parameter] = []
    at = match.end()
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        for ending in (mark + "}}", "/" + mark + "}}"):
            if text.startswith(ending, at):
                return Shortcode(
                    name=match[3], start=match.start(), end=at + len(ending),
                    closing=bool(match[2]), self_closing=ending[0] == "/", parameters=parameters,
                )  # fmt: skip
        if at >= len(text) or text.startswith("{{", at) or len(parameters) > 200:
            return None
        start = at
        name = _NAME.match(text, at)
        if name:
            at = name.end()
        value = _QUOTED.match(text, at) or _RAW.match(text, at)
        if value:
            content, span = value[1], value.span(1)
            if text[at] == '"':
                content = _ESCAPE.sub(r"\1", content)
        elif value := _BARE.match(text, at):
            content, span = value[0], value.span()
        elif name:
            content, span = "", (at, at)
        else:
            return None
        at = value.end() if value else at
        parameters.append(
            Parameter(
                name=name[1] if name else "",
                value=content,
                start=start,
                end=at,
                value_start=span[0],
                value_end=span[1],
            )
        )


def outside_code(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of a Markdown text outside fenced code and HTML comments."""
    at = 0
    while True:
        fence = _FENCE.search(text, at)
        start = text.find("<!--", at)
        if fence and (start < 0 or fence.start(1) < start):
            yield at, fence.start(1)
            run = fence[1]
            if run[0] == "`" and "`" in fence[2]:
                at = fence.end()
                continue
            close = re.compile(rf"(?m)^[ \t>]*{re.escape(run[0])}{{{len(run)},}}[ \t]*$").search(
                text, fence.end()
            )
            at = close.end() if close else len(text)
        elif start >= 0:
            yield at, start
            close = _COMMENT.match(text, start)
            at = close.end() if close else start + 4
        else:
            yield at, len(text)
            return


def find(text: str) -> list[Shortcode]:
    """Every shortcode of a Markdown text that is not shown as code.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    list of Shortcode
        In order. Hugo would run those in code and comments too, but their pictures are never seen there.
    """
    found: list[Shortcode] = []
    at = 0
    misses = 0
    for start, end in outside_code(text):
        at = max(at, start)
        while (at := text.find("{{", at, end)) >= 0 and misses < 1000:
            call = parse_at(text, at)
            if call is None:
                misses += text[at + 2 : at + 3] in ("<", "%")
                at += 2
            else:
                found.append(call)
                at = call.end
    return found


def bodies(calls: list[Shortcode]) -> dict[int, tuple[int, int]]:
    """Span of the text between an opening call (by its index) and its closing one."""
    open_calls: list[int] = []
    spans: dict[int, tuple[int, int]] = {}
    for i, call in enumerate(calls):
        if not call.closing:
            if not call.self_closing:
                open_calls.append(i)
            continue
        for k in range(len(open_calls) - 1, max(len(open_calls) - 200, -1), -1):
            if calls[open_calls[k]].name == call.name:
                spans[open_calls[k]] = (calls[open_calls[k]].end, call.start)
                del open_calls[k:]
                break
    return spans


def shows_code(call: Shortcode) -> bool:
    """Whether a shortcode shows its content as code: by its name, or because it is told the language."""
    return call.name.lower() in CODE or call.get("lang") is not None


def image(call: Shortcode, view: View, heading: str) -> Image | None:
    """The image a shortcode shows, if it shows one.

    Parameters
    ----------
    call : Shortcode
        An opening call.
    view : View
        The text it stands in.
    heading : str
        Nearest heading above.

    Returns
    -------
    Image or None
        None for a shortcode about something else.
    """
    source = call.get("src", "lightsrc", "source")
    name = call.name.rpartition("/")[2].lower()
    named = [p for p in call.parameters if p.name]
    if name not in PICTURES and not (source and _PICTURE_FILE.search(source.value)):
        return None
    positional = [p for p in call.parameters if not p.name]
    if source is None and positional and not named:
        source = positional[0]
    if source is None and not call.parameters:
        return None
    alt = call.get("alt")
    attributes = [
        Attribute(name=p.name, value=p.value, place=view.place(p.value_start, p.value_end)) for p in named
    ]
    malformed = []
    for i, p in enumerate(call.parameters):
        if not p.name and named and _ABOUT_ALT.match(p.value):
            rest = next((q for q in call.parameters[i + 1 :] if not q.name and q.value != "="), None)
            end = rest.end if rest else p.end
            malformed.append(
                Attribute(name=p.value, value=rest.value if rest else None, place=view.place(p.start, end))
            )
    facts: dict[str, object] = {"shortcode": True}
    if malformed:
        facts["malformed"] = tuple(malformed)
    if alt is None and not positional:  # Hugo refuses a mixture of both
        end = call.parameters[-1].end if call.parameters else call.start + 3 + len(call.name)
        facts["insert_alt"] = (view.place(end), ' alt="{}"')
    others = [q for k in ("lightsrc", "darksrc") if (q := call.get(k)) and q is not source]
    link = call.get("link", "href")
    caption = " ".join(q.value for k in ("title", "caption") if (q := call.get(k)))
    classes = call.get("class")
    return Image(
        src=source.value if source else "",
        alt=alt.value if alt else None,
        place=view.place(call.start, call.end),
        element=call.name,
        format="markdown",
        decorative=(alt is not None and not alt.value) or is_decorative(attributes),
        origin=Origin.AUTHOR if alt else Origin.NONE,
        sources=tuple(p.value for p in others),
        classes=tuple(classes.value.split()) if classes else (),
        attributes=tuple(attributes),
        alt_place=view.place(alt.value_start, alt.value_end) if alt else None,
        around=Surroundings(
            caption=caption,
            heading=heading,
            container="link" if link else "",
            href=link.value if link else "",
            container_name=(alt.value if alt else "") if link else None,
        ),
        facts=facts,
    )
