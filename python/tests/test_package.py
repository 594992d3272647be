"""The wheel: what is in it, what it asks for, and that it works in an empty environment.

The wheel is the one that WAMUX_WHEEL names; what is installed can come from another build.
"""

import email
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

from support import GATEWAYS, ROOT, environment
from wamux.testing import Sandbox

WHEEL = Path(os.environ.get("WAMUX_WHEEL", ""))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not WHEEL.is_file(), reason="WAMUX_WHEEL names no wheel"),
]
# What a library of Python may link against on Linux; anything else is missing on somebody's machine.
LIBRARIES = {
    "libc.so.6",
    "libm.so.6",
    "libgcc_s.so.1",
    "libpthread.so.0",
    "libdl.so.2",
    "librt.so.1",
    "ld-linux-x86-64.so.2",
}


@pytest.fixture(scope="module")
def wheel() -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(WHEEL) as opened:
        yield opened


def read(wheel: zipfile.ZipFile, ending: str) -> str:
    (name,) = (name for name in wheel.namelist() if name.endswith(ending))
    return wheel.read(name).decode()


def test_the_tag_is_that_of_the_oldest_python(wheel: zipfile.ZipFile) -> None:
    found = re.fullmatch(r"wamux-(?P<version>[^-]+)-cp3(?P<minor>\d+)-abi3-(?P<platform>\w+)\.whl", WHEEL.name)
    assert found, WHEEL.name
    about = email.message_from_string(read(wheel, ".dist-info/METADATA"))
    assert about["Requires-Python"] == f">=3.{found['minor']}"
    assert about["Version"] == found["version"]
    assert f"Tag: cp3{found['minor']}-abi3-{found['platform']}" in read(wheel, ".dist-info/WHEEL")


def test_what_it_says_of_itself(wheel: zipfile.ZipFile) -> None:
    about = email.message_from_string(read(wheel, ".dist-info/METADATA"))
    assert about["Name"] == "wamux"
    assert about["Summary"]
    assert about["License-Expression"] == "Apache-2.0 OR MIT"
    assert about["Description-Content-Type"].startswith("text/markdown")
    assert "wamux" in str(about.get_payload())
    # Nothing else is installed with it.
    assert about.get_all("Requires-Dist") is None
    assert any(classifier.startswith("Typing :: Typed") for classifier in about.get_all("Classifier", []))


def test_licences(wheel: zipfile.ZipFile) -> None:
    about = email.message_from_string(read(wheel, ".dist-info/METADATA"))
    files = about.get_all("License-File", [])
    assert {"LICENSE-APACHE", "LICENSE-MIT"} <= set(files)
    for name in files:
        assert any(entry.endswith(f".dist-info/licenses/{name}") for entry in wheel.namelist())


def test_entry_points(wheel: zipfile.ZipFile) -> None:
    entries = ConfigParser()
    entries.read_string(read(wheel, ".dist-info/entry_points.txt"))
    assert list(entries["console_scripts"]) == ["wamux"]
    assert len(entries["pytest11"]) == 1


def test_no_stray_files(wheel: zipfile.ZipFile) -> None:
    allowed = re.compile(r"wamux/([\w/]+\.pyi?|py\.typed|_native\.abi3\.so)|wamux-[\d.]+\.dist-info/.+")
    names = wheel.namelist()
    assert [name for name in names if not allowed.fullmatch(name)] == []
    assert [name for name in names if re.search(r"(^|/)test_|/tests/|__pycache__|\.rs$|Cargo", name)] == []
    for needed in ("wamux/py.typed", "wamux/__init__.py", "wamux/_native.pyi", "wamux/_native.abi3.so"):
        assert needed in names
    sources = {f"wamux/{path.relative_to(ROOT / 'python/wamux')}" for path in (ROOT / "python/wamux").rglob("*.py*")}
    sources = {name for name in sources if not name.endswith((".pyc", ".so"))}
    assert sources <= set(names)


def test_size(wheel: zipfile.ZipFile, record_property: Callable[[str, object], None]) -> None:
    unpacked = sum(entry.file_size for entry in wheel.infolist())
    record_property("wheel bytes", WHEEL.stat().st_size)
    print(f"\n{WHEEL.name}: {WHEEL.stat().st_size / 1e6:.1f} MB, unpacked {unpacked / 1e6:.1f} MB")
    # The project's metadata of phone numbers and the engine are in there: an empty library is none.
    assert unpacked > 1_000_000


def test_what_the_library_links_against(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    readelf = shutil.which("readelf")
    if readelf is None:
        pytest.skip("no readelf here")
    library = wheel.extract("wamux/_native.abi3.so", tmp_path)
    done = subprocess.run([readelf, "-d", library], capture_output=True, text=True, check=True)
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", done.stdout))
    assert needed
    assert needed <= LIBRARIES


class Clean:
    """An environment with nothing but the wheel in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "environment/bin/python"
        subprocess.run([sys.executable, "-m", "venv", folder / "environment"], check=True)
        self.run("-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", str(WHEEL))

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [self.python, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=environment(**variables),
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Clean:
    return Clean(tmp_path_factory.mktemp("clean"))


def test_nothing_else_is_there(clean: Clean) -> None:
    listed = json.loads(clean.run("-m", "pip", "list", "--format", "json", "--disable-pip-version-check").stdout)
    assert {package["name"] for package in listed} - {"pip", "setuptools"} == {"wamux"}


def test_it_runs_the_demo(clean: Clean) -> None:
    script = clean.python.with_name("wamux")
    done = subprocess.run([script, "demo", "--json"], capture_output=True, text=True, check=False, cwd=clean.folder)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["gateway"] for row in rows if row["language"] == "python"} == set(GATEWAYS)


def test_it_runs_as_a_module_wherever_it_stands(clean: Clean) -> None:
    assert "wamux" in clean.run("-I", "-m", "wamux", "--version").stdout


def test_modules_for_other_packages_do_not_need_them(clean: Clean) -> None:
    clean.run("-W", "error", "-c", "import wamux, wamux.call, wamux.message, wamux.errors, wamux.testing")


def test_the_lines_of_the_readme_run(clean: Clean) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert blocks, "the README has no Python"
    with Sandbox() as sandbox:
        settings = sandbox.settings("devino-v2")
        variables = {f"WAMUX_{name.rstrip('_').upper()}": str(value) for name, value in settings.items()}
        for block in blocks:
            # The sandbox stands for the gateway that the README names: nothing leaves this machine.
            local = re.sub(r'Client\(("[\w-]+")[^)]*\)', r"Client.from_environment(\1)", block)
            assert "api_key" not in local
            clean.run("-W", "error", "-c", local, **variables)
        assert sandbox.counts.accepted > 0
