"""The native part of wamux. Import from `wamux`, `wamux.message`, `wamux.call` and `wamux.testing`."""

from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Callable,
    Coroutine,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import datetime
from os import PathLike
from typing import Any, ClassVar, Final, Literal, Protocol, TypeAlias, TypeVar, final, overload, type_check_only

from typing_extensions import Self, Unpack, disjoint_base

from wamux import _calls
from wamux._settings import Settings
from wamux.errors import WamuxError

GATEWAYS: Final[tuple[str, ...]]
__version__: Final[str]

_R = TypeVar("_R", bound=Record)
_Json: TypeAlias = Mapping[str, Any] | str | bytes
_Message: TypeAlias = Message | _Json
_Source: TypeAlias = bytes | bytearray | memoryview | str | PathLike[str] | _Readable
_AsyncSource: TypeAlias = _Source | AsyncIterable[bytes]
_OnRetry: TypeAlias = Callable[[WamuxError, float], object]
_Result: TypeAlias = tuple[int, Receipt | WamuxError]
_Handler: TypeAlias = Callable[[Notification], None]
_AsyncHandler: TypeAlias = Callable[[Notification], Coroutine[Any, Any, object]]
_HeaderText: TypeAlias = str | bytes
_Headers: TypeAlias = _HasItems | Iterable[tuple[_HeaderText, _HeaderText]]
_Body: TypeAlias = bytes | bytearray | memoryview
_FaultKind: TypeAlias = Literal[
    "refuse",
    "delay",
    "cut",
    "html_504",
    "rate_limited",
    "truncated",
    "duplicated_callbacks",
    "batched_callbacks",
    "reversed_callbacks",
    "repeated_page",
    "empty_page",
]

@type_check_only
class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...

@type_check_only
class _HasItems(Protocol):
    def items(self) -> Iterable[tuple[_HeaderText, _HeaderText]]: ...

@disjoint_base
class Record:
    """The base of every class of messages and results.

    A record cannot be changed; two records are equal where their class and members are. `repr` shows no text and no
    full number; the members themselves and `to_dict()` have everything.
    """

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, in full: members under their names in JSON, without those that are absent."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    def __replace__(self, **changes: Any) -> Self: ...

# fmt: off
# --- Records. Written by bindings/python/generate.py from core/engine/schemas.
_RecipientType: TypeAlias = Literal["individual", "group", "chat"]

_TtlUnit: TypeAlias = Literal["SECONDS", "MINUTES", "HOURS"]

_CascadeState: TypeAlias = Literal["DELIVERED", "READ"]

_CascadeChannel: TypeAlias = Literal["FLASHINGCALL", "PUSH", "SMS", "TELEGRAM", "VIBER", "VK", "WHATSAPP"]

_Policy: TypeAlias = Literal["deterministic", "fallback"]

_ComponentKind: TypeAlias = Literal["header", "body", "footer", "button"]

_ButtonKind: TypeAlias = Literal["quick_reply", "url"]

_InteractiveKind: TypeAlias = Literal["list", "button"]

_Kind: TypeAlias = Literal["configuration", "validation", "unsupported", "authentication", "permission", "balance", "recipient", "sender", "template", "media", "window_closed", "duplicate", "rate_limited", "rejected", "unavailable", "timeout", "connect", "protocol", "cancelled", "internal"]

_Delivery: TypeAlias = Literal["not_sent", "unknown"]

_Code: TypeAlias = Literal["must.be.not.null", "invalid", "length.too.long", "length.too.short", "too.many.messages", "too.many", "too.few", "not.unique", "not.available", "unsupported", "unknown.field"]

_Severity: TypeAlias = Literal["error", "warning"]

_StatusKind: TypeAlias = Literal["accepted", "sent", "delivered", "read", "failed", "deleted", "unknown"]

_Direction: TypeAlias = Literal["incoming", "outgoing"]

_Place: TypeAlias = Literal["reason", "answer", "status", "webhook"]

_ContactStatus: TypeAlias = Literal["valid", "invalid", "processing", "failed", "unknown"]

_AccountStatus: TypeAlias = Literal["init", "loading", "got_qr_code", "authenticated", "not_paid", "unknown"]

_PhoneExistence: TypeAlias = Literal["exists", "not_exists", "unknown"]

_WebhookDeliveryStatus: TypeAlias = Literal["sent", "not_sent", "queued", "unknown"]

_ActionType: TypeAlias = Literal["create_group", "add_group_participant", "remove_group_participant", "promote_group_participant", "demote_group_participant", "read_chat", "unknown"]

@final
class TextMessage(Record):
    """A message with text.

    Its `type` is always `text`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        text: The text.

    >>> from wamux.message import TextMessage
    >>> message = TextMessage(to="+7 903 456-78-90", text="Code: 1234")
    >>> message.text.body
    'Code: 1234'
    >>> message
    TextMessage(to='+7 90•••••••••90', type='text', text=Text(body=string(10)))
    """
    type: ClassVar[Literal["text"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "text")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, text: str | Text) -> TextMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def text(self) -> Text:
        """The text."""

@final
class ImageMessage(Record):
    """A message with an image.

    Its `type` is always `image`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        image: The image.

    >>> from wamux.message import ImageMessage, Media
    >>> message = ImageMessage(to="+7 903 456-78-90", image=Media(link="https://example.com/cover.jpg", caption="New"))
    >>> message.to_dict()["image"]["caption"]
    'New'
    """
    type: ClassVar[Literal["image"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "image")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, image: Media) -> ImageMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def image(self) -> Media:
        """The image."""

@final
class AudioMessage(Record):
    """A message with audio.

    Its `type` is always `audio`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        audio: The audio.
    """
    type: ClassVar[Literal["audio"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "audio")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, audio: Media) -> AudioMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def audio(self) -> Media:
        """The audio."""

@final
class VoiceMessage(Record):
    """A message with voice.

    Its `type` is always `voice`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        voice: The voice.
    """
    type: ClassVar[Literal["voice"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "voice")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, voice: Media) -> VoiceMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def voice(self) -> Media:
        """The voice."""

@final
class VideoMessage(Record):
    """A message with video.

    Its `type` is always `video`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        video: The video.
    """
    type: ClassVar[Literal["video"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "video")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, video: Media) -> VideoMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def video(self) -> Media:
        """The video."""

@final
class DocumentMessage(Record):
    """A message with a document.

    Its `type` is always `document`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        document: The document.
    """
    type: ClassVar[Literal["document"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "document")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, document: Media) -> DocumentMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def document(self) -> Media:
        """The document."""

@final
class StickerMessage(Record):
    """A message with a sticker.

    Its `type` is always `sticker`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        sticker: The sticker.
    """
    type: ClassVar[Literal["sticker"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "sticker")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, sticker: Media) -> StickerMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def sticker(self) -> Media:
        """The sticker."""

@final
class LocationMessage(Record):
    """A message with a location.

    Its `type` is always `location`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        location: The location.
    """
    type: ClassVar[Literal["location"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "location")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, location: Location) -> LocationMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def location(self) -> Location:
        """The location."""

@final
class ContactsMessage(Record):
    """A message with contacts.

    Its `type` is always `contacts`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        contacts: The contacts.
    """
    type: ClassVar[Literal["contacts"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "contacts")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, contacts: Sequence[Contact]) -> ContactsMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The contacts."""

@final
class TemplateMessage(Record):
    """A message with a template.

    Its `type` is always `template`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        template: The template.

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
    """
    type: ClassVar[Literal["template"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "template")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, template: Template) -> TemplateMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def template(self) -> Template:
        """The template."""

@final
class InteractiveMessage(Record):
    """A message with an interactive.

    Its `type` is always `interactive`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        interactive: The interactive.

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
    """
    type: ClassVar[Literal["interactive"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "interactive")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, interactive: Interactive) -> InteractiveMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def interactive(self) -> Interactive:
        """The interactive."""

@final
class ReactionMessage(Record):
    """A message with a reaction.

    Its `type` is always `reaction`.

    Attributes:
        to: The recipient: a phone number in any form, or a gateway's id of a group or chat.
        recipient_type: What `to` is.
        from_: The sender, where the gateway has several.
        context: The message that this one answers.
        client_id: The caller's own id, which returns in the receipt.
        callback: Where the gateway reports the message's status.
        ttl: For how long the gateway tries to deliver the message, in seconds.
        schedule: When the gateway may deliver the message.
        options: What only one gateway has, by gateway.
        reaction: The reaction.
    """
    type: ClassVar[Literal["reaction"]]
    __match_args__ = ("to", "recipient_type", "from_", "context", "client_id", "callback", "ttl", "schedule", "options", "reaction")
    def __new__(cls, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, reaction: Reaction) -> ReactionMessage: ...
    @property
    def to(self) -> str:
        """The recipient: a phone number in any form, or a gateway's id of a group or chat."""
    @property
    def recipient_type(self) -> _RecipientType | None:
        """What `to` is."""
    @property
    def from_(self) -> str | None:
        """The sender, where the gateway has several."""
    @property
    def context(self) -> Context | None:
        """The message that this one answers."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id, which returns in the receipt."""
    @property
    def callback(self) -> Callback | None:
        """Where the gateway reports the message's status."""
    @property
    def ttl(self) -> int | None:
        """For how long the gateway tries to deliver the message, in seconds."""
    @property
    def schedule(self) -> Schedule | None:
        """When the gateway may deliver the message."""
    @property
    def options(self) -> Options | None:
        """What only one gateway has, by gateway."""
    @property
    def reaction(self) -> Reaction:
        """The reaction."""

@final
class Context(Record):
    """The message that this one answers.

    Attributes:
        message_id: The gateway's id of that message.
    """
    __match_args__ = ("message_id",)
    def __new__(cls, *, message_id: str) -> Context: ...
    @property
    def message_id(self) -> str:
        """The gateway's id of that message."""

@final
class Callback(Record):
    """Where and with what the gateway reports a message's status.

    Attributes:
        url: The http or https URL that the gateway posts statuses to.
        data: A string of the caller's that comes back with each status.
    """
    __match_args__ = ("url", "data")
    def __new__(cls, *, url: str | None = None, data: str | None = None) -> Callback: ...
    @property
    def url(self) -> str | None:
        """The http or https URL that the gateway posts statuses to."""
    @property
    def data(self) -> str | None:
        """A string of the caller's that comes back with each status."""

@final
class Schedule(Record):
    """When a gateway may deliver a message.

    Attributes:
        from_: The earliest time of day, `HH:MM`.
        until: The latest time of day, `HH:MM`.
        weekdays: The days of the week, 1 for Monday to 7 for Sunday; empty: every day.
        deadline: The moment after which the message is not sent any more, in RFC 3339.
        recipient_time_zone: Whether the times are the recipient's own; absent or false: the gateway's.

    >>> from datetime import datetime, timezone
    >>> from wamux.message import Schedule
    >>> schedule = Schedule(until="20:00", deadline=datetime(2026, 12, 31, tzinfo=timezone.utc))
    >>> schedule.to_dict()["deadline"]
    '2026-12-31T00:00:00+00:00'
    """
    __match_args__ = ("from_", "until", "weekdays", "deadline", "recipient_time_zone")
    def __new__(cls, *, from_: str | None = None, until: str | None = None, weekdays: Sequence[int] | None = None, deadline: datetime | str | None = None, recipient_time_zone: bool | None = None) -> Schedule: ...
    @property
    def from_(self) -> str | None:
        """The earliest time of day, `HH:MM`."""
    @property
    def until(self) -> str | None:
        """The latest time of day, `HH:MM`."""
    @property
    def weekdays(self) -> tuple[int, ...] | None:
        """The days of the week, 1 for Monday to 7 for Sunday; empty: every day."""
    @property
    def deadline(self) -> datetime | str | None:
        """The moment after which the message is not sent any more, in RFC 3339."""
    @property
    def recipient_time_zone(self) -> bool | None:
        """Whether the times are the recipient's own; absent or false: the gateway's."""

@final
class Options(Record):
    """What only one gateway has, by gateway: `{"rapporto": {"registered_delivery": 1}}`.

    Options of other gateways than the one that sends are left alone.

    Attributes:
        devino_v1: The devino-v1.
        devino_v2: The devino-v2.
        rapporto: The rapporto.
        tujenge: The tujenge.
        chat_api: The chat-api.
    """
    __match_args__ = ("devino_v1", "devino_v2", "rapporto", "tujenge", "chat_api")
    def __new__(cls, *, devino_v1: DevinoV1Options | None = None, devino_v2: DevinoV2Options | None = None, rapporto: RapportoOptions | None = None, tujenge: TujengeOptions | None = None, chat_api: ChatApiOptions | None = None) -> Options: ...
    @property
    def devino_v1(self) -> DevinoV1Options | None:
        """The devino-v1."""
    @property
    def devino_v2(self) -> DevinoV2Options | None:
        """The devino-v2."""
    @property
    def rapporto(self) -> RapportoOptions | None:
        """The rapporto."""
    @property
    def tujenge(self) -> TujengeOptions | None:
        """The tujenge."""
    @property
    def chat_api(self) -> ChatApiOptions | None:
        """The chat-api."""

@final
class DevinoV1Options(Record):
    """What only Devino v1 has.

    Attributes:
        validity: How long a template message lives. The documentation names no unit ("a day" is its one example); the number is passed on as it is. Only with a template.
    """
    __match_args__ = ("validity",)
    def __new__(cls, *, validity: int | None = None) -> DevinoV1Options: ...
    @property
    def validity(self) -> int | None:
        """How long a template message lives. The documentation names no unit ("a day" is its one example); the number is passed on as it is. Only with a template."""

@final
class DevinoV2Options(Record):
    """What only Devino v2 has.

    Attributes:
        batch_text_as_string: Whether a text in a batch is written as a plain string without a type, as the documentation's sample of a batch has it; absent or false: as an object with its type, as its other samples have it. A message that goes alone has the object in either case, since no sample of a single send has a string.
    """
    __match_args__ = ("batch_text_as_string",)
    def __new__(cls, *, batch_text_as_string: bool | None = None) -> DevinoV2Options: ...
    @property
    def batch_text_as_string(self) -> bool | None:
        """Whether a text in a batch is written as a plain string without a type, as the documentation's sample of a batch has it; absent or false: as an object with its type, as its other samples have it. A message that goes alone has the object in either case, since no sample of a single send has a string."""

@final
class RapportoOptions(Record):
    """What only Rapporto has.

    Attributes:
        registered_delivery: Which delivery reports are wanted: 0 none, 1 all (the gateway's default), 2 only "undelivered".
        ttl_unit: The unit in which the message's `ttl` is passed on. Without it, `ttl` is one to seven whole days; with it, any whole number of the unit.
        shorten_links: Whether long links are shortened, where the account has that service. In a cascade, each link has a switch of its own.
        extra_param: Further parameters that were agreed on with Rapporto. A name has neither `,` nor `=`.
        cascade: What is sent, link after link, where the message and then each link before is not delivered or read in time; at most 16 links. The account needs that service, and `registered_delivery` other than 1 leaves out the reports on the links.
    """
    __match_args__ = ("registered_delivery", "ttl_unit", "shorten_links", "extra_param", "cascade")
    def __new__(cls, *, registered_delivery: int | None = None, ttl_unit: _TtlUnit | None = None, shorten_links: bool | None = None, extra_param: Mapping[str, str] | None = None, cascade: Sequence[CascadeLink] | None = None) -> RapportoOptions: ...
    @property
    def registered_delivery(self) -> int | None:
        """Which delivery reports are wanted: 0 none, 1 all (the gateway's default), 2 only "undelivered"."""
    @property
    def ttl_unit(self) -> _TtlUnit | None:
        """The unit in which the message's `ttl` is passed on. Without it, `ttl` is one to seven whole days; with it, any whole number of the unit."""
    @property
    def shorten_links(self) -> bool | None:
        """Whether long links are shortened, where the account has that service. In a cascade, each link has a switch of its own."""
    @property
    def extra_param(self) -> Mapping[str, str] | None:
        """Further parameters that were agreed on with Rapporto. A name has neither `,` nor `=`."""
    @property
    def cascade(self) -> tuple[CascadeLink, ...] | None:
        """What is sent, link after link, where the message and then each link before is not delivered or read in time; at most 16 links. The account needs that service, and `registered_delivery` other than 1 leaves out the reports on the links."""

