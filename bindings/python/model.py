"""What the engine's schemas describe: classes, unions, choices and calls, and their types in Python."""

import json
import keyword
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "core/engine/schemas"

# An error of a call is an exception of `wamux.errors`.
NOT_RECORDS = {"Error"}
RUST_KEYWORDS = {"type", "ref", "match", "move", "use", "loop", "box", "where"}

# How `repr` shows a text or a number; what is not listed shows its length only. Choices among known words, switches and
# nested records are always shown.
SHOWN_IN_MESSAGES = {"to": "Number", "type": "Word", "index": "Plain"}
SHOWN_IN_RESULTS = {
    **dict.fromkeys(("to", "from", "author", "chat_id", "e164", "digits", "wa_id_candidates"), "Number"),
    **dict.fromkeys(("mentions", "new_wa_id"), "Number"),
    **dict.fromkeys(("message_id", "client_id", "id"), "Id"),
    **dict.fromkeys(("code", "ref", "raw_status", "raw_type", "type"), "Word"),
    **dict.fromkeys(("gateway", "at", "http_status", "limit", "message", "title", "advice"), "Plain"),
    "path": "Path",
    **dict.fromkeys(("method", "region", "sequence"), "Plain"),
}
# What calls answer, where a member means something else than in the other results.
SHOWN_IN_CALLS = {
    **SHOWN_IN_RESULTS,
    **dict.fromkeys(("input", "phone", "wa_id", "creator", "admins", "participants", "group_id"), "Number"),
    "image_data_id": "Id",
    **dict.fromkeys(("substatus", "reason", "act", "message_type"), "Word"),
    **dict.fromkeys(("raw_account_status", "raw_action_type", "raw_result"), "Word"),
    **dict.fromkeys(("created_at", "index", "page", "last_message_number"), "Plain"),
    **dict.fromkeys(("total_messages", "total_actions"), "Plain"),
    **dict.fromkeys(("title", "message"), "Length"),
}
# Of metrics, which have nothing of a message.
SHOWN_IN_METRICS = {
    **dict.fromkeys(("name", "unit", "value", "count", "sum", "explicit_bounds", "bucket_counts"), "Plain"),
    "attributes": "All",
}
PRIMITIVES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


@dataclass(frozen=True)
class Field:
    """A member of a record."""

    owner: str
    json_name: str
    schema: dict[str, Any]
    required: bool
    shown: dict[str, str]

    @property
    def name(self) -> str:
        """The member's name in Python."""
        name = self.json_name.replace("-", "_")
        return f"{name}_" if keyword.iskeyword(name) else name

    @property
    def rust_name(self) -> str:
        """The member's name in Rust."""
        return f"r#{self.name}" if self.name in RUST_KEYWORDS else self.name

    @property
    def doc(self) -> str:
        """What the member means."""
        return plain(self.schema.get("description", f"The {self.json_name.replace('_', ' ')}."))


@dataclass(frozen=True)
class Record:
    """A class."""

    name: str
    doc: str
    module: str
    constant: tuple[str, str] | None
    fields: list[Field]


@dataclass(frozen=True)
class Call:
    """A call of a gateway."""

    gateway: str
    name: str
    transfer: str
    doc: str
    arguments: list[Field]
    output: dict[str, Any]


@dataclass(frozen=True)
class Model:
    """All that the schemas describe."""

    records: dict[str, Record]
    unions: dict[str, list[str]]
    choices: dict[str, list[str]]
    docs: dict[str, str]
    calls: dict[str, list[Call]]


def plain(description: str) -> str:
    """A description without links, and with its Rust words in Python's."""
    text = re.sub(r"\[(`[^`]+`)\](\([^)]*\))?", r"\1", description).replace("`Debug`", "`repr`")
    return re.sub(r"\bnull\b", "None", text)


def load() -> Model:
    """Reads the schemas; what stands in several alike belongs to the messages, or else to the other results."""
    model = Model({}, {}, {}, {}, {})
    message = json.loads((SCHEMAS / "message.schema.json").read_text())
    results = json.loads((SCHEMAS / "results.schema.json").read_text())
    for branch in message["oneOf"]:
        add_record(model, branch["title"], branch, "wamux.message", SHOWN_IN_MESSAGES)
    model.unions["Message"] = [branch["title"] for branch in message["oneOf"]]
    for name, schema in message["$defs"].items():
        add(model, name, schema, "wamux.message", SHOWN_IN_MESSAGES)
    definitions = results["$defs"]
    others = [name for name in definitions if name not in reached(definitions, {"Event"})]
    of_events = reached(definitions, {"Event"}) - reached(definitions, set(others))
    of_metrics = reached(definitions, {"Metrics"})
    for name, schema in definitions.items():
        if name not in NOT_RECORDS and name not in message["$defs"]:
            shown = SHOWN_IN_METRICS if name in of_metrics else SHOWN_IN_RESULTS
            add(model, name, schema, "wamux.event" if name in of_events else "wamux", shown)
    load_calls(model, {**message["$defs"], **definitions})
    return model


