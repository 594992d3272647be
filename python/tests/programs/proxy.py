"""A proxy for HTTP and SOCKS5 on a free port of loopback: `proxy.py [user:password]`.

It writes its port, and then a line for each connection: where it leads, or why it is refused.
"""

import asyncio
import sys

import pproxy  # type: ignore[import-untyped]  # has no types


async def main() -> None:
    user = f"#{sys.argv[1]}" if len(sys.argv) > 1 else ""
    proxy = pproxy.Server(f"http+socks5://127.0.0.1:0{user}")
    # Who was let in once is asked again.
    arguments = {"rserver": [], "verbose": lambda line: print(line, flush=True), "authtime": -1}
    server = await proxy.start_server(arguments)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
