"""What is told quickly on the way of a text into a project is what its plain definition says."""

from __future__ import annotations

import re
import unicodedata
from zlib import crc32

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.text import block_rules, copies, metadata
from annotator.core.text.block_rules import is_photo_credit
from annotator.core.text.cleaning import clean, is_harmless
from annotator.core.text.copies import Signature, Signatures, signature
from annotator.core.text.dates import find_dates
from annotator.core.text.metadata import propose_metadata

WORDS = ["all", "long", "g", "l ", " ", "  ", ", ", "said", "Éclair", "“", "国際", "мир", "слово"]
WORDS += ["\u0419", "i\u0306", "?", "ł", "2025"]
prose = st.lists(st.sampled_from(WORDS), max_size=120).map(" ".join) | st.text()


@given(prose)
@example(" ".join(["final", "one", "two", "three", "four", "thing  ", "five", "six"] * 9))
def test_a_sample_has_the_runs_after_words_with_one_of_these_ends(text: str) -> None:
    spelled = copies._spelled(text)
    runs = re.findall(rb"[gl\x85\x8b\x93\xa7] +(?=([^ ]+ +[^ ]+ +[^ ]+ +[^ ]+))", spelled)
    of_any_length = {run for run in signature(text) if not run & 1}
    assert of_any_length == {crc32(run.replace(b" ", b"")) & ~1 for run in runs}


samples = st.lists(st.frozensets(st.integers(0, 40), max_size=12), max_size=12)


@given(samples, st.frozensets(st.integers(0, 40), max_size=12))
def test_suspects_are_those_that_share_enough(known: list[Signature], asked: Signature) -> None:
    there = Signatures()
    for id, one in enumerate(known):
        there.add(id, one)
        there.add(id, asked)  # the same id counts once

    def size(one: Signature) -> int:
        return max(1, sum(run % 2 == 0 for run in one))

    shares = [(-len(asked & one) / min(size(asked), size(one)), id) for id, one in enumerate(known)]
    enough = [(share, id) for share, id in shares if share <= -0.2 and len(asked & known[id]) > 1]
    assert there.suspects(asked) == [id for _, id in sorted(enough)]


raw = st.text() | st.text("ab “\n\r\v\0\x07\x7f\x85\u2028\u2029\ufeff\ufdd0\ufffe\U0001f600é")


@given(raw)
def test_cleaning_what_was_looked_at_as_bytes_is_the_same(text: str) -> None:
    data = text.encode(errors="surrogatepass")
    if is_harmless(data):
        assert clean(text, harmless=True) == clean(text)
        controls = {c for c in text if unicodedata.category(c) == "Cc"}
        assert controls <= {"\t", "\n", *map(chr, range(0x80, 0xA0))}


def test_first_and_last_letters_are_all_that_the_patterns_know() -> None:
    every = [chr(code) for code in range(0x110000)]
    begins = {one for one in every if re.match("[fpic]", one, re.IGNORECASE)}
    ends = {one for one in every if re.match("[srpok]", one, re.IGNORECASE)} - {*"rR"}
    assert begins == block_rules.PICTURE_BEGINS
    assert ends == block_rules.AGENCY_LETTERS


CREDITS = [
    "Photo:",
    "\u0130mage /",
    "p\u0131cture:",
    "(photo of a tree)",
    "[Image]",
    "Getty Images",
]
CREDITS += [
    "getty \u0131mages",
    "Getty image\u017f",
    "shutterstoc\u212a",
    "via REUTERS",
    "AP Photo",
]
CREDITS += ["via ap", ")", "]", ".", "word", "ß", "\ufb06"]


@given(st.lists(st.sampled_from(CREDITS), min_size=1, max_size=8).map(" ".join))
def test_a_photo_credit_is_what_the_patterns_say(line: str) -> None:
    begins = block_rules._PICTURE.match(line)
    bracket = line.endswith((")", "]")) and block_rules._IN_BRACKETS.match(line)
    ends = line.rstrip(")].")[-12:].casefold().endswith(block_rules._AGENCY_ENDS)
    agency = ends and block_rules._AGENCY.match(line)
    assert is_photo_credit(line) == bool(begins or bracket or agency)


OUTLETS = [
    "Radar.com can ",
    "sadly ",
    "report",
    "reveal ",
    "\n",
    "LONDON, Aug 24 ",
    "(Reuters)",
    " - ",
]
OUTLETS += ["(AP) –", "— AP", "– dpa", "\n— Kyodo\n", "— ", "word ", "(", " can "]


@given(st.lists(st.sampled_from(OUTLETS), max_size=14).map("".join))
def test_an_outlet_is_what_the_first_pattern_finds(text: str) -> None:
    found = (pattern.search(text) for _, pattern in metadata._OUTLET)
    named = next((match[1] for match in found if match), "")
    assert propose_metadata(text, (), "x.txt").outlet == named


def test_what_is_kept_in_mind_of_dates_is_not_handed_out() -> None:
    line = "Aug. 24 2025 and 24 August 2026"
    first = find_dates(line)
    first.clear()
    assert len(find_dates(line)) == 2
