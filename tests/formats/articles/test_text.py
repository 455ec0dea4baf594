from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.core.errors import BadInput
from annotator.core.text.blocks import propose_blocks
from annotator.core.text.cleaning import sha256
from annotator.formats.articles import decoding, text_in
from annotator.formats.articles.text import read_text, read_text_file
from annotator.formats.articles.text_in import LIMIT, TextIn

ARTICLE = (
    "Russia rejects meeting\n\nBy Jane Doe\n“It’s over,” Trump said – café, £5.\nIt was. It’s so.\n"
)


def written(folder: Path, data: bytes, name: str = "article.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_text_file(path)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# What comes in


@pytest.mark.parametrize(
    ("start", "digest"),
    [
        ("000", "da745d13d0c31537"),
        ("002", "306a3b5e633bf25b"),
    ],
)
def test_a_seed_comes_in_as_it_is(start: str, digest: str) -> None:
    path = next(paths.seeds().glob(f"{start}_*.txt"))
    read = read_text_file(path)
    assert read.text.encode() == path.read_bytes()
    assert read.encoding == "utf-8"
    assert read.notes == ()
    assert read.file == path.name == f"{start}_{digest}.txt"
    assert read.blocks == propose_blocks(read.text)


def test_what_the_text_says_of_itself_is_proposed(tmp_path: Path) -> None:
    assert read_text_file(written(tmp_path, ARTICLE.encode())) == TextIn(
        title="Russia rejects meeting",
        outlet="",
        author="Jane Doe",
        published="",
        file="article.txt",
        text=ARTICLE,
        blocks=propose_blocks(ARTICLE),
        notes=(),
        encoding="utf-8",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_are_read_without_a_note(tmp_path: Path, encoding: str) -> None:
    read = read_text_file(written(tmp_path, ARTICLE.replace("\n", "\r\n").encode(encoding)))
    assert (read.text, read.encoding, read.notes) == (ARTICLE, encoding, ())


def test_big_endian_utf16(tmp_path: Path) -> None:
    read = read_text_file(written(tmp_path, b"\xfe\xff" + ARTICLE.encode("utf-16-be")))
    assert (read.text, read.encoding) == (ARTICLE, "utf-16")


def test_half_a_utf16_character_is_dropped_and_noted(tmp_path: Path) -> None:
    read = read_text_file(written(tmp_path, "a\ud800b".encode("utf-16", "surrogatepass")))
    assert (read.text, read.notes) == ("ab", ("1 broken character dropped",))


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("cp1252", "Windows-1252", ARTICLE),
        ("cp1252", "Windows-1252", "“Never”"),
        ("cp1252", "Windows-1252", "He met the minister at the café."),
        ("cp1252", "Windows-1252", "Größe, Übermut und „schöne“ Grüße aus München, sagte er."),
        ("cp1251", "Windows-1251", "Министр Сергей Лавров заявил, что встреча не планируется."),
        ("gb18030", "GB18030", "外交部长表示目前没有会晤计划，总统昨天说。"),
    ],
)
def test_other_encodings_are_guessed_and_noted(
    tmp_path: Path, encoding: str, name: str, text: str
) -> None:
    read = read_text_file(written(tmp_path, text.encode(encoding)))
    assert (read.text, read.encoding) == (text, encoding)
    assert read.notes == (f"read as {name}, a guess; check quotation marks and accents",)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", f"The minister, Лавров, said so. {'No meeting was planned at all. ' * 5}"),
        ("cp1254", "Cumhurbaşkanı görüşmenin yapılmayacağını söyledi."),
    ],
)
def test_not_every_foreign_letter_is_taken_for_a_western_accent(
    tmp_path: Path, encoding: str, text: str
) -> None:
    assert read_text_file(written(tmp_path, text.encode(encoding))).encoding != "cp1252"


def test_the_encoding_is_told_by_the_end_of_a_long_file_if_need_be(tmp_path: Path) -> None:
    text = (
        "Nothing but ASCII here.\n" * 20_000 + "Сергей Лавров заявил, что встреча не планируется.\n"
    )
    assert read_text_file(written(tmp_path, text.encode("cp1251"))).text == text


def test_a_broken_byte_in_utf8_is_shown_and_noted(tmp_path: Path) -> None:
    data = ARTICLE.encode() + b"It is \x93so.\n"
    read = read_text_file(written(tmp_path, data))
    assert read.text == ARTICLE + "It is \ufffdso.\n"
    assert read.notes == ("not valid UTF-8 in 1 place, shown as \ufffd, the first in line 6",)


