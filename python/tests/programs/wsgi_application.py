"""An application for gunicorn --preload: it sends while the master imports it, and again for every request."""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

import wamux

client = wamux.Client("devino-v2", **json.loads(os.environ["GATEWAY_SETTINGS"]))
client.send(to="+79034567890", text="From the master")


def application(variables: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    receipt = client.send(to="+79034567890", text=f"From a worker: {variables['PATH_INFO']}")
    start_response("200 OK", [("content-type", "application/json")])
    return [json.dumps({"pid": os.getpid(), "status": receipt.status}).encode()]
