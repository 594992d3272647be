"""Calls beyond sending: their methods, what they take and answer, and the call that has no method."""

import asyncio
import copy
import inspect
import json
import pickle
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

import wamux
import wamux.call
from gateway_server import holding_gateway
from support import CLIENTS, PATIENCE, ROOT
from wamux.testing import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = json.loads((ROOT / "core/engine/schemas/calls.schema.json").read_text(encoding="utf-8"))
CALLS: list[tuple[str, dict[str, Any]]] = [
    (gateway, call) for gateway, calls in SCHEMA["gateways"].items() for call in calls
]
ALL = pytest.mark.parametrize(("gateway", "call"), CALLS, ids=[f"{gateway}.{call['name']}" for gateway, call in CALLS])


def owner(client: object, gateway: str) -> Any:
    """The calls of a gateway, as an attribute of a client."""
    return getattr(client, gateway.replace("-", "_"))


def make(client: str, gateway: str, settings: Mapping[str, Any], name: str, **arguments: Any) -> Any:
    """Makes a call by the blocking client or by the awaitable one."""
    if client == "sync":
        with wamux.Client(gateway, **settings) as blocking:
            return getattr(owner(blocking, gateway), name)(**arguments)

    async def awaited() -> Any:
        async with wamux.AsyncClient(gateway, **settings) as awaitable:
            return await getattr(owner(awaitable, gateway), name)(**arguments)

    return asyncio.run(awaited())


@ALL
def test_every_call_is_a_method_of_both_clients(gateway: str, call: dict[str, Any]) -> None:
    taken = call["arguments"].get("properties", {})
    required = call["arguments"].get("required", [])
    for cls in (wamux.Client, wamux.AsyncClient):
        client = cls(gateway, api_key="key", token="token", instance="1", login="x", password="x")
        method = getattr(owner(client, gateway), call["name"])
        assert inspect.iscoroutinefunction(method) == (cls is wamux.AsyncClient)
        parameters = dict(inspect.signature(method).parameters)
        source = parameters.pop("source", None)
        assert (source is not None) == (call["transfer"] == "upload")
        assert {name.removesuffix("_") for name in parameters} == set(taken)
        for name, parameter in parameters.items():
            assert parameter.kind is parameter.KEYWORD_ONLY
            assert (parameter.default is parameter.empty) == (name.removesuffix("_") in required)
            assert f"\n{name}: " in inspect.cleandoc(method.__doc__ or "").replace("    ", "")
        first = call["arguments"]["description"].split()[0]
        assert (method.__doc__ or "").startswith(first)


@pytest.mark.parametrize("client", CLIENTS)
def test_what_a_call_answers_is_a_record(client: str, sandbox: Sandbox) -> None:
    status = make(client, "chat-api", sandbox.settings("chat-api"), "get_status", full=True)
    assert isinstance(status, wamux.call.InstanceStatus)
    assert status.account_status == "authenticated"
    assert status == pickle.loads(pickle.dumps(status)) == copy.deepcopy(status)
    settings = sandbox.settings("tujenge")
    checked = make(client, "tujenge", settings, "check_contacts", contacts=["+255 712 345 678"], blocking="wait")
    assert isinstance(checked.contacts, tuple)
    assert [contact.wa_id for contact in checked.contacts] == ["255712345678"]
    assert "712345678" not in repr(checked)
    assert make(client, "tujenge", settings, "set_about", text="Karibu") is None
    assert make(client, "tujenge", settings, "get_about").text == "Karibu"


