"""Articles on their way into a project: which it has already, and which are near copies.

:class:`Arrivals` decides nothing and stores nothing, so a preview asks it what an import would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from annotator.core.articles import new_article
from annotator.core.model import Article, Id
from annotator.core.revision import Edit
from annotator.core.text.copies import Likeness, Signature, Signatures, likeness, signature_of
from annotator.formats.articles.text_in import TextIn

_AT_ONCE = 100
"""How many articles' signatures are asked for at once."""

_COMPARED = 5
"""How many suspects are compared word by word; the likeliest come first."""


class Project(Protocol):
    """What has to be known of the project that articles come into."""

    def article(self, id: Id) -> Article | None: ...
    def article_ids(self) -> list[Id]: ...
    def signatures(self, articles: Sequence[Id]) -> dict[Id, Signature]: ...
    def text(self, article: Article) -> str: ...


@dataclass(frozen=True, slots=True)
class Near:
    """An article that another is a near copy of."""

    article: Article
    likeness: Likeness

    @property
    def explanation(self) -> str:
        """Such as “93 % of its words run as in “The title””."""
        return self.likeness.explained(f"“{self.article.title}”")


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article as it would come in, before anything is stored."""

    read: TextIn
    article: Article
    same: Article | None
    """The article with the very same text; nothing can come in beside it."""
    near: Near | None
    edit: Edit
    signature: Signature


class Arrivals:
    """Knows the texts of a project and those waiting to come in, by their signatures."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._signatures = Signatures()
        self._waiting: dict[Id, Arrival] = {}
        self._looked = False
        self._behind = False

    def look(self) -> None:
        """Take note of articles that are new in the project; before each import or preview."""
        for _ in self.looking():
            pass

    def looking(self) -> Iterator[int]:
        """The same a little at a time: how many articles are left to be looked at."""
        self._looked = self._behind = False
        new = [id for id in self._project.article_ids() if id not in self._signatures]
        while new:
            some = new[-_AT_ONCE:]
            del new[-_AT_ONCE:]
            stored = self._project.signatures(some)
            for left, id in zip(reversed(range(len(some))), some, strict=True):
                if id in stored:
                    self._signatures.add(id, stored[id])
                    continue
                self._note(id)
                yield len(new) + left
            yield len(new)
        self._looked = True

    def look_again(self) -> None:
        """More articles are in the project now; they are looked at when a text comes."""
        self._behind = True

    def _note(self, id: Id) -> None:
        article = None if id in self._signatures else self._project.article(id)
        if article is not None:
            text = self._project.text(article)
            self._signatures.add(id, signature_of(article.sha256, lambda: text))

    def propose(self, read: TextIn) -> Arrival:
        """The article that a text would become, and what it repeats."""
        if self._behind:
            self.look()
        edit, made = article_of(read)
        sampled = signature_of(made.sha256, lambda: read.text)
        same = self._article(made.id)
        near = None if same else self._near(read.text, sampled)
        return Arrival(read, made, same, near, edit, sampled)

    def again(self, arrival: Arrival, read: TextIn) -> Arrival:
        """The proposal for a text of which only what is known of it was corrected since.

        Compares anew only when what it repeated is no longer there.
        """
        if self._behind:
            self.look()
        near, same = arrival.near, self._article(arrival.article.id)
        if near is not None:
            there = self._article(near.article.id)
            if there is None:
                return self.propose(read)
            near = replace(near, article=there)
        edit, made = article_of(read)
        return Arrival(read, made, same, None if same else near, edit, arrival.signature)

    def wait(self, arrival: Arrival) -> None:
        """Compare what comes later with this one, although it is not stored yet."""
        self._signatures.add(arrival.article.id, arrival.signature)
        self._waiting[arrival.article.id] = arrival

    def wait_no_more(self) -> None:
        """What was waiting is stored, or never will be."""
        self._waiting.clear()

    def _article(self, id: Id) -> Article | None:
        waiting = self._waiting.get(id)
        if waiting is not None:
            return waiting.article
        if self._looked and id not in self._signatures:
            return None  # most are new, so this need not be asked of the file
        return self._project.article(id)

    def _text(self, article: Article) -> str:
        waiting = self._waiting.get(article.id)
        return waiting.read.text if waiting else self._project.text(article)

    def _near(self, text: str, sampled: Signature) -> Near | None:
        """The article it repeats most of; of equals the one that is the original of the others."""
        best: Near | None = None
        compared = 0
        for id in self._signatures.suspects(sampled):
            article = self._article(id)
            if article is None:
                continue  # taken out of the project since
            found = Near(article, likeness(text, self._text(article)))
            if found.likeness.near and (best is None or found.likeness.share > best.likeness.share):
                best = found
            compared += 1
            if compared == _COMPARED:
                break
        return best


def article_of(read: TextIn) -> tuple[Edit, Article]:
    """The article that a text becomes, with the edit that brings it in."""
    return new_article(
        read.text,
        title=read.title,
        blocks=read.blocks,
        outlet=read.outlet,
        author=read.author,
        published=read.published,
        url=read.url,
        file=read.file,
    )
