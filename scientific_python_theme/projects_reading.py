"""Read the registry's TOML: check every value, say where a fault stands, lay one source over another."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import attrs

from .errors import RegistryError
from .projects import ID, KINDS, VERSION, Project, Registry, Spec


@attrs.frozen(kw_only=True)
class Layer:
    """One source of entries, and how to say where in it something stands."""

    where: str
    text: str
    data: Mapping[str, Any]

    @classmethod
    def read(cls, file: Path) -> Layer:
        """Read a TOML file; a fault in its syntax is named with its line."""
        try:
            text = file.read_text("utf-8")
            data = tomllib.loads(text)
        except OSError as error:
            raise RegistryError(f"{file}: cannot be read ({error.strerror})") from error
        except (ValueError, RecursionError) as error:
            line = re.search(r"line (\d+)", str(error))
            place = f"{file}:{line.group(1)}" if line else str(file)
            raise RegistryError(f"{place}: not valid TOML: {error}; correct that line") from error
        return cls(where=str(file), text=text, data=data)

    def fault(self, table: str, key: str, problem: str) -> RegistryError:
        """Describe a fault at ``[table] key``, with the line where it can be found."""
        line = self._line(table, key)
        place = f"{self.where}:{line}" if line else self.where
        return RegistryError(f"{place}: [{table}] {key}: {problem}")

    def _line(self, table: str, key: str) -> int | None:
        header = re.compile(r"\s*\[\s*" + r"\s*\.\s*".join(map(re.escape, table.split("."))) + r"\s*\]")
        inside, start = False, None
        for number, line in enumerate(self.text.splitlines(), 1):
            if header.match(line):
                inside, start = True, number
            elif inside and line.lstrip().startswith("["):
                break
            elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return number
        return start


_ADDRESS = "an address that begins with https:// (a host of other letters as xn--…)"
_SHAPES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("name", "kind", "label", "license", "registry_key", "generator"), ("text", "a text")
    ),
    **dict.fromkeys(
        ("homepage", "repository", "logo", "inventory", "switcher"),
        ("url", _ADDRESS),
    ),
    **dict.fromkeys(("forum", "calendar", "feed", "video"), ("url", _ADDRESS)),
    "pypi": ("pypi", "the name of a project on PyPI"),
    "docs_pattern": ("pattern", "an address that begins with https:// and holds {minor} or {full}"),
    "import_names": ("texts", "a list of texts"),
    "aliases": ("map", "a table of texts"),
    "colours": ("colours", "a list of colours as #rrggbb"),
    "docs": ("urls", 'a table of addresses such as { stable = "https://…" }'),
    "accounts": ("urllist", "a list of addresses that begin with https://"),
    "specs_endorsed": ("numbers", "a list of SPEC numbers"),
    "specs_adopted": ("numbers", "a list of SPEC numbers"),
    "listed": ("bool", "true or false"),
    "hide": ("bool", "true or false"),
    "sources": ("map", "a table of texts"),
}  # fmt: skip


def _fits(shape: str, value: Any) -> bool:
    match shape:
        case "text":
            return isinstance(value, str) and bool(value.strip()) and value.isprintable()
        case "url":
            return is_address(value)
        case "pypi":
            return isinstance(value, str) and bool(
                re.fullmatch(r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?", value, re.A)
            )
        case "pattern":
            plain = re.sub(r"\{(minor|full)\}", "", value) if isinstance(value, str) else ""
            return plain != value and is_address(plain) and not set("{}") & set(plain)
        case "bool":
            return isinstance(value, bool)
        case "map":
            return isinstance(value, Mapping) and all(isinstance(v, str) for v in (*value, *value.values()))
        case "urls":
            return isinstance(value, Mapping) and all(
                isinstance(key, str) and is_address(v) for key, v in value.items()
            )
        case "urllist":
            return isinstance(value, list | tuple) and all(is_address(v) for v in value)
        case "colours":
            return isinstance(value, list | tuple) and all(
                isinstance(v, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", v) for v in value
            )
        case "numbers":
            return isinstance(value, list | tuple) and all(type(v) is int and v >= 0 for v in value)
        case _:
            return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)


def is_address(value: Any) -> bool:
    """Whether a value is an absolute http(s) address without characters that could break out of markup."""
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s\"'<>\\^`]+", value):
        return False
    try:
        return bool(urlsplit(value).hostname) and value.isascii() and value.isprintable()
    except ValueError:
        return False


def build(layers: list[Layer]) -> Registry:
    """Check each layer and lay it over those before it; the first fault raises `RegistryError`."""
    merged: dict[str, dict[str, Any]] = {}
    specs: dict[int, Spec] = {}
    bar: dict[str, tuple[str, ...]] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        _check_top(layer)
        origins.update(layer.data.get("origins", {}))
        for number, table in layer.data.get("specs", {}).items():
            spec = _spec(layer, str(number), table)
            specs[spec.number] = spec
        for id_, table in layer.data.get("projects", {}).items():
            merged[id_] = _over(merged.get(id_, {}), _project(layer, id_, table, known=id_ in merged))
        for key, value in layer.data.get("bar", {}).items():
            if key not in ("sites", "more") or not _fits("texts", value):
                raise layer.fault("bar", str(key), "expected sites or more, each a list of ids")
            bar[key] = tuple(value)
    projects = {id_: _typed(id_, table) for id_, table in sorted(merged.items())}
    shown = {id_: project for id_, project in projects.items() if not project.hide}
    for key, ids in bar.items():
        for id_ in ids:
            if id_ not in projects and not (key == "sites" and id_ == "projects"):
                raise layers[-1].fault("bar", key, f"no project {id_!r}; define [projects.{id_}] or drop it")
    for project in shown.values():
        for key in ("specs_endorsed", "specs_adopted"):
            for number in getattr(project, key):
                if number not in specs:
                    raise layers[-1].fault(
                        f"projects.{project.id}", key,
                        f"no SPEC {number}; known: {', '.join(map(str, sorted(specs)))}",
                    )  # fmt: skip
    keep = {key: tuple(i for i in ids if i in shown or i == "projects") for key, ids in bar.items()}
    return Registry(
        projects=MappingProxyType(shown), specs=MappingProxyType(dict(sorted(specs.items()))),
        sites=keep.get("sites", ()), more=keep.get("more", ()), origins=MappingProxyType(origins),
    )  # fmt: skip


def _over(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Fields of an entry over those of another; tables are joined, as Hugo's ``merge`` does."""
    tables = {
        key: {**old[key], **value}
        for key, value in new.items()
        if isinstance(value, Mapping) and isinstance(old.get(key), Mapping)
    }
    return {**old, **new, **tables}


