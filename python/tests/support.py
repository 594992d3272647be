"""Sending by each kind of client, programs in processes of their own, and what may never be printed."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import wamux
from wamux import _coroutines

ROOT = Path(__file__).resolve().parents[2]
TESTS = Path(__file__).parent
PROGRAMS = TESTS / "programs"
GATEWAYS = wamux.GATEWAYS

NUMBER = "+79034567890"
TEXT = "Your code is 4711, dear Ada"
CLIENTS = ["sync", "async"]
# Long enough for a busy machine; a test that waits this long has failed.
PATIENCE = 30


def gateway_of(vector: dict[str, Any]) -> str:
    """The gateway that a vector's command line names."""
    arguments: list[str] = vector["args"]
    return arguments[arguments.index("--gateway") + 1]


def text_message(**members: object) -> dict[str, object]:
    """A message that every gateway can say."""
    return {"to": NUMBER, "type": "text", "text": {"body": TEXT}, **members}


def send(client: str, gateway: str, settings: Mapping[str, Any], message: Any = None) -> wamux.Receipt:
    """Sends by the blocking client or by the awaitable one."""
    message = text_message() if message is None else message
    if client == "sync":
        with wamux.Client(gateway, **settings) as blocking:
            return blocking.send(message)

    async def awaited() -> wamux.Receipt:
        async with wamux.AsyncClient(gateway, **settings) as awaitable:
            return await awaitable.send(message)

    return asyncio.run(awaited())


def environment(**variables: str) -> dict[str, str]:
    """The variables of this process without those that wamux and Python read."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAMUX_", "PYTHON"))}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONFAULTHANDLER": "1", **variables}


def run(
    arguments: list[str], stdin: str = "", cwd: Path | None = None, patience: float = PATIENCE, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Runs `python …` to its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
        cwd=cwd,
        env=environment(**variables),
    )


def run_program(name: str, *arguments: object, patience: float = PATIENCE) -> list[object]:
    """Runs `programs/<name>.py` to its end, which must be a good one; the lines that it wrote, read as JSON."""
    texts = [argument if isinstance(argument, str) else json.dumps(argument) for argument in arguments]
    # That a fork of a process with threads is dangerous is what Python 3.12 warns of, and what the tests are about.
    warnings = "ignore:This process:DeprecationWarning"
    program = [str(PROGRAMS / f"{name}.py"), *texts]
    done = run(program, patience=patience, PYTHONPATH=str(TESTS), PYTHONWARNINGS=warnings)
    assert done.returncode == 0, f"{name}: status {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def count_open(kind: str) -> int:
    """How many threads (`task`) or open files (`fd`) this process has."""
    return sum(1 for _ in Path("/proc/self", kind).iterdir())


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether a condition comes true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def cancelled_when_answered() -> Iterator[None]:
    """Awaited calls inside of this are cancelled in the moment of their answers."""
    original = _coroutines.run

    async def run(start: Any) -> Any:
        await original(start)
        raise asyncio.CancelledError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_coroutines, "run", run)
        yield
