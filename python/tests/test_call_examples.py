"""The examples of calls on the gateways' pages, against the sandbox."""

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

import wamux
from support import ROOT
from wamux.testing import Sandbox

DOCS = ROOT / "docs"
EXAMPLES: dict[str, list[dict[str, Any]]] = json.loads((DOCS / "calls/examples.json").read_text(encoding="utf-8"))
GROUPS = [(gateway, group["title"]) for gateway, groups in EXAMPLES.items() for group in groups]


def asked(sandbox: Sandbox, group: dict[str, Any]) -> dict[str, str]:
    """What an example needs is asked of the sandbox; the names that the example knows, and their values."""
    named: dict[str, str] = {}
    for request in group.get("before", []):
        body = json.dumps(request["body"])
        for name, value in named.items():
            body = body.replace(f'"${name}"', json.dumps(value))
        headers = {"Content-Type": "application/json", "WA-API-KEY": "sandbox-key"}
        posted = Request(sandbox.url + request["post"], body.encode(), headers)
        with urlopen(posted) as response:
            answer = json.load(response)
        if "as" in request:
            for step in request["at"].split("/")[1:]:
                answer = answer[int(step) if isinstance(answer, list) else step]
            named[request["as"]] = answer
    return named


@pytest.mark.parametrize(("gateway", "title"), GROUPS)
def test_an_example_of_calls_runs(gateway: str, title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [group] = [group for group in EXAMPLES[gateway] if group["title"] == title]
    page = (DOCS / f"gateways/{gateway}.md").read_text(encoding="utf-8")
    below = page.split(f"\n#### {title}\n")[1]
    found = re.search(r"^```python\n(.*?)^```", below, re.MULTILINE | re.DOTALL)
    assert found, "the example has no Python"
    shutil.copy(DOCS / "calls/photo.png", tmp_path)
    monkeypatch.chdir(tmp_path)
    with Sandbox() as sandbox, wamux.Client(gateway, **sandbox.settings(gateway)) as client:
        exec(compile(found[1], title, "exec"), {"client": client, **asked(sandbox, group)})
