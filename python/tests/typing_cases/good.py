"""A program as users write it: both type checkers must take all of it."""

from collections.abc import Sequence
from datetime import datetime, timezone

from typing_extensions import assert_type

import wamux
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
