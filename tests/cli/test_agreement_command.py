"""``annotator agreement`` and ``annotator report`` on a project counted by hand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from annotator import paths
from annotator.cli import main
from annotator.core.marking import set_note
from annotator.core.model import Article
from annotator.core.review.records import PROCEDURE, Procedure
from annotator.core.revision import Change, Edit
from annotator.formats import agreement_json
from annotator.formats.review_round import as_json
from annotator.workspace import Workspace
from tests.agreed import TEXT, agreed_project, finish, say
from tests.workshop import add_article, start


@pytest.fixture
def project(tmp_path: Path) -> str:
    path = tmp_path / "agreed.annotator"
    agreed_project(path)
    return str(path)


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(words) == code
    out, err = capsys.readouterr()
    return out if code == 0 else err


def schema(name: str) -> dict[str, Any]:
    text = (paths.resources() / "schema" / name).read_text(encoding="utf-8")
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def figures(capsys: pytest.CaptureFixture[str], project: str, *words: str) -> list[dict[str, Any]]:
    found = json.loads(said(capsys, "agreement", project, "--json", *words))
    jsonschema.validate(found, schema("agreement-1.json"))
    return list(found["figures"])


def value(found: list[dict[str, Any]], measure: str, of: str = "", turned: bool = False) -> Any:
    (first, *rest) = [f for f in found if (f["measure"], f["of"]) == (measure, of)]
    return rest[0]["value"] if turned else first["value"]


def test_figures_are_those_counted_by_hand(
    capsys: pytest.CaptureFixture[str], project: str
) -> None:
    found = figures(capsys, project)
    assert value(found, "f1.exact") == pytest.approx(4 / 9, abs=1e-6)
    assert value(found, "f1.overlap") == pytest.approx(2 / 3, abs=1e-6)
    assert value(found, "f1.overlap", "claim") == pytest.approx(2 / 3, abs=1e-6)
    assert value(found, "f1.aligned") == pytest.approx(2 / 3, abs=1e-6)
    assert value(found, "f1.identical") == 0
    assert value(found, "found.statements") == 0.5
    assert value(found, "found.statements", turned=True) == 1
    assert value(found, "same.field", "speaker.actor") == 1
    assert value(found, "same.field", "position.stance") == 0
    # Two units with +1 and -1: D_o is all of it; expected 8/12 of pairs differ. 1 - 12/8 = -0.5
    assert value(found, "alpha.field", "position.stance") == pytest.approx(-0.5)


def test_what_is_undefined_says_why_and_has_no_value(
    capsys: pytest.CaptureFixture[str], project: str
) -> None:
    (via,) = [f for f in figures(capsys, project) if (f["measure"], f["of"]) == ("f1.exact", "via")]
    assert via["value"] is None
    assert via["undefined"] == "Neither marked any."
    assert via["interval"] is None


def test_coverage_comes_first(capsys: pytest.CaptureFixture[str], project: str) -> None:
    lines = said(capsys, "agreement", project).splitlines()
    assert lines[0] == "2 articles: 2 finished by 2"
    assert lines[2].split() == ["Ada", "2", "2", "speaker", "4,", "claim", "4,", "position", "4"]
    (exact,) = [line for line in lines if line.startswith("F1, exact") and "Ada & Ben" in line]
    assert "0.444" in exact
    assert "0.444 to 0.444" in exact
    assert "18 marks" in exact


def test_one_measure_for_every_pair_and_kind(
    capsys: pytest.CaptureFixture[str], project: str
) -> None:
    out = said(capsys, "agreement", project, "--measure", "found.any", "--no-intervals")
    assert "Ada by Ben" in out
    assert "Ben by Ada" in out
    assert "F1, exact" not in out
    assert " to " not in out.partition("figure")[2].partition("F1, over")[0]
    assert "No figure is called nonsense; there are f1.exact," in said(
        capsys, "agreement", project, "--measure", "nonsense", code=1
    )


def test_layers_and_articles_are_chosen(capsys: pytest.CaptureFixture[str], project: str) -> None:
    out = said(capsys, "agreement", project, "--layers", "Ben,Ada", "--articles", "Article 1")
    assert out.startswith("1 article: 1 finished by 2\n")
    assert "With one article there are no intervals" in out
    none_done = said(capsys, "agreement", project, "--layers", "Ada,gold")
    assert "no article is done by two of these layers" in none_done
    assert "undefined" not in none_done
    assert "No analyst is called Zoe" in said(
        capsys, "agreement", project, "--layers", "Zoe", code=1
    )


def test_one_analyst_is_told_in_a_sentence_that_there_is_nothing_to_compare(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "alone.annotator"
    with Workspace.create(path, start(), "Ada") as ada:
        article = add_article(ada, TEXT)
        out = said(capsys, "agreement", str(path))
        assert "There is nothing to compare: nobody has called an article done." in out
        say(ada, article, (0, 6), (12, 14), "lavrov", 1)
        finish(ada, article)
    for words in ((), ("--measure", "all")):
        out = said(capsys, "agreement", str(path), *words)
        assert "There is nothing to compare: Ada is alone here." in out
        assert len(out.splitlines()) < 8
    found = json.loads(said(capsys, "agreement", str(path), "--json"))
    jsonschema.validate(found, schema("agreement-1.json"))
    assert found["note"].startswith("There is nothing to compare: Ada is alone here.")
    page = tmp_path / "round.html"
    said(capsys, "report", str(path), "-o", str(page))
    assert "Ada is alone here" in page.read_text(encoding="utf-8")
    assert "<h2>Figures</h2>" not in page.read_text(encoding="utf-8")


def test_a_blind_project_shows_nobody_anything(
    capsys: pytest.CaptureFixture[str], project: str
) -> None:
    with Workspace.open(Path(project), "Ada") as workspace:
        blind = Procedure(id=PROCEDURE, blind=True)
        workspace.do(Edit("Blind", (Change(workspace.procedure(), blind),)))
    err = said(capsys, "agreement", project, "--layers", "Ada,Ben", code=1)
    assert "Nothing of the layer “Ada” can be shown: agreed.annotator is blind" in err
    assert "Lavrov" not in said(capsys, "agreement", project)
    assert "Lavrov" not in said(
        capsys, "report", project, "-o", str(Path(project).parent / "r.json")
    )
    found = json.loads((Path(project).parent / "r.json").read_text())
    assert found["differences"] == []
    assert all(f["value"] is None for f in found["agreement"]["figures"])
    assert "0.444" in said(capsys, "agreement", project, "--analyst", "Ada")


def test_what_was_kept_follows_every_change(
    capsys: pytest.CaptureFixture[str], project: str
) -> None:
    before = figures(capsys, project)
    assert figures(capsys, project) == before
    with Workspace.open(Path(project), "Ben") as ben:
        article = ben.articles()[0]
        statement = next(iter(ben.page(article.id).statements.values()))
        status = next(
            s for s in ben.statuses() if (s.article, s.layer) == (article.id, ben.analyst.id)
        )
        ben.do(Edit("Not done", (Change(status, None),)))
        ben.do(set_note(statement, "Hm"))
    after = figures(capsys, project)
    assert next(f for f in after if f["measure"] == "f1.exact")["articles"] == 1
    with Workspace.open(Path(project), "Ben") as ben:
        ben.undo()
        ben.undo()
    assert figures(capsys, project) == before


def test_the_schemas_are_those_of_the_code() -> None:
    assert schema("agreement-1.json") == agreement_json.schema()
    assert schema("review-round-1.json") == as_json.schema()


def report(capsys: pytest.CaptureFixture[str], project: str, name: str, *words: str) -> bytes:
    path = Path(project).parent / name
    assert said(capsys, "report", project, "-o", str(path), *words) == f"{path}\n"
    return path.read_bytes()


def test_a_report_as_json(capsys: pytest.CaptureFixture[str], project: str) -> None:
    found = json.loads(report(capsys, project, "r.json", "--analyst", "Ada"))
    jsonschema.validate(found, schema("review-round-1.json"))
    counts = {(c["type"], c["role"], c["field"]): c["count"] for c in found["counts"]}
    assert counts == {
        ("only", None, None): 2,
        ("boundary", "speaker", None): 2,
        ("field", "position", "stance"): 2,
    }
    (stance, _) = [d for d in found["differences"] if d["field"] == "stance"]
    assert [r.split()[0] for r in stance["readings"].values()] == ["+1", "-1"]
    assert stance["quote"] == "no"
    assert found["reviewed"] == {"unreviewed": 2, "in review": 0, "decided": 0}


def test_a_report_as_csv_is_no_formula(capsys: pytest.CaptureFixture[str], project: str) -> None:
    with Workspace.open(Path(project), "Ada") as workspace:
        rename(workspace, workspace.articles()[0], '=HYPERLINK("http://x";"y")')
    text = report(capsys, project, "r.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 6
    assert any(row["title"] == '\'=HYPERLINK("http://x";"y")' for row in rows)
    assert {row["Ben"] for row in rows if row["field"] == "stance"} == {"'-1 doubts"} or all(
        row["Ben"].startswith("'-1") for row in rows if row["field"] == "stance"
    )
    told = report(capsys, project, "f.csv", "--table", "figures").decode("utf-8-sig")
    first = next(iter(csv.DictReader(io.StringIO(told))))
    assert (first["measure"], first["layers"]) == ("f1.exact", "Ada | Ben")


def rename(workspace: Workspace, article: Article, title: str) -> None:
    new = msgspec.structs.replace(article, title=title)
    workspace.do(Edit("Title", (Change(article, new),)))


def test_a_report_as_a_page_is_escaped(capsys: pytest.CaptureFixture[str], project: str) -> None:
    with Workspace.open(Path(project), "Ada") as workspace:
        rename(workspace, workspace.articles()[0], "<script>alert(1)</script> & <b>")
    page = report(capsys, project, "r.html", "--analyst", "Ada").decode("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in page
    assert "http" not in page
    assert "0.667" in page
    assert "<mark>no</mark>" in page
    assert "Nothing has been decided yet." in page


def test_a_report_as_pdf(capsys: pytest.CaptureFixture[str], project: str) -> None:
    assert report(capsys, project, "r.pdf").startswith(b"%PDF-")


def test_what_is_no_report_is_said(capsys: pytest.CaptureFixture[str], project: str) -> None:
    assert "its name ends in .html" in said(capsys, "report", project, "-o", "r.doc", code=1)
    wrong = said(capsys, "report", project, "-o", "r.json", "--table", "gold", code=1)
    assert "--table belongs to" in wrong
