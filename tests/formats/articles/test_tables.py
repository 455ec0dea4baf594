from __future__ import annotations

import datetime
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.articles.published import day_comes_first, iso
from annotator.formats.articles.tables.columns import complete
from annotator.formats.articles.tables.preset import Mapping, Preset
from annotator.formats.articles.text_in import Failure, Known, TextIn, text_in
from tests.formats.articles.documents import found, read, refusal, repacked, workbook, written

BODY = "The summit failed on Sunday, officials said; nobody was surprised by it at all. " * 5
CSV = (
    "Headline,Body,Date,Link,Source,By-Line\r\n"
    f'Summit fails,"{BODY}",2025-08-24,https://planet.example/1,Planet,Lois Lane\r\n'
    '"A, b","Lavrov said ""no"".\nHe left.",2025-08-25,https://planet.example/2,Planet,\r\n'
)


def known(one: TextIn) -> tuple[str, ...]:
    return (one.title, one.outlet, one.author, one.published, one.url)


# Comma-separated


def test_rows_are_articles_by_columns_that_are_guessed(tmp_path: Path) -> None:
    first, second = found(written(tmp_path, "news.csv", CSV))
    assert isinstance(first, TextIn)
    assert known(first) == (
        "Summit fails",
        "Planet",
        "Lois Lane",
        "2025-08-24",
        "https://planet.example/1",
    )
    assert first.text == BODY
    assert (first.file, first.place) == ("news.csv", "row 2")
    assert isinstance(second, TextIn)
    assert (second.title, second.text) == ("A, b", 'Lavrov said "no".\nHe left.')


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    table = f"title{delimiter}text\ncafé{delimiter}“It’s over,” he said, at the café.\n"
    one = read(written(tmp_path, "news.csv", table.encode(encoding)))
    assert (one.title, one.text) == ("café", "“It’s over,” he said, at the café.")
    assert bool(one.notes) == (encoding == "cp1252")


def test_what_excel_writes_before_the_header_is_no_header(tmp_path: Path) -> None:
    assert read(written(tmp_path, "a.csv", "sep=;\ntitle;text\nA;Some words.\n")).title == "A"


def test_a_table_is_known_by_its_header(tmp_path: Path) -> None:
    assert read(written(tmp_path, "news.txt", "title,text\nA,Some words.\n")).title == "A"
    prose = "Title, text and date are words.\nSo is this.\n"
    assert read(written(tmp_path, "prose.txt", prose)).text == prose


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "a,b,text\nSome words.,Long title,Other words.\n")
    preset = Preset(Mapping(text="a", title="B"))
    one = read(path, preset)
    assert (one.text, one.title) == ("Some words.", "Long title")
    assert "has no column “c”; it has “a”, “b”, “text”." in refusal(path, Preset(Mapping(text="c")))


def test_defaults_hold_where_the_row_says_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "source,text\n,Some words.\nReuters,Other words.\n")
    outlets = [one.outlet for one in found(path, Preset(outlet="AP")) if isinstance(one, TextIn)]
    assert outlets == ["AP", "Reuters"]


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "xlsx"])
def test_the_title_can_also_begin_the_text(tmp_path: Path, ending: str) -> None:
    """Headlines are marked too, and in many tables they stand in a column of their own only."""
    rows = [("A “no” from Moscow", "Some words.\n\nMore of them."), ("", "Nameless words.")]
    path = tmp_path / f"a.{ending}"
    if ending == "xlsx":
        path.write_bytes(workbook(("title", "text"), *rows))
    elif ending == "jsonl":
        lines = [json.dumps({"title": title, "text": text}) for title, text in rows]
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        between = "," if ending == "csv" else "\t"
        cells = [between.join(f'"{cell}"' for cell in row) for row in (("title", "text"), *rows)]
        path.write_text("\n".join(cells), encoding="utf-8")
    as_it_is, _ = found(path)
    assert isinstance(as_it_is, TextIn)
    assert as_it_is.text == "Some words.\n\nMore of them."
    one, nameless = found(path, Preset(title_begins_text=True))
    assert isinstance(one, TextIn)
    assert one.text == "A “no” from Moscow\n\nSome words.\n\nMore of them."
    assert one.title == "A “no” from Moscow"
    first, *_ = one.blocks
    assert (first.type, one.text[first.start : first.end].strip()) == ("headline", one.title)
    assert isinstance(nameless, TextIn)
    assert nameless.text == "Nameless words."


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Summit fails", "\n  SUMMIT fails\n\nWords.", "\n  SUMMIT fails\n\nWords."),
        ("Summit  fails ", "Summit fails\nWords.", "Summit fails\nWords."),
        ("Summit fails", "Summit fails, they say.", "Summit fails\n\nSummit fails, they say."),
        ("Two\nlines", "Words.", "Two lines\n\nWords."),
        ("\x07", "Words.", "Words."),
    ],
)
def test_a_title_that_begins_the_text_already_does_so_once(
    title: str, text: str, expected: str
) -> None:
    one = text_in(text, "a.csv", "a.csv", known=Known(title=title), headline=title)
    assert one.text == expected
    begins = " ".join(title.split()) != "\x07"
    assert (one.blocks[0].type == "headline") == begins


