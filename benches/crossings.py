"""What a call from Python costs: reads one request on stdin, answers with figures as JSON.

A request is `{"phones": [...], "messages": {name: {...}}, "seconds": s}`. The answer has `rates` (operations per second of
CPU time) and `weights` (the CPU time of an import and of a send, and memory, over those of a bare interpreter).
"""

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import time

import wamux
from timing import per_second
from wamux.message import (
    Action,
    Callback,
    Component,
    Currency,
    CurrencyParameter,
    DateTime,
    DateTimeParameter,
    Interactive,
    InteractiveMessage,
    InteractiveText,
    Language,
    PayloadParameter,
    Row,
    Section,
    Template,
    TemplateMessage,
    Text,
    TextHeader,
    TextMessage,
    TextParameter,
)

GATEWAY = "devino-v2"
IMPORTS = 15
SENDS = 300

SANDBOX = """
import sys
import wamux.testing
with wamux.testing.Sandbox() as sandbox:
    print(__import__("json").dumps(sandbox.settings("devino-v2")), flush=True)
    sys.stdin.read()
"""
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


def build_rate(message, seconds):
    def build():
        for _ in range(500):
            wamux.build_request(GATEWAY, message)

    return per_second(build, 500, seconds)


def made_and_built_rate(make, seconds):
    """From nothing to bytes: the classes are made anew for each message."""

    def build():
        for _ in range(200):
            wamux.build_request(GATEWAY, make())

    return per_second(build, 200, seconds)


def word(text):
    return TextParameter(text=text)


def make_text(document):
    return TextMessage(
        to=document["to"],
        from_=document["from"],
        callback=Callback(url=document["callback"]["url"]),
        text=Text(body=document["text"]["body"]),
    )


def make_template(document):
    header, body, reply, url = document["template"]["components"]
    currency, date_time = body["parameters"][2]["currency"], body["parameters"][3]["date_time"]
    words = [parameter["text"] for parameter in body["parameters"][:2]]
    return TemplateMessage(
        to=document["to"],
        from_=document["from"],
        callback=Callback(url=document["callback"]["url"]),
        template=Template(
            name=document["template"]["name"],
            language=Language(code=document["template"]["language"]["code"]),
            components=[
                Component(type="header", parameters=[word(header["parameters"][0]["text"])]),
                Component(
                    type="body",
                    parameters=[
                        *(word(text) for text in words),
                        CurrencyParameter(currency=Currency(**currency)),
                        DateTimeParameter(date_time=DateTime(**date_time)),
                    ],
                ),
                Component(
                    type="button",
                    sub_type="quick_reply",
                    index=0,
                    parameters=[PayloadParameter(payload=reply["parameters"][0]["payload"])],
                ),
                Component(type="button", sub_type="url", index=1, parameters=[word(url["parameters"][0]["text"])]),
            ],
        ),
    )


def make_list(document):
    part = document["interactive"]
    sections = [
        Section(title=section["title"], rows=[Row(**row) for row in section["rows"]])
        for section in part["action"]["sections"]
    ]
    return InteractiveMessage(
        to=document["to"],
        from_=document["from"],
        callback=Callback(url=document["callback"]["url"]),
        interactive=Interactive(
            type="list",
            header=TextHeader(text=part["header"]["text"]),
            body=InteractiveText(text=part["body"]["text"]),
            footer=InteractiveText(text=part["footer"]["text"]),
            action=Action(button=part["action"]["button"], sections=sections),
        ),
    )


MAKERS = {"text": make_text, "template": make_template, "list": make_list}


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


def send_microseconds(client):
    """The CPU time of this process for one awaited send; the sandbox is another process's."""

    async def send():
        for _ in range(SENDS):
            await client.send(to="+79034567890", text="Your code is 1234")

    asyncio.run(send())  # The first sends connect.
    start = time.process_time()
    asyncio.run(send())
    return (time.process_time() - start) / SENDS * 1e6


def main():
    request = json.load(sys.stdin)
    seconds = request["seconds"]
    phones = request["phones"]

    def read_phones():
        for phone in phones:
            wamux.normalize_phone(phone)

    rates = {"phone": per_second(read_phones, len(phones), seconds)}
    for name, document in request["messages"].items():
        make = MAKERS[name]
        message = make(document)
        # What is measured is the same message.
        assert wamux.build_request(GATEWAY, message) == wamux.build_request(GATEWAY, document)
        rates[f"{name} classes"] = build_rate(message, seconds)
        rates[f"{name} classes, made too"] = made_and_built_rate(lambda: make(document), seconds)
        rates[f"{name} dict"] = build_rate(document, seconds)
    imports = [cpu_of("import wamux") - cpu_of("pass") for _ in range(IMPORTS)]
    command = [sys.executable, "-c", SANDBOX]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sandbox:
        settings = sandbox.stdout.readline()
        memory = memory_of(SENDER, settings) - memory_of("")
        send = send_microseconds(wamux.AsyncClient(GATEWAY, **json.loads(settings)))
        sandbox.stdin.close()
    weights = {
        "import_milliseconds": statistics.median(imports) * 1000,
        "memory_megabytes": memory / 1e6,
        "awaited_send_microseconds": send,
    }
    json.dump({"rates": rates, "weights": weights}, sys.stdout)


if __name__ == "__main__":
    main()
