"""The stubs, as both type checkers read them: a good program passes, and every bad line is found."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import TESTS

CASES = TESTS / "typing_cases"
pytestmark = pytest.mark.slow


def mypy(path: Path, folder: Path) -> list[tuple[int, str]]:
    """The errors, by line."""
    copied = shutil.copy(path, folder)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--show-traceback"]
    # Without the project's own configuration, as in a user's project, and with its imports from the installed wheel.
    command += ["--config-file", "", "--cache-dir", str(folder / "cache"), str(copied)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    found = re.findall(r"^[^:\n]+:(\d+): error: (.*)$", done.stdout, re.MULTILINE)
    return [(int(line), text) for line, text in found]


def pyright(path: Path, folder: Path) -> list[tuple[int, str]]:
    """The errors, by line."""
    shutil.copy(path, folder)
    configuration = {"typeCheckingMode": "strict", "include": [path.name], "reportUnusedExpression": False}
    (folder / "pyrightconfig.json").write_text(json.dumps(configuration))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    diagnostics = json.loads(done.stdout)["generalDiagnostics"]
    return [
        (found["range"]["start"]["line"] + 1, found["message"]) for found in diagnostics if found["severity"] == "error"
    ]


CHECKERS = {"mypy": mypy, "pyright": pyright}


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_good_program_passes(checker: str, tmp_path: Path) -> None:
    assert CHECKERS[checker](CASES / "good.py", tmp_path) == []


@pytest.mark.parametrize("checker", CHECKERS)
def test_every_bad_line_is_found_and_no_other(checker: str, tmp_path: Path) -> None:
    lines = (CASES / "bad.py").read_text().splitlines()
    expected = {number for number, line in enumerate(lines, 1) if line.endswith("# error")}
    errors = dict(CHECKERS[checker](CASES / "bad.py", tmp_path))
    missed = [lines[number - 1] for number in sorted(expected - set(errors))]
    added = [f"{lines[number - 1]}: {errors[number]}" for number in sorted(set(errors) - expected)]
    assert (missed, added) == ([], [])
    assert len(expected) > 40
