"""Sends, forks, and sends from both sides: `fork.py sync|async settings`.

The settings are those of a gateway in another process, or the word `own` for a sandbox that this program starts before
it forks. Each side writes one line; the child leaves as every program does, with its handlers at exit.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

import wamux
from wamux.testing import Sandbox

GATEWAY = "devino-v2"
MESSAGE = {"to": "+79034567890", "type": "text", "text": {"body": "Hi"}}


async def send_awaiting(client: wamux.AsyncClient) -> wamux.Receipt:
    return await client.send(MESSAGE)


def accepted(client: str, blocking: wamux.Client, awaitable: wamux.AsyncClient) -> bool:
    if client == "sync":
        return blocking.send(MESSAGE).status == "accepted"
    return asyncio.run(send_awaiting(awaitable)).status == "accepted"


def fork_and_send(client: str, settings: Mapping[str, Any]) -> None:
    # The same clients before and after: their connections and threads are what a fork breaks.
    blocking = wamux.Client(GATEWAY, **settings)
    awaitable = wamux.AsyncClient(GATEWAY, **settings)
    assert accepted(client, blocking, awaitable)
    child = os.fork()
    side = "parent" if child else "child"
    if not child:
        # A child that hangs ends by itself, and its parent sees how.
        signal.alarm(15)
    fresh = wamux.Client(GATEWAY, **settings)
    line = {
        "side": side,
        "old": [accepted(client, blocking, awaitable) for _ in range(3)],
        "other kind": accepted("async" if client == "sync" else "sync", blocking, awaitable),
        "new": fresh.send(MESSAGE).status == "accepted",
    }
    os.write(1, json.dumps(line).encode() + b"\n")
    if not child:
        # Through every `with` above and all handlers at exit.
        sys.exit(7)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7, status


def main() -> NoReturn:
    client, settings = sys.argv[1:]
    if settings == "own":
        with Sandbox() as sandbox:
            fork_and_send(client, sandbox.settings(GATEWAY))
            # Four sends in the child, four and one in the parent, two of the other kind.
            assert sandbox.counts.accepted == 11, sandbox.counts
    else:
        fork_and_send(client, json.loads(settings))
    sys.exit(0)


if __name__ == "__main__":
    main()
