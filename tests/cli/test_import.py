from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.workspace import Workspace
from tests.workshop import SEED_000, seed, start


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config"))
    path = tmp_path / "p.annotator"
    Workspace.create(path, start(), "Ada").close()
    return path


def bring_in(project: Path, *more: str, code: int = 0) -> None:
    assert main(["import", str(project), "--analyst", "Ada", *more]) == code


def articles(project: Path) -> dict[str, tuple[str, str]]:
    with Workspace.open(project) as workspace:
        return {a.title: (a.outlet, workspace.text(a)) for a in workspace.articles()}


def table(folder: Path) -> str:
    path = folder / "t.csv"
    path.write_text("a;b\nSome words.;First\nOther words.;Second\n;Third\n", encoding="utf-8")
    return str(path)


def test_columns_defaults_and_presets(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = ["--columns", "text=a,title=b", "--default", "outlet=Post, The"]
    bring_in(project, table(tmp_path), *columns, "--save-preset", "mine", code=1)
    said = capsys.readouterr()
    assert said.out.splitlines() == ["t.csv, row 2: “First”", "t.csv, row 3: “Second”"]
    assert "row 4, has no text in “a”" in said.err
    assert said.err.endswith("2 articles in; 1 not read.\n")
    expected = {
        "First": ("Post, The", "Some words."),
        "Second": ("Post, The", "Other words."),
    }
    assert articles(project) == expected
    again = tmp_path / "again.annotator"
    Workspace.create(again, start(), "Ada").close()
    bring_in(again, table(tmp_path), "--preset", "mine", code=1)
    assert articles(again) == expected


def test_the_title_also_begins_the_text(project: Path, tmp_path: Path) -> None:
    columns = ["--columns", "text=a,title=b"]
    bring_in(
        project, table(tmp_path), *columns, "--title-begins-text", "--save-preset", "heads", code=1
    )
    assert articles(project)["First"][1] == "First\n\nSome words."
    for name, options, expected in (
        ("kept", [], "First\n\nSome words."),
        ("not-now", ["--no-title-begins-text"], "Some words."),
    ):
        again = tmp_path / f"{name}.annotator"
        Workspace.create(again, start(), "Ada").close()
        bring_in(again, table(tmp_path), "--preset", "heads", *options, code=1)
        assert articles(again)["First"][1] == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--columns", "body=a"], "--columns knows text, title,"),
        (["--columns", "text"], "not “text”"),
        (["--default", "text=a"], "--default knows outlet,"),
        (["--preset", "none"], "There is no preset"),
        (["--preset", "../x"], "cannot be called"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    said: str,
) -> None:
    bring_in(project, table(tmp_path), *options, code=1)
    error = capsys.readouterr().err
    assert error.startswith("annotator: ")
    assert said in error
    assert articles(project) == {}


def test_a_folder_with_a_zip_file_comes_in(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Words of a.", encoding="utf-8")
    with zipfile.ZipFile(folder / "b.zip", "w") as file:
        file.writestr("c.txt", "Words of c.")
    bring_in(project, str(folder))
    assert sorted(text for _, text in articles(project).values()) == ["Words of a.", "Words of c."]


def test_rtf_and_an_export_of_a_press_database(project: Path, tmp_path: Path) -> None:
    rtf = tmp_path / "a.rtf"
    rtf.write_text(r"{\rtf1{\info{\title Ferry}}The ferry waits.\par}", encoding="ascii")
    export = tmp_path / "b.txt"
    ends = ("Forty ships wait.", "Nobody knows why.")
    heads = "Title {}\nThe Post\n24 August 2025\nLength: 3 words\nBody\n{}\nEnd of Document\n"
    export.write_text("".join(heads.format(*one) for one in enumerate(ends)), encoding="utf-8")
    bring_in(project, str(rtf), str(export))
    assert articles(project) == {
        "Ferry": ("", "The ferry waits.\n"),
        "Title 0": ("The Post", "Title 0\n\nForty ships wait."),
        "Title 1": ("The Post", "Title 1\n\nNobody knows why."),
    }


@pytest.mark.parametrize(("choice", "count"), [("skip", 1), ("keep", 2), ("link", 2)])
def test_near_copies(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], choice: str, count: int
) -> None:
    original, copy = tmp_path / SEED_000, tmp_path / "copy.txt"
    text = seed(SEED_000).text
    original.write_text(text, encoding="utf-8")
    copy.write_text("Another Headline\n" + text.partition("\n")[2], encoding="utf-8")
    bring_in(project, str(original), str(copy), "--on-duplicate", choice)
    with Workspace.open(project) as workspace:
        found = workspace.articles()
    assert len(found) == count
    assert any(article.copy_of for article in found) == (choice == "link")
    assert "of its words run as in “Peace-off!" in capsys.readouterr().out


def test_names_of_files_do_not_command_the_terminal(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("\x1b[2J.txt", "")
    bring_in(project, str(path), code=1)
    assert "\x1b" not in capsys.readouterr().err
