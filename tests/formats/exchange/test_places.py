"""Foreign offsets: every unit against Python's own encoders, on texts that cleaning changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.core.text.cleaning import clean
from annotator.formats.exchange.places import Places, Unit, agreed_unit

# Characters that other programs count differently, and those that cleaning drops or changes.
_ODD = "a é😊\u0301\u00a0\n\r\x0b\x0c\u2028\ufeff\x00\ufdd0\ud83d\ude0a\ude00\U0001fffe“ß"
RAW = st.text(st.sampled_from(_ODD) | st.characters(), max_size=30)


def length(text: str, unit: Unit) -> int:
    match unit:
        case "utf-16":
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case "bytes":
            return len(text.encode("utf-8", "surrogatepass"))
        case "code points":
            return len(text)


@given(st.text(st.sampled_from("a é😊\u0301\u00a0\n“ß"), max_size=30), st.data())
def test_a_place_is_what_the_encoders_say(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    places = Places(text)
    for unit in ("code points", "utf-16", "bytes"):
        given_ = length(places.text[:start], unit), length(places.text[:end], unit)
        if places.raw == places.text:
            assert places.span(*given_, unit) == (start, end)
            assert places.holds((*given_, text[start:end]), unit)
        assert places.to_unit(start, unit) == given_[0] or places.raw != places.text


@given(RAW, st.data())
def test_what_cleaning_changes_is_followed(raw: str, data: st.DataObject) -> None:
    """Cleaning the part before a place gives the part before it in the cleaned text."""
    at = data.draw(st.integers(0, len(raw)))
    places = Places(raw)
    found = places.span(0, at, "code points")
    assert found is not None
    _, end = found
    rest = places.span(at, len(raw), "code points")
    assert rest == (end, len(clean(raw).text))
    kept = [c for c in raw[:at] if c not in "\r\n\x0b\x0c\u2028\u2029" and _is_kept(c)]
    before = [c for c in places.text[:end] if c != "\n" and c not in "\ufeff" and c <= "\uffff"]
    assert [c for c in kept if c != "\ufeff" and c <= "\uffff"] == before


def _is_kept(character: str) -> bool:
    return bool(clean("x" + character).text[1:])


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 99), (99, 99)])
def test_what_is_no_place_is_none(span: tuple[int, int]) -> None:
    assert Places("abc").span(*span, "code points") is None
    assert Places("ab😊").span(*span, "utf-16") is None


def test_the_inside_of_a_character_is_no_place() -> None:
    assert Places("😊b").span(0, 1, "utf-16") is None
    assert Places("😊b").span(0, 3, "bytes") is None


def test_the_quotes_prove_the_unit() -> None:
    places = Places("Ok 😊 Lavrov said “no”.\n")
    quoted = [(6, 12, "Lavrov"), (19, 21, "no")]
    assert places.fitting(quoted) == ["utf-16"]
    assert agreed_unit([("a.txt", places, quoted)], "", "code points") == "utf-16"
    assert agreed_unit([("a.txt", places, [])], "", "bytes") == "bytes"


def test_a_unit_that_does_not_fit_is_refused_and_the_one_that_would_is_named() -> None:
    places = Places("Ok 😊 Lavrov said “no”.\n")
    with pytest.raises(BadInput, match=r"^a\.txt: “Lavrov” .* in code points; .*utf-16 the quotes"):
        agreed_unit([("a.txt", places, [(6, 12, "Lavrov")])], "code points", "utf-16")


def test_quotes_that_fit_nowhere_are_not_guessed_at() -> None:
    places = Places("Ok 😊 Lavrov said “no”.\n")
    with pytest.raises(BadInput, match="they fit in no unit"):
        agreed_unit([("a.txt", places, [(0, 6, "Lavrov")])], "", "utf-16")
