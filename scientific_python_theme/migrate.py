"""Bring the configuration of a Hugo site up to date, one word on one line at a time.

Each rule says what a key becomes. An edit is kept only if the edited text parses to the old
data with just that key changed, so comments, order and spelling of everything else survive,
whatever the format.
"""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from .diff import unified
from .errors import HugoError
from .files import write_atomically

Step = str | int
Trail = tuple[Step, ...]
Change = Callable[[Any], Any]

SUFFIXES = {".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}
CONTENT = {".md", ".markdown", ".html", ".htm", ".adoc", ".rst", ".org", ".pandoc"}


@frozen(kw_only=True)
class Rule:
    """What one key becomes.

    Parameters
    ----------
    old, new : str
        Name of the key before and after.
    where : str
        Regular expression for the keys above it, joined by dots, lower case.
    value : callable
        Turns the old value into the new.
    since : str
        First Hugo that knows the new key.
    removed : bool
        Whether current Hugo stops at the old key (else it only warns).
    """

    old: str
    new: str
    where: str
    value: Change = lambda value: value
    since: str
    removed: bool = True


def _embedded(value: Any) -> Any:
    return {True: "fallback", False: "never"}.get(value, value) if isinstance(value, bool) else value


_LANGUAGE = r"languages\.[\w-]+"
# Tried on Hugo 0.168: the first three stop the build, the others warn.
RULES = (
    Rule(
        old="enableDefault",
        new="useEmbedded",
        where=r"(.*\.)?renderhooks\.(image|link)",
        value=_embedded,
        since="0.148",
    ),
    Rule(old="_build", new="build", where="(front matter|cascade.*)", since="0.145"),
    Rule(
        old="keepConditionalComments",
        new="keepSpecialComments",
        where=r"(.*\.)?tdewolff\.html",
        since="0.150",
    ),
    Rule(
        old="_target",
        new="target",
        where=r"(front matter\.)?(.*\.)?cascade(\.\d+)?",
        since="0.156",
        removed=False,
    ),
    Rule(old="languageCode", new="locale", where=rf"(|{_LANGUAGE})", since="0.158", removed=False),
    Rule(old="languageName", new="label", where=_LANGUAGE, since="0.158", removed=False),
    Rule(old="languageDirection", new="direction", where=_LANGUAGE, since="0.158", removed=False),
)

# Keys that need a decision: said, not changed.
BY_HAND = {
    r"(.*\.)?mounts\.\d+\.lang": "removed in 0.153; use sites.matrix (gohugo.io/configuration/module)",
    r"(.*\.)?mounts\.\d+\.(ex|in)cludefiles": "removed in 0.153; use files (gohugo.io/configuration/module)",
    r"caches\.getjson|caches\.getcsv": "removed; use caches.getresource",
}


@frozen(kw_only=True)
class Edit:
    """What one file becomes.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    before, after : str
        Its text.
    notes : tuple of str
        What a person has to do there.
    """

    path: Path
    before: str
    after: str
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> int:
        """Number of lines that differ."""
        pairs = zip(self.before.splitlines(), self.after.splitlines(), strict=True)
        return sum(a != b for a, b in pairs)

    def diff(self, root: Path) -> str:
        """Unified diff, with the path shown from `root`."""
        return unified(self.before, self.after, self.path.relative_to(root).as_posix())


def plan(site: Path, *, deprecated: bool = False) -> list[Edit]:
    """Work out what would have to change for current Hugo; nothing is written.

    Parameters
    ----------
    site : pathlib.Path
        Folder of the site.
    deprecated : bool
        Whether to replace keys too that current Hugo only warns about. The new
        names need a recent Hugo.

    Returns
    -------
    list of Edit
        Files to change or to look at, in order of their paths.

    Raises
    ------
    HugoError
        If the folder is no Hugo site, or a configuration file does not parse.
    """
    configs = list(_configs(site))
    if not configs:
        raise HugoError(
            f"{site}: no hugo.toml, hugo.yaml, config.toml, config.yaml or config/ here; "
            "name a Hugo site's folder"
        )
    rules = [rule for rule in RULES if deprecated or rule.removed]
    edits = []
    for path in configs:
        form = SUFFIXES[Path(path.name.removesuffix(".in")).suffix]
        text = _read(path)
        data = _parse(text, form, path)
        prefix = () if _is_root(path) else (path.name.split(".")[0],)
        after = migrate_text(text, form, rules, above=prefix)
        notes = tuple(_by_hand(data, prefix))
        if after != text or notes:
            edits.append(Edit(path=path, before=text, after=after, notes=notes))
    for path in _content(site):
        raw = path.read_bytes()
        if not any(rule.old.encode() in raw for rule in rules):
            continue
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue  # Hugo would not read it either
        start, end, form = front_matter(text)
        head = (
            migrate_text(text[start:end], form, rules, above=("front matter",)) if form else text[start:end]
        )
        after = text[:start] + head + text[end:]
        if after != text:
            edits.append(Edit(path=path, before=text, after=after))
    return edits


def needed(site: Path) -> bool:
    """Whether a site's configuration or content holds a key that current Hugo no longer accepts.

    Parameters
    ----------
    site : pathlib.Path
        Folder of the site.

    Returns
    -------
    bool
        False as well where a file cannot be read, which is for Hugo to say.
    """
    try:
        return any(edit.after != edit.before for edit in plan(site.resolve()))
    except HugoError:
        return False


def apply(edits: Sequence[Edit]) -> None:
    """Write the files.

    Parameters
    ----------
    edits : sequence of Edit
        What `plan` returned.
    """
    for edit in edits:
        if edit.after != edit.before:
            write_atomically(edit.path, edit.after)


def migrate_text(text: str, form: str, rules: Sequence[Rule] = RULES, *, above: Trail = ()) -> str:
    """Apply rules to a piece of configuration.

    Parameters
    ----------
    text : str
        TOML, YAML or JSON.
    form : str
        ``"toml"``, ``"yaml"`` or ``"json"``.
    rules : sequence of Rule
        What to change.
    above : tuple
        Keys under which the text stands.

    Returns
    -------
    str
        The text, with as many lines as before. What cannot be changed safely is left.
    """
    for rule in rules:
        if rule.old not in text:
            continue
        try:
            data = load(text, form)
        except (ValueError, yaml.YAMLError):
            return text
        position = 0
        while True:
            wanted = [_stepped(data, trail, rule) for trail in _matches(data, rule, above)]
            found = _spelling(rule.old, form).search(text, position) if wanted else None
            if not found:
                break
            position = found.end()
            for candidate in _candidates(text, found, rule, form):
                try:
                    result = load(candidate, form)
                except (ValueError, yaml.YAMLError):
                    continue
                if result in wanted:
                    text, data, position = candidate, result, found.start() + len(rule.new)
                    break
    return text


def front_matter(text: str) -> tuple[int, int, str]:
    r"""Where the front matter of a content file lies.

    Parameters
    ----------
    text : str
        The file.

    Returns
    -------
    tuple of int, int, str
        First and last offset of what is between the fences, and the format; the
        format is empty when there is none.

    Examples
    --------
    >>> front_matter("---\ntitle: A\n---\nText")
    (4, 13, 'yaml')
    """
    for fence, form in (("---", "yaml"), ("+++", "toml")):
        opened = re.match(rf"\ufeff?{re.escape(fence)}[ \t]*\r?\n", text)
        if opened:
            closed = re.compile(rf"^{re.escape(fence)}[ \t]*\r?$", re.MULTILINE).search(text, opened.end())
            return (opened.end(), closed.start(), form) if closed else (0, 0, "")
    if text.lstrip("\ufeff").startswith("{"):
        start = text.index("{")
        try:
            _, length = json.JSONDecoder().raw_decode(text[start:])
        except (ValueError, RecursionError):
            return (0, 0, "")
        return (start, start + length, "json")
    return (0, 0, "")


def _candidates(text: str, found: re.Match[str], rule: Rule, form: str) -> Iterator[str]:
    """Rename the key, with a plain value after it changed as well where it has one."""
    renamed = text[: found.start("key")] + rule.new
    rest = text[found.end("key") :]
    value = re.match(r"(?P<gap>['\"]?\s*[:=]\s*)(?P<value>true|false)\b", rest)
    if value:
        new = rule.value(value["value"] == "true")
        if isinstance(new, str):
            yield renamed + value["gap"] + (new if form == "yaml" else f'"{new}"') + rest[value.end() :]
    yield renamed + rest


def _spelling(key: str, form: str) -> re.Pattern[str]:
    equals = {"toml": r"\s*[.=]", "yaml": r"\s*:", "json": r"\s*:"}[form]
    return re.compile(rf"(?<![\w-])(?P<key>{re.escape(key)})(?=['\"]?(?:{equals}|\s*\]))", re.IGNORECASE)


def _matches(data: Any, rule: Rule, above: Trail) -> Iterator[Trail]:
    for trail in _trails(data):
        under = ".".join(str(step).lower() for step in (*above, *trail[:-1]))
        if str(trail[-1]).lower() == rule.old.lower() and re.fullmatch(rule.where, under):
            yield trail


def _trails(data: Any, above: Trail = ()) -> Iterator[Trail]:
    items: Any = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for key, value in items:
        yield (*above, key)
        yield from _trails(value, (*above, key))


def _stepped(data: Any, trail: Trail, rule: Rule) -> Any:
    """Apply a rule in one place of the data."""
    result = copy.deepcopy(data)
    holder = result
    for step in trail[:-1]:
        holder = holder[step]
    holder[rule.new] = rule.value(holder.pop(trail[-1]))
    return result


def _by_hand(data: Any, above: Trail) -> Iterator[str]:
    for trail in _trails(data):
        name = ".".join(str(step) for step in (*above, *trail))
        for pattern, advice in BY_HAND.items():
            if re.fullmatch(pattern, name.lower()):
                yield f"{name}: {advice}"


def _configs(site: Path) -> Iterator[Path]:
    names = [
        f"{stem}{suffix}{made}" for stem in ("hugo", "config") for suffix in SUFFIXES for made in ("", ".in")
    ]
    yield from (site / name for name in names if (site / name).is_file())
    folder = site / "config"
    if folder.is_dir():
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES and path.is_file())


def _is_root(path: Path) -> bool:
    return path.name.split(".")[0] in {"hugo", "config"}


def _content(site: Path) -> Iterator[Path]:
    for name in ("content", "archetypes"):
        if (site / name).is_dir():
            for path in sorted((site / name).rglob("*")):
                if path.suffix.lower() in CONTENT and path.is_file():
                    yield path


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise HugoError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def load(text: str, form: str) -> Any:
    """Data of a configuration file.

    Parameters
    ----------
    text : str
        The file.
    form : str
        A value of `SUFFIXES`.

    Returns
    -------
    object
        Its data.

    Raises
    ------
    ValueError, yaml.YAMLError
        If it is not of that format.
    """
    text = text.removeprefix("\ufeff")
    try:
        if form == "toml":
            return tomllib.loads(text)
        if form == "json":
            return json.loads(text)
        return yaml.safe_load(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _parse(text: str, form: str, path: Path) -> Any:
    try:
        return load(text, form)
    except (ValueError, yaml.YAMLError) as error:
        raise HugoError(
            f"{path}: not valid {form.upper()}: {' '.join(str(error).split())}; correct it first"
        ) from error
