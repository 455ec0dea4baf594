"""A long list is told page by page, and any row can be reached."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject
from pytestqt.qtbot import QtBot

from annotator.ui.people.paged import Paged


def test_pages_come_as_they_are_asked_for(qtbot: QtBot) -> None:
    owner = QObject()
    model: Paged[int] = Paged(owner)
    model.put_rows(list(range(1000)))
    first = model.rowCount()
    assert 0 < first < 1000
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == model.whole == 1000
    model.put_rows(list(range(900)))
    assert model.reach(700).row() == 700
    assert model.row_at(899) == 899
    assert model.row_at(900) is None
    model.put_rows([])
    assert model.rowCount() == 0
    assert not model.canFetchMore(QModelIndex())
