"""What an import costs and brings: little, and all of it documented."""

import doctest
import importlib
import inspect
import json
import pkgutil
from importlib.metadata import metadata, version
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import wamux
from support import ROOT, run

MODULES = ["wamux", *(f"wamux.{found.name}" for found in pkgutil.iter_modules(wamux.__path__))]
# Each takes longer to import than all of wamux may take.
HEAVY = ["asyncio", "dataclasses", "enum", "inspect", "json", "logging", "re", "ssl", "subprocess", "typing"]


def public(module: ModuleType) -> list[str]:
    return [name for name in getattr(module, "__all__", dir(module)) if not name.startswith("_")]


def test_an_import_is_light() -> None:
    # A bare interpreter: nothing but wamux brings modules in.
    program = """
import sys
sys.path.insert(0, sys.argv[1])
before = set(sys.modules)
import wamux, wamux.call, wamux.message
print(sorted(set(sys.modules) - before))
"""
    done = run(["-I", "-S", "-c", program, str(Path(wamux.__path__[0]).parent)])
    assert done.returncode == 0, done.stderr
    added = {name.partition(".")[0] for name in json.loads(done.stdout.replace("'", '"'))}
    assert added & set(HEAVY) == set()


def test_an_import_starts_nothing() -> None:
    done = run(["-c", "import os, wamux, wamux.message\nprint(len(os.listdir('/proc/self/task')))"])
    assert done.stdout == "1\n", done.stderr


def test_pure_functions_start_nothing() -> None:
    program = """
import os, wamux
wamux.normalize_phone("+79034567890")
wamux.build_request("rapporto", {"to": "+79034567890", "type": "text", "text": {"body": "x"}})
wamux.Client("devino-v2", api_key="x")
print(len(os.listdir("/proc/self/task")))
"""
    done = run(["-c", program])
    assert done.stdout == "1\n", done.stderr


def test_an_import_gives_no_warning() -> None:
    done = run(
        ["-W", "error", "-X", "dev", "-c", "import wamux, wamux.call, wamux.event, wamux.message, wamux.testing"]
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_version() -> None:
    assert wamux.__version__ == version("wamux")
    assert metadata("wamux")["Requires-Python"] == ">=3.10"


@pytest.mark.parametrize("name", MODULES)
def test_every_module_can_be_imported_and_says_what_it_is(name: str) -> None:
    if name == "wamux.__main__":
        return
    module = importlib.import_module(name)
    assert name.rpartition(".")[2].startswith("_") or module.__doc__


def test_all_names_are_there() -> None:
    for name in ("wamux", "wamux.call", "wamux.event", "wamux.message", "wamux.testing"):
        module = importlib.import_module(name)
        assert list(module.__all__) == sorted(set(module.__all__), key=str.lower) or module.__all__
        for public_name in public(module):
            assert hasattr(module, public_name)
    for expected in ("Client", "AsyncClient", "build_request", "validate_payload", "parse_webhook", "parse_response"):
        assert expected in wamux.__all__


def documented(module: ModuleType) -> list[tuple[str, Any]]:
    """The public classes and functions of a module, and their public members."""
    found: list[tuple[str, Any]] = []
    for name in public(module):
        value = getattr(module, name)
        if not (inspect.isclass(value) or callable(value)):
            continue
        found.append((f"{module.__name__}.{name}", value))
        if inspect.isclass(value):
            for member, inner in vars(value).items():
                if not member.startswith("_") and (callable(inner) or inspect.isdatadescriptor(inner)):
                    found.append((f"{module.__name__}.{name}.{member}", inner))
    return found


@pytest.mark.parametrize("name", ["wamux", "wamux.call", "wamux.event", "wamux.message", "wamux.testing"])
def test_everything_public_is_documented(name: str) -> None:
    module = importlib.import_module(name)
    assert [item for item, value in documented(module) if not (getattr(value, "__doc__", "") or "").strip()] == []


@pytest.mark.parametrize("name", ["wamux", "wamux.call", "wamux.event", "wamux.message", "wamux.testing"])
def test_the_examples_run(name: str) -> None:
    module = importlib.import_module(name)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    examples = 0
    for item, value in [(name, module), *documented(module)]:
        test = parser.get_doctest(value.__doc__ or "", {}, item, None, None)
        examples += len(test.examples)
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0
    assert examples > 0


def test_generated_files_are_fresh() -> None:
    done = run([str(ROOT / "bindings/python/generate.py"), "--check"], cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
