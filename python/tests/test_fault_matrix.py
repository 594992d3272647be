"""Every fault with every gateway: `tests/faults/matrix.json`, as a Python program sees it."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

import wamux
from support import GATEWAYS, PATIENCE, ROOT, text_message
from wamux.testing import Sandbox

ROWS: list[dict[str, Any]] = json.loads((ROOT / "tests/faults/matrix.json").read_text(encoding="utf-8"))
# How many sends run at once: most of them wait for a retry.
AT_ONCE = 24
# A part of a name with one letter too many: the system refuses to look it up without asking anybody.
UNRESOLVED = "a" * 64
Found = dict[str, Any]


@asynccontextmanager
async def surroundings() -> AsyncIterator[dict[str, str]]:
    """Addresses on loopback at which there is no gateway, by their names in the matrix."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    with socket.socket() as nobody, socket.create_server(("127.0.0.1", 0), backlog=100) as silence:
        nobody.bind(("127.0.0.1", 0))
        async with await asyncio.start_server(refuse, "127.0.0.1", 0) as refusal:
            ports = {
                "nobody": nobody.getsockname()[1],
                "silence": silence.getsockname()[1],
                "refusal": refusal.sockets[0].getsockname()[1],
            }
            yield {name: f"127.0.0.1:{port}" for name, port in ports.items()}


def settings_of(row: dict[str, Any], given: Mapping[str, Any], at: dict[str, str]) -> dict[str, Any]:
    """The settings of a client, where the sandbox's own are given."""
    settings: dict[str, Any] = {**given, "retries": 2, "timeout": PATIENCE, **row.get("settings", {})}
    bases = {
        None: settings["base_url"],
        "nobody": f"http://{at['nobody']}",
        "unknown_name": f"https://{UNRESOLVED}.invalid",
        "plain_text": settings["base_url"].replace("http:", "https:"),
        "silence": f"https://{at['silence']}",
    }
    settings["base_url"] = bases[row.get("at")]
    if "through" in row:
        settings["base_url"] = "https://gateway.invalid"
        scheme = "socks5h" if row["through"] == "socks_nobody" else "http"
        settings["proxy"] = f"{scheme}://{at[row['through'].removeprefix('socks_')]}"
    return settings


def told(said: wamux.WamuxError | wamux.Attempt) -> str:
    return "accepted" if said.kind is None else f"{said.kind} {said.delivery}"


async def cell(row: dict[str, Any], gateway: str, at: dict[str, str]) -> Found:
    """What one row comes to with one gateway, with the row's own names."""
    async with Sandbox(**row.get("sandbox", {})) as sandbox:
        for fault in row.get("faults", []):
            script = dict(fault)
            sandbox.inject(script.pop("fault"), **script)
        settings = settings_of(row, sandbox.settings(gateway), at)
        message = text_message(to=row.get("to", text_message()["to"]), client_id="8770100")
        result: wamux.Receipt | wamux.WamuxError
        async with wamux.AsyncClient(gateway, **settings) as client:
            try:
                result = await client.send(message)
            except wamux.WamuxError as error:
                result = error
        return {
            "outcome": told(result) if isinstance(result, wamux.WamuxError) else result.status,
            "attempts": [told(attempt) for attempt in result.attempts],
            "requests": sandbox.counts.requests,
            "accepted": sandbox.counts.accepted,
        }


def gateways_of(row: dict[str, Any]) -> list[str]:
    return [row["gateway"]] if "gateway" in row else list(GATEWAYS)


async def all_cells() -> dict[tuple[str, str], Found]:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(row: dict[str, Any], gateway: str, at: dict[str, str]) -> tuple[tuple[str, str], Found]:
        async with room:
            return (row["name"], gateway), await cell(row, gateway, at)

    async with surroundings() as at:
        cells = [one(row, gateway, at) for row in ROWS for gateway in gateways_of(row)]
        return dict(await asyncio.gather(*cells))


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], Found]:
    """What all rows come to, since a retry takes its time."""
    return asyncio.run(all_cells())


@pytest.mark.parametrize(
    ("row", "gateway"),
    [pytest.param(row, gateway, id=f"{row['name']}-{gateway}") for row in ROWS for gateway in gateways_of(row)],
)
def test_the_matrix(row: dict[str, Any], gateway: str, found: dict[tuple[str, str], Found]) -> None:
    cell = found[row["name"], gateway]
    assert cell == {name: row[name] for name in cell}
    # What holds whatever a row says.
    assert cell["accepted"] <= 1 or any(attempt.endswith(" unknown") for attempt in cell["attempts"])
    if cell["outcome"] == "accepted":
        assert cell["accepted"] > 0
    elif cell["outcome"].endswith(" not_sent"):
        assert cell["accepted"] == 0
