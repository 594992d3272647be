"""Many messages: the generators over a native sending, which takes messages and gives results a handful at a time."""

from __future__ import annotations

from wamux._logging import tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterator
    from typing import Any

    from wamux._native import Receipt, _Sending
    from wamux.errors import WamuxError


def results(sending: _Sending, messages: Iterator[Any]) -> Generator[tuple[int, Receipt | WamuxError], None, None]:
    """Give the results of what an iterator gives."""
    filling = _Filling(sending, messages)
    try:
        while True:
            filling.go_on()
            answered = sending.wait()
            if not answered:
                break
            _tell_each(answered)
            yield from answered
        filling.finish()
    finally:
        sending.close()


async def awaited_results(
    sending: _Sending, messages: Iterator[Any] | AsyncIterable[Any]
) -> AsyncGenerator[tuple[int, Receipt | WamuxError], None]:
    """Give the results of what an iterator or an async iterable gives."""
    # Who awaits has asyncio already; an import of wamux must not bring it.
    import asyncio  # noqa: PLC0415 - see above
    from collections.abc import AsyncIterable  # noqa: PLC0415

    filling = _AsyncFilling(sending, messages) if isinstance(messages, AsyncIterable) else _Filling(sending, messages)
    try:
        while True:
            filling.go_on()
            answered = sending.take()
            _tell_each(answered)
            for each in answered:
                yield each
            if answered:
                # Other tasks run, however fast the answers are.
                await asyncio.sleep(0)
            elif sending.done:
                break
            else:
                await sending.ready()
        filling.finish()
    finally:
        sending.close()
        await filling.stop()


def _tell_each(answered: list[tuple[int, Receipt | WamuxError]]) -> None:
    """Tell the logger of results as they come, whether or not they are taken."""
    for _, outcome in answered:
        tell(outcome)


class _Filling:
    """Hands over what an iterator gives, whenever there is room."""

    def __init__(self, sending: _Sending, messages: Iterator[Any]) -> None:
        self._sending = sending
        self._messages: Iterator[Any] | None = messages
        self._failure: Exception | None = None

    def go_on(self) -> None:
        """Take messages; what their iterator raises is its end."""
        if self._messages is None:
            return
        try:
            more = self._sending.fill(self._messages)
        except Exception as error:  # noqa: BLE001 - it is raised later
            self._failure = error
            more = False
        if not more:
            self._messages = None
            self._sending.end()

    def finish(self) -> None:
        """Raise what the messages' iterator raised."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    async def stop(self) -> None:
        """Stop taking."""


class _AsyncFilling:
    """Hands over what an async iterable gives, in a task of its own, so that results do not wait for messages."""

    def __init__(self, sending: _Sending, messages: AsyncIterable[Any]) -> None:
        import asyncio  # noqa: PLC0415 - see above

        self._sending = sending
        self._messages = messages
        self._wait = asyncio.wait
        self._taken = asyncio.Event()
        self._task = asyncio.ensure_future(self._run())

    async def _run(self) -> None:
        try:
            async for message in self._messages:
                self._sending.add(message)
                while not self._sending.has_room:
                    self._taken.clear()
                    await self._taken.wait()
        finally:
            self._sending.end()

    def go_on(self) -> None:
        """Say that results were taken."""
        self._taken.set()

    def finish(self) -> None:
        """Raise what the messages' iterable raised."""
        self._task.result()

    async def stop(self) -> None:
        """End the task."""
        self._task.cancel()
        await self._wait([self._task])
        if not self._task.cancelled():
            # Whatever it was, it was raised already or does not matter any more.
            self._task.exception()
