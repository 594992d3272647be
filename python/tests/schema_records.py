"""A message's JSON as the generated classes, found by the titles of its schema."""

import json
import keyword
from typing import Any, TypeAlias

import wamux.message
from support import ROOT

Schema: TypeAlias = dict[str, Any]

SCHEMA: Schema = json.loads((ROOT / "core/engine/schemas/message.schema.json").read_text(encoding="utf-8"))


class NoClassError(Exception):
    """The document has members that no class has, or lacks what a class requires."""


def message_record(document: object) -> Any:
    """The message as classes, all its parts included; None where no class has such members."""
    try:
        record = _record(SCHEMA, document)
    except NoClassError:
        return None
    return None if record is document else record


def python_name(member: str) -> str:
    """The keyword of a member: `from_` for `from`, `devino_v1` for `devino-v1`."""
    name = member.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


def titles(schema: Schema = SCHEMA) -> list[str]:
    """The names of all classes."""
    found = [branch["title"] for branch in schema["oneOf"]]
    for name, definition in schema["$defs"].items():
        branches = [branch["title"] for branch in definition.get("oneOf", []) if "title" in branch]
        if branches:
            found += branches
        elif "properties" in definition:
            found.append(name)
    return found


def _record(schema: Schema, value: object, name: str | None = None) -> object:
    """The value as the class of its schema where it has one, else as it is: what is wrong is found by the engine."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _record(SCHEMA["$defs"][name], value, name)
    if "anyOf" in schema:
        return _record(schema["anyOf"][0], value)
    if isinstance(value, list) and "items" in schema:
        return [_record(schema["items"], item) for item in value]
    if isinstance(value, dict):
        branches = [branch for branch in schema.get("oneOf", []) if "title" in branch]
        if branches:
            return _of_type(branches, value)
        if name is not None and "properties" in schema:
            return _made(name, schema, value)
    return value


def _of_type(branches: list[Schema], value: dict[str, Any]) -> object:
    for branch in branches:
        if branch["properties"]["type"]["const"] == value.get("type"):
            return _made(branch["title"], branch, value)
    raise NoClassError


def _made(title: str, schema: Schema, value: dict[str, Any]) -> object:
    properties = schema["properties"]
    if not set(schema.get("required", [])) <= set(value) <= set(properties):
        raise NoClassError
    members = {
        python_name(member): _record(properties[member], inner)
        for member, inner in value.items()
        if "const" not in properties[member]
    }
    cls = getattr(wamux.message, title)
    return cls(**members)
