"""What `send` takes: a message in every form, or its members by name."""

import asyncio
import inspect
import json
import sys
from typing import Any

import pytest

import wamux
from schema_records import SCHEMA, message_record
from support import CLIENTS, GATEWAYS, NUMBER, run_program, send, text_message
from vector_runner import read
from wamux import message as m
from wamux.testing import Sandbox

PARTS: dict[str, Any] = {
    "text": m.Text(body="Hi", preview_url=True),
    "image": m.Media(link="https://example.com/a.jpg", caption="x"),
    "template": m.Template(name="order", language=m.Language(code="en")),
    "interactive": m.Interactive(
        type="button",
        body=m.InteractiveText(text="x"),
        action=m.Action(buttons=[m.ReplyButton(reply=m.Reply(id="1", title="y"))]),
    ),
}


def clients(sandbox: Sandbox, gateway: str = "devino-v2") -> wamux.Client:
    return wamux.Client(gateway, **sandbox.settings(gateway))


@pytest.mark.parametrize("part", PARTS)
def test_members_by_name(part: str, sandbox: Sandbox) -> None:
    branch = next(branch for branch in SCHEMA["oneOf"] if part in branch["properties"])
    members = {"to": NUMBER, part: PARTS[part], "callback": m.Callback(data="17"), "client_id": "17"}
    record = getattr(m, branch["title"])(**members)
    with clients(sandbox) as client:
        receipts = [client.send(**members), client.send(record), client.send(record.to_dict())]
        receipts += [client.send(json.dumps(record.to_dict())), client.send(json.dumps(record.to_dict()).encode())]
    assert [receipt.client_id for receipt in receipts] == ["17"] * 5
    bodies = [stored.body for stored in sandbox.messages]
    assert bodies == [bodies[0]] * 5
    assert bodies[0][part]


def test_members_by_name_awaited(sandbox: Sandbox) -> None:
    async def send_awaiting() -> wamux.Receipt:
        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as client:
            return await client.send(to=NUMBER, text="Hi", client_id="17")

    assert asyncio.run(send_awaiting()).client_id == "17"
    assert sandbox.messages[0].body["text"] == {"body": "Hi"}


WRONG_CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "nothing": ((), {}),
    "no part": ((), {"to": NUMBER}),
    "no recipient": ((), {"text": "x"}),
    "two parts": ((), {"to": NUMBER, "text": "x", "image": m.Media(id="1")}),
    "a message and members": ((text_message(),), {"client_id": "1"}),
    "two messages": ((text_message(), text_message()), {}),
    "an unknown member": ((), {"to": NUMBER, "text": "x", "colour": "red"}),
    "a type": ((), {"to": NUMBER, "text": "x", "type": "text"}),
}


@pytest.mark.parametrize("name", WRONG_CALLS)
def test_wrong_calls_are_type_errors_and_send_nothing(name: str, sandbox: Sandbox) -> None:
    arguments, members = WRONG_CALLS[name]
    with clients(sandbox) as client, pytest.raises(TypeError):
        client.send(*arguments, **members)

    async def send_awaiting() -> None:
        async with wamux.AsyncClient("devino-v2", **sandbox.settings("devino-v2")) as awaitable:
            with pytest.raises(TypeError):
                await awaitable.send(*arguments, **members)

    asyncio.run(send_awaiting())
    assert sandbox.counts.requests == 0


@pytest.mark.parametrize(
    "wrong", [None, 17, 1.5, [], (), set(), object(), m.Text(body="x"), "x", b"\xff", "[]", "null"]
)
@pytest.mark.parametrize("client", CLIENTS)
def test_what_is_no_message_is_a_violation(client: str, wrong: object, sandbox: Sandbox) -> None:
    if wrong is None:
        return
    with pytest.raises(wamux.ValidationError) as caught:
        send(client, "devino-v2", sandbox.settings("devino-v2"), wrong)
    assert caught.value.violations
    assert caught.value.delivery == "not_sent"
    assert sandbox.counts.requests == 0


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_what_is_sent_is_what_is_built(gateway: str, sandbox: Sandbox) -> None:
    """The body that a request shows is the body that arrives, but for credentials."""
    settings = sandbox.settings(gateway)
    send("sync", gateway, settings)
    (stored,) = sandbox.messages
    shown = json.loads(wamux.build_request(gateway, text_message(), **settings).body or "null")
    shown = shown["messages"][0] if "messages" in shown else shown
    credentials = {"login", "password"}
    assert {name: value for name, value in shown.items() if name not in credentials} == stored.body


