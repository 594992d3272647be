"""Whatever a caller passes, the answer is a result, a WamuxError or a TypeError; nothing crashes, nothing hangs."""

import copy
import json
import math
import pickle
import sys
from collections import OrderedDict, UserDict, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wamux
from support import GATEWAYS, NUMBER, text_message
from wamux import message as m

SURROGATES = ["\ud800", "\udfff", "a\udc00b", "\ud83d", "👍\ude00"]


def violations(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(wamux.ValidationError) as caught:
        call()
    return [(found.code, found.path) for found in caught.value.violations]


def build(message: Any) -> wamux.Request:
    return wamux.build_request("devino-v2", message, from_="MyCompany")


@pytest.mark.parametrize("surrogate", SURROGATES)
def test_a_lone_surrogate_is_a_violation_at_its_path(surrogate: str) -> None:
    body = {"to": NUMBER, "type": "text", "text": {"body": surrogate}}
    assert violations(lambda: build(body)) == [("invalid", "text.body")]
    assert violations(lambda: build(m.TextMessage(to=NUMBER, text=surrogate))) == [("invalid", "text.body")]
    assert violations(lambda: build(m.TextMessage(to=surrogate, text="x"))) == [("invalid", "to")]
    row = {"id": "1", "title": surrogate}
    listed = {
        "to": NUMBER,
        "type": "interactive",
        "interactive": {
            "type": "list",
            "body": {"text": "x"},
            "action": {"button": "y", "sections": [{"rows": [{"id": "0", "title": "z"}, row]}]},
        },
    }
    assert violations(lambda: build(listed)) == [("invalid", "interactive.action.sections[0].rows[1].title")]
    ((code, path),) = violations(lambda: build({**body, "text": {"body": "x"}, surrogate: 1}))
    assert code in {"invalid", "unknown.field"}
    assert path.encode()


@pytest.mark.parametrize("surrogate", SURROGATES)
def test_a_lone_surrogate_in_json_text_and_native_payloads(surrogate: str) -> None:
    raw = f'{{"to":"{NUMBER}","type":"text","text":{{"body":"{surrogate}"}}}}'
    assert violations(lambda: build(raw)) == [("invalid", "")]
    escaped = json.dumps({"to": NUMBER, "type": "text", "text": {"body": surrogate}})
    assert [code for code, _ in violations(lambda: build(escaped))] == ["invalid"]
    payload = {"from": "MyCompany", "to": "79034567890", "type": "text", "text": {"body": surrogate}}
    try:
        found = wamux.validate_payload("devino-v2", payload)
    except wamux.ValidationError as error:
        found = list(error.violations)
    assert [(one.code, one.path) for one in found] == [("invalid", "text.body")]


def test_a_lone_surrogate_in_settings_and_names() -> None:
    for call in (
        lambda: wamux.build_request("\ud800", text_message()),
        lambda: wamux.build_request("devino-v2", text_message(), from_="\ud800"),
        lambda: wamux.build_request("devino-v2", text_message(), **{"\ud800": "x"}),  # type: ignore[arg-type]
        lambda: wamux.Client("\ud800"),
        lambda: wamux.Client("devino-v2", api_key="\ud800"),
        lambda: wamux.Client("devino-v2", api_key="x", base_url="https://\ud800"),
        lambda: wamux.validate_payload("devino-v2", {}, call="\ud800"),
        lambda: wamux.parse_webhook("\ud800", b"[]"),
        lambda: wamux.parse_response("\ud800", b"[]"),
    ):
        with pytest.raises((wamux.ConfigurationError, wamux.ValidationError, TypeError)):
            call()


class Unfriendly(Mapping[str, object]):
    """A mapping whose every answer is an error."""

    def __getitem__(self, name: str) -> object:
        raise RuntimeError(name)

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError("iter")

    def __len__(self) -> int:
        raise RuntimeError("len")


class Endless(list[object]):
    """A list that grows while it is read."""

    def __iter__(self) -> Iterator[object]:
        while True:
            yield self


class Changing(dict[str, object]):
    """A dict whose values go away while it is read."""

    def items(self) -> Any:
        self.clear()
        return super().items()


def cycle() -> dict[str, object]:
    inner: dict[str, object] = {}
    inner["again"] = [inner]
    return inner


def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


NO_JSON = {
    "not a number": math.nan,
    "infinity": -math.inf,
    "an object": object(),
    "a class": str,
    "a function": print,
    "a set": {1},
    "a frozen set": frozenset({1}),
    "a generator": (number for number in range(3)),
    "a range": range(3),
    "a complex number": 1j,
    "a decimal": Decimal("1.5"),
    "a fraction": Fraction(1, 2),
    "an id": UUID(int=1),
    "a date": date(2026, 1, 1),
    "a naive moment": datetime(2026, 1, 1),  # noqa: DTZ001  # what is wrong with it is the point
    "bits": memoryview(b"abc"),
    "a huge integer": 10**5000,
    "a cycle": cycle(),
    "deep": nested(200),
    "very deep": nested(100_000),
    "a number for a name": {1: "x"},
    "nothing for a name": {None: "x"},
    "bytes for a name": {b"x": "x"},
    "an exception": ValueError("x"),
    "a client": wamux.Client("devino-v2", api_key="key", from_="MyCompany"),
}


@pytest.mark.parametrize("name", NO_JSON)
def test_what_has_no_json_is_one_violation_at_its_path(name: str) -> None:
    value = NO_JSON[name]
    for message, expected in (
        (text_message(ttl=value), "ttl"),
        (text_message(text={"body": value}), "text.body"),
        ({**text_message(), "type": "contacts", "contacts": [{}, value]}, "contacts[1]"),
    ):
        ((code, path),) = violations(lambda message=message: build(message))  # type: ignore[misc]
        assert code == "invalid"
        # A name that is no text and what lies deep inside have paths of their own.
        assert path == expected or path.startswith((f"{expected}.", f"{expected}["))
    assert all(code == "invalid" for code, _ in violations(lambda: build(value)))


@pytest.mark.parametrize("name", NO_JSON)
def test_what_has_no_json_is_no_native_payload(name: str) -> None:
    for gateway in GATEWAYS:
        try:
            found = wamux.validate_payload(gateway, {"to": NO_JSON[name]})
        except wamux.ValidationError as error:
            found = list(error.violations)
        assert found


@pytest.mark.parametrize("mapping", [dict, OrderedDict, UserDict, lambda given: defaultdict(list, given)])
def test_friendly_mappings_are_taken(mapping: Callable[[dict[str, object]], Mapping[str, object]]) -> None:
    assert build(mapping(text_message(text=mapping({"body": "x"})))).body


def test_values_that_do_not_keep_still_do_no_harm() -> None:
    for value in (Changing({"body": "x"}), Endless(), [Endless()], Endless([Changing()])):
        for message in (text_message(text=value), text_message(contacts=value), value):
            judged(lambda message=message: build(message))  # type: ignore[misc]
        judged(lambda value=value: wamux.validate_payload("devino-v2", value))  # type: ignore[misc]


def test_integers_up_to_64_bits_are_taken() -> None:
    for ttl in (2**63 - 1, 2**64 - 1):
        # Not a ttl for any gateway; but the engine has read it.
        found = violations(lambda ttl=ttl: wamux.build_request("rapporto", text_message(ttl=ttl)))  # type: ignore[misc]
        assert all(path == "ttl" for _, path in found)


def test_true_is_no_number_and_one_is_no_switch() -> None:
    assert violations(lambda: build(text_message(ttl=True))) == [("invalid", "ttl")]
    wrong = {"body": "x", "preview_url": 1}
    assert violations(lambda: build(text_message(text=wrong))) == [("invalid", "text.preview_url")]
    assert violations(lambda: build(text_message(ttl=1.0)))[0] == ("invalid", "ttl")


def test_what_a_mapping_of_the_caller_raises_goes_through() -> None:
    with pytest.raises(RuntimeError, match=r"iter|len"):
        build(text_message(text=Unfriendly()))
    with pytest.raises(RuntimeError, match=r"iter|len"):
        wamux.validate_payload("devino-v2", Unfriendly())


@pytest.mark.parametrize("name", NO_JSON)
def test_a_class_holds_anything_without_harm(name: str) -> None:
    value: Any = NO_JSON[name]
    message = m.TextMessage(to=NUMBER, text=value, options=value)
    # What Python itself says of such a value may be an exception; a crash would be none.
    for use in (repr, str, hash, copy.copy, m.TextMessage.to_dict, pickle.dumps, lambda held: held == copy.copy(held)):
        with suppress(TypeError, ValueError, RecursionError, AttributeError, pickle.PicklingError):
            use(message)
    assert "TextMessage" in repr(m.TextMessage(to=value, text="x"))


@pytest.mark.parametrize("depth", [1, 125])
def test_nesting_up_to_the_limit_is_judged_by_the_rules(depth: int) -> None:
    (found, *_) = violations(lambda: build(text_message(context=nested(depth))))
    assert found == ("invalid", "context")


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(2**70), max_value=2**70)
    | st.floats()
    | st.text(alphabet=st.characters(), max_size=8)
    | st.text(alphabet=st.characters(categories=["Cs"]), max_size=3)
    | st.binary(max_size=8)
    | st.datetimes(timezones=st.none() | st.just(timezone.utc))
    | st.sampled_from([object(), {1}, 1j, Decimal(1), str, math.nan, ...])
)
KNOWN_NAMES = """
    to type text body template components parameters language interactive action sections rows contacts name image link
    data options rapporto messages ack statuses id status ttl schedule weekdays index result code error sent
"""
NAMES = st.sampled_from(KNOWN_NAMES.split()) | st.text(max_size=4) | st.none() | st.integers()
TYPES = st.sampled_from(["text", "image", "contacts", "template", "interactive", "location", "list", "button"])
VALUES = st.recursive(
    LEAVES | TYPES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(NAMES, inner, max_size=6)
    ),
    max_leaves=20,
)
MESSAGES = st.builds(
    lambda given, members: {**given, **members},
    st.fixed_dictionaries(
        {"to": st.just(NUMBER) | VALUES, "type": TYPES | VALUES},
        optional={"text": VALUES, "template": VALUES, "interactive": VALUES, "image": VALUES, "contacts": VALUES},
    ),
    st.dictionaries(NAMES, VALUES, max_size=3),
)
JSON_TEXTS = (
    st.text(max_size=30)
    | st.binary(max_size=30)
    | VALUES.map(lambda value: json.dumps(value, default=str, skipkeys=True))
    | VALUES.map(lambda value: json.dumps(value, default=str, skipkeys=True, ensure_ascii=False))
)
GIVEN_GATEWAY = st.sampled_from(GATEWAYS)
OFTEN = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def judged(call: Callable[[], object]) -> object:
    """The result, or the error where it is one that a caller must expect; any other goes through."""
    try:
        return call()
    except (wamux.WamuxError, TypeError) as error:
        expected = error
    assert not isinstance(expected, wamux.InternalError)
    assert repr(expected)
    assert str(expected).encode()
    return expected


