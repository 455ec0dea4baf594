"""Searching finds what the words say, whatever is typed, and the index is what the rows say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.core import articles, marking, people
from annotator.core.model import Article, Id
from annotator.store.driver import connect, sqlite3
from annotator.store.finding import indexing
from annotator.store.finding.listing import Viewer, Wanted
from annotator.store.finding.reader import Interrupted, Reader
from annotator.store.finding.words import understand
from annotator.workspace import Workspace
from tests.workshop import add_article, mark, small_project, start

WORDS = [
    "peace",
    "Peace",
    "péace",
    "peaceful",
    "war",
    "Łódź",
    "ärger",
    "Straße",
    "мир",
    "和平",
    "x2",
]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
TERM = st.builds(
    lambda words, begins, phrase: (words, begins, phrase),
    st.lists(st.sampled_from([*WORDS, "pea", "ar"]), min_size=1, max_size=2),
    st.booleans(),
    st.booleans(),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A project for many searches; texts come and go in it."""
    path = tmp_path_factory.mktemp("library") / "p.annotator"
    workspace = Workspace.create(path, start(), "Ada")
    yield workspace
    workspace.close()


def plain(text: str) -> list[str]:
    """The words of a text without accents, in small letters, as the index has them."""
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return re.findall(r"\w+", bare.lower())


def occurs(words: list[str], begins: bool, text: list[str]) -> bool:
    """Whether words stand in a text one after the other, the last perhaps going on."""
    *firm, last = words
    for at in range(len(text) - len(words) + 1):
        end = text[at + len(firm)]
        if text[at : at + len(firm)] == firm and (end.startswith(last) if begins else end == last):
            return True
    return False


def found(workspace: Workspace, typed: str) -> set[Id | None]:
    return {hit.article for hit in workspace.lists.search(typed).texts.hits}


QUIET = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@QUIET
@given(
    st.lists(TEXT, min_size=1, max_size=5, unique=True),
    st.lists(TERM, min_size=1, max_size=3),
    TERM,
    st.booleans(),
)
def test_words_phrases_and_beginnings_are_found_as_a_slow_reader_would(
    library: Workspace,
    texts: list[str],
    terms: list[tuple[list[str], bool, bool]],
    unwanted: tuple[list[str], bool, bool],
    excludes: bool,
) -> None:
    made = [add_article(library, f"{text}\n", title="—") for text in texts]
    wanted: list[tuple[list[str], bool]] = []
    typed = []
    for words, begins, phrase in terms:
        typed.append(as_typed(words, begins, phrase))
        wanted += [(words, begins)] if phrase else [([word], begins) for word in words]
    refused = [(unwanted[0][:1], unwanted[1])] if excludes else []
    typed += [f"-{as_typed(words, begins, True)}" for words, begins in refused]
    expected = {
        article.id
        for article, text in zip(made, texts, strict=True)
        if all(occurs(plain(" ".join(w)), b, plain(text)) for w, b in wanted)
        and not any(occurs(plain(" ".join(w)), b, plain(text)) for w, b in refused)
    }
    try:
        assert found(library, " ".join(typed)) == expected
    finally:
        library.remove(made)
    assert found(library, " ".join(typed)) == set()


def as_typed(words: list[str], begins: bool, phrase: bool) -> str:
    star = "*" if begins else ""
    return f'"{" ".join(words)}"{star}' if phrase else " ".join(word + star for word in words)


@QUIET
@given(
    st.text(st.characters(), max_size=40)
    | st.text("\"*-()OR^:{}\\'“ AND NOT NEAR+,.ab\0", max_size=40)
)
def test_no_input_breaks_the_search(library: Workspace, typed: str) -> None:
    reader = library.lists
    reader.search(typed)
    reader.count(Wanted(typed=typed))
    assert understand(typed) == understand(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cat dog", '("cat") AND ("dog")'),
        ("cat OR dog bird", '("cat" OR "dog") AND ("bird")'),
        ('"the cat"* -dog', '(("the cat" *)) NOT ("dog")'),
        ("“the cat” sat", '("the cat") AND ("sat")'),
        ("O'Neill foo-bar", '("O\'Neill") AND ("foo-bar")'),
        ("OR cat", '("OR") AND ("cat")'),
        ("cat OR", '("cat") AND ("OR")'),
        ("AND NOT NEAR(x)", '("AND") AND ("NOT") AND ("NEAR(x)")'),
        ("-cat", None),
        ('* - " §', None),
    ],
)
def test_what_was_typed_is_understood(typed: str, expected: str | None) -> None:
    assert understand(typed).match() == expected


