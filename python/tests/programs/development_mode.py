"""Sends where Python and asyncio look closely, and a warning is an error: `development_mode.py settings`."""

import asyncio
import gc
import json
import os
import sys
import warnings

import wamux

SETTINGS = json.loads(sys.argv[1])
MESSAGE = {"to": "+79034567890", "type": "text", "text": {"body": "Hi"}}


async def send() -> str:
    async with wamux.AsyncClient("devino-v2", **SETTINGS) as client:
        return (await client.send(MESSAGE)).status


def main() -> None:
    if not sys.flags.dev_mode:
        os.execv(sys.executable, [sys.executable, "-X", "dev", "-W", "error", *sys.argv])
    warnings.simplefilter("error")
    for _ in range(2):
        print(json.dumps(asyncio.run(send(), debug=True)))
        with wamux.Client("devino-v2", **SETTINGS) as client:
            print(json.dumps(client.send(MESSAGE).status))
        gc.collect()


if __name__ == "__main__":
    main()
