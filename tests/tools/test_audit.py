"""Looking up weaknesses: clean, weak, and not looked up are told apart."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.audit import main

UNREACHED = (
    "Traceback (most recent call last):\n  File x\nrequests.exceptions.ConnectionError:"
    " HTTPSConnectionPool: Max retries exceeded with url: /v1/query"
)


@pytest.mark.parametrize(
    ("said", "code", "ends"),
    [
        ("No known vulnerabilities found", 0, 0),
        ("Found 1 known vulnerability in 1 package", 1, 1),
        (UNREACHED, 1, 2),
    ],
)
def test_what_pip_audit_says_is_one_of_three(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, code: int, ends: int
) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nprint({said!r}, file=sys.stderr)\nsys.exit({code})\n"
    )
    program.chmod(0o755)
    assert main(str(program)) == ends
    told = capsys.readouterr().out
    assert "requirements/run.txt" in told
    assert "requirements/test.txt" in told
    assert "Traceback" not in told
    assert ("not looked up" in told) == (ends == 2)
