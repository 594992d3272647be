"""Coroutines of native calls: what `asyncio.create_task` and `TaskGroup` take, and what starts when it is awaited."""

from __future__ import annotations

from wamux._logging import tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Awaitable, Callable
    from concurrent.futures import Future
    from typing import Any, TypeVar

    from wamux._native import AsyncClient, Receipt

    _T = TypeVar("_T")


async def run(start: Callable[[], Awaitable[_T]]) -> _T:
    """Start a native call and await it."""
    return await start()


async def send(start: Callable[[], Awaitable[Receipt]], gateway: str) -> Receipt:
    """Start a send and await it. The logger is told here, in the context of the task that awaits."""
    try:
        receipt = await start()
    except Exception as error:
        tell(gateway, error)
        raise
    tell(gateway, receipt)
    return receipt


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
        self._waiting = self._submit(self._next(), self._loop)
        return self._waiting.result()

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
