"""No command tells what is hidden; a new one must be told here."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from annotator import cli
from tests.workspace.blindness.scene import Scene, leaks

COMMANDS: dict[str, list[str]] = {
    "check": [],
    "codebook": ["-o", "-"],
    "export": ["-o", "-"],
    "history": [],
    "info": [],
    "search": ["discussed OR hush OR psst OR sssh"],
    "picture": ["0", "-o", "{folder}/picture.svg"],
    "agreement": [],
    "report": ["-o", "{folder}/report.html"],
}
"""Commands that read, with what they are given; a command that is not here must be below."""
NOT_READING = {
    *("open", "new", "import", "merge", "handoff", "team", "demo", "seeds"),
    *("backup", "restore", "repair", "convert", "formats"),
}
"""Open the window, write, tell of no layer, or work on whole files as copying them would."""


def subcommands() -> set[str]:
    parser = cli._parser()
    (found,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return set(found.choices)


def test_every_command_is_tried_here() -> None:
    assert subcommands() <= COMMANDS.keys() | NOT_READING


@pytest.mark.parametrize("who", [None, "Bo"])
@pytest.mark.parametrize("command", sorted(COMMANDS.keys() & subcommands()))
def test_no_command_tells_what_is_hidden(
    scene: Scene,
    command: str,
    who: str | None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [word.format(folder=tmp_path) for word in COMMANDS[command]]
    if command == "picture":
        words[0] = str(scene.article)
    asking = ["--analyst", who] if who else []
    cli.main([command, str(scene.path), *words, *asking])
    out, err = capsys.readouterr()
    files = "".join(
        p.read_text("utf-8") for p in tmp_path.iterdir() if p.suffix in (".svg", ".html")
    )
    assert leaks(scene, out + err + files) == []
    assert "Ada: 1 statement" not in out


@pytest.mark.parametrize("layer", ["Ada", "gold"])
def test_a_layer_that_is_asked_for_is_refused(
    scene: Scene, layer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "x.svg")
    words = ["picture", str(scene.path), str(scene.article), "-o", file, "--layer", layer]
    assert cli.main([*words, "--analyst", "Bo"]) == 1
    assert "hidden" in capsys.readouterr().err
    export = ["export", str(scene.path), "-o", "-", "--layer", layer]
    assert cli.main(export) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "until you say who is looking with --analyst NAME" in said.err
    assert cli.main([*export, "--analyst", "Bo"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert f"Nothing of the layer “{layer}” can be shown" in said.err


def test_whose_eyes_must_be_somebody(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["info", str(scene.path), "--analyst", "Eve"]) == 1
    assert "No analyst is called Eve" in capsys.readouterr().err
