"""Runs a vector's command through the Python API and writes its answer as the one JSON line of the vector."""

import base64
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import wamux
from support import ROOT
from vector_compare import parse

FOLDER = ROOT / "tests/vectors"
FILES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/*.json"))
Form: TypeAlias = Callable[[str], Any]


class Vector(NamedTuple):
    """A vector whose input and output are still text."""

    name: str
    command: str
    flags: dict[str, str]
    input: str
    output: str


def read(file: str) -> list[Vector]:
    """The vectors of a file."""
    vectors = []
    text = Path(FOLDER, file).read_text(encoding="utf-8")
    for node in parse(text).elements or ():
        members = dict(node.members or ())
        assert set(members) == {"name", "source", "command", "args", "input", "output"}, node.text
        line = json.loads(members["input"].text)
        # Any value but a string is written as one compact line, its members in the order of the file.
        if not isinstance(line, str):
            line = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        vectors.append(
            Vector(
                name=json.loads(members["name"].text),
                command=json.loads(members["command"].text),
                flags=_flags(json.loads(members["args"].text)),
                input=line,
                output=members["output"].text,
            )
        )
    return vectors


def _flags(arguments: list[str]) -> dict[str, str]:
    """`--from x --strict --a-b=c` as `{"from": "x", "strict": "", "a_b": "c"}`."""
    flags: dict[str, str] = {}
    for argument in arguments:
        if argument.startswith("--"):
            name, _, value = argument.removeprefix("--").partition("=")
            name = name.replace("-", "_")
            flags[name] = value
        else:
            flags[name] = argument
    return flags


def answer(vector: Vector, form: Form) -> str:
    """What the Python API answers, in the form of the command line; `form` makes the argument of the input's text."""
    flags = dict(vector.flags)
    gateway = flags.pop("gateway", "")
    match vector.command:
        case "build":
            return _build(gateway, form(vector.input), flags)
        case "validate":
            return _validate(gateway, form(vector.input), flags)
        case "decode":
            flags.pop("whole", None)
            return _decode(gateway, form(vector.input), flags)
        case "events":
            assert not flags
            return _events(gateway, form(vector.input))
        case "phone":
            return _phone(vector.input, flags)
    raise AssertionError(f"no way to run `{vector.command}` in Python")


def _settings(flags: dict[str, str]) -> dict[str, Any]:
    truths = {"true": True, "false": False, "": True}
    return {"from_" if name == "from" else name: truths.get(value, value) for name, value in flags.items()}


def _build(gateway: str, document: Any, flags: dict[str, str]) -> str:
    """The request of a message, or that of a call, of which the document is the arguments."""
    call, length = flags.pop("call", None), flags.pop("length", None)
    try:
        if call is None:
            request = wamux.build_request(gateway, document, **_settings(flags))
        else:
            uploaded = None if length is None else int(length)
            request = wamux.build_call(gateway, call, document, length=uploaded, **_settings(flags))
    except wamux.WamuxError as error:
        return _refused(error)
    return _requests(request)


def _requests(request: wamux.Request) -> str:
    members = [
        f'"method":{_json(request.method)}',
        f'"url":{_json(request.url)}',
        f'"headers":{_json(dict(request.headers))}',
    ]
    if request.body:
        members.append(f'"body":{_body(request)}')
    warnings = _json([warning.to_dict() for warning in request.warnings])
    return f'{{"requests":[{{{",".join(members)}}}],"warnings":{warnings}}}'


def _body(request: wamux.Request) -> str:
    """JSON as it stands, another text as a string, other bytes in base64."""
    if isinstance(request.body, bytes):
        return _json({"base64": base64.b64encode(request.body).decode()})
    is_json = request.headers["content-type"].startswith("application/json")
    return request.body if is_json else _json(request.body)


def _validate(gateway: str, payload: Any, flags: dict[str, str]) -> str:
    try:
        violations = wamux.validate_payload(gateway, payload, call=flags.get("call"))
    except wamux.ValidationError as error:
        return _refused(error)
    valid = all(violation.severity != "error" for violation in violations)
    return _json({"valid": valid, "violations": _dicts(violations)})


def _decode(gateway: str, body: object, flags: dict[str, str]) -> str:
    assert isinstance(body, str | bytes)
    status = int(flags.get("status", "200"))
    if "call" in flags:
        return _decode_call(gateway, flags["call"], body, status)
    results = wamux.parse_response(gateway, body, status=status)
    members = []
    for result in results:
        name = "error" if isinstance(result, wamux.WamuxError) else "receipt"
        members.append({name: result.to_dict()})
    return _json({"results": members})


def _decode_call(gateway: str, call: str, body: str | bytes, status: int) -> str:
    try:
        output = wamux.parse_call_response(gateway, call, body, status=status)
    except wamux.WamuxError as error:
        return _json({"results": [{"error": error.to_dict()}]})
    return _json({"results": [{"output": _document(output)}]})


def _document(output: Any) -> object:
    """What a call answers as JSON."""
    if isinstance(output, tuple):
        return [_document(item) for item in output]
    return output.to_dict() if isinstance(output, wamux.Record) else output


def _events(gateway: str, body: object) -> str:
    assert isinstance(body, str | bytes)
    try:
        events = wamux.parse_webhook(gateway, body)
    except wamux.WamuxError as error:
        return _json({"error": error.to_dict()})
    return _json({"events": _dicts(events)})


def _phone(text: str, flags: dict[str, str]) -> str:
    try:
        number = wamux.normalize_phone(text, region=flags.get("region"), strict="strict" in flags)
    except wamux.PhoneNumberError as error:
        return _json({"input": text, "error": {"code": error.code, "message": str(error)}})
    return _json({"input": text, **number.to_dict()})


def _refused(error: wamux.WamuxError) -> str:
    return _json({"error": {"kind": error.kind, "violations": _dicts(error.violations)}})


def _dicts(records: Iterable[wamux.Event | wamux.Violation]) -> list[dict[str, object]]:
    return [record.to_dict() for record in records]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
