"""Questions to the project that may take long, answered beside the work.

In a small project a question is answered at once. In a large one a thread with a connection of
its own answers, so that typing and scrolling go on; of the questions on one topic only the
latest matters, and the one before it is broken off.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import AnnotatorError
from annotator.store.finding.listing import Viewer
from annotator.store.finding.reader import Interrupted, Reader
from annotator.ui.guard import guarded
from annotator.workspace import Workspace

T = TypeVar("T")
SMALL = 2_000
"""Articles; a project with fewer is answered for at once."""


@dataclass(frozen=True, slots=True)
class _Job:
    topic: str
    number: int
    who: Viewer
    question: Callable[[Reader], Any]
    then: Callable[[Any], None]


class Asking(QObject):
    """Asks for one window; :meth:`close` it before the project."""

    failed = Signal(str)
    """A question could not be answered; one sentence why."""
    _answered = Signal(object, object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._latest: Counter[str] = Counter()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._reader: Reader | None = None
        self._running: _Job | None = None
        self._thread: threading.Thread | None = None
        self.is_small = True
        self._answered.connect(self._take)

    def ask(self, topic: str, question: Callable[[Reader], T], then: Callable[[T], None]) -> None:
        """Hand the answer to ``then``, in this thread, unless something newer was asked."""
        self.forget(topic)
        job = _Job(topic, self._latest[topic], self._workspace.viewer(), question, then)
        if self.is_small:
            self._take(job, _answer(job, self._workspace.lists))
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="asking", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def forget(self, topic: str) -> None:
        """What was asked on a topic is not wanted any more."""
        self._latest[topic] += 1
        running, reader = self._running, self._reader
        if running is not None and reader is not None and running.topic == topic:
            reader.interrupt()

    def close(self) -> None:
        """End the thread and its connection."""
        self._latest.update(self._latest.keys())
        if self._thread is not None:
            self._jobs.put(None)
            if self._reader is not None:
                self._reader.interrupt()
            self._thread.join()
            self._thread = None

    def _take(self, job: _Job, answer: object) -> None:
        if self._latest[job.topic] != job.number or isinstance(answer, Interrupted):
            return
        if isinstance(answer, AnnotatorError):
            self.failed.emit(str(answer))
        else:
            job.then(answer)

    # In the thread

    def _work(self) -> None:
        try:
            while (job := self._jobs.get()) is not None:
                if self._latest[job.topic] != job.number:
                    continue
                self._running = job
                answer = self._answer_here(job)
                self._running = None
                self._answered.emit(job, answer)
        finally:
            if self._reader is not None:
                self._reader.close()

    @guarded(default=Interrupted())
    def _answer_here(self, job: _Job) -> object:
        """What goes wrong in the program is told, and the thread goes on with the next question."""
        try:
            if self._reader is None:
                self._reader = Reader.open(self._workspace.path, job.who)
        except AnnotatorError as error:
            return error
        self._reader.who = job.who
        return _answer(job, self._reader)


def _answer(job: _Job, reader: Reader) -> object:
    try:
        return job.question(reader)
    except AnnotatorError as error:
        return error
