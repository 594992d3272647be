"""What is told to the logger `wamux` of Python's `logging`: how each send ended, and each of its attempts.

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

    from wamux._native import Attempt, Receipt

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