def test_the_longest_of_several_text_columns_is_the_text(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", f"content,text,id\nShort.,{BODY.replace(',', '')},1\n")
    assert len(read(path).text) > 300
    nameless = written(tmp_path, "b.csv", f"x,y\n7,{BODY.replace(',', '')}\n")
    assert len(read(nameless).text) > 300


def test_a_table_without_texts_is_refused_with_the_remedy(tmp_path: Path) -> None:
    sentence = refusal(written(tmp_path, "a.csv", "x,y\n1,2\n"))
    assert "has no column that looks like the text" in sentence
    assert "“text=x”. It has “x”, “y”." in sentence
    assert "has no rows" in refusal(written(tmp_path, "b.csv", "text,title\n"))
    assert "has no rows" in refusal(written(tmp_path, "c.csv", ""))


def test_a_bad_row_stops_nothing(tmp_path: Path) -> None:
    table = 'title,text\nA,Some words.\nB,\nC,"a"b\nD,x,y,z\n\nE,Other words.\n'
    one, *failures, last = found(written(tmp_path, "a.csv", table))
    assert isinstance(one, TextIn)
    assert isinstance(last, TextIn)
    assert last.place == "row 7"
    places = [failure.place for failure in failures if isinstance(failure, Failure)]
    assert places == ["row 3", "row 4", "row 5"]
    reasons = [failure.reason for failure in failures if isinstance(failure, Failure)]
    assert f"a.csv in {tmp_path}, row 3, has no text in “text”" in reasons[0]
    assert "quotation marks amiss" in reasons[1]
    assert "has 4 cells where the header has 2" in reasons[2]


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    table = 'title,text\nA,Some words.\nB,"and so on\nC,Other words.\n'
    one, failure = found(written(tmp_path, "a.csv", table))
    assert isinstance(one, TextIn)
    assert isinstance(failure, Failure)
    assert "quotation marks amiss" in failure.reason


def test_nul_bytes_and_broken_utf8_in_a_table(tmp_path: Path) -> None:
    data = b"title,text\nA,Some\0 words of the caf\xc3\xa9 and the caf\xc3\xa9s \xff here, caf\xc3\xa9\xc3\xa9.\n"
    one = read(written(tmp_path, "a.csv", data.replace(b" here,", b" here")))
    assert "caf\u00e9" in one.text
    assert "\0" not in one.text
    assert any("control character" in note for note in one.notes)
    assert any("UTF-8" in note for note in one.notes)


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    assert "too long" in refusal(written(tmp_path, "a.csv", b"," * 1_000_001 + b"\n"))
    assert "more than 1,000 columns" in refusal(written(tmp_path, "b.csv", b"," * 2_000 + b"\n1\n"))


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.formats.articles.text_in.LIMIT", 1000)
    sentence = refusal(written(tmp_path, "a.csv", "text,title\n" + "a" * 2000))
    assert "more than 1,000 characters" in sentence


def test_a_long_text_fits_into_a_cell(tmp_path: Path) -> None:
    long = "word " * 100_000
    assert len(read(written(tmp_path, "a.csv", f"title,text\nA,{long}\n")).text) == 499_999 + 1


@settings(max_examples=50)
@given(st.text(st.sampled_from('ab,;"\n\r\0\té\ud800'), max_size=80))
def test_any_table_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, rest: str) -> None:
    data = ("title,text\n" + rest).encode(errors="surrogatepass")
    for one in found(written(tmp_path_factory.getbasetemp(), "any.csv", data)):
        assert isinstance(one, TextIn | Failure)