def test_a_hit_says_where_it_is_in_code_points(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    text = "😀 Zürich is far.\n" + "word " * 100 + "In ZURICH and Züri\u0308ch again 😀.\n"
    article = add_article(workspace, text, title="From Zürich")
    (hit,) = workspace.lists.search("zurich").texts.hits
    assert [text[a:b] for a, b in hit.at[:2]] == ["Zürich", "ZURICH"]
    assert hit.where == "text"
    assert hit.at == workspace.lists.places("zurich", article.id)
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.hits] == ["Zürich"]
    assert "\n" not in hit.snippet.text
    (title,) = workspace.lists.search("from").texts.hits
    assert (title.where, title.at) == ("title", ())
    workspace.close()


def test_quotes_notes_fields_and_actors_are_found(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    claim = mark(workspace, "claim", (1, 21))
    page = workspace.page(claim.article)
    (statement,) = page.statements.values()
    workspace.do(marking.set_note(page.mark(claim.id), "a doubtful Übersetzung"))
    workspace.do(marking.set_note(statement, "ask about tone"))
    reader = workspace.lists
    said = {
        typed: [(h.where, h.record) for h in reader.search(typed).said.hits]
        for typed in ("discussed", "ubersetzung", "tone")
    }
    assert said == {
        "discussed": [("quote", claim.id)],
        "ubersetzung": [("note", claim.id)],
        "tone": [("note", statement.id)],
    }
    lavrov = next(a for a in workspace.actors() if "Lavrov" in a.name)
    assert [h.record for h in reader.search("lavr*").actors.hits] == [lavrov.id]
    assert reader.find(Wanted(actor=lavrov.id)).ids.tolist() == []
    speaker = mark(workspace, "speaker", (24, 30), hand=statement.id)
    now = workspace.page(claim.article).mark(speaker.id)
    workspace.do(people.file_under(workspace.codebook, now, "actor", lavrov))
    assert reader.find(Wanted(actor=lavrov.id)).ids.tolist() == [claim.article]
    workspace.undo()
    assert reader.find(Wanted(actor=lavrov.id)).ids.tolist() == []
    assert workspace.check() == []
    workspace.close()


def test_hidden_layers_are_not_searched(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    claim = mark(workspace, "claim", (1, 21))
    path, me = workspace.path, workspace.analyst.id
    for who, expected in ((Viewer(5, frozenset({5})), []), (Viewer(me, None), [claim.id])):
        reader = Reader.open(path, who)
        assert [hit.record for hit in reader.search("discussed").said.hits] == expected
        (entry,) = reader.entries([claim.article]).values()
        assert entry.others == (1 if who.id != me and expected else 0)
        reader.close()
    workspace.close()


@pytest.mark.parametrize("many", [{"RANKED": 0}, {"RANKED": 2, "COUNTED": 2}])
def test_newer_articles_come_first_when_there_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: dict[str, int]
) -> None:
    for name, number in many.items():
        monkeypatch.setattr(f"annotator.store.finding.search.{name}", number)
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    made = [add_article(workspace, f"peace {n}\n", title=f"A {n}") for n in range(3)]
    for article, day in zip(made, ("2024-05-01", "", "2025"), strict=True):
        workspace.do(articles.describe(article, published=day))
    order = [hit.article for hit in workspace.lists.search("peace").texts.hits]
    assert order == [made[2].id, made[0].id, made[1].id]
    assert workspace.check() == []
    workspace.close()


def test_hits_come_in_pages_and_are_counted_only_so_far(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.finding.search.PAGE", 2)
    monkeypatch.setattr("annotator.store.finding.search.COUNTED", 4)
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    made = {add_article(workspace, f"peace {n}\n").id for n in range(5)}
    reader = workspace.lists
    first = reader.search("peace").texts
    assert (len(first.hits), first.total, first.more) == (2, 4, True)
    pages = [first, *(reader.more_texts("peace", Wanted(), skip) for skip in (2, 4))]
    assert {hit.article for page in pages for hit in page.hits} == made
    workspace.close()


def break_index(statement: str) -> Callable[[Workspace], None]:
    def tamper(workspace: Workspace) -> None:
        connection = connect(workspace.path)
        connection.execute(statement)
        connection.close()

    return tamper


@pytest.mark.parametrize(
    ("what", "tamper"),
    [
        (
            "index of words",
            break_index("INSERT INTO article_words (article_words) VALUES ('delete-all')"),
        ),
        (
            "index of words",
            break_index("INSERT INTO said_words (said_words) VALUES ('delete-all')"),
        ),
        (
            "index of words",
            break_index("INSERT INTO said_words (rowid, quote) VALUES (9, 'too much')"),
        ),
        ("list of articles", break_index("UPDATE listed SET words = 'else'")),
        ("list of articles", break_index("DELETE FROM listed")),
        ("count of marks", break_index("UPDATE tally SET marks = marks + 1")),
    ],
)
def test_what_differs_from_the_rows_is_told_and_made_anew(
    tmp_path: Path, what: str, tamper: Callable[[Workspace], None]
) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    mark(workspace, "claim", (1, 21))
    tamper(workspace)
    assert what in "\n".join(map(str, workspace.check()))
    assert workspace.check() == []
    assert len(workspace.lists.search("discussed").texts.hits) == 1
    assert len(workspace.lists.search("discussed").said.hits) == 1
    workspace.close()


def test_without_fts5_all_but_searching_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.annotator"
    with monkeypatch.context() as poor:
        poor.setattr(indexing, "has_fts5", lambda: False)
        workspace = small_project(path)
        mark(workspace, "claim", (1, 21))
        assert workspace.check() == []
        found = workspace.lists.search("discussed")
        assert (found.possible, found.texts.hits) == (False, ())
        assert len(workspace.lists.find(Wanted(typed="article")).ids) == 1
        workspace.close()
    workspace = Workspace.open(path, "Ada")
    assert not workspace.lists.search("discussed").complete
    assert workspace.catch_up(60)
    assert len(workspace.lists.search("discussed").said.hits) == 1
    assert workspace.check() == []
    workspace.close()


def test_work_goes_on_while_the_index_catches_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_SLICE", 1)
    workspace = small_project(tmp_path / "p.annotator")
    connection = connect(workspace.path)
    connection.execute("UPDATE meta SET value = 'stale' WHERE key = 'indexed'")
    connection.close()
    steps = 0
    while not workspace.catch_up(0):
        steps += 1
        article = (
            add_article(workspace, f"peace {steps}\n", title=f"T {steps}") if steps < 6 else None
        )
        if steps == 3:
            workspace.remove(workspace.articles()[:2])
        if article is not None and steps == 4:
            workspace.do(articles.describe(article, title="Renamed"))
        if steps == 9:
            mark(workspace, "claim", (0, 3))
    assert steps > 6
    assert workspace.check() == []
    workspace.close()


def test_an_interrupted_question_says_so(tmp_path: Path) -> None:
    workspace = small_project(tmp_path / "p.annotator")
    reader = Reader.open(workspace.path, Viewer(1))
    reader.interrupt()  # nothing runs, so nothing is broken off
    assert reader.count(Wanted()) == 1
    reader._connection.set_progress_handler(reader.interrupt, 1)  # in the middle of the next one
    with pytest.raises(Interrupted, match="taken back"):
        reader.count(Wanted())
    reader._connection.set_progress_handler(None, 1)
    assert reader.count(Wanted()) == 1
    reader.close()
    with pytest.raises(sqlite3.ProgrammingError):
        reader._connection.execute("SELECT 1")
    workspace.close()


def test_an_article_without_date_or_with_a_strange_one_is_listed(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "p.annotator", start(), "Ada")
    article: Article = add_article(workspace, "peace\n")
    odd = msgspec.structs.replace(article, published="2025-13-99")
    assert workspace.lists.find(Wanted(sort="date")).ids.tolist() == [odd.id]
    workspace.close()