def test_japanese_in_the_bytes_of_ascii(tmp_path: Path) -> None:
    text = "首脳会談は失敗した。\nASCII as well.\n"
    one = read_text_file(written(tmp_path, text.encode("iso2022_jp")))
    assert (one.text, one.encoding) == (text, "iso2022_jp")


def test_dropped_characters_are_noted(tmp_path: Path) -> None:
    read = read_text_file(written(tmp_path, b"A long enough sentence\0 with a control.\n"))
    assert read.text == "A long enough sentence with a control.\n"
    assert read.notes == ("1 control character dropped",)


def test_a_file_name_that_is_not_unicode_can_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path / "caf") + b"\xe9.txt"))
    try:
        path.write_bytes(b"Text.")
    except OSError:
        pytest.skip("this file system has only Unicode names")
    assert read_text_file(path).file == "caf?.txt"


def test_the_largest_file_comes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_in, "LIMIT", 100)
    assert len(read_text_file(written(tmp_path, b"a" * 100)).text) == 100
    assert "has 101 bytes; the limit is 100" in refusal(written(tmp_path, b"a" * 101))
    assert len(read_text("a" * 100).text) == 100
    with pytest.raises(BadInput, match="has 101 characters; the limit is 100"):
        read_text("a" * 101)


# What is refused


def test_fifty_megabytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    sentence = refusal(path)
    assert f"huge.txt in {tmp_path} has 50,000,000 bytes; the limit is {LIMIT:,}" in sentence
    assert "divide it" in sentence


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xa8"])
def test_a_blank_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(written(tmp_path, data)).startswith(f"article.txt in {tmp_path} has no text")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\nsome words in it", "a PDF document"),
        (b"PK\x03\x04 and more", "a Word, OpenDocument or zip file"),
        (b"{\\rtf1\\ansi words}", "an RTF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (bytes(range(256)) * 20, "not plain text"),
        ("UTF-16 without its mark".encode("utf-16-le"), "not plain text"),
    ],
)
def test_what_is_no_plain_text_is_refused(tmp_path: Path, data: bytes, kind: str) -> None:
    sentence = refusal(written(tmp_path, data))
    assert sentence.startswith(f"article.txt in {tmp_path} is {kind};")
    assert "save it as plain text" in sentence


def test_a_file_cut_short_in_utf16_is_refused_with_the_place(tmp_path: Path) -> None:
    sentence = refusal(written(tmp_path, "abc".encode("utf-16") + b"x"))
    assert "is not valid UTF-16 at byte 8; " in sentence


def test_an_encoding_nobody_knows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "_guess", lambda sample: None)
    assert "its encoding cannot be told" in refusal(written(tmp_path, b"\x81\x8d\x8f\x90"))


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.txt").startswith(f"no.txt in {tmp_path} is not there;")
    assert refusal(tmp_path).startswith(f"{tmp_path.name} in {tmp_path.parent} is a folder;")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes in this file system")
    os.mkfifo(tmp_path / "pipe")
    assert "is not an ordinary file" in refusal(tmp_path / "pipe")


def test_an_unreadable_file_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, b"Text.")
    monkeypatch.setattr(Path, "open", denied)
    assert f"article.txt in {tmp_path} cannot be read (Permission denied);" in refusal(path)


# Pasting


def test_a_paste_has_no_file_and_no_encoding() -> None:
    read = read_text("Short\r\ntext.\0")
    assert (read.text, read.file, read.encoding) == ("Short\ntext.", "", "")
    assert read.notes == ("1 control character dropped",)
    assert read_text("Short text.", "from mail").file == "from mail"


def test_a_blank_paste_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^The pasted text has no text"):
        read_text(" \u2028\0")


@given(st.text(st.characters(exclude_categories=())))
def test_any_paste_comes_in_fit_to_be_stored_or_is_refused(raw: str) -> None:
    try:
        read = read_text(raw)
    except BadInput:
        return
    assert sha256(read.text)
    assert read.title
    assert read.blocks[0].start == 0
    assert read.blocks[-1].end == len(read.text)


@given(st.binary())
def test_any_bytes_come_in_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = written(tmp_path_factory.getbasetemp(), data, "any.txt")
    try:
        read = read_text_file(path)
    except BadInput:
        return
    assert sha256(read.text)
    assert read.encoding
