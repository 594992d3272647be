"""Handles what is in an SQLite file: `inbox_kill.py file way`.

`die` takes a webhook and writes a line in the middle of its handler, which never ends; `go_on` handles what is left.
Lines tell the attempts.
"""

import json
import sys
import time

import wamux

path, way = sys.argv[1:]


def handle(notification: wamux.Notification) -> None:
    print(json.dumps([notification.key, notification.attempt]), flush=True)
    if way == "die":
        time.sleep(3600)


inbox = wamux.Inbox(
    "rapporto", handle, authentication=wamux.Authentication.none(), store=f"sqlite:{path}", lease=0.3, first_wait=0
)
if way == "die":
    assert inbox.receive("POST", "/", {}, b'[{"mtNum": "1", "status": 9}]').status == 200
    time.sleep(3600)
with inbox:
    while inbox.waiting():
        time.sleep(0.02)
