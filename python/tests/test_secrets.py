"""Nothing secret is printed: neither keys nor numbers nor texts, by no way of printing that Python has."""

import io
import json
import logging
import pprint
import re
import sys
import traceback
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

import wamux
from gateway_server import holding_gateway
from support import CLIENTS, GATEWAYS, ROOT, gateway_of, send
from wamux import message as m
from wamux.testing import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

# Assembled, so that a traceback which quotes a line of this file does not quote them.
DIGITS = f"{7903}{4567890}"
SECRET = f"hunter{2}-secret"
BODY = f"Code {4711} for Ada"
# Parts count too, and so does what Basic authentication makes of a secret.
HIDDEN = [DIGITS, DIGITS[4:], SECRET, "hunter2", "aHVudGVyMi1zZWNyZXQ", BODY, "4711"]
ADDRESS = re.compile(r" at 0x[0-9a-f]+")
CREDENTIALS = ["api_key", "x_api_key", "login", "password", "token"]


def ways_to_print(value: object) -> Iterator[str]:
    yield repr(value)
    yield str(value)
    yield f"{value}"
    yield f"{value!a}"
    yield f"{value!s:>40}"
    yield "%r %s" % (value, value)  # noqa: UP031  # a way of printing, too
    yield repr([value, {"of": value}, (value,)])
    yield pprint.pformat({"of": [value]})
    stream = io.StringIO()
    logger = logging.Logger("test")  # noqa: LOG001  # of this test alone
    logger.addHandler(logging.StreamHandler(stream))
    logger.warning("about %s %r", value, value)
    if isinstance(value, BaseException):
        logger.error("failed", exc_info=value)
        yield "".join(traceback.format_exception(value))
        yield repr(value.args)
        yield repr(value.__cause__) + repr(value.__context__)
        yield repr(getattr(value, "__notes__", None))
        # The answer itself is a plain text, which a caller reads on purpose.
        yield repr({name: member for name, member in vars(value).items() if name != "raw"})
    yield stream.getvalue()


def assert_silent(value: object) -> None:
    for text in ways_to_print(value):
        # Where a method stands in memory is no secret, and its digits are any.
        printed = ADDRESS.sub("", text)
        for hidden in HIDDEN:
            assert hidden not in printed, f"{type(value).__name__} shows {hidden}: {printed}"


def message(**members: object) -> dict[str, Any]:
    return {"to": f"+{DIGITS}", "type": "text", "text": {"body": BODY}, **members}


def secret_settings(base_url: str) -> dict[str, Any]:
    return {"base_url": base_url, "instance": "1", "from_": "MyCompany"} | dict.fromkeys(CREDENTIALS, SECRET)


def test_the_ways_of_printing_would_show_it() -> None:
    for shown in (BODY, {"to": DIGITS}, ValueError(SECRET)):
        with pytest.raises(AssertionError):
            assert_silent(shown)


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_clients(gateway: str) -> None:
    for cls in (wamux.Client, wamux.AsyncClient):
        client = cls(
            gateway, **secret_settings(f"https://example.com/{SECRET}"), proxy=f"http://u:{SECRET}@example.com"
        )
        assert_silent(client)
        assert gateway in repr(client)
        # Keys are not even reachable.
        for name in dir(client):
            if not name.startswith("__"):
                assert_silent(getattr(client, name))
        with pytest.raises((TypeError, wamux.WamuxError)) as caught:
            client.__reduce__()
        assert_silent(caught.value)


@pytest.mark.parametrize("gateway", GATEWAYS)
@pytest.mark.parametrize("client", CLIENTS)
def test_errors_of_sending(gateway: str, client: str, sandbox: Sandbox) -> None:
    settings = sandbox.settings(gateway)
    told = message(client_id="order-17")
    for kind in ("cut", "html_504", "rate_limited", "truncated"):
        sandbox.inject(kind, gateway=gateway)
        with pytest.raises(wamux.WamuxError) as caught:
            send(client, gateway, {**settings, "retries": 0}, told)
        assert_silent(caught.value)
    wrong = secret_settings(sandbox.base_url(gateway))
    with pytest.raises(wamux.AuthenticationError) as caught:
        send(client, gateway, wrong, told)
    assert_silent(caught.value)
    with pytest.raises(wamux.ConnectError) as caught:
        send(client, gateway, secret_settings(f"http://127.0.0.1:1/{SECRET}"), told)
    assert_silent(caught.value)


