"""What must not pass: each line that ends in `error` must be reported by both type checkers, and no other line."""

import io

from typing_extensions import assert_type

import wamux
from wamux import message as m
from wamux.testing import Sandbox

client = wamux.Client("devino-v2", api_key="x")
awaitable = wamux.AsyncClient("devino-v2", api_key="x")
NUMBER = "+79034567890"

# A part that does not fit its type, or is not there.
m.TextMessage(to=NUMBER, image=m.Media(id="1"))  # error
m.ImageMessage(to=NUMBER, image=m.Text(body="x"))  # error
m.ImageMessage(to=NUMBER, image="a plain string")  # error
m.TextMessage(to=NUMBER)  # error
m.TextMessage(text="x")  # error
m.TextMessage(NUMBER, "x")  # error
m.TextMessage(to=NUMBER, text="x", type="text")  # error

# A member of a wrong type.
m.TextMessage(to=79034567890, text="x")  # error
m.TextMessage(to=NUMBER, text="x", ttl="600")  # error
m.TextMessage(to=NUMBER, text="x", recipient_type="person")  # error
m.TextMessage(to=NUMBER, text="x", colour="red")  # error
m.Text(body=b"x")  # error
m.Text(body=None)  # error
m.Component(type="side")  # error
m.Component(type="body", parameters=[m.Text(body="x")])  # error
m.Language(policy="guess")  # error
m.TextParameter(text=1)  # error
m.ReplyButton(reply=m.TextParameter(text="x"))  # error
m.Options(pigeon=m.RapportoOptions())  # error
m.Options(rapporto=m.TujengeOptions())  # error

# What cannot be changed.
message = m.TextMessage(to=NUMBER, text="x")
message.to = "+1"  # error
message.text.body = "y"  # error
message.nothing  # error
message < message  # error

# Calls.
client.send()  # error
client.send(17)  # error
client.send(message, to=NUMBER)  # error
client.send(to=NUMBER)  # error
client.send(to=NUMBER, text=17)  # error
client.send(to=NUMBER, text="x", image=m.Media(id="1"))  # error
client.send(m.Text(body="x"))  # error
awaitable.send(message).message_id  # error
wamux.Client("devino-v2", api_key=17)  # error
wamux.Client("devino-v2", colour="red")  # error
wamux.Client("devino-v2", timeout="soon")  # error
wamux.Client()  # error
wamux.build_request("devino-v2", message, colour="red")  # error
wamux.build_request("devino-v2")  # error
wamux.normalize_phone(79034567890)  # error
wamux.parse_webhook("devino-v2", 17)  # error
wamux.parse_response("devino-v2", "{}", status="200")  # error
Sandbox().inject("smoke")  # error
Sandbox().inject("delay", seconds="1")  # error

# Many messages, several gateways, retries.
client.send_many(17)  # error
client.send_many(message)  # error
client.send_many([17])  # error
client.send_many(awaitable.send_many([message]))  # error
for position, result in client.send_many([message]):
    position.upper()  # error
    result.message_id  # error
for _ in awaitable.send_many([message]):  # error
    pass
wamux.Failover(client, awaitable)  # error
wamux.AsyncFailover(client)  # error
wamux.Failover(client).send(17)  # error
wamux.Failover(client).tujenge  # error
wamux.AsyncFailover(awaitable).send(message).message_id  # error
wamux.Client("devino-v2", on_retry=17)  # error
wamux.Client("devino-v2", on_retry=lambda error: None)  # error
wamux.build_request("devino-v2", message, on_retry=print)  # error

# Webhooks.
anybody = wamux.Authentication.none()


def handle(notification: wamux.Notification) -> None: ...


async def handle_awaited(notification: wamux.Notification) -> None: ...


inbox = wamux.Inbox("rapporto", handle, authentication=anybody)
wamux.Inbox("rapporto", handle)  # error
wamux.Inbox("rapporto", handle_awaited, authentication=anybody)  # error
wamux.AsyncInbox("rapporto", handle, authentication=anybody)  # error
wamux.Inbox("rapporto", handle, authentication="secret")  # error
wamux.Inbox("rapporto", handle, authentication=anybody, attempts="20")  # error
wamux.Inbox("rapporto", lambda: None, authentication=anybody)  # error
wamux.Authentication.header("X-Secret")  # error
inbox.receive("POST", "/", {}, "[]")  # error
inbox.receive("POST", "/", 17, b"[]")  # error
inbox.receive("POST", "/", {}, b"[]").body  # error
inbox.check_head("POST", "/", {}).status  # error
inbox.revive(17)  # error
inbox.dead()[0].error.number  # error

# Calls beyond sending.
client.tujenge.mark_as_read()  # error
client.tujenge.mark_as_read("1")  # error
client.tujenge.mark_as_read(message_id=1)  # error
client.tujenge.mark_as_read(message_id="1", colour="red")  # error
client.tujenge.check_contacts(contacts=["1"], blocking="soon")  # error
client.tujenge.upload_media(b"x")  # error
client.tujenge.upload_media(17, mime_type="image/png")  # error
client.tujenge.upload_media(io.StringIO("x"), mime_type="image/png")  # error
client.tujenge.get_about().link  # error
client.tujenge.download_media(media_id="1").read(1)  # error
client.rapporto  # error
awaitable.tujenge.get_about().text  # error
client.call("GET", "/", 17)  # error
wamux.build_call("tujenge", "get_about", 17)  # error

# What comes back.
receipt = client.send(message)
receipt.message_id.upper()  # error
receipt.delivered  # error
receipt.status = "x"  # error
assert_type(receipt.to, str)  # error
for event in wamux.parse_webhook("devino-v2", b"[]"):
    event.message_id  # error
for result in wamux.parse_response("devino-v2", b"{}"):
    result.message_id  # error
