"""An inbox that was made, or started, before a fork: `inbox_fork.py sync|async file before`.

Both sides take webhooks of their own; a line a side tells how they were answered, and what each has handled.
"""

import asyncio
import json
import os
import sys
import time
from typing import Any

import wamux

kind, path, before = sys.argv[1:]
seen: list[str] = []
statuses: list[int] = []
options: dict[str, Any] = {
    "authentication": wamux.Authentication.none(),
    "store": f"sqlite:{path}" if path else "memory",
}


def body(number: int) -> bytes:
    return json.dumps([{"mtNum": str(number), "status": 9}]).encode()


def handle(notification: wamux.Notification) -> None:
    seen.append(getattr(notification.event, "message_id", ""))


async def handle_awaited(notification: wamux.Notification) -> None:
    handle(notification)


blocking = wamux.Inbox("rapporto", handle, **options)
awaitable = wamux.AsyncInbox("rapporto", handle_awaited, **options)


def receive(*numbers: int) -> None:
    if kind == "sync":
        statuses.extend(blocking.receive("POST", "/", {}, body(number)).status for number in numbers)
        while 503 not in statuses and blocking.waiting():
            time.sleep(0.02)
        return

    async def received() -> None:
        statuses.extend([(await awaitable.receive("POST", "/", {}, body(number))).status for number in numbers])
        while 503 not in statuses and await awaitable.waiting():  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.02)

    asyncio.run(received())


if before == "started":
    receive(0)
    seen.clear()
    statuses.clear()
child = os.fork()
side = "parent" if child else "child"
first = 1 if child else 11
if child:
    _, status = os.waitpid(child, 0)
    assert status == 0, status
receive(*range(first, first + 5))
if kind == "sync":
    blocking.stop()
print(json.dumps({"side": side, "statuses": statuses, "seen": sorted(seen)}), flush=True)
