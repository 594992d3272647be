"""The Python of the inbox's page, as it stands there."""

import asyncio
import http.client
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import wamux
from inbox_server import HEADER, SECRET
from support import PATIENCE, ROOT, environment, eventually
from wamux.testing import Sandbox

PAGE = (ROOT / "docs/inbox.md").read_text(encoding="utf-8")
SERVER, APPLICATION = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
# A shell starts what runs in its background with the signal ignored.
INTERRUPTIBLE = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_server(tmp_path: Path, sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "8421" in SERVER
    server = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE + SERVER.replace("8421", str(port))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=environment(WAMUX_SECRET=SECRET),
    )
    assert server.stdout
    try:
        assert eventually(lambda: listens(port) or server.poll() is not None)
        with wamux.Client("tujenge", **sandbox.settings("tujenge")) as client:
            client.tujenge.set_webhook(url=f"http://127.0.0.1:{port}/webhook", headers={HEADER: SECRET})
            message_id = client.send(to="+255 712 345 678", text="Karibu").message_id
        chunked = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        chunked.request("POST", "/webhook", iter([b"{}"]), {HEADER: SECRET}, encode_chunked=True)
        assert chunked.getresponse().status == 411
        chunked.close()
        lines = [server.stdout.readline() for _ in range(2)]
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=PATIENCE)
    assert lines == [f"{message_id} is delivered\n", f"{message_id} is read\n"], errors
    assert (tmp_path / "inbox.sqlite").exists()


def test_the_application(capsys: Any) -> None:
    names: dict[str, Any] = {}
    code = re.sub(r'store="redis://[^"]*"', 'store="memory"', APPLICATION)
    assert code != APPLICATION
    exec(compile(code, "docs/inbox.md", "exec"), names)
    parts = [b'[{"message_id": "1",', b' "status": "read"}]', b'[{"message_id": "2",']
    sent: list[dict[str, Any]] = []

    async def receive() -> "dict[str, Any]":
        if not parts:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": parts.pop(0), "more_body": len(parts) != 1}

    async def send(message: "dict[str, Any]") -> None:
        sent.append(message)

    async def main() -> None:
        scope = {"type": "http", "method": "POST", "path": "/webhook/correct-horse", "headers": []}
        await names["application"](scope, receive, send)
        await names["application"]({**scope, "path": "/webhook/battery"}, receive, send)
        # The gateway hangs up in the middle of a body.
        await names["application"](scope, receive, send)
        await names["inbox"].stop()

    asyncio.run(main())
    assert [message["status"] for message in sent if "status" in message] == [200, 403]
    assert capsys.readouterr().out
