"""Writes the methods of the calls: `wamux/_calls.py`."""

import json
from textwrap import indent, wrap

from examples import EXAMPLES
from model import Call, Field, Model, item_or_self, optional, plain, python_type, target

HEAD = '''"""The calls beyond sending, a class a gateway.

{note}
"""

# fmt: off
from __future__ import annotations

from wamux._messages import AsyncMessages, Messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from wamux._native import (
{imports}    )
'''
# Calls whose pages can be iterated: what the method is called, the argument that says nothing there, and what it does.
ITERATED = {
    ("chat-api", "get_messages"): (
        "iterate_messages",
        "last",
        """Iterates over the messages, page after page, until a page has nothing new: each once and in order.

The iterator's `position` is where a later one goes on, as `last_message_number`.""",
    )
}
WIDTH = 120
METHOD_INDENT = 8


def owner(gateway: str, prefix: str) -> str:
    """The class that has the calls of a gateway: `ChatApiCalls`, `AsyncChatApiCalls`."""
    words = gateway.replace("_", "-").split("-")
    return ("Async" if prefix else "") + "".join(word.capitalize() for word in words) + "Calls"


def owners(model: Model) -> list[str]:
    """All classes that have calls."""
    return [owner(gateway, prefix) for gateway in model.calls for prefix in ("", "async ")]


def attribute(gateway: str) -> str:
    """The attribute of a client that has the calls of a gateway."""
    return gateway.replace("-", "_")


def source(model: Model, note: str) -> str:
    """The whole of the module."""
    classes = [class_of(model, gateway, prefix) for gateway in model.calls for prefix in ("", "async ")]
    names = {"AsyncClient", "AsyncDownload", "Client", "Download", "_AsyncSource", "_Source"}
    calls = [call for calls in model.calls.values() for call in calls]
    names |= {target(item_or_self(call.output)["$ref"]) for call in calls if "$ref" in item_or_self(call.output)}
    imports = "".join(f"        {name},\n" for name in sorted(names))
    return HEAD.format(note=note, imports=imports) + "".join(f"\n\n{text}" for text in classes)


def class_of(model: Model, gateway: str, prefix: str) -> str:
    """The class of a gateway's calls."""
    client = "AsyncClient" if prefix else "Client"
    name = owner(gateway, prefix)
    lines = [
        f"class {name}:",
        f'    """The calls of {gateway} beyond sending: `client.{attribute(gateway)}` of `{client}`."""',
        "",
        '    __slots__ = ("_client",)',
        "",
        f"    def __init__(self, client: {client}) -> None:",
        '        """Take the client that makes the calls."""',
        "        self._client = client",
    ]
    methods = [method(model, call, prefix, EXAMPLES.get(f"{name}.{call.name}", "")) for call in model.calls[gateway]]
    iterating = [iteration(model, call, prefix) for call in model.calls[gateway] if (gateway, call.name) in ITERATED]
    return "\n".join(lines) + "\n" + "".join("\n" + indent(text, "    ") for text in methods + iterating)


def iteration(model: Model, call: Call, prefix: str) -> str:
    """An iterator over the pages of a call, as a method."""
    name, without, doc = ITERATED[call.gateway, call.name]
    taken = [field for field in call.arguments if field.json_name != without]
    iterator = "AsyncMessages" if prefix else "Messages"
    example = EXAMPLES.get(f"{owner(call.gateway, prefix)}.{name}", "")
    text = docstring(model, Call(call.gateway, name, "iterated", doc, taken, {}), prefix, example)
    body = f"return {iterator}(self._client, {members(taken)})"
    return f"def {name}({parameters(model, taken)}) -> {iterator}:\n{documented(text)}    {body}\n"


def parameters(model: Model, fields: list[Field], *before: str) -> str:
    """The parameters of a method: `before`, then each by its name, the required ones first."""
    taken = ["self", *before, *(["*"] if fields else [])]
    for field in sorted(fields, key=lambda field: not field.required):
        text = python_type(model, field.schema, "Sequence[{}]")
        taken.append(f"{field.name}: {text}" if field.required else f"{field.name}: {optional(text)} = None")
    return ", ".join(taken)


def members(fields: list[Field]) -> str:
    """The arguments as a dict."""
    return "{" + ", ".join(f"{json.dumps(field.json_name)}: {field.name}" for field in fields) + "}"


def documented(text: str) -> str:
    """The documentation in the body of a method."""
    return f'    """{indent(text, "    ").strip()}\n    """\n'


def method(model: Model, call: Call, prefix: str, example: str) -> str:
    """A call as a method."""
    uploads = call.transfer == "upload"
    source = [f"source: {'_AsyncSource' if prefix else '_Source'}"] if uploads else []
    passed = f"{json.dumps(call.gateway)}, {json.dumps(call.name)}, {members(call.arguments)}"
    made = f"{'await ' if prefix else ''}self._client._call({passed}{', source' if uploads else ''})"
    answer = output_type(model, call, prefix)
    body = made if answer == "None" else f"output: {answer} = {made}\n    return output"
    head = f"{prefix}def {call.name}({parameters(model, call.arguments, *source)}) -> {answer}:"
    return f"{head}\n{documented(docstring(model, call, prefix, example))}    {body}\n"


def output_type(model: Model, call: Call, prefix: str) -> str:
    """The type of what a call answers."""
    if call.transfer == "download":
        return "AsyncDownload" if prefix else "Download"
    if call.output == {"type": "null"}:
        return "None"
    return python_type(model, call.output, "tuple[{}, ...]")


def docstring(model: Model, call: Call, prefix: str, example: str) -> str:
    """The documentation of a call: what it does, what it takes, what it answers."""
    paragraphs = ["\n".join(wrapped(paragraph)) for paragraph in call.doc.split("\n\n")]
    taken: list[tuple[str, str]] = []
    if call.transfer == "upload":
        also = ", or an async iterator of bytes" if prefix else ""
        taken.append(("source", f"What is uploaded: bytes, the path of a file, a binary file object{also}."))
    taken += [(field.name, " ".join(field.doc.split())) for field in call.arguments]
    if taken:
        lines = [line for name, doc in taken for line in wrapped(f"    {name}: {doc}", "        ")]
        paragraphs.append("\n".join(["Args:", *lines]))
    returned = answered(model, call)
    if returned:
        paragraphs.append("\n".join(["Returns:", *wrapped(f"    {returned}", "    ")]))
    if example:
        paragraphs.append(example.strip())
    return "\n\n".join(paragraphs)


def answered(model: Model, call: Call) -> str:
    """What a call answers, in words."""
    if call.transfer == "download":
        return "The file, whose bytes are read as they come."
    item = item_or_self(call.output)
    own = call.output.get("description", "")
    return plain(own) or (model.docs.get(target(item["$ref"]), "") if "$ref" in item else "")


def wrapped(text: str, following: str = "") -> list[str]:
    """Lines of a docstring; `following` stands before all but the first."""
    return wrap(
        text, WIDTH - METHOD_INDENT, subsequent_indent=following, break_long_words=False, break_on_hyphens=False
    )
