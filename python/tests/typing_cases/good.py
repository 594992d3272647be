"""A program as users write it: both type checkers must take all of it."""

import io
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timezone
from email.message import EmailMessage
from pathlib import Path

from typing_extensions import assert_type

import wamux
from wamux import call
from wamux import message as m
from wamux.event import TextChatContent
from wamux.testing import Sandbox


def make(number: str) -> m.TextMessage:
    return m.TextMessage(
        to=number,
        text=m.Text(body="Hi", preview_url=False),
        from_="MyCompany",
        client_id="order-17",
        ttl=600,
        context=m.Context(message_id="1"),
        callback=m.Callback(url="https://example.com", data="17"),
        schedule=m.Schedule(weekdays=[1, 2], deadline=datetime.now(timezone.utc)),
        options=m.Options(rapporto=m.RapportoOptions(registered_delivery=1)),
    )


def make_others(number: str) -> "list[m.Message]":
    return [
        m.TextMessage(to=number, text="a plain string"),
        m.ImageMessage(to=number, image=m.Media(data=b"bytes", caption="x")),
        m.TemplateMessage(
            to=number,
            template=m.Template(
                name="order",
                language=m.Language(code="en", policy="fallback"),
                components=(
                    m.Component(type="body", parameters=[m.TextParameter(text="1"), m.PayloadParameter(payload="2")]),
                    m.Component(type="button", sub_type="url", index=0),
                ),
            ),
        ),
        m.InteractiveMessage(
            to=number,
            interactive=m.Interactive(
                type="button",
                header=m.ImageHeader(image=m.Media(id="1")),
                body=m.InteractiveText(text="x"),
                action=m.Action(buttons=[m.ReplyButton(reply=m.Reply(id="1", title="x"))]),
            ),
        ),
        m.ContactsMessage(to=number, contacts=[m.Contact(name=m.ContactName(formatted_name="Ada"))]),
        m.ReactionMessage(to=number, reaction=m.Reaction(message_id="1", emoji="")),
    ]


def send(client: wamux.Client) -> None:
    receipt = client.send(make("+79034567890"))
    assert_type(receipt, wamux.Receipt)
    assert_type(receipt.message_id, "str | None")
    assert_type(receipt.attempts, tuple[wamux.Attempt, ...])
    client.send({"to": "+79034567890", "type": "text", "text": {"body": "Hi"}})
    client.send('{"to": "+79034567890"}')
    client.send(b"{}")
    client.send(to="+79034567890", text="Hi")
    client.send(to="+79034567890", text=m.Text(body="Hi"), client_id="17")
    client.send(to="+79034567890", image=m.Media(link="https://example.com/a.jpg"))
    client.send(to="+79034567890", template=m.Template(name="x"), from_="MyCompany")


async def send_awaiting() -> None:
    async with wamux.AsyncClient("devino-v2", api_key="x", timeout=2.5, deduplicates=True) as client:
        assert_type(await client.send(to="+79034567890", text="Hi"), wamux.Receipt)


def send_many(client: wamux.Client, messages: "Iterator[m.Message]") -> None:
    for position, result in client.send_many(messages):
        assert_type(position, int)
        if isinstance(result, wamux.WamuxError):
            print(result.delivery)
        else:
            assert_type(result, wamux.Receipt)
    client.send_many([{"to": "+79034567890"}, '{"to": "+79034567890"}', b"{}", make("+79034567890")])
    client.send_many(make(number) for number in ("+79034567890",)).close()


async def send_many_awaiting(client: wamux.AsyncClient, messages: AsyncIterator[m.TextMessage]) -> None:
    async for position, result in client.send_many(messages):
        assert_type(position, int)
        assert_type(result, "wamux.Receipt | wamux.WamuxError")
    await client.send_many([make("+79034567890")]).aclose()


def count_retries(counts: dict[str, int]) -> wamux.Client:
    def on_retry(error: wamux.WamuxError, wait: float) -> None:
        print(error.kind, wait)

    wamux.AsyncClient("devino-v2", on_retry=on_retry)
    wamux.AsyncClient.from_environment("devino-v2", on_retry=on_retry)
    wamux.Client("devino-v2", on_retry=None)
    return wamux.Client("devino-v2", api_key="x", on_retry=lambda error, _: counts.update({error.kind: 1}))


def fail_over(first: wamux.Client, second: wamux.Client) -> None:
    gateways = wamux.Failover(first, second)
    assert_type(gateways.clients, tuple[wamux.Client, ...])
    assert_type(gateways.send(make("+79034567890")), wamux.Receipt)
    gateways.send(to="+79034567890", text="Hi")


async def fail_over_awaiting(first: wamux.AsyncClient, second: wamux.AsyncClient) -> None:
    gateways = wamux.AsyncFailover(first, second)
    assert_type(gateways.clients, tuple[wamux.AsyncClient, ...])
    assert_type(await gateways.send(to="+79034567890", text="Hi"), wamux.Receipt)


