"""The examples in the documentation of the generated classes and methods; each runs as a doctest."""

EXAMPLES = {
    "TextMessage": """
>>> from wamux.message import TextMessage
>>> message = TextMessage(to="+7 903 456-78-90", text="Code: 1234")
>>> message.text.body
'Code: 1234'
>>> message
TextMessage(to='+7 90•••••••••90', type='text', text=Text(body=string(10)))
""",
    "ImageMessage": """
>>> from wamux.message import ImageMessage, Media
>>> message = ImageMessage(to="+7 903 456-78-90", image=Media(link="https://example.com/cover.jpg", caption="New"))
>>> message.to_dict()["image"]["caption"]
'New'
""",
    "Media": """
>>> from wamux.message import Media
>>> Media(data=b"GIF89a", filename="dot.gif").to_dict()
{'data': 'R0lGODlh', 'filename': 'dot.gif'}
""",
    "TemplateMessage": """
>>> from wamux.message import Component, Language, Template, TemplateMessage, TextParameter
>>> message = TemplateMessage(
...     to="+7 903 456-78-90",
...     template=Template(
...         name="order_shipped",
...         language=Language(code="en"),
...         components=[Component(type="body", parameters=[TextParameter(text="17")])],
...     ),
... )
>>> match message:
...     case TemplateMessage(template=Template(name=name)):
...         name
'order_shipped'
""",
    "InteractiveMessage": """
>>> from wamux.message import Action, Interactive, InteractiveMessage, InteractiveText, Reply, ReplyButton
>>> yes, no = (ReplyButton(reply=Reply(id=title.lower(), title=title)) for title in ("Yes", "No"))
>>> message = InteractiveMessage(
...     to="+7 903 456-78-90",
...     interactive=Interactive(
...         type="button", body=InteractiveText(text="Will you come?"), action=Action(buttons=[yes, no])
...     ),
... )
>>> message.interactive.action.buttons[0].type
'reply'
""",
    "Schedule": """
>>> from datetime import datetime, timezone
>>> from wamux.message import Schedule
>>> schedule = Schedule(until="20:00", deadline=datetime(2026, 12, 31, tzinfo=timezone.utc))
>>> schedule.to_dict()["deadline"]
'2026-12-31T00:00:00+00:00'
""",
    "Receipt": """
>>> import wamux
>>> [receipt] = wamux.parse_response("devino-v2", '{"result":[{"code":"OK","messageId":"34825"}]}')
>>> receipt.status, receipt.message_id
('accepted', '34825')
""",
    "StatusEvent": """
>>> import wamux
>>> body = '[{"mtNum": "107931706", "status": 5, "errorCode": 2}]'
>>> match wamux.parse_webhook("rapporto", body):
...     case [wamux.StatusEvent(status="failed", error=wamux.StatusError(code=code))]:
...         code
'2'
""",
    "MessageEvent": """
>>> import wamux
>>> from wamux.event import TextChatContent
>>> body = '[{"transactionId": "51", "sourceAddr": "79034567890", "message": "Yes, please"}]'
>>> match wamux.parse_webhook("rapporto", body):
...     case [wamux.MessageEvent(from_=sender, content=TextChatContent(text=text))]:
...         sender, text.body
('+79034567890', 'Yes, please')
""",
    "PhoneNumber": """
>>> import wamux
>>> number = wamux.normalize_phone("8 (903) 456-78-90", "RU")
>>> number.e164, number.valid
('+79034567890', True)
""",
    "TujengeCalls.check_contacts": """
>>> from wamux import Client
>>> from wamux.testing import Sandbox
>>> with Sandbox() as sandbox, Client("tujenge", **sandbox.settings("tujenge")) as client:
...     checked = client.tujenge.check_contacts(contacts=["+255 712 345 678"], blocking="wait")
>>> [(contact.status, contact.wa_id) for contact in checked.contacts]
[('valid', '255712345678')]
""",
    "TujengeCalls.upload_media": """
>>> from wamux import Client
>>> from wamux.message import Media
>>> from wamux.testing import Sandbox
>>> with Sandbox() as sandbox, Client("tujenge", **sandbox.settings("tujenge")) as client:
...     media = client.tujenge.upload_media(b"%PDF-1.7", mime_type="application/pdf")
...     receipt = client.send(to="+255 712 345 678", document=Media(id=media.id))
>>> receipt.status
'accepted'
""",
    "TujengeCalls.download_media": """
>>> import tempfile
>>> from wamux import Client
>>> from wamux.testing import Sandbox
>>> with Sandbox() as sandbox, Client("tujenge", **sandbox.settings("tujenge")) as client:
...     media = client.tujenge.upload_media(b"%PDF-1.7", mime_type="application/pdf")
...     with tempfile.TemporaryDirectory() as folder:
...         client.tujenge.download_media(media_id=media.id).save(f"{folder}/price list.pdf")
8
""",
    "AsyncTujengeCalls.upload_media": """
>>> import asyncio
>>> from wamux import AsyncClient
>>> from wamux.testing import Sandbox
>>> async def pages():
...     yield b"%PDF"
...     yield b"-1.7"
>>> async def main():
...     async with Sandbox() as sandbox, AsyncClient("tujenge", **sandbox.settings("tujenge")) as client:
...         media = await client.tujenge.upload_media(pages(), mime_type="application/pdf")
...         async with await client.tujenge.download_media(media_id=media.id) as download:
...             return await download.read()
>>> asyncio.run(main())
b'%PDF-1.7'
""",
    "ChatApiCalls.get_status": """
>>> from wamux import Client
>>> from wamux.testing import Sandbox
>>> with Sandbox() as sandbox, Client("chat-api", **sandbox.settings("chat-api")) as client:
...     status = client.chat_api.get_status(full=True)
>>> status.account_status
'authenticated'
""",
    "ChatApiCalls.iterate_messages": """
>>> from wamux import Client
>>> from wamux.testing import Sandbox
>>> with Sandbox() as sandbox, Client("chat-api", **sandbox.settings("chat-api")) as client:
...     for number in range(3):
...         receipt = client.send(to="+7 903 456-78-90", text=f"Message {number}")
...     messages = client.chat_api.iterate_messages(limit=2)
...     texts = [event.content.text.body for event in messages if event.type == "message"]
>>> texts, messages.position
(['Message 0', 'Message 1', 'Message 2'], 3)
""",
    "UploadedMedia": """
>>> import wamux
>>> wamux.parse_call_response("tujenge", "upload_media", '{"media": [{"id": "f043afd0"}]}')
UploadedMedia(id='f043afd0')
""",
}
