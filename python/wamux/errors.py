"""What goes wrong, as exceptions with one base and one class a kind.

>>> import wamux
>>> message = {"to": "+7 903 456", "type": "text", "text": {"body": "Hi"}}
>>> try:
...     wamux.build_request("devino-v2", message, from_="MyCompany")
... except wamux.ValidationError as error:
...     print(error.violations[0].path, error.delivery)
to not_sent
"""

from __future__ import annotations

import builtins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal

    from typing_extensions import Self

    from wamux._native import Attempt, Reason, Violation

__all__ = [
    "AuthenticationError",
    "BalanceError",
    "CancelledError",
    "ConfigurationError",
    "ConnectError",
    "DuplicateError",
    "InternalError",
    "MediaError",
    "PermissionError",
    "PhoneNumberError",
    "ProtocolError",
    "RateLimitedError",
    "RecipientError",
    "RejectedError",
    "SenderError",
    "TemplateError",
    "TimeoutError",
    "UnavailableError",
    "UnsupportedError",
    "ValidationError",
    "WamuxError",
    "WindowClosedError",
]


class WamuxError(Exception):
    """What went wrong, whether the message may have been sent, and whether to try again.

    `str(error)` is one line that shows neither credentials nor texts nor full numbers.

    Attributes:
        kind: What kind of error it is, such as `rate_limited`; each kind has its class.
        delivery: What is known about the message: `not_sent`, or `unknown` where the gateway may have it.
        retryable: Whether sending the same message again can succeed.
        retry_after: For how long the gateway asks to wait, in seconds.
        gateway: The gateway's id.
        http_status: The HTTP status of the answer.
        code: The gateway's code; with several reasons, the first one's.
        message: What went wrong, in words, where neither reasons nor violations say it.
        reasons: The reasons that the gateway gave.
        violations: The rules that the message breaks.
        attempts: The attempts at sending, in order.
        raw: The answer: its JSON text, or the first 512 bytes of what could not be read.

    """

    kind: ClassVar[str] = "internal"

    delivery: Literal["not_sent", "unknown"]
    retryable: bool
    retry_after: int | None
    gateway: str | None
    http_status: int | None
    code: str | None
    message: str | None
    reasons: tuple[Reason, ...]
    violations: tuple[Violation, ...]
    attempts: tuple[Attempt, ...]
    raw: str | None

    def __init__(  # noqa: PLR0913 - each is a member
        self,
        text: str = "",
        /,
        *,
        kind: str | None = None,
        delivery: Literal["not_sent", "unknown"] = "not_sent",
        retryable: bool = False,
        retry_after: int | None = None,
        gateway: str | None = None,
        http_status: int | None = None,
        code: str | None = None,
        message: str | None = None,
        reasons: tuple[Reason, ...] = (),
        violations: tuple[Violation, ...] = (),
        attempts: tuple[Attempt, ...] = (),
        raw: str | None = None,
    ) -> None:
        """Take the line for people and the members."""
        if kind is not None and kind != self.kind:
            raise TypeError(f"a {type(self).__name__} is of the kind {self.kind}, not {kind}")
        super().__init__(text)
        self.delivery = delivery
        self.retryable = retryable
        self.retry_after = retry_after
        self.gateway = gateway
        self.http_status = http_status
        self.code = code
        self.message = message
        self.reasons = reasons
        self.violations = violations
        self.attempts = attempts
        self.raw = raw

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, in full: the members that are there.

        >>> import wamux
        >>> wamux.TimeoutError("timeout: no answer", delivery="unknown").to_dict()["kind"]
        'timeout'
        """
        members: dict[str, Any] = {"kind": self.kind, "delivery": self.delivery, "retryable": self.retryable}
        for name in ("retry_after", "gateway", "http_status", "code", "message"):
            value = getattr(self, name)
            if value is not None:
                members[name] = value
        members["reasons"] = [reason.to_dict() for reason in self.reasons]
        members["violations"] = [violation.to_dict() for violation in self.violations]
        members["attempts"] = [attempt.to_dict() for attempt in self.attempts]
        if self.raw is not None:
            members["raw"] = self.raw
        return members

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...], dict[str, Any]]:
        """Give pickle the class, the line for people, and the members."""
        return type(self), self.args, self.__dict__


class ConfigurationError(WamuxError, ValueError):
    """A setting is missing or wrong."""

    kind = "configuration"


class ValidationError(WamuxError, ValueError):
    """The message breaks a rule of its structure or of the gateway."""

    kind = "validation"


class UnsupportedError(WamuxError, ValueError):
    """The gateway cannot say this."""

    kind = "unsupported"


class AuthenticationError(WamuxError):
    """The gateway does not know the credentials."""

    kind = "authentication"


class PermissionError(WamuxError, builtins.PermissionError):  # noqa: A001 - the kind's name, and a subclass of the builtin
    """The account may not do this."""

    kind = "permission"


class BalanceError(WamuxError):
    """The account has no money left."""

    kind = "balance"


class RecipientError(WamuxError):
    """The recipient is wrong, or cannot receive this."""

    kind = "recipient"


class SenderError(WamuxError):
    """The sender is wrong, or not the account's."""

    kind = "sender"


class TemplateError(WamuxError):
    """The template is missing, paused, or filled in wrongly."""

    kind = "template"


class MediaError(WamuxError):
    """The media is of a wrong type or size, or cannot be fetched."""

    kind = "media"


class WindowClosedError(WamuxError):
    """More than 24 hours have passed since the recipient last wrote; only a template may be sent."""

    kind = "window_closed"


class DuplicateError(WamuxError):
    """The same message was sent before."""

    kind = "duplicate"


class RateLimitedError(WamuxError):
    """Too many messages in too short a time."""

    kind = "rate_limited"


class RejectedError(WamuxError):
    """The gateway refused the message for another reason."""

    kind = "rejected"


class UnavailableError(WamuxError):
    """The gateway is not working at the moment."""

    kind = "unavailable"


class TimeoutError(WamuxError, builtins.TimeoutError):  # noqa: A001 - the kind's name, and a subclass of the builtin
    """The gateway did not answer in time, or the message's lifetime ended."""

    kind = "timeout"


class ConnectError(WamuxError, ConnectionError):
    """No connection: DNS, TCP, TLS or proxy."""

    kind = "connect"


class ProtocolError(WamuxError):
    """An answer that cannot be read."""

    kind = "protocol"


class CancelledError(WamuxError):
    """The caller gave up."""

    kind = "cancelled"


class InternalError(WamuxError, RuntimeError):
    """A fault of wamux itself."""

    kind = "internal"


class PhoneNumberError(ValidationError):
    """A phone number that cannot be read; `code` says why: `too_short`, `letters`, `extension`, and so on."""


# The one list from which the bridge takes the class of a kind.
_BY_KIND = {
    error.kind: error
    for error in (
        ConfigurationError,
        ValidationError,
        UnsupportedError,
        AuthenticationError,
        PermissionError,
        BalanceError,
        RecipientError,
        SenderError,
        TemplateError,
        MediaError,
        WindowClosedError,
        DuplicateError,
        RateLimitedError,
        RejectedError,
        UnavailableError,
        TimeoutError,
        ConnectError,
        ProtocolError,
        CancelledError,
        InternalError,
    )
}
