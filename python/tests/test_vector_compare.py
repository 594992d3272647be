"""Proofs that the comparison of vectors sees what it must see."""

import pytest

from vector_compare import differences

EQUAL = {
    "the order of members": ('{"a":1,"b":[2]}', '{"b": [2], "a": 1}'),
    "escapes": ('["\\u00e9"]', '["é"]'),
    "a message left out": ('{"error":{"code":"x"}}', '{"error":{"code":"x","message":"y"}}'),
    "the message of an error event": (
        '{"events":[{"type":"error"}]}',
        '{"events":[{"type":"error","message":"y"}]}',
    ),
    "a violation's message": ('{"violations":[{"path":""}]}', '{"violations":[{"path":"","message":"y"}]}'),
    "texts left out of an event": (
        '{"events":[{"type":"error","error":{"code":"1","reasons":[{"code":"1"}]}}]}',
        (
            '{"events":[{"type":"error","message":"a","raw":"{}","error":{"code":"1",'
            '"reasons":[{"code":"1","title":"b","advice":"c","description":"d"}]}}]}'
        ),
    ),
    "an error of a kind without a message": (
        '{"error":{"kind":"validation"}}',
        '{"error":{"kind":"validation"}}',
    ),
    "white space in a body": (
        '{"requests":[{"body":{"a": "b \\" c", "d": 1}}]}',
        '{"requests":[{"body":{"a":"b \\" c","d":1}}]}',
    ),
    "a body elsewhere": ('{"body":{"a":1,"b":2}}', '{"body":{"b":2,"a":1}}'),
}
DIFFERENT = {
    "a value": ('{"a":1}', '{"a":2}'),
    "a type": ('{"a":1}', '{"a":"1"}'),
    "a fraction": ('{"a":1}', '{"a":1.0}'),
    "a switch": ('{"a":1}', '{"a":true}'),
    "a missing member": ('{"a":1}', "{}"),
    "a null member": ('{"a":null}', "{}"),
    "an added member": ("{}", '{"a":1}'),
    "a member twice": ('{"a":1}', '{"a":1,"a":1}'),
    "a missing element": ("[1,2]", "[1]"),
    "the order of elements": ("[1,2]", "[2,1]"),
    "an object for an array": ("[]", "{}"),
    "an empty message": ('{"error":{"code":"x"}}', '{"error":{"code":"x","message":""}}'),
    "no message": ('{"error":{"code":"x"}}', '{"error":{"code":"x"}}'),
    "a message that matters": ('{"error":{"message":"x"}}', '{"error":{"message":"y"}}'),
    "a wrong text of a result": (
        '{"results":[{"receipt":{"raw":"1"}}]}',
        '{"results":[{"receipt":{"raw":"2"}}]}',
    ),
    "another member of a result": ('{"results":[{"receipt":{}}]}', '{"results":[{"receipt":{"to":"x"}}]}'),
    "a warning of a result without a message": (
        '{"results":[{"receipt":{"warnings":[{"path":""}]}}]}',
        '{"results":[{"receipt":{"warnings":[{"path":""}]}}]}',
    ),
    "a text of no event": ("{}", '{"raw":"x"}'),
    "a message elsewhere": ("{}", '{"message":"y"}'),
    "the order in a body": (
        '{"requests":[{"body":{"a":1,"b":2}}]}',
        '{"requests":[{"body":{"b":2,"a":1}}]}',
    ),
    "a number in a body": ('{"requests":[{"body":[1.0]}]}', '{"requests":[{"body":[1]}]}'),
    "an escape in a body": ('{"requests":[{"body":["é"]}]}', '{"requests":[{"body":["\\u00e9"]}]}'),
}


@pytest.mark.parametrize("name", EQUAL)
def test_what_is_equal(name: str) -> None:
    expected, actual = EQUAL[name]
    assert differences(expected, actual) == []


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_is_different(name: str) -> None:
    expected, actual = DIFFERENT[name]
    assert differences(expected, actual) != []