@final
class CascadeLink(Record):
    """One link of a cascade: the message that goes out where the one before it did not reach a state within its own time to live.

    Which parts a link has is a matter of its channel; a part that the channel lacks is an `unknown.field`.

    Attributes:
        state: The state that the message before this link has to reach within its time to live, so that the link is not sent. A flashing call knows `DELIVERED` alone.
        channel: The channel that the link goes over.
        text: The text: up to 1,000 characters over WHATSAPP, VIBER, PUSH and TELEGRAM, 2,000 over SMS, VK and FLASHINGCALL. That of a flashing call has a code of four or six digits.
        image: The http or https URL of a picture: over WHATSAPP in place of the text, over VIBER so too or above a button, over PUSH beside the text.
        title: The title of a PUSH, up to 80 characters.
        button: The button under a VIBER text.
        link: The URL that goes with a TELEGRAM text, up to 256 characters.
        from_: The sender on the channel; VK needs one, and a flashing call has none. A client's default sender does not stand in, since each channel has its own.
        ttl: How long the gateway waits for the link's own state, in seconds: a whole number of `ttl_unit`, or of minutes without one. Over WHATSAPP without a unit it is one to seven days; SMS takes 1 to 2,880 minutes, a flashing call 1 to 5, VK 60 to 86,400 seconds, the others 30 to 86,400. 0 is the account's own default.
        ttl_unit: The unit in which `ttl` is passed on; a flashing call has none.
        shorten_links: Whether long links in this link's text are shortened, where the account has that service.
    """
    __match_args__ = ("state", "channel", "text", "image", "title", "button", "link", "from_", "ttl", "ttl_unit", "shorten_links")
    def __new__(cls, *, state: _CascadeState, channel: _CascadeChannel, text: str | None = None, image: str | None = None, title: str | None = None, button: CascadeButton | None = None, link: str | None = None, from_: str | None = None, ttl: int | None = None, ttl_unit: _TtlUnit | None = None, shorten_links: bool | None = None) -> CascadeLink: ...
    @property
    def state(self) -> _CascadeState:
        """The state that the message before this link has to reach within its time to live, so that the link is not sent. A flashing call knows `DELIVERED` alone."""
    @property
    def channel(self) -> _CascadeChannel:
        """The channel that the link goes over."""
    @property
    def text(self) -> str | None:
        """The text: up to 1,000 characters over WHATSAPP, VIBER, PUSH and TELEGRAM, 2,000 over SMS, VK and FLASHINGCALL. That of a flashing call has a code of four or six digits."""
    @property
    def image(self) -> str | None:
        """The http or https URL of a picture: over WHATSAPP in place of the text, over VIBER so too or above a button, over PUSH beside the text."""
    @property
    def title(self) -> str | None:
        """The title of a PUSH, up to 80 characters."""
    @property
    def button(self) -> CascadeButton | None:
        """The button under a VIBER text."""
    @property
    def link(self) -> str | None:
        """The URL that goes with a TELEGRAM text, up to 256 characters."""
    @property
    def from_(self) -> str | None:
        """The sender on the channel; VK needs one, and a flashing call has none. A client's default sender does not stand in, since each channel has its own."""
    @property
    def ttl(self) -> int | None:
        """How long the gateway waits for the link's own state, in seconds: a whole number of `ttl_unit`, or of minutes without one. Over WHATSAPP without a unit it is one to seven days; SMS takes 1 to 2,880 minutes, a flashing call 1 to 5, VK 60 to 86,400 seconds, the others 30 to 86,400. 0 is the account's own default."""
    @property
    def ttl_unit(self) -> _TtlUnit | None:
        """The unit in which `ttl` is passed on; a flashing call has none."""
    @property
    def shorten_links(self) -> bool | None:
        """Whether long links in this link's text are shortened, where the account has that service."""

@final
class CascadeButton(Record):
    """The button under a Viber text.

    Attributes:
        caption: What the button says, up to 30 characters.
        action: Where it leads: a URL of the scheme http, https, viber, mailto or tel, up to 2,048 characters.
    """
    __match_args__ = ("caption", "action")
    def __new__(cls, *, caption: str, action: str) -> CascadeButton: ...
    @property
    def caption(self) -> str:
        """What the button says, up to 30 characters."""
    @property
    def action(self) -> str:
        """Where it leads: a URL of the scheme http, https, viber, mailto or tel, up to 2,048 characters."""

@final
class TujengeOptions(Record):
    """What only Tujenge has.

    Attributes:
        namespace: The namespace of the message's template, in place of the setting `template_namespace`.
        hsm: Whether the template is sent in the form that came before components, `hsm`: its name and one list of parameters, those of the body. Header, footer and buttons cannot be said there; the language policy `fallback` can.
        render_mentions: Whether WhatsApp shows the names of those whom a group's message mentions.
        provider: The name of the media provider of the host's settings that fetches the message's links.
    """
    __match_args__ = ("namespace", "hsm", "render_mentions", "provider")
    def __new__(cls, *, namespace: str | None = None, hsm: bool | None = None, render_mentions: bool | None = None, provider: str | None = None) -> TujengeOptions: ...
    @property
    def namespace(self) -> str | None:
        """The namespace of the message's template, in place of the setting `template_namespace`."""
    @property
    def hsm(self) -> bool | None:
        """Whether the template is sent in the form that came before components, `hsm`: its name and one list of parameters, those of the body. Header, footer and buttons cannot be said there; the language policy `fallback` can."""
    @property
    def render_mentions(self) -> bool | None:
        """Whether WhatsApp shows the names of those whom a group's message mentions."""
    @property
    def provider(self) -> str | None:
        """The name of the media provider of the host's settings that fetches the message's links."""

@final
class ChatApiOptions(Record):
    """What only chat-api has.

    Attributes:
        mentioned_phones: Whom a text mentions: phone numbers in any form. The text has each as `@` and its digits.
        form_data: Whether a file's bytes go as a form (`multipart/form-data`) and not in base64, which is a third longer. Links and texts go as JSON in any case.
    """
    __match_args__ = ("mentioned_phones", "form_data")
    def __new__(cls, *, mentioned_phones: Sequence[str] | None = None, form_data: bool | None = None) -> ChatApiOptions: ...
    @property
    def mentioned_phones(self) -> tuple[str, ...] | None:
        """Whom a text mentions: phone numbers in any form. The text has each as `@` and its digits."""
    @property
    def form_data(self) -> bool | None:
        """Whether a file's bytes go as a form (`multipart/form-data`) and not in base64, which is a third longer. Links and texts go as JSON in any case."""

@final
class Text(Record):
    """Plain text.

    Attributes:
        body: The text. Gateways take 1,000 or 4,096 characters.
        preview_url: Whether WhatsApp shows a preview of the first link; absent: the gateway's default, no.
    """
    __match_args__ = ("body", "preview_url")
    def __new__(cls, *, body: str, preview_url: bool | None = None) -> Text: ...
    @property
    def body(self) -> str:
        """The text. Gateways take 1,000 or 4,096 characters."""
    @property
    def preview_url(self) -> bool | None:
        """Whether WhatsApp shows a preview of the first link; absent: the gateway's default, no."""

@final
class Media(Record):
    """A media part: exactly one source, and what describes it.

    Attributes:
        link: An http or https URL that the gateway fetches.
        id: The id of media that was uploaded to the gateway before.
        data: The bytes, in base64.
        mime_type: The MIME type, such as `image/jpeg`.
        filename: The name that the recipient sees.
        caption: The text under the picture, film or file.

    >>> from wamux.message import Media
    >>> Media(data=b"GIF89a", filename="dot.gif").to_dict()
    {'data': 'R0lGODlh', 'filename': 'dot.gif'}
    """
    __match_args__ = ("link", "id", "data", "mime_type", "filename", "caption")
    def __new__(cls, *, link: str | None = None, id: str | None = None, data: bytes | str | None = None, mime_type: str | None = None, filename: str | None = None, caption: str | None = None) -> Media: ...
    @property
    def link(self) -> str | None:
        """An http or https URL that the gateway fetches."""
    @property
    def id(self) -> str | None:
        """The id of media that was uploaded to the gateway before."""
    @property
    def data(self) -> bytes | str | None:
        """The bytes, in base64."""
    @property
    def mime_type(self) -> str | None:
        """The MIME type, such as `image/jpeg`."""
    @property
    def filename(self) -> str | None:
        """The name that the recipient sees."""
    @property
    def caption(self) -> str | None:
        """The text under the picture, film or file."""

@final
class Location(Record):
    """A place on the map.

    Attributes:
        latitude: Degrees north, −90 to 90.
        longitude: Degrees east, −180 to 180.
        name: The place's name.
        address: The place's address, shown under its name.
    """
    __match_args__ = ("latitude", "longitude", "name", "address")
    def __new__(cls, *, latitude: float, longitude: float, name: str | None = None, address: str | None = None) -> Location: ...
    @property
    def latitude(self) -> float:
        """Degrees north, −90 to 90."""
    @property
    def longitude(self) -> float:
        """Degrees east, −180 to 180."""
    @property
    def name(self) -> str | None:
        """The place's name."""
    @property
    def address(self) -> str | None:
        """The place's address, shown under its name."""

@final
class Contact(Record):
    """A contact card.

    Attributes:
        name: The name: `formatted_name` and at least one of its parts.
        addresses: Postal addresses.
        birthday: The birthday, `YYYY-MM-DD`.
        emails: Email addresses.
        ims: Accounts at instant messengers; Tujenge only.
        org: The organisation that the contact works for.
        phones: Phone numbers.
        urls: Web addresses.
    """
    __match_args__ = ("name", "addresses", "birthday", "emails", "ims", "org", "phones", "urls")
    def __new__(cls, *, name: ContactName, addresses: Sequence[ContactAddress] | None = None, birthday: str | None = None, emails: Sequence[ContactEmail] | None = None, ims: Sequence[ContactIm] | None = None, org: ContactOrganisation | None = None, phones: Sequence[ContactPhone] | None = None, urls: Sequence[ContactUrl] | None = None) -> Contact: ...
    @property
    def name(self) -> ContactName:
        """The name: `formatted_name` and at least one of its parts."""
    @property
    def addresses(self) -> tuple[ContactAddress, ...] | None:
        """Postal addresses."""
    @property
    def birthday(self) -> str | None:
        """The birthday, `YYYY-MM-DD`."""
    @property
    def emails(self) -> tuple[ContactEmail, ...] | None:
        """Email addresses."""
    @property
    def ims(self) -> tuple[ContactIm, ...] | None:
        """Accounts at instant messengers; Tujenge only."""
    @property
    def org(self) -> ContactOrganisation | None:
        """The organisation that the contact works for."""
    @property
    def phones(self) -> tuple[ContactPhone, ...] | None:
        """Phone numbers."""
    @property
    def urls(self) -> tuple[ContactUrl, ...] | None:
        """Web addresses."""

@final
class ContactName(Record):
    """A contact's name.

    Attributes:
        formatted_name: The full name, as it normally appears.
        first_name: The first name.
        last_name: The last name.
        middle_name: The middle name.
        suffix: What follows the name.
        prefix: What precedes the name.
    """
    __match_args__ = ("formatted_name", "first_name", "last_name", "middle_name", "suffix", "prefix")
    def __new__(cls, *, formatted_name: str, first_name: str | None = None, last_name: str | None = None, middle_name: str | None = None, suffix: str | None = None, prefix: str | None = None) -> ContactName: ...
    @property
    def formatted_name(self) -> str:
        """The full name, as it normally appears."""
    @property
    def first_name(self) -> str | None:
        """The first name."""
    @property
    def last_name(self) -> str | None:
        """The last name."""
    @property
    def middle_name(self) -> str | None:
        """The middle name."""
    @property
    def suffix(self) -> str | None:
        """What follows the name."""
    @property
    def prefix(self) -> str | None:
        """What precedes the name."""

@final
class ContactAddress(Record):
    """A postal address.

    Attributes:
        street: Street and number.
        city: City.
        state: State.
        zip: Postal code.
        country: The country's name.
        country_code: The country's two-letter code.
        type: `HOME` or `WORK`.
    """
    __match_args__ = ("street", "city", "state", "zip", "country", "country_code", "type")
    def __new__(cls, *, street: str | None = None, city: str | None = None, state: str | None = None, zip: str | None = None, country: str | None = None, country_code: str | None = None, type: str | None = None) -> ContactAddress: ...
    @property
    def street(self) -> str | None:
        """Street and number."""
    @property
    def city(self) -> str | None:
        """City."""
    @property
    def state(self) -> str | None:
        """State."""
    @property
    def zip(self) -> str | None:
        """Postal code."""
    @property
    def country(self) -> str | None:
        """The country's name."""
    @property
    def country_code(self) -> str | None:
        """The country's two-letter code."""
    @property
    def type(self) -> str | None:
        """`HOME` or `WORK`."""

@final
class ContactEmail(Record):
    """An email address.

    Attributes:
        email: The address.
        type: `HOME` or `WORK`.
    """
    __match_args__ = ("email", "type")
    def __new__(cls, *, email: str | None = None, type: str | None = None) -> ContactEmail: ...
    @property
    def email(self) -> str | None:
        """The address."""
    @property
    def type(self) -> str | None:
        """`HOME` or `WORK`."""

@final
class ContactIm(Record):
    """An account at an instant messenger.

    Attributes:
        service: The messenger.
        user_id: The account.
    """
    __match_args__ = ("service", "user_id")
    def __new__(cls, *, service: str | None = None, user_id: str | None = None) -> ContactIm: ...
    @property
    def service(self) -> str | None:
        """The messenger."""
    @property
    def user_id(self) -> str | None:
        """The account."""

@final
class ContactOrganisation(Record):
    """The organisation that a contact works for.

    Attributes:
        company: The organisation's name.
        department: The department.
        title: The contact's title.
    """
    __match_args__ = ("company", "department", "title")
    def __new__(cls, *, company: str | None = None, department: str | None = None, title: str | None = None) -> ContactOrganisation: ...
    @property
    def company(self) -> str | None:
        """The organisation's name."""
    @property
    def department(self) -> str | None:
        """The department."""
    @property
    def title(self) -> str | None:
        """The contact's title."""

@final
class ContactPhone(Record):
    """A phone number on a contact card.

    Attributes:
        phone: The number, as it is shown.
        type: `CELL`, `MAIN`, `IPHONE`, `HOME` or `WORK`.
        wa_id: The number's WhatsApp id; with it, the recipient can save the contact and write to it.
    """
    __match_args__ = ("phone", "type", "wa_id")
    def __new__(cls, *, phone: str | None = None, type: str | None = None, wa_id: str | None = None) -> ContactPhone: ...
    @property
    def phone(self) -> str | None:
        """The number, as it is shown."""
    @property
    def type(self) -> str | None:
        """`CELL`, `MAIN`, `IPHONE`, `HOME` or `WORK`."""
    @property
    def wa_id(self) -> str | None:
        """The number's WhatsApp id; with it, the recipient can save the contact and write to it."""

@final
class ContactUrl(Record):
    """A web address.

    Attributes:
        url: The address.
        type: `HOME` or `WORK`.
    """
    __match_args__ = ("url", "type")
    def __new__(cls, *, url: str | None = None, type: str | None = None) -> ContactUrl: ...
    @property
    def url(self) -> str | None:
        """The address."""
    @property
    def type(self) -> str | None:
        """`HOME` or `WORK`."""

@final
class Template(Record):
    """A template to send, and what fills it.

    Attributes:
        name: The template's name (Devino v1: its id).
        language: The translation to send.
        components: What fills the template's header, body, footer and buttons.
    """
    __match_args__ = ("name", "language", "components")
    def __new__(cls, *, name: str, language: Language | None = None, components: Sequence[Component] | None = None) -> Template: ...
    @property
    def name(self) -> str:
        """The template's name (Devino v1: its id)."""
    @property
    def language(self) -> Language | None:
        """The translation to send."""
    @property
    def components(self) -> tuple[Component, ...] | None:
        """What fills the template's header, body, footer and buttons."""

@final
class Language(Record):
    """The translation of a template.

    Attributes:
        policy: How the gateway chooses the translation.
        code: The language or locale, such as `en` or `en_US`.
    """
    __match_args__ = ("policy", "code")
    def __new__(cls, *, policy: _Policy | None = None, code: str | None = None) -> Language: ...
    @property
    def policy(self) -> _Policy | None:
        """How the gateway chooses the translation."""
    @property
    def code(self) -> str | None:
        """The language or locale, such as `en` or `en_US`."""

@final
class Component(Record):
    """What fills one part of a template.

    Attributes:
        type: Which part.
        sub_type: For a button: what it does.
        index: For a button: its position, counted from 0.
        parameters: The values, in the order of the template's placeholders.
    """
    __match_args__ = ("type", "sub_type", "index", "parameters")
    def __new__(cls, *, type: _ComponentKind, sub_type: _ButtonKind | None = None, index: int | str | None = None, parameters: Sequence[Parameter] | None = None) -> Component: ...
    @property
    def type(self) -> _ComponentKind:
        """Which part."""
    @property
    def sub_type(self) -> _ButtonKind | None:
        """For a button: what it does."""
    @property
    def index(self) -> int | str | None:
        """For a button: its position, counted from 0."""
    @property
    def parameters(self) -> tuple[Parameter, ...] | None:
        """The values, in the order of the template's placeholders."""

@final
class TextParameter(Record):
    """Text; for a URL button, the end of its URL.

    Its `type` is always `text`.

    Attributes:
        text: The text.
    """
    type: ClassVar[Literal["text"]]
    __match_args__ = ("text",)
    def __new__(cls, *, text: str) -> TextParameter: ...
    @property
    def text(self) -> str:
        """The text."""

@final
class PayloadParameter(Record):
    """What a quick-reply button answers with.

    Its `type` is always `payload`.

    Attributes:
        payload: The payload.
    """
    type: ClassVar[Literal["payload"]]
    __match_args__ = ("payload",)
    def __new__(cls, *, payload: str) -> PayloadParameter: ...
    @property
    def payload(self) -> str:
        """The payload."""

@final
class CurrencyParameter(Record):
    """An amount of money.

    Its `type` is always `currency`.

    Attributes:
        currency: The currency.
    """
    type: ClassVar[Literal["currency"]]
    __match_args__ = ("currency",)
    def __new__(cls, *, currency: Currency) -> CurrencyParameter: ...
    @property
    def currency(self) -> Currency:
        """The currency."""

@final
class DateTimeParameter(Record):
    """A moment.

    Its `type` is always `date_time`.

    Attributes:
        date_time: The date time.
    """
    type: ClassVar[Literal["date_time"]]
    __match_args__ = ("date_time",)
    def __new__(cls, *, date_time: DateTime) -> DateTimeParameter: ...
    @property
    def date_time(self) -> DateTime:
        """The date time."""

@final
class ImageParameter(Record):
    """A picture, in a header.

    Its `type` is always `image`.

    Attributes:
        image: The image.
    """
    type: ClassVar[Literal["image"]]
    __match_args__ = ("image",)
    def __new__(cls, *, image: Media) -> ImageParameter: ...
    @property
    def image(self) -> Media:
        """The image."""

