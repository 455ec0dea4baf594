"""What the commands on files do: projects, articles in, exports out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from annotator import paths
from annotator.core import articles
from annotator.core.model import Article
from annotator.formats import annotator_json
from annotator.formats.atomic import write_whole
from annotator.store.project import SUFFIX
from annotator.ui.dialogs import Describe, ask
from annotator.ui.frame import Frame
from annotator.ui.intake.given import asked_files, asked_folder, local_files
from annotator.ui.look.plain import warn

if TYPE_CHECKING:
    from annotator.ui.intake.window import Intake

_PROJECTS = f"Annotator projects (*{SUFFIX})"


class Files:
    """Methods named by :class:`~annotator.ui.commands.Command`'s ``action``."""

    def __init__(self, frame: Frame, open_project: Callable[[Path, bool], None]) -> None:
        self._frame = frame
        self._desk = frame.desk
        self._open_project = open_project

    def new_project(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._frame, "New project", str(paths.data_folder()), _PROJECTS
        )
        if name:
            self._open_project(Path(name).with_suffix(SUFFIX), True)

    def open_project(self) -> None:
        folder = str(self._desk.workspace.path.parent)
        name, _ = QFileDialog.getOpenFileName(self._frame, "Open project", folder, _PROJECTS)
        if name:
            self._open_project(Path(name), False)

    def another_window(self) -> None:
        self._open_project(self._desk.workspace.path, False)

    def import_articles(self) -> None:
        self.bring_in(asked_files(self._frame, self._frame.settings, self._desk.workspace.path))

    def import_folder(self) -> None:
        self.bring_in(asked_folder(self._frame, self._frame.settings, self._desk.workspace.path))

    def paste_article(self) -> None:
        """The text on the clipboard, or the files that were copied in a file manager."""
        there = QGuiApplication.clipboard().mimeData()
        files = local_files(there.urls()) if there.hasUrls() else []
        text = there.text() if there.hasText() else ""
        if files:
            self.bring_in(files)
        elif text.strip():
            self._intake().paste(text, "the clipboard")
        else:
            self._frame.say("The clipboard holds no text and no files.", "warning")

    def bring_in(self, given: Iterable[Path]) -> None:
        """Show what is in files, folders and zip files; what is chosen there comes in."""
        chosen = list(given)
        if chosen:
            self._intake().add(chosen)

    def _intake(self) -> Intake:
        # With it comes every reader of articles and labels: a quarter of the time of a start.
        from annotator.ui.intake.window import open_intake  # noqa: PLC0415

        return open_intake(self._frame)

    def describe(self) -> None:
        """Title, date and outlet, as proposed from the text or known better."""
        page = self._desk.page
        if page is None:
            return
        dialog = Describe(page.article, self._frame)
        if ask(dialog, self._frame):
            self._desk.do(articles.describe(page.article, **dialog.values()))

    def remove_article(self) -> None:
        page = self._desk.page
        if page is not None:
            title = page.article.title
            following = self._frame.articles.neighbour(page.article.id)
            self._desk.workspace.remove([page.article])
            self._desk.open(following)
            self._frame.say(f"“{title}” is out of the project; Ctrl+Z brings it back.")

    def export_project(self) -> None:
        self._export(self._desk.workspace.path.stem, None)

    def export_article(self) -> None:
        page = self._desk.page
        if page is not None:
            self._export(Path(page.article.file or "article").stem, [page.article])

    def export_some(self, wanted: list[Article]) -> None:
        """Some articles, as one file."""
        self._export(f"{self._desk.workspace.path.stem}-{len(wanted)}", wanted)

    def _export(self, stem: str, wanted: list[Article] | None) -> None:
        from annotator.ui.export.window import open_export  # noqa: PLC0415  (as for the intake)

        open_export(self._frame, stem, wanted)

    def export_to(self, path: Path, wanted: list[Article] | None) -> None:
        """Write the project, or some of its articles, to a JSON file."""
        bundle = self._desk.workspace.bundle(wanted)
        write_whole(path, annotator_json.encode(bundle))
        self._frame.say(f"Exported to {path}")

    def check(self) -> None:
        """Look whether the project file is sound."""
        faults = self._desk.workspace.check()
        if faults:
            self.tell("The project has faults", "\n".join(map(str, faults)))
        else:
            self._frame.say("The project is sound.", "success")

    def tell(self, title: str, text: str) -> None:
        """Something that has to be read before going on."""
        warn(self._frame, text, title)
