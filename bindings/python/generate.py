"""Writes the records and calls of the bridge from the engine's schemas.

The schemas in `core/engine/schemas` say which classes there are, which members each one has, and which calls each
gateway has. From them this program writes the Rust records, the modules `wamux.message`, `wamux.event` and
`wamux.call`, the methods of the calls, and the classes' part of the stubs. With `--check` it writes nothing and fails
where a file is stale.
"""

import json
import re
import sys
from collections.abc import Mapping
from textwrap import indent
from types import MappingProxyType
from typing import Any

import methods
from examples import EXAMPLES
from model import (
    ROOT,
    Field,
    Model,
    Record,
    item_or_self,
    load,
    optional,
    python_type,
    target,
    without_null,
)

RECORDS = ROOT / "bindings/python/src/generated.rs"
MESSAGE = ROOT / "python/wamux/message.py"
EVENT = ROOT / "python/wamux/event.py"
CALL = ROOT / "python/wamux/call.py"
METHODS = ROOT / "python/wamux/_calls.py"
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

# What a constructor takes beside the type of the JSON.
ALSO_TAKES = {
    ("TextMessage", "text"): "str",
    ("Schedule", "deadline"): "datetime",
    ("Media", "data"): "bytes",
    ("Request", "body"): "bytes",
}


def nested(model: Model, schema: dict[str, Any]) -> str:
    """The records that a value holds, in Rust."""
    name = target(item_or_self(schema).get("$ref", "/"))
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
        f"json_name: {rust_text(field.json_name)}, doc: {rust_text(field.doc)}, nested: {nested(model, field.schema)}, "
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
    outputs = "".join(
        f"    ({rust_text(call.gateway)}, {rust_text(call.name)}, {nested(model, call.output)}),\n"
        for calls in model.calls.values()
        for call in calls
    )
    parts.append(
        "/// What each call answers, by gateway and name.\n"
        f"pub(crate) static OUTPUTS: &[(&str, &str, Nested)] = &[\n{outputs}];\n"
    )
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


def module(model: Model, name: str, doc: str, others: Mapping[str, list[str]] = MappingProxyType({})) -> str:
    """The whole of a module that only has classes, such as `wamux/message.py`; `others` are those of other modules."""
    names = [record.name for record in model.records.values() if record.module == name]
    names += [union for union, variants in model.unions.items() if model.records[variants[0]].module == name]
    sources = {**others, "wamux._native": names}
    imports = "".join(
        f"from {source} import (\n" + "".join(f"    {each},\n" for each in sorted(classes)) + ")\n"
        for source, classes in sorted(sources.items())
    )
    exports = "".join(f'    "{each}",\n' for each in sorted(each for classes in sources.values() for each in classes))
    return f'"""{doc}\n\n{NOTE}\n"""\n\n{imports}\n__all__ = [\n{exports}]\n'


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
    for ending, prefix in (("", ""), ("Async", "async ")):
        attributes = "".join(
            f"    @property\n    def {methods.attribute(gateway)}(self) -> _calls.{methods.owner(gateway, prefix)}:\n"
            f'        """The calls of {gateway}."""\n'
            for gateway in model.calls
        )
        parts.append(f"@type_check_only\nclass _Sends{ending}:\n{stub_send(model, prefix)}\n")
        parts.append(f"@type_check_only\nclass _Calls{ending}:\n{attributes}")
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
        CALL: module(
            model,
            "wamux.call",
            "What calls beyond sending answer, and the classes that have the calls.",
            {"wamux._calls": methods.owners(model), "wamux._messages": ["AsyncMessages", "Messages"]},
        ),
        METHODS: methods.source(model, NOTE),
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