@final
class VideoParameter(Record):
    """A film, in a header.

    Its `type` is always `video`.

    Attributes:
        video: The video.
    """
    type: ClassVar[Literal["video"]]
    __match_args__ = ("video",)
    def __new__(cls, *, video: Media) -> VideoParameter: ...
    @property
    def video(self) -> Media:
        """The video."""

@final
class DocumentParameter(Record):
    """A file, in a header.

    Its `type` is always `document`.

    Attributes:
        document: The document.
    """
    type: ClassVar[Literal["document"]]
    __match_args__ = ("document",)
    def __new__(cls, *, document: Media) -> DocumentParameter: ...
    @property
    def document(self) -> Media:
        """The document."""

@final
class Currency(Record):
    """An amount of money, shown as the recipient's phone writes it.

    Attributes:
        fallback_value: What is shown where the phone cannot format the amount.
        code: The currency in ISO 4217, such as `USD`.
        amount_1000: The amount times 1,000.
    """
    __match_args__ = ("fallback_value", "code", "amount_1000")
    def __new__(cls, *, fallback_value: str, code: str, amount_1000: int) -> Currency: ...
    @property
    def fallback_value(self) -> str:
        """What is shown where the phone cannot format the amount."""
    @property
    def code(self) -> str:
        """The currency in ISO 4217, such as `USD`."""
    @property
    def amount_1000(self) -> int:
        """The amount times 1,000."""

@final
class DateTime(Record):
    """A moment, shown as the recipient's phone writes it: a timestamp, or its parts.

    Attributes:
        fallback_value: What is shown where the phone cannot format the moment.
        day_of_week: The day of the week, 1 for Monday to 7 for Sunday.
        day_of_month: The day of the month.
        year: The year.
        month: The month, from 1.
        hour: The hour, 0 to 23.
        minute: The minute.
        timestamp: The moment in seconds since 1970, in place of the parts.
    """
    __match_args__ = ("fallback_value", "day_of_week", "day_of_month", "year", "month", "hour", "minute", "timestamp")
    def __new__(cls, *, fallback_value: str, day_of_week: int | None = None, day_of_month: int | None = None, year: int | None = None, month: int | None = None, hour: int | None = None, minute: int | None = None, timestamp: int | None = None) -> DateTime: ...
    @property
    def fallback_value(self) -> str:
        """What is shown where the phone cannot format the moment."""
    @property
    def day_of_week(self) -> int | None:
        """The day of the week, 1 for Monday to 7 for Sunday."""
    @property
    def day_of_month(self) -> int | None:
        """The day of the month."""
    @property
    def year(self) -> int | None:
        """The year."""
    @property
    def month(self) -> int | None:
        """The month, from 1."""
    @property
    def hour(self) -> int | None:
        """The hour, 0 to 23."""
    @property
    def minute(self) -> int | None:
        """The minute."""
    @property
    def timestamp(self) -> int | None:
        """The moment in seconds since 1970, in place of the parts."""

@final
class Interactive(Record):
    """A message with a list to choose from or with reply buttons.

    Attributes:
        type: List or buttons.
        header: Above the text.
        body: The text, up to 1,024 characters.
        footer: Under the text, up to 60 characters.
        action: What the recipient can do.
    """
    __match_args__ = ("type", "header", "body", "footer", "action")
    def __new__(cls, *, type: _InteractiveKind, header: Header | None = None, body: InteractiveText, footer: InteractiveText | None = None, action: Action) -> Interactive: ...
    @property
    def type(self) -> _InteractiveKind:
        """List or buttons."""
    @property
    def header(self) -> Header | None:
        """Above the text."""
    @property
    def body(self) -> InteractiveText:
        """The text, up to 1,024 characters."""
    @property
    def footer(self) -> InteractiveText | None:
        """Under the text, up to 60 characters."""
    @property
    def action(self) -> Action:
        """What the recipient can do."""

@final
class TextHeader(Record):
    """Text, up to 60 characters.

    Its `type` is always `text`.

    Attributes:
        text: The text.
    """
    type: ClassVar[Literal["text"]]
    __match_args__ = ("text",)
    def __new__(cls, *, text: str) -> TextHeader: ...
    @property
    def text(self) -> str:
        """The text."""

@final
class ImageHeader(Record):
    """A picture, over buttons only.

    Its `type` is always `image`.

    Attributes:
        image: The image.
    """
    type: ClassVar[Literal["image"]]
    __match_args__ = ("image",)
    def __new__(cls, *, image: Media) -> ImageHeader: ...
    @property
    def image(self) -> Media:
        """The image."""

@final
class VideoHeader(Record):
    """A film, over buttons only.

    Its `type` is always `video`.

    Attributes:
        video: The video.
    """
    type: ClassVar[Literal["video"]]
    __match_args__ = ("video",)
    def __new__(cls, *, video: Media) -> VideoHeader: ...
    @property
    def video(self) -> Media:
        """The video."""

@final
class DocumentHeader(Record):
    """A file, over buttons only.

    Its `type` is always `document`.

    Attributes:
        document: The document.
    """
    type: ClassVar[Literal["document"]]
    __match_args__ = ("document",)
    def __new__(cls, *, document: Media) -> DocumentHeader: ...
    @property
    def document(self) -> Media:
        """The document."""

@final
class InteractiveText(Record):
    """The text of a body or footer.

    Attributes:
        text: The text.
    """
    __match_args__ = ("text",)
    def __new__(cls, *, text: str) -> InteractiveText: ...
    @property
    def text(self) -> str:
        """The text."""

@final
class Action(Record):
    """What the recipient can do: open a list, or press a button.

    Attributes:
        button: For a list: the text of the button that opens it, up to 20 characters.
        sections: For a list: its sections, up to 10.
        buttons: For buttons: one to three.
    """
    __match_args__ = ("button", "sections", "buttons")
    def __new__(cls, *, button: str | None = None, sections: Sequence[Section] | None = None, buttons: Sequence[ReplyButton] | None = None) -> Action: ...
    @property
    def button(self) -> str | None:
        """For a list: the text of the button that opens it, up to 20 characters."""
    @property
    def sections(self) -> tuple[Section, ...] | None:
        """For a list: its sections, up to 10."""
    @property
    def buttons(self) -> tuple[ReplyButton, ...] | None:
        """For buttons: one to three."""

@final
class Section(Record):
    """A section of a list.

    Attributes:
        title: The heading, up to 24 characters; needed where there are several sections.
        rows: What can be chosen.
    """
    __match_args__ = ("title", "rows")
    def __new__(cls, *, title: str | None = None, rows: Sequence[Row] | None = None) -> Section: ...
    @property
    def title(self) -> str | None:
        """The heading, up to 24 characters; needed where there are several sections."""
    @property
    def rows(self) -> tuple[Row, ...] | None:
        """What can be chosen."""

@final
class Row(Record):
    """One line of a list.

    Attributes:
        id: What comes back when the row is chosen, up to 200 characters.
        title: The line's text, up to 24 characters.
        description: A second, smaller line, up to 72 characters.
    """
    __match_args__ = ("id", "title", "description")
    def __new__(cls, *, id: str, title: str, description: str | None = None) -> Row: ...
    @property
    def id(self) -> str:
        """What comes back when the row is chosen, up to 200 characters."""
    @property
    def title(self) -> str:
        """The line's text, up to 24 characters."""
    @property
    def description(self) -> str | None:
        """A second, smaller line, up to 72 characters."""

@final
class ReplyButton(Record):
    """Answers with its id.

    Its `type` is always `reply`.

    Attributes:
        reply: The button's id and text.
    """
    type: ClassVar[Literal["reply"]]
    __match_args__ = ("reply",)
    def __new__(cls, *, reply: Reply) -> ReplyButton: ...
    @property
    def reply(self) -> Reply:
        """The button's id and text."""

@final
class Reply(Record):
    """What a reply button says and answers.

    Attributes:
        id: What comes back when the button is pressed, up to 256 characters.
        title: The button's text, up to 20 characters.
    """
    __match_args__ = ("id", "title")
    def __new__(cls, *, id: str, title: str) -> Reply: ...
    @property
    def id(self) -> str:
        """What comes back when the button is pressed, up to 256 characters."""
    @property
    def title(self) -> str:
        """The button's text, up to 20 characters."""

@final
class Reaction(Record):
    """An emoji on an earlier message.

    Attributes:
        message_id: The gateway's id of the message to react to.
        emoji: The emoji; an empty string takes an earlier reaction back.
    """
    __match_args__ = ("message_id", "emoji")
    def __new__(cls, *, message_id: str, emoji: str) -> Reaction: ...
    @property
    def message_id(self) -> str:
        """The gateway's id of the message to react to."""
    @property
    def emoji(self) -> str:
        """The emoji; an empty string takes an earlier reaction back."""

@final
class Receipt(Record):
    """A gateway's acceptance of one message. Accepted is not delivered.

    Its `status` is always `accepted`.

    Attributes:
        gateway: The gateway's id.
        message_id: The gateway's id of the message; chat-api's answer may bear none.
        client_id: The caller's own id of the message.
        to: The recipient: E.164, or the gateway's id of a chat.
        attempts: The attempts at sending, in order.
        warnings: Faults that did not stop the message.
        raw: The gateway's answer: JSON text.

    >>> import wamux
    >>> [receipt] = wamux.parse_response("devino-v2", '{"result":[{"code":"OK","messageId":"34825"}]}')
    >>> receipt.status, receipt.message_id
    ('accepted', '34825')
    """
    status: ClassVar[Literal["accepted"]]
    __match_args__ = ("gateway", "message_id", "client_id", "to", "attempts", "warnings", "raw")
    def __new__(cls, *, gateway: str, message_id: str | None = None, client_id: str | None = None, to: str | None = None, attempts: Sequence[Attempt], warnings: Sequence[Violation], raw: str) -> Receipt: ...
    @property
    def gateway(self) -> str:
        """The gateway's id."""
    @property
    def message_id(self) -> str | None:
        """The gateway's id of the message; chat-api's answer may bear none."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id of the message."""
    @property
    def to(self) -> str | None:
        """The recipient: E.164, or the gateway's id of a chat."""
    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The attempts at sending, in order."""
    @property
    def warnings(self) -> tuple[Violation, ...]:
        """Faults that did not stop the message."""
    @property
    def raw(self) -> str:
        """The gateway's answer: JSON text."""

@final
class Attempt(Record):
    """One attempt at sending a message.

    Attributes:
        at: When it began: RFC 3339, UTC.
        kind: Why it failed; absent for the one that succeeded.
        delivery: What was known about the message after it failed.
        http_status: The HTTP status of the answer.
        gateway: The gateway, where a message was tried at several.
    """
    __match_args__ = ("at", "kind", "delivery", "http_status", "gateway")
    def __new__(cls, *, at: str, kind: _Kind | None = None, delivery: _Delivery | None = None, http_status: int | None = None, gateway: str | None = None) -> Attempt: ...
    @property
    def at(self) -> str:
        """When it began: RFC 3339, UTC."""
    @property
    def kind(self) -> _Kind | None:
        """Why it failed; absent for the one that succeeded."""
    @property
    def delivery(self) -> _Delivery | None:
        """What was known about the message after it failed."""
    @property
    def http_status(self) -> int | None:
        """The HTTP status of the answer."""
    @property
    def gateway(self) -> str | None:
        """The gateway, where a message was tried at several."""

@final
class Violation(Record):
    """One fault of a message or of a native payload.

    Attributes:
        code: What kind of fault it is.
        path: Where the caller put the value: `template.components[1].parameters[0].text`; `""` is the message itself.
        message: What is wrong and what would be right, in words. It never repeats the value.
        limit: The limit that was passed, where the rule has one.
        severity: Whether the fault stops the message.
    """
    __match_args__ = ("code", "path", "message", "limit", "severity")
    def __new__(cls, *, code: _Code, path: str, message: str, limit: float | None = None, severity: _Severity) -> Violation: ...
    @property
    def code(self) -> _Code:
        """What kind of fault it is."""
    @property
    def path(self) -> str:
        """Where the caller put the value: `template.components[1].parameters[0].text`; `""` is the message itself."""
    @property
    def message(self) -> str:
        """What is wrong and what would be right, in words. It never repeats the value."""
    @property
    def limit(self) -> float | None:
        """The limit that was passed, where the rule has one."""
    @property
    def severity(self) -> _Severity:
        """Whether the fault stops the message."""

@final
class Reason(Record):
    """One reason that a gateway gave.

    Attributes:
        code: The gateway's code.
        ref: What the code is about: the gateway's own reference to a parameter.
        title: What the code means.
        advice: What to do about it.
        description: The gateway's own words. They can repeat what the caller sent, so nothing prints them unasked.
    """
    __match_args__ = ("code", "ref", "title", "advice", "description")
    def __new__(cls, *, code: str, ref: str | None = None, title: str | None = None, advice: str | None = None, description: str | None = None) -> Reason: ...
    @property
    def code(self) -> str:
        """The gateway's code."""
    @property
    def ref(self) -> str | None:
        """What the code is about: the gateway's own reference to a parameter."""
    @property
    def title(self) -> str | None:
        """What the code means."""
    @property
    def advice(self) -> str | None:
        """What to do about it."""
    @property
    def description(self) -> str | None:
        """The gateway's own words. They can repeat what the caller sent, so nothing prints them unasked."""

@final
class StatusError(Record):
    """Why a message failed after it was accepted: shaped like the error of a send, without what only a call has.

    Attributes:
        kind: What kind of error it is.
        retryable: Whether the same message can succeed later; nothing is sent again by itself.
        gateway: The gateway's id.
        code: The gateway's code.
        reasons: The gateway's reasons.
    """
    __match_args__ = ("kind", "retryable", "gateway", "code", "reasons")
    def __new__(cls, *, kind: _Kind, retryable: bool, gateway: str, code: str | None = None, reasons: Sequence[Reason]) -> StatusError: ...
    @property
    def kind(self) -> _Kind:
        """What kind of error it is."""
    @property
    def retryable(self) -> bool:
        """Whether the same message can succeed later; nothing is sent again by itself."""
    @property
    def gateway(self) -> str:
        """The gateway's id."""
    @property
    def code(self) -> str | None:
        """The gateway's code."""
    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The gateway's reasons."""

@final
class Click(Record):
    """Who followed a link.

    Attributes:
        ip: The IP address.
        browser: The browser.
        os: The operating system.
        user_agent: The browser's full name of itself.
    """
    __match_args__ = ("ip", "browser", "os", "user_agent")
    def __new__(cls, *, ip: str | None = None, browser: str | None = None, os: str | None = None, user_agent: str | None = None) -> Click: ...
    @property
    def ip(self) -> str | None:
        """The IP address."""
    @property
    def browser(self) -> str | None:
        """The browser."""
    @property
    def os(self) -> str | None:
        """The operating system."""
    @property
    def user_agent(self) -> str | None:
        """The browser's full name of itself."""

@final
class HistogramPoint(Record):
    """A distribution of what was measured.

    Attributes:
        name: What was measured, such as `messaging.client.operation.duration`.
        unit: The unit of UCUM: `s`.
        attributes: What tells this distribution from others of the name.
        count: How many values were measured.
        sum: The sum of the values.
        explicit_bounds: The highest value of each bucket but the last, which has none.
        bucket_counts: How many values are in each bucket, and in no bucket before.
    """
    __match_args__ = ("name", "unit", "attributes", "count", "sum", "explicit_bounds", "bucket_counts")
    def __new__(cls, *, name: str, unit: str, attributes: Mapping[str, str | int], count: int, sum: float, explicit_bounds: Sequence[float], bucket_counts: Sequence[int]) -> HistogramPoint: ...
    @property
    def name(self) -> str:
        """What was measured, such as `messaging.client.operation.duration`."""
    @property
    def unit(self) -> str:
        """The unit of UCUM: `s`."""
    @property
    def attributes(self) -> Mapping[str, str | int]:
        """What tells this distribution from others of the name."""
    @property
    def count(self) -> int:
        """How many values were measured."""
    @property
    def sum(self) -> float:
        """The sum of the values."""
    @property
    def explicit_bounds(self) -> tuple[float, ...]:
        """The highest value of each bucket but the last, which has none."""
    @property
    def bucket_counts(self) -> tuple[int, ...]:
        """How many values are in each bucket, and in no bucket before."""

@final
class ChatContext(Record):
    """The message that another one answers, and whom that one mentions.

    Attributes:
        message_id: The gateway's id of the message that is answered.
        from_: Who wrote the message that is answered: E.164, or the gateway's id of a chat.
        chat_id: The gateway's id of the group that the message which is answered stands in.
        mentions: Who is mentioned: E.164 each.
        forwarded: Whether the message was forwarded, where the gateway says so.
    """
    __match_args__ = ("message_id", "from_", "chat_id", "mentions", "forwarded")
    def __new__(cls, *, message_id: str | None = None, from_: str | None = None, chat_id: str | None = None, mentions: Sequence[str] | None = None, forwarded: bool | None = None) -> ChatContext: ...
    @property
    def message_id(self) -> str | None:
        """The gateway's id of the message that is answered."""
    @property
    def from_(self) -> str | None:
        """Who wrote the message that is answered: E.164, or the gateway's id of a chat."""
    @property
    def chat_id(self) -> str | None:
        """The gateway's id of the group that the message which is answered stands in."""
    @property
    def mentions(self) -> tuple[str, ...] | None:
        """Who is mentioned: E.164 each."""
    @property
    def forwarded(self) -> bool | None:
        """Whether the message was forwarded, where the gateway says so."""

