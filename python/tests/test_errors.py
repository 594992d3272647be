"""The classes of errors: bases, members, copies, and what they say."""

import builtins
import copy
import inspect
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wamux
from support import CLIENTS, GATEWAYS, ROOT, gateway_of, send, text_message
from wamux.testing import Sandbox

RESULTS = json.loads((ROOT / "core/engine/schemas/results.schema.json").read_text(encoding="utf-8"))["$defs"]
KINDS = [choice["const"] for choice in RESULTS["Kind"]["oneOf"]]
SECOND_BASES: dict[str, type[Exception]] = {
    "configuration": ValueError,
    "validation": ValueError,
    "unsupported": ValueError,
    "permission": builtins.PermissionError,
    "timeout": builtins.TimeoutError,
    "connect": builtins.ConnectionError,
    "internal": RuntimeError,
}
MEMBERS = [
    "kind",
    "delivery",
    "retryable",
    "retry_after",
    "gateway",
    "http_status",
    "code",
    "reasons",
    "violations",
    "attempts",
    "raw",
]


def class_of(kind: str) -> type[wamux.WamuxError]:
    name = "".join(word.title() for word in kind.split("_")) + "Error"
    cls: type[wamux.WamuxError] = getattr(wamux, name)
    return cls


def answers() -> Iterator[wamux.WamuxError]:
    """Errors of most kinds, from each gateway's documented codes and from each status."""
    for file in sorted((ROOT / "tests/vectors/decode").glob("*.json")):
        for vector in json.loads(file.read_text(encoding="utf-8")):
            given = vector["input"]
            body = given if isinstance(given, str) else json.dumps(given)
            status = 200
            if "--status" in vector["args"]:
                status = int(vector["args"][vector["args"].index("--status") + 1])
            for result in wamux.parse_response(gateway_of(vector), body, status=status):
                if isinstance(result, wamux.WamuxError):
                    yield result


ANSWERS = list(answers())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_class(kind: str) -> None:
    cls = class_of(kind)
    assert issubclass(cls, wamux.WamuxError)
    assert cls is not wamux.WamuxError
    assert cls.__module__ == "wamux.errors"
    assert getattr(wamux.errors, cls.__name__) is cls
    assert cls.__name__ in wamux.__all__
    assert cls.__doc__
    second = SECOND_BASES.get(kind)
    foreign = [base for base in cls.__mro__ if base.__module__ == "builtins"]
    for builtin in set(SECOND_BASES.values()):
        assert (builtin in foreign) == (second is not None and issubclass(second, builtin))


def test_there_is_no_class_without_a_kind() -> None:
    classes = {cls for _, cls in inspect.getmembers(wamux, inspect.isclass) if issubclass(cls, wamux.WamuxError)}
    assert classes == {class_of(kind) for kind in KINDS} | {wamux.WamuxError, wamux.PhoneNumberError}


def test_the_base_is_no_builtin_of_its_own_kind() -> None:
    assert wamux.WamuxError.__mro__[1] is Exception
    # These must not be mistaken for each other by an `except` clause.
    assert not issubclass(wamux.RateLimitedError, wamux.RejectedError)
    assert not issubclass(wamux.UnsupportedError, wamux.ValidationError)


def test_answers_have_the_class_of_their_kind() -> None:
    for error in ANSWERS:
        assert type(error) is class_of(error.kind)
    assert len({error.kind for error in ANSWERS}) >= 12


def test_members() -> None:
    for error in ANSWERS:
        for member in MEMBERS:
            assert hasattr(error, member)
        assert error.delivery in {"not_sent", "unknown"}
        assert type(error.retryable) is bool
        assert error.gateway in GATEWAYS
        assert all(isinstance(reason, wamux.Reason) for reason in error.reasons)
        for sequence in (error.reasons, error.violations, error.attempts):
            assert isinstance(sequence, tuple)
        if error.reasons:
            assert error.code == error.reasons[0].code


def test_json_form() -> None:
    required = set(RESULTS["Error"]["required"])
    for error in ANSWERS:
        document = error.to_dict()
        assert required <= set(document) <= set(RESULTS["Error"]["properties"])
        assert None not in document.values()
        assert json.loads(json.dumps(document)) == document
        assert document["kind"] == error.kind
        assert document.get("raw") == error.raw


def test_one_line_says_what_happened() -> None:
    for error in ANSWERS:
        line = str(error)
        assert line.startswith(f"{error.gateway}: {error.kind}")
        assert line.endswith("(not sent)" if error.delivery == "not_sent" else "(may have been sent)")
        assert "\n" not in line
        assert type(error).__name__ in repr(error)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickling_keeps_all_members(protocol: int) -> None:
    for error in ANSWERS:
        back = pickle.loads(pickle.dumps(error, protocol))
        assert type(back) is type(error)
        assert back.to_dict() == error.to_dict()
        assert (str(back), back.args) == (str(error), error.args)


def test_copying_keeps_all_members() -> None:
    for error in ANSWERS:
        for other in (copy.copy(error), copy.deepcopy(error)):
            assert type(other) is type(error)
            assert other.to_dict() == error.to_dict()


