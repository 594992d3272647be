"""Writes the memory of this process, in kilobytes, before and after ten thousand messages: `… settings`."""

import json
import resource
import sys
from collections import deque
from collections.abc import Iterator

import wamux


def messages(count: int) -> Iterator[dict[str, object]]:
    for number in range(count):
        # Some of them are no messages.
        body = "Hi" * 100 if number % 5 else object()
        yield {"to": f"+7903456{number % 10_000:04}", "type": "text", "text": {"body": body}}


def resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    settings = json.loads(sys.argv[1])
    client = wamux.Client("devino-v2", **settings, concurrency=4, batch_size=25)
    deque(client.send_many(messages(2_000)), maxlen=0)
    print(resident())
    deque(client.send_many(messages(10_000)), maxlen=0)
    print(resident())
