"""Sends for `wamux demo`: reads one JSON line a message and answers with its receipt or error."""

import json
import sys

from wamux import Client, WamuxError


def main() -> None:
    """Answer each line, in order, until the input ends."""
    clients: dict[str, Client] = {}
    for line in sys.stdin:
        job = json.loads(line)
        try:
            # The settings of a gateway stay the same while the demo runs.
            client = clients.get(job["gateway"])
            if client is None:
                client = clients[job["gateway"]] = Client(job["gateway"], **job["settings"])
            answer = {"receipt": client.send(job["message"]).to_dict()}
        except WamuxError as error:
            answer = {"error": error.to_dict()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
