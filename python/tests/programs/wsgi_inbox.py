"""An application for gunicorn --preload whose inbox is made by the master; the store is the file INBOX.

What is handled goes to the file HANDLED, a line each.
"""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import wamux


def handle(notification: wamux.Notification) -> None:
    with Path(os.environ["HANDLED"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps([os.getpid(), getattr(notification.event, "message_id", None)]) + "\n")


inbox = wamux.Inbox(
    "rapporto",
    handle,
    authentication=wamux.Authentication.header("X-Webhook-Secret", "correct horse"),
    store=f"sqlite:{os.environ['INBOX']}",
)


def application(environ: "dict[str, Any]", start_response: Callable[..., Any]) -> Iterable[bytes]:
    headers = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    answer = inbox.receive(environ["REQUEST_METHOD"], environ["PATH_INFO"], headers, body)
    start_response(f"{answer.status} -", [*answer.headers.items(), ("x-pid", str(os.getpid()))])
    return []
