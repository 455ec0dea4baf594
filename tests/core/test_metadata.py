from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.core.text.blocks import propose_blocks
from annotator.core.text.dates import find_dates
from annotator.core.text.metadata import TITLE_LENGTH, Metadata, propose_metadata

BODY = (
    "Officials said on Tuesday that no meeting was planned, as many had hoped it would be by now."
)


def metadata(text: str, file_name: str = "file.txt") -> Metadata:
    return propose_metadata(text, propose_blocks(text), file_name)


def test_seed_000() -> None:
    text = next(paths.seeds().glob("000_*.txt")).read_text(encoding="utf-8")
    assert metadata(text) == Metadata(
        title=text.split("\n")[0], published="2025-08-24", outlet="RadarOnline.com", author=""
    )


def test_seed_002_says_nothing_of_itself() -> None:
    text = next(paths.seeds().glob("002_*.txt")).read_text(encoding="utf-8")
    assert metadata(text) == Metadata(
        title="Hopes for a direct summit between Russian President Vladimir Putin and…",
        published="",
        outlet="",
        author="",
    )


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Aug. 24 2025, Published 5:40 p.m. ET", "2025-08-24"),
        ("August 18, 2025", "2025-08-18"),
        ("Monday, August 18th, 2025", "2025-08-18"),
        ("18 August 2025", "2025-08-18"),
        ("18. August 2025", "2025-08-18"),
        ("Sept. 3, 2025", "2025-09-03"),
        ("2025-08-24T17:40:00Z", "2025-08-24"),
        ("24.08.2025, 17:40", "2025-08-24"),
        ("24/08/2025", "2025-08-24"),
        ("08/24/2025", "2025-08-24"),
        ("08/08/2025", "2025-08-08"),
        ("Updated Aug 25, 2025, Published Aug 24, 2025", "2025-08-24"),
        ("08/09/2025", ""),
        ("August 2025", ""),
        ("31 June 2025", ""),
        ("2025-13-01", ""),
        ("124 August 2025", ""),
        ("24 August 20251", ""),
    ],
)
def test_published_is_a_whole_day_in_a_dateline(line: str, date: str) -> None:
    assert metadata(f"Russia Rejects Meeting\n\n{line}\n{BODY}\n").published == date


def test_a_date_in_the_body_is_not_the_date_of_the_article() -> None:
    assert metadata(f"{BODY}\nPutin spoke on 24 August 2025.\n").published == ""


def test_dates_tell_where_they_stand() -> None:
    line = "From May 3, 2024 to 5 May 2025"
    assert [line[d.start : d.end] for d in find_dates(line)] == ["May 3, 2024", "5 May 2025"]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("It is so, RadarOnline.com can report.", "RadarOnline.com"),
        ("It is so, News.Example.co can exclusively reveal.", "News.Example.co"),
        (f"LONDON (Reuters) - {BODY}", "Reuters"),
        (f"KYIV, Ukraine (AP) — {BODY}", "AP"),
        (f"MOSCOW, Aug 24 (Reuters) – {BODY}", "Reuters"),
        (f"(AFP) - {BODY}", "AFP"),
        (f"{BODY}\n— AP", "AP"),
        (f"{BODY} — AFP\n", "AFP"),
        ("The minister told Reuters so.", ""),
        ("Lavrov told NBC’s Meet the Press (Reuters).", ""),
        ("RadarOnline.com reported it, Putin can say.", ""),
        ("He left—AP staff saw him.", ""),
        ("Nobody.He can report it.", ""),
    ],
)
def test_outlet_only_where_it_names_itself(text: str, outlet: str) -> None:
    assert metadata(text).outlet == outlet


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By Jane Doe and John O’Roe", "Jane Doe and John O’Roe"),
        ("By Zoë Łęcka | Aug. 24, 2025", "Zoë Łęcka"),
        ("BY JANE DOE, Chief Correspondent", "JANE DOE"),
        ("By Jane Doe in Kyiv", ""),
        ("By Friday it was over", ""),
    ],
)
def test_author_from_a_byline(line: str, author: str) -> None:
    assert metadata(f"Russia Rejects Meeting\n\n{line}\n{BODY}\n").author == author


def test_title_is_the_headline_or_a_short_first_line_or_the_file() -> None:
    assert metadata(f"Russia  rejects\tmeeting\n\n{BODY}").title == "Russia rejects meeting"
    assert metadata("Short.").title == "Short."
    assert metadata("\n" * 5000 + "Short.").title == "Short."
    assert metadata("x" * 200).title == "x" * (TITLE_LENGTH - 1) + "…"
    assert metadata(" \n", "2025 talks.v2.txt").title == "2025 talks.v2"
    assert metadata("", "talks").title == "talks"


@given(st.text())
def test_any_text_has_a_short_title_of_one_line(text: str) -> None:
    found = metadata(text)
    assert found.title
    assert "\n" not in found.title
    assert len(found.title) <= 200
