"""spaCy reads our DocBin; needs the extra ``readers``. Its bytes are the library's, so what is in it counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.formats.exchange.spacy import docbin
from tests.formats.bundles import TEXT, small_bundle
from tests.formats.exchange.meaning import written_to
from tests.formats.exchange.projects import back_in_our_words, without_ids

spacy: Any = pytest.importorskip("spacy")
tokens: Any = pytest.importorskip("spacy.tokens")

GOLDEN = Path(__file__).parent / "golden" / "docbin" / "small.json"


def docs(folder: Path) -> list[Any]:
    path = folder / "x.spacy"
    written_to(docbin.FORMAT, small_bundle(), path)
    return list(tokens.DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))


def contents(folder: Path) -> list[dict[str, Any]]:
    return [
        {
            "text": doc.text,
            "tokens": [token.text for token in doc],
            "spans": [[s.start_char, s.end_char, s.label_, s.id_] for s in doc.spans["sc"]],
            "user_data": json.loads(doc.user_data["annotator"]),
        }
        for doc in docs(folder)
    ]


def test_the_contents_are_as_they_were(tmp_path: Path) -> None:
    assert contents(tmp_path) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_spacy_reads_the_docs_and_we_do_again(tmp_path: Path) -> None:
    found = docs(tmp_path)
    assert [doc.text for doc in found] == [TEXT] * 3
    assert {span.label_ for doc in found for span in doc.spans["sc"]} == {"claim", "speaker"}
    lost, _, back = back_in_our_words(docbin.FORMAT, small_bundle(), tmp_path / "y.spacy")
    came = without_ids(back, fields=False, notes=False)[TEXT]
    went = without_ids(small_bundle(), fields=False, notes=False)[TEXT]
    assert came["marks"].total() == went["marks"].total() - 1
    assert "a mark that the article only implies is left out" in lost
    assert came["statements"].total() == 1


@pytest.mark.parametrize("data", [b"\x78\x9c broken", b"", b"\x78\x9c\x03\x00\x00\x00\x00\x01"])
def test_what_is_no_docbin(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.spacy"
    path.write_bytes(data)
    assert docbin.FORMAT.read is not None
    with pytest.raises(BadInput, match=r"x\.spacy is no DocBin"):
        docbin.FORMAT.read(path, docbin.FORMAT.asked())


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as room:
        made = json.dumps(contents(Path(room)), ensure_ascii=False, indent=1)
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(f"{made}\n", encoding="utf-8", newline="\n")
