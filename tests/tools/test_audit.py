"""Looking up weaknesses: clean, weak, and not looked up are told apart."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tools import audit
from tools.advisories import Looked, look_up

UNREACHED = (
    "Traceback (most recent call last):\n  File x\nrequests.exceptions.ConnectionError:"
    " HTTPSConnectionPool: Max retries exceeded with url: /v1/query"
)


def saying(tmp_path: Path, said: str, code: int) -> str:
    program = tmp_path / "pip-audit"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nprint({said!r}, file=sys.stderr)\nsys.exit({code})\n"
    )
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize(
    ("said", "code"),
    [("No known vulnerabilities found", 0), ("Found 1 known vulnerability in 1 package", 1)],
)
def test_what_pip_audit_finds_is_passed_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, code: int
) -> None:
    assert audit.main(saying(tmp_path, said, code)) == code
    told = capsys.readouterr().out
    assert f"requirements/run.txt: {said}" in told
    assert f"requirements/test.txt: {said}" in told


@pytest.mark.parametrize(
    ("found", "ends", "told"),
    [
        (Looked(sound=["a 1"]), 0, "no weakness known: 1"),
        (Looked(sound=["a 1"], older=["b 1 (newest: 2)"]), 2, "not looked up, not the newest"),
        (Looked(weak=["c 1: X-1"], older=["b 1 (newest: 2)"]), 1, "weak: c 1: X-1"),
        (ConnectionRefusedError(), 2, "neither a list of weaknesses nor the index answers"),
        (KeyError("info"), 2, "neither a list of weaknesses nor the index answers"),
    ],
)
def test_where_it_gets_no_answer_the_index_is_asked(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    found: Looked | Exception,
    ends: int,
    told: str,
) -> None:
    def asked(_pins: Path) -> Looked:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(audit, "look_up", asked)
    assert audit.main(saying(tmp_path, UNREACHED, 1)) == ends
    said = capsys.readouterr().out
    assert told in said
    assert "Traceback" not in said


def test_a_page_tells_of_the_newest_release_only(tmp_path: Path) -> None:
    pages: dict[str, Any] = {
        "sound": {"info": {"version": "1.0"}, "vulnerabilities": []},
        "weak": {
            "info": {"version": "2.0"},
            "vulnerabilities": [{"id": "X-1", "withdrawn": None}, {"id": "X-2"}],
        },
        "withdrawn": {
            "info": {"version": "3"},
            "vulnerabilities": [{"id": "X-3", "withdrawn": "2026-01-01"}],
        },
        "older": {"info": {"version": "5"}, "vulnerabilities": []},
    }
    pins = tmp_path / "run.txt"
    pins.write_text(
        "# made\nsound==1.0 ; python_version < '4' \\\n    --hash=sha256:aa\nweak==2.0\n"
        "withdrawn==3\nolder==4\n"
    )
    assert look_up(pins, pages.__getitem__) == Looked(
        sound=["sound 1.0", "withdrawn 3"],
        weak=["weak 2.0: X-1, X-2"],
        older=["older 4 (newest: 5)"],
    )