@final
class ChatMedia(Record):
    """Media that came in, by address or by id.

    Attributes:
        link: Where it can be fetched. Gateways keep media for some weeks only.
        id: The gateway's id of it, by which it can be fetched.
        mime_type: Its MIME type.
        filename: Its name.
        caption: The text beside it.
        sha256: Its SHA-256 digest.
    """
    __match_args__ = ("link", "id", "mime_type", "filename", "caption", "sha256")
    def __new__(cls, *, link: str | None = None, id: str | None = None, mime_type: str | None = None, filename: str | None = None, caption: str | None = None, sha256: str | None = None) -> ChatMedia: ...
    @property
    def link(self) -> str | None:
        """Where it can be fetched. Gateways keep media for some weeks only."""
    @property
    def id(self) -> str | None:
        """The gateway's id of it, by which it can be fetched."""
    @property
    def mime_type(self) -> str | None:
        """Its MIME type."""
    @property
    def filename(self) -> str | None:
        """Its name."""
    @property
    def caption(self) -> str | None:
        """The text beside it."""
    @property
    def sha256(self) -> str | None:
        """Its SHA-256 digest."""

@final
class ChatLocation(Record):
    """A place that came in.

    Attributes:
        latitude: Degrees north of the equator, -90 to 90.
        longitude: Degrees east of Greenwich, -180 to 180.
        name: The name of the place.
        address: Its postal address.
        url: A web page about it.
    """
    __match_args__ = ("latitude", "longitude", "name", "address", "url")
    def __new__(cls, *, latitude: float, longitude: float, name: str | None = None, address: str | None = None, url: str | None = None) -> ChatLocation: ...
    @property
    def latitude(self) -> float:
        """Degrees north of the equator, -90 to 90."""
    @property
    def longitude(self) -> float:
        """Degrees east of Greenwich, -180 to 180."""
    @property
    def name(self) -> str | None:
        """The name of the place."""
    @property
    def address(self) -> str | None:
        """Its postal address."""
    @property
    def url(self) -> str | None:
        """A web page about it."""

@final
class ListReply(Record):
    """A row that was chosen from a list.

    Attributes:
        id: The row's id, as it was sent.
        title: The row's title.
        description: The row's description.
    """
    __match_args__ = ("id", "title", "description")
    def __new__(cls, *, id: str, title: str, description: str | None = None) -> ListReply: ...
    @property
    def id(self) -> str:
        """The row's id, as it was sent."""
    @property
    def title(self) -> str:
        """The row's title."""
    @property
    def description(self) -> str | None:
        """The row's description."""

@final
class ButtonReply(Record):
    """A reply button that was pressed.

    Attributes:
        id: The button's id, as it was sent.
        title: The button's title.
    """
    __match_args__ = ("id", "title")
    def __new__(cls, *, id: str, title: str) -> ButtonReply: ...
    @property
    def id(self) -> str:
        """The button's id, as it was sent."""
    @property
    def title(self) -> str:
        """The button's title."""

@final
class QuickReply(Record):
    """A quick-reply button of a template that was pressed.

    Attributes:
        text: What the button says.
        payload: What the template's parameter `payload` was.
    """
    __match_args__ = ("text", "payload")
    def __new__(cls, *, text: str, payload: str | None = None) -> QuickReply: ...
    @property
    def text(self) -> str:
        """What the button says."""
    @property
    def payload(self) -> str | None:
        """What the template's parameter `payload` was."""

@final
class Order(Record):
    """Products that were ordered.

    Attributes:
        catalog_id: The id of the catalogue.
        text: What the customer wrote beside it.
        product_items: The products.
    """
    __match_args__ = ("catalog_id", "text", "product_items")
    def __new__(cls, *, catalog_id: str | None = None, text: str | None = None, product_items: Sequence[OrderItem]) -> Order: ...
    @property
    def catalog_id(self) -> str | None:
        """The id of the catalogue."""
    @property
    def text(self) -> str | None:
        """What the customer wrote beside it."""
    @property
    def product_items(self) -> tuple[OrderItem, ...]:
        """The products."""

@final
class OrderItem(Record):
    """One product of an order. Prices are as the gateway writes them: decimals, in units of the currency.

    Attributes:
        product_retailer_id: The shop's own id of the product.
        quantity: How many.
        item_price: The price of one.
        currency: The currency: ISO 4217.
    """
    __match_args__ = ("product_retailer_id", "quantity", "item_price", "currency")
    def __new__(cls, *, product_retailer_id: str | None = None, quantity: str | None = None, item_price: str | None = None, currency: str | None = None) -> OrderItem: ...
    @property
    def product_retailer_id(self) -> str | None:
        """The shop's own id of the product."""
    @property
    def quantity(self) -> str | None:
        """How many."""
    @property
    def item_price(self) -> str | None:
        """The price of one."""
    @property
    def currency(self) -> str | None:
        """The currency: ISO 4217."""

@final
class SystemNotice(Record):
    """A notice of WhatsApp itself.

    Attributes:
        type: The gateway's word for what happened, such as `group_user_joined` or `user_changed_number`.
        body: The notice in words.
        new_wa_id: The customer's new WhatsApp id: digits.
    """
    __match_args__ = ("type", "body", "new_wa_id")
    def __new__(cls, *, type: str, body: str | None = None, new_wa_id: str | None = None) -> SystemNotice: ...
    @property
    def type(self) -> str:
        """The gateway's word for what happened, such as `group_user_joined` or `user_changed_number`."""
    @property
    def body(self) -> str | None:
        """The notice in words."""
    @property
    def new_wa_id(self) -> str | None:
        """The customer's new WhatsApp id: digits."""

@final
class Call(Record):
    """A call that came in or went out; none of the gateways takes calls.

    Attributes:
        body: The gateway's words for it.
    """
    __match_args__ = ("body",)
    def __new__(cls, *, body: str | None = None) -> Call: ...
    @property
    def body(self) -> str | None:
        """The gateway's words for it."""

@final
class StatusEvent(Record):
    """What became of a message that was sent.

    Its `type` is always `status`.

    Attributes:
        message_id: The gateway's id of the message, as its receipt has it.
        client_id: The caller's own id of the message.
        status: What the gateway's word means.
        raw_status: The gateway's own word.
        channel: The channel that it is about, where a cascade has gone on to another than WhatsApp: the gateway's own word in lower case, such as `sms`.
        at: When it happened: RFC 3339, UTC.
        to: The recipient: E.164, or the gateway's id of a chat.
        error: Why the message failed.
        callback_data: What the message's `callback.data` was.
        click: Who followed a link in the message, and with what.
        pricing: What the gateway charges, as it says it.
        conversation: The conversation that the gateway counts the message to, as it says it.
        raw: The item as the gateway sent it: JSON text.

    >>> import wamux
    >>> body = '[{"mtNum": "107931706", "status": 5, "errorCode": 2}]'
    >>> match wamux.parse_webhook("rapporto", body):
    ...     case [wamux.StatusEvent(status="failed", error=wamux.StatusError(code=code))]:
    ...         code
    '2'
    """
    type: ClassVar[Literal["status"]]
    __match_args__ = ("message_id", "client_id", "status", "raw_status", "channel", "at", "to", "error", "callback_data", "click", "pricing", "conversation", "raw")
    def __new__(cls, *, message_id: str, client_id: str | None = None, status: _StatusKind, raw_status: str, channel: str | None = None, at: str | None = None, to: str | None = None, error: StatusError | None = None, callback_data: str | None = None, click: Click | None = None, pricing: Any = None, conversation: Any = None, raw: str) -> StatusEvent: ...
    @property
    def message_id(self) -> str:
        """The gateway's id of the message, as its receipt has it."""
    @property
    def client_id(self) -> str | None:
        """The caller's own id of the message."""
    @property
    def status(self) -> _StatusKind:
        """What the gateway's word means."""
    @property
    def raw_status(self) -> str:
        """The gateway's own word."""
    @property
    def channel(self) -> str | None:
        """The channel that it is about, where a cascade has gone on to another than WhatsApp: the gateway's own word in lower case, such as `sms`."""
    @property
    def at(self) -> str | None:
        """When it happened: RFC 3339, UTC."""
    @property
    def to(self) -> str | None:
        """The recipient: E.164, or the gateway's id of a chat."""
    @property
    def error(self) -> StatusError | None:
        """Why the message failed."""
    @property
    def callback_data(self) -> str | None:
        """What the message's `callback.data` was."""
    @property
    def click(self) -> Click | None:
        """Who followed a link in the message, and with what."""
    @property
    def pricing(self) -> Any:
        """What the gateway charges, as it says it."""
    @property
    def conversation(self) -> Any:
        """The conversation that the gateway counts the message to, as it says it."""
    @property
    def raw(self) -> str:
        """The item as the gateway sent it: JSON text."""

@final
class ChatDescription(Record):
    """A chat as its gateway describes it.

    Attributes:
        id: The gateway's id of the chat.
        name: The name of the chat: of the group, or of the person.
        image: The address of its picture.
    """
    __match_args__ = ("id", "name", "image")
    def __new__(cls, *, id: str | None = None, name: str | None = None, image: str | None = None) -> ChatDescription: ...
    @property
    def id(self) -> str | None:
        """The gateway's id of the chat."""
    @property
    def name(self) -> str | None:
        """The name of the chat: of the group, or of the person."""
    @property
    def image(self) -> str | None:
        """The address of its picture."""

@final
class MessageEvent(Record):
    """A message of a chat.

    Its `type` is always `message`.

    Attributes:
        id: The gateway's id of the message.
        direction: Whether it came in, or is a copy of one that went out.
        from_: The sender: E.164, or the gateway's id of a chat; absent for a copy of a message of this account's own that does not name it.
        to: The recipient: E.164, or the gateway's id of a chat.
        chat_id: The gateway's id of the chat.
        author: Who wrote it, in a group.
        sequence: The message's number in the gateway's list.
        at: When it was written: RFC 3339, UTC.
        profile_name: The sender's name in WhatsApp.
        context: The message that it answers, and whom it mentions.
        content: What it says.
        error: Why the gateway could not pass its content on.
        referral: The advertisement that the sender came from, as the gateway says it.
        identity: What is known of the sender's security code, as the gateway says it.
        raw: The item as the gateway sent it: JSON text.

    >>> import wamux
    >>> from wamux.event import TextChatContent
    >>> body = '[{"transactionId": "51", "sourceAddr": "79034567890", "message": "Yes, please"}]'
    >>> match wamux.parse_webhook("rapporto", body):
    ...     case [wamux.MessageEvent(from_=sender, content=TextChatContent(text=text))]:
    ...         sender, text.body
    ('+79034567890', 'Yes, please')
    """
    type: ClassVar[Literal["message"]]
    __match_args__ = ("id", "direction", "from_", "to", "chat_id", "author", "sequence", "at", "profile_name", "context", "content", "error", "referral", "identity", "raw")
    def __new__(cls, *, id: str, direction: _Direction, from_: str | None = None, to: str | None = None, chat_id: str | None = None, author: str | None = None, sequence: int | None = None, at: str | None = None, profile_name: str | None = None, context: ChatContext | None = None, content: ChatContent, error: StatusError | None = None, referral: Any = None, identity: Any = None, raw: str) -> MessageEvent: ...
    @property
    def id(self) -> str:
        """The gateway's id of the message."""
    @property
    def direction(self) -> _Direction:
        """Whether it came in, or is a copy of one that went out."""
    @property
    def from_(self) -> str | None:
        """The sender: E.164, or the gateway's id of a chat; absent for a copy of a message of this account's own that does not name it."""
    @property
    def to(self) -> str | None:
        """The recipient: E.164, or the gateway's id of a chat."""
    @property
    def chat_id(self) -> str | None:
        """The gateway's id of the chat."""
    @property
    def author(self) -> str | None:
        """Who wrote it, in a group."""
    @property
    def sequence(self) -> int | None:
        """The message's number in the gateway's list."""
    @property
    def at(self) -> str | None:
        """When it was written: RFC 3339, UTC."""
    @property
    def profile_name(self) -> str | None:
        """The sender's name in WhatsApp."""
    @property
    def context(self) -> ChatContext | None:
        """The message that it answers, and whom it mentions."""
    @property
    def content(self) -> ChatContent:
        """What it says."""
    @property
    def error(self) -> StatusError | None:
        """Why the gateway could not pass its content on."""
    @property
    def referral(self) -> Any:
        """The advertisement that the sender came from, as the gateway says it."""
    @property
    def identity(self) -> Any:
        """What is known of the sender's security code, as the gateway says it."""
    @property
    def raw(self) -> str:
        """The item as the gateway sent it: JSON text."""

@final
class ChatEvent(Record):
    """A chat that changed: its name or its picture.

    Its `type` is always `chat`.

    Attributes:
        chat_id: The gateway's id of the chat.
        old: What it was; absent for a new chat.
        new: What it is; absent for a chat that is gone.
        raw: The item as the gateway sent it: JSON text.
    """
    type: ClassVar[Literal["chat"]]
    __match_args__ = ("chat_id", "old", "new", "raw")
    def __new__(cls, *, chat_id: str | None = None, old: ChatDescription | None = None, new: ChatDescription | None = None, raw: str) -> ChatEvent: ...
    @property
    def chat_id(self) -> str | None:
        """The gateway's id of the chat."""
    @property
    def old(self) -> ChatDescription | None:
        """What it was; absent for a new chat."""
    @property
    def new(self) -> ChatDescription | None:
        """What it is; absent for a chat that is gone."""
    @property
    def raw(self) -> str:
        """The item as the gateway sent it: JSON text."""

@final
class PhoneNumber(Record):
    """A phone number as people write it, read into E.164.

    Attributes:
        e164: The number in E.164, such as `+79034567890`.
        digits: The number in E.164 without its plus.
        region: The region the number belongs to, such as `RU`; None where the numbering plan does not tell.
        valid: Whether the numbering plan has assigned the number's range.
        wa_id_candidates: The other `wa_id` that the same subscriber may have, as digits: offered, never applied.

    >>> import wamux
    >>> number = wamux.normalize_phone("8 (903) 456-78-90", "RU")
    >>> number.e164, number.valid
    ('+79034567890', True)
    """
    __match_args__ = ("e164", "digits", "region", "valid", "wa_id_candidates")
    def __new__(cls, *, e164: str, digits: str, region: str | None, valid: bool, wa_id_candidates: Sequence[str]) -> PhoneNumber: ...
    @property
    def e164(self) -> str:
        """The number in E.164, such as `+79034567890`."""
    @property
    def digits(self) -> str:
        """The number in E.164 without its plus."""
    @property
    def region(self) -> str | None:
        """The region the number belongs to, such as `RU`; None where the numbering plan does not tell."""
    @property
    def valid(self) -> bool:
        """Whether the numbering plan has assigned the number's range."""
    @property
    def wa_id_candidates(self) -> tuple[str, ...]:
        """The other `wa_id` that the same subscriber may have, as digits: offered, never applied."""

@final
class Request(Record):
    """The request that a message becomes. Credentials show as `***`.

    Attributes:
        method: The HTTP method.
        url: The URL.
        headers: The headers, by their names in lower case.
        body: The body, as it stands on the wire: its text, or its bytes where they are no text.
        warnings: Faults that do not stop the message.
    """
    __match_args__ = ("method", "url", "headers", "body", "warnings")
    def __new__(cls, *, method: str, url: str, headers: Mapping[str, str], body: bytes | str, warnings: Sequence[Violation]) -> Request: ...
    @property
    def method(self) -> str:
        """The HTTP method."""
    @property
    def url(self) -> str:
        """The URL."""
    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, by their names in lower case."""
    @property
    def body(self) -> bytes | str:
        """The body, as it stands on the wire: its text, or its bytes where they are no text."""
    @property
    def warnings(self) -> tuple[Violation, ...]:
        """Faults that do not stop the message."""

@final
class Capabilities(Record):
    """What a gateway can do.

    Attributes:
        gateway: The gateway's id.
        name: The gateway's name.
        base_url: Its documented address; Rapporto, which publishes none, has one below `.invalid`.
        region: The region of phone numbers in national form, such as `RU`; None: none.
        sends: What wamux sends through it.
        not_yet: What it documents and this version of wamux does not send yet.
        statuses: What it tells of messages that were sent.
        receives: The types of messages that come in, as events have them.
        calls: The names of its calls beyond sending.
        payloads: The names of the native payloads that can be checked; the first is the send call's.
        limits: The limits of its payloads.
    """
    __match_args__ = ("gateway", "name", "base_url", "region", "sends", "not_yet", "statuses", "receives", "calls", "payloads", "limits")
    def __new__(cls, *, gateway: str, name: str, base_url: str, region: str | None, sends: Sequence[Feature], not_yet: Sequence[Feature], statuses: Sequence[_StatusKind], receives: Sequence[str], calls: Sequence[str], payloads: Sequence[str], limits: Sequence[Limit]) -> Capabilities: ...
    @property
    def gateway(self) -> str:
        """The gateway's id."""
    @property
    def name(self) -> str:
        """The gateway's name."""
    @property
    def base_url(self) -> str:
        """Its documented address; Rapporto, which publishes none, has one below `.invalid`."""
    @property
    def region(self) -> str | None:
        """The region of phone numbers in national form, such as `RU`; None: none."""
    @property
    def sends(self) -> tuple[Feature, ...]:
        """What wamux sends through it."""
    @property
    def not_yet(self) -> tuple[Feature, ...]:
        """What it documents and this version of wamux does not send yet."""
    @property
    def statuses(self) -> tuple[_StatusKind, ...]:
        """What it tells of messages that were sent."""
    @property
    def receives(self) -> tuple[str, ...]:
        """The types of messages that come in, as events have them."""
    @property
    def calls(self) -> tuple[str, ...]:
        """The names of its calls beyond sending."""
    @property
    def payloads(self) -> tuple[str, ...]:
        """The names of the native payloads that can be checked; the first is the send call's."""
    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits of its payloads."""

@final
class Feature(Record):
    """Something that one gateway can say and another cannot.
    """
    __match_args__ = ()
    def __new__(cls) -> Feature: ...

@final
class Limit(Record):
    """A limit of a gateway's call, on the wire.

    Attributes:
        call: The call, such as `messages`.
        path: The member of the call's body, such as `interactive.action.buttons[].reply.title`.
        rule: `min_length` and `max_length` (code points), `min_items` and `max_items`, `max_total` (items of all lists together), `minimum` and `maximum`.
        limit: The limit itself, which is still allowed.
        when: For which values of other members it holds, such as `type: header`; absent: always.
        severity: Whether what is past it is refused, or told of and sent.
    """
    __match_args__ = ("call", "path", "rule", "limit", "when", "severity")
    def __new__(cls, *, call: str, path: str, rule: str, limit: int, when: str | None = None, severity: _Severity) -> Limit: ...
    @property
    def call(self) -> str:
        """The call, such as `messages`."""
    @property
    def path(self) -> str:
        """The member of the call's body, such as `interactive.action.buttons[].reply.title`."""
    @property
    def rule(self) -> str:
        """`min_length` and `max_length` (code points), `min_items` and `max_items`, `max_total` (items of all lists together), `minimum` and `maximum`."""
    @property
    def limit(self) -> int:
        """The limit itself, which is still allowed."""
    @property
    def when(self) -> str | None:
        """For which values of other members it holds, such as `type: header`; absent: always."""
    @property
    def severity(self) -> _Severity:
        """Whether what is past it is refused, or told of and sent."""

