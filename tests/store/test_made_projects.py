"""Projects made in bulk to measure with are as analysts would have left them."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.store.finding.listing import Wanted
from annotator.workspace import Workspace
from benchmarks.press import Press
from benchmarks.projects import make


@pytest.mark.parametrize(("articles", "marks"), [(30, 301), (7, 3)])
def test_what_was_made_is_sound_and_of_the_size_asked_for(
    tmp_path: Path, articles: int, marks: int
) -> None:
    path = tmp_path / "made.annotator"
    make(path, articles, marks)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    with Workspace.open(path, "bench") as workspace:
        assert workspace.check() == []
        assert len(workspace.lists.find(Wanted()).ids) == articles
        assert sum(workspace.count("mark").values()) == marks
        rare = Press().words[5_000]
        texts = [workspace.text(article) for article in workspace.articles()]
        there = [text for text in texts if rare in text.casefold().replace(".", " ").split()]
        assert workspace.lists.search(rare).texts.total >= len(there)
        label = workspace.next_undo()
        if label == "Mark":
            before = workspace.bundle()
            workspace.undo()
            workspace.redo()
            assert workspace.bundle() == before
        assert workspace.check() == []
