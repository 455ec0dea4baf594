"""Mail, and web pages saved as one file, which are laid out as mail."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from tests.formats.articles.documents import PAGE, found, read, refusal, written

HEAD = (
    "From: Lois Lane <lois@planet.example>\r\nTo: desk@planet.example\r\n"
    "Subject: =?utf-8?q?Summit_fails_=E2=80=93_again?=\r\n"
    "Date: Sun, 24 Aug 2025 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
)


def mail(body: str, kind: str = "text/plain", charset: str = "utf-8") -> str:
    packed = quopri.encodestring(body.encode(charset)).decode()
    return (
        f"Content-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: quoted-printable"
        f"\r\n\r\n{packed}"
    )


def parts(sort: str, *bodies: str) -> str:
    inside = "".join(f"--edge\r\n{body}\r\n" for body in bodies)
    return f'Content-Type: multipart/{sort}; boundary="edge"\r\n\r\n{inside}--edge--\r\n'


def picture() -> str:
    data = base64.b64encode(b"\x89PNG" * 20).decode()
    return (
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment; filename=x.png\r\n\r\n{data}\r\n"
    )


def test_mail_is_its_text_with_who_when_and_what(tmp_path: Path) -> None:
    one = read(
        written(tmp_path, "a.eml", HEAD + mail("Der Außenminister = “er”.\r\nNoch was.\r\n"))
    )
    assert one.text == "Der Außenminister = “er”.\nNoch was.\n"
    assert (one.title, one.author) == ("Summit fails – again", "Lois Lane")
    assert one.published == "2025-08-24T10:00:00+02:00"


def test_mail_of_two_forms_and_an_attachment_comes_in_once(tmp_path: Path) -> None:
    both = parts("alternative", mail("Words of it."), mail("<p>Words of it.</p>", "text/html"))
    data = HEAD + parts("mixed", both.replace("edge", "inner"), picture())
    one = read(written(tmp_path, "a.eml", data))
    assert one.text.strip() == "Words of it."
    assert one.notes == ("1 attachment left out",)


@pytest.mark.parametrize("charset", ["windows-1251", "utf-8"])
def test_a_page_saved_as_one_file_is_read_as_a_page(tmp_path: Path, charset: str) -> None:
    page = PAGE.replace("nothing at all", "Кремль").replace('rel="canonical"', 'rel="x"')
    if charset != "utf-8":  # the message alone says so
        page = page.replace('<meta charset="utf-8">', "").replace("“", "«").replace("”", "»")
    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://planet.example/summit\r\n"
        "Subject: Summit fails\r\nMIME-Version: 1.0\r\n"
        + parts("related", mail(page, "text/html", charset), picture())
    )
    one = read(written(tmp_path, "a.mhtml", data))
    assert one.title == "Summit fails"
    assert one.url == "https://planet.example/summit"
    assert "Кремль, officials said" in one.text
    assert "=3D" not in one.text


def test_lines_that_flow_on_are_joined(tmp_path: Path) -> None:
    body = mail("One line goes \r\non here.\r\nAnother does not.\r\n")
    data = HEAD + body.replace("text/plain;", "text/plain; format=flowed;")
    assert read(written(tmp_path, "a.eml", data)).text == (
        "One line goes on here.\nAnother does not.\n"
    )


def test_a_text_that_begins_with_a_name_and_a_colon_is_a_text(tmp_path: Path) -> None:
    text = "From: the desk\nSubject: the summit\n\nIt failed. MIME-Version: unknown.\n"
    assert read(written(tmp_path, "a.txt", text)).text == text


def test_a_message_without_a_text_is_refused(tmp_path: Path) -> None:
    data = HEAD + parts("mixed", picture())
    assert "a message without a text" in refusal(written(tmp_path, "a.eml", data))


@pytest.mark.parametrize(
    "head",
    [
        "Date: no date at all\r\n",
        "Content-Type: text/plain; charset=nothing-known\r\n",
        'Content-Type: multipart/mixed; boundary="\r\n',
        "From: =?x?q?=FF?= <\r\nSubject: =?utf-8?b?!!!?=\r\n",
        "Content-Type: \r\n",
    ],
)
def test_broken_headers_are_survived(tmp_path: Path, head: str) -> None:
    (one,) = found(
        written(tmp_path, "a.eml", f"MIME-Version: 1.0\r\n{head}\r\nSome words of it.\r\n")
    )
    assert one.file == "a.eml"
