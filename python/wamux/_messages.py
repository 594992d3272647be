"""Iterators over chat-api's messages: each once and in order, whatever the pages are that they come in."""

from __future__ import annotations

from wamux._native import _MessagePages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self

    from wamux._native import AsyncClient, Client, Event

__all__ = ["AsyncMessages", "Messages"]


class _Position:
    """What both iterators know."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        self._pages = _MessagePages(arguments)
        self._given = self._pages.position
        self._waiting: list[Event] = []

    @property
    def position(self) -> int | None:
        """The number of the last message that was given, as an iterator takes it that goes on from here."""
        return self._given if self._waiting else self._pages.position

    def _take(self, events: tuple[Event, ...]) -> None:
        self._waiting = list(reversed(events))

    def _give(self) -> Event:
        event = self._waiting.pop()
        if event.type == "message" and event.sequence is not None:
            self._given = max(event.sequence, self._given or 0)
        return event


class Messages(_Position):
    """The messages of an instance, page after page, until a page has nothing new.

    What a page has that cannot be read is an `ErrorEvent`. Where a page cannot be had, the WamuxError of that is
    raised, and the next turn asks again.
    """

    def __init__(self, client: Client, arguments: dict[str, Any]) -> None:
        """Take the client that asks, and the arguments of `get_messages`."""
        super().__init__(arguments)
        self._client = client

    def __iter__(self) -> Self:
        """Return the iterator itself."""
        return self

    def __next__(self) -> Event:
        """Return the next message, of another page where this one has no more."""
        while not self._waiting:
            if self._pages.is_done:
                raise StopIteration
            self._take(self._client._next_messages(self._pages))  # noqa: SLF001 - it is for this package
        return self._give()


class AsyncMessages(_Position):
    """The messages of an instance, as `Messages` gives them, for `async for`."""

    def __init__(self, client: AsyncClient, arguments: dict[str, Any]) -> None:
        """Take the client that asks, and the arguments of `get_messages`."""
        super().__init__(arguments)
        self._client = client

    def __aiter__(self) -> Self:
        """Return the iterator itself."""
        return self

    async def __anext__(self) -> Event:
        """Return the next message, of another page where this one has no more."""
        while not self._waiting:
            if self._pages.is_done:
                raise StopAsyncIteration
            page = await self._client._next_messages(self._pages)  # noqa: SLF001 - it is for this package
            self._take(self._pages.take(page))
        return self._give()
