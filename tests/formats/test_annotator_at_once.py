"""Ids and times that are looked at together are refused as they are one by one."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from annotator.core.errors import BadInput
from annotator.formats import annotator_at_once as at_once
from annotator.formats.annotator_json import article_in, article_out
from annotator.formats.annotator_layout import FileArticle, FileAuthored, IdText, Time
from annotator.formats.exchange.own.lines import FORMAT as LINES
from tests.formats.bundles import small_bundle
from tests.formats.numbered import article, given, some

IDS = ["", "x", " 1", "+1", "1_0", "-1", "1.0", "1\n", "١٢", "²", "1" * 20, "00" * 10]
TIMES = [
    *("", "2026", "2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000+01:00"),
    *("2026-01-01T00:00:00.000Z\n", "2026-01-01T00:00:00.000Z2026-01-01T00:00:00.000Z"),
    *("2026-01-01T00:00:00.00", "０026-01-01T00:00:00.000Z", " 026-01-01T00:00:00.000Z"),
]


def encoded(number: int = 1) -> bytes:
    return msgspec.json.encode(article_out(article(number)))


def bent() -> list[bytes]:
    """An article with each of these in each place once."""
    found = []
    for path in ("marks", "statements"):
        for name, wrong in (
            *((name, IDS) for name in ("id", "made_by", "changed_by")),
            *((name, TIMES) for name in ("made_at", "changed_at")),
        ):
            for value in wrong:
                told = msgspec.json.decode(encoded())
                told["layers"][0][path][-1][name] = value
                found.append(msgspec.json.encode(told))
    for value in IDS:
        told = msgspec.json.decode(encoded())
        told["layers"][0]["statements"][0]["members"][0]["mark"] = value
        found.append(msgspec.json.encode(told))
    return found


def test_what_is_right_is_sound_and_the_same() -> None:
    for part in (*some(), *small_bundle().articles):
        data = msgspec.json.encode(article_out(part))
        quick = msgspec.json.decode(data, type=at_once.ARTICLE)
        assert at_once.is_sound(quick)
        assert article_in(quick, "x") == article_in(
            msgspec.json.decode(data, type=FileArticle), "x"
        )
        assert msgspec.json.encode(quick) == data


@pytest.mark.parametrize("data", bent())
def test_what_the_layout_refuses_is_not_sound(data: bytes) -> None:
    assert not at_once.is_sound(msgspec.json.decode(data, type=at_once.ARTICLE))


def test_what_is_not_sound_is_refused_in_the_words_of_the_layout(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    assert LINES.write is not None
    assert LINES.stream is not None
    LINES.write(given(some()), path, LINES.asked())
    head, *lines = path.read_bytes().splitlines(keepends=True)
    refused = 0
    for data in bent():
        why = refusal(data)
        if why:
            refused += 1
            path.write_bytes(b"".join([head, lines[0], data, b"\n"]))
            with pytest.raises(BadInput) as told:
                list(LINES.stream(path, LINES.asked()).articles)
            assert "line 3" in str(told.value)
            assert why in str(told.value)
    assert refused > len(IDS)


def refusal(data: bytes) -> str:
    """What the layout itself says of an article; empty when that is right."""
    try:
        article_in(msgspec.json.decode(data, type=FileArticle), "x")
    except msgspec.ValidationError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("value", [*IDS, "12"])
def test_an_id_by_itself_is_judged_alike(value: str) -> None:
    right = "2026-01-01T00:00:00.000Z"
    assert at_once.is_plain("1", right, value, right, "1") == (value == "12")
    assert at_once.is_plain("1", right, "1", right, value) == (value == "12")
    assert at_once.is_plain(value, right, "1", right, "1") == (value == "12")


@pytest.mark.parametrize("value", TIMES)
def test_a_time_by_itself_is_judged_alike(value: str) -> None:
    right = "2026-01-01T00:00:00.000Z"
    assert at_once.is_plain("1", right, "1", right, "1")
    assert not at_once.is_plain("1", value, "1", right, "1")
    assert not at_once.is_plain("1", right, "1", value, "1")


def test_the_layout_is_the_same() -> None:
    assert at_once.ARTICLE.__struct_fields__ == FileArticle.__struct_fields__
    assert issubclass(at_once.ARTICLE, FileArticle)
    types = {field.name: field.type for field in msgspec.structs.fields(FileAuthored)}
    assert types == {
        name: Time if name.endswith("_at") else IdText for name in FileAuthored.__struct_fields__
    }
