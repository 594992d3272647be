"""A pool of forked workers, as Celery has it: `fork_pool.py settings`. Writes what each of three workers did."""

import json
import multiprocessing
import os
import sys

import wamux

WORKERS = 3
client = wamux.Client("devino-v2", **json.loads(sys.argv[1]))
context = multiprocessing.get_context("fork")
# Each worker takes part: a task ends only when all of them have one.
together = context.Barrier(WORKERS)


def task(number: int) -> tuple[int, str]:
    together.wait(timeout=20)
    receipt = client.send(to="+79034567890", text=f"Message {number}")
    return os.getpid(), receipt.status


if __name__ == "__main__":
    assert task.__module__ == "__main__"
    assert client.send(to="+79034567890", text="Before the fork").status == "accepted"
    with context.Pool(WORKERS) as pool:
        results = pool.map_async(task, range(WORKERS * 4), chunksize=1).get(timeout=25)
    pids = {pid for pid, _ in results}
    print(json.dumps({"workers": len(pids), "statuses": [status for _, status in results]}))