def test_a_default_sender(sandbox: Sandbox) -> None:
    settings: dict[str, Any] = {**sandbox.settings("devino-v2"), "from_": "Default"}
    with wamux.Client("devino-v2", **settings) as client:
        client.send(to=NUMBER, text="x")
        client.send(to=NUMBER, text="x", from_="Own")
    assert [stored.body["from"] for stored in sandbox.messages] == ["Default", "Own"]
    settings["from"] = settings.pop("from_")
    with wamux.Client("devino-v2", **settings) as client:
        client.send(to=NUMBER, text="x")
    assert sandbox.messages[2].body["from"] == "Default"


def test_every_good_vector_of_the_sandbox_can_be_sent(sandbox: Sandbox) -> None:
    """Classes all the way: what builds is accepted by a server that knows nothing of wamux."""
    sent = 0
    for gateway in GATEWAYS:
        with clients(sandbox, gateway) as client:
            for vector in read(f"build/{gateway}.json"):
                # A message can name a sender or an address that only its own settings make good.
                if '"requests"' not in vector.output or set(vector.flags) != {"gateway"}:
                    continue
                record = message_record(json.loads(vector.input))
                assert client.send(record).status == "accepted", vector.name
                sent += 1
    assert sent > 20


def test_both_clients_have_the_same_methods() -> None:
    def methods(cls: type) -> set[str]:
        return {name for name, _ in inspect.getmembers(cls) if not name.startswith("_")}

    assert methods(wamux.Client) == methods(wamux.AsyncClient)
    assert {"send", "close", "gateway", "from_environment"} <= methods(wamux.Client)


def test_a_message_is_only_borrowed(sandbox: Sandbox) -> None:
    message = text_message()
    text: Any = message["text"]
    before = sys.getrefcount(message), sys.getrefcount(text), sys.getrefcount(text["body"])
    with clients(sandbox) as client:
        for _ in range(20):
            client.send(message)
            wamux.build_request("rapporto", message)
            wamux.validate_payload("devino-v2", message)
            for wrong in ({**message, "ttl": object()}, {**message, "type": "image"}):
                with pytest.raises(wamux.ValidationError):
                    client.send(wrong)
    del wrong
    assert (sys.getrefcount(message), sys.getrefcount(text), sys.getrefcount(text["body"])) == before


@pytest.mark.slow
def test_memory_does_not_grow() -> None:
    before, after = run_program("memory")
    assert isinstance(before, int)
    assert isinstance(after, int)
    # Kilobytes; what is lost a call would be lost ten thousand times.
    assert after - before < 4000


def test_the_development_mode_of_python_finds_nothing(sandbox: Sandbox) -> None:
    assert run_program("development_mode", sandbox.settings("devino-v2")) == ["accepted"] * 4


def test_the_settings_are_those_that_the_client_knows() -> None:
    with pytest.raises(wamux.ConfigurationError) as caught:
        wamux.Client("devino-v2", colour="red")  # type: ignore[call-arg]
    known = str(caught.value).rpartition("the settings are ")[2].removesuffix(" (not sent)")
    named = {name.removesuffix("_") for name in wamux.Settings.__annotations__}
    assert named == set(known.split(", "))


def test_only_settings_is_found_late() -> None:
    with pytest.raises(AttributeError, match="'Setting'"):
        getattr(wamux, "Setting")  # noqa: B009 - a name that type checkers refuse
