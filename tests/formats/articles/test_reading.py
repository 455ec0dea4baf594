from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from annotator import paths
from annotator.core.errors import BadInput
from annotator.formats.articles import archive, reading, text
from annotator.formats.articles.reading import read_articles
from annotator.formats.articles.source import Source
from annotator.formats.articles.tables.preset import (
    Mapping,
    Preset,
    preset_names,
    preset_path,
    read_preset,
    write_preset,
)
from annotator.formats.articles.text_in import BundleIn, Failure, TextIn
from tests.formats.articles.documents import PAGE, found, packed, read, refusal, workbook, written

SMALL = Path(__file__).parents[1] / "small.json"


def names(path: Path) -> list[str]:
    return [f"{one.file} {type(one).__name__}" for one in found(path)]


def failures(path: Path) -> list[str]:
    return [one.reason for one in found(path) if isinstance(one, Failure)]


# Folders


def test_a_folder_is_read_in_order_with_the_folders_in_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.txt", ".git/d.txt", "sub/deep/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        written(tmp_path, name, f"Words of {name}.")
    assert names(tmp_path) == ["a.txt TextIn", "b.txt TextIn", "c.txt TextIn", "e.txt TextIn"]


def test_every_kind_of_file_finds_its_reader(tmp_path: Path) -> None:
    written(tmp_path, "a.html", PAGE)
    written(tmp_path, "b.xlsx", workbook(["text"], ["Some words."]))
    written(tmp_path, "c.json", SMALL.read_bytes())
    written(tmp_path, "d.png", b"\x89PNG\r\n\x1a\n")
    written(
        tmp_path, "e.zip", packed({"in.txt": b"Zipped words.", "work.json": SMALL.read_bytes()})
    )
    assert names(tmp_path) == [
        "a.html TextIn",
        "b.xlsx TextIn",
        "c.json BundleIn",
        "d.png Failure",
        "in.txt TextIn",
        "work.json BundleIn",
    ]


def test_an_unreadable_file_stops_nothing_and_progress_never_goes_back(tmp_path: Path) -> None:
    good = [written(tmp_path, f"{n}.txt", f"Words {n}.") for n in range(3)]
    table = written(tmp_path, "t.csv", "title,text\n" + "A,Some words.\n" * 20_000)
    given = [good[0], tmp_path / "missing.txt", table, good[1], good[2]]
    steps = list(read_articles(given))
    assert [step.number for step in steps[:2]] == [1, 2]
    assert steps[-1].share == 1.0
    assert {step.of for step in steps} == {5}
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert len({step.share for step in steps if step.file == "t.csv"}) > 3
    assert sum(isinstance(step.found, Failure) for step in steps) == 1


def test_reading_is_lazy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        written(tmp_path, f"{n}.txt", f"Words {n}.")
    opened: list[str] = []
    read = text.read

    def watched(source: Source) -> TextIn:
        opened.append(source.name)
        return read(source)

    monkeypatch.setitem(reading.ONE, "text", watched)
    steps = read_articles([tmp_path])
    next(steps)
    assert opened == ["0.txt"]


def test_a_linked_folder_is_told_and_not_walked(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "in", "a.txt", "Words.")
    try:
        (tmp_path / "in" / "loop").symlink_to(tmp_path)
    except OSError:
        pytest.skip("this file system has no links")
    first, second = found(tmp_path / "in")
    assert isinstance(second, TextIn) or isinstance(first, TextIn)
    assert ["is a link to another folder" in reason for reason in failures(tmp_path / "in")] == [
        True
    ]


def test_json_of_others_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "other.json", '{"format": "other"}')
    assert "is not Annotator JSON" in refusal(path)
    one = found(SMALL)[0]
    assert isinstance(one, BundleIn)
    assert len(one.bundle.articles) == 1


# Zip files


def test_entries_come_in_the_order_of_their_names_and_hidden_ones_do_not(tmp_path: Path) -> None:
    entries = {
        "b.txt": b"Words b.",
        "a/c.txt": b"Words c.",
        "__MACOSX/._b.txt": b"\0\5\x16\7",
        ".DS_Store": b"\0\0\0\1",
    }
    assert names(written(tmp_path, "a.zip", packed(entries))) == ["c.txt TextIn", "b.txt TextIn"]


def test_names_in_utf8_without_saying_so_and_in_old_code_pages(tmp_path: Path) -> None:
    data = packed({"cafX.txt": b"Words.", "ddd.txt": b"Others."})
    data = data.replace(b"cafX.txt", "kаf".encode()[:4] + b".txt").replace(b"ddd", b"d\x81d")
    files = {one.file for one in found(written(tmp_path, "a.zip", data))}
    assert files == {"kаf"[:3].encode()[:4].decode() + ".txt", "düd.txt"}


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "C:/evil.txt", "a/../../b.txt"]
)
def test_names_that_lead_out_are_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, "a.zip", packed({name: b"Words.", "good.txt": b"Good words."}))
    assert sum(isinstance(one, TextIn) for one in found(path)) == 1
    (reason,) = failures(path)
    assert "leads out of its folder" in reason
    assert list(tmp_path.iterdir()) == [path]


