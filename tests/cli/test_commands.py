"""Each command of the command line, called in this process."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from annotator import __version__, cli, paths
from annotator.cli import main
from annotator.store.driver import sqlite3
from annotator.workspace import Workspace
from tests.workshop import (
    SEED_000,
    SEED_002,
    add_article,
    mark,
    seeds_project,
    small_project,
    start,
)

SEEDS = [str(paths.seeds() / name) for name in (SEED_000, SEED_002)]
JSON = Path(__file__).parents[1] / "formats" / "small.json"


@pytest.fixture
def project(tmp_path: Path) -> str:
    seeds_project(tmp_path).close()
    return str(tmp_path / "seeds.annotator")


class Said:
    """Runs commands and tells what they said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        """Standard output, or standard error when the command is to fail."""
        assert main(words) == code
        out, err = self.capsys.readouterr()
        if code == 0:
            assert err == ""
            return out
        return err

    def refused(self, *words: str) -> str:
        """The one sentence of a command that cannot be done."""
        sentence = self(*words, code=1)
        assert sentence.startswith("annotator: ")
        assert sentence.endswith(".\n")
        assert sentence.count("\n") == 1
        return sentence

    def misunderstood(self, *words: str) -> str:
        with pytest.raises(SystemExit) as caught:
            main(words)
        assert caught.value.code == 2
        return self.capsys.readouterr().err


