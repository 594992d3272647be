"""What runs the handlers of an inbox: threads, or a task each in an event loop.

The threads are daemons, so that a handler that never returns does not hold up the end of the interpreter, which waits
for handlers two seconds. They hold no handler while they wait, so that an inbox that nobody has any more can be
collected; its threads end with it.
"""

from __future__ import annotations

from wamux._logging import tell_of_inbox

TYPE_CHECKING = False
if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine
    from queue import SimpleQueue
    from threading import Semaphore
    from typing import Any, TypeAlias

    from wamux._native import Notification, _Ended

    _Handler: TypeAlias = Callable[[Notification], object]
    _AsyncHandler: TypeAlias = Callable[[Notification], Coroutine[Any, Any, object]]
    _Work: TypeAlias = tuple[_Handler, Notification, _Ended]


def check(handler: Any, runner: str) -> None:  # noqa: ANN401 - it is what is checked
    """Refuse what is no handler; the modules that handlers need are imported here, before any fork."""
    # Who imports wamux for sending only shall not wait for these. (Not `logging`: as everywhere, where nobody has
    # imported it, nobody listens; and it does not bear an import during a fork.)
    from importlib import import_module  # noqa: PLC0415 - see above
    from inspect import iscoroutinefunction  # noqa: PLC0415

    for module in ("queue", "threading"):
        import_module(module)
    if not callable(handler):
        message = "handler must be a function that takes a Notification"
        raise TypeError(message)
    # An object can be a function by its class.
    is_async = iscoroutinefunction(handler) or iscoroutinefunction(type(handler).__call__)
    if is_async and runner == "Threads":
        message = "Inbox takes a function; AsyncInbox takes a coroutine function"
        raise TypeError(message)
    if not is_async and runner == "Loop":
        message = "AsyncInbox takes a coroutine function (async def); Inbox takes a function"
        raise TypeError(message)


class Threads:
    """Runs a handler in threads, which are as many as events were ever handled at once."""

    is_over = False

    def __init__(self, handler: _Handler) -> None:
        """Take the handler; threads begin with the work."""
        from queue import SimpleQueue  # noqa: PLC0415 - `check` has imported it
        from threading import Semaphore  # noqa: PLC0415

        self._handler = handler
        self._work: SimpleQueue[_Work | None] = SimpleQueue()
        self._idle = Semaphore(0)
        self._count = 0
        self._queued = 0

    def run(self, notification: Notification, ended: _Ended) -> bool:
        """Hand an event to a thread that is idle, or to a new one. Whether there is one."""
        from threading import Thread  # noqa: PLC0415 - see above

        # Those that had to wait took no idle thread, and have given one back.
        while self._queued and self._idle.acquire(blocking=False):
            self._queued -= 1
        if not self._idle.acquire(blocking=False):
            thread = Thread(target=_work, args=(self._work, self._idle), name="wamux-inbox", daemon=True)
            try:
                thread.start()
            except RuntimeError:
                # The interpreter ends, or the machine has no more threads: then the event waits for one that is there.
                if not self._count:
                    return False
                self._queued += 1
            else:
                self._count += 1
        self._work.put((self._handler, notification, ended))
        return True

    def __del__(self) -> None:
        """End the threads."""
        for _ in range(self._count):
            self._work.put(None)


def _work(work: SimpleQueue[_Work | None], idle: Semaphore) -> None:
    while (taken := work.get()) is not None:
        handler, notification, ended = taken
        failure = _handle(handler, notification)
        del taken, handler, notification
        # The next event, which may come as soon as this one has ended, needs no other thread.
        idle.release()
        ended(failure)
        del ended


def _handle(handler: _Handler, notification: Notification) -> str | None:
    """Call the handler. The words of its failure, if it failed."""
    try:
        result = handler(notification)
        if hasattr(result, "__await__"):
            _refuse(result)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the event was not handled
        return _failure(notification, error)
    return None


def _refuse(awaitable: object) -> None:
    """Raise the error of what would be taken for handled, and was not even begun."""
    close = getattr(awaitable, "close", None)
    if close is not None:
        close()
    message = "the handler has returned something to be awaited; AsyncInbox takes a coroutine function"
    raise TypeError(message)


class Loop:
    """Runs a handler in the event loop that runs where this is made, each time in a task of its own."""

    def __init__(self, handler: _AsyncHandler) -> None:
        """Take the handler, and the loop."""
        # Who awaits has asyncio already; an import of wamux must not bring it.
        import asyncio  # noqa: PLC0415 - see above
        from contextvars import Context  # noqa: PLC0415

        self._handler = handler
        self._loop = asyncio.get_running_loop()
        self._context = Context
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_over(self) -> bool:
        """Whether nothing can run any more."""
        return self._loop.is_closed()

    def run(self, notification: Notification, ended: _Ended) -> bool:
        """Have the loop begin a task. Whether there is a loop."""
        try:
            self._loop.call_soon_threadsafe(self._begin, notification, ended, context=self._context())
        except RuntimeError:
            return False
        return True

    def _begin(self, notification: Notification, ended: _Ended) -> None:
        task = self._loop.create_task(_await(self._handler, notification, ended))
        # The loop itself holds its tasks weakly.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _await(handler: _AsyncHandler, notification: Notification, ended: _Ended) -> None:
    try:
        await handler(notification)
    except Exception as error:  # noqa: BLE001 - whatever it is, the event was not handled
        ended(_failure(notification, error))
    except BaseException as error:
        # A cancellation or an exit is for the loop too.
        ended(_failure(notification, error))
        raise
    else:
        ended(None)


def _failure(notification: Notification, error: BaseException) -> str:
    """Tell the logger of a failure. Its words, as the store keeps them."""
    tell_of_inbox(notification, error)
    return _words(error)


def _words(error: BaseException) -> str:
    """The class and the words of an exception."""
    name = type(error).__name__
    try:
        words = str(error)
    except Exception:  # noqa: BLE001 - an exception of the program's can do anything
        return name
    return f"{name}: {words}" if words else name
