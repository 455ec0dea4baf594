"""Our own files that somebody damaged: no project is there to refuse them, so converting does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.cli import main
from tests.formats.bundles import small_bundle
from tests.formats.exchange.bent import BY_NAME
from tests.formats.exchange.meaning import written_to

Said = dict[str, Any]


def place(start: int, end: int) -> Callable[[Said], None]:
    return lambda file: first(file, "marks")["fragments"][0].update(start=start, end=end)


def first(file: Said, what: str) -> Said:
    found: Said = file["articles"][0]["layers"][0][what][0]
    return found


def fill_in(field: str, value: object) -> Callable[[Said], None]:
    def fill(file: Said) -> None:
        marks = file["articles"][0]["layers"][0]["marks"]
        next(mark for mark in marks if field in mark["fields"])["fields"][field] = value

    return fill


DAMAGE: dict[str, tuple[Callable[[Said], None], str]] = {
    "reversed": (place(18, 8), "are empty or out of order"),
    "of no length": (place(8, 8), "are empty or out of order"),
    "past the end": (place(8, 900), "does not stand at 8 to 900"),
    "other words": (place(7, 17), "does not stand at 7 to 17"),
    "no such mark": (
        lambda file: first(file, "statements")["members"][0].update(mark="999"),
        "holds a mark that does not exist",
    ),
    "no such role": (
        lambda file: first(file, "statements")["members"][0].update(role="song"),
        "has no role song",
    ),
    "no such kind": (lambda file: first(file, "marks").update(kind="song"), "has no kind song"),
    "no such field": (
        lambda file: first(file, "marks").update(fields={"song": "la"}),
        "has no field song",
    ),
    "no such actor": (fill_in("actor", "999"), "names an actor that does not exist"),
    "several values": (fill_in("actor", ["1", "2"]), "Actor holds one value"),
    "off the scale": (fill_in("stance", 17), "Stance cannot be 17"),
    "an issue under itself": (
        lambda file: file["issues"][0].update(parent=file["issues"][0]["id"]),
        "is under itself",
    ),
    "blocks with a hole": (
        lambda file: file["articles"][0]["blocks"][0].update(start=3),
        "do not cover its text",
    ),
}


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("to", ["xmi", "doccano", "tables"])
def test_what_breaks_a_rule_is_not_converted(
    how: str, to: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage, said = DAMAGE[how]
    source, made = tmp_path / "damaged.json", tmp_path / "made"
    written_to(BY_NAME["annotator-json"], small_bundle(), source)
    file = json.loads(source.read_bytes())
    damage(file)
    source.write_text(json.dumps(file), encoding="utf-8")
    assert main(["convert", str(source), str(made), "--to", to]) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "damaged.json: " in told
    assert said in told
    assert not made.exists()


def test_a_copy_of_an_article_that_stayed_behind_is_no_damage(tmp_path: Path) -> None:
    source = tmp_path / "part.json"
    written_to(BY_NAME["annotator-json"], small_bundle(), source)
    file = json.loads(source.read_bytes())
    file["articles"][0]["copy_of"] = "999"
    source.write_text(json.dumps(file), encoding="utf-8")
    assert main(["convert", str(source), str(tmp_path / "made"), "--to", "tables"]) == 0