def test_a_bomb_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", packed({"bomb.txt": b"\0" * 50_000_000, "ok.txt": b"Words."}))
    (reason,) = failures(path)
    assert "times smaller than it is" in reason


def test_an_entry_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": b"word " * 10_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert all(isinstance(one, Failure) for one in found(written(tmp_path, "a.zip", bytes(data))))


def test_entries_inside_one_another_are_refused(tmp_path: Path) -> None:
    data = packed({"a.txt": b"Some words.", "b.txt": b"Other words."}, zipfile.ZIP_STORED)
    second = data.rindex(b"PK\x01\x02")
    twice = bytearray(data)
    twice[second + 42 : second + 46] = struct.pack("<I", 0)
    assert "inside one another" in refusal(written(tmp_path, "a.zip", bytes(twice)))


def test_encrypted_nested_damaged_and_linked_entries_are_told(tmp_path: Path) -> None:
    inner = packed({"x.txt": b"Words."})
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("nested.zip", inner)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
        file.writestr("locked.txt", b"secret words")
        file.writestr("rotten.txt", b"rotten words")
    raw = bytearray(data.getvalue())
    locked = raw.rindex(b"locked.txt") - 46
    raw[locked + 8] |= 1
    rotten = raw.index(b"rotten words")
    raw[rotten] ^= 1
    reasons = failures(written(tmp_path, "a.zip", bytes(raw)))
    assert len(reasons) == 4
    for reason, said in zip(
        reasons,
        ("is only a link", "is encrypted", "zip file in a zip file", "is damaged"),
        strict=True,
    ):
        assert said in reason


def test_empty_and_damaged_zip_files_are_refused(tmp_path: Path) -> None:
    assert "is empty" in refusal(written(tmp_path, "a.zip", packed({})))
    assert "damaged" in refusal(written(tmp_path, "b.zip", packed({"a.txt": b"a" * 999})[:90]))


def test_too_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_ENTRIES", 2)
    data = packed({f"{n}.txt": b"Words." for n in range(3)})
    assert "has 3 entries" in refusal(written(tmp_path, "a.zip", data))


def test_a_table_in_a_zip_file_takes_the_preset(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", packed({"t.csv": b"a,b\nSome words.,T\n"}))
    assert read(path, Preset(Mapping(text="a", title="b"))).title == "T"


# What is not loaded


def test_nothing_heavy_is_imported_for_a_text() -> None:
    code = (
        "import sys, pathlib; from annotator import cli;"
        "from annotator.formats.articles.reading import read_articles;"
        "list(read_articles([pathlib.Path(sys.argv[1])]));"
        "heavy = {'lxml', 'trafilatura', 'docx', 'openpyxl', 'pypdfium2'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or None)"
    )
    seed = next(paths.seeds().glob("*.txt"))
    done = subprocess.run([sys.executable, "-c", code, str(seed)], capture_output=True, check=False)
    assert done.stderr == b""


# Presets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "config"


def test_a_preset_comes_back_as_it_was_saved(folder: Path) -> None:
    preset = Preset(
        Mapping(text='bo"dy\\\x7f\n', title="", url="Über-Link"),
        outlet="“AP”",
        day_first=False,
        title_begins_text=True,
    )
    path = preset_path(folder, "From LexisNexis")
    write_preset(path, preset)
    assert read_preset(path) == preset
    assert preset_names(folder) == ["From LexisNexis"]
    write_preset(path, Preset())
    assert read_preset(path) == Preset()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (b"[columns]\nbody = 'x'", "has “body”, which is not understood"),
        (b"[columns]\ntext = 5", "has “text”"),
        (b"columns = 5", "is not a table"),
        (b"day_first = 'yes'", "has “day_first”"),
        (b"title_begins_text = 1", "has “title_begins_text”"),
        (b"other = 1", "has “other”"),
        (b"x", "is not valid TOML"),
        (b"\xff", "is not valid TOML"),
    ],
)
def test_a_preset_with_faults_is_refused(tmp_path: Path, toml: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_preset(written(tmp_path, "a.toml", toml))


def test_a_preset_that_is_not_there_or_cannot_be_called_so_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no preset"):
        read_preset(tmp_path / "a.toml")
    for name in ("../x", "", ".x", "a/b", "a\0"):
        with pytest.raises(BadInput, match="cannot be called"):
            preset_path(tmp_path, name)
