"""What the commands on files do: projects, articles in, exports out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog

from annotator import paths
from annotator.core import articles
from annotator.core.model import Article
from annotator.core.text.cleaning import counted
from annotator.formats import annotator_json
from annotator.formats.articles.reading import Step, read_articles
from annotator.formats.articles.recognise import SUFFIXES
from annotator.formats.articles.text import read_text
from annotator.formats.articles.text_in import Failure, Found
from annotator.formats.atomic import write_whole
from annotator.store.project import SUFFIX
from annotator.ui.dialogs import Describe, ask
from annotator.ui.frame import Frame

_PROJECTS = f"Annotator projects (*{SUFFIX})"
_ARTICLES = f"Articles ({' '.join(f'*{suffix}' for suffix in SUFFIXES)});;All files (*)"
_JSON = "Annotator JSON (*.json)"
_MANY = 5
_WHOLE = 1000


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
        """Import what is in files, folders and zip files; what failed is listed with reasons."""
        report = self._desk.workspace.bring_in(self._watched(read_articles(given)))
        told = [line for file, place, line in report.notes]
        if report.made:
            self._desk.open(report.made[0].id)
            self._frame.to_text()
            self._frame.say(f"{counted(len(report.made), 'article')} imported.")
        elif not report.failures and not report.duplicates:
            self._frame.say("There was nothing new.")
        if told:
            self.tell("Imported, and changed on the way", "\n".join(told))
        failed = [
            *(failure.reason for failure in report.failures),
            *(
                f"{one.file} is already in the project, as “{one.of.title}”."
                for one in report.duplicates
                if one.done == "same"
            ),
        ]
        if failed:
            self.tell("Not imported", "\n\n".join(failed))

    def _watched(self, steps: Iterable[Step]) -> Iterator[Found]:
        """What was found, with a dialog that shows how far it is and can stop it."""
        dialog: QProgressDialog | None = None
        for step in steps:
            dialog = dialog or self._progress(step.of)
            yield step.found
            if dialog is not None:
                dialog.setValue(int(step.share * _WHOLE))
                if dialog.wasCanceled():
                    left = f"Stopped at {step.file}; what came after it was not read."
                    yield Failure(step.file, "", left)
                    return
        if dialog is not None:
            dialog.setValue(_WHOLE)

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
            self._desk.workspace.remove([page.article])
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
        dialog = QProgressDialog("Importing…", "Stop", 0, _WHOLE, self._frame)
        dialog.setMinimumDuration(300)
        return dialog
