"""Exports of press databases: many articles in one file, each with what is said of it."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from annotator.formats.articles.text_in import Failure, TextIn
from tests.formats.articles.documents import found, packed, read, typed, written
from tests.formats.articles.exports import (
    CODES,
    EUROPRESSE,
    NEXIS,
    PAGE,
    PROQUEST,
    RULE,
    TAGGED,
    UNI,
    UNTAGGED,
)


def articles(folder: Path, name: str, data: bytes | str) -> list[TextIn]:
    got = found(written(folder, name, data))
    return [one for one in got if isinstance(one, TextIn)]


def said(one: TextIn) -> tuple[str, str, str, str]:
    return one.title, one.outlet, one.author, one.published


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def as_rtf(text: str) -> str:
    """Each line a paragraph, letters beyond ASCII by number."""
    lines = (
        "".join(c if c.isascii() else rf"\u{ord(c)}?" for c in line) for line in text.split("\n")
    )
    return (
        r"{\rtf1\ansi{\header Page 1 of 9\par}" + "".join(rf"{line}\par " for line in lines) + "}"
    )


def test_an_export_of_the_old_nexis(tmp_path: Path) -> None:
    one, two, three = found(written(tmp_path, "x.txt", NEXIS))
    assert isinstance(one, TextIn)
    assert isinstance(two, TextIn)
    assert said(one) == (
        "Port of Narvik closes after storm",
        "The Northern Post",
        "Ann Lee and Bo Ek",
        "2025-08-24",
    )
    assert one.text == (
        "Port of Narvik closes after storm\n\nThe port was closed on Sunday, its master\nsaid.\n\n"
        "“We had no choice,” he told reporters: it was\nlate."
    )
    assert typed(one)[0] == ("headline", "Port of Narvik closes after storm")
    assert said(two) == ("Ships wait", "Harbour News", "", "2025-08-24")
    assert two.text == "Ships wait\n\nForty ships wait\n  at sea."
    assert (one.place, two.place) == ("article 1", "article 2")
    assert isinstance(three, Failure)
    assert three.place == "article 3"
    assert three.reason.endswith(
        ", article 3, has no text in it; choose or copy something with words."
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2 of 3 DOCUMENTS", "2 of 4 DOCUMENTS"),
        ("2 of 3 DOCUMENTS", "3 of 3 DOCUMENTS"),
        ("24 August 2025", "a day in August"),
        (" DOCUMENTS", " documents"),
        ("The Northern Post\n", "The Northern Post\nA\nB\nC\n"),
    ],
)
def test_what_only_looks_like_one_stays_an_article(old: str, new: str, tmp_path: Path) -> None:
    text = NEXIS.replace(old, new)
    assert text != NEXIS
    assert read(written(tmp_path, "x.txt", text)).text == text


def test_other_languages_of_the_old_nexis(tmp_path: Path) -> None:
    text = (
        "                            Dokument 1 von 1\n\n                 Hafenpost\n\n"
        "                 24. August 2025 Sonntag\n\nHafen zu\n\nAUTOR: Von Ann Lee\n\n"
        "LÄNGE: 12 Wörter\n\nDer Hafen ist zu.\n\nUPDATE: 25. August 2025\n\nSPRACHE: GERMAN\n"
    )
    (one,) = articles(tmp_path, "x.txt", text)
    assert said(one) == ("Hafen zu", "Hafenpost", "Ann Lee", "2025-08-24")
    assert one.text == "Hafen zu\n\nDer Hafen ist zu."


@pytest.mark.parametrize("name", ["x.txt", "x.docx", "x.rtf"])
@pytest.mark.parametrize("word", ["UPDATE", "GRAPHIC", "LANGUAGE"])
def test_a_paragraph_of_the_old_nexis_may_begin_like_what_is_below_the_text(
    name: str, word: str, tmp_path: Path
) -> None:
    text = NEXIS.replace("“We had", f"{word}: it opens on Monday.\n\n“We had", 1)
    made = {"x.txt": text.encode(), "x.docx": as_docx(text), "x.rtf": as_rtf(text).encode()}
    one, _ = articles(tmp_path, name, made[name])
    assert f"{word}: it opens on Monday." in one.text
    assert one.text.endswith("it was\nlate.")


def test_an_article_of_the_old_nexis_may_begin_with_a_town_and_its_headline_with_a_word(
    tmp_path: Path,
) -> None:
    text = NEXIS.replace("The port was", "NARVIK: The port was").replace(
        "Port of Narvik", "EXCLUSIVE: Port of Narvik"
    )
    one, _ = articles(tmp_path, "x.txt", text)
    assert one.title == "EXCLUSIVE: Port of Narvik closes after storm"
    assert "\n\nNARVIK: The port was closed" in one.text


def test_a_headline_of_nexis_uni_may_be_the_word_above_the_text(tmp_path: Path) -> None:
    head = "Ships wait\nHarbour News"
    two = articles(tmp_path, "x.txt", UNI.replace(head, "Body\nHarbour News"))[1]
    assert two.title == "Body"
    assert said(two)[1:] == ("Harbour News", "", "2025-08-24")


def test_what_europresse_has_where_names_are_and_is_too_long_for_them_is_none(
    tmp_path: Path,
) -> None:
    long = EUROPRESSE.replace("Anne Lee", "Anne Lee, " + "who has written much " * 9)
    assert long != EUROPRESSE
    assert articles(tmp_path, "x.html", long)[0].author == ""


@pytest.mark.parametrize("name", ["x.txt", "x.docx", "x.rtf"])
def test_an_export_of_nexis_uni(name: str, tmp_path: Path) -> None:
    made = {"x.txt": UNI.encode(), "x.docx": as_docx(UNI), "x.rtf": as_rtf(UNI).encode()}
    one, two = articles(tmp_path, name, made[name])
    assert said(one) == ("Port of Narvik closes", "The Northern Post", "Ann Lee", "2025-08-24")
    assert one.text == (
        "Port of Narvik closes\n\nThe port was closed on Sunday.\nBody\n“We had no choice,” he said."
    )
    assert said(two) == ("Ships wait", "Harbour News", "", "2025-08-24")
    assert two.text == "Ships wait\n\nForty ships wait at sea."


def test_one_article_of_nexis_uni_without_a_text_is_told(tmp_path: Path) -> None:
    text = UNI.replace("Length:\u00a012 words\nBody\nForty ships wait at sea.\n", "")
    one, two = found(written(tmp_path, "x.txt", text))
    assert isinstance(one, TextIn)
    assert isinstance(two, Failure)
    assert two.place == "article 2"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("End of Document\n", "End of Document.\n"),
        ("24 augustus 2025 zondag\n", ""),
        ("Load-Date:\u00a0August 25, 2025\nEnd of Document\nShips", "Ships"),
    ],
)
def test_what_only_ends_like_nexis_uni_stays_an_article(old: str, new: str, tmp_path: Path) -> None:
    text = UNI.replace(old, new) + "Something else.\n"
    assert read(written(tmp_path, "x.txt", text)).text == text


@pytest.mark.parametrize("as_table", [False, True])
def test_an_export_of_factiva_with_tags(as_table: bool, tmp_path: Path) -> None:
    if as_table:
        rows = (
            r"HD\cell Port of Narvik closes.\cell\row BY\cell By Ann Lee\cell\row PD\cell 24 August"
            r" 2025\cell\row SN\cell The Northern Post\cell\row LP\cell The port was closed on"
            r" Sunday.\par\cell\row TD\cell HD\par \ldblquote We had no choice,\rdblquote  he"
            r" said.\par So it stays.\par\cell\row CO\cell nrvk : Port of Narvik\cell\row AN\cell "
            rf"{CODES[0]}\cell\row\page HD\cell Ships wait.\cell\row PD\cell 23 August 2025\cell\row"
            r" SN\cell Harbour News\cell\row LP\cell Forty ships wait at sea.\cell\row AN\cell "
            rf"{CODES[1]}\cell\row"
        )
        one, two = articles(tmp_path, "x.rtf", rf"{{\rtf1\ansi {rows}}}")
    else:
        one, two = articles(tmp_path, "x.txt", TAGGED)
    assert said(one) == ("Port of Narvik closes.", "The Northern Post", "Ann Lee", "2025-08-24")
    assert "".join(one.text.split()) == "".join(
        "Port of Narvik closes.The port was closed on Sunday.HD"
        "“We had no choice,” he said.So it stays.".split()
    )
    assert said(two) == ("Ships wait.", "Harbour News", "", "2025-08-23")
    assert two.text == "Ships wait.\n\nForty ships wait at sea."


def test_an_export_of_factiva_without_tags(tmp_path: Path) -> None:
    one, two = articles(tmp_path, "x.txt", UNTAGGED)
    assert said(one) == ("Port of Narvik closes", "The Northern Post", "Ann Lee", "2025-08-24")
    assert one.text == (
        "Port of Narvik closes\n\nThe port was closed on Sunday.\n\n“We had no choice,” he said."
    )
    assert said(two) == ("Ships wait at sea for days", "Harbour News", "Bo Ek", "2025-08-23")
    assert two.text == "Ships wait at sea for days\n\nForty ships wait at sea."


def test_a_web_page_of_factiva(tmp_path: Path) -> None:
    one, two = articles(tmp_path, "x.html", PAGE)
    assert said(one) == ("Port of Narvik closes", "The Northern Post", "Ann Lee", "2025-08-24")
    assert one.text == (
        "Port of Narvik closes\n\nThe port was closed on Sunday.\n\n“We had no choice,” he said."
    )
    assert said(two) == ("Ships wait", "Harbour News", "", "2025-08-23")
    assert two.text == "Ships wait\n\nForty ships wait at sea."


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (TAGGED, "SN\n", "XX\n"),
        (TAGGED, "0020250824", "00"),
        (UNTAGGED, "23 August 2025", "in August"),
        (UNTAGGED, "12 words", "twelve words"),
        (UNTAGGED, "©", "And then"),
    ],
)
def test_what_only_looks_like_factiva_stays_an_article(
    text: str, old: str, new: str, tmp_path: Path
) -> None:
    changed = text.replace(old, new)
    assert changed != text
    assert read(written(tmp_path, "x.txt", changed)).text == changed


def test_an_export_in_a_zip_file(tmp_path: Path) -> None:
    data = packed({"a/x.txt": UNI.encode(), "b.txt": b"The port is open."})
    got = articles(tmp_path, "x.zip", data)
    assert [one.title for one in got] == [
        "Port of Narvik closes",
        "Ships wait",
        "The port is open.",
    ]


def test_a_web_page_of_europresse(tmp_path: Path) -> None:
    one, two = articles(tmp_path, "x.html", EUROPRESSE)
    assert said(one) == ("Le port fermé", "La Poste du Nord", "Anne Lee", "2025-08-24")
    assert one.text == (
        "Le port fermé\n\nLa tempête est passée\nLe port est fermé depuis dimanche.\n"
        "« On attend », dit-il."
    )
    assert said(two) == ("Ships wait", "Harbour News", "", "2025-08-23")
    assert two.text == "Ships wait\n\nForty ships wait at sea."


@pytest.mark.parametrize(("old", "new"), [("titre", "t"), ("24 août 2025", "en août")])
def test_a_page_that_is_not_quite_of_europresse_is_one_article(
    old: str, new: str, tmp_path: Path
) -> None:
    (one,) = found(written(tmp_path, "x.html", EUROPRESSE.replace(old, new)))
    assert isinstance(one, TextIn)
    assert one.place == ""


def test_an_export_of_proquest(tmp_path: Path) -> None:
    one, two = articles(tmp_path, "x.txt", PROQUEST)
    assert said(one) == (
        "Port of Narvik closes",
        "Northern Post; Narvik",
        "Lee, Ann",
        "2025-08-24",
    )
    assert one.text == (
        "Port of Narvik closes\n\nThe port was closed on Sunday.\n\nLocation: nobody would say.\n\n"
        "“We had no choice,” he said."
    )
    assert said(two) == ("Ships wait", "Harbour News", "", "2025-08-23")
    assert two.text == "Ships wait\n\nForty ships wait at sea."


@pytest.mark.parametrize(
    ("old", "new"), [("\nTitle: Ships", "\nTitel: Ships"), (RULE, "-----"), (" ID:", " Id:")]
)
def test_what_only_looks_like_proquest_stays_an_article(old: str, new: str, tmp_path: Path) -> None:
    text = PROQUEST.replace(old, new)
    assert text != PROQUEST
    assert read(written(tmp_path, "x.txt", text)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Body\n" * 200_000 + "24 August 2025\nEnd of Document\n",
        "1 of 1 DOCUMENTS\n" * 100_000,
        f"Title\n12 words\n{CODES[0]}\n" * 50_000,
        (f"{RULE}\nProQuest document ID: 1\n" + "Title: a\n" * 9) * 20_000,
    ],
)
def test_what_looks_like_a_layout_again_and_again_is_gone_through_once(
    text: str, tmp_path: Path
) -> None:
    assert read(written(tmp_path, "x.txt", text)).text == text


@pytest.mark.parametrize(
    ("page", "within", "deeper"),
    [
        (PAGE, '<p class="articleParagraph enarticleParagraph">', "<div class='article'>"),
        (EUROPRESSE, "<p>", "<article>"),
    ],
)
def test_articles_within_articles_are_gone_through_once(
    page: str, within: str, deeper: str, tmp_path: Path
) -> None:
    nested = page.replace(within, deeper * 100 + within + "nested", 1)
    got = found(written(tmp_path, "x.html", nested))
    assert [one.text.count("nested") for one in got if isinstance(one, TextIn)] == [1, 0]
