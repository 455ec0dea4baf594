"""No exception leaves an override that Qt calls."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import annotator.ui
from annotator.ui.guard import guarded

VIRTUALS = frozenset(
    "event eventFilter viewportEvent data setData headerData rowCount columnCount flags index"
    " canFetchMore fetchMore sizeHint minimumSizeHint sizeHintForColumn paint helpEvent"
    " editorEvent scrollContentsBy loadResource documentSize blockBoundingRect hitTest"
    " pageCount frameBoundingRect documentChanged".split()
)
"""What Qt calls of ours, beside all that ends in ``Event``."""


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


def unguarded() -> Iterator[str]:
    for file in sorted(Path(annotator.ui.__path__[0]).rglob("*.py")):
        for found in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(found, ast.ClassDef) and found.bases:
                for method in found.body:
                    if isinstance(method, ast.FunctionDef) and _is_qts(method):
                        yield f"{file.name}: {found.name}.{method.name}"


def _is_qts(method: ast.FunctionDef) -> bool:
    """Whether Qt calls it, and nothing stands between what it raises and Qt."""
    decorators = "".join(map(ast.unparse, method.decorator_list))
    is_virtual = method.name in VIRTUALS or method.name.endswith("Event")
    is_ours = method.name.startswith("_") or (method.name.islower() and method.name not in VIRTUALS)
    return is_virtual and not is_ours and "guarded" not in decorators


def test_every_override_that_qt_calls_is_guarded() -> None:
    assert list(unguarded()) == []
