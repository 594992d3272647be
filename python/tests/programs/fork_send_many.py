"""Forks in the middle of many messages: `fork_send_many.py settings`; each side writes one line."""

import json
import os
import signal
import sys

import wamux

SETTINGS = json.loads(sys.argv[1])
MESSAGES = [{"to": f"+7903456789{number}", "type": "text", "text": {"body": "Hi"}} for number in range(3)]


def status(result: "wamux.Receipt | wamux.WamuxError") -> str:
    return result.status if isinstance(result, wamux.Receipt) else str(result)


def main() -> None:
    client = wamux.Client("rapporto", **SETTINGS, concurrency=1)
    results = client.send_many(MESSAGES)
    next(results)
    child = os.fork()
    if not child:
        signal.alarm(15)
    try:
        old = status(next(results)[1])
    except RuntimeError as error:
        old = type(error).__name__
    new = [status(result) for _, result in client.send_many(MESSAGES)]
    line = json.dumps({"side": "parent" if child else "child", "old": old, "new": new})
    os.write(1, line.encode() + b"\n")
    if child:
        _, ended = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(ended) == 0, ended


if __name__ == "__main__":
    main()
