"""Writes the records of the bridge from the engine's schemas.

The schemas in `core/engine/schemas` say which classes there are and which members each one has. From them this program
writes the Rust records, the modules `wamux.message` and `wamux.event`, and the classes' part of the stubs. With
`--check` it writes nothing and fails where a file is stale.
"""

import json
import keyword
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

from examples import EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "core/engine/schemas"
RECORDS = ROOT / "bindings/python/src/generated.rs"
MESSAGE = ROOT / "python/wamux/message.py"
EVENT = ROOT / "python/wamux/event.py"
STUBS = ROOT / "python/wamux/_native.pyi"

NOTE = "Written by bindings/python/generate.py from core/engine/schemas."
ALLOWED = """#![allow(
    clippy::too_many_arguments,
    clippy::too_many_lines,
    clippy::similar_names,
    reason = "a class takes each of its members by name, and there are many classes"
)]
"""
BEGIN = "# fmt: off\n# --- Records. " + NOTE + "\n"
END = "# --- End of the records.\n# fmt: on\n"

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
# What a constructor takes beside the type of the JSON.
ALSO_TAKES = {
    ("TextMessage", "text"): "str",
    ("Schedule", "deadline"): "datetime",
    ("Media", "data"): "bytes",
    ("Request", "body"): "bytes",
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
class Model:
    """All that the two schemas describe."""

    records: dict[str, Record]
    unions: dict[str, list[str]]
    choices: dict[str, list[str]]


def plain(description: str) -> str:
    """A description without links, and with its Rust words in Python's."""
    text = re.sub(r"\[(`[^`]+`)\](\([^)]*\))?", r"\1", description).replace("`Debug`", "`repr`")
    return re.sub(r"\bnull\b", "None", text)


def load() -> Model:
    """Reads both schemas; what stands in both alike belongs to the messages."""
    model = Model({}, {}, {})
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
    for name, schema in definitions.items():
        if name not in NOT_RECORDS and name not in message["$defs"]:
            add(model, name, schema, "wamux.event" if name in of_events else "wamux", SHOWN_IN_RESULTS)
    return model


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


def nested(model: Model, field: Field) -> str:
    """The records that a member holds, in Rust."""
    name = target(item_or_self(field.schema).get("$ref", "/"))
    if name in model.unions:
        return "Nested::Union(&[" + ", ".join(f"&{constant(variant)}" for variant in model.unions[name]) + "])"
    return f"Nested::One(&{constant(name)})" if name in model.records else "Nested::None"


def constant(name: str) -> str:
    """`TextMessage` → `TEXT_MESSAGE`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def shown(model: Model, field: Field) -> str:
    """How `repr` shows a member."""
    schema = item_or_self(field.schema)
    if target(schema.get("$ref", "/")) in model.choices or schema.get("type") == "boolean":
        return "Shown::Plain"
    return "Shown::" + field.shown.get(field.json_name, "Length")


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
        text = f"Mapping[str, {python_type(model, schema['additionalProperties'], sequence)}]"
    elif kind is None:
        text = "Any"
    else:
        text = " | ".join(PRIMITIVES[each] for each in kinds_of(schema))
    return f"{text} | None" if null and text != "Any" else text


def optional(text: str) -> str:
    """A type that may also be None."""
    return text if text == "Any" or text.endswith("| None") else f"{text} | None"


def parameter(model: Model, field: Field) -> str:
    """A member as the constructor takes it."""
    text = python_type(model, field.schema, "Sequence[{}]")
    extra = ALSO_TAKES.get((field.owner, field.json_name))
    if extra:
        text = f"{extra} | {text}"
    return f"{field.name}: {text}" if field.required else f"{field.name}: {optional(text)} = None"


def docstring(record: Record) -> str:
    """The documentation of a class."""
    lines = [record.doc]
    if record.constant:
        lines += ["", f"Its `{record.constant[0]}` is always `{record.constant[1]}`."]
    if record.fields:
        lines += ["", "Attributes:"]
        lines += [f"    {field.name}: {' '.join(field.doc.split())}" for field in record.fields]
    if record.name in EXAMPLES:
        lines += ["", EXAMPLES[record.name].strip()]
    return "\n".join(lines)


def rust_text(text: str) -> str:
    """A string literal."""
    return json.dumps(text, ensure_ascii=False)


def rust_record(model: Model, record: Record) -> str:
    """The Rust of a class."""
    head = f"    {constant(record.name)}, {record.name}, {rust_text(record.module)}, {rust_text(docstring(record))}"
    fixed = f"Some(({rust_text(record.constant[0])}, {rust_text(record.constant[1])}))" if record.constant else "None"
    fields = "".join(
        f"    {field.rust_name}{'' if field.required else ' = None'} => Field {{ name: {rust_text(field.name)}, "
        f"json_name: {rust_text(field.json_name)}, doc: {rust_text(field.doc)}, nested: {nested(model, field)}, "
        f"shown: {shown(model, field)}, null: {json.dumps(field.required and without_null(field.schema)[1])} }},\n"
        for field in record.fields
    )
    return f"record! {{\n{head}, {fixed};\n{fields}}}\n"


def rust(model: Model) -> str:
    """The whole of `generated.rs`."""
    names = list(model.records)
    parts = [
        f"//! The classes of messages and results. {NOTE}\n",
        ALLOWED,
        "use pyo3::prelude::*;\n\nuse crate::record::{Field, Nested, Record, Shape, Shown, record};\n",
        *(rust_record(model, record) for record in model.records.values()),
        "/// The classes of messages; each has one part, which its constant `type` names.\npub(crate) static MESSAGES: "
        "&[&Shape] = &[" + ", ".join(f"&{constant(name)}" for name in model.unions["Message"]) + "];\n",
    ]
    parts += [
        f"/// The classes of the union `{name}`.\npub(crate) static {constant(name)}_UNION: Nested = Nested::Union(&["
        + ", ".join(f"&{constant(variant)}" for variant in model.unions[name])
        + "]);\n"
        for name in ("Event",)
    ]
    add_all = "".join(f"    module.add_record::<{name}>(&{constant(name)})?;\n" for name in names)
    add_all += "".join(
        f"    module.add_union({rust_text(name)}, &[{', '.join(map(rust_text, variants))}])?;\n"
        for name, variants in model.unions.items()
    )
    parts.append(
        "/// Adds every class and union to the module.\n"
        "pub(crate) fn add_all(module: &Bound<'_, PyModule>) -> "
        "PyResult<()> {\n    use crate::record::AddRecords as _;\n" + add_all + "    Ok(())\n}\n"
    )
    return "\n".join(parts)


def module(model: Model, name: str, doc: str) -> str:
    """The whole of a module that only has classes, such as `wamux/message.py`."""
    names = [record.name for record in model.records.values() if record.module == name]
    names += [union for union, variants in model.unions.items() if model.records[variants[0]].module == name]
    imports = "".join(f"    {name},\n" for name in sorted(names))
    exports = "".join(f'    "{name}",\n' for name in sorted(names))
    return f'"""{doc}\n\n{NOTE}\n"""\n\nfrom wamux._native import (\n{imports})\n\n__all__ = [\n{exports}]\n'


def stub_class(model: Model, record: Record) -> str:
    """A class of the stubs."""
    lines = [f'"""{docstring(record)}\n"""']
    if record.constant:
        lines.append(f"{record.constant[0]}: ClassVar[Literal[{json.dumps(record.constant[1])}]]")
    names = tuple(field.name for field in record.fields)
    lines.append(f"__match_args__ = {names}".replace("'", '"'))
    parameters = "".join(f", {parameter(model, field)}" for field in record.fields)
    star = ", *" if record.fields else ""
    lines.append(f"def __new__(cls{star}{parameters}) -> {record.name}: ...")
    for field in record.fields:
        text = python_type(model, field.schema, "tuple[{}, ...]")
        if (record.name, field.json_name) in ALSO_TAKES and field.json_name != "text":
            text = f"{ALSO_TAKES[record.name, field.json_name]} | {text}"
        text = text if field.required else optional(text)
        lines.append(f'@property\ndef {field.name}(self) -> {text}:\n    """{field.doc}"""')
    return f"@final\nclass {record.name}(Record):\n" + indent("\n".join(lines), "    ") + "\n"


def stub_send(model: Model, prefix: str) -> str:
    """The overloads of `send`: a message, or the members of one."""
    receipt = "Receipt"
    overloads = [f"@overload\n{prefix}def send(self, message: _Message, /) -> {receipt}: ..."]
    for name in model.unions["Message"]:
        parameters = ", ".join(parameter(model, field) for field in model.records[name].fields)
        overloads.append(
            f"@overload\n{prefix}def send(self, message: None = None, /, *, {parameters}) -> {receipt}: ..."
        )
    return indent("\n".join(overloads), "    ")


def stubs(model: Model) -> str:
    """The generated part of `wamux/_native.pyi`."""
    parts = [
        f"_{name}: TypeAlias = Literal[{', '.join(map(json.dumps, values))}]\n"
        for name, values in model.choices.items()
    ]
    parts += [stub_class(model, record) for record in model.records.values()]
    parts += [f"{name}: TypeAlias = {' | '.join(variants)}\n" for name, variants in model.unions.items()]
    for owner, prefix in (("_Sends", ""), ("_SendsAsync", "async ")):
        parts.append(f"@type_check_only\nclass {owner}:\n{stub_send(model, prefix)}\n")
    return "\n".join(parts)


def main() -> int:
    """Writes the files, or says which are stale."""
    model = load()
    stub_text = STUBS.read_text()
    before, rest = stub_text.split(BEGIN)
    after = rest.split(END)[1]
    files = {
        RECORDS: rust(model),
        MESSAGE: module(model, "wamux.message", "The classes that messages are made of."),
        EVENT: module(model, "wamux.event", "The classes of what webhooks tell."),
        STUBS: before + BEGIN + stubs(model) + END + after,
    }
    stale = [path for path, text in files.items() if not path.exists() or path.read_text() != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale; run python bindings/python/generate.py")
        return 1 if stale else 0
    for path in stale:
        path.write_text(files[path])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
