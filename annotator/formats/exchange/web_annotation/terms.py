"""The names in a Web Annotation file: those of the W3C, and our own for what it has no word for.

Our terms are IRIs below ``urn:x-annotator:``, declared in the context, so that any JSON-LD reader
can tell them apart and pass over them.
"""

from __future__ import annotations

from annotator.core.model import Id

W3C = "http://www.w3.org/ns/anno.jsonld"
CONTEXT = [W3C, {"annotator": "urn:x-annotator:"}]

URN = "urn:x-annotator:"
ARTICLE = f"{URN}article:"
MARK = f"{URN}mark:"
STATEMENT = f"{URN}statement:"
ANALYST = f"{URN}analyst:"

LAYER = "annotator:layer"
"""The name of the layer; ``creator`` is who made the annotation, which is someone else in gold."""
CHANGED_BY = "annotator:changedBy"
"""Whose the last change is, when it is not the creator's."""
FLAGGED = "annotator:flagged"
FIELD = "annotator:field"
TYPE = "annotator:type"
SEVERAL = "annotator:several"
ACTOR_TYPE = "annotator:actorType"
ROLE = "annotator:role"
FRAGMENTS = "annotator:fragments"
"""The pieces of a discontinuous mark. Several selectors of one target mean the same piece, and
several targets mean each of them, so the core has no way to say it; its selectors hold the whole
stretch from the first piece to the last."""
ABOUT = "annotator:about"
"""What is known of the article: title, outlet, author, published, url, file."""

KNOWN = ("title", "outlet", "author", "published", "url")
AROUND = 32
"""Characters of text before and after a quote that a selector tells."""


def article_iri(sha256: str) -> str:
    return f"{ARTICLE}{sha256}"


def mark_iri(id: Id) -> str:
    return f"{MARK}{id}"