def call_beyond_sending(client: wamux.Client) -> None:
    client.tujenge.mark_as_read(message_id="1")
    checked = client.tujenge.check_contacts(contacts=["+79034567890"], blocking="wait")
    assert_type(checked.contacts, tuple[call.CheckedContact, ...])
    assert_type(client.chat_api.get_status(full=True), call.InstanceStatus)
    for source in (b"bytes", bytearray(b"bytes"), memoryview(b"bytes"), "path", Path("path"), io.BytesIO(b"bytes")):
        assert_type(client.tujenge.upload_media(source, mime_type="image/png"), call.UploadedMedia)
    with Path("path").open("rb") as file:
        client.tujenge.set_profile_photo(file, mime_type="image/png")
    with client.tujenge.download_media(media_id="1") as download:
        assert_type(download, wamux.Download)
        for chunk in download:
            assert_type(chunk, bytes)
        assert_type(download.read(limit=1), bytes)
        assert_type(download.save(Path("path")), int)
    for event in client.chat_api.iterate_messages(last_message_number=17):
        assert_type(event, wamux.Event)
    response = client.call("GET", "/status", {"a": [1]})
    assert_type(response.headers["content-type"], str)
    assert_type(response.body, bytes)
    calls: call.TujengeCalls = client.tujenge
    calls.get_about()


async def call_awaiting(client: wamux.AsyncClient, chunks: AsyncIterator[bytes]) -> None:
    assert_type((await client.tujenge.get_about()).text, "str | None")
    await client.tujenge.upload_media(chunks, mime_type="image/png")
    async with await client.tujenge.download_media(media_id="1") as download:
        async for chunk in download:
            assert_type(chunk, bytes)
        assert_type(await download.data_uri(), str)
    assert_type(await client.call("GET", ""), wamux.Response)


def build_a_call() -> None:
    assert_type(wamux.build_call("tujenge", "upload_media", {"mime_type": "image/png"}, length=1), wamux.Request)
    wamux.build_call("tujenge", "get_about", base_url="https://example.com")
    wamux.parse_call_response("tujenge", "get_about", b"{}", status=200)


def handle(body: bytes) -> "Sequence[str | None]":
    told: list[str | None] = []
    for event in wamux.parse_webhook("chat-api", body):
        if event.type == "status":
            assert_type(event, wamux.StatusEvent)
            told.append(event.client_id)
        elif event.type == "message":
            assert_type(event, wamux.MessageEvent)
            if event.content.type == "text":
                told.append(event.content.text.body)
        elif event.type == "chat":
            assert_type(event, wamux.ChatEvent)
        else:
            assert_type(event, wamux.ErrorEvent)
            told.append(event.error.kind)
    return told


def handle_by_class(event: wamux.Event) -> "str | None":
    match event:
        case wamux.StatusEvent(status="failed", error=error) if error is not None:
            return error.code
        case wamux.StatusEvent():
            return event.status
        case wamux.MessageEvent(content=TextChatContent(text=text)):
            return text.body
        case _:
            return None


def use_functions() -> None:
    request = wamux.build_request("devino-v2", make("+79034567890"), from_="x", region="RU")
    assert_type(request, wamux.Request)
    assert_type(request.method, str)
    assert_type(wamux.validate_payload("devino-v2", {"to": "x"}, call=None), list[wamux.Violation])
    for result in wamux.parse_response("devino-v2", b"{}", status=200):
        if isinstance(result, wamux.WamuxError):
            assert_type(result.retry_after, "int | None")
        else:
            assert_type(result.to, "str | None")
    number = wamux.normalize_phone("8 903 456-78-90", region="RU", strict=True)
    assert_type(number.wa_id_candidates, tuple[str, ...])
    try:
        wamux.Client.from_environment("devino-v2").send(to="+1", text="x")
    except wamux.RateLimitedError as error:
        assert_type(error.attempts, tuple[wamux.Attempt, ...])
    except (wamux.TimeoutError, wamux.ConnectError) as error:
        print(error.delivery == "unknown")


def use_the_sandbox() -> None:
    with Sandbox() as sandbox, wamux.Client("devino-v2", **sandbox.settings("devino-v2")) as client:
        sandbox.inject("delay", seconds=0.5, gateway="devino-v2", count=1, accepts=True)
        client.send(to="+79034567890", text="Hi")
        print(sandbox.url, sandbox.base_url("devino-v2"), sandbox.counts.accepted, sandbox.messages[0].id)


async def use_the_sandbox_awaiting() -> None:
    async with Sandbox() as sandbox:
        sandbox.clear()


def handle_event(notification: wamux.Notification) -> None:
    assert_type(notification.event, wamux.Event)
    if isinstance(notification.event, wamux.StatusEvent) and notification.advances:
        print(notification.event.status, notification.attempt, notification.key)


async def handle_awaiting(notification: wamux.Notification) -> int:
    return notification.attempt


def receive(headers: EmailMessage, environment: "dict[str, str]") -> None:
    authentication = wamux.Authentication.header("X-Webhook-Secret", "correct horse")
    options = wamux.Inbox(
        "rapporto", handle_event, authentication=authentication, store="sqlite:a", alias="shop", lease=5
    )
    with options as inbox:
        assert_type(inbox.check_head("POST", "/", headers), "wamux.Answer | None")
        answer = inbox.receive("POST", "/", environment, memoryview(b"[]"))
        assert_type(answer.status, int)
        print(list(answer.headers.items()))
        for dead in inbox.dead(limit=10):
            assert_type(inbox.revive(dead.key), bool)
    assert_type(inbox.waiting(), int)
    seen: list[wamux.Notification] = []
    wamux.Inbox("rapporto", seen.append, authentication=wamux.Authentication.none())


async def receive_awaiting(headers: "list[tuple[bytes, bytes]]") -> None:
    basic = wamux.Authentication.basic("gateway", "correct horse")
    async with wamux.AsyncInbox("rapporto", handle_awaiting, authentication=basic, concurrency=1) as inbox:
        assert_type(await inbox.receive("POST", "/", headers, b"[]"), wamux.Answer)
        assert_type(await inbox.dead(), list[wamux.DeadEvent])
