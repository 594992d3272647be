"""What is told to the logger `wamux` of Python's `logging`: how each send ended, and each of its attempts.

The records are written when the call returns, on the thread that made it (and so with the context of the task that
awaited it), never on wamux' own: a handler can take as long as it likes. `logging` is not imported here, since where
nobody has imported it, nobody listens.
"""

from __future__ import annotations

import sys

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
            _logger = logging.getLogger("wamux")
            # As libraries do: without a handler of the program's, nothing goes to the standard error.
            _logger.addHandler(logging.NullHandler())
    return _logger


def tell(gateway: str, outcome: Receipt | BaseException) -> None:
    """Write the records of a send that ended with a receipt or an exception.

    What was sent does not fail for what goes wrong in here.
    """
    try:
        logger = _find_logger()
        if logger is not None:
            _tell(logger, gateway, outcome)
    except Exception:  # noqa: BLE001 - a filter of the program's can raise anything
        sys.excepthook(*sys.exc_info())


def _tell(logger: Logger, gateway: str, outcome: Receipt | BaseException) -> None:
    attempts: tuple[Attempt, ...] = getattr(outcome, "attempts", ())
    doubtful = getattr(outcome, "delivery", None) == "unknown"
    remarkable = len(attempts) > 1 or doubtful
    # What broke a rule never left, and tells all in its exception.
    if not attempts or not logger.isEnabledFor(_WARNING if remarkable else _DEBUG):
        return
    for number, attempt in enumerate(attempts, 1):
        repeated = number < len(attempts)
        logger.log(
            _WARNING if repeated else _DEBUG,
            "attempt %d through %s: %s%s",
            number,
            gateway,
            _words(attempt),
            "; it was repeated" if repeated else "",
            extra=_extra(gateway, attempt, number),
        )
    kind = getattr(outcome, "kind", None)
    result = f"failed ({kind}), and the gateway may have it" if doubtful else f"failed ({kind})"
    logger.log(
        _WARNING if doubtful else _DEBUG,
        "a message through %s %s, attempts: %d",
        gateway,
        "was accepted" if kind is None else result,
        len(attempts),
        extra={**_extra(gateway, attempts[-1], len(attempts)), "delivery": getattr(outcome, "delivery", None)},
    )


def _words(attempt: Attempt) -> str:
    """How an attempt ended, in words that have nothing of the message."""
    status = "" if attempt.http_status is None else f", HTTP {attempt.http_status}"
    return f"{attempt.kind or 'accepted'}{status}"


def _extra(gateway: str, attempt: Attempt, number: int) -> dict[str, object]:
    """What a record has beside its message."""
    return {
        "gateway": gateway,
        "kind": attempt.kind,
        "delivery": attempt.delivery,
        "http_status": attempt.http_status,
        "attempts": number,
        "at": attempt.at,
    }
