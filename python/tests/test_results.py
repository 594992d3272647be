"""What comes back: receipts, events, violations and requests are records too."""

import copy
import json
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

import wamux
from support import GATEWAYS, ROOT, gateway_of, send, text_message
from wamux.testing import Sandbox

RESULTS = json.loads((ROOT / "core/engine/schemas/results.schema.json").read_text(encoding="utf-8"))["$defs"]


def every_event() -> Iterator[wamux.Event]:
    for file in sorted((ROOT / "tests/vectors/events").glob("*.json")):
        for vector in json.loads(file.read_text(encoding="utf-8")):
            if "events" in vector["output"]:
                body = vector["input"] if isinstance(vector["input"], str) else json.dumps(vector["input"])
                yield from wamux.parse_webhook(gateway_of(vector), body)


def every_receipt() -> Iterator[wamux.Receipt]:
    for file in sorted((ROOT / "tests/vectors/decode").glob("*.json")):
        for vector in json.loads(file.read_text(encoding="utf-8")):
            body = vector["input"] if isinstance(vector["input"], str) else json.dumps(vector["input"])
            results = wamux.parse_response(gateway_of(vector), body) if "--status" not in vector["args"] else []
            yield from (result for result in results if isinstance(result, wamux.Receipt))


EVENTS = list(every_event())
RECEIPTS = list(every_receipt())
REQUESTS = [wamux.build_request(gateway, text_message(), from_="MyCompany") for gateway in GATEWAYS]
RECORDS: list[Any] = [*EVENTS, *RECEIPTS, *REQUESTS, wamux.normalize_phone("+5215512345678")]


def test_there_are_records_of_every_class() -> None:
    assert {type(record).__name__ for record in RECORDS} == {
        "StatusEvent",
        "MessageEvent",
        "ChatEvent",
        "ErrorEvent",
        "Receipt",
        "Request",
        "PhoneNumber",
    }
    assert {event.status for event in EVENTS if isinstance(event, wamux.StatusEvent)} >= {
        "sent",
        "delivered",
        "read",
        "failed",
        "unknown",
    }


def test_the_json_form_is_that_of_the_schema() -> None:
    for record in RECORDS:
        document = record.to_dict()
        schema = RESULTS[type(record).__name__]
        assert set(schema["required"]) <= set(document) <= set(schema["properties"]), type(record)
        assert json.loads(json.dumps(document)) == document
        for name in schema["properties"]:
            member = getattr(record, "from_" if name == "from" else name)
            assert (member is None) == (document.get(name) is None)


def test_records_are_pickled_copied_and_compared() -> None:
    for record in RECORDS:
        for other in (pickle.loads(pickle.dumps(record)), copy.deepcopy(record), copy.copy(record)):
            assert type(other) is type(record)
            assert other == record
            assert hash(other) == hash(record)
            assert other.to_dict() == record.to_dict()
    assert EVENTS[0] != EVENTS[-1]


def test_records_cannot_be_changed() -> None:
    for record in (EVENTS[0], RECEIPTS[0], REQUESTS[0]):
        for name in record.to_dict():
            with pytest.raises(AttributeError):
                setattr(record, name, "x")
        with pytest.raises(AttributeError):
            record.anything = "x"  # type: ignore[union-attr]  # wrong on purpose


def test_a_price_is_what_the_gateway_says() -> None:
    priced = [event for event in EVENTS if isinstance(event, wamux.StatusEvent) and event.pricing is not None]
    for event in priced:
        assert isinstance(event.pricing, dict)
        assert event.to_dict()["pricing"] == event.pricing
        assert json.loads(event.raw)["pricing"] == event.pricing


def test_one_bad_item_stands_beside_the_good_ones() -> None:
    good = {"mtNum": "107931706", "status": 9}
    first, second, third = wamux.parse_webhook("rapporto", json.dumps([good, 17, good]))
    assert (first.type, second.type, third.type) == ("status", "error", "status")
    assert isinstance(second, wamux.ErrorEvent)
    assert (second.error.kind, second.raw) == ("protocol", "17")


def test_a_body_that_is_too_long_is_refused() -> None:
    with pytest.raises(wamux.ProtocolError):
        wamux.parse_webhook("rapporto", b" " * (1024 * 1024) + b"[]")


@pytest.mark.parametrize("form", [bytes, bytearray, memoryview])
def test_bodies_as_web_frameworks_give_them(form: type) -> None:
    body = form(b'[{"mtNum": "107931706", "status": 9}]')
    try:
        (event,) = wamux.parse_webhook("rapporto", body)
    except TypeError:
        assert form is not bytes
    else:
        assert event.type == "status"


def test_a_receipt(sandbox: Sandbox) -> None:
    receipt = send("sync", "tujenge", sandbox.settings("tujenge"), text_message(client_id="17"))
    assert receipt.gateway == "tujenge"
    assert json.loads(receipt.raw)["messages"][0]["id"] == receipt.message_id
    assert receipt.warnings == ()
    assert receipt == pickle.loads(pickle.dumps(receipt))
    assert receipt.to_dict()["attempts"] == [receipt.attempts[0].to_dict()]
    match receipt:
        case wamux.Receipt(client_id="17", status="accepted"):
            pass
        case _:
            pytest.fail("the receipt does not match its members")


def test_a_request() -> None:
    request = wamux.build_request("devino-v2", text_message(), from_="MyCompany")
    assert (request.method, request.url) == ("POST", "https://api.devino.online/whatsapp/v2/messages")
    assert request.headers["authorization"] == "Key ***"
    assert all(name == name.lower() for name in request.headers)
    assert request.warnings == ()
    # The bytes of the wire: not what json.dumps would make of them.
    assert request.body == (
        '{"from":"MyCompany","to":"79034567890","type":"text","text":{"body":"Your code is 4711, dear Ada"}}'
    )


def test_settings_of_a_request() -> None:
    message = {"to": "8 903 456-78-90", "type": "text", "text": {"body": "x"}}
    own = wamux.build_request("tujenge", message, region="RU", base_url="https://example.com/x/", header_name="X-Key")
    assert own.url == "https://example.com/x/v1/messages"
    assert own.headers["x-key"] == "***"
    with pytest.raises(wamux.ValidationError):
        wamux.build_request("tujenge", message)


def test_an_unknown_call_is_a_wrong_setting() -> None:
    for gateway in GATEWAYS:
        with pytest.raises(wamux.ConfigurationError, match=gateway):
            wamux.validate_payload(gateway, {}, call="pigeon")
        assert wamux.validate_payload(gateway, {}, call=None)


def test_a_number_of_no_region_is_pickled_and_copied() -> None:
    number = wamux.normalize_phone("+881612345678")
    assert number.region is None
    assert pickle.loads(pickle.dumps(number)) == copy.deepcopy(number) == copy.copy(number) == number