def load_calls(model: Model, known: dict[str, Any]) -> None:
    """Reads the calls, and what they answer beside the definitions that are known."""
    calls = json.loads((SCHEMAS / "calls.schema.json").read_text())
    for name, schema in calls["$defs"].items():
        if name not in known:
            add(model, name, schema, "wamux.call", SHOWN_IN_CALLS)
        elif schema != known[name]:
            raise SystemExit(f"{name} is one thing in the calls and another in the messages or results")
    for gateway, listed in calls["gateways"].items():
        if listed:
            model.calls[gateway] = [read_call(gateway, call) for call in listed]


def read_call(gateway: str, call: dict[str, Any]) -> Call:
    """A call of the schema."""
    arguments = call["arguments"]
    required = arguments.get("required", [])
    fields = [Field("", key, value, key in required, {}) for key, value in arguments.get("properties", {}).items()]
    doc = plain(arguments["description"])
    return Call(gateway, call["name"], call["transfer"], doc, fields, call["output"])


def reached(definitions: dict[str, Any], start: set[str]) -> set[str]:
    """The definitions that others lead to, and those themselves."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += re.findall(r'"#/\$defs/(\w+)"', json.dumps(definitions[name]))
    return found


def add(model: Model, name: str, schema: dict[str, Any], module: str, shown: dict[str, str]) -> None:
    """Adds a definition: a choice of words, a union, or a record."""
    model.docs[name] = plain(schema.get("description", ""))
    variants = schema.get("oneOf", [])
    if variants and all("const" in variant for variant in variants):
        model.choices[name] = [variant["const"] for variant in variants]
    elif variants and all("title" in variant or "$ref" in variant for variant in variants):
        names: list[str] = []
        for variant in variants:
            names.append(variant["title"] if "title" in variant else target(variant["$ref"]))
            if "title" in variant:
                add_record(model, variant["title"], variant, module, shown)
        if names != [name]:
            model.unions[name] = names
    else:
        add_record(model, name, schema, module, shown)


def add_record(model: Model, name: str, schema: dict[str, Any], module: str, shown: dict[str, str]) -> None:
    """Adds a class."""
    members = schema.get("properties", {})
    constants = [(key, value["const"]) for key, value in members.items() if "const" in value]
    if len(constants) > 1:
        raise SystemExit(f"{name} has more than one constant member")
    fields = [
        Field(name, key, value, key in schema.get("required", []), shown)
        for key, value in members.items()
        if "const" not in value
    ]
    doc = plain(schema.get("description") or f"A message with {article(name.removesuffix('Message').lower())}.")
    model.records[name] = Record(name, doc, module, constants[0] if constants else None, fields)


def article(word: str) -> str:
    """A word with its article."""
    if word.endswith("s") or word in {"text", "audio", "voice", "video"}:
        return word
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def target(reference: str) -> str:
    """The name that a `$ref` leads to."""
    return reference.rsplit("/", 1)[1]


def without_null(schema: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """A member's schema without its null, and whether it had one."""
    if "anyOf" in schema:
        options: list[dict[str, Any]] = [option for option in schema["anyOf"] if option != {"type": "null"}]
        return options[0], len(options) < len(schema["anyOf"])
    if "null" in kinds_of(schema):
        others = [kind for kind in kinds_of(schema) if kind != "null"]
        return {**schema, "type": others[0] if len(others) == 1 else others}, True
    return schema, False


def kinds_of(schema: dict[str, Any]) -> list[str]:
    """The types that a member may have, as a list."""
    kinds: list[str] | str = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else kinds


def item_or_self(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a list's items, or the schema itself."""
    schema, _ = without_null(schema)
    items: dict[str, Any] = schema.get("items", schema)
    return items


def python_type(model: Model, schema: dict[str, Any], sequence: str) -> str:
    """The type of a member in the stubs; `sequence` says what a list is."""
    schema, null = without_null(schema)
    kind = schema.get("type")
    if "$ref" in schema:
        name = target(schema["$ref"])
        text = f"_{name}" if name in model.choices else name
    elif kind == "array":
        text = sequence.format(python_type(model, schema["items"], sequence))
    elif kind == "object":
        values = schema.get("additionalProperties")
        text = f"Mapping[str, {python_type(model, values, sequence) if values else 'Any'}]"
    elif "oneOf" in schema and all("const" in variant for variant in schema["oneOf"]):
        text = f"Literal[{', '.join(json.dumps(variant['const']) for variant in schema['oneOf'])}]"
    elif kind is None:
        text = "Any"
    else:
        text = " | ".join(PRIMITIVES[each] for each in kinds_of(schema))
    return f"{text} | None" if null and text != "Any" else text


def optional(text: str) -> str:
    """A type that may also be None."""
    return text if text == "Any" or text.endswith("| None") else f"{text} | None"
