"""What was said in Label Studio about a task, or about somebody's work on it: it is only listed."""

from __future__ import annotations

from annotator.formats.exchange.format import Losses
from annotator.formats.exchange.json_lines import Object


def lose_talk(found: Object, where: str, losses: Losses) -> None:
    """List the reviews and comments that a task or an annotation has."""
    reviews = _count(found.get("reviews"))
    if reviews:
        losses.add("reviews of annotations are left out", where, reviews)
    # An export can say how many comments there are and not what they say.
    comments = _count(found.get("comments")) or _count(found.get("comment_count"))
    if comments:
        losses.add("comments are left out", where, comments)


def _count(found: object) -> int:
    """How many there are of what is listed, counted or there by itself."""
    if isinstance(found, list):
        return len(found)
    if isinstance(found, int) and not isinstance(found, bool):
        return max(found, 0)
    return 1 if found else 0
