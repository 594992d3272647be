"""What the bare exchange costs on this machine: wrk, a client in C that sends the same bytes over and over and reads nothing of
the answers but where they end.

Reads the request that `sending.py` reads, and answers as it does.
"""

import json
import math
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_suffix(".lua")


def spent_on(request, at_once):
    environment = {
        **os.environ,
        "AUTHORIZATION": f"Key {request['settings']['api_key']}",
        "BODY": json.dumps(request["payload"], ensure_ascii=False, separators=(",", ":")),
    }
    seconds = math.ceil(request["seconds"])
    arguments = ["--threads", "1", "--connections", str(at_once), "--duration", f"{seconds}s", "--script", str(SCRIPT)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(["wrk", *arguments, request["url"]], env=environment, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "Non-2xx" not in told.stdout, told.stdout
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    sent = re.search(r"(\d+) requests in", told.stdout)
    assert sent, told.stdout
    return spent / int(sent[1]) * 1e6


def main():
    request = json.load(sys.stdin)
    json.dump({"wrk": {at_once: spent_on(request, at_once) for at_once in request["at_once"]}}, sys.stdout)


if __name__ == "__main__":
    main()
