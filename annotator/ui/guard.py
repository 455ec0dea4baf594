"""The guard around Python overrides of Qt virtuals.

Qt calls ``paintEvent``, ``sizeHint``, ``data`` … from C++. On Python 3.11 and older an exception
that leaves such an override can end the process with a segmentation fault instead of a
traceback (seen when C code raised it and Python code had called into Qt). So none may leave.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar, overload

P = ParamSpec("P")
R = TypeVar("R")
D = TypeVar("D")


@overload
def guarded(override: Callable[P, None], /) -> Callable[P, None]: ...


@overload
def guarded(*, default: D) -> Callable[[Callable[P, R]], Callable[P, R | D]]: ...


def guarded(
    override: Callable[..., object] | None = None, /, *, default: object = None
) -> Callable[..., object]:
    """Hand any Exception of ``override`` to ``sys.excepthook`` and return ``default`` instead.

    ``@guarded`` is for overrides that return nothing; those that return something say what is
    harmless: ``@guarded(default=QSize())``. The default is made once, so give something nobody
    changes. KeyboardInterrupt and SystemExit pass.
    """

    def decorate(function: Callable[..., object]) -> Callable[..., object]:
        @functools.wraps(function)
        def call(*args: object, **kwargs: object) -> object:
            try:
                return function(*args, **kwargs)
            except Exception as error:
                _report(error)
                return default

        return call

    return decorate if override is None else decorate(override)


def _report(error: Exception) -> None:
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except Exception as second:
        # A hook that shows a window may fail in turn; nothing may reach Qt even then.
        sys.__excepthook__(type(second), second, second.__traceback__)
