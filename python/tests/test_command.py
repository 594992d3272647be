"""The command of the wheel: the same as the one of cargo, in the process of Python."""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
from importlib.metadata import version
from pathlib import Path

import pytest

from support import GATEWAYS, NUMBER, PATIENCE, ROOT, environment, run
from wamux.testing import Sandbox

SCRIPT = str(Path(sysconfig.get_path("scripts"), "wamux"))
WAYS = {"script": [SCRIPT], "module": [sys.executable, "-m", "wamux"]}
EITHER = pytest.mark.parametrize("way", WAYS)


def wamux(way: str, *arguments: str, stdin: str | bytes = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Runs the command to its end."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    command = [*WAYS[way], *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, timeout=PATIENCE, check=False, env=environment(**variables)
    )


def address(program: subprocess.Popen[bytes]) -> str:
    """Where a sandbox that just started serves: it writes a line a gateway."""
    assert program.stdout
    lines = [json.loads(program.stdout.readline()) for _ in GATEWAYS]
    assert sorted(line["gateway"] for line in lines) == sorted(GATEWAYS)
    scheme, _, host = lines[0]["base_url"].split("/")[:3]
    return f"{scheme}//{host}"


def start(way: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*WAYS[way], *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )


@EITHER
def test_version(way: str) -> None:
    done = wamux(way, "--version")
    assert (done.returncode, done.stdout.decode().strip()) == (0, f"wamux {version('wamux')}")


@EITHER
def test_help_names_the_command_and_not_the_interpreter(way: str) -> None:
    done = wamux(way, "--help")
    assert done.returncode == 0
    assert b"Usage: wamux" in done.stdout
    assert b"python" not in done.stdout.lower().split(b"commands")[0]


@EITHER
def test_exit_statuses_are_kept(way: str) -> None:
    good = wamux(way, "phone", "--region", "RU", "8 (903) 456-78-90")
    assert (good.returncode, json.loads(good.stdout)["e164"]) == (0, NUMBER)
    failed = wamux(way, "phone", "12")
    assert (failed.returncode, json.loads(failed.stdout)["error"]["code"]) == (1, "too_short")
    usage = wamux(way, "phone", "--nothing")
    assert (usage.returncode, usage.stdout) == (2, b"")
    assert b"--nothing" in usage.stderr
    assert wamux(way).returncode == 2


@EITHER
def test_lines_of_stdin(way: str) -> None:
    message = {"to": NUMBER, "type": "text", "text": {"body": "Привет 👋"}}
    lines = [json.dumps(message), "{", json.dumps(message, ensure_ascii=False)]
    done = wamux(way, "build", "--gateway", "devino-v2", "--from", "MyCompany", stdin="\n".join(lines))
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1
    assert [list(answer) for answer in answers] == [["requests", "warnings"], ["error"], ["requests", "warnings"]]
    assert answers[0] == answers[2]
    assert answers[0]["requests"][0]["body"]["text"]["body"] == "Привет 👋"