def _typed(id_: str, table: dict[str, Any]) -> Project:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    return Project(id=id_, **values)


def _check_top(layer: Layer) -> None:
    known = {"version": int, "origins": Mapping, "bar": Mapping, "specs": Mapping, "projects": Mapping}
    for key, value in layer.data.items():
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            raise RegistryError(f"{layer.where}: unknown table {key!r}; {hint}")
        if not isinstance(value, known[key]):
            raise RegistryError(
                f"{layer.where}: {key!r} must be a {known[key].__name__.lower()} (got {value!r})"
            )
    if layer.data.get("version", VERSION) != VERSION:
        raise RegistryError(
            f"{layer.where}: registry version {layer.data['version']!r}; this release reads {VERSION}: "
            "upgrade with: pip install --upgrade scientific-python-theme"
        )


def _project(layer: Layer, id_: Any, table: Any, *, known: bool) -> dict[str, Any]:
    where = f"projects.{id_}"
    if not isinstance(id_, str) or not ID.fullmatch(id_):  # a key in conf.py need not be a text
        raise layer.fault(
            where, "", "an id has lower-case letters, digits and single hyphens only; rename it"
        )
    if not isinstance(table, Mapping):
        raise layer.fault(where, "", f"must be a table (got {table!r})")
    for key, value in table.items():
        if key not in _SHAPES:
            near = difflib.get_close_matches(str(key), _SHAPES, n=1)
            raise layer.fault(
                where, str(key), f"unknown key; {f'did you mean {near[0]!r}?' if near else 'remove it'}"
            )
        shape, words = _SHAPES[key]
        if not _fits(shape, value):
            raise layer.fault(where, key, f"expected {words}, got {value!r}")
    if table.get("kind", "core") not in KINDS:
        raise layer.fault(where, "kind", f"expected one of {', '.join(KINDS)}, got {table['kind']!r}")
    if not known and not table.get("hide"):
        for key in ("name", "homepage"):
            if key not in table:
                raise layer.fault(where, key, f'missing; add {key} = "…"')
    if not known and table.get("hide"):
        return {"name": id_, "homepage": "https://example.org/", **table}
    return dict(table)


def _spec(layer: Layer, number: str, table: Any) -> Spec:
    where = f"specs.{number}"
    if not re.fullmatch(r"[0-9]{1,4}", number) or not isinstance(table, Mapping):
        raise layer.fault(where, "", "expected [specs.NUMBER] with title and url")
    shapes = {"title": "text", "url": "url", "draft": "bool", "source": "text"}
    for key, value in table.items():
        if key not in shapes or not _fits(shapes[key], value):
            raise layer.fault(
                where, str(key), f"expected {' or '.join(shapes)} of the right type, got {value!r}"
            )
    for key in ("title", "url"):
        if key not in table:
            raise layer.fault(where, key, f'missing; add {key} = "…"')
    return Spec(number=int(number), **table)
