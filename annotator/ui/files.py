"""What the commands on files do: projects, articles in, exports out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog

from annotator import paths
from annotator.core import articles
from annotator.core.errors import AnnotatorError
from annotator.core.model import Article
from annotator.core.text.cleaning import counted
from annotator.formats import annotator_json
from annotator.formats.atomic import write_whole
from annotator.formats.text import read_text, read_text_file
from annotator.store.project import SUFFIX
from annotator.ui.dialogs import Describe, ask
from annotator.ui.frame import Frame

_PROJECTS = f"Annotator projects (*{SUFFIX})"
_ARTICLES = "Articles (*.txt *.md *.json);;All files (*)"
_JSON = "Annotator JSON (*.json)"
_MANY = 5


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
        names, _ = QFileDialog.getOpenFileNames(self._frame, "Import articles", "", _ARTICLES)
        self.bring_in(map(Path, names))

    def paste_article(self) -> None:
        read = read_text(QGuiApplication.clipboard().text(), "the clipboard")
        self._desk.open(self._desk.workspace.add_text(read).id)
        self._frame.to_text()

    def bring_in(self, given: Iterable[Path]) -> None:
        """Import files one by one; what failed is listed with reasons, the rest is in."""
        chosen = list(given)
        failed: list[str] = []
        made: list[Article] = []
        progress = self._progress(len(chosen))
        for number, path in enumerate(chosen):
            if progress is not None:
                progress.setValue(number)
                if progress.wasCanceled():
                    failed.append(f"Stopped: {len(chosen) - number} files were not read.")
                    break
            try:
                made += self._bring_in(path)
            except AnnotatorError as error:
                failed.append(str(error))
        if progress is not None:
            progress.setValue(len(chosen))
        if made:
            self._desk.open(made[0].id)
            self._frame.to_text()
            self._frame.say(f"{counted(len(made), 'article')} imported.")
        if failed:
            self.tell("Not imported", "\n\n".join(failed))

    def _bring_in(self, path: Path) -> list[Article]:
        workspace = self._desk.workspace
        if annotator_json.is_annotator_json(path):
            intake = workspace.take_in(annotator_json.read(path), f"Import {path.name}")
            if intake.kept:
                self.tell(path.name, "\n".join(intake.kept))
            if not intake.edit:
                self._frame.say(f"{path.name} holds nothing new.")
            made = (change.after for change in intake.edit.changes)
            return [record for record in made if isinstance(record, Article)]
        read = read_text_file(path)
        article = workspace.add_text(read)
        if read.notes:
            self.tell(path.name, "\n".join(read.notes))
        return [article]

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
            others = [a.id for a in self._desk.workspace.articles()]
            place = others.index(page.article.id)
            self._desk.workspace.remove(page.article)
            others.remove(page.article.id)
            self._desk.open(others[min(place, len(others) - 1)] if others else None)
            self._frame.say(f"“{title}” is out of the project; Ctrl+Z brings it back.")

    def export_project(self) -> None:
        self._export(self._desk.workspace.path.stem, None)

    def export_article(self) -> None:
        page = self._desk.page
        if page is not None:
            self._export(Path(page.article.file or "article").stem, [page.article])

    def _export(self, stem: str, wanted: list[Article] | None) -> None:
        folder = paths.exports()
        usual = folder / f"{stem}{annotator_json.SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(self._frame, "Export", str(usual), _JSON)
        if name:
            self.export_to(Path(name), wanted)

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
        QMessageBox.warning(self._frame, title, text)

    def _progress(self, count: int) -> QProgressDialog | None:
        if count < _MANY:
            return None
        dialog = QProgressDialog("Importing…", "Stop", 0, count, self._frame)
        dialog.setMinimumDuration(300)
        return dialog