@pytest.mark.parametrize("gateway", GATEWAYS)
@pytest.mark.parametrize("client", CLIENTS)
def test_an_answer_that_quotes_the_request(gateway: str, client: str) -> None:
    with holding_gateway(held=False) as server:
        server.refuses = True
        with pytest.raises(wamux.WamuxError) as caught:
            send(client, gateway, secret_settings(server.settings["base_url"]), message())
    # A caller who asks for the answer gets it.
    assert BODY in json.dumps(json.loads(caught.value.raw or ""), ensure_ascii=False)
    assert_silent(caught.value)


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_receipts_and_what_the_sandbox_keeps(gateway: str, sandbox: Sandbox) -> None:
    receipt = send("sync", gateway, sandbox.settings(gateway), message())
    assert_silent(receipt)
    assert receipt.to == f"+{DIGITS}"
    assert_silent(sandbox)
    (stored,) = sandbox.messages
    assert_silent(stored)
    assert BODY in json.dumps(stored.body, ensure_ascii=False)


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_requests(gateway: str) -> None:
    # Where a login is a part of the address, the address is the caller's own setting.
    credentials: dict[str, Any] = dict.fromkeys(CREDENTIALS, SECRET)
    request = wamux.build_request(gateway, message(), from_="MyCompany", **credentials)
    assert_silent(request)
    assert BODY in str(request.body)
    for read in (request.url, request.body, *request.headers.values(), json.dumps(request.to_dict())):
        assert SECRET not in str(read)
    assert "***" in json.dumps(request.to_dict())


FAULTY: list[dict[str, Any]] = [
    {"to": f"+{DIGITS} ext. 5"},
    {"to": f"{DIGITS}{DIGITS}"},
    {"text": {"body": BODY, BODY: 1}},
    {"text": {"body": BODY, "preview_url": BODY}},
    {"text": [BODY]},
    {"text": BODY},
    {"type": BODY},
    {"ttl": DIGITS},
    {"ttl": int(DIGITS)},
    {"recipient_type": BODY},
    {"schedule": {"from": BODY, "deadline": BODY, "weekdays": [int(DIGITS)]}},
    {"callback": {"url": f"https://example.com/{SECRET}\n"}},
    {"options": {"rapporto": {"registered_delivery": BODY, "ttl_unit": BODY}}},
    {"context": {"message_id": {BODY: BODY}}},
    {"client_id": {1, BODY}},
    {"client_id": ValueError(BODY)},
    {"text": {"body": f"{BODY}\ud800"}},
    {"text": {"body": BODY * 400}},
    {"type": "image", "text": None, "image": {"link": f"ftp://{SECRET}", "caption": BODY * 400}},
    {"type": "image", "text": None, "image": {"data": BODY}},
]


@pytest.mark.parametrize("position", range(len(FAULTY)))
@pytest.mark.parametrize("gateway", GATEWAYS)
def test_faults_of_messages(gateway: str, position: int) -> None:
    faulty = message(**FAULTY[position])
    try:
        wamux.build_request(gateway, faulty, from_="MyCompany")
    except wamux.WamuxError as error:
        # The name of a member that no message has is the caller's own word; its path is what is told.
        if position != 2:
            assert_silent(error)
            for violation in error.violations:
                assert_silent(violation)


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_faults_of_native_payloads(gateway: str) -> None:
    payload = {"to": DIGITS, "from": BODY * 100, "text": {"body": BODY}, "type": BODY, "destAddr": [DIGITS]}
    for violation in wamux.validate_payload(gateway, payload):
        assert_silent(violation)


