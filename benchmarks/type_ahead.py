"""Type-ahead over 20,000 actors with 60,000 names: what one key press costs.

    python -m benchmarks.type_ahead

Names are typed letter by letter, a third of them in another spelling; each key press is timed
over the index and, in the same run, over a plain scan that folds every name and compares it.
Then a change of one actor, the proposals for a mark, and the whole list of options.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence

from annotator import paths
from annotator.core import marking
from annotator.core.articles import new_article
from annotator.core.codebook import parse
from annotator.core.model import Actor, Block, Mark
from annotator.core.page import Page
from annotator.core.people.filed import Filed, Filing
from annotator.core.people.index import ActorIndex
from annotator.core.people.names import begins
from annotator.core.people.proposing import propose
from annotator.ui.panel.options import Known, options

ACTORS = 20_000
TYPED = 200
SCANNED = 25
"""Names that the plain scan types, because it is slow."""
LIMIT_MS = 16
MARKS = 100_000
_SYLLABLES = (
    "ka ro mi len sky vo pu tin la vrov me du za lin ber gen son dor ska nov ti mar shev".split()
)


def main() -> None:
    """Print the figures."""
    chance = random.Random(4)
    actors = [_actor(chance, n) for n in range(1, ACTORS + 1)]
    names = sum(len(actor.names) for actor in actors)
    started = time.perf_counter()
    index = ActorIndex(actors)
    built = time.perf_counter() - started
    print(f"{ACTORS:,} actors with {names:,} names; the index is built in {built:.2f} s")
    print(f"{'one key press':34}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}")
    filed = Filed(_filings(chance, actors))
    keys = _keys(chance, actors, TYPED)
    ours = _timed(keys, lambda typed: index.search(typed, 8, filed.counts))
    _print("index", ours)
    plain = _timed(_keys(chance, actors, SCANNED), lambda typed: _scan(actors, typed))
    _print("plain scan", plain)
    print(f"{'scan / index, p50':34}{_p(plain, 50) / _p(ours, 50):>9.0f}")
    known, mark = _known(index, filed, actors)
    _print("options of a card", _timed(keys, lambda typed: options(known, "actor", mark, typed)))
    _print("proposals for words", _timed([a.name for a in actors[:300]], _proposing(known)))
    _print("one actor changed", _timed([str(n) for n in range(200)], _changing(index, actors)))
    said = "within" if _p(ours, 95) <= LIMIT_MS else "NOT within"
    print(f"p95 of the index is {said} {LIMIT_MS} ms")


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()


def _actor(chance: random.Random, id: int) -> Actor:
    first, last = _word(chance), _word(chance)
    return Actor(id=id, name=f"{first} {last}", aliases=(last, f"President {last}"))


def _filings(chance: random.Random, actors: Sequence[Actor]) -> list[Filing]:
    few = actors[: ACTORS // 10]
    chosen = (chance.choice(few) for _ in range(MARKS))
    return [Filing(n, a.aliases[0], (a.id,), n) for n, a in enumerate(chosen)]


def _keys(chance: random.Random, actors: Sequence[Actor], number: int) -> list[str]:
    """What stands in the line after each key press."""
    found: list[str] = []
    for actor in chance.sample(actors, number):
        name = chance.choice(actor.names)
        if chance.random() < 1 / 3:
            name = name.replace("v", "w").replace("k", "kk")
        found += [name[:end] for end in range(1, len(name) + 1)]
    return found


def _scan(actors: Sequence[Actor], typed: str) -> list[Actor]:
    """What a plain type-ahead does."""
    found = [a for a in actors if any(begins(typed, name) for name in a.names)]
    return sorted(found, key=lambda a: a.name.casefold())[:8]


def _known(index: ActorIndex, filed: Filed, actors: Sequence[Actor]) -> tuple[Known, Mark]:
    path = paths.resources() / "codebooks" / "statements.toml"
    book = parse(path.read_text(encoding="utf-8"), path.name).codebook
    text = f"{actors[7].aliases[0]} said so."
    _, article = new_article(text, title="One", blocks=(Block(0, len(text), "body"),))
    page = Page(article, text, 1)
    span = (0, len(actors[7].aliases[0]))
    _, mark, _ = marking.mark(page, book, "speaker", [span], iter(range(1, 9)).__next__)
    return Known(book, index, (), page, filed), mark


def _proposing(known: Known) -> Callable[[str], object]:
    def one(words: str) -> object:
        said = marking.fragments(words, [(0, len(words))])
        other = Mark(id=99, article=1, layer=1, kind="speaker", fragments=said)
        return propose(known.page, known.people, other, "actor", known.filed)

    return one


def _changing(index: ActorIndex, actors: Sequence[Actor]) -> Callable[[str], object]:
    def one(number: str) -> None:
        old = actors[int(number)]
        index.put(Actor(id=old.id, name=old.name, aliases=(*old.aliases, f"Alias{number}")))

    return one


def _timed(keys: Sequence[str], action: Callable[[str], object]) -> list[float]:
    """Milliseconds for each."""
    taken = []
    for typed in keys:
        started = time.perf_counter()
        action(typed)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _p(taken: Sequence[float], percent: int) -> float:
    return statistics.quantiles(taken, n=100)[percent - 1]


def _print(what: str, taken: Sequence[float]) -> None:
    print(f"{what:34}{_p(taken, 50):>9.2f}{_p(taken, 95):>9.2f}{max(taken):>9.2f}")


if __name__ == "__main__":
    main()
