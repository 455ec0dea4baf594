"""No exception leaves an override that Qt calls."""

from __future__ import annotations

import sys
from types import TracebackType

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.guard import guarded


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What reached ``sys.excepthook``."""
    errors: list[BaseException] = []

    def hook(_: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        assert trace is error.__traceback__
        errors.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)
    return errors


class _Broken(QWidget):
    """Raises from C code after calling into Qt, which is what ends old interpreters."""

    painted = 0

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Be drawn once too often."""
        self.painted += 1
        self.updateGeometry()
        _ = 1 // 0

    @guarded(default=QSize(40, 30))
    def sizeHint(self) -> QSize:
        """A size that cannot be computed."""
        return QSize("wide", 3)  # type: ignore[call-overload,no-any-return]


def test_qt_may_call_a_broken_override(qtbot: QtBot, reported: list[BaseException]) -> None:
    widget = _Broken()
    qtbot.addWidget(widget)
    widget.grab()
    assert widget.painted > 0
    assert ZeroDivisionError in {type(error) for error in reported}
    assert widget.sizeHint() == QSize(40, 30)


def test_arguments_and_results_pass(reported: list[BaseException]) -> None:
    @guarded(default=-1)
    def add(first: int, *, second: int) -> int:
        """Add."""
        return first + second

    assert add(1, second=2) == 3
    assert (add.__name__, add.__doc__) == ("add", "Add.")
    assert not reported


def test_a_plain_guard_returns_none(reported: list[BaseException]) -> None:
    @guarded
    def fail() -> None:
        raise KeyError("gone")

    fail()
    assert [str(error) for error in reported] == ["'gone'"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_end_of_the_program_passes(
    error: type[BaseException], reported: list[BaseException]
) -> None:
    @guarded
    def stop() -> None:
        raise error

    with pytest.raises(error):
        stop()
    assert not reported


def test_a_hook_that_fails_is_told_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hook(*_: object) -> None:
        raise RuntimeError("no window to show it in")

    @guarded
    def fail() -> None:
        raise ValueError("first")

    monkeypatch.setattr(sys, "excepthook", hook)
    fail()
    told = capsys.readouterr().err
    assert "ValueError: first" in told
    assert "RuntimeError: no window to show it in" in told