@OFTEN
@given(GIVEN_GATEWAY, MESSAGES | VALUES | JSON_TEXTS)
def test_any_message(gateway: str, message: Any) -> None:
    result = judged(lambda: wamux.build_request(gateway, message))
    assert not isinstance(result, TypeError), result
    if isinstance(result, wamux.WamuxError):
        assert isinstance(result, wamux.ValidationError | wamux.UnsupportedError)
        assert result.violations


@OFTEN
@given(MESSAGES)
def test_any_message_is_judged_alike_in_every_form(message: dict[str, object]) -> None:
    try:
        text = json.dumps(message, allow_nan=False)
        text.encode()
        if json.loads(text) != message or "\\ud" in text:
            return
    except (TypeError, ValueError):
        return
    results = [judged(lambda form=form: build(form)) for form in (message, text, text.encode())]  # type: ignore[misc]
    shown = [result.to_dict() if isinstance(result, wamux.WamuxError) else result.body for result in results]  # type: ignore[attr-defined]
    assert shown[0] == shown[1] == shown[2]


@OFTEN
@given(GIVEN_GATEWAY, VALUES | JSON_TEXTS)
def test_any_payload(gateway: str, payload: Any) -> None:
    result = judged(lambda: wamux.validate_payload(gateway, payload))
    assert not isinstance(result, TypeError), result


