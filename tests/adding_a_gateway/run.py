"""Follows "Adding a gateway" of CONTRIBUTING.md for a small sample gateway, and fails where it takes more.

    python3 tests/adding_a_gateway/run.py

The work tree is copied below `target/`, `files/` is laid over the copy, and the lines of `lines.json` go below those
that they name. Then the copy's schemas, tables, lints, tests and commands have to know the gateway.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FILES = HERE / "files"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
COPY = TARGET / "adding/copy"
ENVIRONMENT = {
    **os.environ,
    # What the copy's crates depend on is built already; its own programs stay out of the way of the outer ones.
    "CARGO_BUILD_BUILD_DIR": str(TARGET),
    "CARGO_TARGET_DIR": str(TARGET / "adding/built"),
    "CARGO_INCREMENTAL": "0",
    "RUST_BACKTRACE": "0",
}
# How much of a failed command's output is shown.
SHOWN_LINES = 60


def fail(words: str) -> NoReturn:
    """Ends the test."""
    sys.exit(f"adding a gateway: {words}")


def run(*command: str, folder: Path = COPY) -> str:
    """Runs a command and gives its output; a failure ends the test."""
    begin = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).splitlines()[-SHOWN_LINES:]
        fail("\n".join([f"`{' '.join(command)}` ended with {done.returncode} in {folder}:", *lines]))
    if folder == COPY:
        print(f"  {time.monotonic() - begin:5.1f} s  {' '.join(command)}", flush=True)
    return done.stdout


def listed(*arguments: str) -> list[str]:
    """What git says of the outer tree, without the line ends."""
    return run("git", *arguments, "-z", folder=ROOT).split("\0")


def copy() -> None:
    """Copies the work tree as it is. Times are kept, so that what did not change is not built again."""
    shutil.rmtree(COPY, ignore_errors=True)
    for name in filter(None, listed("ls-files", "--cached", "--others", "--exclude-standard")):
        source = ROOT / name
        # A file that was deleted is listed until that is committed.
        if source.is_file() and HERE not in source.parents:
            place(source, name)
    # Cargo tells two packages of one name apart by their versions alone, wherever their workspaces are.
    rewrite("Cargo.toml", '\nversion = "', '\nversion = "100')


def place(source: Path, name: str) -> None:
    """Copies one file into the copy."""
    target = COPY / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def rewrite(name: str, old: str, new: str) -> None:
    """Replaces what stands once in a file of the copy, which then is as old as what it was made from."""
    path = COPY / name
    text = path.read_text()
    count = text.count(old)
    if count != 1:
        fail(f"{name} has {old.strip()!r} {count} times, and should have it once")
    newest = max(source.stat().st_mtime for source in (path, Path(__file__), HERE / "lines.json"))
    path.write_text(text.replace(old, new))
    os.utime(path, (newest, newest))


def add() -> None:
    """Does what CONTRIBUTING.md says: new files, and single lines in lists."""
    for source in sorted(path for path in FILES.rglob("*") if path.is_file()):
        name = source.relative_to(FILES).as_posix()
        if (COPY / name).exists():
            fail(f"{name} is there already: a gateway brings new files alone")
        place(source, name)
    for line in json.loads((HERE / "lines.json").read_text()):
        below = f"\n{line['below']}\n"
        rewrite(line["file"], below, f"{below}{line['line']}\n")


def generate() -> None:
    """The first half of `make generate`, and the Python types, which need no tools."""
    for example in ("schemas", "tables"):
        run("cargo", "run", "--quiet", "--offline", "-p", "wamux-engine", "--example", example)
    run(sys.executable, "bindings/python/generate.py")
    for name, words in {
        "core/engine/schemas/message.schema.json": "SampleOptions",
        "docs/gateways.md": "[`sample`](gateways/sample.md)",
        "docs/gateways/sample.md": "500",
        "python/wamux/message.py": "SampleOptions",
    }.items():
        if words not in (COPY / name).read_text():
            fail(f"{name} was made anew and has no `{words}`")


def check() -> None:
    """Formatting, lints and tests."""
    ours = ("-p", "wamux-engine", "-p", "wamux-sandbox")
    run("cargo", "fmt", *ours, "--check")
    run("cargo", "clippy", "--quiet", "--offline", *ours, "--", "-D", "warnings")
    test = ("cargo", "test", "--quiet", "--offline")
    run(*test, "-p", "wamux-engine", "--lib", "--test", "generated")
    run(*test, "-p", "wamux-engine", "--doc", "sample")
    run(*test, "-p", "wamux", "--test", "codes", "--test", "round_trip")
    # Those of the command's tests that go through every gateway.
    names = ("vectors", "pages", "commands", "network", "sandbox", "secrets", "usage")
    run(*test, "-p", "wamux-cli", *(word for name in names for word in ("--test", name)))
    told = run(*test, "-p", "wamux-cli", "--test", "vectors", "--", "--list").splitlines()
    for folder in ("build", "validate", "decode", "events"):
        if f"{folder}/sample.json: test" not in told:
            fail(f"no test runs the vectors of {folder}/sample.json")


def ask() -> None:
    """The commands that speak of every gateway speak of this one."""
    wamux = ("cargo", "run", "--quiet", "--offline", "-p", "wamux-cli", "--")
    gateways = [json.loads(line) for line in run(*wamux, "capabilities").splitlines()]
    sample = [gateway for gateway in gateways if gateway["gateway"] == "sample"]
    if [gateway["sends"] for gateway in sample] != [["text"]]:
        fail(f"`wamux capabilities` should say once that the sample sends texts, and says {sample}")
    rows = [row for row in run(*wamux, "demo").splitlines() if "sample" in row]
    if len(rows) != 1 or not all(word in rows[0] for word in ("text", "accepted", "delivered", "read")):
        fail(f"`wamux demo` should have one row of the sample's text, accepted, delivered and read, and has {rows}")
    print(rows[0])


def main() -> None:
    """Adds the gateway, and sees whether all follows."""
    before = listed("status", "--porcelain")
    print(f"Adding a gateway to a copy in {COPY}")
    copy()
    add()
    generate()
    check()
    ask()
    if listed("status", "--porcelain") != before:
        fail("the outer tree changed meanwhile")


if __name__ == "__main__":
    main()
