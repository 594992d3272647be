//! The classes of messages and results. Written by bindings/python/generate.py from core/engine/schemas.

#![allow(
    clippy::too_many_arguments,
    clippy::too_many_lines,
    clippy::similar_names,
    reason = "a class takes each of its members by name, and there are many classes"
)]

use pyo3::prelude::*;

use crate::record::{Field, Nested, Record, Shape, Shown, record};

record! {
    TEXT_MESSAGE, TextMessage, "wamux.message", "A message with text.\n\nIts `type` is always `text`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    text: The text.\n\n>>> from wamux.message import TextMessage\n>>> message = TextMessage(to=\"+7 903 456-78-90\", text=\"Code: 1234\")\n>>> message.text.body\n'Code: 1234'\n>>> message\nTextMessage(to='+7 90•••••••••90', type='text', text=Text(body=string(10)))", Some(("type", "text"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    text => Field { name: "text", json_name: "text", doc: "The text.", nested: Nested::One(&TEXT), shown: Shown::Length, null: false },
}

record! {
    IMAGE_MESSAGE, ImageMessage, "wamux.message", "A message with an image.\n\nIts `type` is always `image`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    image: The image.\n\n>>> from wamux.message import ImageMessage, Media\n>>> message = ImageMessage(to=\"+7 903 456-78-90\", image=Media(link=\"https://example.com/cover.jpg\", caption=\"New\"))\n>>> message.to_dict()[\"image\"][\"caption\"]\n'New'", Some(("type", "image"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    image => Field { name: "image", json_name: "image", doc: "The image.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    AUDIO_MESSAGE, AudioMessage, "wamux.message", "A message with audio.\n\nIts `type` is always `audio`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    audio: The audio.", Some(("type", "audio"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    audio => Field { name: "audio", json_name: "audio", doc: "The audio.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    VOICE_MESSAGE, VoiceMessage, "wamux.message", "A message with voice.\n\nIts `type` is always `voice`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    voice: The voice.", Some(("type", "voice"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    voice => Field { name: "voice", json_name: "voice", doc: "The voice.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    VIDEO_MESSAGE, VideoMessage, "wamux.message", "A message with video.\n\nIts `type` is always `video`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    video: The video.", Some(("type", "video"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    video => Field { name: "video", json_name: "video", doc: "The video.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    DOCUMENT_MESSAGE, DocumentMessage, "wamux.message", "A message with a document.\n\nIts `type` is always `document`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    document: The document.", Some(("type", "document"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    document => Field { name: "document", json_name: "document", doc: "The document.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    STICKER_MESSAGE, StickerMessage, "wamux.message", "A message with a sticker.\n\nIts `type` is always `sticker`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    sticker: The sticker.", Some(("type", "sticker"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    sticker => Field { name: "sticker", json_name: "sticker", doc: "The sticker.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    LOCATION_MESSAGE, LocationMessage, "wamux.message", "A message with a location.\n\nIts `type` is always `location`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    location: The location.", Some(("type", "location"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    location => Field { name: "location", json_name: "location", doc: "The location.", nested: Nested::One(&LOCATION), shown: Shown::Length, null: false },
}

record! {
    CONTACTS_MESSAGE, ContactsMessage, "wamux.message", "A message with contacts.\n\nIts `type` is always `contacts`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    contacts: The contacts.", Some(("type", "contacts"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    contacts => Field { name: "contacts", json_name: "contacts", doc: "The contacts.", nested: Nested::One(&CONTACT), shown: Shown::Length, null: false },
}

record! {
    TEMPLATE_MESSAGE, TemplateMessage, "wamux.message", "A message with a template.\n\nIts `type` is always `template`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    template: The template.\n\n>>> from wamux.message import Component, Language, Template, TemplateMessage, TextParameter\n>>> message = TemplateMessage(\n...     to=\"+7 903 456-78-90\",\n...     template=Template(\n...         name=\"order_shipped\",\n...         language=Language(code=\"en\"),\n...         components=[Component(type=\"body\", parameters=[TextParameter(text=\"17\")])],\n...     ),\n... )\n>>> match message:\n...     case TemplateMessage(template=Template(name=name)):\n...         name\n'order_shipped'", Some(("type", "template"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    template => Field { name: "template", json_name: "template", doc: "The template.", nested: Nested::One(&TEMPLATE), shown: Shown::Length, null: false },
}

record! {
    INTERACTIVE_MESSAGE, InteractiveMessage, "wamux.message", "A message with an interactive.\n\nIts `type` is always `interactive`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    interactive: The interactive.\n\n>>> from wamux.message import Action, Interactive, InteractiveMessage, InteractiveText, Reply, ReplyButton\n>>> yes, no = (ReplyButton(reply=Reply(id=title.lower(), title=title)) for title in (\"Yes\", \"No\"))\n>>> message = InteractiveMessage(\n...     to=\"+7 903 456-78-90\",\n...     interactive=Interactive(\n...         type=\"button\", body=InteractiveText(text=\"Will you come?\"), action=Action(buttons=[yes, no])\n...     ),\n... )\n>>> message.interactive.action.buttons[0].type\n'reply'", Some(("type", "interactive"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    interactive => Field { name: "interactive", json_name: "interactive", doc: "The interactive.", nested: Nested::One(&INTERACTIVE), shown: Shown::Length, null: false },
}

record! {
    REACTION_MESSAGE, ReactionMessage, "wamux.message", "A message with a reaction.\n\nIts `type` is always `reaction`.\n\nAttributes:\n    to: The recipient: a phone number in any form, or a gateway's id of a group or chat.\n    recipient_type: What `to` is.\n    from_: The sender, where the gateway has several.\n    context: The message that this one answers.\n    client_id: The caller's own id, which returns in the receipt.\n    callback: Where the gateway reports the message's status.\n    ttl: For how long the gateway tries to deliver the message, in seconds.\n    schedule: When the gateway may deliver the message.\n    options: What only one gateway has, by gateway.\n    reaction: The reaction.", Some(("type", "reaction"));
    to => Field { name: "to", json_name: "to", doc: "The recipient: a phone number in any form, or a gateway's id of a group or chat.", nested: Nested::None, shown: Shown::Number, null: false },
    recipient_type = None => Field { name: "recipient_type", json_name: "recipient_type", doc: "What `to` is.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender, where the gateway has several.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that this one answers.", nested: Nested::One(&CONTEXT), shown: Shown::Length, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id, which returns in the receipt.", nested: Nested::None, shown: Shown::Length, null: false },
    callback = None => Field { name: "callback", json_name: "callback", doc: "Where the gateway reports the message's status.", nested: Nested::One(&CALLBACK), shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "For how long the gateway tries to deliver the message, in seconds.", nested: Nested::None, shown: Shown::Length, null: false },
    schedule = None => Field { name: "schedule", json_name: "schedule", doc: "When the gateway may deliver the message.", nested: Nested::One(&SCHEDULE), shown: Shown::Length, null: false },
    options = None => Field { name: "options", json_name: "options", doc: "What only one gateway has, by gateway.", nested: Nested::One(&OPTIONS), shown: Shown::Length, null: false },
    reaction => Field { name: "reaction", json_name: "reaction", doc: "The reaction.", nested: Nested::One(&REACTION), shown: Shown::Length, null: false },
}

record! {
    CONTEXT, Context, "wamux.message", "The message that this one answers.\n\nAttributes:\n    message_id: The gateway's id of that message.", None;
    message_id => Field { name: "message_id", json_name: "message_id", doc: "The gateway's id of that message.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CALLBACK, Callback, "wamux.message", "Where and with what the gateway reports a message's status.\n\nAttributes:\n    url: The http or https URL that the gateway posts statuses to.\n    data: A string of the caller's that comes back with each status.", None;
    url = None => Field { name: "url", json_name: "url", doc: "The http or https URL that the gateway posts statuses to.", nested: Nested::None, shown: Shown::Length, null: false },
    data = None => Field { name: "data", json_name: "data", doc: "A string of the caller's that comes back with each status.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    SCHEDULE, Schedule, "wamux.message", "When a gateway may deliver a message.\n\nAttributes:\n    from_: The earliest time of day, `HH:MM`.\n    until: The latest time of day, `HH:MM`.\n    weekdays: The days of the week, 1 for Monday to 7 for Sunday; empty: every day.\n    deadline: The moment after which the message is not sent any more, in RFC 3339.\n    recipient_time_zone: Whether the times are the recipient's own; absent or false: the gateway's.\n\n>>> from datetime import datetime, timezone\n>>> from wamux.message import Schedule\n>>> schedule = Schedule(until=\"20:00\", deadline=datetime(2026, 12, 31, tzinfo=timezone.utc))\n>>> schedule.to_dict()[\"deadline\"]\n'2026-12-31T00:00:00+00:00'", None;
    from_ = None => Field { name: "from_", json_name: "from", doc: "The earliest time of day, `HH:MM`.", nested: Nested::None, shown: Shown::Length, null: false },
    until = None => Field { name: "until", json_name: "until", doc: "The latest time of day, `HH:MM`.", nested: Nested::None, shown: Shown::Length, null: false },
    weekdays = None => Field { name: "weekdays", json_name: "weekdays", doc: "The days of the week, 1 for Monday to 7 for Sunday; empty: every day.", nested: Nested::None, shown: Shown::Length, null: false },
    deadline = None => Field { name: "deadline", json_name: "deadline", doc: "The moment after which the message is not sent any more, in RFC 3339.", nested: Nested::None, shown: Shown::Length, null: false },
    recipient_time_zone = None => Field { name: "recipient_time_zone", json_name: "recipient_time_zone", doc: "Whether the times are the recipient's own; absent or false: the gateway's.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    OPTIONS, Options, "wamux.message", "What only one gateway has, by gateway: `{\"rapporto\": {\"registered_delivery\": 1}}`.\n\nOptions of other gateways than the one that sends are left alone.\n\nAttributes:\n    devino_v1: The devino-v1.\n    devino_v2: The devino-v2.\n    rapporto: The rapporto.\n    tujenge: The tujenge.\n    chat_api: The chat-api.", None;
    devino_v1 = None => Field { name: "devino_v1", json_name: "devino-v1", doc: "The devino-v1.", nested: Nested::One(&DEVINO_V1_OPTIONS), shown: Shown::Length, null: false },
    devino_v2 = None => Field { name: "devino_v2", json_name: "devino-v2", doc: "The devino-v2.", nested: Nested::One(&DEVINO_V2_OPTIONS), shown: Shown::Length, null: false },
    rapporto = None => Field { name: "rapporto", json_name: "rapporto", doc: "The rapporto.", nested: Nested::One(&RAPPORTO_OPTIONS), shown: Shown::Length, null: false },
    tujenge = None => Field { name: "tujenge", json_name: "tujenge", doc: "The tujenge.", nested: Nested::One(&TUJENGE_OPTIONS), shown: Shown::Length, null: false },
    chat_api = None => Field { name: "chat_api", json_name: "chat-api", doc: "The chat-api.", nested: Nested::One(&CHAT_API_OPTIONS), shown: Shown::Length, null: false },
}

record! {
    DEVINO_V1_OPTIONS, DevinoV1Options, "wamux.message", "What only Devino v1 has.\n\nAttributes:\n    validity: How long a template message lives. The documentation names no unit (\"a day\" is its one example); the number is passed on as it is. Only with a template.", None;
    validity = None => Field { name: "validity", json_name: "validity", doc: "How long a template message lives. The documentation names no unit (\"a day\" is its one example); the number is passed on as it is. Only with a template.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    DEVINO_V2_OPTIONS, DevinoV2Options, "wamux.message", "What only Devino v2 has.\n\nAttributes:\n    batch_text_as_string: Whether a text in a batch is written as a plain string without a type, as the documentation's sample of a batch has it; absent or false: as an object with its type, as its other samples have it. A message that goes alone has the object in either case, since no sample of a single send has a string.", None;
    batch_text_as_string = None => Field { name: "batch_text_as_string", json_name: "batch_text_as_string", doc: "Whether a text in a batch is written as a plain string without a type, as the documentation's sample of a batch has it; absent or false: as an object with its type, as its other samples have it. A message that goes alone has the object in either case, since no sample of a single send has a string.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    RAPPORTO_OPTIONS, RapportoOptions, "wamux.message", "What only Rapporto has.\n\nAttributes:\n    registered_delivery: Which delivery reports are wanted: 0 none, 1 all (the gateway's default), 2 only \"undelivered\".\n    ttl_unit: The unit in which the message's `ttl` is passed on. Without it, `ttl` is one to seven whole days; with it, any whole number of the unit.\n    shorten_links: Whether long links are shortened, where the account has that service. In a cascade, each link has a switch of its own.\n    extra_param: Further parameters that were agreed on with Rapporto. A name has neither `,` nor `=`.\n    cascade: What is sent, link after link, where the message and then each link before is not delivered or read in time; at most 16 links. The account needs that service, and `registered_delivery` other than 1 leaves out the reports on the links.", None;
    registered_delivery = None => Field { name: "registered_delivery", json_name: "registered_delivery", doc: "Which delivery reports are wanted: 0 none, 1 all (the gateway's default), 2 only \"undelivered\".", nested: Nested::None, shown: Shown::Length, null: false },
    ttl_unit = None => Field { name: "ttl_unit", json_name: "ttl_unit", doc: "The unit in which the message's `ttl` is passed on. Without it, `ttl` is one to seven whole days; with it, any whole number of the unit.", nested: Nested::None, shown: Shown::Plain, null: false },
    shorten_links = None => Field { name: "shorten_links", json_name: "shorten_links", doc: "Whether long links are shortened, where the account has that service. In a cascade, each link has a switch of its own.", nested: Nested::None, shown: Shown::Plain, null: false },
    extra_param = None => Field { name: "extra_param", json_name: "extra_param", doc: "Further parameters that were agreed on with Rapporto. A name has neither `,` nor `=`.", nested: Nested::None, shown: Shown::Length, null: false },
    cascade = None => Field { name: "cascade", json_name: "cascade", doc: "What is sent, link after link, where the message and then each link before is not delivered or read in time; at most 16 links. The account needs that service, and `registered_delivery` other than 1 leaves out the reports on the links.", nested: Nested::One(&CASCADE_LINK), shown: Shown::Length, null: false },
}

record! {
    CASCADE_LINK, CascadeLink, "wamux.message", "One link of a cascade: the message that goes out where the one before it did not reach a state within its own time to live.\n\nWhich parts a link has is a matter of its channel; a part that the channel lacks is an `unknown.field`.\n\nAttributes:\n    state: The state that the message before this link has to reach within its time to live, so that the link is not sent. A flashing call knows `DELIVERED` alone.\n    channel: The channel that the link goes over.\n    text: The text: up to 1,000 characters over WHATSAPP, VIBER, PUSH and TELEGRAM, 2,000 over SMS, VK and FLASHINGCALL. That of a flashing call has a code of four or six digits.\n    image: The http or https URL of a picture: over WHATSAPP in place of the text, over VIBER so too or above a button, over PUSH beside the text.\n    title: The title of a PUSH, up to 80 characters.\n    button: The button under a VIBER text.\n    link: The URL that goes with a TELEGRAM text, up to 256 characters.\n    from_: The sender on the channel; VK needs one, and a flashing call has none. A client's default sender does not stand in, since each channel has its own.\n    ttl: How long the gateway waits for the link's own state, in seconds: a whole number of `ttl_unit`, or of minutes without one. Over WHATSAPP without a unit it is one to seven days; SMS takes 1 to 2,880 minutes, a flashing call 1 to 5, VK 60 to 86,400 seconds, the others 30 to 86,400. 0 is the account's own default.\n    ttl_unit: The unit in which `ttl` is passed on; a flashing call has none.\n    shorten_links: Whether long links in this link's text are shortened, where the account has that service.", None;
    state => Field { name: "state", json_name: "state", doc: "The state that the message before this link has to reach within its time to live, so that the link is not sent. A flashing call knows `DELIVERED` alone.", nested: Nested::None, shown: Shown::Plain, null: false },
    channel => Field { name: "channel", json_name: "channel", doc: "The channel that the link goes over.", nested: Nested::None, shown: Shown::Plain, null: false },
    text = None => Field { name: "text", json_name: "text", doc: "The text: up to 1,000 characters over WHATSAPP, VIBER, PUSH and TELEGRAM, 2,000 over SMS, VK and FLASHINGCALL. That of a flashing call has a code of four or six digits.", nested: Nested::None, shown: Shown::Length, null: false },
    image = None => Field { name: "image", json_name: "image", doc: "The http or https URL of a picture: over WHATSAPP in place of the text, over VIBER so too or above a button, over PUSH beside the text.", nested: Nested::None, shown: Shown::Length, null: false },
    title = None => Field { name: "title", json_name: "title", doc: "The title of a PUSH, up to 80 characters.", nested: Nested::None, shown: Shown::Length, null: false },
    button = None => Field { name: "button", json_name: "button", doc: "The button under a VIBER text.", nested: Nested::One(&CASCADE_BUTTON), shown: Shown::Length, null: false },
    link = None => Field { name: "link", json_name: "link", doc: "The URL that goes with a TELEGRAM text, up to 256 characters.", nested: Nested::None, shown: Shown::Length, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender on the channel; VK needs one, and a flashing call has none. A client's default sender does not stand in, since each channel has its own.", nested: Nested::None, shown: Shown::Length, null: false },
    ttl = None => Field { name: "ttl", json_name: "ttl", doc: "How long the gateway waits for the link's own state, in seconds: a whole number of `ttl_unit`, or of minutes without one. Over WHATSAPP without a unit it is one to seven days; SMS takes 1 to 2,880 minutes, a flashing call 1 to 5, VK 60 to 86,400 seconds, the others 30 to 86,400. 0 is the account's own default.", nested: Nested::None, shown: Shown::Length, null: false },
    ttl_unit = None => Field { name: "ttl_unit", json_name: "ttl_unit", doc: "The unit in which `ttl` is passed on; a flashing call has none.", nested: Nested::None, shown: Shown::Plain, null: false },
    shorten_links = None => Field { name: "shorten_links", json_name: "shorten_links", doc: "Whether long links in this link's text are shortened, where the account has that service.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    CASCADE_BUTTON, CascadeButton, "wamux.message", "The button under a Viber text.\n\nAttributes:\n    caption: What the button says, up to 30 characters.\n    action: Where it leads: a URL of the scheme http, https, viber, mailto or tel, up to 2,048 characters.", None;
    caption => Field { name: "caption", json_name: "caption", doc: "What the button says, up to 30 characters.", nested: Nested::None, shown: Shown::Length, null: false },
    action => Field { name: "action", json_name: "action", doc: "Where it leads: a URL of the scheme http, https, viber, mailto or tel, up to 2,048 characters.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    TUJENGE_OPTIONS, TujengeOptions, "wamux.message", "What only Tujenge has.\n\nAttributes:\n    namespace: The namespace of the message's template, in place of the setting `template_namespace`.\n    hsm: Whether the template is sent in the form that came before components, `hsm`: its name and one list of parameters, those of the body. Header, footer and buttons cannot be said there; the language policy `fallback` can.\n    render_mentions: Whether WhatsApp shows the names of those whom a group's message mentions.\n    provider: The name of the media provider of the host's settings that fetches the message's links.", None;
    namespace = None => Field { name: "namespace", json_name: "namespace", doc: "The namespace of the message's template, in place of the setting `template_namespace`.", nested: Nested::None, shown: Shown::Length, null: false },
    hsm = None => Field { name: "hsm", json_name: "hsm", doc: "Whether the template is sent in the form that came before components, `hsm`: its name and one list of parameters, those of the body. Header, footer and buttons cannot be said there; the language policy `fallback` can.", nested: Nested::None, shown: Shown::Plain, null: false },
    render_mentions = None => Field { name: "render_mentions", json_name: "render_mentions", doc: "Whether WhatsApp shows the names of those whom a group's message mentions.", nested: Nested::None, shown: Shown::Plain, null: false },
    provider = None => Field { name: "provider", json_name: "provider", doc: "The name of the media provider of the host's settings that fetches the message's links.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CHAT_API_OPTIONS, ChatApiOptions, "wamux.message", "What only chat-api has.\n\nAttributes:\n    mentioned_phones: Whom a text mentions: phone numbers in any form. The text has each as `@` and its digits.\n    form_data: Whether a file's bytes go as a form (`multipart/form-data`) and not in base64, which is a third longer. Links and texts go as JSON in any case.", None;
    mentioned_phones = None => Field { name: "mentioned_phones", json_name: "mentioned_phones", doc: "Whom a text mentions: phone numbers in any form. The text has each as `@` and its digits.", nested: Nested::None, shown: Shown::Length, null: false },
    form_data = None => Field { name: "form_data", json_name: "form_data", doc: "Whether a file's bytes go as a form (`multipart/form-data`) and not in base64, which is a third longer. Links and texts go as JSON in any case.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    TEXT, Text, "wamux.message", "Plain text.\n\nAttributes:\n    body: The text. Gateways take 1,000 or 4,096 characters.\n    preview_url: Whether WhatsApp shows a preview of the first link; absent: the gateway's default, no.", None;
    body => Field { name: "body", json_name: "body", doc: "The text. Gateways take 1,000 or 4,096 characters.", nested: Nested::None, shown: Shown::Length, null: false },
    preview_url = None => Field { name: "preview_url", json_name: "preview_url", doc: "Whether WhatsApp shows a preview of the first link; absent: the gateway's default, no.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    MEDIA, Media, "wamux.message", "A media part: exactly one source, and what describes it.\n\nAttributes:\n    link: An http or https URL that the gateway fetches.\n    id: The id of media that was uploaded to the gateway before.\n    data: The bytes, in base64.\n    mime_type: The MIME type, such as `image/jpeg`.\n    filename: The name that the recipient sees.\n    caption: The text under the picture, film or file.\n\n>>> from wamux.message import Media\n>>> Media(data=b\"GIF89a\", filename=\"dot.gif\").to_dict()\n{'data': 'R0lGODlh', 'filename': 'dot.gif'}", None;
    link = None => Field { name: "link", json_name: "link", doc: "An http or https URL that the gateway fetches.", nested: Nested::None, shown: Shown::Length, null: false },
    id = None => Field { name: "id", json_name: "id", doc: "The id of media that was uploaded to the gateway before.", nested: Nested::None, shown: Shown::Length, null: false },
    data = None => Field { name: "data", json_name: "data", doc: "The bytes, in base64.", nested: Nested::None, shown: Shown::Length, null: false },
    mime_type = None => Field { name: "mime_type", json_name: "mime_type", doc: "The MIME type, such as `image/jpeg`.", nested: Nested::None, shown: Shown::Length, null: false },
    filename = None => Field { name: "filename", json_name: "filename", doc: "The name that the recipient sees.", nested: Nested::None, shown: Shown::Length, null: false },
    caption = None => Field { name: "caption", json_name: "caption", doc: "The text under the picture, film or file.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    LOCATION, Location, "wamux.message", "A place on the map.\n\nAttributes:\n    latitude: Degrees north, −90 to 90.\n    longitude: Degrees east, −180 to 180.\n    name: The place's name.\n    address: The place's address, shown under its name.", None;
    latitude => Field { name: "latitude", json_name: "latitude", doc: "Degrees north, −90 to 90.", nested: Nested::None, shown: Shown::Length, null: false },
    longitude => Field { name: "longitude", json_name: "longitude", doc: "Degrees east, −180 to 180.", nested: Nested::None, shown: Shown::Length, null: false },
    name = None => Field { name: "name", json_name: "name", doc: "The place's name.", nested: Nested::None, shown: Shown::Length, null: false },
    address = None => Field { name: "address", json_name: "address", doc: "The place's address, shown under its name.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CONTACT, Contact, "wamux.message", "A contact card.\n\nAttributes:\n    name: The name: `formatted_name` and at least one of its parts.\n    addresses: Postal addresses.\n    birthday: The birthday, `YYYY-MM-DD`.\n    emails: Email addresses.\n    ims: Accounts at instant messengers; Tujenge only.\n    org: The organisation that the contact works for.\n    phones: Phone numbers.\n    urls: Web addresses.", None;
    name => Field { name: "name", json_name: "name", doc: "The name: `formatted_name` and at least one of its parts.", nested: Nested::One(&CONTACT_NAME), shown: Shown::Length, null: false },
    addresses = None => Field { name: "addresses", json_name: "addresses", doc: "Postal addresses.", nested: Nested::One(&CONTACT_ADDRESS), shown: Shown::Length, null: false },
    birthday = None => Field { name: "birthday", json_name: "birthday", doc: "The birthday, `YYYY-MM-DD`.", nested: Nested::None, shown: Shown::Length, null: false },
    emails = None => Field { name: "emails", json_name: "emails", doc: "Email addresses.", nested: Nested::One(&CONTACT_EMAIL), shown: Shown::Length, null: false },
    ims = None => Field { name: "ims", json_name: "ims", doc: "Accounts at instant messengers; Tujenge only.", nested: Nested::One(&CONTACT_IM), shown: Shown::Length, null: false },
    org = None => Field { name: "org", json_name: "org", doc: "The organisation that the contact works for.", nested: Nested::One(&CONTACT_ORGANISATION), shown: Shown::Length, null: false },
    phones = None => Field { name: "phones", json_name: "phones", doc: "Phone numbers.", nested: Nested::One(&CONTACT_PHONE), shown: Shown::Length, null: false },
    urls = None => Field { name: "urls", json_name: "urls", doc: "Web addresses.", nested: Nested::One(&CONTACT_URL), shown: Shown::Length, null: false },
}

record! {
    CONTACT_NAME, ContactName, "wamux.message", "A contact's name.\n\nAttributes:\n    formatted_name: The full name, as it normally appears.\n    first_name: The first name.\n    last_name: The last name.\n    middle_name: The middle name.\n    suffix: What follows the name.\n    prefix: What precedes the name.", None;
    formatted_name => Field { name: "formatted_name", json_name: "formatted_name", doc: "The full name, as it normally appears.", nested: Nested::None, shown: Shown::Length, null: false },
    first_name = None => Field { name: "first_name", json_name: "first_name", doc: "The first name.", nested: Nested::None, shown: Shown::Length, null: false },
    last_name = None => Field { name: "last_name", json_name: "last_name", doc: "The last name.", nested: Nested::None, shown: Shown::Length, null: false },
    middle_name = None => Field { name: "middle_name", json_name: "middle_name", doc: "The middle name.", nested: Nested::None, shown: Shown::Length, null: false },
    suffix = None => Field { name: "suffix", json_name: "suffix", doc: "What follows the name.", nested: Nested::None, shown: Shown::Length, null: false },
    prefix = None => Field { name: "prefix", json_name: "prefix", doc: "What precedes the name.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CONTACT_ADDRESS, ContactAddress, "wamux.message", "A postal address.\n\nAttributes:\n    street: Street and number.\n    city: City.\n    state: State.\n    zip: Postal code.\n    country: The country's name.\n    country_code: The country's two-letter code.\n    type: `HOME` or `WORK`.", None;
    street = None => Field { name: "street", json_name: "street", doc: "Street and number.", nested: Nested::None, shown: Shown::Length, null: false },
    city = None => Field { name: "city", json_name: "city", doc: "City.", nested: Nested::None, shown: Shown::Length, null: false },
    state = None => Field { name: "state", json_name: "state", doc: "State.", nested: Nested::None, shown: Shown::Length, null: false },
    zip = None => Field { name: "zip", json_name: "zip", doc: "Postal code.", nested: Nested::None, shown: Shown::Length, null: false },
    country = None => Field { name: "country", json_name: "country", doc: "The country's name.", nested: Nested::None, shown: Shown::Length, null: false },
    country_code = None => Field { name: "country_code", json_name: "country_code", doc: "The country's two-letter code.", nested: Nested::None, shown: Shown::Length, null: false },
    r#type = None => Field { name: "type", json_name: "type", doc: "`HOME` or `WORK`.", nested: Nested::None, shown: Shown::Word, null: false },
}

record! {
    CONTACT_EMAIL, ContactEmail, "wamux.message", "An email address.\n\nAttributes:\n    email: The address.\n    type: `HOME` or `WORK`.", None;
    email = None => Field { name: "email", json_name: "email", doc: "The address.", nested: Nested::None, shown: Shown::Length, null: false },
    r#type = None => Field { name: "type", json_name: "type", doc: "`HOME` or `WORK`.", nested: Nested::None, shown: Shown::Word, null: false },
}

record! {
    CONTACT_IM, ContactIm, "wamux.message", "An account at an instant messenger.\n\nAttributes:\n    service: The messenger.\n    user_id: The account.", None;
    service = None => Field { name: "service", json_name: "service", doc: "The messenger.", nested: Nested::None, shown: Shown::Length, null: false },
    user_id = None => Field { name: "user_id", json_name: "user_id", doc: "The account.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CONTACT_ORGANISATION, ContactOrganisation, "wamux.message", "The organisation that a contact works for.\n\nAttributes:\n    company: The organisation's name.\n    department: The department.\n    title: The contact's title.", None;
    company = None => Field { name: "company", json_name: "company", doc: "The organisation's name.", nested: Nested::None, shown: Shown::Length, null: false },
    department = None => Field { name: "department", json_name: "department", doc: "The department.", nested: Nested::None, shown: Shown::Length, null: false },
    title = None => Field { name: "title", json_name: "title", doc: "The contact's title.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CONTACT_PHONE, ContactPhone, "wamux.message", "A phone number on a contact card.\n\nAttributes:\n    phone: The number, as it is shown.\n    type: `CELL`, `MAIN`, `IPHONE`, `HOME` or `WORK`.\n    wa_id: The number's WhatsApp id; with it, the recipient can save the contact and write to it.", None;
    phone = None => Field { name: "phone", json_name: "phone", doc: "The number, as it is shown.", nested: Nested::None, shown: Shown::Length, null: false },
    r#type = None => Field { name: "type", json_name: "type", doc: "`CELL`, `MAIN`, `IPHONE`, `HOME` or `WORK`.", nested: Nested::None, shown: Shown::Word, null: false },
    wa_id = None => Field { name: "wa_id", json_name: "wa_id", doc: "The number's WhatsApp id; with it, the recipient can save the contact and write to it.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CONTACT_URL, ContactUrl, "wamux.message", "A web address.\n\nAttributes:\n    url: The address.\n    type: `HOME` or `WORK`.", None;
    url = None => Field { name: "url", json_name: "url", doc: "The address.", nested: Nested::None, shown: Shown::Length, null: false },
    r#type = None => Field { name: "type", json_name: "type", doc: "`HOME` or `WORK`.", nested: Nested::None, shown: Shown::Word, null: false },
}

record! {
    TEMPLATE, Template, "wamux.message", "A template to send, and what fills it.\n\nAttributes:\n    name: The template's name (Devino v1: its id).\n    language: The translation to send.\n    components: What fills the template's header, body, footer and buttons.", None;
    name => Field { name: "name", json_name: "name", doc: "The template's name (Devino v1: its id).", nested: Nested::None, shown: Shown::Length, null: false },
    language = None => Field { name: "language", json_name: "language", doc: "The translation to send.", nested: Nested::One(&LANGUAGE), shown: Shown::Length, null: false },
    components = None => Field { name: "components", json_name: "components", doc: "What fills the template's header, body, footer and buttons.", nested: Nested::One(&COMPONENT), shown: Shown::Length, null: false },
}

record! {
    LANGUAGE, Language, "wamux.message", "The translation of a template.\n\nAttributes:\n    policy: How the gateway chooses the translation.\n    code: The language or locale, such as `en` or `en_US`.", None;
    policy = None => Field { name: "policy", json_name: "policy", doc: "How the gateway chooses the translation.", nested: Nested::None, shown: Shown::Plain, null: false },
    code = None => Field { name: "code", json_name: "code", doc: "The language or locale, such as `en` or `en_US`.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    COMPONENT, Component, "wamux.message", "What fills one part of a template.\n\nAttributes:\n    type: Which part.\n    sub_type: For a button: what it does.\n    index: For a button: its position, counted from 0.\n    parameters: The values, in the order of the template's placeholders.", None;
    r#type => Field { name: "type", json_name: "type", doc: "Which part.", nested: Nested::None, shown: Shown::Plain, null: false },
    sub_type = None => Field { name: "sub_type", json_name: "sub_type", doc: "For a button: what it does.", nested: Nested::None, shown: Shown::Plain, null: false },
    index = None => Field { name: "index", json_name: "index", doc: "For a button: its position, counted from 0.", nested: Nested::None, shown: Shown::Plain, null: false },
    parameters = None => Field { name: "parameters", json_name: "parameters", doc: "The values, in the order of the template's placeholders.", nested: Nested::Union(&[&TEXT_PARAMETER, &PAYLOAD_PARAMETER, &CURRENCY_PARAMETER, &DATE_TIME_PARAMETER, &IMAGE_PARAMETER, &VIDEO_PARAMETER, &DOCUMENT_PARAMETER]), shown: Shown::Length, null: false },
}

record! {
    TEXT_PARAMETER, TextParameter, "wamux.message", "Text; for a URL button, the end of its URL.\n\nIts `type` is always `text`.\n\nAttributes:\n    text: The text.", Some(("type", "text"));
    text => Field { name: "text", json_name: "text", doc: "The text.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    PAYLOAD_PARAMETER, PayloadParameter, "wamux.message", "What a quick-reply button answers with.\n\nIts `type` is always `payload`.\n\nAttributes:\n    payload: The payload.", Some(("type", "payload"));
    payload => Field { name: "payload", json_name: "payload", doc: "The payload.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CURRENCY_PARAMETER, CurrencyParameter, "wamux.message", "An amount of money.\n\nIts `type` is always `currency`.\n\nAttributes:\n    currency: The currency.", Some(("type", "currency"));
    currency => Field { name: "currency", json_name: "currency", doc: "The currency.", nested: Nested::One(&CURRENCY), shown: Shown::Length, null: false },
}

record! {
    DATE_TIME_PARAMETER, DateTimeParameter, "wamux.message", "A moment.\n\nIts `type` is always `date_time`.\n\nAttributes:\n    date_time: The date time.", Some(("type", "date_time"));
    date_time => Field { name: "date_time", json_name: "date_time", doc: "The date time.", nested: Nested::One(&DATE_TIME), shown: Shown::Length, null: false },
}

record! {
    IMAGE_PARAMETER, ImageParameter, "wamux.message", "A picture, in a header.\n\nIts `type` is always `image`.\n\nAttributes:\n    image: The image.", Some(("type", "image"));
    image => Field { name: "image", json_name: "image", doc: "The image.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    VIDEO_PARAMETER, VideoParameter, "wamux.message", "A film, in a header.\n\nIts `type` is always `video`.\n\nAttributes:\n    video: The video.", Some(("type", "video"));
    video => Field { name: "video", json_name: "video", doc: "The video.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    DOCUMENT_PARAMETER, DocumentParameter, "wamux.message", "A file, in a header.\n\nIts `type` is always `document`.\n\nAttributes:\n    document: The document.", Some(("type", "document"));
    document => Field { name: "document", json_name: "document", doc: "The document.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    CURRENCY, Currency, "wamux.message", "An amount of money, shown as the recipient's phone writes it.\n\nAttributes:\n    fallback_value: What is shown where the phone cannot format the amount.\n    code: The currency in ISO 4217, such as `USD`.\n    amount_1000: The amount times 1,000.", None;
    fallback_value => Field { name: "fallback_value", json_name: "fallback_value", doc: "What is shown where the phone cannot format the amount.", nested: Nested::None, shown: Shown::Length, null: false },
    code => Field { name: "code", json_name: "code", doc: "The currency in ISO 4217, such as `USD`.", nested: Nested::None, shown: Shown::Length, null: false },
    amount_1000 => Field { name: "amount_1000", json_name: "amount_1000", doc: "The amount times 1,000.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    DATE_TIME, DateTime, "wamux.message", "A moment, shown as the recipient's phone writes it: a timestamp, or its parts.\n\nAttributes:\n    fallback_value: What is shown where the phone cannot format the moment.\n    day_of_week: The day of the week, 1 for Monday to 7 for Sunday.\n    day_of_month: The day of the month.\n    year: The year.\n    month: The month, from 1.\n    hour: The hour, 0 to 23.\n    minute: The minute.\n    timestamp: The moment in seconds since 1970, in place of the parts.", None;
    fallback_value => Field { name: "fallback_value", json_name: "fallback_value", doc: "What is shown where the phone cannot format the moment.", nested: Nested::None, shown: Shown::Length, null: false },
    day_of_week = None => Field { name: "day_of_week", json_name: "day_of_week", doc: "The day of the week, 1 for Monday to 7 for Sunday.", nested: Nested::None, shown: Shown::Length, null: false },
    day_of_month = None => Field { name: "day_of_month", json_name: "day_of_month", doc: "The day of the month.", nested: Nested::None, shown: Shown::Length, null: false },
    year = None => Field { name: "year", json_name: "year", doc: "The year.", nested: Nested::None, shown: Shown::Length, null: false },
    month = None => Field { name: "month", json_name: "month", doc: "The month, from 1.", nested: Nested::None, shown: Shown::Length, null: false },
    hour = None => Field { name: "hour", json_name: "hour", doc: "The hour, 0 to 23.", nested: Nested::None, shown: Shown::Length, null: false },
    minute = None => Field { name: "minute", json_name: "minute", doc: "The minute.", nested: Nested::None, shown: Shown::Length, null: false },
    timestamp = None => Field { name: "timestamp", json_name: "timestamp", doc: "The moment in seconds since 1970, in place of the parts.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    INTERACTIVE, Interactive, "wamux.message", "A message with a list to choose from or with reply buttons.\n\nAttributes:\n    type: List or buttons.\n    header: Above the text.\n    body: The text, up to 1,024 characters.\n    footer: Under the text, up to 60 characters.\n    action: What the recipient can do.", None;
    r#type => Field { name: "type", json_name: "type", doc: "List or buttons.", nested: Nested::None, shown: Shown::Plain, null: false },
    header = None => Field { name: "header", json_name: "header", doc: "Above the text.", nested: Nested::Union(&[&TEXT_HEADER, &IMAGE_HEADER, &VIDEO_HEADER, &DOCUMENT_HEADER]), shown: Shown::Length, null: false },
    body => Field { name: "body", json_name: "body", doc: "The text, up to 1,024 characters.", nested: Nested::One(&INTERACTIVE_TEXT), shown: Shown::Length, null: false },
    footer = None => Field { name: "footer", json_name: "footer", doc: "Under the text, up to 60 characters.", nested: Nested::One(&INTERACTIVE_TEXT), shown: Shown::Length, null: false },
    action => Field { name: "action", json_name: "action", doc: "What the recipient can do.", nested: Nested::One(&ACTION), shown: Shown::Length, null: false },
}

record! {
    TEXT_HEADER, TextHeader, "wamux.message", "Text, up to 60 characters.\n\nIts `type` is always `text`.\n\nAttributes:\n    text: The text.", Some(("type", "text"));
    text => Field { name: "text", json_name: "text", doc: "The text.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    IMAGE_HEADER, ImageHeader, "wamux.message", "A picture, over buttons only.\n\nIts `type` is always `image`.\n\nAttributes:\n    image: The image.", Some(("type", "image"));
    image => Field { name: "image", json_name: "image", doc: "The image.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    VIDEO_HEADER, VideoHeader, "wamux.message", "A film, over buttons only.\n\nIts `type` is always `video`.\n\nAttributes:\n    video: The video.", Some(("type", "video"));
    video => Field { name: "video", json_name: "video", doc: "The video.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    DOCUMENT_HEADER, DocumentHeader, "wamux.message", "A file, over buttons only.\n\nIts `type` is always `document`.\n\nAttributes:\n    document: The document.", Some(("type", "document"));
    document => Field { name: "document", json_name: "document", doc: "The document.", nested: Nested::One(&MEDIA), shown: Shown::Length, null: false },
}

record! {
    INTERACTIVE_TEXT, InteractiveText, "wamux.message", "The text of a body or footer.\n\nAttributes:\n    text: The text.", None;
    text => Field { name: "text", json_name: "text", doc: "The text.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    ACTION, Action, "wamux.message", "What the recipient can do: open a list, or press a button.\n\nAttributes:\n    button: For a list: the text of the button that opens it, up to 20 characters.\n    sections: For a list: its sections, up to 10.\n    buttons: For buttons: one to three.", None;
    button = None => Field { name: "button", json_name: "button", doc: "For a list: the text of the button that opens it, up to 20 characters.", nested: Nested::None, shown: Shown::Length, null: false },
    sections = None => Field { name: "sections", json_name: "sections", doc: "For a list: its sections, up to 10.", nested: Nested::One(&SECTION), shown: Shown::Length, null: false },
    buttons = None => Field { name: "buttons", json_name: "buttons", doc: "For buttons: one to three.", nested: Nested::One(&REPLY_BUTTON), shown: Shown::Length, null: false },
}

record! {
    SECTION, Section, "wamux.message", "A section of a list.\n\nAttributes:\n    title: The heading, up to 24 characters; needed where there are several sections.\n    rows: What can be chosen.", None;
    title = None => Field { name: "title", json_name: "title", doc: "The heading, up to 24 characters; needed where there are several sections.", nested: Nested::None, shown: Shown::Length, null: false },
    rows = None => Field { name: "rows", json_name: "rows", doc: "What can be chosen.", nested: Nested::One(&ROW), shown: Shown::Length, null: false },
}

record! {
    ROW, Row, "wamux.message", "One line of a list.\n\nAttributes:\n    id: What comes back when the row is chosen, up to 200 characters.\n    title: The line's text, up to 24 characters.\n    description: A second, smaller line, up to 72 characters.", None;
    id => Field { name: "id", json_name: "id", doc: "What comes back when the row is chosen, up to 200 characters.", nested: Nested::None, shown: Shown::Length, null: false },
    title => Field { name: "title", json_name: "title", doc: "The line's text, up to 24 characters.", nested: Nested::None, shown: Shown::Length, null: false },
    description = None => Field { name: "description", json_name: "description", doc: "A second, smaller line, up to 72 characters.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    REPLY_BUTTON, ReplyButton, "wamux.message", "Answers with its id.\n\nIts `type` is always `reply`.\n\nAttributes:\n    reply: The button's id and text.", Some(("type", "reply"));
    reply => Field { name: "reply", json_name: "reply", doc: "The button's id and text.", nested: Nested::One(&REPLY), shown: Shown::Length, null: false },
}

record! {
    REPLY, Reply, "wamux.message", "What a reply button says and answers.\n\nAttributes:\n    id: What comes back when the button is pressed, up to 256 characters.\n    title: The button's text, up to 20 characters.", None;
    id => Field { name: "id", json_name: "id", doc: "What comes back when the button is pressed, up to 256 characters.", nested: Nested::None, shown: Shown::Length, null: false },
    title => Field { name: "title", json_name: "title", doc: "The button's text, up to 20 characters.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    REACTION, Reaction, "wamux.message", "An emoji on an earlier message.\n\nAttributes:\n    message_id: The gateway's id of the message to react to.\n    emoji: The emoji; an empty string takes an earlier reaction back.", None;
    message_id => Field { name: "message_id", json_name: "message_id", doc: "The gateway's id of the message to react to.", nested: Nested::None, shown: Shown::Length, null: false },
    emoji => Field { name: "emoji", json_name: "emoji", doc: "The emoji; an empty string takes an earlier reaction back.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    RECEIPT, Receipt, "wamux", "A gateway's acceptance of one message. Accepted is not delivered.\n\nIts `status` is always `accepted`.\n\nAttributes:\n    gateway: The gateway's id.\n    message_id: The gateway's id of the message; chat-api's answer may bear none.\n    client_id: The caller's own id of the message.\n    to: The recipient: E.164, or the gateway's id of a chat.\n    attempts: The attempts at sending, in order.\n    warnings: Faults that did not stop the message.\n    raw: The gateway's answer: JSON text.\n\n>>> import wamux\n>>> [receipt] = wamux.parse_response(\"devino-v2\", '{\"result\":[{\"code\":\"OK\",\"messageId\":\"34825\"}]}')\n>>> receipt.status, receipt.message_id\n('accepted', '34825')", Some(("status", "accepted"));
    gateway => Field { name: "gateway", json_name: "gateway", doc: "The gateway's id.", nested: Nested::None, shown: Shown::Plain, null: false },
    message_id = None => Field { name: "message_id", json_name: "message_id", doc: "The gateway's id of the message; chat-api's answer may bear none.", nested: Nested::None, shown: Shown::Id, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id of the message.", nested: Nested::None, shown: Shown::Id, null: false },
    to = None => Field { name: "to", json_name: "to", doc: "The recipient: E.164, or the gateway's id of a chat.", nested: Nested::None, shown: Shown::Number, null: false },
    attempts => Field { name: "attempts", json_name: "attempts", doc: "The attempts at sending, in order.", nested: Nested::One(&ATTEMPT), shown: Shown::Length, null: false },
    warnings => Field { name: "warnings", json_name: "warnings", doc: "Faults that did not stop the message.", nested: Nested::One(&VIOLATION), shown: Shown::Length, null: false },
    raw => Field { name: "raw", json_name: "raw", doc: "The gateway's answer: JSON text.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    ATTEMPT, Attempt, "wamux", "One attempt at sending a message.\n\nAttributes:\n    at: When it began: RFC 3339, UTC.\n    kind: Why it failed; absent for the one that succeeded.\n    delivery: What was known about the message after it failed.\n    http_status: The HTTP status of the answer.\n    gateway: The gateway, where a message was tried at several.", None;
    at => Field { name: "at", json_name: "at", doc: "When it began: RFC 3339, UTC.", nested: Nested::None, shown: Shown::Plain, null: false },
    kind = None => Field { name: "kind", json_name: "kind", doc: "Why it failed; absent for the one that succeeded.", nested: Nested::None, shown: Shown::Plain, null: false },
    delivery = None => Field { name: "delivery", json_name: "delivery", doc: "What was known about the message after it failed.", nested: Nested::None, shown: Shown::Plain, null: false },
    http_status = None => Field { name: "http_status", json_name: "http_status", doc: "The HTTP status of the answer.", nested: Nested::None, shown: Shown::Plain, null: false },
    gateway = None => Field { name: "gateway", json_name: "gateway", doc: "The gateway, where a message was tried at several.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    VIOLATION, Violation, "wamux", "One fault of a message or of a native payload.\n\nAttributes:\n    code: What kind of fault it is.\n    path: Where the caller put the value: `template.components[1].parameters[0].text`; `\"\"` is the message itself.\n    message: What is wrong and what would be right, in words. It never repeats the value.\n    limit: The limit that was passed, where the rule has one.\n    severity: Whether the fault stops the message.", None;
    code => Field { name: "code", json_name: "code", doc: "What kind of fault it is.", nested: Nested::None, shown: Shown::Plain, null: false },
    path => Field { name: "path", json_name: "path", doc: "Where the caller put the value: `template.components[1].parameters[0].text`; `\"\"` is the message itself.", nested: Nested::None, shown: Shown::Path, null: false },
    message => Field { name: "message", json_name: "message", doc: "What is wrong and what would be right, in words. It never repeats the value.", nested: Nested::None, shown: Shown::Plain, null: false },
    limit = None => Field { name: "limit", json_name: "limit", doc: "The limit that was passed, where the rule has one.", nested: Nested::None, shown: Shown::Plain, null: false },
    severity => Field { name: "severity", json_name: "severity", doc: "Whether the fault stops the message.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    REASON, Reason, "wamux", "One reason that a gateway gave.\n\nAttributes:\n    code: The gateway's code.\n    ref: What the code is about: the gateway's own reference to a parameter.\n    title: What the code means.\n    advice: What to do about it.\n    description: The gateway's own words. They can repeat what the caller sent, so nothing prints them unasked.", None;
    code => Field { name: "code", json_name: "code", doc: "The gateway's code.", nested: Nested::None, shown: Shown::Word, null: false },
    r#ref = None => Field { name: "ref", json_name: "ref", doc: "What the code is about: the gateway's own reference to a parameter.", nested: Nested::None, shown: Shown::Word, null: false },
    title = None => Field { name: "title", json_name: "title", doc: "What the code means.", nested: Nested::None, shown: Shown::Plain, null: false },
    advice = None => Field { name: "advice", json_name: "advice", doc: "What to do about it.", nested: Nested::None, shown: Shown::Plain, null: false },
    description = None => Field { name: "description", json_name: "description", doc: "The gateway's own words. They can repeat what the caller sent, so nothing prints them unasked.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    STATUS_ERROR, StatusError, "wamux.event", "Why a message failed after it was accepted: shaped like the error of a send, without what only a call has.\n\nAttributes:\n    kind: What kind of error it is.\n    retryable: Whether the same message can succeed later; nothing is sent again by itself.\n    gateway: The gateway's id.\n    code: The gateway's code.\n    reasons: The gateway's reasons.", None;
    kind => Field { name: "kind", json_name: "kind", doc: "What kind of error it is.", nested: Nested::None, shown: Shown::Plain, null: false },
    retryable => Field { name: "retryable", json_name: "retryable", doc: "Whether the same message can succeed later; nothing is sent again by itself.", nested: Nested::None, shown: Shown::Plain, null: false },
    gateway => Field { name: "gateway", json_name: "gateway", doc: "The gateway's id.", nested: Nested::None, shown: Shown::Plain, null: false },
    code = None => Field { name: "code", json_name: "code", doc: "The gateway's code.", nested: Nested::None, shown: Shown::Word, null: false },
    reasons => Field { name: "reasons", json_name: "reasons", doc: "The gateway's reasons.", nested: Nested::One(&REASON), shown: Shown::Length, null: false },
}

record! {
    CLICK, Click, "wamux.event", "Who followed a link.\n\nAttributes:\n    ip: The IP address.\n    browser: The browser.\n    os: The operating system.\n    user_agent: The browser's full name of itself.", None;
    ip = None => Field { name: "ip", json_name: "ip", doc: "The IP address.", nested: Nested::None, shown: Shown::Length, null: false },
    browser = None => Field { name: "browser", json_name: "browser", doc: "The browser.", nested: Nested::None, shown: Shown::Length, null: false },
    os = None => Field { name: "os", json_name: "os", doc: "The operating system.", nested: Nested::None, shown: Shown::Length, null: false },
    user_agent = None => Field { name: "user_agent", json_name: "user_agent", doc: "The browser's full name of itself.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    HISTOGRAM_POINT, HistogramPoint, "wamux", "A distribution of what was measured.\n\nAttributes:\n    name: What was measured, such as `messaging.client.operation.duration`.\n    unit: The unit of UCUM: `s`.\n    attributes: What tells this distribution from others of the name.\n    count: How many values were measured.\n    sum: The sum of the values.\n    explicit_bounds: The highest value of each bucket but the last, which has none.\n    bucket_counts: How many values are in each bucket, and in no bucket before.", None;
    name => Field { name: "name", json_name: "name", doc: "What was measured, such as `messaging.client.operation.duration`.", nested: Nested::None, shown: Shown::Plain, null: false },
    unit => Field { name: "unit", json_name: "unit", doc: "The unit of UCUM: `s`.", nested: Nested::None, shown: Shown::Plain, null: false },
    attributes => Field { name: "attributes", json_name: "attributes", doc: "What tells this distribution from others of the name.", nested: Nested::None, shown: Shown::All, null: false },
    count => Field { name: "count", json_name: "count", doc: "How many values were measured.", nested: Nested::None, shown: Shown::Plain, null: false },
    sum => Field { name: "sum", json_name: "sum", doc: "The sum of the values.", nested: Nested::None, shown: Shown::Plain, null: false },
    explicit_bounds => Field { name: "explicit_bounds", json_name: "explicit_bounds", doc: "The highest value of each bucket but the last, which has none.", nested: Nested::None, shown: Shown::Plain, null: false },
    bucket_counts => Field { name: "bucket_counts", json_name: "bucket_counts", doc: "How many values are in each bucket, and in no bucket before.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    CHAT_CONTEXT, ChatContext, "wamux.event", "The message that another one answers, and whom that one mentions.\n\nAttributes:\n    message_id: The gateway's id of the message that is answered.\n    from_: Who wrote the message that is answered: E.164, or the gateway's id of a chat.\n    chat_id: The gateway's id of the group that the message which is answered stands in.\n    mentions: Who is mentioned: E.164 each.\n    forwarded: Whether the message was forwarded, where the gateway says so.", None;
    message_id = None => Field { name: "message_id", json_name: "message_id", doc: "The gateway's id of the message that is answered.", nested: Nested::None, shown: Shown::Id, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "Who wrote the message that is answered: E.164, or the gateway's id of a chat.", nested: Nested::None, shown: Shown::Number, null: false },
    chat_id = None => Field { name: "chat_id", json_name: "chat_id", doc: "The gateway's id of the group that the message which is answered stands in.", nested: Nested::None, shown: Shown::Number, null: false },
    mentions = None => Field { name: "mentions", json_name: "mentions", doc: "Who is mentioned: E.164 each.", nested: Nested::None, shown: Shown::Number, null: false },
    forwarded = None => Field { name: "forwarded", json_name: "forwarded", doc: "Whether the message was forwarded, where the gateway says so.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    CHAT_MEDIA, ChatMedia, "wamux.event", "Media that came in, by address or by id.\n\nAttributes:\n    link: Where it can be fetched. Gateways keep media for some weeks only.\n    id: The gateway's id of it, by which it can be fetched.\n    mime_type: Its MIME type.\n    filename: Its name.\n    caption: The text beside it.\n    sha256: Its SHA-256 digest.", None;
    link = None => Field { name: "link", json_name: "link", doc: "Where it can be fetched. Gateways keep media for some weeks only.", nested: Nested::None, shown: Shown::Length, null: false },
    id = None => Field { name: "id", json_name: "id", doc: "The gateway's id of it, by which it can be fetched.", nested: Nested::None, shown: Shown::Id, null: false },
    mime_type = None => Field { name: "mime_type", json_name: "mime_type", doc: "Its MIME type.", nested: Nested::None, shown: Shown::Length, null: false },
    filename = None => Field { name: "filename", json_name: "filename", doc: "Its name.", nested: Nested::None, shown: Shown::Length, null: false },
    caption = None => Field { name: "caption", json_name: "caption", doc: "The text beside it.", nested: Nested::None, shown: Shown::Length, null: false },
    sha256 = None => Field { name: "sha256", json_name: "sha256", doc: "Its SHA-256 digest.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CHAT_LOCATION, ChatLocation, "wamux.event", "A place that came in.\n\nAttributes:\n    latitude: Degrees north of the equator, -90 to 90.\n    longitude: Degrees east of Greenwich, -180 to 180.\n    name: The name of the place.\n    address: Its postal address.\n    url: A web page about it.", None;
    latitude => Field { name: "latitude", json_name: "latitude", doc: "Degrees north of the equator, -90 to 90.", nested: Nested::None, shown: Shown::Length, null: false },
    longitude => Field { name: "longitude", json_name: "longitude", doc: "Degrees east of Greenwich, -180 to 180.", nested: Nested::None, shown: Shown::Length, null: false },
    name = None => Field { name: "name", json_name: "name", doc: "The name of the place.", nested: Nested::None, shown: Shown::Length, null: false },
    address = None => Field { name: "address", json_name: "address", doc: "Its postal address.", nested: Nested::None, shown: Shown::Length, null: false },
    url = None => Field { name: "url", json_name: "url", doc: "A web page about it.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    LIST_REPLY, ListReply, "wamux.event", "A row that was chosen from a list.\n\nAttributes:\n    id: The row's id, as it was sent.\n    title: The row's title.\n    description: The row's description.", None;
    id => Field { name: "id", json_name: "id", doc: "The row's id, as it was sent.", nested: Nested::None, shown: Shown::Id, null: false },
    title => Field { name: "title", json_name: "title", doc: "The row's title.", nested: Nested::None, shown: Shown::Plain, null: false },
    description = None => Field { name: "description", json_name: "description", doc: "The row's description.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    BUTTON_REPLY, ButtonReply, "wamux.event", "A reply button that was pressed.\n\nAttributes:\n    id: The button's id, as it was sent.\n    title: The button's title.", None;
    id => Field { name: "id", json_name: "id", doc: "The button's id, as it was sent.", nested: Nested::None, shown: Shown::Id, null: false },
    title => Field { name: "title", json_name: "title", doc: "The button's title.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    QUICK_REPLY, QuickReply, "wamux.event", "A quick-reply button of a template that was pressed.\n\nAttributes:\n    text: What the button says.\n    payload: What the template's parameter `payload` was.", None;
    text => Field { name: "text", json_name: "text", doc: "What the button says.", nested: Nested::None, shown: Shown::Length, null: false },
    payload = None => Field { name: "payload", json_name: "payload", doc: "What the template's parameter `payload` was.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    ORDER, Order, "wamux.event", "Products that were ordered.\n\nAttributes:\n    catalog_id: The id of the catalogue.\n    text: What the customer wrote beside it.\n    product_items: The products.", None;
    catalog_id = None => Field { name: "catalog_id", json_name: "catalog_id", doc: "The id of the catalogue.", nested: Nested::None, shown: Shown::Length, null: false },
    text = None => Field { name: "text", json_name: "text", doc: "What the customer wrote beside it.", nested: Nested::None, shown: Shown::Length, null: false },
    product_items => Field { name: "product_items", json_name: "product_items", doc: "The products.", nested: Nested::One(&ORDER_ITEM), shown: Shown::Length, null: false },
}

record! {
    ORDER_ITEM, OrderItem, "wamux.event", "One product of an order. Prices are as the gateway writes them: decimals, in units of the currency.\n\nAttributes:\n    product_retailer_id: The shop's own id of the product.\n    quantity: How many.\n    item_price: The price of one.\n    currency: The currency: ISO 4217.", None;
    product_retailer_id = None => Field { name: "product_retailer_id", json_name: "product_retailer_id", doc: "The shop's own id of the product.", nested: Nested::None, shown: Shown::Length, null: false },
    quantity = None => Field { name: "quantity", json_name: "quantity", doc: "How many.", nested: Nested::None, shown: Shown::Length, null: false },
    item_price = None => Field { name: "item_price", json_name: "item_price", doc: "The price of one.", nested: Nested::None, shown: Shown::Length, null: false },
    currency = None => Field { name: "currency", json_name: "currency", doc: "The currency: ISO 4217.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    SYSTEM_NOTICE, SystemNotice, "wamux.event", "A notice of WhatsApp itself.\n\nAttributes:\n    type: The gateway's word for what happened, such as `group_user_joined` or `user_changed_number`.\n    body: The notice in words.\n    new_wa_id: The customer's new WhatsApp id: digits.", None;
    r#type => Field { name: "type", json_name: "type", doc: "The gateway's word for what happened, such as `group_user_joined` or `user_changed_number`.", nested: Nested::None, shown: Shown::Word, null: false },
    body = None => Field { name: "body", json_name: "body", doc: "The notice in words.", nested: Nested::None, shown: Shown::Length, null: false },
    new_wa_id = None => Field { name: "new_wa_id", json_name: "new_wa_id", doc: "The customer's new WhatsApp id: digits.", nested: Nested::None, shown: Shown::Number, null: false },
}

record! {
    CALL, Call, "wamux.event", "A call that came in or went out; none of the gateways takes calls.\n\nAttributes:\n    body: The gateway's words for it.", None;
    body = None => Field { name: "body", json_name: "body", doc: "The gateway's words for it.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    STATUS_EVENT, StatusEvent, "wamux.event", "What became of a message that was sent.\n\nIts `type` is always `status`.\n\nAttributes:\n    message_id: The gateway's id of the message, as its receipt has it.\n    client_id: The caller's own id of the message.\n    status: What the gateway's word means.\n    raw_status: The gateway's own word.\n    channel: The channel that it is about, where a cascade has gone on to another than WhatsApp: the gateway's own word in lower case, such as `sms`.\n    at: When it happened: RFC 3339, UTC.\n    to: The recipient: E.164, or the gateway's id of a chat.\n    error: Why the message failed.\n    callback_data: What the message's `callback.data` was.\n    click: Who followed a link in the message, and with what.\n    pricing: What the gateway charges, as it says it.\n    conversation: The conversation that the gateway counts the message to, as it says it.\n    raw: The item as the gateway sent it: JSON text.\n\n>>> import wamux\n>>> body = '[{\"mtNum\": \"107931706\", \"status\": 5, \"errorCode\": 2}]'\n>>> match wamux.parse_webhook(\"rapporto\", body):\n...     case [wamux.StatusEvent(status=\"failed\", error=wamux.StatusError(code=code))]:\n...         code\n'2'", Some(("type", "status"));
    message_id => Field { name: "message_id", json_name: "message_id", doc: "The gateway's id of the message, as its receipt has it.", nested: Nested::None, shown: Shown::Id, null: false },
    client_id = None => Field { name: "client_id", json_name: "client_id", doc: "The caller's own id of the message.", nested: Nested::None, shown: Shown::Id, null: false },
    status => Field { name: "status", json_name: "status", doc: "What the gateway's word means.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw_status => Field { name: "raw_status", json_name: "raw_status", doc: "The gateway's own word.", nested: Nested::None, shown: Shown::Word, null: false },
    channel = None => Field { name: "channel", json_name: "channel", doc: "The channel that it is about, where a cascade has gone on to another than WhatsApp: the gateway's own word in lower case, such as `sms`.", nested: Nested::None, shown: Shown::Length, null: false },
    at = None => Field { name: "at", json_name: "at", doc: "When it happened: RFC 3339, UTC.", nested: Nested::None, shown: Shown::Plain, null: false },
    to = None => Field { name: "to", json_name: "to", doc: "The recipient: E.164, or the gateway's id of a chat.", nested: Nested::None, shown: Shown::Number, null: false },
    error = None => Field { name: "error", json_name: "error", doc: "Why the message failed.", nested: Nested::One(&STATUS_ERROR), shown: Shown::Length, null: false },
    callback_data = None => Field { name: "callback_data", json_name: "callback_data", doc: "What the message's `callback.data` was.", nested: Nested::None, shown: Shown::Length, null: false },
    click = None => Field { name: "click", json_name: "click", doc: "Who followed a link in the message, and with what.", nested: Nested::One(&CLICK), shown: Shown::Length, null: false },
    pricing = None => Field { name: "pricing", json_name: "pricing", doc: "What the gateway charges, as it says it.", nested: Nested::None, shown: Shown::Length, null: false },
    conversation = None => Field { name: "conversation", json_name: "conversation", doc: "The conversation that the gateway counts the message to, as it says it.", nested: Nested::None, shown: Shown::Length, null: false },
    raw => Field { name: "raw", json_name: "raw", doc: "The item as the gateway sent it: JSON text.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CHAT_DESCRIPTION, ChatDescription, "wamux.event", "A chat as its gateway describes it.\n\nAttributes:\n    id: The gateway's id of the chat.\n    name: The name of the chat: of the group, or of the person.\n    image: The address of its picture.", None;
    id = None => Field { name: "id", json_name: "id", doc: "The gateway's id of the chat.", nested: Nested::None, shown: Shown::Id, null: false },
    name = None => Field { name: "name", json_name: "name", doc: "The name of the chat: of the group, or of the person.", nested: Nested::None, shown: Shown::Length, null: false },
    image = None => Field { name: "image", json_name: "image", doc: "The address of its picture.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    MESSAGE_EVENT, MessageEvent, "wamux.event", "A message of a chat.\n\nIts `type` is always `message`.\n\nAttributes:\n    id: The gateway's id of the message.\n    direction: Whether it came in, or is a copy of one that went out.\n    from_: The sender: E.164, or the gateway's id of a chat; absent for a copy of a message of this account's own that does not name it.\n    to: The recipient: E.164, or the gateway's id of a chat.\n    chat_id: The gateway's id of the chat.\n    author: Who wrote it, in a group.\n    sequence: The message's number in the gateway's list.\n    at: When it was written: RFC 3339, UTC.\n    profile_name: The sender's name in WhatsApp.\n    context: The message that it answers, and whom it mentions.\n    content: What it says.\n    error: Why the gateway could not pass its content on.\n    referral: The advertisement that the sender came from, as the gateway says it.\n    identity: What is known of the sender's security code, as the gateway says it.\n    raw: The item as the gateway sent it: JSON text.\n\n>>> import wamux\n>>> from wamux.event import TextChatContent\n>>> body = '[{\"transactionId\": \"51\", \"sourceAddr\": \"79034567890\", \"message\": \"Yes, please\"}]'\n>>> match wamux.parse_webhook(\"rapporto\", body):\n...     case [wamux.MessageEvent(from_=sender, content=TextChatContent(text=text))]:\n...         sender, text.body\n('+79034567890', 'Yes, please')", Some(("type", "message"));
    id => Field { name: "id", json_name: "id", doc: "The gateway's id of the message.", nested: Nested::None, shown: Shown::Id, null: false },
    direction => Field { name: "direction", json_name: "direction", doc: "Whether it came in, or is a copy of one that went out.", nested: Nested::None, shown: Shown::Plain, null: false },
    from_ = None => Field { name: "from_", json_name: "from", doc: "The sender: E.164, or the gateway's id of a chat; absent for a copy of a message of this account's own that does not name it.", nested: Nested::None, shown: Shown::Number, null: false },
    to = None => Field { name: "to", json_name: "to", doc: "The recipient: E.164, or the gateway's id of a chat.", nested: Nested::None, shown: Shown::Number, null: false },
    chat_id = None => Field { name: "chat_id", json_name: "chat_id", doc: "The gateway's id of the chat.", nested: Nested::None, shown: Shown::Number, null: false },
    author = None => Field { name: "author", json_name: "author", doc: "Who wrote it, in a group.", nested: Nested::None, shown: Shown::Number, null: false },
    sequence = None => Field { name: "sequence", json_name: "sequence", doc: "The message's number in the gateway's list.", nested: Nested::None, shown: Shown::Plain, null: false },
    at = None => Field { name: "at", json_name: "at", doc: "When it was written: RFC 3339, UTC.", nested: Nested::None, shown: Shown::Plain, null: false },
    profile_name = None => Field { name: "profile_name", json_name: "profile_name", doc: "The sender's name in WhatsApp.", nested: Nested::None, shown: Shown::Length, null: false },
    context = None => Field { name: "context", json_name: "context", doc: "The message that it answers, and whom it mentions.", nested: Nested::One(&CHAT_CONTEXT), shown: Shown::Length, null: false },
    content => Field { name: "content", json_name: "content", doc: "What it says.", nested: Nested::Union(&[&TEXT_CHAT_CONTENT, &IMAGE_CHAT_CONTENT, &AUDIO_CHAT_CONTENT, &VOICE_CHAT_CONTENT, &VIDEO_CHAT_CONTENT, &DOCUMENT_CHAT_CONTENT, &STICKER_CHAT_CONTENT, &LOCATION_CHAT_CONTENT, &CONTACTS_CHAT_CONTENT, &INTERACTIVE_CHAT_CONTENT, &BUTTON_CHAT_CONTENT, &REACTION_CHAT_CONTENT, &ORDER_CHAT_CONTENT, &SYSTEM_CHAT_CONTENT, &CALL_CHAT_CONTENT, &UNKNOWN_CHAT_CONTENT]), shown: Shown::Length, null: false },
    error = None => Field { name: "error", json_name: "error", doc: "Why the gateway could not pass its content on.", nested: Nested::One(&STATUS_ERROR), shown: Shown::Length, null: false },
    referral = None => Field { name: "referral", json_name: "referral", doc: "The advertisement that the sender came from, as the gateway says it.", nested: Nested::None, shown: Shown::Length, null: false },
    identity = None => Field { name: "identity", json_name: "identity", doc: "What is known of the sender's security code, as the gateway says it.", nested: Nested::None, shown: Shown::Length, null: false },
    raw => Field { name: "raw", json_name: "raw", doc: "The item as the gateway sent it: JSON text.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CHAT_EVENT, ChatEvent, "wamux.event", "A chat that changed: its name or its picture.\n\nIts `type` is always `chat`.\n\nAttributes:\n    chat_id: The gateway's id of the chat.\n    old: What it was; absent for a new chat.\n    new: What it is; absent for a chat that is gone.\n    raw: The item as the gateway sent it: JSON text.", Some(("type", "chat"));
    chat_id = None => Field { name: "chat_id", json_name: "chat_id", doc: "The gateway's id of the chat.", nested: Nested::None, shown: Shown::Number, null: false },
    old = None => Field { name: "old", json_name: "old", doc: "What it was; absent for a new chat.", nested: Nested::One(&CHAT_DESCRIPTION), shown: Shown::Length, null: false },
    new = None => Field { name: "new", json_name: "new", doc: "What it is; absent for a chat that is gone.", nested: Nested::One(&CHAT_DESCRIPTION), shown: Shown::Length, null: false },
    raw => Field { name: "raw", json_name: "raw", doc: "The item as the gateway sent it: JSON text.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    PHONE_NUMBER, PhoneNumber, "wamux", "A phone number as people write it, read into E.164.\n\nAttributes:\n    e164: The number in E.164, such as `+79034567890`.\n    digits: The number in E.164 without its plus.\n    region: The region the number belongs to, such as `RU`; None where the numbering plan does not tell.\n    valid: Whether the numbering plan has assigned the number's range.\n    wa_id_candidates: The other `wa_id` that the same subscriber may have, as digits: offered, never applied.\n\n>>> import wamux\n>>> number = wamux.normalize_phone(\"8 (903) 456-78-90\", \"RU\")\n>>> number.e164, number.valid\n('+79034567890', True)", None;
    e164 => Field { name: "e164", json_name: "e164", doc: "The number in E.164, such as `+79034567890`.", nested: Nested::None, shown: Shown::Number, null: false },
    digits => Field { name: "digits", json_name: "digits", doc: "The number in E.164 without its plus.", nested: Nested::None, shown: Shown::Number, null: false },
    region => Field { name: "region", json_name: "region", doc: "The region the number belongs to, such as `RU`; None where the numbering plan does not tell.", nested: Nested::None, shown: Shown::Plain, null: true },
    valid => Field { name: "valid", json_name: "valid", doc: "Whether the numbering plan has assigned the number's range.", nested: Nested::None, shown: Shown::Plain, null: false },
    wa_id_candidates => Field { name: "wa_id_candidates", json_name: "wa_id_candidates", doc: "The other `wa_id` that the same subscriber may have, as digits: offered, never applied.", nested: Nested::None, shown: Shown::Number, null: false },
}

record! {
    REQUEST, Request, "wamux", "The request that a message becomes. Credentials show as `***`.\n\nAttributes:\n    method: The HTTP method.\n    url: The URL.\n    headers: The headers, by their names in lower case.\n    body: The body, as it stands on the wire: its text, or its bytes where they are no text.\n    warnings: Faults that do not stop the message.", None;
    method => Field { name: "method", json_name: "method", doc: "The HTTP method.", nested: Nested::None, shown: Shown::Plain, null: false },
    url => Field { name: "url", json_name: "url", doc: "The URL.", nested: Nested::None, shown: Shown::Length, null: false },
    headers => Field { name: "headers", json_name: "headers", doc: "The headers, by their names in lower case.", nested: Nested::None, shown: Shown::Length, null: false },
    body => Field { name: "body", json_name: "body", doc: "The body, as it stands on the wire: its text, or its bytes where they are no text.", nested: Nested::None, shown: Shown::Length, null: false },
    warnings => Field { name: "warnings", json_name: "warnings", doc: "Faults that do not stop the message.", nested: Nested::One(&VIOLATION), shown: Shown::Length, null: false },
}

record! {
    CAPABILITIES, Capabilities, "wamux", "What a gateway can do.\n\nAttributes:\n    gateway: The gateway's id.\n    name: The gateway's name.\n    base_url: Its documented address; Rapporto, which publishes none, has one below `.invalid`.\n    region: The region of phone numbers in national form, such as `RU`; None: none.\n    sends: What wamux sends through it.\n    not_yet: What it documents and this version of wamux does not send yet.\n    statuses: What it tells of messages that were sent.\n    receives: The types of messages that come in, as events have them.\n    calls: The names of its calls beyond sending.\n    payloads: The names of the native payloads that can be checked; the first is the send call's.\n    limits: The limits of its payloads.", None;
    gateway => Field { name: "gateway", json_name: "gateway", doc: "The gateway's id.", nested: Nested::None, shown: Shown::Plain, null: false },
    name => Field { name: "name", json_name: "name", doc: "The gateway's name.", nested: Nested::None, shown: Shown::Length, null: false },
    base_url => Field { name: "base_url", json_name: "base_url", doc: "Its documented address; Rapporto, which publishes none, has one below `.invalid`.", nested: Nested::None, shown: Shown::Length, null: false },
    region => Field { name: "region", json_name: "region", doc: "The region of phone numbers in national form, such as `RU`; None: none.", nested: Nested::None, shown: Shown::Plain, null: true },
    sends => Field { name: "sends", json_name: "sends", doc: "What wamux sends through it.", nested: Nested::One(&FEATURE), shown: Shown::Length, null: false },
    not_yet => Field { name: "not_yet", json_name: "not_yet", doc: "What it documents and this version of wamux does not send yet.", nested: Nested::One(&FEATURE), shown: Shown::Length, null: false },
    statuses => Field { name: "statuses", json_name: "statuses", doc: "What it tells of messages that were sent.", nested: Nested::None, shown: Shown::Plain, null: false },
    receives => Field { name: "receives", json_name: "receives", doc: "The types of messages that come in, as events have them.", nested: Nested::None, shown: Shown::Length, null: false },
    calls => Field { name: "calls", json_name: "calls", doc: "The names of its calls beyond sending.", nested: Nested::None, shown: Shown::Length, null: false },
    payloads => Field { name: "payloads", json_name: "payloads", doc: "The names of the native payloads that can be checked; the first is the send call's.", nested: Nested::None, shown: Shown::Length, null: false },
    limits => Field { name: "limits", json_name: "limits", doc: "The limits of its payloads.", nested: Nested::One(&LIMIT), shown: Shown::Length, null: false },
}

record! {
    FEATURE, Feature, "wamux", "Something that one gateway can say and another cannot.", None;
}

record! {
    LIMIT, Limit, "wamux", "A limit of a gateway's call, on the wire.\n\nAttributes:\n    call: The call, such as `messages`.\n    path: The member of the call's body, such as `interactive.action.buttons[].reply.title`.\n    rule: `min_length` and `max_length` (code points), `min_items` and `max_items`, `max_total` (items of all lists together), `minimum` and `maximum`.\n    limit: The limit itself, which is still allowed.\n    when: For which values of other members it holds, such as `type: header`; absent: always.\n    severity: Whether what is past it is refused, or told of and sent.", None;
    call => Field { name: "call", json_name: "call", doc: "The call, such as `messages`.", nested: Nested::None, shown: Shown::Length, null: false },
    path => Field { name: "path", json_name: "path", doc: "The member of the call's body, such as `interactive.action.buttons[].reply.title`.", nested: Nested::None, shown: Shown::Path, null: false },
    rule => Field { name: "rule", json_name: "rule", doc: "`min_length` and `max_length` (code points), `min_items` and `max_items`, `max_total` (items of all lists together), `minimum` and `maximum`.", nested: Nested::None, shown: Shown::Length, null: false },
    limit => Field { name: "limit", json_name: "limit", doc: "The limit itself, which is still allowed.", nested: Nested::None, shown: Shown::Plain, null: false },
    when = None => Field { name: "when", json_name: "when", doc: "For which values of other members it holds, such as `type: header`; absent: always.", nested: Nested::None, shown: Shown::Length, null: false },
    severity => Field { name: "severity", json_name: "severity", doc: "Whether what is past it is refused, or told of and sent.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    GATEWAY_CODE, GatewayCode, "wamux", "A documented code of a gateway.\n\nAttributes:\n    code: The code, as text.\n    ref: The parameter that the code refers to.\n    where: Where the code is met.\n    http_status: The HTTP status that it comes with.\n    title: What it means.\n    kind: The kind of error that it becomes.\n    retryable: Whether the same message can succeed later.\n    delivery: What is known about the message; none for statuses and webhooks.\n    advice: What to do about it.", None;
    code => Field { name: "code", json_name: "code", doc: "The code, as text.", nested: Nested::None, shown: Shown::Word, null: false },
    r#ref = None => Field { name: "ref", json_name: "ref", doc: "The parameter that the code refers to.", nested: Nested::None, shown: Shown::Word, null: false },
    r#where => Field { name: "where", json_name: "where", doc: "Where the code is met.", nested: Nested::None, shown: Shown::Plain, null: false },
    http_status = None => Field { name: "http_status", json_name: "http_status", doc: "The HTTP status that it comes with.", nested: Nested::None, shown: Shown::Plain, null: false },
    title => Field { name: "title", json_name: "title", doc: "What it means.", nested: Nested::None, shown: Shown::Plain, null: false },
    kind => Field { name: "kind", json_name: "kind", doc: "The kind of error that it becomes.", nested: Nested::None, shown: Shown::Plain, null: false },
    retryable => Field { name: "retryable", json_name: "retryable", doc: "Whether the same message can succeed later.", nested: Nested::None, shown: Shown::Plain, null: false },
    delivery => Field { name: "delivery", json_name: "delivery", doc: "What is known about the message; none for statuses and webhooks.", nested: Nested::None, shown: Shown::Plain, null: true },
    advice => Field { name: "advice", json_name: "advice", doc: "What to do about it.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    METRICS, Metrics, "wamux", "What a client and its clones have counted since they were made.\n\nNames, units and attributes are those of OpenTelemetry's semantic conventions where it has some; those of wamux itself begin with `wamux.`. No attribute has a number, a text, a key or an id of a message.\n\nAttributes:\n    counters: Sums that only grow.\n    gauges: How many there are at this moment.\n    histograms: How long things took.", None;
    counters => Field { name: "counters", json_name: "counters", doc: "Sums that only grow.", nested: Nested::One(&NUMBER_POINT), shown: Shown::Length, null: false },
    gauges => Field { name: "gauges", json_name: "gauges", doc: "How many there are at this moment.", nested: Nested::One(&NUMBER_POINT), shown: Shown::Length, null: false },
    histograms => Field { name: "histograms", json_name: "histograms", doc: "How long things took.", nested: Nested::One(&HISTOGRAM_POINT), shown: Shown::Length, null: false },
}

record! {
    NUMBER_POINT, NumberPoint, "wamux", "A number that was counted.\n\nAttributes:\n    name: What was counted, such as `messaging.client.sent.messages`.\n    unit: The unit of UCUM, such as `{message}`.\n    attributes: What tells this number from others of the name.\n    value: The number.", None;
    name => Field { name: "name", json_name: "name", doc: "What was counted, such as `messaging.client.sent.messages`.", nested: Nested::None, shown: Shown::Plain, null: false },
    unit => Field { name: "unit", json_name: "unit", doc: "The unit of UCUM, such as `{message}`.", nested: Nested::None, shown: Shown::Plain, null: false },
    attributes => Field { name: "attributes", json_name: "attributes", doc: "What tells this number from others of the name.", nested: Nested::None, shown: Shown::All, null: false },
    value => Field { name: "value", json_name: "value", doc: "The number.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    ERROR_EVENT, ErrorEvent, "wamux.event", "An item that could not be read, beside those that could.\n\nIts `type` is always `error`.\n\nAttributes:\n    message_id: The gateway's id of the message that it is about, where it is about one.\n    at: When it happened: RFC 3339, UTC.\n    to: The recipient of that message: E.164, or the gateway's id of a chat.\n    error: What is wrong.\n    message: Why, in words.\n    raw: The item as the gateway sent it: JSON text.", Some(("type", "error"));
    message_id = None => Field { name: "message_id", json_name: "message_id", doc: "The gateway's id of the message that it is about, where it is about one.", nested: Nested::None, shown: Shown::Id, null: false },
    at = None => Field { name: "at", json_name: "at", doc: "When it happened: RFC 3339, UTC.", nested: Nested::None, shown: Shown::Plain, null: false },
    to = None => Field { name: "to", json_name: "to", doc: "The recipient of that message: E.164, or the gateway's id of a chat.", nested: Nested::None, shown: Shown::Number, null: false },
    error => Field { name: "error", json_name: "error", doc: "What is wrong.", nested: Nested::One(&STATUS_ERROR), shown: Shown::Length, null: false },
    message = None => Field { name: "message", json_name: "message", doc: "Why, in words.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw => Field { name: "raw", json_name: "raw", doc: "The item as the gateway sent it: JSON text.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    TEXT_CHAT_CONTENT, TextChatContent, "wamux.event", "Plain text.\n\nIts `type` is always `text`.\n\nAttributes:\n    text: The text.", Some(("type", "text"));
    text => Field { name: "text", json_name: "text", doc: "The text.", nested: Nested::One(&TEXT), shown: Shown::Length, null: false },
}

record! {
    IMAGE_CHAT_CONTENT, ImageChatContent, "wamux.event", "A picture.\n\nIts `type` is always `image`.\n\nAttributes:\n    image: The picture.", Some(("type", "image"));
    image => Field { name: "image", json_name: "image", doc: "The picture.", nested: Nested::One(&CHAT_MEDIA), shown: Shown::Length, null: false },
}

record! {
    AUDIO_CHAT_CONTENT, AudioChatContent, "wamux.event", "A sound.\n\nIts `type` is always `audio`.\n\nAttributes:\n    audio: The sound.", Some(("type", "audio"));
    audio => Field { name: "audio", json_name: "audio", doc: "The sound.", nested: Nested::One(&CHAT_MEDIA), shown: Shown::Length, null: false },
}

record! {
    VOICE_CHAT_CONTENT, VoiceChatContent, "wamux.event", "A voice message.\n\nIts `type` is always `voice`.\n\nAttributes:\n    voice: The sound.", Some(("type", "voice"));
    voice => Field { name: "voice", json_name: "voice", doc: "The sound.", nested: Nested::One(&CHAT_MEDIA), shown: Shown::Length, null: false },
}

record! {
    VIDEO_CHAT_CONTENT, VideoChatContent, "wamux.event", "A film.\n\nIts `type` is always `video`.\n\nAttributes:\n    video: The film.", Some(("type", "video"));
    video => Field { name: "video", json_name: "video", doc: "The film.", nested: Nested::One(&CHAT_MEDIA), shown: Shown::Length, null: false },
}

record! {
    DOCUMENT_CHAT_CONTENT, DocumentChatContent, "wamux.event", "A file.\n\nIts `type` is always `document`.\n\nAttributes:\n    document: The file.", Some(("type", "document"));
    document => Field { name: "document", json_name: "document", doc: "The file.", nested: Nested::One(&CHAT_MEDIA), shown: Shown::Length, null: false },
}

record! {
    STICKER_CHAT_CONTENT, StickerChatContent, "wamux.event", "A sticker.\n\nIts `type` is always `sticker`.\n\nAttributes:\n    sticker: The sticker.", Some(("type", "sticker"));
    sticker => Field { name: "sticker", json_name: "sticker", doc: "The sticker.", nested: Nested::One(&CHAT_MEDIA), shown: Shown::Length, null: false },
}

record! {
    LOCATION_CHAT_CONTENT, LocationChatContent, "wamux.event", "A place.\n\nIts `type` is always `location`.\n\nAttributes:\n    location: The place.", Some(("type", "location"));
    location => Field { name: "location", json_name: "location", doc: "The place.", nested: Nested::One(&CHAT_LOCATION), shown: Shown::Length, null: false },
}

record! {
    CONTACTS_CHAT_CONTENT, ContactsChatContent, "wamux.event", "Contact cards.\n\nIts `type` is always `contacts`.\n\nAttributes:\n    contacts: The cards.", Some(("type", "contacts"));
    contacts => Field { name: "contacts", json_name: "contacts", doc: "The cards.", nested: Nested::One(&CONTACT), shown: Shown::Length, null: false },
}

record! {
    INTERACTIVE_CHAT_CONTENT, InteractiveChatContent, "wamux.event", "A choice from a list or of a button.\n\nIts `type` is always `interactive`.\n\nAttributes:\n    interactive: The choice.", Some(("type", "interactive"));
    interactive => Field { name: "interactive", json_name: "interactive", doc: "The choice.", nested: Nested::Union(&[&LIST_REPLY_INTERACTION, &BUTTON_REPLY_INTERACTION]), shown: Shown::Length, null: false },
}

record! {
    BUTTON_CHAT_CONTENT, ButtonChatContent, "wamux.event", "A quick-reply button of a template that was pressed.\n\nIts `type` is always `button`.\n\nAttributes:\n    button: The button.", Some(("type", "button"));
    button => Field { name: "button", json_name: "button", doc: "The button.", nested: Nested::One(&QUICK_REPLY), shown: Shown::Length, null: false },
}

record! {
    REACTION_CHAT_CONTENT, ReactionChatContent, "wamux.event", "An emoji on an earlier message.\n\nIts `type` is always `reaction`.\n\nAttributes:\n    reaction: The emoji; an empty one takes the reaction back.", Some(("type", "reaction"));
    reaction => Field { name: "reaction", json_name: "reaction", doc: "The emoji; an empty one takes the reaction back.", nested: Nested::One(&REACTION), shown: Shown::Length, null: false },
}

record! {
    ORDER_CHAT_CONTENT, OrderChatContent, "wamux.event", "Products that were ordered.\n\nIts `type` is always `order`.\n\nAttributes:\n    order: The order.", Some(("type", "order"));
    order => Field { name: "order", json_name: "order", doc: "The order.", nested: Nested::One(&ORDER), shown: Shown::Length, null: false },
}

record! {
    SYSTEM_CHAT_CONTENT, SystemChatContent, "wamux.event", "A notice of WhatsApp itself, such as a changed number.\n\nIts `type` is always `system`.\n\nAttributes:\n    system: The notice.", Some(("type", "system"));
    system => Field { name: "system", json_name: "system", doc: "The notice.", nested: Nested::One(&SYSTEM_NOTICE), shown: Shown::Length, null: false },
}

record! {
    CALL_CHAT_CONTENT, CallChatContent, "wamux.event", "A call.\n\nIts `type` is always `call`.\n\nAttributes:\n    call: The call.", Some(("type", "call"));
    call => Field { name: "call", json_name: "call", doc: "The call.", nested: Nested::One(&CALL), shown: Shown::Length, null: false },
}

record! {
    UNKNOWN_CHAT_CONTENT, UnknownChatContent, "wamux.event", "A type that this version does not read; `raw` of the message has it.\n\nIts `type` is always `unknown`.\n\nAttributes:\n    raw_type: The gateway's own word for the type, where it has one.", Some(("type", "unknown"));
    raw_type = None => Field { name: "raw_type", json_name: "raw_type", doc: "The gateway's own word for the type, where it has one.", nested: Nested::None, shown: Shown::Word, null: false },
}

record! {
    LIST_REPLY_INTERACTION, ListReplyInteraction, "wamux.event", "A row of a list.\n\nIts `type` is always `list_reply`.\n\nAttributes:\n    list_reply: The row.", Some(("type", "list_reply"));
    list_reply => Field { name: "list_reply", json_name: "list_reply", doc: "The row.", nested: Nested::One(&LIST_REPLY), shown: Shown::Length, null: false },
}

record! {
    BUTTON_REPLY_INTERACTION, ButtonReplyInteraction, "wamux.event", "A reply button.\n\nIts `type` is always `button_reply`.\n\nAttributes:\n    button_reply: The button.", Some(("type", "button_reply"));
    button_reply => Field { name: "button_reply", json_name: "button_reply", doc: "The button.", nested: Nested::One(&BUTTON_REPLY), shown: Shown::Length, null: false },
}

record! {
    CHECKED_CONTACTS, CheckedContacts, "wamux.call", "What is known of phone numbers.\n\nAttributes:\n    contacts: The numbers, as the gateway lists them.", None;
    contacts => Field { name: "contacts", json_name: "contacts", doc: "The numbers, as the gateway lists them.", nested: Nested::One(&CHECKED_CONTACT), shown: Shown::Length, null: false },
}

record! {
    CHECKED_CONTACT, CheckedContact, "wamux.call", "What is known of a phone number.\n\nAttributes:\n    input: The number as it was sent: with the country code and a plus sign.\n    status: What the gateway says of it.\n    raw_status: The gateway's own word for that.\n    wa_id: The WhatsApp id, which messages go to: digits, and not always those of the number. With a plus sign before it, no region reads it as another number.", None;
    input = None => Field { name: "input", json_name: "input", doc: "The number as it was sent: with the country code and a plus sign.", nested: Nested::None, shown: Shown::Number, null: false },
    status => Field { name: "status", json_name: "status", doc: "What the gateway says of it.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw_status = None => Field { name: "raw_status", json_name: "raw_status", doc: "The gateway's own word for that.", nested: Nested::None, shown: Shown::Word, null: false },
    wa_id = None => Field { name: "wa_id", json_name: "wa_id", doc: "The WhatsApp id, which messages go to: digits, and not always those of the number. With a plus sign before it, no region reads it as another number.", nested: Nested::None, shown: Shown::Number, null: false },
}

record! {
    UPLOADED_MEDIA, UploadedMedia, "wamux.call", "A file at the gateway.\n\nAttributes:\n    id: The id, which messages refer to.\n\n>>> import wamux\n>>> wamux.parse_call_response(\"tujenge\", \"upload_media\", '{\"media\": [{\"id\": \"f043afd0\"}]}')\nUploadedMedia(id='f043afd0')", None;
    id => Field { name: "id", json_name: "id", doc: "The id, which messages refer to.", nested: Nested::None, shown: Shown::Id, null: false },
}

record! {
    GROUPS, Groups, "wamux.call", "Groups.\n\nAttributes:\n    groups: The groups.", None;
    groups => Field { name: "groups", json_name: "groups", doc: "The groups.", nested: Nested::One(&GROUP_ENTRY), shown: Shown::Length, null: false },
}

record! {
    GROUP_ENTRY, GroupEntry, "wamux.call", "A group in a list, or one that was created.\n\nAttributes:\n    id: The id of the group, which messages go to.\n    created_at: When it was created: RFC 3339 in UTC.", None;
    id = None => Field { name: "id", json_name: "id", doc: "The id of the group, which messages go to.", nested: Nested::None, shown: Shown::Id, null: false },
    created_at = None => Field { name: "created_at", json_name: "created_at", doc: "When it was created: RFC 3339 in UTC.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    GROUP_DETAILS, GroupDetails, "wamux.call", "What a group is. People are told by their WhatsApp ids.\n\nAttributes:\n    subject: What it is called.\n    creator: Who created it.\n    created_at: When it was created: RFC 3339 in UTC.\n    admins: Its administrators.\n    participants: All who are in it.", None;
    subject = None => Field { name: "subject", json_name: "subject", doc: "What it is called.", nested: Nested::None, shown: Shown::Length, null: false },
    creator = None => Field { name: "creator", json_name: "creator", doc: "Who created it.", nested: Nested::None, shown: Shown::Number, null: false },
    created_at = None => Field { name: "created_at", json_name: "created_at", doc: "When it was created: RFC 3339 in UTC.", nested: Nested::None, shown: Shown::Plain, null: false },
    admins => Field { name: "admins", json_name: "admins", doc: "Its administrators.", nested: Nested::None, shown: Shown::Number, null: false },
    participants => Field { name: "participants", json_name: "participants", doc: "All who are in it.", nested: Nested::None, shown: Shown::Number, null: false },
}

record! {
    GROUP_INVITE, GroupInvite, "wamux.call", "The link by which people join a group.\n\nAttributes:\n    link: The URL.", None;
    link = None => Field { name: "link", json_name: "link", doc: "The URL.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    BUSINESS_PROFILE, BusinessProfile, "wamux.call", "A business profile. What is not set is absent, or empty.\n\nAttributes:\n    address: The address.\n    description: What the business is.\n    email: The email address.\n    vertical: The industry, in WhatsApp's own words, such as `Education`.\n    websites: The web pages.", None;
    address = None => Field { name: "address", json_name: "address", doc: "The address.", nested: Nested::None, shown: Shown::Length, null: false },
    description = None => Field { name: "description", json_name: "description", doc: "What the business is.", nested: Nested::None, shown: Shown::Length, null: false },
    email = None => Field { name: "email", json_name: "email", doc: "The email address.", nested: Nested::None, shown: Shown::Length, null: false },
    vertical = None => Field { name: "vertical", json_name: "vertical", doc: "The industry, in WhatsApp's own words, such as `Education`.", nested: Nested::None, shown: Shown::Length, null: false },
    websites => Field { name: "websites", json_name: "websites", doc: "The web pages.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    ABOUT_TEXT, AboutText, "wamux.call", "The text of a profile.\n\nAttributes:\n    text: The text.", None;
    text = None => Field { name: "text", json_name: "text", doc: "The text.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    PROFILE_PHOTO_LINK, ProfilePhotoLink, "wamux.call", "Where the picture of a profile is.\n\nAttributes:\n    link: The URL; absent where there is no picture.", None;
    link = None => Field { name: "link", json_name: "link", doc: "The URL; absent where there is no picture.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    STICKER_PACKS, StickerPacks, "wamux.call", "Packs of stickers.\n\nAttributes:\n    sticker_packs: The packs.", None;
    sticker_packs => Field { name: "sticker_packs", json_name: "sticker_packs", doc: "The packs.", nested: Nested::One(&STICKER_PACK_ENTRY), shown: Shown::Length, null: false },
}

record! {
    STICKER_PACK_ENTRY, StickerPackEntry, "wamux.call", "A pack of stickers in a list, or one that was created.\n\nAttributes:\n    id: The id of the pack.", None;
    id = None => Field { name: "id", json_name: "id", doc: "The id of the pack.", nested: Nested::None, shown: Shown::Id, null: false },
}

record! {
    STICKER_PACK_DETAILS, StickerPackDetails, "wamux.call", "What a pack of stickers is.\n\nAttributes:\n    publisher: Who publishes it.\n    name: Its name.\n    ios_app_store_link: Where its app for iOS is.\n    android_app_store_link: Where its app for Android is.", None;
    publisher = None => Field { name: "publisher", json_name: "publisher", doc: "Who publishes it.", nested: Nested::None, shown: Shown::Length, null: false },
    name = None => Field { name: "name", json_name: "name", doc: "Its name.", nested: Nested::None, shown: Shown::Length, null: false },
    ios_app_store_link = None => Field { name: "ios_app_store_link", json_name: "ios_app_store_link", doc: "Where its app for iOS is.", nested: Nested::None, shown: Shown::Length, null: false },
    android_app_store_link = None => Field { name: "android_app_store_link", json_name: "android_app_store_link", doc: "Where its app for Android is.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    STICKERS, Stickers, "wamux.call", "The stickers of a pack.\n\nAttributes:\n    stickers: The stickers.", None;
    stickers => Field { name: "stickers", json_name: "stickers", doc: "The stickers.", nested: Nested::One(&STICKER_ENTRY), shown: Shown::Length, null: false },
}

record! {
    STICKER_ENTRY, StickerEntry, "wamux.call", "A sticker in a list, or one that was added.\n\nAttributes:\n    index: Its place in the pack.", None;
    index = None => Field { name: "index", json_name: "index", doc: "Its place in the pack.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    STICKER_DETAILS, StickerDetails, "wamux.call", "What a sticker of a pack is.\n\nAttributes:\n    id: Its id, by which a message can bear it.\n    emojis: The emoji that it stands for.\n    image_data_id: The id of its picture.", None;
    id = None => Field { name: "id", json_name: "id", doc: "Its id, by which a message can bear it.", nested: Nested::None, shown: Shown::Id, null: false },
    emojis => Field { name: "emojis", json_name: "emojis", doc: "The emoji that it stands for.", nested: Nested::None, shown: Shown::Length, null: false },
    image_data_id = None => Field { name: "image_data_id", json_name: "image_data_id", doc: "The id of its picture.", nested: Nested::None, shown: Shown::Id, null: false },
}

record! {
    WEBHOOK_TARGET, WebhookTarget, "wamux.call", "Where a gateway sends what it has to tell.\n\nAttributes:\n    url: The address.\n    headers: The headers of each delivery, by name. Their values are credentials: each shows as `***`.", None;
    url = None => Field { name: "url", json_name: "url", doc: "The address.", nested: Nested::None, shown: Shown::Length, null: false },
    headers = None => Field { name: "headers", json_name: "headers", doc: "The headers of each delivery, by name. Their values are credentials: each shows as `***`.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    INSTANCE_STATUS, InstanceStatus, "wamux.call", "How the instance is.\n\nAttributes:\n    account_status: What the gateway's word means.\n    raw_account_status: The gateway's word.\n    qr_code: The code to scan, as a data URI of a PNG picture, where the instance waits to be paired. It is valid for one minute.\n    status_data: The details, where they were asked for.", None;
    account_status => Field { name: "account_status", json_name: "account_status", doc: "What the gateway's word means.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw_account_status => Field { name: "raw_account_status", json_name: "raw_account_status", doc: "The gateway's word.", nested: Nested::None, shown: Shown::Word, null: false },
    qr_code = None => Field { name: "qr_code", json_name: "qr_code", doc: "The code to scan, as a data URI of a PNG picture, where the instance waits to be paired. It is valid for one minute.", nested: Nested::None, shown: Shown::Length, null: false },
    status_data = None => Field { name: "status_data", json_name: "status_data", doc: "The details, where they were asked for.", nested: Nested::One(&STATUS_DATA), shown: Shown::Length, null: false },
}

record! {
    STATUS_DATA, StatusData, "wamux.call", "The details of how the instance is.\n\nAttributes:\n    substatus: The gateway's word: `normal`, `loading`, `offline`, `expired`, `opening`, `pairing`, `timeout`, `computer`, `phone`, `battery_low_1` or `battery_low_2`.\n    title: What it means, in words.\n    message: What to do about it.\n    details: More about it.\n    reason: Why it is loading: `connecting`, `syncing`, `offline`, `proxyblock` or `conflict`.\n    actions: What can be done about it.", None;
    substatus = None => Field { name: "substatus", json_name: "substatus", doc: "The gateway's word: `normal`, `loading`, `offline`, `expired`, `opening`, `pairing`, `timeout`, `computer`, `phone`, `battery_low_1` or `battery_low_2`.", nested: Nested::None, shown: Shown::Word, null: false },
    title = None => Field { name: "title", json_name: "title", doc: "What it means, in words.", nested: Nested::None, shown: Shown::Length, null: false },
    message = None => Field { name: "message", json_name: "message", doc: "What to do about it.", nested: Nested::None, shown: Shown::Length, null: false },
    details = None => Field { name: "details", json_name: "details", doc: "More about it.", nested: Nested::None, shown: Shown::Length, null: false },
    reason = None => Field { name: "reason", json_name: "reason", doc: "Why it is loading: `connecting`, `syncing`, `offline`, `proxyblock` or `conflict`.", nested: Nested::None, shown: Shown::Word, null: false },
    actions = None => Field { name: "actions", json_name: "actions", doc: "What can be done about it.", nested: Nested::One(&STATUS_ACTION), shown: Shown::Length, null: false },
}

record! {
    STATUS_ACTION, StatusAction, "wamux.call", "Something that can be done about how the instance is.\n\nAttributes:\n    name: The gateway's name for it: `expiry`, `retry`, `logout`, `takeover` or `learn_more`.\n    act: The call that does it, by its name on the wire.\n    label: What a button for it says.\n    link: A page to read, in place of a call.", None;
    name => Field { name: "name", json_name: "name", doc: "The gateway's name for it: `expiry`, `retry`, `logout`, `takeover` or `learn_more`.", nested: Nested::None, shown: Shown::Length, null: false },
    act = None => Field { name: "act", json_name: "act", doc: "The call that does it, by its name on the wire.", nested: Nested::None, shown: Shown::Word, null: false },
    label = None => Field { name: "label", json_name: "label", doc: "What a button for it says.", nested: Nested::None, shown: Shown::Length, null: false },
    link = None => Field { name: "link", json_name: "link", doc: "A page to read, in place of a call.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    INSTANCE_ORDER, InstanceOrder, "wamux.call", "An order that was passed on to WhatsApp. What came of it, `get_status` tells.\n\nAttributes:\n    message: What the gateway says of it, in words.", None;
    message = None => Field { name: "message", json_name: "message", doc: "What the gateway says of it, in words.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    INSTANCE_SETTINGS, InstanceSettings, "wamux.call", "The instance's settings, as far as the gateway tells them.\n\nAttributes:\n    webhook_url: Where webhooks are sent to: an http or https URL.\n    ack_notifications_on: Whether webhooks tell that messages were delivered and read.\n    chat_update_on: Whether webhooks tell that chats changed.\n    video_upload_on: Whether films that come in are fetched.\n    proxy: The address and port of the SOCKS5 proxy that the instance uses; through one that does not work, it does not work either. Its user and password are not shown: `***@10.0.0.1:1080`.\n    guaranteed_hooks: Whether a webhook is sent up to 20 times, until it is answered with status 200.\n    ignore_old_messages: Whether webhooks leave out the old messages that come in while the instance is paired.\n    process_archive: Whether messages of archived chats are processed.\n    instance_statuses: Whether the changes of the instance's status are kept, for `get_instance_statuses`.\n    webhook_statuses: Whether the fate of webhooks is kept, for `get_webhook_status`.\n    status_notifications_on: Whether webhooks tell that the instance's status changed.", None;
    webhook_url = None => Field { name: "webhook_url", json_name: "webhook_url", doc: "Where webhooks are sent to: an http or https URL.", nested: Nested::None, shown: Shown::Length, null: false },
    ack_notifications_on = None => Field { name: "ack_notifications_on", json_name: "ack_notifications_on", doc: "Whether webhooks tell that messages were delivered and read.", nested: Nested::None, shown: Shown::Plain, null: false },
    chat_update_on = None => Field { name: "chat_update_on", json_name: "chat_update_on", doc: "Whether webhooks tell that chats changed.", nested: Nested::None, shown: Shown::Plain, null: false },
    video_upload_on = None => Field { name: "video_upload_on", json_name: "video_upload_on", doc: "Whether films that come in are fetched.", nested: Nested::None, shown: Shown::Plain, null: false },
    proxy = None => Field { name: "proxy", json_name: "proxy", doc: "The address and port of the SOCKS5 proxy that the instance uses; through one that does not work, it does not work either. Its user and password are not shown: `***@10.0.0.1:1080`.", nested: Nested::None, shown: Shown::Length, null: false },
    guaranteed_hooks = None => Field { name: "guaranteed_hooks", json_name: "guaranteed_hooks", doc: "Whether a webhook is sent up to 20 times, until it is answered with status 200.", nested: Nested::None, shown: Shown::Plain, null: false },
    ignore_old_messages = None => Field { name: "ignore_old_messages", json_name: "ignore_old_messages", doc: "Whether webhooks leave out the old messages that come in while the instance is paired.", nested: Nested::None, shown: Shown::Plain, null: false },
    process_archive = None => Field { name: "process_archive", json_name: "process_archive", doc: "Whether messages of archived chats are processed.", nested: Nested::None, shown: Shown::Plain, null: false },
    instance_statuses = None => Field { name: "instance_statuses", json_name: "instance_statuses", doc: "Whether the changes of the instance's status are kept, for `get_instance_statuses`.", nested: Nested::None, shown: Shown::Plain, null: false },
    webhook_statuses = None => Field { name: "webhook_statuses", json_name: "webhook_statuses", doc: "Whether the fate of webhooks is kept, for `get_webhook_status`.", nested: Nested::None, shown: Shown::Plain, null: false },
    status_notifications_on = None => Field { name: "status_notifications_on", json_name: "status_notifications_on", doc: "Whether webhooks tell that the instance's status changed.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    UPDATED_SETTINGS, UpdatedSettings, "wamux.call", "Settings after a change.\n\nAttributes:\n    settings: All of them.\n    update: Those that were changed, where the gateway tells them.", None;
    settings => Field { name: "settings", json_name: "settings", doc: "All of them.", nested: Nested::One(&INSTANCE_SETTINGS), shown: Shown::Length, null: false },
    update = None => Field { name: "update", json_name: "update", doc: "Those that were changed, where the gateway tells them.", nested: Nested::One(&INSTANCE_SETTINGS), shown: Shown::Length, null: false },
}

record! {
    ACCEPTED_MESSAGE, AcceptedMessage, "wamux.call", "A message that the gateway took over: it is queued.\n\nAttributes:\n    message_id: The gateway's id of the message, where it tells one.", None;
    message_id = None => Field { name: "message_id", json_name: "message_id", doc: "The gateway's id of the message, where it tells one.", nested: Nested::None, shown: Shown::Id, null: false },
}

record! {
    MESSAGE_PAGE, MessagePage, "wamux.call", "Messages of the gateway's list.\n\nAttributes:\n    messages: The messages, as a webhook tells them; one that cannot be read is an `error` event.\n    last_message_number: What to ask for next.", None;
    messages => Field { name: "messages", json_name: "messages", doc: "The messages, as a webhook tells them; one that cannot be read is an `error` event.", nested: Nested::Union(&[&STATUS_EVENT, &MESSAGE_EVENT, &CHAT_EVENT, &ERROR_EVENT]), shown: Shown::Length, null: false },
    last_message_number = None => Field { name: "last_message_number", json_name: "last_message_number", doc: "What to ask for next.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    MESSAGE_HISTORY, MessageHistory, "wamux.call", "A page of the gateway's messages.\n\nAttributes:\n    messages: The messages, as a webhook tells them; one that cannot be read is an `error` event.\n    page: The number of the page, where the gateway tells it.", None;
    messages => Field { name: "messages", json_name: "messages", doc: "The messages, as a webhook tells them; one that cannot be read is an `error` event.", nested: Nested::Union(&[&STATUS_EVENT, &MESSAGE_EVENT, &CHAT_EVENT, &ERROR_EVENT]), shown: Shown::Length, null: false },
    page = None => Field { name: "page", json_name: "page", doc: "The number of the page, where the gateway tells it.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    DIALOGS, Dialogs, "wamux.call", "The list of chats.\n\nAttributes:\n    dialogs: The chats.", None;
    dialogs => Field { name: "dialogs", json_name: "dialogs", doc: "The chats.", nested: Nested::One(&DIALOG), shown: Shown::Length, null: false },
}

record! {
    DIALOG, Dialog, "wamux.call", "A chat of the list.\n\nAttributes:\n    id: The gateway's id of the chat.\n    name: The name of the person or the group.\n    image: Where its picture is: an https URL.\n    metadata: What else the gateway says of it, as it says it.", None;
    id = None => Field { name: "id", json_name: "id", doc: "The gateway's id of the chat.", nested: Nested::None, shown: Shown::Id, null: false },
    name = None => Field { name: "name", json_name: "name", doc: "The name of the person or the group.", nested: Nested::None, shown: Shown::Length, null: false },
    image = None => Field { name: "image", json_name: "image", doc: "Where its picture is: an https URL.", nested: Nested::None, shown: Shown::Length, null: false },
    metadata = None => Field { name: "metadata", json_name: "metadata", doc: "What else the gateway says of it, as it says it.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    QUEUED_GROUP, QueuedGroup, "wamux.call", "A group that is being created.\n\nAttributes:\n    chat_id: The gateway's id of the group, where it was created within 20 seconds.\n    group_invite_link: The link that invites to the group.\n    message: What the gateway says of it, in words.", None;
    chat_id = None => Field { name: "chat_id", json_name: "chat_id", doc: "The gateway's id of the group, where it was created within 20 seconds.", nested: Nested::None, shown: Shown::Number, null: false },
    group_invite_link = None => Field { name: "group_invite_link", json_name: "group_invite_link", doc: "The link that invites to the group.", nested: Nested::None, shown: Shown::Length, null: false },
    message = None => Field { name: "message", json_name: "message", doc: "What the gateway says of it, in words.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CHAT_READ, ChatRead, "wamux.call", "A chat that was marked as read.\n\nAttributes:\n    chat_id: The gateway's id of the chat.\n    message: What the gateway says of it, in words.", None;
    chat_id = None => Field { name: "chat_id", json_name: "chat_id", doc: "The gateway's id of the chat.", nested: Nested::None, shown: Shown::Number, null: false },
    message = None => Field { name: "message", json_name: "message", doc: "What the gateway says of it, in words.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    GROUP_CHANGE, GroupChange, "wamux.call", "A group whose people were changed.\n\nAttributes:\n    group_id: The gateway's id of the group.\n    message: What the gateway says of it, in words.", None;
    group_id = None => Field { name: "group_id", json_name: "group_id", doc: "The gateway's id of the group.", nested: Nested::None, shown: Shown::Number, null: false },
    message = None => Field { name: "message", json_name: "message", doc: "What the gateway says of it, in words.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    INSTANCE_WEBHOOK, InstanceWebhook, "wamux.call", "Where webhooks are sent to.\n\nAttributes:\n    set: Whether one is set.\n    url: The address.\n    message: What the gateway says of it, in words.", None;
    set = None => Field { name: "set", json_name: "set", doc: "Whether one is set.", nested: Nested::None, shown: Shown::Plain, null: false },
    url = None => Field { name: "url", json_name: "url", doc: "The address.", nested: Nested::None, shown: Shown::Length, null: false },
    message = None => Field { name: "message", json_name: "message", doc: "What the gateway says of it, in words.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    WEBHOOK_DELIVERY, WebhookDelivery, "wamux.call", "What became of a webhook.\n\nAttributes:\n    message_id: The id of the message that it told of.\n    status: What the gateway's word means.\n    raw_status: The gateway's word.\n    at: When it was made: RFC 3339, UTC; absent where the gateway's words do not say it whole.\n    raw_at: The same in the gateway's words.", None;
    message_id = None => Field { name: "message_id", json_name: "message_id", doc: "The id of the message that it told of.", nested: Nested::None, shown: Shown::Id, null: false },
    status => Field { name: "status", json_name: "status", doc: "What the gateway's word means.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw_status => Field { name: "raw_status", json_name: "raw_status", doc: "The gateway's word.", nested: Nested::None, shown: Shown::Word, null: false },
    at = None => Field { name: "at", json_name: "at", doc: "When it was made: RFC 3339, UTC; absent where the gateway's words do not say it whole.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw_at = None => Field { name: "raw_at", json_name: "raw_at", doc: "The same in the gateway's words.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    MESSAGES_QUEUE, MessagesQueue, "wamux.call", "The messages that wait to be sent.\n\nAttributes:\n    total_messages: How many there are.\n    first100: The first 100.", None;
    total_messages = None => Field { name: "total_messages", json_name: "total_messages", doc: "How many there are.", nested: Nested::None, shown: Shown::Plain, null: false },
    first100 => Field { name: "first100", json_name: "first100", doc: "The first 100.", nested: Nested::One(&QUEUED_MESSAGE), shown: Shown::Length, null: false },
}

record! {
    QUEUED_MESSAGE, QueuedMessage, "wamux.call", "A message that waits to be sent.\n\nAttributes:\n    id: Its number in the queue.\n    body: Its text, or what stands for it.\n    message_type: The gateway's word for its kind, such as `text`.\n    chat_id: The gateway's id of the chat that it goes to.\n    last_try: When it was last tried: RFC 3339, UTC.\n    metadata: What else the gateway says of it, as it says it.", None;
    id = None => Field { name: "id", json_name: "id", doc: "Its number in the queue.", nested: Nested::None, shown: Shown::Id, null: false },
    body = None => Field { name: "body", json_name: "body", doc: "Its text, or what stands for it.", nested: Nested::None, shown: Shown::Length, null: false },
    message_type = None => Field { name: "message_type", json_name: "message_type", doc: "The gateway's word for its kind, such as `text`.", nested: Nested::None, shown: Shown::Word, null: false },
    chat_id = None => Field { name: "chat_id", json_name: "chat_id", doc: "The gateway's id of the chat that it goes to.", nested: Nested::None, shown: Shown::Number, null: false },
    last_try = None => Field { name: "last_try", json_name: "last_try", doc: "When it was last tried: RFC 3339, UTC.", nested: Nested::None, shown: Shown::Length, null: false },
    metadata = None => Field { name: "metadata", json_name: "metadata", doc: "What else the gateway says of it, as it says it.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CLEARED_MESSAGES, ClearedMessages, "wamux.call", "The messages that will not be sent.\n\nAttributes:\n    message: What the gateway says of it, in words: how many there were.\n    message_texts_example: The texts of the first 100.", None;
    message = None => Field { name: "message", json_name: "message", doc: "What the gateway says of it, in words: how many there were.", nested: Nested::None, shown: Shown::Length, null: false },
    message_texts_example => Field { name: "message_texts_example", json_name: "message_texts_example", doc: "The texts of the first 100.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    ACTIONS_QUEUE, ActionsQueue, "wamux.call", "What waits to be done.\n\nAttributes:\n    total_actions: How many there are.\n    first100: The first 100.", None;
    total_actions = None => Field { name: "total_actions", json_name: "total_actions", doc: "How many there are.", nested: Nested::None, shown: Shown::Plain, null: false },
    first100 => Field { name: "first100", json_name: "first100", doc: "The first 100.", nested: Nested::One(&QUEUED_ACTION), shown: Shown::Length, null: false },
}

record! {
    QUEUED_ACTION, QueuedAction, "wamux.call", "Something that waits to be done.\n\nAttributes:\n    id: Its number in the queue.\n    action_type: What it is.\n    raw_action_type: The same in the gateway's word.\n    last_try: When it was last tried: RFC 3339, UTC.\n    json_data: What else the gateway says of it, as it says it.", None;
    id = None => Field { name: "id", json_name: "id", doc: "Its number in the queue.", nested: Nested::None, shown: Shown::Id, null: false },
    action_type => Field { name: "action_type", json_name: "action_type", doc: "What it is.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw_action_type = None => Field { name: "raw_action_type", json_name: "raw_action_type", doc: "The same in the gateway's word.", nested: Nested::None, shown: Shown::Word, null: false },
    last_try = None => Field { name: "last_try", json_name: "last_try", doc: "When it was last tried: RFC 3339, UTC.", nested: Nested::None, shown: Shown::Length, null: false },
    json_data = None => Field { name: "json_data", json_name: "json_data", doc: "What else the gateway says of it, as it says it.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CLEARED_ACTIONS, ClearedActions, "wamux.call", "What will not be done.\n\nAttributes:\n    message: What the gateway says of it, in words: how many there were.\n    actions_example: The gateway's words for the first 100.", None;
    message = None => Field { name: "message", json_name: "message", doc: "What the gateway says of it, in words: how many there were.", nested: Nested::None, shown: Shown::Length, null: false },
    actions_example => Field { name: "actions_example", json_name: "actions_example", doc: "The gateway's words for the first 100.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    BAN_SETTINGS, BanSettings, "wamux.call", "Whom the instance blocks by itself.\n\nAttributes:\n    ban_phone_mask: The regular expression; numbers that it fits are blocked.\n    pre_ban_message: What a person is told before.\n    set: Whether the call has changed this.", None;
    ban_phone_mask = None => Field { name: "ban_phone_mask", json_name: "ban_phone_mask", doc: "The regular expression; numbers that it fits are blocked.", nested: Nested::None, shown: Shown::Length, null: false },
    pre_ban_message = None => Field { name: "pre_ban_message", json_name: "pre_ban_message", doc: "What a person is told before.", nested: Nested::None, shown: Shown::Length, null: false },
    set = None => Field { name: "set", json_name: "set", doc: "Whether the call has changed this.", nested: Nested::None, shown: Shown::Plain, null: false },
}

record! {
    BAN_VERDICT, BanVerdict, "wamux.call", "Whether the instance would block a number.\n\nAttributes:\n    banned: Whether it would.\n    message: What the gateway says of it, in words.\n    phone: The number, in E.164.\n    ban_phone_mask: The regular expression that it was held against.", None;
    banned => Field { name: "banned", json_name: "banned", doc: "Whether it would.", nested: Nested::None, shown: Shown::Plain, null: false },
    message = None => Field { name: "message", json_name: "message", doc: "What the gateway says of it, in words.", nested: Nested::None, shown: Shown::Length, null: false },
    phone = None => Field { name: "phone", json_name: "phone", doc: "The number, in E.164.", nested: Nested::None, shown: Shown::Number, null: false },
    ban_phone_mask = None => Field { name: "ban_phone_mask", json_name: "ban_phone_mask", doc: "The regular expression that it was held against.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    INSTANCE_STATUSES, InstanceStatuses, "wamux.call", "What the instance's status was, and when.\n\nAttributes:\n    statuses: The changes of the status.", None;
    statuses => Field { name: "statuses", json_name: "statuses", doc: "The changes of the status.", nested: Nested::One(&INSTANCE_STATUS_CHANGE), shown: Shown::Length, null: false },
}

record! {
    INSTANCE_STATUS_CHANGE, InstanceStatusChange, "wamux.call", "A change of the instance's status.\n\nAttributes:\n    account_status: What the gateway's word means.\n    raw_account_status: The gateway's word.\n    at: When: RFC 3339, UTC; absent where the gateway's words do not say it whole.\n    raw_at: The same in the gateway's words.", None;
    account_status => Field { name: "account_status", json_name: "account_status", doc: "What the gateway's word means.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw_account_status => Field { name: "raw_account_status", json_name: "raw_account_status", doc: "The gateway's word.", nested: Nested::None, shown: Shown::Word, null: false },
    at = None => Field { name: "at", json_name: "at", doc: "When: RFC 3339, UTC; absent where the gateway's words do not say it whole.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw_at = None => Field { name: "raw_at", json_name: "raw_at", doc: "The same in the gateway's words.", nested: Nested::None, shown: Shown::Length, null: false },
}

record! {
    CHECKED_PHONE, CheckedPhone, "wamux.call", "Whether a phone number has WhatsApp.\n\nAttributes:\n    result: What the gateway's words mean.\n    raw_result: The gateway's words.", None;
    result => Field { name: "result", json_name: "result", doc: "What the gateway's words mean.", nested: Nested::None, shown: Shown::Plain, null: false },
    raw_result => Field { name: "raw_result", json_name: "raw_result", doc: "The gateway's words.", nested: Nested::None, shown: Shown::Word, null: false },
}

/// The classes of messages; each has one part, which its constant `type` names.
pub(crate) static MESSAGES: &[&Shape] = &[&TEXT_MESSAGE, &IMAGE_MESSAGE, &AUDIO_MESSAGE, &VOICE_MESSAGE, &VIDEO_MESSAGE, &DOCUMENT_MESSAGE, &STICKER_MESSAGE, &LOCATION_MESSAGE, &CONTACTS_MESSAGE, &TEMPLATE_MESSAGE, &INTERACTIVE_MESSAGE, &REACTION_MESSAGE];

/// The classes of the union `Event`.
pub(crate) static EVENT_UNION: Nested = Nested::Union(&[&STATUS_EVENT, &MESSAGE_EVENT, &CHAT_EVENT, &ERROR_EVENT]);

/// What each call answers, by gateway and name.
pub(crate) static OUTPUTS: &[(&str, &str, Nested)] = &[
    ("tujenge", "mark_as_read", Nested::None),
    ("tujenge", "check_contacts", Nested::One(&CHECKED_CONTACTS)),
    ("tujenge", "block_contact", Nested::None),
    ("tujenge", "unblock_contact", Nested::None),
    ("tujenge", "upload_media", Nested::One(&UPLOADED_MEDIA)),
    ("tujenge", "download_media", Nested::None),
    ("tujenge", "delete_media", Nested::None),
    ("tujenge", "list_groups", Nested::One(&GROUPS)),
    ("tujenge", "create_group", Nested::One(&GROUP_ENTRY)),
    ("tujenge", "get_group", Nested::One(&GROUP_DETAILS)),
    ("tujenge", "update_group", Nested::None),
    ("tujenge", "get_group_invite", Nested::One(&GROUP_INVITE)),
    ("tujenge", "revoke_group_invite", Nested::None),
    ("tujenge", "remove_group_participants", Nested::None),
    ("tujenge", "leave_group", Nested::None),
    ("tujenge", "get_group_icon", Nested::None),
    ("tujenge", "set_group_icon", Nested::None),
    ("tujenge", "delete_group_icon", Nested::None),
    ("tujenge", "add_group_admins", Nested::None),
    ("tujenge", "remove_group_admins", Nested::None),
    ("tujenge", "get_business_profile", Nested::One(&BUSINESS_PROFILE)),
    ("tujenge", "update_business_profile", Nested::None),
    ("tujenge", "get_about", Nested::One(&ABOUT_TEXT)),
    ("tujenge", "set_about", Nested::None),
    ("tujenge", "get_profile_photo", Nested::None),
    ("tujenge", "get_profile_photo_link", Nested::One(&PROFILE_PHOTO_LINK)),
    ("tujenge", "set_profile_photo", Nested::None),
    ("tujenge", "delete_profile_photo", Nested::None),
    ("tujenge", "list_sticker_packs", Nested::One(&STICKER_PACKS)),
    ("tujenge", "create_sticker_pack", Nested::One(&STICKER_PACK_ENTRY)),
    ("tujenge", "get_sticker_pack", Nested::One(&STICKER_PACK_DETAILS)),
    ("tujenge", "update_sticker_pack", Nested::None),
    ("tujenge", "delete_sticker_pack", Nested::None),
    ("tujenge", "list_stickers", Nested::One(&STICKERS)),
    ("tujenge", "add_sticker", Nested::One(&STICKER_ENTRY)),
    ("tujenge", "get_sticker", Nested::One(&STICKER_DETAILS)),
    ("tujenge", "update_sticker", Nested::None),
    ("tujenge", "delete_sticker", Nested::None),
    ("tujenge", "set_webhook", Nested::One(&WEBHOOK_TARGET)),
    ("chat-api", "get_status", Nested::One(&INSTANCE_STATUS)),
    ("chat-api", "get_qr_code", Nested::None),
    ("chat-api", "logout", Nested::One(&INSTANCE_ORDER)),
    ("chat-api", "takeover", Nested::One(&INSTANCE_ORDER)),
    ("chat-api", "expiry", Nested::One(&INSTANCE_ORDER)),
    ("chat-api", "retry", Nested::One(&INSTANCE_ORDER)),
    ("chat-api", "reboot", Nested::None),
    ("chat-api", "get_settings", Nested::One(&INSTANCE_SETTINGS)),
    ("chat-api", "update_settings", Nested::One(&UPDATED_SETTINGS)),
    ("chat-api", "send_link", Nested::One(&ACCEPTED_MESSAGE)),
    ("chat-api", "send_contact", Nested::One(&ACCEPTED_MESSAGE)),
    ("chat-api", "forward_message", Nested::One(&ACCEPTED_MESSAGE)),
    ("chat-api", "get_messages", Nested::One(&MESSAGE_PAGE)),
    ("chat-api", "get_message_history", Nested::One(&MESSAGE_HISTORY)),
    ("chat-api", "get_dialogs", Nested::One(&DIALOGS)),
    ("chat-api", "create_group", Nested::One(&QUEUED_GROUP)),
    ("chat-api", "read_chat", Nested::One(&CHAT_READ)),
    ("chat-api", "add_group_participant", Nested::One(&GROUP_CHANGE)),
    ("chat-api", "remove_group_participant", Nested::One(&GROUP_CHANGE)),
    ("chat-api", "promote_group_participant", Nested::One(&GROUP_CHANGE)),
    ("chat-api", "demote_group_participant", Nested::One(&GROUP_CHANGE)),
    ("chat-api", "set_webhook", Nested::One(&INSTANCE_WEBHOOK)),
    ("chat-api", "get_webhook", Nested::One(&INSTANCE_WEBHOOK)),
    ("chat-api", "get_webhook_status", Nested::One(&WEBHOOK_DELIVERY)),
    ("chat-api", "show_messages_queue", Nested::One(&MESSAGES_QUEUE)),
    ("chat-api", "clear_messages_queue", Nested::One(&CLEARED_MESSAGES)),
    ("chat-api", "show_actions_queue", Nested::One(&ACTIONS_QUEUE)),
    ("chat-api", "clear_actions_queue", Nested::One(&CLEARED_ACTIONS)),
    ("chat-api", "get_ban_settings", Nested::One(&BAN_SETTINGS)),
    ("chat-api", "set_ban_settings", Nested::One(&BAN_SETTINGS)),
    ("chat-api", "test_ban", Nested::One(&BAN_VERDICT)),
    ("chat-api", "get_instance_statuses", Nested::One(&INSTANCE_STATUSES)),
    ("chat-api", "check_phone", Nested::One(&CHECKED_PHONE)),
];

/// Adds every class and union to the module.
pub(crate) fn add_all(module: &Bound<'_, PyModule>) -> PyResult<()> {
    use crate::record::AddRecords as _;
    module.add_record::<TextMessage>(&TEXT_MESSAGE)?;
    module.add_record::<ImageMessage>(&IMAGE_MESSAGE)?;
    module.add_record::<AudioMessage>(&AUDIO_MESSAGE)?;
    module.add_record::<VoiceMessage>(&VOICE_MESSAGE)?;
    module.add_record::<VideoMessage>(&VIDEO_MESSAGE)?;
    module.add_record::<DocumentMessage>(&DOCUMENT_MESSAGE)?;
    module.add_record::<StickerMessage>(&STICKER_MESSAGE)?;
    module.add_record::<LocationMessage>(&LOCATION_MESSAGE)?;
    module.add_record::<ContactsMessage>(&CONTACTS_MESSAGE)?;
    module.add_record::<TemplateMessage>(&TEMPLATE_MESSAGE)?;
    module.add_record::<InteractiveMessage>(&INTERACTIVE_MESSAGE)?;
    module.add_record::<ReactionMessage>(&REACTION_MESSAGE)?;
    module.add_record::<Context>(&CONTEXT)?;
    module.add_record::<Callback>(&CALLBACK)?;
    module.add_record::<Schedule>(&SCHEDULE)?;
    module.add_record::<Options>(&OPTIONS)?;
    module.add_record::<DevinoV1Options>(&DEVINO_V1_OPTIONS)?;
    module.add_record::<DevinoV2Options>(&DEVINO_V2_OPTIONS)?;
    module.add_record::<RapportoOptions>(&RAPPORTO_OPTIONS)?;
    module.add_record::<CascadeLink>(&CASCADE_LINK)?;
    module.add_record::<CascadeButton>(&CASCADE_BUTTON)?;
    module.add_record::<TujengeOptions>(&TUJENGE_OPTIONS)?;
    module.add_record::<ChatApiOptions>(&CHAT_API_OPTIONS)?;
    module.add_record::<Text>(&TEXT)?;
    module.add_record::<Media>(&MEDIA)?;
    module.add_record::<Location>(&LOCATION)?;
    module.add_record::<Contact>(&CONTACT)?;
    module.add_record::<ContactName>(&CONTACT_NAME)?;
    module.add_record::<ContactAddress>(&CONTACT_ADDRESS)?;
    module.add_record::<ContactEmail>(&CONTACT_EMAIL)?;
    module.add_record::<ContactIm>(&CONTACT_IM)?;
    module.add_record::<ContactOrganisation>(&CONTACT_ORGANISATION)?;
    module.add_record::<ContactPhone>(&CONTACT_PHONE)?;
    module.add_record::<ContactUrl>(&CONTACT_URL)?;
    module.add_record::<Template>(&TEMPLATE)?;
    module.add_record::<Language>(&LANGUAGE)?;
    module.add_record::<Component>(&COMPONENT)?;
    module.add_record::<TextParameter>(&TEXT_PARAMETER)?;
    module.add_record::<PayloadParameter>(&PAYLOAD_PARAMETER)?;
    module.add_record::<CurrencyParameter>(&CURRENCY_PARAMETER)?;
    module.add_record::<DateTimeParameter>(&DATE_TIME_PARAMETER)?;
    module.add_record::<ImageParameter>(&IMAGE_PARAMETER)?;
    module.add_record::<VideoParameter>(&VIDEO_PARAMETER)?;
    module.add_record::<DocumentParameter>(&DOCUMENT_PARAMETER)?;
    module.add_record::<Currency>(&CURRENCY)?;
    module.add_record::<DateTime>(&DATE_TIME)?;
    module.add_record::<Interactive>(&INTERACTIVE)?;
    module.add_record::<TextHeader>(&TEXT_HEADER)?;
    module.add_record::<ImageHeader>(&IMAGE_HEADER)?;
    module.add_record::<VideoHeader>(&VIDEO_HEADER)?;
    module.add_record::<DocumentHeader>(&DOCUMENT_HEADER)?;
    module.add_record::<InteractiveText>(&INTERACTIVE_TEXT)?;
    module.add_record::<Action>(&ACTION)?;
    module.add_record::<Section>(&SECTION)?;
    module.add_record::<Row>(&ROW)?;
    module.add_record::<ReplyButton>(&REPLY_BUTTON)?;
    module.add_record::<Reply>(&REPLY)?;
    module.add_record::<Reaction>(&REACTION)?;
    module.add_record::<Receipt>(&RECEIPT)?;
    module.add_record::<Attempt>(&ATTEMPT)?;
    module.add_record::<Violation>(&VIOLATION)?;
    module.add_record::<Reason>(&REASON)?;
    module.add_record::<StatusError>(&STATUS_ERROR)?;
    module.add_record::<Click>(&CLICK)?;
    module.add_record::<HistogramPoint>(&HISTOGRAM_POINT)?;
    module.add_record::<ChatContext>(&CHAT_CONTEXT)?;
    module.add_record::<ChatMedia>(&CHAT_MEDIA)?;
    module.add_record::<ChatLocation>(&CHAT_LOCATION)?;
    module.add_record::<ListReply>(&LIST_REPLY)?;
    module.add_record::<ButtonReply>(&BUTTON_REPLY)?;
    module.add_record::<QuickReply>(&QUICK_REPLY)?;
    module.add_record::<Order>(&ORDER)?;
    module.add_record::<OrderItem>(&ORDER_ITEM)?;
    module.add_record::<SystemNotice>(&SYSTEM_NOTICE)?;
    module.add_record::<Call>(&CALL)?;
    module.add_record::<StatusEvent>(&STATUS_EVENT)?;
    module.add_record::<ChatDescription>(&CHAT_DESCRIPTION)?;
    module.add_record::<MessageEvent>(&MESSAGE_EVENT)?;
    module.add_record::<ChatEvent>(&CHAT_EVENT)?;
    module.add_record::<PhoneNumber>(&PHONE_NUMBER)?;
    module.add_record::<Request>(&REQUEST)?;
    module.add_record::<Capabilities>(&CAPABILITIES)?;
    module.add_record::<Feature>(&FEATURE)?;
    module.add_record::<Limit>(&LIMIT)?;
    module.add_record::<GatewayCode>(&GATEWAY_CODE)?;
    module.add_record::<Metrics>(&METRICS)?;
    module.add_record::<NumberPoint>(&NUMBER_POINT)?;
    module.add_record::<ErrorEvent>(&ERROR_EVENT)?;
    module.add_record::<TextChatContent>(&TEXT_CHAT_CONTENT)?;
    module.add_record::<ImageChatContent>(&IMAGE_CHAT_CONTENT)?;
    module.add_record::<AudioChatContent>(&AUDIO_CHAT_CONTENT)?;
    module.add_record::<VoiceChatContent>(&VOICE_CHAT_CONTENT)?;
    module.add_record::<VideoChatContent>(&VIDEO_CHAT_CONTENT)?;
    module.add_record::<DocumentChatContent>(&DOCUMENT_CHAT_CONTENT)?;
    module.add_record::<StickerChatContent>(&STICKER_CHAT_CONTENT)?;
    module.add_record::<LocationChatContent>(&LOCATION_CHAT_CONTENT)?;
    module.add_record::<ContactsChatContent>(&CONTACTS_CHAT_CONTENT)?;
    module.add_record::<InteractiveChatContent>(&INTERACTIVE_CHAT_CONTENT)?;
    module.add_record::<ButtonChatContent>(&BUTTON_CHAT_CONTENT)?;
    module.add_record::<ReactionChatContent>(&REACTION_CHAT_CONTENT)?;
    module.add_record::<OrderChatContent>(&ORDER_CHAT_CONTENT)?;
    module.add_record::<SystemChatContent>(&SYSTEM_CHAT_CONTENT)?;
    module.add_record::<CallChatContent>(&CALL_CHAT_CONTENT)?;
    module.add_record::<UnknownChatContent>(&UNKNOWN_CHAT_CONTENT)?;
    module.add_record::<ListReplyInteraction>(&LIST_REPLY_INTERACTION)?;
    module.add_record::<ButtonReplyInteraction>(&BUTTON_REPLY_INTERACTION)?;
    module.add_record::<CheckedContacts>(&CHECKED_CONTACTS)?;
    module.add_record::<CheckedContact>(&CHECKED_CONTACT)?;
    module.add_record::<UploadedMedia>(&UPLOADED_MEDIA)?;
    module.add_record::<Groups>(&GROUPS)?;
    module.add_record::<GroupEntry>(&GROUP_ENTRY)?;
    module.add_record::<GroupDetails>(&GROUP_DETAILS)?;
    module.add_record::<GroupInvite>(&GROUP_INVITE)?;
    module.add_record::<BusinessProfile>(&BUSINESS_PROFILE)?;
    module.add_record::<AboutText>(&ABOUT_TEXT)?;
    module.add_record::<ProfilePhotoLink>(&PROFILE_PHOTO_LINK)?;
    module.add_record::<StickerPacks>(&STICKER_PACKS)?;
    module.add_record::<StickerPackEntry>(&STICKER_PACK_ENTRY)?;
    module.add_record::<StickerPackDetails>(&STICKER_PACK_DETAILS)?;
    module.add_record::<Stickers>(&STICKERS)?;
    module.add_record::<StickerEntry>(&STICKER_ENTRY)?;
    module.add_record::<StickerDetails>(&STICKER_DETAILS)?;
    module.add_record::<WebhookTarget>(&WEBHOOK_TARGET)?;
    module.add_record::<InstanceStatus>(&INSTANCE_STATUS)?;
    module.add_record::<StatusData>(&STATUS_DATA)?;
    module.add_record::<StatusAction>(&STATUS_ACTION)?;
    module.add_record::<InstanceOrder>(&INSTANCE_ORDER)?;
    module.add_record::<InstanceSettings>(&INSTANCE_SETTINGS)?;
    module.add_record::<UpdatedSettings>(&UPDATED_SETTINGS)?;
    module.add_record::<AcceptedMessage>(&ACCEPTED_MESSAGE)?;
    module.add_record::<MessagePage>(&MESSAGE_PAGE)?;
    module.add_record::<MessageHistory>(&MESSAGE_HISTORY)?;
    module.add_record::<Dialogs>(&DIALOGS)?;
    module.add_record::<Dialog>(&DIALOG)?;
    module.add_record::<QueuedGroup>(&QUEUED_GROUP)?;
    module.add_record::<ChatRead>(&CHAT_READ)?;
    module.add_record::<GroupChange>(&GROUP_CHANGE)?;
    module.add_record::<InstanceWebhook>(&INSTANCE_WEBHOOK)?;
    module.add_record::<WebhookDelivery>(&WEBHOOK_DELIVERY)?;
    module.add_record::<MessagesQueue>(&MESSAGES_QUEUE)?;
    module.add_record::<QueuedMessage>(&QUEUED_MESSAGE)?;
    module.add_record::<ClearedMessages>(&CLEARED_MESSAGES)?;
    module.add_record::<ActionsQueue>(&ACTIONS_QUEUE)?;
    module.add_record::<QueuedAction>(&QUEUED_ACTION)?;
    module.add_record::<ClearedActions>(&CLEARED_ACTIONS)?;
    module.add_record::<BanSettings>(&BAN_SETTINGS)?;
    module.add_record::<BanVerdict>(&BAN_VERDICT)?;
    module.add_record::<InstanceStatuses>(&INSTANCE_STATUSES)?;
    module.add_record::<InstanceStatusChange>(&INSTANCE_STATUS_CHANGE)?;
    module.add_record::<CheckedPhone>(&CHECKED_PHONE)?;
    module.add_union("Message", &["TextMessage", "ImageMessage", "AudioMessage", "VoiceMessage", "VideoMessage", "DocumentMessage", "StickerMessage", "LocationMessage", "ContactsMessage", "TemplateMessage", "InteractiveMessage", "ReactionMessage"])?;
    module.add_union("Parameter", &["TextParameter", "PayloadParameter", "CurrencyParameter", "DateTimeParameter", "ImageParameter", "VideoParameter", "DocumentParameter"])?;
    module.add_union("Header", &["TextHeader", "ImageHeader", "VideoHeader", "DocumentHeader"])?;
    module.add_union("Event", &["StatusEvent", "MessageEvent", "ChatEvent", "ErrorEvent"])?;
    module.add_union("ChatContent", &["TextChatContent", "ImageChatContent", "AudioChatContent", "VoiceChatContent", "VideoChatContent", "DocumentChatContent", "StickerChatContent", "LocationChatContent", "ContactsChatContent", "InteractiveChatContent", "ButtonChatContent", "ReactionChatContent", "OrderChatContent", "SystemChatContent", "CallChatContent", "UnknownChatContent"])?;
    module.add_union("Interaction", &["ListReplyInteraction", "ButtonReplyInteraction"])?;
    Ok(())
}