@pytest.mark.parametrize("client", CLIENTS)
def test_a_pickled_error_of_a_send(client: str, sandbox: Sandbox) -> None:
    sandbox.inject("rate_limited", retry_after=7)
    with pytest.raises(wamux.RateLimitedError) as caught:
        send(client, "tujenge", {**sandbox.settings("tujenge"), "retries": 0})
    back = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(back, wamux.RateLimitedError)
    assert back.retry_after == 7
    assert back.attempts == caught.value.attempts
    assert len(back.attempts) == 1


def test_a_phone_error_is_pickled_with_its_code() -> None:
    with pytest.raises(wamux.PhoneNumberError) as caught:
        wamux.normalize_phone("")
    for back in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)):
        assert type(back) is wamux.PhoneNumberError
        assert (back.code, str(back), back.kind) == ("empty", str(caught.value), "validation")


def test_a_subclass_of_a_user_can_be_pickled_and_raised() -> None:
    (error, *_) = ANSWERS
    with pytest.raises(type(error)):
        raise copy.copy(error)
    with pytest.raises(wamux.WamuxError) as caught:
        raise error from KeyError("mine")
    assert isinstance(caught.value.__cause__, KeyError)


def test_violations_say_all_that_is_wrong() -> None:
    message = {"to": "12", "type": "text", "text": {"body": ""}}
    with pytest.raises(wamux.ValidationError) as caught:
        wamux.build_request("devino-v2", message, from_="MyCompany")
    found = {(violation.code, violation.path) for violation in caught.value.violations}
    assert found == {("invalid", "to"), ("length.too.short", "text.body")}
    for violation in caught.value.violations:
        assert violation.severity == "error"
        assert violation.message
        assert violation.to_dict()["path"] == violation.path
    assert "text.body" in str(caught.value)


def test_what_a_gateway_cannot_say_is_unsupported() -> None:
    message = text_message(type="location", location={"latitude": 1.5, "longitude": 2})
    del message["text"]
    with pytest.raises(wamux.UnsupportedError) as caught:
        wamux.build_request("devino-v1", message, from_="MyCompany")
    assert [(found.code, found.path) for found in caught.value.violations] == [("unsupported", "location")]
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "api_key"),
        ({"api_key": "x", "base_url": "http://example.com"}, "allow_insecure"),
        ({"api_key": "x", "timeout": 0}, "timeout"),
        ({"api_key": "x", "timeout": "soon"}, "timeout"),
        ({"api_key": "x", "region": "UK"}, "GB"),
        ({"api_key": "x", "proxy": "ftp://x"}, "proxy"),
        ({"api_key": "x", "ca_bundle": "/nowhere.pem"}, "ca_bundle"),
        ({"api_key": "x", "client_certificate": Path("/nowhere.pem")}, "client_certificate"),
        ({"api_key": "x", "client_key": "key.pem"}, "client_certificate"),
        ({"api_key": "x", "minimum_tls_version": "1.1"}, "minimum_tls_version"),
        ({"api_key": "x\n"}, "api_key"),
    ],
)
@pytest.mark.parametrize("cls", [wamux.Client, wamux.AsyncClient])
def test_wrong_settings_are_told_when_the_client_is_made(
    cls: type[wamux.Client], settings: dict[str, Any], said: str
) -> None:
    with pytest.raises(wamux.ConfigurationError, match=said) as caught:
        cls("devino-v2", **settings)
    assert isinstance(caught.value, ValueError)


def test_an_unknown_gateway_names_the_known_ones() -> None:
    with pytest.raises(wamux.ConfigurationError) as caught:
        wamux.Client("pigeon")
    for gateway in GATEWAYS:
        assert gateway in str(caught.value)


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises((wamux.ConfigurationError, TypeError), match="colour"):
        wamux.Client("devino-v2", api_key="x", colour="red")  # type: ignore[call-arg]  # wrong on purpose
    with pytest.raises((wamux.ConfigurationError, TypeError), match="colour"):
        wamux.build_request("devino-v2", text_message(), colour="red")  # type: ignore[call-arg]  # wrong on purpose


def test_settings_have_their_own_types() -> None:
    wamux.Client("devino-v2", api_key="x", timeout=2.5, deduplicates=True, allow_insecure=False)
    wamux.Client("devino-v2", api_key="x", timeout=3, ca_bundle=None, proxy=None)
    for wrong in (["x"], b"x", {"x"}, object()):
        with pytest.raises((wamux.ConfigurationError, TypeError)):
            wamux.Client("devino-v2", api_key=wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_settings_of_the_environment(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    for name, value in sandbox.settings("rapporto").items():
        monkeypatch.setenv(f"WAMUX_{name.rstrip('_').upper()}", str(value))
    with wamux.Client.from_environment("rapporto") as client:
        assert client.send(text_message()).status == "accepted"
    assert wamux.AsyncClient.from_environment("rapporto").gateway == "rapporto"
    monkeypatch.setenv("WAMUX_TIMEOUT", "never")
    with pytest.raises(wamux.ConfigurationError, match="timeout"):
        wamux.Client.from_environment("rapporto")