@OFTEN
@given(GIVEN_GATEWAY, JSON_TEXTS | VALUES)
def test_any_webhook(gateway: str, body: Any) -> None:
    result = judged(lambda: wamux.parse_webhook(gateway, body))
    assert not isinstance(result, TypeError) or not isinstance(body, str | bytes)


@OFTEN
@given(GIVEN_GATEWAY, JSON_TEXTS | VALUES, st.integers() | st.sampled_from([200, 400, 429, 500]))
def test_any_answer(gateway: str, body: Any, status: int) -> None:
    result = judged(lambda: wamux.parse_response(gateway, body, status=status))
    if isinstance(body, str | bytes) and 100 <= status <= 599:
        assert isinstance(result, list | wamux.ValidationError)


@OFTEN
@given(st.text(alphabet=st.characters(), max_size=40) | VALUES, st.text(max_size=3) | st.sampled_from(["RU", None]))
def test_any_phone_number(text: Any, region: Any) -> None:
    result = judged(lambda: wamux.normalize_phone(text, region=region))
    assert not isinstance(result, TypeError) or not isinstance(text, str)


@OFTEN
@given(st.dictionaries(st.sampled_from(["to", "text", "ttl", "client_id", "schedule", "context", "from_"]), VALUES))
def test_any_members_of_a_class(members: dict[str, Any]) -> None:
    try:
        message = m.TextMessage(**members)
    except TypeError:
        assert not {"to", "text"} <= set(members)
        return
    assert repr(message)
    assert message == m.TextMessage(**members)
    assert hash(message) == hash(m.TextMessage(**members))
    with suppress(ValueError):
        # A moment without a time zone has no form in JSON.
        message.to_dict()
    judged(lambda: build(message))