def test_phone_faults() -> None:
    for text in (f"+{DIGITS} ext. 12", f"+{DIGITS}{DIGITS}", f"{BODY} {DIGITS}", f"+{DIGITS}, +{DIGITS}"):
        with pytest.raises(wamux.PhoneNumberError) as caught:
            wamux.normalize_phone(text, region="RU")
        assert_silent(caught.value)
    assert_silent(wamux.normalize_phone(f"+{DIGITS}"))


def test_wrong_settings() -> None:
    for wrong in (
        {"api_key": f"{SECRET}\n"},
        {"api_key": SECRET, "base_url": f"http://{SECRET}.example/{SECRET}"},
        {"api_key": SECRET, "base_url": f"https://user:{SECRET}@example.com"},
        {"api_key": SECRET, "proxy": f"ftp://user:{SECRET}@example.com"},
        {"api_key": SECRET, "proxy": f"http://user:{SECRET}@exa mple"},
        {"api_key": SECRET, "proxy": f"socks5:user:{SECRET}@example.com"},
        {"api_key": SECRET, "timeout": SECRET},
        {"api_key": [SECRET]},
        {"api_key": SECRET.encode()},
        {"api_key": SECRET, "password": 17, "colour": SECRET},
    ):
        with pytest.raises((wamux.WamuxError, TypeError)) as caught:
            wamux.Client("devino-v2", **wrong)
        assert_silent(caught.value)


@pytest.mark.parametrize("file", sorted(path.name for path in (ROOT / "tests/vectors/events").iterdir()))
def test_events(file: str) -> None:
    for vector in json.loads((ROOT / "tests/vectors/events" / file).read_text(encoding="utf-8")):
        if "events" not in vector["output"]:
            continue
        body = vector["input"] if isinstance(vector["input"], str) else json.dumps(vector["input"])
        for event in wamux.parse_webhook(gateway_of(vector), body):
            document = event.to_dict()
            shown = repr(event) + str(event)
            assert document["raw"] not in shown
            for name in ("to", "from", "author", "chat_id"):
                number = document.get(name)
                assert not isinstance(number, str) or len(number) < 7 or number not in shown
            text = document.get("content", {}).get("text", {}).get("body", "")
            assert len(text) < 6 or text not in shown


def numbers(document: object, name: str = "") -> Iterator[str]:
    """The texts of a document that have a phone number in them; the ids of messages and files may be shown."""
    if isinstance(document, dict):
        for member, value in document.items():
            yield from numbers(value, member)
    elif isinstance(document, list):
        for item in document:
            yield from numbers(item, name)
    elif isinstance(document, str) and not name.endswith("id") and re.search(r"\d{7}", document):
        yield document


@pytest.mark.parametrize("file", sorted(path.name for path in (ROOT / "tests/vectors/calls").iterdir()))
def test_what_calls_answer(file: str) -> None:
    for vector in json.loads((ROOT / "tests/vectors/calls" / file).read_text(encoding="utf-8")):
        if vector["command"] != "decode" or not vector["output"]["results"][0].get("output"):
            continue
        body = vector["input"] if isinstance(vector["input"], str) else json.dumps(vector["input"])
        call = vector["args"][vector["args"].index("--call") + 1]
        answer = wamux.parse_call_response(gateway_of(vector), call, body)
        for record in answer if isinstance(answer, tuple) else (answer,):
            shown = repr(record) + str(record)
            assert [number for number in numbers(record.to_dict()) if number in shown] == [], vector["name"]


def test_faults_of_calls() -> None:
    for name, arguments in (
        ("check_contacts", {"contacts": [f"+{DIGITS} ext. 5", BODY, [SECRET]]}),
        ("block_contact", {"phone": BODY, "reason": BODY * 40}),
        ("set_webhook", {"url": f"ftp://{SECRET}", "headers": {"Authorization": f"{SECRET}\n"}}),
        ("set_about", {"text": BODY * 40}),
        ("mark_as_read", {"message_id": {BODY: DIGITS}}),
    ):
        with pytest.raises(wamux.ValidationError) as caught:
            wamux.build_call("tujenge", name, arguments)
        assert_silent(caught.value)
        for violation in caught.value.violations:
            assert_silent(violation)


