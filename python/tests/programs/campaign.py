"""Sends a campaign, a fifth of which are no messages: `… settings count`.

Writes how many were accepted, the memory of this process after a tenth and the most since then, in kilobytes, and how
many seconds each tenth took.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import wamux

STATUS = Path("/proc/self/status")


def messages(count: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        body = "Hi" * 100 if number % 5 else object()
        yield {"to": f"+7903{number % 10_000_000:07}", "type": "text", "text": {"body": body}}


def memory(name: str) -> int:
    """`VmRSS` is what is used now, `VmHWM` the most since it was last cleared."""
    lines = STATUS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def main(settings: str, count: int) -> None:
    client = wamux.Client("devino-v2", **json.loads(settings), concurrency=4, batch_size=25)
    accepted, before, seconds = 0, 0, []
    start = time.monotonic()
    for done, (_, result) in enumerate(client.send_many(messages(count)), start=1):
        accepted += isinstance(result, wamux.Receipt)
        if done % (count // 10) == 0:
            now = time.monotonic()
            seconds.append(round(now - start, 3))
            start = now
        if done == count // 10:
            before = memory("VmRSS")
            # The highest is counted from here.
            Path("/proc/self/clear_refs").write_text("5")
    print(json.dumps({"accepted": accepted, "memory": [before, memory("VmHWM")], "seconds": seconds}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