@pytest.fixture
def annotator(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Typed by Ada, whose project it is."""
    monkeypatch.setattr(cli, "me", lambda: "Ada")
    return Said(capsys)


# new


def test_new_makes_an_empty_project(annotator: Said, tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    assert "is ready; bring in articles with" in annotator("new", str(path), "--analyst", "Ada")
    with Workspace.open(path) as workspace:
        assert [a.name for a in workspace.analysts()] == ["Ada"]
        assert workspace.articles() == []
    assert list(tmp_path.iterdir()) == [path]


def test_new_with_a_codebook_also_one_from_notepad(annotator: Said, tmp_path: Path) -> None:
    path, toml = tmp_path / "p.annotator", tmp_path / "own.toml"
    default = paths.resources() / "codebooks" / "statements.toml"
    text = default.read_text(encoding="utf-8").replace("Statements in the news", "Own", 1)
    toml.write_text(text, encoding="utf-8-sig")
    annotator("new", str(path), "--codebook", str(toml))
    with Workspace.open(path) as workspace:
        assert workspace.codebook.name == "Own"


def test_new_refuses(annotator: Said, tmp_path: Path) -> None:
    there, toml = tmp_path / "there.annotator", tmp_path / "bad.toml"
    there.touch()
    assert "exists already" in annotator.refused("new", str(there))
    assert "ends in .annotator" in annotator.refused("new", str(tmp_path / "p.db"))
    assert "cannot be created" in annotator.refused("new", str(tmp_path / "no" / "p.annotator"))
    new = str(tmp_path / "p.annotator")
    assert "cannot be read" in annotator.refused("new", new, "--codebook", str(tmp_path / "no"))
    toml.write_bytes(b"name = '\xff'")
    assert "is not UTF-8" in annotator.refused("new", new, "--codebook", str(toml))
    toml.write_text("name = 5", encoding="utf-8")
    assert "bad.toml is not a codebook" in annotator.refused("new", new, "--codebook", str(toml))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["bad.toml", "there.annotator"]


# import


def test_import_takes_texts(annotator: Said, tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    annotator("new", str(path))
    lines = annotator("import", str(path), *SEEDS).splitlines()
    assert [line.split(":")[0] for line in lines] == [SEED_000, SEED_002]
    with Workspace.open(path) as workspace:
        assert len(workspace.articles()) == 2
    assert list(tmp_path.iterdir()) == [path]


def test_import_takes_annotator_json_once(annotator: Said, tmp_path: Path) -> None:
    path, by = str(tmp_path / "p.annotator"), ("--analyst", "Cid")  # the file has an Ada
    annotator("new", path, *by)
    words = ("import", path, str(JSON), *by)
    assert annotator(*words) == "small.json: 1 new article, 4 new marks\n"
    assert annotator(*words) == "small.json: nothing new\n"


def test_import_goes_on_after_a_file_that_cannot_be_taken(
    annotator: Said, project: str, tmp_path: Path
) -> None:
    good = tmp_path / "good.txt"
    good.write_text("Lavrov said no.\n", encoding="utf-8")
    missing = str(tmp_path / "missing.txt")
    said = annotator("import", project, SEEDS[0], missing, str(good), code=1)
    first, second = said.splitlines()
    assert first.startswith("annotator: missing.txt in ")
    assert second == "1 article in; 1 duplicate left out; 1 not read."
    with Workspace.open(Path(project)) as workspace:
        assert len(workspace.articles()) == 3


@pytest.mark.parametrize(
    "data",
    [
        JSON.read_bytes().replace("“Not now,”".encode(), "“Not yet,”".encode()),
        JSON.read_bytes()[:3000],
        JSON.read_text(encoding="utf-8").encode("utf-16"),
        b'{"some": "other program\'s"}',
        b"",
    ],
)
def test_import_names_the_file_that_is_wrong(
    annotator: Said, project: str, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "work.json"
    file.write_bytes(data)
    assert "work.json" in annotator.refused("import", project, str(file))
    with Workspace.open(Path(project)) as workspace:
        assert len(workspace.articles()) == 2


# export


def test_export_writes_the_project(annotator: Said, project: str, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    assert annotator("export", project, "-o", str(file)) == f"{file}: 2 articles, 0 marks\n"
    assert len(json.loads(file.read_bytes())["articles"]) == 2


def test_export_goes_to_exports_unless_told(
    annotator: Said, project: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    annotator("export", project)
    assert (tmp_path / "exports" / "seeds.json").is_file()
    (tmp_path / "there").mkdir()
    assert "there/seeds.json" in Path(annotator("export", project, "-o", "there")).as_posix()
    assert (tmp_path / "there" / "seeds.json").is_file()


def test_export_to_standard_output(
    project: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "out.json"
    main(["export", project, "-o", str(file)])
    capsysbinary.readouterr()
    assert main(["export", project, "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == file.read_bytes()


def test_export_of_some_articles_and_one_layer(annotator: Said, tmp_path: Path) -> None:
    path, file = tmp_path / "p.annotator", tmp_path / "out.json"
    with small_project(path) as workspace:
        mark(workspace, "claim", (0, 3))
        with Workspace.open(path, "Bo") as bo:
            mark(bo, "claim", (0, 5))
        other = add_article(workspace, "Another text.", "Another")
    for name in (str(other.id), "Another", "another", "anot"):
        annotator("export", str(path), "-o", str(file), "--article", name, "--article", name)
        assert [a["title"] for a in json.loads(file.read_bytes())["articles"]] == ["Another"]
    annotator("export", str(path), "-o", str(file), "--layer", "Bo")
    layers = [layer for a in json.loads(file.read_bytes())["articles"] for layer in a["layers"]]
    assert [m["fragments"][0]["end"] for layer in layers for m in layer["marks"]] == [5]
    annotator("export", str(path), "-o", str(file), "--layer", "gold")
    assert all(a["layers"] == [] for a in json.loads(file.read_bytes())["articles"])


def test_export_refuses(annotator: Said, tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    with small_project(path) as workspace:
        add_article(workspace, "Another text.", "An article too")
    export = "export", str(path), "-o", str(tmp_path / "out.json")
    assert "No article is called “Nothing”" in annotator.refused(*export, "--article", "Nothing")
    assert "could be" in annotator.refused(*export, "--article", "an art")
    assert "No analyst is called Eve" in annotator.refused(*export, "--layer", "Eve")
    file = tmp_path / "file"
    file.touch()
    said = annotator.refused("export", str(path), "-o", str(file / "out.json"))
    assert "There is no folder" in said
    assert sorted(f.name for f in tmp_path.iterdir()) == ["file", "p.annotator"]


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no devices here")
def test_export_does_not_replace_a_device(annotator: Said, project: str, tmp_path: Path) -> None:
    """Renaming a file over /dev/null is something root can do."""
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    annotator("export", project, "-o", str(link))
    assert link.is_symlink()
    assert Path("/dev/null").is_char_device()


def test_export_follows_a_link(annotator: Said, project: str, tmp_path: Path) -> None:
    file, link = tmp_path / "file.json", tmp_path / "link.json"
    file.touch()
    link.symlink_to(file)
    annotator("export", project, "-o", str(link))
    assert link.is_symlink()
    assert json.loads(file.read_bytes())["articles"]


def test_export_there_and_back(annotator: Said, project: str, tmp_path: Path) -> None:
    one, two, copy = tmp_path / "1.json", tmp_path / "2.json", str(tmp_path / "copy.annotator")
    annotator("export", project, "-o", str(one))
    annotator("new", copy, "--analyst", "Bo")
    annotator("import", copy, str(one), "--analyst", "Bo")
    annotator("export", copy, "-o", str(two))
    first, second = json.loads(one.read_bytes()), json.loads(two.read_bytes())
    assert first.pop("project") != second.pop("project")
    assert first == second


# check, history, info


def test_check_says_that_a_project_is_sound(annotator: Said, project: str) -> None:
    assert annotator("check", project) == f"{project}: sound\n"


def test_check_lists_what_is_wrong(
    annotator: Said, project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = sqlite3.connect(project)
    connection.execute("UPDATE article SET outlet = 'Elsewhere'")
    connection.commit()
    connection.close()
    assert main(["check", project]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[0].endswith("the row is not what the journal says.")
    assert lines[-1] == f"{project}: 2 faults"


def test_history_lists_the_newest_first(annotator: Said, tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    with small_project(path) as workspace:
        mark(workspace, "claim", (0, 3))
        workspace.undo()
        workspace.redo()
    lines = annotator("history", str(path)).splitlines()
    assert [line.split("  ")[2] for line in lines] == [
        "Redo: Claim ““It”",
        "Undo: Claim ““It”",
        "Claim ““It”",
        "Import An article",
        "New project",
    ]
    assert all(line.split("  ")[1] == "Ada" for line in lines)
    assert annotator("history", str(path), "-n", "2").splitlines() == lines[:2]


def test_info_says_what_is_there(annotator: Said, tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    with small_project(path) as workspace:
        made = mark(workspace, "claim", (0, 3))
        mark(workspace, "speaker", (24, 30))
    text = annotator("info", str(path))
    assert "1 article" in text
    assert f"{made.article}  An article" in text
    assert "  Ada: 2 statements, 2 marks" in text


def test_info_does_not_read_the_texts(
    annotator: Said, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def text(*_: object) -> str:
        raise AssertionError("a text was read")

    monkeypatch.setattr("annotator.store.project.ProjectFile.text", text)
    assert "2 articles" in annotator("info", project)


def test_a_title_does_not_command_the_terminal(annotator: Said, tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    with Workspace.create(path, start(), "Ada") as workspace:
        add_article(workspace, "Text.", "\x1b[2J\x9bNews\nof the day")
    for command in ("info", "history"):
        assert not {"\x1b", "\x9b"} & {*annotator(command, str(path))}


# What goes wrong everywhere


@pytest.mark.parametrize("command", ["import", "export", "check", "history", "info"])
def test_what_is_no_project_is_refused(annotator: Said, tmp_path: Path, command: str) -> None:
    file = tmp_path / "p.annotator"
    more = [SEEDS[0]] if command == "import" else []
    assert "does not exist" in annotator.refused(command, str(file), *more)
    file.write_text("no project", encoding="utf-8")
    assert "is not an Annotator project" in annotator.refused(command, str(file), *more)
    assert file.read_text(encoding="utf-8") == "no project"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["new"],
        ["import", "p.annotator"],
        ["export", "p.annotator", "--format", "nonsense"],
        ["history", "p.annotator", "-n", "-5"],
        ["history", "p.annotator", "-n", "some"],
        ["new", "p.annotator", "--analyst", " "],
        ["--nonsense"],
    ],
)
def test_what_is_not_understood(annotator: Said, words: list[str]) -> None:
    assert "error: " in annotator.misunderstood(*words)


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    commands = "open new import export check history info picture demo seeds".split()
    for words in (["--help"], *([command, "--help"] for command in commands)):
        with pytest.raises(SystemExit) as caught:
            main(words)
        assert caught.value.code == 0
        text = capsys.readouterr().out
        assert text.startswith("usage: annotator")
        assert "None" not in text
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"annotator {__version__}\n"


def test_only_the_project_remains(annotator: Said, project: str) -> None:
    for command in ("info", "check", "history"):
        annotator(command, project)
    annotator("export", project, "-o", os.devnull)
    assert [f.name for f in Path(project).parent.iterdir()] == ["seeds.annotator"]
