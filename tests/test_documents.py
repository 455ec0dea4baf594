"""The documents say what is there: links, commands, keys, modules, words, the example."""

from __future__ import annotations

import csv
import hashlib
import importlib
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from annotator import cli, paths
from annotator.core.codebook import actor_id, issue_id
from annotator.core.review.records import review_id
from annotator.formats import annotator_json
from annotator.store.file import migrations
from annotator.store.project import SUFFIX
from annotator.ui.commands import commands
from annotator.workspace import Workspace
from tests.workshop import start
from tools import export_example

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FOLDERS = ("annotator/", "resources/", "seeds/", "tools/", "tests/", "docs/", "benchmarks/")

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_KEY = re.compile(r"<kbd>(.+?)</kbd>")


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """What stands in the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_what_every_project_has_is_there(name: str) -> None:
    assert document(name).strip()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in _LINK.findall(prose(path.read_text(encoding="utf-8"))):
        if "://" not in target:
            assert (path.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_exist(path: Path) -> None:
    for name in _CODE.findall(prose(path.read_text(encoding="utf-8"))):
        if name.startswith(FOLDERS) and "*" not in name:
            assert (ROOT / name).exists(), name


def test_every_module_has_its_place_in_the_tree() -> None:
    text = document("ARCHITECTURE.md").partition("## One gesture")[0]
    named = {name for name in _CODE.findall(text) if name.startswith("annotator/")}
    folders = tuple(name for name in named if name.endswith("/"))
    for path in (ROOT / "annotator").rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if not path.name.startswith("__"):
            assert name in named or name.startswith(folders), f"{name} is not in ARCHITECTURE.md"


def test_dotted_names_exist() -> None:
    for path in DOCUMENTS:
        for name in _CODE.findall(prose(path.read_text(encoding="utf-8"))):
            if re.fullmatch(r"annotator(\.\w+)+", name) and not name.endswith(SUFFIX):
                assert found(name.removeprefix("annotator.")) is not None, f"{path.name}: {name}"


def found(name: str) -> object:
    """The module, or the thing in a module, of a name below ``annotator``."""
    module, _, thing = f"annotator.{name}".rpartition(".")
    try:
        return importlib.import_module(f"annotator.{name}")
    except ModuleNotFoundError:
        return getattr(importlib.import_module(module), thing)


def rows_of_the_glossary() -> list[tuple[str, str]]:
    """Each word with what carries it."""
    lines = [line for line in document("CONTEXT.md").splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(row[0], row[2]) for row in rows if row[0] != "Word"]


@pytest.mark.parametrize(("word", "carrier"), rows_of_the_glossary())
def test_a_word_names_a_class_and_a_table_that_exist(word: str, carrier: str) -> None:
    for name in _CODE.findall(carrier):
        if "." in name:
            assert found(name) is not None
    for tables in re.findall(r"tables? ((?:`\w+`(?:, )?)+)", carrier):
        for table in _CODE.findall(tables):
            assert f"CREATE TABLE {table} (" in Path(migrations.__file__).read_text(), table
    for field, owner in re.findall(r"(?:field )?`(\w+)`(?: and `\w+`)? of `([\w.]+)`", carrier):
        names = getattr(found(owner), "__annotations__", {})
        assert field in names or hasattr(found(owner), field) or owner == "ui.desk.Desk", field


def test_no_word_of_the_glossary_is_told_twice() -> None:
    words = [word for word, _ in rows_of_the_glossary()]
    assert len(set(words)) == len(words)


def lines_of_commands() -> list[str]:
    shells = "\n".join(
        block for path in DOCUMENTS for block in blocks(path.read_text("utf-8"), "sh")
    )
    return [line for line in shells.splitlines() if line.startswith("annotator")]


@pytest.mark.parametrize("line", lines_of_commands())
def test_a_command_line_is_understood(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    if not words or words[0].endswith(SUFFIX):
        words.insert(0, "open")
    assert callable(cli._parser().parse_args(words).command)


def test_every_subcommand_for_users_is_shown() -> None:
    shown = {words[1] for line in lines_of_commands() if len(words := shlex.split(line)) > 1}
    help_page = subprocess.run(
        [sys.executable, "-m", "annotator", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    offered = set(re.findall(r"^    (\w+) ", help_page, re.MULTILINE))
    assert offered - shown <= {"open", "seeds"}  # a path alone opens; make run does seeds


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_keys_are_those_of_the_commands(path: Path) -> None:
    keys = {key for command in commands(start().codebook) for key in command.keys}
    assert set(_KEY.findall(path.read_text(encoding="utf-8"))) <= keys


def test_targets_of_make_exist() -> None:
    targets = set(re.findall(r"^(\w+):", document("Makefile"), re.MULTILINE))
    for path in DOCUMENTS:
        for target in re.findall(r"(?:^|`)make (\w+)", path.read_text("utf-8"), re.MULTILINE):
            assert target in targets, f"{path.name}: make {target}"


def example() -> dict[str, Any]:
    (text,) = blocks(document("docs/export.md"), "json")
    read: dict[str, Any] = json.loads(text)
    return read


def test_the_example_of_the_export_is_one() -> None:
    schema = json.loads((paths.resources() / "schema" / "annotator-1.json").read_bytes())
    read = example()
    jsonschema.validate(read, schema)
    (article,) = read["articles"]
    text = article["text"]
    assert article["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    for layer in article["layers"]:
        for mark in layer["marks"]:
            for piece in mark["fragments"]:
                assert text[piece["start"] : piece["end"]] == piece["quote"]


def test_the_example_of_the_export_is_as_the_program_writes_it() -> None:
    """After a change of the file ``python -m tools.export_example`` makes it so again."""
    page = document("docs/export.md")
    assert export_example.written(page) == export_example.as_the_program_has_it(page)


def test_every_object_and_field_of_the_export_is_described() -> None:
    schema = json.loads((paths.resources() / "schema" / "annotator-1.json").read_bytes())
    said = set(re.findall(r"\w+", " ".join(_CODE.findall(prose(document("docs/export.md"))))))
    for name, part in schema["$defs"].items():
        assert part["properties"].keys() <= said, name


def test_the_script_for_ids_makes_those_of_the_program() -> None:
    (script,) = blocks(document("docs/export.md"), "python")
    made: dict[str, Any] = {}
    exec(script, made)
    (article,) = example()["articles"]
    assert made["article"] == article["id"]
    assert made["issue"] == str(issue_id("putin_wants_peace"))
    assert made["actor"] == str(actor_id("trump"))
    assert made["review"] == str(review_id(int(made["article"])))
    assert int(made["mark"]) < 1 << 63


def test_the_script_for_a_table_prints_one(tmp_path: Path) -> None:
    (script,) = blocks(document("README.md"), "python")
    (tmp_path / "summit.json").write_text(json.dumps(example()), encoding="utf-8")
    assert table(script, tmp_path) == [
        ["layer", "who", "claim", "issue", "stance"],
        [
            "Ada",
            "Donald Trump",
            "“We’re going to find out,” … “It’s possible that he doesn’t want to make a deal.”",
            "Putin wants a deal",
            "-1",
        ],
    ]


def test_the_script_for_a_table_bears_what_is_unfinished(tmp_path: Path) -> None:
    read = example()
    (layer,) = read["articles"][0]["layers"]
    claim, speaker, position = layer["statements"][0]["members"]
    layer["statements"][0]["members"] = [claim]
    (script,) = blocks(document("README.md"), "python")
    (tmp_path / "summit.json").write_text(json.dumps(read), encoding="utf-8")
    ((whose, who, said, issue, stance),) = table(script, tmp_path)[1:]
    assert (whose, who, issue, stance) == ("Ada", "", "", "")
    assert said
    layer["statements"][0]["members"] = [speaker, position]
    layer["marks"] = [{**mark, "fields": {}} for mark in layer["marks"]]
    (tmp_path / "summit.json").write_text(json.dumps(read), encoding="utf-8")
    assert table(script, tmp_path)[1:] == [["Ada", "?", "", "", ""]]


def test_the_script_for_a_table_counts_nothing_twice(tmp_path: Path) -> None:
    """Gold stands for the layers that it was decided from."""
    read = example()
    (layer,) = read["articles"][0]["layers"]
    read["articles"][0]["layers"] = [layer, {**layer, "layer": "gold"}]
    (script,) = blocks(document("README.md"), "python")
    (tmp_path / "summit.json").write_text(json.dumps(read), encoding="utf-8")
    assert [row[0] for row in table(script, tmp_path)] == ["layer", "gold"]


def table(script: str, folder: Path) -> list[list[str]]:
    """What a script prints, run where ``summit.json`` is."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return list(csv.reader(io.StringIO(done.stdout)))


def test_the_example_comes_in(tmp_path: Path) -> None:
    """All but its codebook, which is shortened, and so is filled up again here."""
    read = example()
    workspace = Workspace.create(tmp_path / f"whole{SUFFIX}", start(), "Bo")
    whole = json.loads(annotator_json.encode(workspace.bundle()))
    workspace.take_in(
        annotator_json.decode(
            json.dumps({**read, "codebook": whole["codebook"]}).encode(), "example"
        ),
        "Import",
    )
    again = json.loads(annotator_json.encode(workspace.bundle()))
    assert again["articles"] == read["articles"]
    assert workspace.check() == []
    workspace.close()