@final
class GatewayCode(Record):
    """A documented code of a gateway.

    Attributes:
        code: The code, as text.
        ref: The parameter that the code refers to.
        where: Where the code is met.
        http_status: The HTTP status that it comes with.
        title: What it means.
        kind: The kind of error that it becomes.
        retryable: Whether the same message can succeed later.
        delivery: What is known about the message; none for statuses and webhooks.
        advice: What to do about it.
    """
    __match_args__ = ("code", "ref", "where", "http_status", "title", "kind", "retryable", "delivery", "advice")
    def __new__(cls, *, code: str, ref: str | None = None, where: Sequence[_Place], http_status: int | None = None, title: str, kind: _Kind, retryable: bool, delivery: _Delivery | None, advice: str) -> GatewayCode: ...
    @property
    def code(self) -> str:
        """The code, as text."""
    @property
    def ref(self) -> str | None:
        """The parameter that the code refers to."""
    @property
    def where(self) -> tuple[_Place, ...]:
        """Where the code is met."""
    @property
    def http_status(self) -> int | None:
        """The HTTP status that it comes with."""
    @property
    def title(self) -> str:
        """What it means."""
    @property
    def kind(self) -> _Kind:
        """The kind of error that it becomes."""
    @property
    def retryable(self) -> bool:
        """Whether the same message can succeed later."""
    @property
    def delivery(self) -> _Delivery | None:
        """What is known about the message; none for statuses and webhooks."""
    @property
    def advice(self) -> str:
        """What to do about it."""

@final
class Metrics(Record):
    """What a client and its clones have counted since they were made.

    Names, units and attributes are those of OpenTelemetry's semantic conventions where it has some; those of wamux itself begin with `wamux.`. No attribute has a number, a text, a key or an id of a message.

    Attributes:
        counters: Sums that only grow.
        gauges: How many there are at this moment.
        histograms: How long things took.
    """
    __match_args__ = ("counters", "gauges", "histograms")
    def __new__(cls, *, counters: Sequence[NumberPoint], gauges: Sequence[NumberPoint], histograms: Sequence[HistogramPoint]) -> Metrics: ...
    @property
    def counters(self) -> tuple[NumberPoint, ...]:
        """Sums that only grow."""
    @property
    def gauges(self) -> tuple[NumberPoint, ...]:
        """How many there are at this moment."""
    @property
    def histograms(self) -> tuple[HistogramPoint, ...]:
        """How long things took."""

@final
class NumberPoint(Record):
    """A number that was counted.

    Attributes:
        name: What was counted, such as `messaging.client.sent.messages`.
        unit: The unit of UCUM, such as `{message}`.
        attributes: What tells this number from others of the name.
        value: The number.
    """
    __match_args__ = ("name", "unit", "attributes", "value")
    def __new__(cls, *, name: str, unit: str, attributes: Mapping[str, str | int], value: int) -> NumberPoint: ...
    @property
    def name(self) -> str:
        """What was counted, such as `messaging.client.sent.messages`."""
    @property
    def unit(self) -> str:
        """The unit of UCUM, such as `{message}`."""
    @property
    def attributes(self) -> Mapping[str, str | int]:
        """What tells this number from others of the name."""
    @property
    def value(self) -> int:
        """The number."""

@final
class ErrorEvent(Record):
    """An item that could not be read, beside those that could.

    Its `type` is always `error`.

    Attributes:
        message_id: The gateway's id of the message that it is about, where it is about one.
        at: When it happened: RFC 3339, UTC.
        to: The recipient of that message: E.164, or the gateway's id of a chat.
        error: What is wrong.
        message: Why, in words.
        raw: The item as the gateway sent it: JSON text.
    """
    type: ClassVar[Literal["error"]]
    __match_args__ = ("message_id", "at", "to", "error", "message", "raw")
    def __new__(cls, *, message_id: str | None = None, at: str | None = None, to: str | None = None, error: StatusError, message: str | None = None, raw: str) -> ErrorEvent: ...
    @property
    def message_id(self) -> str | None:
        """The gateway's id of the message that it is about, where it is about one."""
    @property
    def at(self) -> str | None:
        """When it happened: RFC 3339, UTC."""
    @property
    def to(self) -> str | None:
        """The recipient of that message: E.164, or the gateway's id of a chat."""
    @property
    def error(self) -> StatusError:
        """What is wrong."""
    @property
    def message(self) -> str | None:
        """Why, in words."""
    @property
    def raw(self) -> str:
        """The item as the gateway sent it: JSON text."""

@final
class TextChatContent(Record):
    """Plain text.

    Its `type` is always `text`.

    Attributes:
        text: The text.
    """
    type: ClassVar[Literal["text"]]
    __match_args__ = ("text",)
    def __new__(cls, *, text: Text) -> TextChatContent: ...
    @property
    def text(self) -> Text:
        """The text."""

@final
class ImageChatContent(Record):
    """A picture.

    Its `type` is always `image`.

    Attributes:
        image: The picture.
    """
    type: ClassVar[Literal["image"]]
    __match_args__ = ("image",)
    def __new__(cls, *, image: ChatMedia) -> ImageChatContent: ...
    @property
    def image(self) -> ChatMedia:
        """The picture."""

@final
class AudioChatContent(Record):
    """A sound.

    Its `type` is always `audio`.

    Attributes:
        audio: The sound.
    """
    type: ClassVar[Literal["audio"]]
    __match_args__ = ("audio",)
    def __new__(cls, *, audio: ChatMedia) -> AudioChatContent: ...
    @property
    def audio(self) -> ChatMedia:
        """The sound."""

@final
class VoiceChatContent(Record):
    """A voice message.

    Its `type` is always `voice`.

    Attributes:
        voice: The sound.
    """
    type: ClassVar[Literal["voice"]]
    __match_args__ = ("voice",)
    def __new__(cls, *, voice: ChatMedia) -> VoiceChatContent: ...
    @property
    def voice(self) -> ChatMedia:
        """The sound."""

@final
class VideoChatContent(Record):
    """A film.

    Its `type` is always `video`.

    Attributes:
        video: The film.
    """
    type: ClassVar[Literal["video"]]
    __match_args__ = ("video",)
    def __new__(cls, *, video: ChatMedia) -> VideoChatContent: ...
    @property
    def video(self) -> ChatMedia:
        """The film."""

@final
class DocumentChatContent(Record):
    """A file.

    Its `type` is always `document`.

    Attributes:
        document: The file.
    """
    type: ClassVar[Literal["document"]]
    __match_args__ = ("document",)
    def __new__(cls, *, document: ChatMedia) -> DocumentChatContent: ...
    @property
    def document(self) -> ChatMedia:
        """The file."""

@final
class StickerChatContent(Record):
    """A sticker.

    Its `type` is always `sticker`.

    Attributes:
        sticker: The sticker.
    """
    type: ClassVar[Literal["sticker"]]
    __match_args__ = ("sticker",)
    def __new__(cls, *, sticker: ChatMedia) -> StickerChatContent: ...
    @property
    def sticker(self) -> ChatMedia:
        """The sticker."""

@final
class LocationChatContent(Record):
    """A place.

    Its `type` is always `location`.

    Attributes:
        location: The place.
    """
    type: ClassVar[Literal["location"]]
    __match_args__ = ("location",)
    def __new__(cls, *, location: ChatLocation) -> LocationChatContent: ...
    @property
    def location(self) -> ChatLocation:
        """The place."""

@final
class ContactsChatContent(Record):
    """Contact cards.

    Its `type` is always `contacts`.

    Attributes:
        contacts: The cards.
    """
    type: ClassVar[Literal["contacts"]]
    __match_args__ = ("contacts",)
    def __new__(cls, *, contacts: Sequence[Contact]) -> ContactsChatContent: ...
    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The cards."""

@final
class InteractiveChatContent(Record):
    """A choice from a list or of a button.

    Its `type` is always `interactive`.

    Attributes:
        interactive: The choice.
    """
    type: ClassVar[Literal["interactive"]]
    __match_args__ = ("interactive",)
    def __new__(cls, *, interactive: Interaction) -> InteractiveChatContent: ...
    @property
    def interactive(self) -> Interaction:
        """The choice."""

@final
class ButtonChatContent(Record):
    """A quick-reply button of a template that was pressed.

    Its `type` is always `button`.

    Attributes:
        button: The button.
    """
    type: ClassVar[Literal["button"]]
    __match_args__ = ("button",)
    def __new__(cls, *, button: QuickReply) -> ButtonChatContent: ...
    @property
    def button(self) -> QuickReply:
        """The button."""

@final
class ReactionChatContent(Record):
    """An emoji on an earlier message.

    Its `type` is always `reaction`.

    Attributes:
        reaction: The emoji; an empty one takes the reaction back.
    """
    type: ClassVar[Literal["reaction"]]
    __match_args__ = ("reaction",)
    def __new__(cls, *, reaction: Reaction) -> ReactionChatContent: ...
    @property
    def reaction(self) -> Reaction:
        """The emoji; an empty one takes the reaction back."""

@final
class OrderChatContent(Record):
    """Products that were ordered.

    Its `type` is always `order`.

    Attributes:
        order: The order.
    """
    type: ClassVar[Literal["order"]]
    __match_args__ = ("order",)
    def __new__(cls, *, order: Order) -> OrderChatContent: ...
    @property
    def order(self) -> Order:
        """The order."""

@final
class SystemChatContent(Record):
    """A notice of WhatsApp itself, such as a changed number.

    Its `type` is always `system`.

    Attributes:
        system: The notice.
    """
    type: ClassVar[Literal["system"]]
    __match_args__ = ("system",)
    def __new__(cls, *, system: SystemNotice) -> SystemChatContent: ...
    @property
    def system(self) -> SystemNotice:
        """The notice."""

@final
class CallChatContent(Record):
    """A call.

    Its `type` is always `call`.

    Attributes:
        call: The call.
    """
    type: ClassVar[Literal["call"]]
    __match_args__ = ("call",)
    def __new__(cls, *, call: Call) -> CallChatContent: ...
    @property
    def call(self) -> Call:
        """The call."""

@final
class UnknownChatContent(Record):
    """A type that this version does not read; `raw` of the message has it.

    Its `type` is always `unknown`.

    Attributes:
        raw_type: The gateway's own word for the type, where it has one.
    """
    type: ClassVar[Literal["unknown"]]
    __match_args__ = ("raw_type",)
    def __new__(cls, *, raw_type: str | None = None) -> UnknownChatContent: ...
    @property
    def raw_type(self) -> str | None:
        """The gateway's own word for the type, where it has one."""

@final
class ListReplyInteraction(Record):
    """A row of a list.

    Its `type` is always `list_reply`.

    Attributes:
        list_reply: The row.
    """
    type: ClassVar[Literal["list_reply"]]
    __match_args__ = ("list_reply",)
    def __new__(cls, *, list_reply: ListReply) -> ListReplyInteraction: ...
    @property
    def list_reply(self) -> ListReply:
        """The row."""

@final
class ButtonReplyInteraction(Record):
    """A reply button.

    Its `type` is always `button_reply`.

    Attributes:
        button_reply: The button.
    """
    type: ClassVar[Literal["button_reply"]]
    __match_args__ = ("button_reply",)
    def __new__(cls, *, button_reply: ButtonReply) -> ButtonReplyInteraction: ...
    @property
    def button_reply(self) -> ButtonReply:
        """The button."""

@final
class CheckedContacts(Record):
    """What is known of phone numbers.

    Attributes:
        contacts: The numbers, as the gateway lists them.
    """
    __match_args__ = ("contacts",)
    def __new__(cls, *, contacts: Sequence[CheckedContact]) -> CheckedContacts: ...
    @property
    def contacts(self) -> tuple[CheckedContact, ...]:
        """The numbers, as the gateway lists them."""

@final
class CheckedContact(Record):
    """What is known of a phone number.

    Attributes:
        input: The number as it was sent: with the country code and a plus sign.
        status: What the gateway says of it.
        raw_status: The gateway's own word for that.
        wa_id: The WhatsApp id, which messages go to: digits, and not always those of the number. With a plus sign before it, no region reads it as another number.
    """
    __match_args__ = ("input", "status", "raw_status", "wa_id")
    def __new__(cls, *, input: str | None = None, status: _ContactStatus, raw_status: str | None = None, wa_id: str | None = None) -> CheckedContact: ...
    @property
    def input(self) -> str | None:
        """The number as it was sent: with the country code and a plus sign."""
    @property
    def status(self) -> _ContactStatus:
        """What the gateway says of it."""
    @property
    def raw_status(self) -> str | None:
        """The gateway's own word for that."""
    @property
    def wa_id(self) -> str | None:
        """The WhatsApp id, which messages go to: digits, and not always those of the number. With a plus sign before it, no region reads it as another number."""

@final
class UploadedMedia(Record):
    """A file at the gateway.

    Attributes:
        id: The id, which messages refer to.

    >>> import wamux
    >>> wamux.parse_call_response("tujenge", "upload_media", '{"media": [{"id": "f043afd0"}]}')
    UploadedMedia(id='f043afd0')
    """
    __match_args__ = ("id",)
    def __new__(cls, *, id: str) -> UploadedMedia: ...
    @property
    def id(self) -> str:
        """The id, which messages refer to."""

@final
class Groups(Record):
    """Groups.

    Attributes:
        groups: The groups.
    """
    __match_args__ = ("groups",)
    def __new__(cls, *, groups: Sequence[GroupEntry]) -> Groups: ...
    @property
    def groups(self) -> tuple[GroupEntry, ...]:
        """The groups."""

@final
class GroupEntry(Record):
    """A group in a list, or one that was created.

    Attributes:
        id: The id of the group, which messages go to.
        created_at: When it was created: RFC 3339 in UTC.
    """
    __match_args__ = ("id", "created_at")
    def __new__(cls, *, id: str | None = None, created_at: str | None = None) -> GroupEntry: ...
    @property
    def id(self) -> str | None:
        """The id of the group, which messages go to."""
    @property
    def created_at(self) -> str | None:
        """When it was created: RFC 3339 in UTC."""

@final
class GroupDetails(Record):
    """What a group is. People are told by their WhatsApp ids.

    Attributes:
        subject: What it is called.
        creator: Who created it.
        created_at: When it was created: RFC 3339 in UTC.
        admins: Its administrators.
        participants: All who are in it.
    """
    __match_args__ = ("subject", "creator", "created_at", "admins", "participants")
    def __new__(cls, *, subject: str | None = None, creator: str | None = None, created_at: str | None = None, admins: Sequence[str], participants: Sequence[str]) -> GroupDetails: ...
    @property
    def subject(self) -> str | None:
        """What it is called."""
    @property
    def creator(self) -> str | None:
        """Who created it."""
    @property
    def created_at(self) -> str | None:
        """When it was created: RFC 3339 in UTC."""
    @property
    def admins(self) -> tuple[str, ...]:
        """Its administrators."""
    @property
    def participants(self) -> tuple[str, ...]:
        """All who are in it."""

@final
class GroupInvite(Record):
    """The link by which people join a group.

    Attributes:
        link: The URL.
    """
    __match_args__ = ("link",)
    def __new__(cls, *, link: str | None = None) -> GroupInvite: ...
    @property
    def link(self) -> str | None:
        """The URL."""

@final
class BusinessProfile(Record):
    """A business profile. What is not set is absent, or empty.

    Attributes:
        address: The address.
        description: What the business is.
        email: The email address.
        vertical: The industry, in WhatsApp's own words, such as `Education`.
        websites: The web pages.
    """
    __match_args__ = ("address", "description", "email", "vertical", "websites")
    def __new__(cls, *, address: str | None = None, description: str | None = None, email: str | None = None, vertical: str | None = None, websites: Sequence[str]) -> BusinessProfile: ...
    @property
    def address(self) -> str | None:
        """The address."""
    @property
    def description(self) -> str | None:
        """What the business is."""
    @property
    def email(self) -> str | None:
        """The email address."""
    @property
    def vertical(self) -> str | None:
        """The industry, in WhatsApp's own words, such as `Education`."""
    @property
    def websites(self) -> tuple[str, ...]:
        """The web pages."""

