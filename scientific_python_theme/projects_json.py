"""The registry as JSON for other tools, with its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs

from .files import write_atomically
from .projects import ID, KINDS, VERSION, Project, Registry, Spec

ADDRESS = {"type": "string", "format": "uri", "pattern": "^https?://"}
_URLS = {
    *("homepage", "repository", "logo", "docs_pattern", "inventory", "switcher"),
    *("forum", "calendar", "feed", "video", "url"),
}


def as_json(registry: Registry) -> str:
    """Text of the registry as JSON; fields without a value are left out.

    Parameters
    ----------
    registry : Registry
        What to write.
    """
    data = {
        "version": VERSION,
        "origins": dict(registry.origins),
        "bar": {"sites": list(registry.sites), "more": list(registry.more)},
        "specs": {str(s.number): _plain(s) for s in registry.specs.values()},
        "projects": {p.id: _plain(p) for p in registry.projects.values()},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Project | Spec) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in attrs.fields(type(value)):
        one = getattr(value, field.name)
        if field.name not in ("id", "hide") and (one or type(one) in (bool, int)):
            found[field.name] = one if isinstance(one, str | bool | int) else _unfrozen(one)
    return found


def _unfrozen(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else dict(value)


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `as_json` writes, made from the types."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Registry of scientific Python projects",
        "type": "object",
        "required": ["version", "projects", "specs", "bar"],
        "additionalProperties": False,
        "properties": {
            "version": {"const": VERSION},
            "origins": {"type": "object", "additionalProperties": {"type": "string"}},
            "bar": {
                "type": "object",
                "properties": {k: {"type": "array", "items": {"type": "string"}} for k in ("sites", "more")},
            },
            "specs": {
                "type": "object",
                "propertyNames": {"pattern": "^[0-9]+$"},
                "additionalProperties": _object(Spec, ("number", "title", "url")),
            },
            "projects": {
                "type": "object",
                "propertyNames": {"pattern": f"^{ID.pattern}$"},
                "additionalProperties": _object(Project, ("name", "kind", "homepage")),
            },
        },
    }


def _object(cls: type, required: tuple[str, ...]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for field in attrs.fields(cls):
        kind = str(field.type)
        if field.name in ("id", "hide"):
            continue
        if field.name == "kind":
            properties[field.name] = {"enum": list(KINDS)}
        elif field.name in _URLS:
            properties[field.name] = ADDRESS
        elif kind.startswith("tuple"):
            item = "integer" if "int" in kind else "string"
            properties[field.name] = {"type": "array", "items": {"type": item}}
        elif kind.startswith("Mapping"):
            values = ADDRESS if field.name == "docs" else {"type": "string"}
            properties[field.name] = {"type": "object", "additionalProperties": values}
        else:
            properties[field.name] = {"type": {"bool": "boolean", "int": "integer"}.get(kind, "string")}
    return {
        "type": "object", "required": list(required), "additionalProperties": False, "properties": properties,
    }  # fmt: skip


def publish(registry: Registry, folder: Path) -> None:
    """Write ``registry/v1/projects.json`` and ``registry/v1/schema.json`` below a folder.

    Parameters
    ----------
    registry : Registry
        What to publish.
    folder : pathlib.Path
        Root of the built site. The ``v1`` in the address changes only when a reader would break.
    """
    place = folder / "registry" / f"v{VERSION}"
    place.mkdir(parents=True, exist_ok=True)
    write_atomically(place / "projects.json", as_json(registry))
    write_atomically(place / "schema.json", json.dumps(schema(), indent=1) + "\n")
