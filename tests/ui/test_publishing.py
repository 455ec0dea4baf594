"""The marked article on paper: PDF, SVG, PNG, printing, and the command line."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.cli import main
from annotator.core.errors import BadInput
from annotator.ui.article.geometry.drawn import Drawn
from annotator.ui.article.page import Page
from annotator.ui.look.theme import load_theme
from annotator.ui.paper.publish import Sheet, as_image, as_pdf, as_svg, paint_sheets
from annotator.ui.paper.publishing import Publishing
from annotator.ui.paper.sheets import sheets
from annotator.ui.paper.vectors import repeated
from tests.ui.acting import mark_words, message
from tests.ui.article.scene import KINDS
from tests.ui.conftest import Hands
from tests.workshop import SEED_000

TEXT = "Lavrov told the paper that nobody had planned a meeting.\n" * 80
LIGHT = load_theme("light")


def sheet(qapp: QApplication, *, legend: bool = True, text: str = TEXT) -> Sheet:
    marks = [
        Drawn(1, "speaker", ((0, 6),), ""),
        Drawn(2, "position", ((7, 50),), ""),
        Drawn(3, "cue", ((57 * 3, 57 * 3 + 20),), ""),
    ]
    return Sheet(Page(text, (), marks), KINDS, LIGHT, 720, legend=legend)


def colours(image: QImage, first: int = 0) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper()
        for y in range(first, image.height())
        for x in range(image.width())
    }


def rendered(svg: bytes) -> QImage:
    renderer = QSvgRenderer(svg)
    assert renderer.isValid()
    image = QImage(renderer.viewBox().size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


# Sheets and dashes, in numbers


@given(st.lists(st.floats(1, 40), max_size=60), st.floats(40, 200))
def test_every_row_is_whole_on_one_sheet(heights: list[float], height: float) -> None:
    rows, y = [], 10.0
    for one in heights:
        rows.append((y, y + one))
        y += one
    found = sheets(rows, height)
    assert all(bottom - top <= height + 1e-6 for top, bottom in found)
    for top, bottom in rows:
        assert sum(first <= top and bottom <= last for first, last in found) == 1


@given(st.floats(-50, 50), st.floats(0, 60))
def test_dashes_repeat_and_stay_between_their_ends(begin: float, length: float) -> None:
    found = list(repeated(begin, begin + length, [(0, 7), (9, 10)], 12))
    assert all(begin <= a < b <= begin + length for a, b in found)
    for a, b in found:
        assert 0 <= a % 12 < 7 or 9 <= a % 12 < 10
        assert b - a <= 7


# Files


def test_the_legend_names_only_the_kinds_that_occur(qapp: QApplication) -> None:
    said = " ".join(ET.fromstring(as_svg(sheet(qapp), "A")).itertext())
    assert "Speaker" in said
    assert "Position" in said
    assert "Cue" in said
    assert "Claim" not in said
    plain = sheet(qapp, legend=False)
    assert "Speaker" not in " ".join(ET.fromstring(as_svg(plain, "A")).itertext())
    assert plain.height < sheet(qapp).height


def test_an_svg_has_text_and_shapes_and_no_pictures(qapp: QApplication) -> None:
    root = ET.fromstring(as_svg(sheet(qapp), "A & B"))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "text" in tags
    assert not tags & {"image", "pattern"}, "dashes are to be shapes"
    assert root.findtext("{*}title") == "A & B"


def test_an_svg_looks_like_the_png(qapp: QApplication) -> None:
    one = sheet(qapp)
    expected, drawn = as_image(one), rendered(as_svg(one, "A"))
    assert drawn.size() == expected.size()
    kinds = {LIGHT.hex(f"kind.{number}") for number in (1, 3, 4)}
    assert kinds <= colours(expected)
    assert kinds <= colours(drawn)
    assert kinds <= colours(expected, int(one.height) - 150), "the legend is at the end"


def test_a_pdf_has_its_pages_and_fonts(qapp: QApplication) -> None:
    data = as_pdf(sheet(qapp), "A")
    assert data.startswith(b"%PDF")
    count = data.count(b"/Type /Page\n")
    assert count > 1
    assert b"/FontFile" in data


def test_printing_paints_as_many_sheets_as_the_pdf_has(qapp: QApplication, tmp_path: Path) -> None:
    one = sheet(qapp)
    writer = QPdfWriter(str(tmp_path / "printed.pdf"))
    count = paint_sheets(writer, one, "A")
    height = one.width * writer.height() / writer.width()
    assert count == len(sheets(one.rows(), height - 34))
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") == count


def test_an_article_too_long_for_a_png_says_what_to_do(qapp: QApplication) -> None:
    with pytest.raises(BadInput, match=r"\.svg or \.pdf"):
        as_image(sheet(qapp, text="A line.\n" * 2000))


def test_an_article_without_marks_has_no_legend(qapp: QApplication) -> None:
    empty = Sheet(Page("Words.\n"), KINDS, LIGHT, 720, legend=True)
    assert len(empty.rows()) == 2
    assert as_pdf(empty, "A").count(b"/Type /Page\n") == 1


# Commands


@pytest.mark.parametrize("suffix", [".pdf", ".svg", ".png"])
def test_the_article_at_hand_is_saved_as_a_picture(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Lavrov told", "s")
    path = tmp_path / f"article{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    hands.window.actions_by_id["article.picture"].trigger()
    assert path.stat().st_size > 1000
    assert str(path) in message(hands)


def test_the_article_at_hand_is_printed(hands: Hands, tmp_path: Path) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Lavrov told", "s")
    (publishing,) = (t for t in hands.window.targets if isinstance(t, Publishing))
    publishing.print_on(QPdfWriter(str(tmp_path / "printed.pdf")))
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    assert "sent to the printer" in message(hands)


def test_the_command_line_draws_by_suffix(
    hands: Hands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hands.open(SEED_000)
    mark_words(hands, "Lavrov told", "s")
    project = str(hands.window.desk.workspace.path)

    def draw(name: str, *more: str) -> Path:
        assert main(["picture", project, SEED_000, "-o", str(tmp_path / name), *more]) == 0
        return tmp_path / name

    assert draw("a.pdf").read_bytes().startswith(b"%PDF")
    assert "Speaker" in draw("a.svg").read_text(encoding="utf-8")
    plain, with_legend = QImage(str(draw("a.png"))), QImage(str(draw("b.png", "--legend")))
    assert plain.height() < with_legend.height()
    assert main(["picture", project, SEED_000, "-o", str(tmp_path / "a.gif")]) == 1
    assert ".png, .svg or .pdf" in capsys.readouterr().err