def test_an_incoming_text() -> None:
    body = {
        "messages": [{"id": f"false_{DIGITS}@c.us_A", "body": BODY, "type": "chat", "senderName": BODY, "fromMe": 0}]
    }
    body["messages"][0] |= {"author": f"{DIGITS}@c.us", "time": 1504208593, "chatId": f"{DIGITS}@c.us"}
    (event,) = wamux.parse_webhook("chat-api", json.dumps(body))
    assert isinstance(event, wamux.MessageEvent)
    assert event.from_ == f"+{DIGITS}"
    assert_silent(event)
    assert_silent(event.content)


def test_messages() -> None:
    reply = m.ReplyButton(reply=m.Reply(id=BODY, title=BODY))
    header = m.TextHeader(text=BODY)
    for record in (
        m.TextMessage(to=f"+{DIGITS}", text=BODY, client_id=SECRET, callback=m.Callback(url=SECRET, data=BODY)),
        m.ImageMessage(to=DIGITS, image=m.Media(link=SECRET, caption=BODY), context=m.Context(message_id=SECRET)),
        m.ImageMessage(to=DIGITS, image=m.Media(data=BODY.encode(), filename=BODY, mime_type=BODY)),
        m.LocationMessage(to=DIGITS, location=m.Location(latitude=47.11, longitude=float(DIGITS), name=BODY)),
        m.ContactsMessage(
            to=DIGITS,
            contacts=[m.Contact(name=m.ContactName(formatted_name=BODY), phones=[m.ContactPhone(phone=DIGITS)])],
        ),
        m.InteractiveMessage(
            to=DIGITS,
            interactive=m.Interactive(
                type="button",
                header=header,
                body=m.InteractiveText(text=BODY),
                action=m.Action(buttons=[reply]),
            ),
        ),
        m.TextMessage(to=int(DIGITS), text={"body": BODY}, ttl=int(DIGITS)),  # type: ignore[arg-type]  # on purpose
        m.TextMessage(to=[DIGITS], text=[BODY, {BODY: SECRET}], from_=SECRET.encode()),  # type: ignore[arg-type]
        m.TextMessage(to=DIGITS, text=ValueError(BODY)),  # type: ignore[arg-type]  # on purpose
    ):
        assert_silent(record)
        for name in record.to_dict() if not isinstance(record.to, list) else ():
            part = getattr(record, name.replace("-", "_"), None)
            if type(part).__module__.startswith("wamux"):
                assert_silent(part)


def test_missing_and_unknown_keywords() -> None:
    for call in (
        lambda: m.TextMessage(to=DIGITS, body=BODY),  # type: ignore[call-arg]  # on purpose
        lambda: m.TextMessage(text=BODY),  # type: ignore[call-arg]  # on purpose
        lambda: m.Text(BODY),  # type: ignore[call-arg]  # on purpose
        lambda: setattr(m.Text(body=BODY), "body", SECRET),
    ):
        failing: Callable[[], object] = call
        with pytest.raises((TypeError, AttributeError)) as caught:
            failing()
        for printed in (repr(caught.value), str(caught.value)):
            assert not any(hidden in printed for hidden in HIDDEN)


def test_streams_and_warnings_stay_silent(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings(record=True) as caught, holding_gateway(held=False) as gateway:
        warnings.simplefilter("always")
        for client in CLIENTS:
            assert send(client, "devino-v2", {**gateway.settings, "api_key": SECRET}, message()).status == "accepted"
            with pytest.raises(wamux.WamuxError):
                send(client, "devino-v2", secret_settings("http://127.0.0.1:1"), message())
    sys.stdout.flush()
    assert capfd.readouterr() == ("", "")
    assert [str(warning.message) for warning in caught] == []
