"""What a bundle says apart from ids, so that what went out can be compared with what came back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.core.bundle import ArticleBundle, Bundle
from annotator.core.model import GOLD, FieldValue, Mark, Statement, several
from annotator.formats.exchange.delivery import written
from annotator.formats.exchange.format import Format, Incoming, Losses, Outgoing

Meant = Callable[[str, FieldValue], Any]


def written_to(format: Format, bundle: Bundle, to: Path) -> Losses:
    """Write as the program does, in a folder that is made."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with written(format, Outgoing.of(bundle), to) as waiting:
        waiting.keep()
        return waiting.losses


def there_and_back(format: Format, bundle: Bundle, to: Path) -> tuple[Losses, Incoming]:
    losses = written_to(format, bundle, to)
    assert format.read is not None
    return losses, format.read(to, format.asked())


def meaning(bundle: Bundle) -> dict[str, Any]:
    """By article: its text, and its marks and statements with names in place of ids."""
    names = {str(a.id): a.name for a in bundle.actors} | {str(i.id): i.name for i in bundle.issues}
    layers = {GOLD: "gold"} | {analyst.id: analyst.name for analyst in bundle.analysts}

    def value(key: str, found: FieldValue) -> list[Any]:
        type = bundle.codebook.fields[key].type
        return [names[str(v)] if type in ("actor", "issue") else v for v in several(found)]

    def fields(said: Mark | Statement) -> dict[str, list[Any]]:
        return {key: value(key, found) for key, found in sorted(said.fields.items())}

    def mark(one: Mark) -> tuple[Any, ...]:
        return (layers[one.layer], one.kind, one.fragments, fields(one), one.note)

    def article(part: ArticleBundle) -> dict[str, Any]:
        by_id = {one.id: mark(one) for one in part.marks}
        statements = [
            (
                layers[one.layer],
                [(member.role, by_id[member.mark]) for member in one.members],
                fields(one),
                one.note,
            )
            for one in part.statements
        ]
        known = ("title", "outlet", "author", "published", "url", "file")
        return {
            "text": part.text,
            "known": {name: getattr(part.article, name) for name in known},
            "marks": sorted(by_id.values(), key=repr),
            "statements": sorted(statements, key=repr),
        }

    return {part.article.sha256: article(part) for part in bundle.articles}