@EITHER
def test_bytes_that_are_no_text(way: str) -> None:
    done = wamux(way, "phone", stdin=b"\xff\xfe\n+79034567890\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [answer.get("e164") for answer in answers] == [None, NUMBER]


def test_an_argument_that_is_no_text() -> None:
    done = subprocess.run([SCRIPT, "phone", b"\xff"], capture_output=True, check=False, env=environment())
    assert done.returncode in {1, 2}
    assert b"Traceback" not in done.stderr
    assert b"panicked" not in done.stderr


@EITHER
def test_variables_are_settings(way: str) -> None:
    line = json.dumps({"to": NUMBER, "type": "text", "text": {"body": "Hi"}})
    done = wamux(way, "build", "--gateway", "devino-v2", stdin=line, WAMUX_FROM="MyCompany", WAMUX_API_KEY="hunter2")
    assert (done.returncode, b"hunter2" in done.stdout) == (0, False)
    assert json.loads(done.stdout)["requests"][0]["body"]["from"] == "MyCompany"


@EITHER
def test_a_reader_that_goes_away_ends_it_quietly(way: str) -> None:
    program = start(way, "phone", "--region", "RU")
    assert program.stdin and program.stdout and program.stderr
    program.stdin.write(b"8 903 456-78-90\n")
    program.stdin.flush()
    assert NUMBER.encode() in program.stdout.readline()
    program.stdout.close()
    try:
        # Far more than a pipe holds.
        for _ in range(100):
            program.stdin.write(b"8 903 456-78-90\n" * 1000)
        program.stdin.close()
    except BrokenPipeError:
        pass
    assert program.wait(PATIENCE) in {0, 1, -signal.SIGPIPE, 128 + signal.SIGPIPE}
    assert program.stderr.read() == b""
    program.stderr.close()


@EITHER
def test_answers_come_line_by_line(way: str) -> None:
    program = start(way, "phone")
    assert program.stdin and program.stdout and program.stderr
    for _ in range(3):
        program.stdin.write(b"+79034567890\n")
        program.stdin.flush()
        assert json.loads(program.stdout.readline())["e164"] == NUMBER
    program.stdin.close()
    assert program.wait(PATIENCE) == 0
    program.stdout.close()
    program.stderr.close()


@EITHER
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_sandbox(way: str, number: signal.Signals) -> None:
    program = start(way, "sandbox", "--port", "0")
    assert program.stdin and program.stdout and program.stderr
    try:
        with urllib.request.urlopen(f"{address(program)}/_sandbox") as answer:
            assert len(json.load(answer)["gateways"]) == len(GATEWAYS)
        program.send_signal(number)
        begun = time.monotonic()
        status = program.wait(PATIENCE)
        errors = program.stderr.read()
    finally:
        program.kill()
        program.wait()
        for stream in (program.stdin, program.stdout, program.stderr):
            stream.close()
    assert time.monotonic() - begun < 2
    assert b"Traceback" not in errors
    assert status in {0, 130, -number}


def test_ctrl_c_ends_a_command_that_reads() -> None:
    program = start("module", "phone")
    assert program.stdin and program.stdout
    program.stdin.write(b"+79034567890\n")
    program.stdin.flush()
    assert program.stdout.readline()
    program.send_signal(signal.SIGINT)
    _, errors = program.communicate(timeout=PATIENCE)
    assert program.returncode in {130, -signal.SIGINT}
    assert b"Traceback" not in errors


@EITHER
def test_send(way: str) -> None:
    sandbox = start(way, "sandbox", "--port", "0")
    assert sandbox.stdin and sandbox.stdout and sandbox.stderr
    try:
        base_url = f"{address(sandbox)}/devino"
        arguments = ["send", "--gateway", "devino-v2", "--base-url", base_url, "--from", "MyCompany"]
        done = wamux(way, *arguments, "--to", NUMBER, "--text", "Hi", WAMUX_API_KEY="sandbox-key")
        assert (done.returncode, list(json.loads(done.stdout))) == (0, ["receipt"])
        done = wamux(way, *arguments, "--to", NUMBER, "--text", "Hi", WAMUX_API_KEY="wrong")
        assert (done.returncode, json.loads(done.stdout)["error"]["kind"]) == (1, "authentication")
    finally:
        sandbox.kill()
        sandbox.wait()
        for stream in (sandbox.stdin, sandbox.stdout, sandbox.stderr):
            stream.close()


@pytest.mark.slow
@EITHER
def test_the_demo_sends_from_python_too(way: str) -> None:
    done = wamux(way, "demo", "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    for gateway in GATEWAYS:
        languages = {row["language"] for row in rows if row["gateway"] == gateway}
        assert "python" in languages
    assert all("delivered" in row["statuses"] for row in rows)
    table = wamux(way, "demo")
    assert table.returncode == 0
    assert b"python" in table.stdout


def test_the_demo_of_python_answers_each_line() -> None:
    with Sandbox() as sandbox:
        good = {"to": NUMBER, "type": "text", "text": {"body": "Hi"}}
        lines = [
            {"gateway": gateway, "settings": sandbox.settings(gateway), "message": message}
            for gateway in GATEWAYS
            for message in (good, {**good, "to": "12"}, good)
        ]
        given = "".join(json.dumps(line).replace('"from_"', '"from"') + "\n" for line in lines)
        done = run(["-m", "wamux.demo"], stdin=given)
        assert sandbox.counts.accepted == 2 * len(GATEWAYS)
    answers = [list(json.loads(line)) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert answers == [["receipt"], ["error"], ["receipt"]] * len(GATEWAYS)


def test_the_answers_are_those_of_the_other_command() -> None:
    binary = os.environ.get("WAMUX_BINARY", str(ROOT / "target/debug/wamux"))
    if shutil.which(binary) is None:
        pytest.skip(f"no command at {binary}; WAMUX_BINARY names another")
    for arguments in (["capabilities"], ["codes"], ["phone", "+79034567890"]):
        other = subprocess.run([binary, *arguments], capture_output=True, check=True, env=environment())
        assert wamux("script", *arguments).stdout == other.stdout


@EITHER
def test_it_listens_with_a_store_that_stays(way: str, tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'inbox.sqlite'}"
    program = start(way, "listen", "--gateway", "rapporto", "--port", "0", "--no-authentication", "--store", store)
    assert program.stdout
    try:
        url = json.loads(program.stdout.readline())["url"]
        with urllib.request.urlopen(url, b'[{"mtNum": "1", "status": 9}]', timeout=PATIENCE) as answer:
            assert answer.status == 200
        assert json.loads(program.stdout.readline())["event"]["status"] == "read"
    finally:
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0, errors
    assert (tmp_path / "inbox.sqlite").exists()