@final
class AboutText(Record):
    """The text of a profile.

    Attributes:
        text: The text.
    """
    __match_args__ = ("text",)
    def __new__(cls, *, text: str | None = None) -> AboutText: ...
    @property
    def text(self) -> str | None:
        """The text."""

@final
class ProfilePhotoLink(Record):
    """Where the picture of a profile is.

    Attributes:
        link: The URL; absent where there is no picture.
    """
    __match_args__ = ("link",)
    def __new__(cls, *, link: str | None = None) -> ProfilePhotoLink: ...
    @property
    def link(self) -> str | None:
        """The URL; absent where there is no picture."""

@final
class StickerPacks(Record):
    """Packs of stickers.

    Attributes:
        sticker_packs: The packs.
    """
    __match_args__ = ("sticker_packs",)
    def __new__(cls, *, sticker_packs: Sequence[StickerPackEntry]) -> StickerPacks: ...
    @property
    def sticker_packs(self) -> tuple[StickerPackEntry, ...]:
        """The packs."""

@final
class StickerPackEntry(Record):
    """A pack of stickers in a list, or one that was created.

    Attributes:
        id: The id of the pack.
    """
    __match_args__ = ("id",)
    def __new__(cls, *, id: str | None = None) -> StickerPackEntry: ...
    @property
    def id(self) -> str | None:
        """The id of the pack."""

@final
class StickerPackDetails(Record):
    """What a pack of stickers is.

    Attributes:
        publisher: Who publishes it.
        name: Its name.
        ios_app_store_link: Where its app for iOS is.
        android_app_store_link: Where its app for Android is.
    """
    __match_args__ = ("publisher", "name", "ios_app_store_link", "android_app_store_link")
    def __new__(cls, *, publisher: str | None = None, name: str | None = None, ios_app_store_link: str | None = None, android_app_store_link: str | None = None) -> StickerPackDetails: ...
    @property
    def publisher(self) -> str | None:
        """Who publishes it."""
    @property
    def name(self) -> str | None:
        """Its name."""
    @property
    def ios_app_store_link(self) -> str | None:
        """Where its app for iOS is."""
    @property
    def android_app_store_link(self) -> str | None:
        """Where its app for Android is."""

@final
class Stickers(Record):
    """The stickers of a pack.

    Attributes:
        stickers: The stickers.
    """
    __match_args__ = ("stickers",)
    def __new__(cls, *, stickers: Sequence[StickerEntry]) -> Stickers: ...
    @property
    def stickers(self) -> tuple[StickerEntry, ...]:
        """The stickers."""

@final
class StickerEntry(Record):
    """A sticker in a list, or one that was added.

    Attributes:
        index: Its place in the pack.
    """
    __match_args__ = ("index",)
    def __new__(cls, *, index: int | None = None) -> StickerEntry: ...
    @property
    def index(self) -> int | None:
        """Its place in the pack."""

@final
class StickerDetails(Record):
    """What a sticker of a pack is.

    Attributes:
        id: Its id, by which a message can bear it.
        emojis: The emoji that it stands for.
        image_data_id: The id of its picture.
    """
    __match_args__ = ("id", "emojis", "image_data_id")
    def __new__(cls, *, id: str | None = None, emojis: Sequence[str], image_data_id: str | None = None) -> StickerDetails: ...
    @property
    def id(self) -> str | None:
        """Its id, by which a message can bear it."""
    @property
    def emojis(self) -> tuple[str, ...]:
        """The emoji that it stands for."""
    @property
    def image_data_id(self) -> str | None:
        """The id of its picture."""

@final
class WebhookTarget(Record):
    """Where a gateway sends what it has to tell.

    Attributes:
        url: The address.
        headers: The headers of each delivery, by name. Their values are credentials: each shows as `***`.
    """
    __match_args__ = ("url", "headers")
    def __new__(cls, *, url: str | None = None, headers: Mapping[str, str] | None = None) -> WebhookTarget: ...
    @property
    def url(self) -> str | None:
        """The address."""
    @property
    def headers(self) -> Mapping[str, str] | None:
        """The headers of each delivery, by name. Their values are credentials: each shows as `***`."""

@final
class InstanceStatus(Record):
    """How the instance is.

    Attributes:
        account_status: What the gateway's word means.
        raw_account_status: The gateway's word.
        qr_code: The code to scan, as a data URI of a PNG picture, where the instance waits to be paired. It is valid for one minute.
        status_data: The details, where they were asked for.
    """
    __match_args__ = ("account_status", "raw_account_status", "qr_code", "status_data")
    def __new__(cls, *, account_status: _AccountStatus, raw_account_status: str, qr_code: str | None = None, status_data: StatusData | None = None) -> InstanceStatus: ...
    @property
    def account_status(self) -> _AccountStatus:
        """What the gateway's word means."""
    @property
    def raw_account_status(self) -> str:
        """The gateway's word."""
    @property
    def qr_code(self) -> str | None:
        """The code to scan, as a data URI of a PNG picture, where the instance waits to be paired. It is valid for one minute."""
    @property
    def status_data(self) -> StatusData | None:
        """The details, where they were asked for."""

@final
class StatusData(Record):
    """The details of how the instance is.

    Attributes:
        substatus: The gateway's word: `normal`, `loading`, `offline`, `expired`, `opening`, `pairing`, `timeout`, `computer`, `phone`, `battery_low_1` or `battery_low_2`.
        title: What it means, in words.
        message: What to do about it.
        details: More about it.
        reason: Why it is loading: `connecting`, `syncing`, `offline`, `proxyblock` or `conflict`.
        actions: What can be done about it.
    """
    __match_args__ = ("substatus", "title", "message", "details", "reason", "actions")
    def __new__(cls, *, substatus: str | None = None, title: str | None = None, message: str | None = None, details: str | None = None, reason: str | None = None, actions: Sequence[StatusAction] | None = None) -> StatusData: ...
    @property
    def substatus(self) -> str | None:
        """The gateway's word: `normal`, `loading`, `offline`, `expired`, `opening`, `pairing`, `timeout`, `computer`, `phone`, `battery_low_1` or `battery_low_2`."""
    @property
    def title(self) -> str | None:
        """What it means, in words."""
    @property
    def message(self) -> str | None:
        """What to do about it."""
    @property
    def details(self) -> str | None:
        """More about it."""
    @property
    def reason(self) -> str | None:
        """Why it is loading: `connecting`, `syncing`, `offline`, `proxyblock` or `conflict`."""
    @property
    def actions(self) -> tuple[StatusAction, ...] | None:
        """What can be done about it."""

@final
class StatusAction(Record):
    """Something that can be done about how the instance is.

    Attributes:
        name: The gateway's name for it: `expiry`, `retry`, `logout`, `takeover` or `learn_more`.
        act: The call that does it, by its name on the wire.
        label: What a button for it says.
        link: A page to read, in place of a call.
    """
    __match_args__ = ("name", "act", "label", "link")
    def __new__(cls, *, name: str, act: str | None = None, label: str | None = None, link: str | None = None) -> StatusAction: ...
    @property
    def name(self) -> str:
        """The gateway's name for it: `expiry`, `retry`, `logout`, `takeover` or `learn_more`."""
    @property
    def act(self) -> str | None:
        """The call that does it, by its name on the wire."""
    @property
    def label(self) -> str | None:
        """What a button for it says."""
    @property
    def link(self) -> str | None:
        """A page to read, in place of a call."""

@final
class InstanceOrder(Record):
    """An order that was passed on to WhatsApp. What came of it, `get_status` tells.

    Attributes:
        message: What the gateway says of it, in words.
    """
    __match_args__ = ("message",)
    def __new__(cls, *, message: str | None = None) -> InstanceOrder: ...
    @property
    def message(self) -> str | None:
        """What the gateway says of it, in words."""

@final
class InstanceSettings(Record):
    """The instance's settings, as far as the gateway tells them.

    Attributes:
        webhook_url: Where webhooks are sent to: an http or https URL.
        ack_notifications_on: Whether webhooks tell that messages were delivered and read.
        chat_update_on: Whether webhooks tell that chats changed.
        video_upload_on: Whether films that come in are fetched.
        proxy: The address and port of the SOCKS5 proxy that the instance uses; through one that does not work, it does not work either. Its user and password are not shown: `***@10.0.0.1:1080`.
        guaranteed_hooks: Whether a webhook is sent up to 20 times, until it is answered with status 200.
        ignore_old_messages: Whether webhooks leave out the old messages that come in while the instance is paired.
        process_archive: Whether messages of archived chats are processed.
        instance_statuses: Whether the changes of the instance's status are kept, for `get_instance_statuses`.
        webhook_statuses: Whether the fate of webhooks is kept, for `get_webhook_status`.
        status_notifications_on: Whether webhooks tell that the instance's status changed.
    """
    __match_args__ = ("webhook_url", "ack_notifications_on", "chat_update_on", "video_upload_on", "proxy", "guaranteed_hooks", "ignore_old_messages", "process_archive", "instance_statuses", "webhook_statuses", "status_notifications_on")
    def __new__(cls, *, webhook_url: str | None = None, ack_notifications_on: bool | None = None, chat_update_on: bool | None = None, video_upload_on: bool | None = None, proxy: str | None = None, guaranteed_hooks: bool | None = None, ignore_old_messages: bool | None = None, process_archive: bool | None = None, instance_statuses: bool | None = None, webhook_statuses: bool | None = None, status_notifications_on: bool | None = None) -> InstanceSettings: ...
    @property
    def webhook_url(self) -> str | None:
        """Where webhooks are sent to: an http or https URL."""
    @property
    def ack_notifications_on(self) -> bool | None:
        """Whether webhooks tell that messages were delivered and read."""
    @property
    def chat_update_on(self) -> bool | None:
        """Whether webhooks tell that chats changed."""
    @property
    def video_upload_on(self) -> bool | None:
        """Whether films that come in are fetched."""
    @property
    def proxy(self) -> str | None:
        """The address and port of the SOCKS5 proxy that the instance uses; through one that does not work, it does not work either. Its user and password are not shown: `***@10.0.0.1:1080`."""
    @property
    def guaranteed_hooks(self) -> bool | None:
        """Whether a webhook is sent up to 20 times, until it is answered with status 200."""
    @property
    def ignore_old_messages(self) -> bool | None:
        """Whether webhooks leave out the old messages that come in while the instance is paired."""
    @property
    def process_archive(self) -> bool | None:
        """Whether messages of archived chats are processed."""
    @property
    def instance_statuses(self) -> bool | None:
        """Whether the changes of the instance's status are kept, for `get_instance_statuses`."""
    @property
    def webhook_statuses(self) -> bool | None:
        """Whether the fate of webhooks is kept, for `get_webhook_status`."""
    @property
    def status_notifications_on(self) -> bool | None:
        """Whether webhooks tell that the instance's status changed."""

@final
class UpdatedSettings(Record):
    """Settings after a change.

    Attributes:
        settings: All of them.
        update: Those that were changed, where the gateway tells them.
    """
    __match_args__ = ("settings", "update")
    def __new__(cls, *, settings: InstanceSettings, update: InstanceSettings | None = None) -> UpdatedSettings: ...
    @property
    def settings(self) -> InstanceSettings:
        """All of them."""
    @property
    def update(self) -> InstanceSettings | None:
        """Those that were changed, where the gateway tells them."""

@final
class AcceptedMessage(Record):
    """A message that the gateway took over: it is queued.

    Attributes:
        message_id: The gateway's id of the message, where it tells one.
    """
    __match_args__ = ("message_id",)
    def __new__(cls, *, message_id: str | None = None) -> AcceptedMessage: ...
    @property
    def message_id(self) -> str | None:
        """The gateway's id of the message, where it tells one."""

@final
class MessagePage(Record):
    """Messages of the gateway's list.

    Attributes:
        messages: The messages, as a webhook tells them; one that cannot be read is an `error` event.
        last_message_number: What to ask for next.
    """
    __match_args__ = ("messages", "last_message_number")
    def __new__(cls, *, messages: Sequence[Event], last_message_number: int | None = None) -> MessagePage: ...
    @property
    def messages(self) -> tuple[Event, ...]:
        """The messages, as a webhook tells them; one that cannot be read is an `error` event."""
    @property
    def last_message_number(self) -> int | None:
        """What to ask for next."""

@final
class MessageHistory(Record):
    """A page of the gateway's messages.

    Attributes:
        messages: The messages, as a webhook tells them; one that cannot be read is an `error` event.
        page: The number of the page, where the gateway tells it.
    """
    __match_args__ = ("messages", "page")
    def __new__(cls, *, messages: Sequence[Event], page: int | None = None) -> MessageHistory: ...
    @property
    def messages(self) -> tuple[Event, ...]:
        """The messages, as a webhook tells them; one that cannot be read is an `error` event."""
    @property
    def page(self) -> int | None:
        """The number of the page, where the gateway tells it."""

@final
class Dialogs(Record):
    """The list of chats.

    Attributes:
        dialogs: The chats.
    """
    __match_args__ = ("dialogs",)
    def __new__(cls, *, dialogs: Sequence[Dialog]) -> Dialogs: ...
    @property
    def dialogs(self) -> tuple[Dialog, ...]:
        """The chats."""

@final
class Dialog(Record):
    """A chat of the list.

    Attributes:
        id: The gateway's id of the chat.
        name: The name of the person or the group.
        image: Where its picture is: an https URL.
        metadata: What else the gateway says of it, as it says it.
    """
    __match_args__ = ("id", "name", "image", "metadata")
    def __new__(cls, *, id: str | None = None, name: str | None = None, image: str | None = None, metadata: Any = None) -> Dialog: ...
    @property
    def id(self) -> str | None:
        """The gateway's id of the chat."""
    @property
    def name(self) -> str | None:
        """The name of the person or the group."""
    @property
    def image(self) -> str | None:
        """Where its picture is: an https URL."""
    @property
    def metadata(self) -> Any:
        """What else the gateway says of it, as it says it."""

@final
class QueuedGroup(Record):
    """A group that is being created.

    Attributes:
        chat_id: The gateway's id of the group, where it was created within 20 seconds.
        group_invite_link: The link that invites to the group.
        message: What the gateway says of it, in words.
    """
    __match_args__ = ("chat_id", "group_invite_link", "message")
    def __new__(cls, *, chat_id: str | None = None, group_invite_link: str | None = None, message: str | None = None) -> QueuedGroup: ...
    @property
    def chat_id(self) -> str | None:
        """The gateway's id of the group, where it was created within 20 seconds."""
    @property
    def group_invite_link(self) -> str | None:
        """The link that invites to the group."""
    @property
    def message(self) -> str | None:
        """What the gateway says of it, in words."""

@final
class ChatRead(Record):
    """A chat that was marked as read.

    Attributes:
        chat_id: The gateway's id of the chat.
        message: What the gateway says of it, in words.
    """
    __match_args__ = ("chat_id", "message")
    def __new__(cls, *, chat_id: str | None = None, message: str | None = None) -> ChatRead: ...
    @property
    def chat_id(self) -> str | None:
        """The gateway's id of the chat."""
    @property
    def message(self) -> str | None:
        """What the gateway says of it, in words."""

@final
class GroupChange(Record):
    """A group whose people were changed.

    Attributes:
        group_id: The gateway's id of the group.
        message: What the gateway says of it, in words.
    """
    __match_args__ = ("group_id", "message")
    def __new__(cls, *, group_id: str | None = None, message: str | None = None) -> GroupChange: ...
    @property
    def group_id(self) -> str | None:
        """The gateway's id of the group."""
    @property
    def message(self) -> str | None:
        """What the gateway says of it, in words."""

@final
class InstanceWebhook(Record):
    """Where webhooks are sent to.

    Attributes:
        set: Whether one is set.
        url: The address.
        message: What the gateway says of it, in words.
    """
    __match_args__ = ("set", "url", "message")
    def __new__(cls, *, set: bool | None = None, url: str | None = None, message: str | None = None) -> InstanceWebhook: ...
    @property
    def set(self) -> bool | None:
        """Whether one is set."""
    @property
    def url(self) -> str | None:
        """The address."""
    @property
    def message(self) -> str | None:
        """What the gateway says of it, in words."""

@final
class WebhookDelivery(Record):
    """What became of a webhook.

    Attributes:
        message_id: The id of the message that it told of.
        status: What the gateway's word means.
        raw_status: The gateway's word.
        at: When it was made: RFC 3339, UTC; absent where the gateway's words do not say it whole.
        raw_at: The same in the gateway's words.
    """
    __match_args__ = ("message_id", "status", "raw_status", "at", "raw_at")
    def __new__(cls, *, message_id: str | None = None, status: _WebhookDeliveryStatus, raw_status: str, at: str | None = None, raw_at: str | None = None) -> WebhookDelivery: ...
    @property
    def message_id(self) -> str | None:
        """The id of the message that it told of."""
    @property
    def status(self) -> _WebhookDeliveryStatus:
        """What the gateway's word means."""
    @property
    def raw_status(self) -> str:
        """The gateway's word."""
    @property
    def at(self) -> str | None:
        """When it was made: RFC 3339, UTC; absent where the gateway's words do not say it whole."""
    @property
    def raw_at(self) -> str | None:
        """The same in the gateway's words."""

@final
class MessagesQueue(Record):
    """The messages that wait to be sent.

    Attributes:
        total_messages: How many there are.
        first100: The first 100.
    """
    __match_args__ = ("total_messages", "first100")
    def __new__(cls, *, total_messages: int | None = None, first100: Sequence[QueuedMessage]) -> MessagesQueue: ...
    @property
    def total_messages(self) -> int | None:
        """How many there are."""
    @property
    def first100(self) -> tuple[QueuedMessage, ...]:
        """The first 100."""