@pytest.mark.parametrize("client", CLIENTS)
def test_faults_of_arguments(client: str, sandbox: Sandbox) -> None:
    settings = sandbox.settings("tujenge")
    cases: list[tuple[str, dict[str, Any], list[tuple[str, str]]]] = [
        ("mark_as_read", {"message_id": ""}, [("message_id", "length.too.short")]),
        ("mark_as_read", {"message_id": 17}, [("message_id", "invalid")]),
        ("mark_as_read", {"message_id": None}, [("message_id", "must.be.not.null")]),
        ("mark_as_read", {"message_id": {1}}, [("message_id", "invalid")]),
        ("mark_as_read", {"message_id": "\ud800"}, [("message_id", "invalid")]),
        ("check_contacts", {"contacts": "+255712345678"}, [("contacts", "invalid")]),
        ("check_contacts", {"contacts": ["+255712345678", 17]}, [("contacts[1]", "invalid")]),
        ("check_contacts", {"contacts": ["+255712345678"], "blocking": "soon"}, [("blocking", "invalid")]),
    ]
    for name, arguments, expected in cases:
        with pytest.raises(wamux.ValidationError) as caught:
            make(client, "tujenge", settings, name, **arguments)
        assert [(found.path, found.code) for found in caught.value.violations] == expected, (name, arguments)
        assert caught.value.gateway == "tujenge" or "{1}" in str(arguments) or "ud800" in repr(arguments)
        assert (caught.value.delivery, caught.value.attempts) == ("not_sent", ())
    # As `send` does with members that no message has.
    for wrong in ({}, {"message_id": "1", "colour": "red"}):
        with pytest.raises(TypeError):
            make(client, "tujenge", settings, "mark_as_read", **wrong)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_refusal_is_raised(client: str, sandbox: Sandbox) -> None:
    with pytest.raises(wamux.AuthenticationError) as caught:
        make(client, "tujenge", {**sandbox.settings("tujenge"), "api_key": "wrong"}, "get_about")
    assert (caught.value.delivery, len(caught.value.attempts)) == ("not_sent", 1)
    with pytest.raises(wamux.ConnectError):
        make(client, "tujenge", {"base_url": "http://127.0.0.1:1", "api_key": "x"}, "get_about")


@ALL
def test_a_call_of_another_gateway_is_unsupported(gateway: str, call: dict[str, Any]) -> None:
    required: dict[str, Any] = dict.fromkeys(call["arguments"].get("required", []), "x")
    if call["transfer"] == "upload":
        required["source"] = b"x"
    client = wamux.Client("devino-v2", api_key="key")
    with pytest.raises(wamux.UnsupportedError, match="devino-v2") as caught:
        getattr(owner(client, gateway), call["name"])(**required)
    assert caught.value.gateway == "devino-v2"
    assert gateway in str(caught.value)


def test_a_gateway_without_calls_has_no_attribute() -> None:
    client = wamux.Client("devino-v2", api_key="key")
    assert not hasattr(client, "rapporto")
    with pytest.raises(AttributeError):
        client.tujenge = client.tujenge  # type: ignore[misc]  # wrong on purpose
    assert isinstance(client.tujenge, wamux.call.TujengeCalls)


def test_calls_of_tasks_overlap() -> None:
    async def ask_all() -> list[wamux.call.InstanceStatus]:
        async with wamux.AsyncClient("tujenge", base_url=gateway.settings["base_url"], api_key="key") as client:
            asking = [asyncio.create_task(client.call("POST", "/v1/contacts", "{}")) for _ in range(4)]
            return [(await each).json() for each in asking]

    with holding_gateway(4, held=False) as gateway:
        assert len(asyncio.run(asyncio.wait_for(ask_all(), PATIENCE))) == 4


def test_a_call_begins_when_it_is_awaited() -> None:
    client = wamux.AsyncClient("tujenge", base_url="http://127.0.0.1:1", api_key="key")
    calling = client.tujenge.get_about()
    calling.close()
    uploading = client.tujenge.upload_media(b"", mime_type="nothing")
    with pytest.raises(wamux.ValidationError):
        asyncio.run(uploading)


def test_a_closed_client_makes_no_call(sandbox: Sandbox) -> None:
    client = wamux.Client("tujenge", **sandbox.settings("tujenge"))
    calls = client.tujenge
    client.close()
    for use in (calls.get_about, lambda: client.call("GET", "/")):
        with pytest.raises(RuntimeError, match="closed"):
            use()


