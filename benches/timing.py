"""How fast something is, by the CPU time of this process."""

import time


def per_second(operation, count, seconds):
    """Runs `operation`, which does `count` things, for some time."""
    done = 0
    start = time.process_time()
    while True:
        operation()
        done += count
        spent = time.process_time() - start
        if spent >= seconds:
            return done / spent
