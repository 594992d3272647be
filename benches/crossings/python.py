"""What a call from Python costs: reads one request on stdin, answers with figures as JSON.

A request is `{"phones": [...], "messages": {name: {...}}, "seconds": s}`. The answer has `rates` (operations per second of
CPU time) and `weights` (import in seconds of CPU, memory in bytes).
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time

import wamux
import wamux.message
import wamux.testing

GATEWAY = "devino-v2"
IMPORTS = 15
SENDS = 300

# One process that imports, sends, and tells what it holds; the other only starts.
SENDER = """
import json, sys
import wamux
client = wamux.Client("devino-v2", **json.loads(sys.argv[1]))
client.send(to="+79034567890", text="Your code is 1234")
"""
MEMORY = """
print(open("/proc/self/statm").read().split()[1])
"""


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


def build_rate(message, seconds):
    def build():
        for _ in range(500):
            wamux.build_request(GATEWAY, message)

    return per_second(build, 500, seconds)


def construct_and_build_rate(document, seconds):
    """From nothing to bytes: the classes are made anew for each message."""
    make = constructor(wamux.message.parse(document))

    def build():
        for _ in range(200):
            wamux.build_request(GATEWAY, make())

    return per_second(build, 200, seconds)


def constructor(value):
    """Source code that makes an equal message, compiled."""
    return eval(compile(f"lambda: {source(value)}", "<message>", "eval"), vars(wamux.message))


def source(value):
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(source(item) for item in value) + "]"
    if type(value).__module__ == "wamux.message":
        names = [name for name in type(value).__match_args__ if name != "type" or "type" in arguments(type(value))]
        given = [(name, getattr(value, name)) for name in names]
        members = ", ".join(f"{name}={source(member)}" for name, member in given if member is not None)
        return f"{type(value).__name__}({members})"
    return repr(value)


def arguments(kind):
    """The names that a class takes."""
    return kind.__text_signature__ or ""


def cpu_of(code, *arguments):
    """The CPU time of a process of its own, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def memory_of(code, *arguments):
    """The memory of a process of its own at its end, in bytes."""
    command = [sys.executable, "-c", code + MEMORY, *arguments]
    pages = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(pages) * os.sysconf("SC_PAGESIZE")


def send_rate(client):
    """Sends one after the other, by the CPU time of this process without the sandbox's."""
    start = time.process_time()
    for _ in range(SENDS):
        client.send(to="+79034567890", text="Your code is 1234")
    return SENDS / (time.process_time() - start)


def main():
    request = json.load(sys.stdin)
    seconds = request["seconds"]
    phones = request["phones"]

    def read_phones():
        for phone in phones:
            wamux.normalize_phone(phone)

    rates = {"phone": per_second(read_phones, len(phones), seconds)}
    for name, document in request["messages"].items():
        rates[f"{name} (classes)"] = build_rate(wamux.message.parse(document), seconds)
        rates[f"{name} (classes, made)"] = construct_and_build_rate(document, seconds)
        rates[f"{name} (dict)"] = build_rate(document, seconds)
    imports = [cpu_of("import wamux") - cpu_of("pass") for _ in range(IMPORTS)]
    with wamux.testing.Sandbox() as sandbox:
        settings = json.dumps(sandbox.settings(GATEWAY))
        memory = memory_of(SENDER, settings) - memory_of("")
    weights = {"import_cpu_seconds": statistics.median(imports), "memory_bytes": memory}
    json.dump({"rates": rates, "weights": weights}, sys.stdout)


if __name__ == "__main__":
    main()