@OFTEN
@given(st.dictionaries(st.sampled_from(["base_url", "api_key", "timeout", "from_", "region", "proxy"]), LEAVES))
def test_any_settings(members: dict[str, Any]) -> None:
    judged(lambda: wamux.Client("devino-v2", **members))


def test_recursion_is_left_as_it_was() -> None:
    for _ in range(20):
        judged(lambda: build(nested(100_000)))
    assert sys.getrecursionlimit() > 500


@pytest.mark.parametrize("gateway", GATEWAYS)
@pytest.mark.parametrize("value", [b"Your code is 1234", bytearray(b"x"), datetime(2026, 1, 1, tzinfo=timezone.utc)])
def test_bytes_and_moments_are_no_text(gateway: str, value: Any) -> None:
    def built(**members: Any) -> list[tuple[str, str]]:
        message = {"to": NUMBER, "type": "text", "text": {"body": "x"}, **members}
        return violations(lambda: wamux.build_request(gateway, message, from_="MyCompany"))

    assert built(text={"body": value}) == [("invalid", "text.body")]
    assert built(text=m.Text(body=value)) == [("invalid", "text.body")]
    assert built(callback={"data": value}) == [("invalid", "callback.data")]
    assert built(client_id=value) == [("invalid", "client_id")]
    assert violations(lambda: wamux.validate_payload(gateway, {"from": value})) == [("invalid", "from")]


def test_a_dict_that_changes_later_changes_no_record() -> None:
    body: dict[str, Any] = {"body": "x"}
    message = m.TextMessage(to=NUMBER, text=body)  # type: ignore[arg-type]
    body["body"] = message
    assert message.to_dict()["text"] == {"body": "x"}


def test_the_repr_of_what_holds_itself_twice_ends() -> None:
    body: dict[str, Any] = {}
    holder = [body]
    body["a"] = body["b"] = holder
    assert len(repr(m.Text(body=body))) < 1_000_000  # type: ignore[arg-type]