@final
class QueuedMessage(Record):
    """A message that waits to be sent.

    Attributes:
        id: Its number in the queue.
        body: Its text, or what stands for it.
        message_type: The gateway's word for its kind, such as `text`.
        chat_id: The gateway's id of the chat that it goes to.
        last_try: When it was last tried: RFC 3339, UTC.
        metadata: What else the gateway says of it, as it says it.
    """
    __match_args__ = ("id", "body", "message_type", "chat_id", "last_try", "metadata")
    def __new__(cls, *, id: str | None = None, body: str | None = None, message_type: str | None = None, chat_id: str | None = None, last_try: str | None = None, metadata: Any = None) -> QueuedMessage: ...
    @property
    def id(self) -> str | None:
        """Its number in the queue."""
    @property
    def body(self) -> str | None:
        """Its text, or what stands for it."""
    @property
    def message_type(self) -> str | None:
        """The gateway's word for its kind, such as `text`."""
    @property
    def chat_id(self) -> str | None:
        """The gateway's id of the chat that it goes to."""
    @property
    def last_try(self) -> str | None:
        """When it was last tried: RFC 3339, UTC."""
    @property
    def metadata(self) -> Any:
        """What else the gateway says of it, as it says it."""

@final
class ClearedMessages(Record):
    """The messages that will not be sent.

    Attributes:
        message: What the gateway says of it, in words: how many there were.
        message_texts_example: The texts of the first 100.
    """
    __match_args__ = ("message", "message_texts_example")
    def __new__(cls, *, message: str | None = None, message_texts_example: Sequence[str]) -> ClearedMessages: ...
    @property
    def message(self) -> str | None:
        """What the gateway says of it, in words: how many there were."""
    @property
    def message_texts_example(self) -> tuple[str, ...]:
        """The texts of the first 100."""

@final
class ActionsQueue(Record):
    """What waits to be done.

    Attributes:
        total_actions: How many there are.
        first100: The first 100.
    """
    __match_args__ = ("total_actions", "first100")
    def __new__(cls, *, total_actions: int | None = None, first100: Sequence[QueuedAction]) -> ActionsQueue: ...
    @property
    def total_actions(self) -> int | None:
        """How many there are."""
    @property
    def first100(self) -> tuple[QueuedAction, ...]:
        """The first 100."""

@final
class QueuedAction(Record):
    """Something that waits to be done.

    Attributes:
        id: Its number in the queue.
        action_type: What it is.
        raw_action_type: The same in the gateway's word.
        last_try: When it was last tried: RFC 3339, UTC.
        json_data: What else the gateway says of it, as it says it.
    """
    __match_args__ = ("id", "action_type", "raw_action_type", "last_try", "json_data")
    def __new__(cls, *, id: str | None = None, action_type: _ActionType, raw_action_type: str | None = None, last_try: str | None = None, json_data: Any = None) -> QueuedAction: ...
    @property
    def id(self) -> str | None:
        """Its number in the queue."""
    @property
    def action_type(self) -> _ActionType:
        """What it is."""
    @property
    def raw_action_type(self) -> str | None:
        """The same in the gateway's word."""
    @property
    def last_try(self) -> str | None:
        """When it was last tried: RFC 3339, UTC."""
    @property
    def json_data(self) -> Any:
        """What else the gateway says of it, as it says it."""

@final
class ClearedActions(Record):
    """What will not be done.

    Attributes:
        message: What the gateway says of it, in words: how many there were.
        actions_example: The gateway's words for the first 100.
    """
    __match_args__ = ("message", "actions_example")
    def __new__(cls, *, message: str | None = None, actions_example: Sequence[str]) -> ClearedActions: ...
    @property
    def message(self) -> str | None:
        """What the gateway says of it, in words: how many there were."""
    @property
    def actions_example(self) -> tuple[str, ...]:
        """The gateway's words for the first 100."""

@final
class BanSettings(Record):
    """Whom the instance blocks by itself.

    Attributes:
        ban_phone_mask: The regular expression; numbers that it fits are blocked.
        pre_ban_message: What a person is told before.
        set: Whether the call has changed this.
    """
    __match_args__ = ("ban_phone_mask", "pre_ban_message", "set")
    def __new__(cls, *, ban_phone_mask: str | None = None, pre_ban_message: str | None = None, set: bool | None = None) -> BanSettings: ...
    @property
    def ban_phone_mask(self) -> str | None:
        """The regular expression; numbers that it fits are blocked."""
    @property
    def pre_ban_message(self) -> str | None:
        """What a person is told before."""
    @property
    def set(self) -> bool | None:
        """Whether the call has changed this."""

@final
class BanVerdict(Record):
    """Whether the instance would block a number.

    Attributes:
        banned: Whether it would.
        message: What the gateway says of it, in words.
        phone: The number, in E.164.
        ban_phone_mask: The regular expression that it was held against.
    """
    __match_args__ = ("banned", "message", "phone", "ban_phone_mask")
    def __new__(cls, *, banned: bool, message: str | None = None, phone: str | None = None, ban_phone_mask: str | None = None) -> BanVerdict: ...
    @property
    def banned(self) -> bool:
        """Whether it would."""
    @property
    def message(self) -> str | None:
        """What the gateway says of it, in words."""
    @property
    def phone(self) -> str | None:
        """The number, in E.164."""
    @property
    def ban_phone_mask(self) -> str | None:
        """The regular expression that it was held against."""

@final
class InstanceStatuses(Record):
    """What the instance's status was, and when.

    Attributes:
        statuses: The changes of the status.
    """
    __match_args__ = ("statuses",)
    def __new__(cls, *, statuses: Sequence[InstanceStatusChange]) -> InstanceStatuses: ...
    @property
    def statuses(self) -> tuple[InstanceStatusChange, ...]:
        """The changes of the status."""

@final
class InstanceStatusChange(Record):
    """A change of the instance's status.

    Attributes:
        account_status: What the gateway's word means.
        raw_account_status: The gateway's word.
        at: When: RFC 3339, UTC; absent where the gateway's words do not say it whole.
        raw_at: The same in the gateway's words.
    """
    __match_args__ = ("account_status", "raw_account_status", "at", "raw_at")
    def __new__(cls, *, account_status: _AccountStatus, raw_account_status: str, at: str | None = None, raw_at: str | None = None) -> InstanceStatusChange: ...
    @property
    def account_status(self) -> _AccountStatus:
        """What the gateway's word means."""
    @property
    def raw_account_status(self) -> str:
        """The gateway's word."""
    @property
    def at(self) -> str | None:
        """When: RFC 3339, UTC; absent where the gateway's words do not say it whole."""
    @property
    def raw_at(self) -> str | None:
        """The same in the gateway's words."""

@final
class CheckedPhone(Record):
    """Whether a phone number has WhatsApp.

    Attributes:
        result: What the gateway's words mean.
        raw_result: The gateway's words.
    """
    __match_args__ = ("result", "raw_result")
    def __new__(cls, *, result: _PhoneExistence, raw_result: str) -> CheckedPhone: ...
    @property
    def result(self) -> _PhoneExistence:
        """What the gateway's words mean."""
    @property
    def raw_result(self) -> str:
        """The gateway's words."""

Message: TypeAlias = TextMessage | ImageMessage | AudioMessage | VoiceMessage | VideoMessage | DocumentMessage | StickerMessage | LocationMessage | ContactsMessage | TemplateMessage | InteractiveMessage | ReactionMessage

Parameter: TypeAlias = TextParameter | PayloadParameter | CurrencyParameter | DateTimeParameter | ImageParameter | VideoParameter | DocumentParameter

Header: TypeAlias = TextHeader | ImageHeader | VideoHeader | DocumentHeader

Event: TypeAlias = StatusEvent | MessageEvent | ChatEvent | ErrorEvent

ChatContent: TypeAlias = TextChatContent | ImageChatContent | AudioChatContent | VoiceChatContent | VideoChatContent | DocumentChatContent | StickerChatContent | LocationChatContent | ContactsChatContent | InteractiveChatContent | ButtonChatContent | ReactionChatContent | OrderChatContent | SystemChatContent | CallChatContent | UnknownChatContent

Interaction: TypeAlias = ListReplyInteraction | ButtonReplyInteraction

@type_check_only
class _Sends:
    @overload
    def send(self, message: _Message, /) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, text: str | Text) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, image: Media) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, audio: Media) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, voice: Media) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, video: Media) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, document: Media) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, sticker: Media) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, location: Location) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, contacts: Sequence[Contact]) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, template: Template) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, interactive: Interactive) -> Receipt: ...
    @overload
    def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, reaction: Reaction) -> Receipt: ...

@type_check_only
class _Calls:
    @property
    def tujenge(self) -> _calls.TujengeCalls:
        """The calls of tujenge."""
    @property
    def chat_api(self) -> _calls.ChatApiCalls:
        """The calls of chat-api."""

@type_check_only
class _SendsAsync:
    @overload
    async def send(self, message: _Message, /) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, text: str | Text) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, image: Media) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, audio: Media) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, voice: Media) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, video: Media) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, document: Media) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, sticker: Media) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, location: Location) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, contacts: Sequence[Contact]) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, template: Template) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, interactive: Interactive) -> Receipt: ...
    @overload
    async def send(self, message: None = None, /, *, to: str, recipient_type: _RecipientType | None = None, from_: str | None = None, context: Context | None = None, client_id: str | None = None, callback: Callback | None = None, ttl: int | None = None, schedule: Schedule | None = None, options: Options | None = None, reaction: Reaction) -> Receipt: ...

@type_check_only
class _CallsAsync:
    @property
    def tujenge(self) -> _calls.AsyncTujengeCalls:
        """The calls of tujenge."""
    @property
    def chat_api(self) -> _calls.AsyncChatApiCalls:
        """The calls of chat-api."""
# --- End of the records.
# fmt: on

@final
class StoredMessage(Record):
    """A message that the sandbox accepted."""

    __match_args__ = ("gateway", "id", "to", "path", "at", "body")
    def __new__(cls, *, gateway: str, id: str, to: str, path: str, at: str, body: Any) -> StoredMessage: ...
    @property
    def gateway(self) -> str:
        """The gateway's id."""
    @property
    def id(self) -> str:
        """The id that the gateway gave in its answer."""
    @property
    def to(self) -> str:
        """The recipient in the gateway's form."""
    @property
    def path(self) -> str:
        """The path of the call that brought it."""
    @property
    def at(self) -> str:
        """When it was accepted: RFC 3339, UTC."""
    @property
    def body(self) -> Any:
        """The message as received, without credentials."""

@final
class Counts(Record):
    """How often the sandbox's gateways were called."""

    __match_args__ = ("requests", "accepted")
    def __new__(cls, *, requests: int, accepted: int) -> Counts: ...
    @property
    def requests(self) -> int:
        """Send calls received, the refused ones included."""
    @property
    def accepted(self) -> int:
        """Messages accepted."""

@final
class Client(_Sends, _Calls):
    """A client of one gateway, whose calls block.

    `gateway` is the id of a gateway, such as `devino-v2`. The settings are `wamux.Settings`:
    those of the command line; `from_` is the sender of messages that name none, `timeout` is in seconds.

    A client can be used from several threads, and after `os.fork()` in the parent and in the child. While a call waits,
    other threads run, and Ctrl-C interrupts it.

    `on_retry` is a function that is called before each retry with the WamuxError of the attempt and the seconds until
    the next. It is called in a thread of wamux's own and must not wait; what it raises goes to `sys.unraisablehook`.

    Raises ConfigurationError for a gateway that there is not and for a setting that is missing or wrong.
    """

    def __new__(cls, gateway: str, /, *, on_retry: _OnRetry | None = None, **settings: Unpack[Settings]) -> Client: ...
    @classmethod
    def from_environment(cls, gateway: str, /, *, on_retry: _OnRetry | None = None) -> Client:
        """A client with the settings of the variables `WAMUX_*`, such as `WAMUX_API_KEY`."""
    @property
    def gateway(self) -> str:
        """The gateway's id."""
    def send_many(self, messages: Iterable[_Message], /) -> Generator[_Result]:
        """Sends messages as they come, and gives the results as they come: an iterator of the position of a message and
        its `Receipt` or WamuxError, which is not raised.

        As many requests are under way at once as the setting `concurrency` says, so that results can overtake each
        other; where the gateway takes several messages in one request, those that come together go together. No more
        messages are taken than can leave, and no more leave than results are taken: a campaign of any size needs little
        memory. What is wrong with one message does not stop the others.

        An exception of the messages' own iterator ends the sending: the results of what is under way are given, and
        then it is raised as it is. Closing the iterator, as its end in any other way, calls off what is under way, and
        nothing is told of that. While the messages' iterator waits, no results are given; AsyncClient has no such limit.
        """
    def metrics(self) -> Metrics:
        """What this client has counted since it was made: messages, requests, retries, and how long they took."""
    def call(self, method: str, path: str, body: _Json | Sequence[Any] | None = None, /) -> Response:
        """Calls the gateway where there is no method for the call: with its address and credentials, a path and a body
        of your own.

        `method` is that of HTTP; `path` is empty or begins with a slash, and can have a query; `body` is a mapping, a
        list or JSON text. Credentials that a gateway wants in the body (Rapporto) are yours to write.

        Raises ValidationError for a wrong method or path, UnsupportedError for a path that the gateway keeps to itself,
        the WamuxError that the answer tells of, under any status, and what goes wrong on the way, as `send` does.
        """
    def _call(self, gateway: str, name: str, arguments: dict[str, Any], source: object = None, /) -> Any: ...
    def _next_messages(self, pages: _MessagePages) -> tuple[Event, ...]: ...
    def close(self) -> None:
        """Closes the client and its connections. A call after it raises RuntimeError."""
    def __enter__(self) -> Self: ...
    def __exit__(self, *_raised: object) -> None: ...

@final
class AsyncClient(_SendsAsync, _CallsAsync):
    """A client of one gateway for `asyncio`, with the methods of `Client`.

    Cancelling a task that awaits `send` closes the connection. The `__cause__` of the `asyncio.CancelledError` is what
    is known then: mostly a wamux.CancelledError, whose `delivery` tells whether the gateway may have the message.
    """

    def __new__(
        cls, gateway: str, /, *, on_retry: _OnRetry | None = None, **settings: Unpack[Settings]
    ) -> AsyncClient: ...
    @classmethod
    def from_environment(cls, gateway: str, /, *, on_retry: _OnRetry | None = None) -> AsyncClient:
        """A client with the settings of the variables `WAMUX_*`, such as `WAMUX_API_KEY`."""
    @property
    def gateway(self) -> str:
        """The gateway's id."""
    def send_many(self, messages: Iterable[_Message] | AsyncIterable[_Message], /) -> AsyncGenerator[_Result]:
        """Sends messages as they come, and gives the results as they come, as `Client.send_many` does.

        An async iterable is asked for messages while results are waited for; an exception of its own is raised once the
        results of what is under way were given. `aclose()` and the cancellation of the task that waits call off what is
        under way.
        """
    def metrics(self) -> Metrics:
        """What this client has counted since it was made, as `Client.metrics` tells it. It waits for nothing."""
    async def call(self, method: str, path: str, body: _Json | Sequence[Any] | None = None, /) -> Response:
        """Calls the gateway where there is no method for the call, as `Client.call` does."""
    async def _call(self, gateway: str, name: str, arguments: dict[str, Any], source: object = None, /) -> Any: ...
    async def _next_messages(self, pages: _MessagePages) -> _MessagePage: ...
    async def close(self) -> None:
        """Closes the client and its connections. A call after it raises RuntimeError."""
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *_raised: object) -> None: ...

@final
class Failover(_Sends):
    """Clients in the order in which they are tried.

    A message goes to the next client only where the one before has certainly not sent it, whatever the reason: it
    cannot say the message, refuses it, or cannot be reached. What may have been sent is not sent a second time. Each
    client makes its own retries first. The clients remain their owner's to close.

    Raises ConfigurationError where there is no client.
    """

    def __new__(cls, *clients: Client) -> Failover: ...
    @property
    def clients(self) -> tuple[Client, ...]:
        """The clients."""

@final
class AsyncFailover(_SendsAsync):
    """Clients for `asyncio` in the order in which they are tried, as those of a `Failover` are."""

    def __new__(cls, *clients: AsyncClient) -> AsyncFailover: ...
    @property
    def clients(self) -> tuple[AsyncClient, ...]:
        """The clients."""

@final
class _Sending:
    def fill(self, messages: Iterator[Any]) -> bool: ...
    def add(self, message: Any) -> None: ...
    @property
    def has_room(self) -> bool: ...
    def end(self) -> None: ...
    def take(self) -> list[_Result]: ...
    @property
    def done(self) -> bool: ...
    def wait(self) -> list[_Result]: ...
    async def ready(self) -> None: ...
    def close(self) -> None: ...

@final
class _Call:
    def end(self) -> None: ...

@final
class _CallOff:
    def explain(self, cancellation: BaseException) -> WamuxError | None: ...

@final
class Download:
    """A file that a gateway answers with, whose bytes are read as they come, so that a large one needs no memory.

    It is read once: by iteration, which gives bytes, or by `read`, `data_uri` or `save`, which give what is still to
    come. What fails or is interrupted closes it. It belongs to the process that began it, and holds a connection until
    its end or `close()`.
    """

    @property
    def mime_type(self) -> str | None:
        """The MIME type that the gateway names."""
    @property
    def length(self) -> int | None:
        """How many bytes the file has, where the gateway says so."""
    def __iter__(self) -> Self: ...
    def __next__(self) -> bytes: ...
    def read(self, *, limit: int = 134217728) -> bytes:
        """All bytes that are still to come.

        Raises ProtocolError for a file that ends early or has more than `limit` bytes, and TimeoutError where nothing
        comes for as long as the client's timeout.
        """
    def data_uri(self, *, limit: int = 134217728) -> str:
        """All bytes that are still to come as a data URI, which a page can show: `data:image/png;base64,…`.

        Raises what `read` does.
        """
    def save(self, path: str | PathLike[str], /) -> int:
        """Writes the bytes that are still to come into a file, and returns how many there were.

        The file has its name only once it is whole; until then it has `.part` after it.

        Raises what `read` does, and ConfigurationError for a file that cannot be written; nothing is left behind then.
        """
    def close(self) -> None:
        """Closes the download and its connection. A reading after it raises RuntimeError."""
    def __enter__(self) -> Self: ...
    def __exit__(self, *_raised: object) -> None: ...

