"""Ends with an inbox that was not stopped: `inbox_leave.py way file`.

`short` and `never` say how long the handler takes that is under way, `awaited` and `open_loop` have it in a loop of
asyncio, `idle` has none, and `child` leaves from a child of a fork. What the handler did is a line.
"""

import asyncio
import os
import sys
import threading
import time
from typing import Any

import wamux

BODY = b'[{"mtNum": "1", "status": 9}]'
way, path = sys.argv[1:]
begun = threading.Event()
options: dict[str, Any] = {"authentication": wamux.Authentication.none(), "store": f"sqlite:{path}"}


def handle(_: wamux.Notification) -> None:
    begun.set()
    time.sleep(0.3 if way in {"short", "child"} else 3600)
    print("handled", flush=True)


async def handle_awaited(_: wamux.Notification) -> None:
    begun.set()
    await asyncio.sleep(3600)


async def receive() -> None:
    inbox = wamux.AsyncInbox("rapporto", handle_awaited, **options)
    globals()["inbox"] = inbox
    await inbox.receive("POST", "/", {}, BODY)
    await asyncio.to_thread(begun.wait)


if way == "awaited":
    asyncio.run(receive())
elif way == "open_loop":
    loop = asyncio.new_event_loop()
    loop.run_until_complete(receive())
else:
    inbox = wamux.Inbox("rapporto", handle, **options)
    if way == "child":
        child = os.fork()
        if child:
            _, status = os.waitpid(child, 0)
            assert status == 0, status
            way = "idle"
    if way == "idle":
        inbox.start()
    else:
        inbox.receive("POST", "/", {}, BODY)
        begun.wait()
