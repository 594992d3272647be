"""chat-api's messages one after another, by the iterators of both clients."""

import asyncio
import json
import urllib.request
from typing import Any

import pytest

import wamux
import wamux.call
from support import CLIENTS, cancelled_when_answered
from wamux.testing import Sandbox


def control(sandbox: Sandbox, path: str, document: dict[str, Any]) -> None:
    """Posts to the sandbox's own routes."""
    request = urllib.request.Request(f"{sandbox.url}/_sandbox/{path}", json.dumps(document).encode())
    urllib.request.urlopen(request, timeout=10).close()


def write(sandbox: Sandbox, *texts: str, sender: str = "79034567890") -> None:
    """Incoming messages."""
    for text in texts:
        control(sandbox, "incoming", {"gateway": "chat-api", "from": sender, "text": text})


def text_of(event: wamux.Event) -> str:
    assert isinstance(event, wamux.MessageEvent)
    assert event.content.type == "text"
    return event.content.text.body


def read(client: str, sandbox: Sandbox, **arguments: Any) -> tuple[list[str], int | None]:
    """The texts of all messages, and the position after them."""
    settings = sandbox.settings("chat-api")
    if client == "sync":
        with wamux.Client("chat-api", **settings) as blocking:
            messages = blocking.chat_api.iterate_messages(**arguments)
            return [text_of(event) for event in messages], messages.position

    async def awaited() -> tuple[list[str], int | None]:
        async with wamux.AsyncClient("chat-api", **settings) as awaitable:
            messages = awaitable.chat_api.iterate_messages(**arguments)
            return [text_of(event) async for event in messages], messages.position

    return asyncio.run(awaited())


@pytest.mark.parametrize("client", CLIENTS)
def test_every_message_once_and_in_order(client: str, sandbox: Sandbox) -> None:
    texts = [f"message {number}" for number in range(7)]
    write(sandbox, *texts)
    assert read(client, sandbox)[0] == texts
    given, position = read(client, sandbox, limit=2, last_message_number=0)
    assert given == texts
    assert position is not None
    assert read(client, sandbox, last_message_number=position) == ([], position)
    write(sandbox, "later")
    assert read(client, sandbox, last_message_number=position)[0] == ["later"]


@pytest.mark.parametrize("client", CLIENTS)
def test_the_messages_of_a_chat(client: str, sandbox: Sandbox) -> None:
    write(sandbox, "one", sender="79034567890")
    write(sandbox, "other", sender="79034567891")
    assert read(client, sandbox, chat_id="79034567891@c.us")[0] == ["other"]


def test_a_position_in_the_middle_of_a_page(sandbox: Sandbox) -> None:
    write(sandbox, "a", "b", "c", "d")
    with wamux.Client("chat-api", **sandbox.settings("chat-api")) as client:
        messages = client.chat_api.iterate_messages(limit=3)
        assert messages.position is None
        assert [text_of(next(messages)), text_of(next(messages))] == ["a", "b"]
        # The page has more, which a later run must not miss.
        later = client.chat_api.iterate_messages(last_message_number=messages.position)
        assert [text_of(event) for event in later] == ["c", "d"]
        assert [text_of(event) for event in messages] == ["c", "d"]
        assert list(messages) == []


def test_an_iterator_goes_on_after_an_error(sandbox: Sandbox) -> None:
    write(sandbox, "a", "b", "c")
    with wamux.Client("chat-api", **sandbox.settings("chat-api")) as client:
        messages = client.chat_api.iterate_messages(limit=2)
        assert text_of(next(messages)) == "a"
        control(sandbox, "faults", {"fault": "html_504", "gateway": "chat-api", "path": "/instance1/messages"})
        assert text_of(next(messages)) == "b"
        with pytest.raises(wamux.UnavailableError):
            next(messages)
        assert [text_of(event) for event in messages] == ["c"]


@pytest.mark.parametrize("cls", [wamux.Client, wamux.AsyncClient])
def test_wrong_arguments(cls: type[wamux.Client | wamux.AsyncClient], sandbox: Sandbox) -> None:
    client = cls("chat-api", **sandbox.settings("chat-api"))
    with pytest.raises(wamux.ValidationError) as caught:
        client.chat_api.iterate_messages(limit="two", chat_id=17)  # type: ignore[arg-type]  # wrong on purpose
    assert sorted(violation.path for violation in caught.value.violations) == ["chat_id", "limit"]


def test_the_messages_of_another_gateway(sandbox: Sandbox) -> None:
    client = wamux.Client("tujenge", **sandbox.settings("tujenge"))
    messages = client.chat_api.iterate_messages()
    assert isinstance(messages, wamux.call.Messages)
    with pytest.raises(wamux.UnsupportedError, match="tujenge"):
        next(messages)


def test_a_page_that_comes_in_the_moment_of_a_cancellation_is_not_lost(sandbox: Sandbox) -> None:
    async def texts() -> list[str]:
        async with wamux.AsyncClient("chat-api", **sandbox.settings("chat-api")) as client:
            messages = client.chat_api.iterate_messages()
            with cancelled_when_answered(), pytest.raises(asyncio.CancelledError):
                await anext(messages)
            return [text_of(event) async for event in messages]

    write(sandbox, "one", "two")
    assert asyncio.run(texts()) == ["one", "two"]
