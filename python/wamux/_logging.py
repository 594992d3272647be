"""What is told to the logger `wamux` of Python's `logging`: how each send ended, and each of its attempts.

`wamux.inbox` is told of handlers that failed, on their own threads.

The records are written when the call returns or gives results, on the thread that made it (and so with the context of
the task that awaited it), never on wamux' own: a handler can take as long as it likes. `logging` is not imported here,
since where nobody has imported it, nobody listens.
"""

from __future__ import annotations

import sys

from wamux.errors import WamuxError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import Logger

    from wamux._native import Attempt, Notification, Receipt
    from wamux.errors import UnavailableError

_DEBUG, _WARNING = 10, 30
_logger: Logger | None = None


def _find_logger() -> Logger | None:
    """The logger, where the program has `logging`."""
    global _logger  # noqa: PLW0603 - it is looked for until it is there
    if _logger is None:
        logging = sys.modules.get("logging")
        # This class comes last: while another thread is importing the module, it is not there.
        if logging is not None and hasattr(logging, "NullHandler"):
            logger: Logger = logging.getLogger("wamux")
            # As libraries do: without a handler of the program's, nothing goes to the standard error.
            logger.addHandler(logging.NullHandler())
            _logger = logger
    return _logger


def tell(outcome: Receipt | BaseException | None) -> None:
    """Write the records of a send that ended with a receipt or an exception; `None` where nothing is known of it.

    What was sent does not fail for what goes wrong in here.
    """
    try:
        logger = _find_logger()
        if logger is None or outcome is None:
            return
        if isinstance(outcome, WamuxError):
            _tell(logger, outcome, outcome)
        elif not isinstance(outcome, BaseException):
            _tell(logger, outcome, None)
    except Exception as error:  # noqa: BLE001 - a filter of the program's can raise anything
        sys.excepthook(type(error), error, error.__traceback__)


def _tell(logger: Logger, outcome: Receipt | WamuxError, error: WamuxError | None) -> None:
    attempts = outcome.attempts
    doubtful = error is not None and error.delivery == "unknown"
    # What broke a rule never left, and tells all in its exception.
    if not attempts and not doubtful:
        return
    if not logger.isEnabledFor(_WARNING if doubtful or len(attempts) > 1 else _DEBUG):
        return
    gateway = outcome.gateway
    # Those of several clients have gateways of their own.
    gateways = [attempt.gateway or gateway for attempt in attempts]
    for number, attempt in enumerate(attempts, 1):
        own = gateways[number - 1]
        if number == len(attempts):
            level, then = _DEBUG, ""
        else:
            following = gateways[number]
            level, then = _WARNING, "; it was repeated" if following == own else f"; {following} was tried next"
        extra = _extra(own, attempt, number)
        logger.log(level, "attempt %d through %s: %s%s", number, own, _words(attempt), then, extra=extra)
    kind, delivery = (None, None) if error is None else (error.kind, error.delivery)
    last = attempts[-1] if attempts else error
    logger.log(
        _WARNING if doubtful else _DEBUG,
        "a message through %s %s%s, attempts: %d",
        gateway,
        "was accepted" if kind is None else f"failed ({kind})",
        ", and the gateway may have it" if doubtful else "",
        len(attempts),
        extra={**_extra(gateway, last, len(attempts)), "kind": kind, "delivery": delivery},
    )


def _words(attempt: Attempt) -> str:
    """How an attempt ended, in words that have nothing of the message."""
    status = "" if attempt.http_status is None else f", HTTP {attempt.http_status}"
    return f"{attempt.kind or 'accepted'}{status}"


def _extra(gateway: str | None, source: Attempt | WamuxError | None, number: int) -> dict[str, object]:
    """What a record has beside its message."""
    return {
        "gateway": gateway,
        "kind": getattr(source, "kind", None),
        "delivery": getattr(source, "delivery", None),
        "http_status": getattr(source, "http_status", None),
        "attempts": number,
        "at": getattr(source, "at", None),
    }


class HandlerError(Exception):
    """Stands in the log for an exception of a handler's: where it was raised and its class, without its words."""


# How many exceptions of a chain are told of.
_CHAIN = 10


def _without_words(error: BaseException, left: int = _CHAIN) -> HandlerError:
    """An exception and those before it, whose words could be an event's."""
    cls = type(error)
    shown = HandlerError(f"{cls.__module__}.{cls.__qualname__}").with_traceback(error.__traceback__)
    if left > 1:
        if error.__cause__ is not None:
            shown.__cause__ = _without_words(error.__cause__, left - 1)
        elif error.__context__ is not None and not error.__suppress_context__:
            shown.__context__ = _without_words(error.__context__, left - 1)
    return shown


def tell_of_inbox(notification: Notification, error: BaseException) -> None:
    """Write the record of a handler that failed."""
    try:
        logger = _find_logger()
        if logger is None:
            return
        alias, attempt = notification.alias, notification.attempt
        extra = {"gateway": notification.gateway, "alias": alias, "key": notification.key, "attempt": attempt}
        words = "an event of %s was not handled, attempt %d"
        logger.getChild("inbox").error(words, alias, attempt, exc_info=_without_words(error), extra=extra)
    except Exception as raised:  # noqa: BLE001 - a filter of the program's can raise anything
        sys.excepthook(type(raised), raised, raised.__traceback__)


def tell_of_store(error: UnavailableError) -> None:
    """Write the record of a webhook that was answered 503, since the store could not be opened."""
    try:
        logger = _find_logger()
        if logger is not None:
            logger.getChild("inbox").error("a webhook was not stored: %s", error)
    except Exception as raised:  # noqa: BLE001 - a filter of the program's can raise anything
        sys.excepthook(type(raised), raised, raised.__traceback__)
