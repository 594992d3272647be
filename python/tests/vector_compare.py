"""Whether an output is what a vector expects, and where it is not: `tests/vectors/README.md` has the rules.

JSON is compared as text that is split into members and elements, since a parsed value no longer tells the order, the
repetition and the spelling of what stood in a body.
"""

import json
import re
from typing import NamedTuple

_WHITE_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_WORD = re.compile(r"[^\s,\]}\[{\"]+")
# What explains or quotes, and may be left out of a vector.
_TEXTS = frozenset({"title", "advice", "description", "message", "raw"})


class Node(NamedTuple):
    """A JSON value as it stands."""

    text: str
    members: list[tuple[str, "Node"]] | None = None
    elements: list["Node"] | None = None

    def get(self, name: str) -> "Node | None":
        """The first member of that name."""
        return next((value for key, value in self.members or () if key == name), None)

    def scalar(self) -> tuple[type, object]:
        """The value with its type, since 1 and 1.0 and True are equal in Python and not in JSON."""
        value: object = json.loads(self.text)
        return type(value), value


def parse(text: str) -> Node:
    """Splits a JSON document; what is malformed is a ValueError."""
    json.loads(text)
    node, end = _value(text, _skip(text, 0))
    if _skip(text, end) != len(text):
        raise ValueError(f"more than one document: {text[:80]}")
    return node


def _skip(text: str, at: int) -> int:
    match = _WHITE_SPACE.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int) -> tuple[Node, int]:
    if text[at] == "{":
        members: list[tuple[str, Node]] = []
        end = _skip(text, at + 1)
        while text[end] != "}":
            name, end = _take(_STRING, text, end)
            value, end = _value(text, _skip(text, _skip(text, end) + 1))
            members.append((json.loads(name), value))
            end = _next(text, end)
        return Node(text[at : end + 1], members=members), end + 1
    if text[at] == "[":
        elements: list[Node] = []
        end = _skip(text, at + 1)
        while text[end] != "]":
            value, end = _value(text, end)
            elements.append(value)
            end = _next(text, end)
        return Node(text[at : end + 1], elements=elements), end + 1
    word, end = _take(_STRING if text[at] == '"' else _WORD, text, at)
    return Node(word), end


def _take(pattern: re.Pattern[str], text: str, at: int) -> tuple[str, int]:
    match = pattern.match(text, at)
    if match is None:
        raise ValueError(f"unreadable JSON at {at}: {text[at : at + 40]}")
    return match.group(), match.end()


def _next(text: str, end: int) -> int:
    """Where the next member or element begins, or the bracket that ends them all."""
    end = _skip(text, end)
    return _skip(text, end + 1) if text[end] == "," else end


def without_white_space(text: str) -> str:
    """JSON text without the white space between its tokens."""
    strings = _STRING.findall(text)
    rest = iter(_STRING.split(text))
    compact = [re.sub(r"[ \t\r\n]+", "", next(rest))]
    for string in strings:
        compact += [string, re.sub(r"[ \t\r\n]+", "", next(rest))]
    return "".join(compact)


def differences(expected: str, actual: str) -> list[str]:
    """Where `actual` differs from `expected`, one line each; none when it is as expected."""
    found: list[str] = []
    _compare("output", parse(expected), parse(actual), found)
    return found


def _compare(path: str, expected: Node, actual: Node, found: list[str]) -> None:
    if path.endswith(".body") and _is_element_of(path.removesuffix(".body"), "requests"):
        if without_white_space(expected.text) != without_white_space(actual.text):
            found.append(_differ(path, expected, actual))
    elif expected.members is not None and actual.members is not None:
        _compare_members(path, expected, actual, found)
    elif expected.elements is not None and actual.elements is not None:
        if len(expected.elements) != len(actual.elements):
            found.append(f"{path}: expected {len(expected.elements)} elements, got {len(actual.elements)}")
        for index, pair in enumerate(zip(expected.elements, actual.elements, strict=False)):
            _compare(f"{path}[{index}]", *pair, found)
    elif _is_composed(expected) or _is_composed(actual) or expected.scalar() != actual.scalar():
        found.append(_differ(path, expected, actual))


def _is_composed(node: Node) -> bool:
    return node.members is not None or node.elements is not None


def _compare_members(path: str, expected: Node, actual: Node, found: list[str]) -> None:
    for name, value in expected.members or ():
        other = actual.get(name)
        if other is None:
            found.append(f"{path}.{name}: expected {value.text}, got nothing")
        else:
            _compare(f"{path}.{name}", value, other, found)
    names = [name for name, _ in actual.members or ()]
    found += [f"{path}.{name}: stands twice" for name in set(names) if names.count(name) > 1]
    for name, value in actual.members or ():
        if expected.get(name) is not None or _may_be_left_out(path, name, expected):
            continue
        if name == "message" and _is_explained(path):
            if not value.text.startswith('"') or value.text == '""':
                found.append(f"{path}.message: expected a text, got {value.text}")
        else:
            found.append(f"{path}.{name}: expected nothing, got {value.text}")
    if (
        "message" not in names
        and expected.get("message") is None
        and _is_explained(path)
        and not _may_be_left_out(path, "message", expected)
    ):
        found.append(f"{path}.message: expected a text, got nothing")


def _differ(path: str, expected: Node, actual: Node) -> str:
    return f"{path}: expected {expected.text}, got {actual.text}"


def _is_explained(path: str) -> bool:
    """An error, a violation or a warning: what explains itself with a `message` for people."""
    return path.endswith(".error") or _is_violation(path)


def _is_violation(path: str) -> bool:
    return _is_element_of(path, "violations") or _is_element_of(path, "warnings")


def _may_be_left_out(path: str, name: str, expected: Node) -> bool:
    """Whether a vector need not repeat a member that explains or quotes."""
    told = path.startswith(("output.results[", "output.events["))
    return (
        name in _TEXTS
        and not _is_violation(path)
        and (told or (path == "output.error" and expected.get("kind") is not None))
    )


def _is_element_of(path: str, array: str) -> bool:
    return re.search(rf"\.{array}\[\d+\]$", path) is not None