@final
class AsyncDownload:
    """A file that a gateway answers with, for `asyncio`: a `Download` whose methods are awaited.

    Cancelling a task that reads closes it.
    """

    @property
    def mime_type(self) -> str | None:
        """The MIME type that the gateway names."""
    @property
    def length(self) -> int | None:
        """How many bytes the file has, where the gateway says so."""
    def __aiter__(self) -> Self: ...
    async def __anext__(self) -> bytes: ...
    async def read(self, *, limit: int = 134217728) -> bytes:
        """All bytes that are still to come, as `Download.read` gives them."""
    async def data_uri(self, *, limit: int = 134217728) -> str:
        """All bytes that are still to come as a data URI, as `Download.data_uri` gives it."""
    async def save(self, path: str | PathLike[str], /) -> int:
        """Writes the bytes that are still to come into a file, as `Download.save` does."""
    async def close(self) -> None:
        """Closes the download and its connection. A reading after it raises RuntimeError."""
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *_raised: object) -> None: ...

@final
class _MessagePage: ...

@final
class _MessagePages:
    def __new__(cls, arguments: dict[str, Any]) -> Self: ...
    def take(self, page: _MessagePage) -> tuple[Event, ...]: ...
    @property
    def position(self) -> int | None: ...
    @property
    def is_done(self) -> bool: ...

@final
class Response:
    """A gateway's answer to `call`."""

    @property
    def status(self) -> int:
        """The HTTP status, 200 to 299."""
    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, by names in lower case; several values of one stand side by side, with commas between."""
    @property
    def body(self) -> bytes:
        """The body's bytes."""
    def json(self) -> Any:
        """The body, read as JSON. Raises ValueError for what is none."""

@final
class Authentication:
    """How a webhook shows that it comes from the gateway. What is configured is enforced: a webhook without its
    credential is answered 401, and one with a wrong one 403.

    Secrets are compared in a time that does not depend on what was sent, and are not shown.
    """

    @staticmethod
    def header(name: str, secret: str) -> Authentication:
        """A shared secret in the header of this name.

        Raises ConfigurationError for a name that no header can have, and for an empty secret.
        """
    @staticmethod
    def path(secret: str) -> Authentication:
        """A shared secret as the last segment of the path.

        Raises ConfigurationError for an empty secret, and for one with a slash.
        """
    @staticmethod
    def basic(user: str, secret: str) -> Authentication:
        """A user and a password (RFC 7617), which the address bears: `https://user:password@host/webhook`.

        Raises ConfigurationError for an empty password, and for a user with a colon.
        """
    @staticmethod
    def signature(header: str, secret: str) -> Authentication:
        """The HMAC-SHA256 of the body's bytes in hexadecimal digits, with or without `sha256=` before them, in a
        header; the secret is its key.

        Raises ConfigurationError for a name that no header can have, and for an empty secret.
        """
    @staticmethod
    def none() -> Authentication:
        """Everybody who reaches the address is believed: for an address that only the gateway can reach."""

@final
class Answer(Record):
    """What to answer to the gateway: a status, some headers and no body.

    Attributes:
        status: The HTTP status.
        headers: The headers, by names in lower case.
    """

    __match_args__ = ("status", "headers")
    def __new__(cls, *, status: int, headers: Mapping[str, str]) -> Answer: ...
    @property
    def status(self) -> int:
        """The HTTP status."""
    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, by names in lower case."""

@final
class Notification(Record):
    """An event on its way to the handler.

    Attributes:
        alias: The alias of the inbox.
        gateway: The gateway's id.
        key: What the event is known by, 64 hexadecimal digits: the same at every attempt.
        attempt: Which attempt at handling the event this is, from 1. At a later one, the one before may have done all
            of its work.
        advances: Whether the event tells something new: False for a status of a message that has reached the same or a
            later one, and for one that nobody documented.
        event: What happened.
    """

    __match_args__ = ("alias", "gateway", "key", "attempt", "advances", "event")
    def __new__(
        cls, *, alias: str, gateway: str, key: str, attempt: int, advances: bool, event: Event
    ) -> Notification: ...
    @property
    def alias(self) -> str:
        """The alias of the inbox."""
    @property
    def gateway(self) -> str:
        """The gateway's id."""
    @property
    def key(self) -> str:
        """What the event is known by, 64 hexadecimal digits: the same at every attempt."""
    @property
    def attempt(self) -> int:
        """Which attempt at handling the event this is, from 1. At a later one, the one before may have done all of its
        work.
        """
    @property
    def advances(self) -> bool:
        """Whether the event tells something new: False for a status of a message that has reached the same or a later
        one, and for one that nobody documented.
        """
    @property
    def event(self) -> Event:
        """What happened."""

@final
class DeadEvent(Record):
    """An event that was given up after its last attempt.

    Attributes:
        key: What the event is known by: `revive` takes it.
        attempts: How many attempts were made at handling it.
        error: Why the last one failed: the exception's class and words.
        event: What happened.
    """

    __match_args__ = ("key", "attempts", "error", "event")
    def __new__(cls, *, key: str, attempts: int, error: str, event: Event) -> DeadEvent: ...
    @property
    def key(self) -> str:
        """What the event is known by: `revive` takes it."""
    @property
    def attempts(self) -> int:
        """How many attempts were made at handling it."""
    @property
    def error(self) -> str:
        """Why the last one failed: the exception's class and words."""
    @property
    def event(self) -> Event:
        """What happened."""

@final
class Inbox:
    """Webhooks as handled events: each is stored before the gateway is told, handled at least once, and never again
    once that was completed, in the order of its chat or message.

    `handler` is a function that takes a `Notification`. It runs in threads of the inbox, `concurrency` at once at most;
    an exception is a failed attempt, and goes to the logger `wamux.inbox` without its words. `authentication` says how
    the gateway is known. `store` is `memory`, `sqlite:PATH`, `redis://HOST:PORT/DATABASE`, `rediss://…` over TLS, or
    `redis+unix:///PATH`; several clients share one by different `alias`es, which are the gateway's id otherwise.

    Handling an event is tried `attempts` times. The wait after the first is `first_wait` seconds, doubles, and is never
    longer than `longest_wait`. An event of a process without a sign of life for `lease` seconds is handed to another.
    Completed events are known for `retention` seconds. With the memory store a failure is answered 503, so that the
    gateway delivers again.

    An inbox opens its store when it is started, or at its first webhook. It can be made before `os.fork()`: each child
    opens its own; but an SQLite file that is open at a fork cannot be opened in the child. At the end of the interpreter
    handlers have two seconds to end.

    Raises ConfigurationError for a gateway that there is not and for a value that is wrong, and TypeError for a handler
    that is no function, or a coroutine function, which is AsyncInbox's.
    """

    def __new__(
        cls,
        gateway: str,
        handler: _Handler,
        *,
        authentication: Authentication,
        store: str = "memory",
        alias: str | None = None,
        concurrency: int = 16,
        attempts: int = 20,
        first_wait: float = 1.0,
        longest_wait: float = 300.0,
        lease: float = 60.0,
        retention: float = 604800.0,
    ) -> Inbox: ...
    @property
    def gateway(self) -> str:
        """The gateway's id."""
    @property
    def alias(self) -> str:
        """What this client is called: the first part of its events' keys."""
    def start(self) -> None:
        """Opens the store, and begins to handle what is waiting there.

        Raises UnavailableError where the store cannot be opened, and RuntimeError after `stop`.
        """
    def receive(self, method: str, path: str, headers: _Headers, body: _Body) -> Answer:
        """Takes a webhook, and says what to answer once its events are stored; with the memory store, once they are
        handled.

        `path` can have a query; `headers` are a mapping, anything else with `items()`, or an iterable of pairs, of str
        or bytes; `body` is the bytes as they have come. Answers are 200; 401 and 403 where the credential is missing or
        wrong; 405; 413 for more than 1 MiB; 503 where the events could not be stored, or, with the memory store, were
        not handled.
        """
    def check_head(self, method: str, path: str, headers: _Headers) -> Answer | None:
        """Checks what is known of a request before its body has come: what to answer without reading it, or None where
        it goes on to `receive`. It waits for nothing.
        """
    def dead(self, limit: int = 100) -> list[DeadEvent]:
        """The events that were given up after their last attempt, the oldest first, at most `limit`.

        Raises UnavailableError where the store does not answer.
        """
    def revive(self, key: str) -> bool:
        """Lets a dead event wait again, behind those of its chat or message; False where no dead event has the key.

        Raises ConfigurationError for what is no key, and UnavailableError where the store does not answer.
        """
    def waiting(self) -> int:
        """How many events are waiting, those that are being handled included.

        Raises UnavailableError where the store does not answer.
        """
    def stop(self) -> None:
        """Takes no more, and returns when the handlers that run have ended: not from a handler. What is left is handled
        by the next inbox of this alias at this store.
        """
    def __enter__(self) -> Self: ...
    def __exit__(self, *_raised: object) -> None: ...

@final
class AsyncInbox:
    """An inbox for `asyncio`, with the methods of `Inbox`.

    `handler` is a coroutine function that takes a `Notification`. It runs in the event loop that called a method of the
    inbox first, in a task and a context of its own. Where that loop is closed, events are left to the next inbox, and
    another loop can start this one again.
    """

    def __new__(
        cls,
        gateway: str,
        handler: _AsyncHandler,
        *,
        authentication: Authentication,
        store: str = "memory",
        alias: str | None = None,
        concurrency: int = 16,
        attempts: int = 20,
        first_wait: float = 1.0,
        longest_wait: float = 300.0,
        lease: float = 60.0,
        retention: float = 604800.0,
    ) -> AsyncInbox: ...
    @property
    def gateway(self) -> str:
        """The gateway's id."""
    @property
    def alias(self) -> str:
        """What this client is called: the first part of its events' keys."""
    async def start(self) -> None:
        """Opens the store, and begins to handle what is waiting there, as `Inbox.start` does."""
    async def receive(self, method: str, path: str, headers: _Headers, body: _Body) -> Answer:
        """Takes a webhook, and says what to answer once its events are stored, as `Inbox.receive` does."""
    def check_head(self, method: str, path: str, headers: _Headers) -> Answer | None:
        """Checks what is known of a request before its body has come, as `Inbox.check_head` does. It is not awaited."""
    async def dead(self, limit: int = 100) -> list[DeadEvent]:
        """The events that were given up after their last attempt, as `Inbox.dead` gives them."""
    async def revive(self, key: str) -> bool:
        """Lets a dead event wait again, as `Inbox.revive` does."""
    async def waiting(self) -> int:
        """How many events are waiting, those that are being handled included."""
    async def stop(self) -> None:
        """Takes no more, and returns when the handlers that run have ended, as `Inbox.stop` does."""
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *_raised: object) -> None: ...

@final
class _Ended:
    def __call__(self, failure: str | None) -> None: ...

@final
class Sandbox:
    """All gateways on loopback, to test against.

    It checks credentials and payloads as the gateways' documents say, and keeps what it accepts. `port` is a port of
    127.0.0.1, and 0 takes a free one; `callback_delay` is the pause before each status callback, in seconds.
    """

    def __new__(
        cls,
        *,
        port: int = 0,
        callback_delay: float = 0.05,
        rapporto_deduplicates: bool = False,
        tujenge_sent_status: bool = False,
        keep_messages: int = 100000,
    ) -> Sandbox: ...
    def start(self) -> None:
        """Listens on loopback and serves in the background. Raises OSError where the port is taken."""
    def stop(self) -> None:
        """Stops serving; the port is free afterwards. Calls under way have half a second to end."""
    @property
    def url(self) -> str:
        """The address, such as `http://127.0.0.1:8420`."""
    def base_url(self, gateway: str, /) -> str:
        """The base URL of a gateway. Raises ValueError for a gateway that there is not."""
    def settings(self, gateway: str, /) -> Settings:
        """The settings of a client of that gateway: `Client(gateway, **sandbox.settings(gateway))`."""
    @property
    def messages(self) -> list[StoredMessage]:
        """The messages accepted so far, the oldest first."""
    @property
    def counts(self) -> Counts:
        """How many send calls came and how many messages were accepted, since the start or the last `clear()`."""
    def clear(self) -> None:
        """Forgets messages and counts; faults stay."""
    def inject(
        self,
        kind: _FaultKind,
        /,
        *,
        gateway: str | None = None,
        path: str | None = None,
        count: int = 1,
        seconds: float | None = None,
        retry_after: int | None = None,
        after_bytes: int | None = None,
        accepts: bool | None = None,
    ) -> None:
        """Takes a fault script, which strikes the next `count` send calls of `gateway`, or of any.

        With a `path` it strikes the next calls whose path begins so below the base URL, such as `/v1/media`.

        `kind` is `refuse` (the listener goes away for `seconds`), `delay` (the answer comes after `seconds`), `cut`
        (the connection ends before an answer, or after `after_bytes` of the request), `html_504`, `rate_limited` (429
        with `retry_after` seconds) or `truncated` (half of the answer comes, or `after_bytes` of it);
        `duplicated_callbacks`, `batched_callbacks` or `reversed_callbacks` of what is accepted; `repeated_page` or
        `empty_page` of a list of messages. `accepts` says whether the message is accepted all the same.

        Raises ValueError for a fault that cannot be followed.
        """
    def __enter__(self) -> Self: ...
    def __exit__(self, *_raised: object) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *_raised: object) -> None: ...

def build_request(gateway: str, message: _Message, /, **settings: Unpack[Settings]) -> Request:
    """Builds the request that a message becomes, without sending it.

    `settings` are those of `Client`; credentials show as `***`, present and absent ones alike. The body is as it stands
    on the wire.

    Raises ValidationError or UnsupportedError, with every violation, for a message that breaks a rule, and
    ConfigurationError for a gateway or setting that there is not.
    """

def validate_payload(gateway: str, payload: _Json | Sequence[Any], /, call: str | None = None) -> list[Violation]:
    """Checks a native payload, as its author writes it for one gateway, against that gateway's rules.

    `payload` is a mapping or JSON text; `call` is the name of a call, without it the send call. Returns the violations,
    warnings among them; an empty list means that the payload is valid.

    Raises ConfigurationError for a gateway or call that there is not, and ValidationError for what is not JSON.
    """

def parse_webhook(gateway: str, body: str | bytes, /) -> list[Event]:
    """Reads the body of a gateway's webhook: all its events, in order.

    `body` is the text or bytes as they came, at most 1 MiB. An item that cannot be read is an `ErrorEvent` beside the
    others.

    Raises ProtocolError for a body that is too long, not JSON, or not shaped as the gateway documents, and
    ConfigurationError for a gateway that there is not.
    """

def parse_response(gateway: str, body: str | bytes, /, status: int = 200) -> list[Receipt | WamuxError]:
    """Reads a gateway's answer to a send call: a `Receipt` or an error for each message that it speaks of, in order.

    `body` is the text or bytes as they came, `status` the HTTP status. Errors are returned and not raised, since each
    message has its own.

    Raises ConfigurationError for a gateway that there is not.
    """

def build_call(
    gateway: str,
    name: str,
    arguments: _Json | None = None,
    /,
    *,
    length: int | None = None,
    **settings: Unpack[Settings],
) -> Request:
    """Builds the request of a call beyond sending, for an HTTP client of your own.

    `name` is that of the method, such as `mark_as_read`; `arguments` are a mapping or JSON text. What a call uploads is
    yours to send; `length` says how many bytes that is, so that its limit is checked. `settings` are those of `Client`;
    credentials show as `***`, present and absent ones alike.

    Raises ValidationError, with every violation, for arguments that break a rule, and ConfigurationError for a gateway,
    call or setting that there is not.
    """

def parse_call_response(gateway: str, name: str, body: str | bytes, /, status: int = 200) -> Any:
    """Reads a gateway's answer to a call beyond sending: what the method of that name returns.

    `body` is the text or bytes as they came, `status` the HTTP status.

    Raises the WamuxError that the answer tells of, ProtocolError for one that cannot be read, and ConfigurationError for
    a gateway or call that there is not.
    """

def capabilities(gateway: str, /) -> Capabilities:
    """What a gateway can send, and the limits of its calls.

    `gateway` is an id of `GATEWAYS`. Raises ConfigurationError for a gateway that there is not.
    """

def codes(gateway: str, /) -> list[GatewayCode]:
    """The codes that a gateway documents, and what each means for a message.

    `gateway` is an id of `GATEWAYS`. Raises ConfigurationError for a gateway that there is not.
    """

def normalize_phone(text: str, /, region: str | None = None, *, strict: bool = False) -> PhoneNumber:
    """Reads a phone number as people write it.

    `region` is where the number is dialled, such as `RU`; without it the number begins with its country code. `strict`
    refuses numbers that are possible but not assigned.

    Raises PhoneNumberError, whose `code` says what is wrong (`too_short`, `letters`, …), and ConfigurationError for a
    region that there is not.
    """

def _rebuild(class_: type[_R], members: dict[str, Any]) -> _R: ...
def _run_command(arguments: list[str], demo: list[str]) -> int: ...
def _shut_down() -> None: ...
