"""Coroutines of native calls: what `asyncio.create_task` and `TaskGroup` take, and what starts when it is awaited."""

from __future__ import annotations

from wamux._logging import tell, tell_of_store
from wamux._native import Answer
from wamux.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterable, Awaitable, Callable
    from concurrent.futures import Future
    from typing import Any, TypeVar

    from wamux._native import AsyncClient, Receipt, _Call, _CallOff

    _T = TypeVar("_T")


async def run(start: Callable[[], tuple[Awaitable[_T], _Call]]) -> _T:
    """Start a native call and await it. A cancellation calls it off."""
    answer, call = start()
    try:
        return await answer
    finally:
        call.end()
        # An exception has this frame, which would have the exception by the future.
        del answer


async def send(start: Callable[[], tuple[asyncio.Future[Receipt], _CallOff]]) -> Receipt:
    """Start a send and await it. The cause of a cancellation is what is known of the message then.

    The logger is told here, in the context of the task that awaits.
    """
    # Who awaits has asyncio already; an import of wamux must not bring it, and at the end nothing is imported.
    from asyncio import CancelledError  # noqa: PLC0415 - see above

    sending, call_off = start()
    try:
        receipt = await sending
    except BaseException as error:
        # The answer can have come in the moment of the cancellation.
        tell(call_off.explain(error) if isinstance(error, CancelledError) else error)
        raise
    finally:
        # An exception has this frame, which would have the exception by the future.
        del sending
    tell(receipt)
    return receipt


async def read(start: Callable[[], tuple[Awaitable[_T], _Call]], close: Callable[[], None]) -> _T:
    """Start to read from a download and await it. A cancellation closes it, since what was read is lost."""
    # See `send`.
    from asyncio import CancelledError  # noqa: PLC0415

    try:
        return await run(start)
    except (CancelledError, GeneratorExit):
        close()
        raise


async def receive(start: Callable[[], tuple[Awaitable[Answer], _Call]]) -> Answer:
    """Start to take a webhook and await it. Where the store cannot be opened, the gateway is to deliver again."""
    try:
        return await run(start)
    except UnavailableError as error:
        tell_of_store(error)
        return Answer(status=503, headers={})


async def upload(
    client: AsyncClient, gateway: str, name: str, arguments: dict[str, Any], source: AsyncIterable[bytes]
) -> object:
    """Make a call that uploads what an async iterator gives."""
    chunks = _Chunks(source)
    try:
        return await client._call(gateway, name, arguments, chunks)  # noqa: SLF001 - it is for this package
    finally:
        chunks.close()


class _Chunks:
    """An async iterator of bytes, for a thread that reads: each `read` waits for the next item of the loop's."""

    def __init__(self, source: AsyncIterable[bytes]) -> None:
        # Who awaits has asyncio already; an import of wamux must not bring it.
        import asyncio  # noqa: PLC0415 - see above

        self._submit = asyncio.run_coroutine_threadsafe
        self._loop = asyncio.get_running_loop()
        self._items = aiter(source)
        self._waiting: Future[bytes] | None = None
        self._closed = False

    def read(self, _size: int) -> bytes:
        """Wait for the next item; there is nothing to be waited for once the upload has ended."""
        if self._closed:
            return b""
        waiting = self._waiting = self._submit(self._next(), self._loop)
        if self._closed:
            # The loop can have ended the upload before this thread had noted what it waits for.
            waiting.cancel()
        return waiting.result()

    async def _next(self) -> bytes:
        async for item in self._items:
            # No bytes would be the end.
            if item:
                return item
        return b""

    def close(self) -> None:
        """End the waiting of the thread that reads."""
        self._closed = True
        if self._waiting is not None:
            self._waiting.cancel()
