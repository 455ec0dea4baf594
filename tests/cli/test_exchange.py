"""Formats on the command line: export, import, convert, formats."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.formats import annotator_json
from annotator.formats.exchange.catalogue import OURS, catalogue
from annotator.formats.exchange.format import Asked, Format, Losses, Outgoing
from annotator.workspace import Workspace
from tests.workshop import mark, small_project, start

Said = pytest.CaptureFixture[str]

TEXT = "“It was not discussed,” Lavrov said. He waited. Zelensky agreed.\n"
ANN = "T1\tSource 24 30\tLavrov\nT2\tCue 31 35\tsaid\nT3\tContent 0 23\t“It was not discussed,”\n"
ANN += "T4\tAttribution 31 35\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """With a statement of two marks by Ada."""
    path = tmp_path / "p.annotator"
    with small_project(path) as workspace:
        mark(workspace, "speaker", (24, 30))
        (statement,) = workspace.page(workspace.articles()[0].id).statements
        mark(workspace, "claim", (0, 23), hand=statement)
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.ann").write_text(ANN, encoding="utf-8")
    return folder


def run(*words: str | Path, code: int = 0) -> None:
    assert main([str(word) for word in words]) == code


def marks(path: Path) -> list[tuple[str, str]]:
    with Workspace.open(path, "Ada") as workspace:
        bundle = workspace.bundle()
    return sorted((m.kind, m.quote) for part in bundle.articles for m in part.marks)


def new(folder: Path, name: str = "new") -> Path:
    path = folder / f"{name}.annotator"
    Workspace.create(path, start(), "Ada").close()
    return path


EXPECTED = [("claim", "“It was not discussed,”"), ("cue", "said"), ("speaker", "Lavrov")]


def test_polnear_comes_in_once_and_goes_with_undo(
    tmp_path: Path, corpus: Path, capsys: Said
) -> None:
    path = new(tmp_path)
    run("import", path, corpus, "--map", "polnear", "--analyst", "Ada")
    assert marks(path) == EXPECTED
    assert capsys.readouterr().out == "corpus: 1 new article, 3 new marks\n"
    run("import", path, corpus, "--map", "polnear", "--analyst", "Ada")
    assert capsys.readouterr().out == "corpus: nothing new\n"
    with Workspace.open(path, "Ada") as workspace:
        assert sorted(a.name for a in workspace.analysts()) == ["Ada", "corpus"]
        workspace.undo()
        assert workspace.articles() == []


def test_polnear_as_it_is_published(tmp_path: Path, capsys: Said) -> None:
    """Texts in a folder of their own, a name for each analyst, and all types of event there are."""
    for folder in ("text", "attributions"):
        (tmp_path / "dev" / folder).mkdir(parents=True)
    (tmp_path / "dev" / "text" / "a.txt").write_text(TEXT, encoding="utf-8")
    others = ANN.replace("\tAttribution ", "\tAttribution-no-source ")
    others = others.replace("Attribution:", "Attribution-no-source:")
    for analyst, ann in (("4b22", ANN), ("d473", f"{others}T9\tDiscuss 0 2\t{TEXT[:2]}\n")):
        (tmp_path / "dev" / "attributions" / f"a_{analyst}.ann").write_text(ann, encoding="utf-8")
    path = new(tmp_path)
    run("import", path, tmp_path / "dev", "--map", "polnear", "--analyst", "Ada")
    assert marks(path) == sorted(EXPECTED * 2)
    assert "left out: marks of the kind Discuss" in capsys.readouterr().out
    with Workspace.open(path, "Ada") as workspace:
        assert sorted(a.name for a in workspace.analysts()) == ["4b22", "Ada", "d473"]
        assert len(workspace.articles()) == 1


def test_a_zip_file_of_it_and_a_folder_above_it(tmp_path: Path, corpus: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as packed:
        for file in corpus.iterdir():
            packed.write(file, f"in/{file.name}")
    one = new(tmp_path, "one")
    run("import", one, tmp_path / "c.zip", "--map", "polnear", "--analyst", "Ada")
    assert marks(one) == EXPECTED
    (tmp_path / "above").mkdir()
    shutil.move(corpus, tmp_path / "above" / "deep")
    (tmp_path / "above" / "other.txt").write_text("Another article.", encoding="utf-8")
    two = new(tmp_path, "two")
    run("import", two, tmp_path / "above", "--map", "polnear", "--analyst", "Ada")
    assert marks(two) == EXPECTED
    with Workspace.open(two) as workspace:
        assert len(workspace.articles()) == 2


def test_a_zip_file_that_leads_out_of_its_folder(tmp_path: Path, capsys: Said) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as packed:
        packed.writestr("../../evil.ann", "")
        packed.writestr("../../evil.txt", "x")
    run("import", new(tmp_path), tmp_path / "c.zip", "--analyst", "Ada", code=1)
    assert "leads out of its folder" in capsys.readouterr().err
    assert not list(tmp_path.parent.rglob("evil*"))


def test_labels_without_meaning_are_named_and_can_be_added(
    tmp_path: Path, corpus: Path, capsys: Said
) -> None:
    path = new(tmp_path)
    run("import", path, corpus, "--analyst", "Ada", code=1)
    assert "has not the kind Source, the kind Content" in capsys.readouterr().err
    run("import", path, corpus, "--analyst", "Ada", "--add-labels", "--layer", "Ada")
    assert [kind for kind, _ in marks(path)] == ["content", "cue", "source"]
    with Workspace.open(path) as workspace:
        assert [a.name for a in workspace.analysts()] == ["Ada"]
        assert "source" in workspace.codebook.kinds
        assert workspace.check() == []


def test_a_mapping_is_saved_under_a_name(tmp_path: Path, corpus: Path) -> None:
    file = tmp_path / "m.toml"
    file.write_text(
        '[kinds]\nSource = "speaker"\nContent = "claim"\n[roles]\nSource = "speaker"\n'
        'Content = "claim"\n',
        encoding="utf-8",
    )
    run(
        "import",
        new(tmp_path, "a"),
        corpus,
        "--map",
        file,
        "--save-map",
        "mine",
        "--analyst",
        "Ada",
    )
    file.unlink()
    run("import", new(tmp_path, "b"), corpus, "--map", "mine", "--analyst", "Ada")
    assert marks(tmp_path / "b.annotator") == EXPECTED


def test_export_lists_what_it_cannot_carry(project: Path, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "out.json"
    run("export", project, "--format", "label-studio", "-o", out)
    said = capsys.readouterr()
    assert "annotator: not carried: definitions and rules of the codebook, what is" in said.err
    assert "first in" not in said.err
    assert len(said.err.splitlines()) < 6
    assert said.out == f"{out}: 1 article, 2 marks\n"
    assert (tmp_path / "out-config.xml").is_file()
    run("export", project, "--format", "label-studio", "-o", out, "--verbose")
    err = capsys.readouterr().err
    assert "not carried: definitions and rules of the codebook are left out, first in" in err
    assert "\nannotator: not carried: what is known of actors beside their names is left out" in err


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.xlsx", b"pk"),
        ("x.html", b"<!doctype html>"),
        ("x.jsonl", b'{"format":"annotator-lines"'),
        ("x.json", b'{\n  "format": "annotator"'),
        ("x.GEXF", b"<?xml"),
        ("x.qdpx", b"pk"),
    ],
)
def test_the_name_says_the_format(project: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    run("export", project, "-o", tmp_path / name)
    assert (tmp_path / name).read_bytes().lower().startswith(begins)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("-o x.csv", "CSV tables are a folder of files: name a folder, and the format as tables"),
        ("-o x.docx", "No format has files that end in .docx; endings are .json, .jsonl,"),
        ("-o x.zip", "Several formats have files that end in .zip; give --format: xmi, cas-json"),
        ("-o x", "x has no ending; endings are .json,"),
        ("-o nowhere/x.json", "There is no folder "),
    ],
)
def test_a_name_that_says_no_format_is_refused(
    project: Path,
    tmp_path: Path,
    capsys: Said,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    run("export", project, *words.split(), code=1)
    assert says in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before
    if words != "-o nowhere/x.json":
        run("export", project, *words.split(), "--format", "json")
        assert (tmp_path / words.removeprefix("-o ")).read_bytes().startswith(b"{")


def test_formats_go_by_what_people_call_them(project: Path, tmp_path: Path, capsys: Said) -> None:
    run("export", project, "--format", "csv", "-o", tmp_path / "t")
    assert (tmp_path / "t" / "statements.csv").is_file()
    run("export", project, "--format", "Excel", "-o", tmp_path / "t.xlsx")
    with pytest.raises(SystemExit):
        run("export", project, "--format", "docano", "-o", tmp_path / "x")
    assert "Did you mean doccano?" in capsys.readouterr().err


@pytest.mark.parametrize("words", [(), ("--format", "tables"), ("--format", "html")])
def test_no_export_replaces_a_project(
    project: Path, tmp_path: Path, capsys: Said, words: tuple[str, ...]
) -> None:
    before = project.read_bytes()
    run("export", project, "-o", project, *words, code=1)
    run("codebook", project, "-o", project, code=1)
    run("convert", project, project, "--to", "doccano", "--from", "annotator-json", code=1)
    err = capsys.readouterr().err
    assert err.count("is a project, or belongs to one") >= (1 if not words else 2)
    assert project.read_bytes() == before
    assert marks(project)


def test_strict_writes_nothing(project: Path, tmp_path: Path, capsys: Said) -> None:
    run("export", project, "--format", "doccano", "-o", tmp_path / "x.jsonl", "--strict", code=1)
    assert "nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "x.jsonl").exists()
    run("export", project, "--format", "annotator-jsonl", "-o", tmp_path / "y.jsonl", "--strict")
    assert (tmp_path / "y.jsonl").is_file()


def test_the_usual_format_is_as_it_was(project: Path, tmp_path: Path) -> None:
    run("export", project, "-o", tmp_path / "x.json")
    with Workspace.open(project) as workspace:
        assert (tmp_path / "x.json").read_bytes() == annotator_json.encode(workspace.bundle())


def test_to_standard_output(project: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run("export", project, "--format", "annotator-jsonl", "-o", "-")
    head, article = capfdbinary.readouterr().out.splitlines()
    assert json.loads(head)["format"] == "annotator-lines"
    assert json.loads(article)["text"] == TEXT
    run("export", project, "--format", "brat", "-o", "-", code=1)


def test_out_of_one_project_into_another(project: Path, tmp_path: Path) -> None:
    for name in ("brat", "label-studio", "spacy-jsonl", "doccano", "annotator-jsonl"):
        format = catalogue().named(name)
        out = tmp_path / name / f"p{'' if format.folder else format.suffixes[0]}"
        out.parent.mkdir()
        run("export", project, "--format", name, "-o", out)
        path = new(tmp_path, f"from-{name}")
        run("import", path, out, "--analyst", "Ada")
        assert marks(path) == marks(project)
        with Workspace.open(path) as workspace:
            (part,) = workspace.bundle().articles
            assert [len(s.members) for s in part.statements] == [2]
            assert workspace.check() == []


def test_convert_between_any_two(project: Path, tmp_path: Path, capsys: Said) -> None:
    source = tmp_path / "p.jsonl"
    run("export", project, "--format", "annotator-jsonl", "-o", source)
    readable = [f for f in catalogue().read.values() if f.write is not None and f.name != "docbin"]
    previous = source
    for number, format in enumerate(f for f in readable if f.name in MINE):
        to = tmp_path / f"{number}{'' if format.folder else format.suffixes[0]}"
        run("convert", previous, to, "--to", format.name)
        previous = to
    assert "2 marks" in capsys.readouterr().out.splitlines()[-1]


MINE = ("annotator-json", "brat", "label-studio", "doccano", "spacy-jsonl", "annotator-jsonl")


def test_convert_with_a_mapping_speaks_the_codebooks_words(corpus: Path, tmp_path: Path) -> None:
    run("convert", corpus, tmp_path / "x.json", "--to", "annotator-json", "--map", "polnear")
    found = json.loads((tmp_path / "x.json").read_bytes())
    kinds = {m["kind"] for a in found["articles"] for part in a["layers"] for m in part["marks"]}
    assert kinds == {"claim", "cue", "speaker"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["convert", "none", "x.json"], "none is not there"),
        (["convert", "corpus", "x.unknown"], "--to names the format, for folders too: brat"),
        (["convert", "corpus", "x.json", "--to", "brat", "--option", "a=b"], "has an option a"),
        (["convert", "corpus", "x.json", "--to", "brat", "--option", "a"], "NAME=VALUE"),
        (["convert", "corpus/a.txt", "x", "--to", "brat"], "in no format that is known here"),
        (["convert", "corpus", "x", "--to", "brat", "--map", "none"], "There is no mapping none"),
    ],
)
def test_what_cannot_be_converted(
    words: list[str], said: str, corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.chdir(corpus.parent)
    run(*words, code=1)
    assert said in capsys.readouterr().err


def test_formats_are_listed_with_their_options(capsys: Said) -> None:
    run("formats")
    said = capsys.readouterr().out
    assert "brat  brat standoff (in, out; a folder)" in said
    assert "  unit: what offsets count: detect, code points, utf-16, bytes" in said


def test_a_format_that_is_not_there_is_a_misunderstanding(project: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        run("export", project, "--format", "nothing")
    assert caught.value.code == 2


def interrupted(outgoing: Outgoing, to: Path, _asked: Asked) -> Losses:
    """What a writer does when somebody presses Ctrl+C in the middle."""
    to.write_text("half", encoding="utf-8")
    next(iter(outgoing.articles))
    raise KeyboardInterrupt


@pytest.mark.parametrize("what", ["export", "convert"])
def test_ctrl_c_leaves_nothing_half_written(
    what: str, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    source = tmp_path / "in.json"
    run("export", project, "-o", source)
    made = Format(name="annotator-jsonl", title="", suffixes=(".jsonl",), write=interrupted)
    there = tuple(made if one.name == made.name else one for one in OURS)
    monkeypatch.setattr("annotator.formats.exchange.catalogue.OURS", there)
    room = tmp_path / "room"
    room.mkdir()
    (room / "x.jsonl").write_text("before", encoding="utf-8")
    words: list[str | Path] = ["export", project, "--format", "jsonl", "-o", room / "x.jsonl"]
    if what == "convert":
        words = ["convert", source, room / "x.jsonl", "--to", "jsonl"]
    run(*words, code=130)
    assert "stopped" in capsys.readouterr().err
    assert [path.name for path in room.iterdir()] == ["x.jsonl"]
    assert (room / "x.jsonl").read_text(encoding="utf-8") == "before"


def test_a_terminal_is_told_how_far_it_is(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr("annotator.commands.exchange._EVERY", -1.0)
    run("export", project, "-o", tmp_path / "a.json")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run("export", project, "-o", tmp_path / "b.json")
    assert capsys.readouterr().err == "\r\x1b[K1 article\r\x1b[K"
