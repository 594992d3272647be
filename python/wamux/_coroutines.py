"""Coroutines of native calls: what `asyncio.create_task` and `TaskGroup` take, and what starts when it is awaited."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeVar

    _T = TypeVar("_T")


async def run(start: Callable[[], Awaitable[_T]]) -> _T:
    """Start a native call and await it."""
    return await start()