# JSON lines


def lines(*objects: object) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in objects).encode()


def test_json_lines_with_objects_in_objects(tmp_path: Path) -> None:
    row = {"content": BODY, "source": {"name": "Planet"}, "authors": ["Lois", "Clark"], "n": None}
    one = read(written(tmp_path, "a.jsonl", lines({**row, "publishedAt": "2025-08-24T10:00:00Z"})))
    assert known(one)[1:4] == ("Planet", "Lois, Clark", "2025-08-24T10:00:00+00:00")
    assert one.place == "line 1"


def test_json_lines_are_known_by_their_content(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", lines({"text": "Some words."}, {"text": "Others."}))
    assert [one.place for one in found(path) if isinstance(one, TextIn)] == ["line 1", "line 2"]


def test_columns_that_nobody_uses_are_told_once_for_the_table(tmp_path: Path) -> None:
    rows = [
        {"text": "", "id": 1},
        {"title": "A", "text": "Some words.", "id": 2, "empty": "", "of": {"topic": "War"}},
        {"title": "B", "text": "More words.", "id": 3},
    ]
    told = ("columns of the table left out: “id”, “of.topic”",)
    for name, data in (("a.jsonl", lines(*rows)), ("a.json", json.dumps(rows).encode())):
        _, *articles = found(written(tmp_path, name, data))
        assert [one.notes for one in articles if isinstance(one, TextIn)] == [told, ()]
    path = written(tmp_path, "a.csv", "text,wanted\nSome words.,x\nMore words.,y\n")
    assert [one.notes for one in found(path) if isinstance(one, TextIn)] == [
        ("columns of the table left out: “wanted”",),
        (),
    ]
    used = Preset(mapping=Mapping(outlet="wanted"))
    assert [one.notes for one in found(path, used) if isinstance(one, TextIn)] == [(), ()]


def test_bad_lines_stop_nothing(tmp_path: Path) -> None:
    bad = [
        b"{",
        b"[1]",
        b'{"text": "a", "text": "b"}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b"7" * 5000,
    ]
    good = lines({"text": "Some words."})
    data = good + b"".join(line + b"\n" for line in bad) + b"\n" + good.replace(b"Some", b"More")
    first, *failures, last = found(written(tmp_path, "a.jsonl", data))
    assert isinstance(first, TextIn)
    assert isinstance(last, TextIn)
    assert last.place == "line 9"
    assert [one.place for one in failures if isinstance(one, Failure)] == [
        f"line {number}" for number in range(2, 8)
    ]


def test_half_characters_are_dropped_and_told(tmp_path: Path) -> None:
    one = read(written(tmp_path, "a.jsonl", b'{"text": "Some \\ud800 words.\\u0000"}\n'))
    assert one.text == "Some  words."
    assert one.notes == ("1 control character dropped", "1 broken character dropped")


# Excel


def test_a_workbook_with_dates_as_dates_and_as_numbers(tmp_path: Path) -> None:
    data = workbook(
        ["Title", "Text", "Date"],
        ["A", "Some words.", datetime.datetime(2025, 8, 24)],  # noqa: DTZ001
        ["B", "Other words.", 45893],
        [None, None, None],
        [12, "More words.", "24.8.2025"],
    )
    a, b, c = found(written(tmp_path, "a.xlsx", data))
    assert isinstance(a, TextIn)
    assert isinstance(b, TextIn)
    assert isinstance(c, TextIn)
    assert [one.published for one in (a, b, c)] == ["2025-08-24"] * 3
    assert [one.place for one in (a, b, c)] == ["row 2", "row 3", "row 5"]
    assert c.title == "12"


def test_formulas_are_what_they_came_to_and_errors_are_told(tmp_path: Path) -> None:
    data = workbook(["title", "text"], ["=1+1", "Some words."], ["#REF!", "Other words."])
    formula, error = found(written(tmp_path, "a.xlsx", data))
    assert isinstance(formula, TextIn)
    assert formula.title == "Some words."  # never calculated, so there is nothing to read
    assert isinstance(error, Failure)
    assert "has an error in “title”" in error.reason


def test_every_sheet_is_read_and_named(tmp_path: Path) -> None:
    more: dict[str, list[list[object]]] = {
        "May": [["text"], ["Words of May."]],
        "Empty": [],
        "Other": [["x"], [1]],
    }
    data = workbook(["title", "text"], ["A", "Some words."], more=more)
    places = [
        (type(one), one.place)
        for one in found(written(tmp_path, "a.xlsx", data))
        if not hasattr(one, "bundle")
    ]
    assert places == [
        (TextIn, "sheet “Sheet”, row 2"),
        (TextIn, "sheet “May”, row 2"),
        (Failure, "sheet Other"),
    ]


def test_a_text_that_fills_its_cell_was_cut_off(tmp_path: Path) -> None:
    data = workbook(["title", "text"], ["A", "a" * 32_767])
    assert "was cut off" in refusal(written(tmp_path, "a.xlsx", data))


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    data = workbook(["text"], ["Some words."])
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    evil = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet
    changed = repacked(data, {"xl/worksheets/sheet1.xml": evil})
    assert "declares entities" in refusal(written(tmp_path, "a.xlsx", changed))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
)
@pytest.mark.parametrize("content", [b"", b"<a", b"<a/>", b"\0" * 100])
def test_a_malformed_workbook_is_refused_or_read(tmp_path: Path, part: str, content: bytes) -> None:
    data = repacked(workbook(["text"], ["Some words."]), {part: content})
    for one in found(written(tmp_path, "a.xlsx", data)):
        assert isinstance(one, TextIn | Failure)


