"""Ctrl-C while an inbox waits for a handler that never returns: `inbox_interrupt.py receive|stop|exit`.

Writes the seconds from the signal to the exception.
"""

import json
import os
import signal
import sys
import threading
import time

import wamux

BODY = b'[{"mtNum": "1", "status": 9}]'
way = sys.argv[1]
begun = threading.Event()
sent = 0.0


def handle(_: wamux.Notification) -> None:
    begun.set()
    time.sleep(3600)


def interrupt() -> None:
    global sent  # noqa: PLW0603 - the other thread reads it
    begun.wait()
    # The main thread must be waiting by then; where it is not, it is interrupted all the same.
    time.sleep(0.1)
    sent = time.monotonic()
    os.kill(os.getpid(), signal.SIGINT)


# A shell starts what runs in its background with the signal ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
inbox = wamux.Inbox("rapporto", handle, authentication=wamux.Authentication.none())
threading.Thread(target=interrupt, daemon=True).start()
try:
    if way == "receive":
        inbox.receive("POST", "/", {}, BODY)
    else:
        threading.Thread(target=inbox.receive, args=("POST", "/", {}, BODY), daemon=True).start()
        begun.wait()
        inbox.stop()
except KeyboardInterrupt:
    print(json.dumps(time.monotonic() - sent), flush=True)
