"""One WhatsApp client for every gateway.

A client sends the same message through any gateway. It checks the message by the gateway's rules before anything
leaves, and afterwards says what is known: a `Receipt`, or a `WamuxError` whose `delivery` tells whether the gateway may
have the message.

>>> from wamux import Client, ValidationError
>>> from wamux.testing import Sandbox
>>> with Sandbox() as sandbox:
...     client = Client("devino-v2", **sandbox.settings("devino-v2"))
...     receipt = client.send(to="8 (903) 456-78-90", text="Code: 1234", client_id="8770100")
...     try:
...         client.send(to="8 (903) 456-78", text="Code: 1234")
...     except ValidationError as error:
...         print(error.violations[0].path)
to
>>> receipt.to, receipt.client_id
('+79034567890', '8770100')

What a gateway can be asked beside carrying messages is an attribute of the client: `client.tujenge.mark_as_read(…)`.

The classes of messages are in `wamux.message`, those of what webhooks tell in `wamux.event`, those of calls beyond
sending in `wamux.call`, and what tests need in `wamux.testing`.
"""

# A child of a fork would wait for ever for a module whose import another thread had begun: none is imported later.
from wamux import _bulk, _calls, _coroutines, _inbox, _logging  # noqa: F401  # pyright: ignore[reportUnusedImport]
from wamux._native import (
    GATEWAYS,
    Answer,
    AsyncClient,
    AsyncDownload,
    AsyncFailover,
    AsyncInbox,
    Attempt,
    Authentication,
    Capabilities,
    ChatEvent,
    Client,
    DeadEvent,
    Download,
    ErrorEvent,
    Event,
    Failover,
    GatewayCode,
    HistogramPoint,
    Inbox,
    Limit,
    MessageEvent,
    Metrics,
    Notification,
    NumberPoint,
    PhoneNumber,
    Reason,
    Receipt,
    Record,
    Request,
    Response,
    StatusError,
    StatusEvent,
    Violation,
    __version__,
    build_call,
    build_request,
    capabilities,
    codes,
    normalize_phone,
    parse_call_response,
    parse_response,
    parse_webhook,
    validate_payload,
)
from wamux.errors import (
    AuthenticationError,
    BalanceError,
    CancelledError,
    ConfigurationError,
    ConnectError,
    DuplicateError,
    InternalError,
    MediaError,
    PermissionError,  # noqa: A004 - the kind's name, and a subclass of the builtin
    PhoneNumberError,
    ProtocolError,
    RateLimitedError,
    RecipientError,
    RejectedError,
    SenderError,
    TemplateError,
    TimeoutError,  # noqa: A004 - the kind's name, and a subclass of the builtin
    UnavailableError,
    UnsupportedError,
    ValidationError,
    WamuxError,
    WindowClosedError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wamux._settings import Settings
else:

    def __getattr__(name: str) -> object:
        """Import `Settings` when it is asked for: `typing` would take most of the time that the package needs."""
        if name != "Settings":
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        from wamux._settings import Settings  # noqa: PLC0415 - see above

        return Settings


__all__ = [
    "GATEWAYS",
    "Answer",
    "AsyncClient",
    "AsyncDownload",
    "AsyncFailover",
    "AsyncInbox",
    "Attempt",
    "Authentication",
    "AuthenticationError",
    "BalanceError",
    "CancelledError",
    "Capabilities",
    "ChatEvent",
    "Client",
    "ConfigurationError",
    "ConnectError",
    "DeadEvent",
    "Download",
    "DuplicateError",
    "ErrorEvent",
    "Event",
    "Failover",
    "GatewayCode",
    "HistogramPoint",
    "Inbox",
    "InternalError",
    "Limit",
    "MediaError",
    "MessageEvent",
    "Metrics",
    "Notification",
    "NumberPoint",
    "PermissionError",
    "PhoneNumber",
    "PhoneNumberError",
    "ProtocolError",
    "RateLimitedError",
    "Reason",
    "Receipt",
    "RecipientError",
    "Record",
    "RejectedError",
    "Request",
    "Response",
    "SenderError",
    "Settings",
    "StatusError",
    "StatusEvent",
    "TemplateError",
    "TimeoutError",
    "UnavailableError",
    "UnsupportedError",
    "ValidationError",
    "Violation",
    "WamuxError",
    "WindowClosedError",
    "__version__",
    "build_call",
    "build_request",
    "capabilities",
    "codes",
    "normalize_phone",
    "parse_call_response",
    "parse_response",
    "parse_webhook",
    "validate_payload",
]