# Columns and dates


def test_a_column_is_used_once_and_a_named_one_is_not_guessed_away() -> None:
    mapping = complete(Mapping(title="source", author=""), ["source", "text", "author"], [], "a")
    assert mapping == Mapping("text", "source", "", "", "", "")


def test_dates_and_addresses_are_known_by_their_values() -> None:
    rows = [{"text": "x", "when": "24.08.2025", "more": "https://a.example"}] * 3
    mapping = complete(Mapping(), ["text", "when", "more"], rows, "a")
    assert (mapping.published, mapping.url) == ("when", "more")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-08-24", "2025-08-24"),
        ("2025-08-24T10:00:00Z", "2025-08-24T10:00:00+00:00"),
        ("2025-08-24 00:00:00", "2025-08-24"),
        ("20250824", "2025-08-24"),
        ("45893", "2025-08-24"),
        ("45893.75", "2025-08-24"),
        ("1756029600", "2025-08-24T10:00:00+00:00"),
        ("1756029600000", "2025-08-24T10:00:00+00:00"),
        ("Sun, 24 Aug 2025 10:00:00 GMT", "2025-08-24"),
        ("August 24, 2025", "2025-08-24"),
        ("24/08/2025", "2025-08-24"),
        ("08/09/2025", ""),
        ("99/99/2025", ""),
        ("yesterday", ""),
        ("", ""),
        ("2025-13-01", ""),
        ("99991399", ""),
    ],
)
def test_dates_as_tables_write_them(value: str, expected: str) -> None:
    assert iso(value) == expected


def test_a_column_tells_whether_the_day_comes_first(tmp_path: Path) -> None:
    assert iso("08/09/2025", day_first=True) == "2025-09-08"
    assert iso("08/09/2025", day_first=False) == "2025-08-09"
    assert day_comes_first(["08/09/2025", "24/08/2025"]) is True
    assert day_comes_first(["08/09/2025", "08/24/2025"]) is False
    assert day_comes_first(["08/09/2025"]) is None
    assert day_comes_first(["24/08/2025", "08/24/2025"]) is None
    table = "text,date\nSome words.,08/09/2025\nOthers.,24/08/2025\n"
    dates = [
        one.published for one in found(written(tmp_path, "a.csv", table)) if isinstance(one, TextIn)
    ]
    assert dates == ["2025-09-08", "2025-08-24"]
    one = read(written(tmp_path, "b.csv", "text,date\nSome words.,08/09/2025\n"))
    assert one.notes == ("the date “08/09/2025” is not clear and was left out",)


@given(st.text(max_size=30))
def test_any_value_is_a_date_or_none(value: str) -> None:
    date = iso(value, day_first=True)
    if date:
        datetime.datetime.fromisoformat(date)