def call(client: str, settings: Mapping[str, Any], *arguments: Any) -> wamux.Response:
    """Calls chat-api without a method."""
    if client == "sync":
        with wamux.Client("chat-api", **settings) as blocking:
            return blocking.call(*arguments)

    async def awaited() -> wamux.Response:
        async with wamux.AsyncClient("chat-api", **settings) as awaitable:
            return await awaitable.call(*arguments)

    return asyncio.run(awaited())


@pytest.mark.parametrize("client", CLIENTS)
def test_a_call_without_a_method(client: str, sandbox: Sandbox) -> None:
    settings = sandbox.settings("chat-api")
    response = call(client, settings, "GET", "/status")
    assert (response.status, response.json()["accountStatus"]) == (200, "authenticated")
    assert json.loads(response.body) == response.json()
    assert response.headers["content-type"].startswith("application/json")
    assert repr(response) == f"Response(status=200, body=bytes({len(response.body)}))"
    message = {"phone": "79034567890", "body": "Grüße"}
    for body in (message, json.dumps(message), json.dumps(message).encode()):
        assert call(client, settings, "POST", "/sendMessage", body).json()["sent"] is True
    assert [stored.body["body"] for stored in sandbox.messages] == ["Grüße"] * 3


@pytest.mark.parametrize("client", CLIENTS)
def test_faults_of_a_call_without_a_method(client: str, sandbox: Sandbox) -> None:
    settings = sandbox.settings("chat-api")
    faulty: list[tuple[tuple[Any, ...], type[Exception]]] = [
        (("GET", ".example.com/"), wamux.ValidationError),
        (("GET it", "/status"), wamux.ValidationError),
        (("POST", "/sendMessage", {"phone": {1}}), wamux.ValidationError),
        (("GET", "/no/such/path"), wamux.WamuxError),
        ((17, "/status"), TypeError),
        (("GET",), TypeError),
    ]
    for arguments, error in faulty:
        with pytest.raises(error):
            call(client, settings, *arguments)
    with pytest.raises(wamux.AuthenticationError):
        call(client, {**settings, "token": "wrong"}, "GET", "/status")


def test_the_request_and_the_answer_of_a_call() -> None:
    request = wamux.build_call("tujenge", "block_contact", {"phone": "8 903 456-78-90"}, region="RU")
    assert isinstance(request, wamux.Request)
    assert "79034567890" in request.url + str(request.body)
    assert request.headers["wa-api-key"] == "***"
    assert wamux.build_call("tujenge", "get_about", header_name="X-Key").headers["x-key"] == "***"
    upload = wamux.build_call("tujenge", "upload_media", {"mime_type": "image/png"}, length=5 * 1024 * 1024)
    assert (upload.headers["content-type"], upload.body) == ("image/png", "")
    with pytest.raises(wamux.ValidationError) as caught:
        wamux.build_call("tujenge", "upload_media", {"mime_type": "image/png"}, length=5 * 1024 * 1024 + 1)
    assert caught.value.violations[0].path == "source"
    assert wamux.parse_call_response("tujenge", "mark_as_read", b"{}") is None
    refused = '{"errors": [{"code": 1006, "title": "Resource not found"}]}'
    with pytest.raises(wamux.RejectedError) as refusal:
        wamux.parse_call_response("tujenge", "mark_as_read", refused, status=404)
    assert (refusal.value.code, refusal.value.http_status) == ("1006", 404)
    with pytest.raises(wamux.ProtocolError):
        wamux.parse_call_response("tujenge", "upload_media", "<html>")


def test_an_unknown_call_is_a_wrong_setting() -> None:
    uses: tuple[Callable[[], object], ...] = (
        lambda: wamux.build_call("tujenge", "pigeon"),
        lambda: wamux.build_call("pigeon", "get_about"),
        lambda: wamux.parse_call_response("devino-v1", "get_about", "{}"),
        lambda: wamux.parse_call_response("tujenge", "get_about", "{}", status=99),
    )
    for use in uses:
        with pytest.raises(wamux.ConfigurationError):
            use()
