"""What the window remembers between sessions, on this machine, outside any project."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from annotator import paths
from annotator.ui.article.geometry.measures import Reading
from annotator.ui.places import Places


class _Word:
    """A setting that is a name, remembered under the name it has here."""

    def __init__(self, usual: str = "") -> None:
        self._usual = usual

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, settings: Settings, _owner: type) -> str:
        return str(settings._store.value(self._name, self._usual))

    def __set__(self, settings: Settings, word: str) -> None:
        settings._store.setValue(self._name, word)


class Settings:
    """An INI file in the user's configuration folder, and the places beside it."""

    theme = _Word("system")
    """``system``, ``light`` or ``dark``."""
    import_preset = _Word()
    """The name of the preset that articles were imported with last; empty for none."""
    people_layer = _Word()
    """Whose statements are counted in the window of the people: ``mine``, or a layer's id."""
    import_mapping = _Word()
    """The name of the mapping that labels were imported with last; empty for none."""
    export_format = _Word()
    """The name of the format that was exported to last; empty for the usual one."""

    def __init__(self) -> None:
        folder = paths.config_folder()
        self._store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.places = Places(folder / "places")

    @property
    def zoom(self) -> int:
        """Of the text, in percent."""
        return self._number("zoom", 100)

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self._store.setValue("zoom", percent)

    @property
    def reading(self) -> Reading:
        """How long lines are and how far apart."""
        usual = Reading()
        read = Reading(
            self._number("characters", usual.characters), self._number("spacing", usual.spacing)
        )
        return read.within_reason()

    @reading.setter
    def reading(self, reading: Reading) -> None:
        self._store.setValue("characters", reading.characters)
        self._store.setValue("spacing", reading.spacing)

    @property
    def toured(self) -> bool:
        """Whether the tour was seen, or left."""
        return str(self._store.value("toured", "false")) == "true"

    @toured.setter
    def toured(self, seen: bool) -> None:
        self._store.setValue("toured", "true" if seen else "false")

    @property
    def tour_step(self) -> int:
        """The step of the tour that is to be done, from 0."""
        said = str(self._store.value("tour_step", "0"))
        return int(said) if said.isdecimal() else 0

    @tour_step.setter
    def tour_step(self, step: int) -> None:
        self._store.setValue("tour_step", str(step))

    def export_folder(self, project: Path) -> Path:
        """The folder that a project was exported into last, if it is still there; else its own."""
        said = str(self._store.value(self._key(project, "exports"), ""))
        return Path(said) if said and Path(said).is_dir() else project.resolve().parent

    def keep_export_folder(self, project: Path, folder: Path) -> None:
        self._store.setValue(self._key(project, "exports"), str(folder.resolve()))

    def import_folder(self, project: Path) -> str:
        """The folder that articles were brought in from last; empty where the system may choose."""
        said = str(self._store.value(self._key(project, "imports"), ""))
        return said if Path(said).is_dir() else ""

    def keep_import_folder(self, project: Path, folder: Path) -> None:
        self._store.setValue(self._key(project, "imports"), str(folder.resolve()))

    def priority(self, project: Path) -> tuple[str, ...]:
        """Kinds by key, of which the first counts where marks overlap and one must; empty for the
        shorter mark."""
        said = str(self._store.value(self._key(project, "priority"), ""))
        return tuple(said.split())

    def keep_priority(self, project: Path, kinds: Iterable[str]) -> None:
        self._store.setValue(self._key(project, "priority"), " ".join(kinds))

    def _number(self, name: str, usual: int) -> int:
        said = str(self._store.value(name, usual))
        return int(said) if said.isdecimal() else usual

    def bytes(self, name: str) -> QByteArray:
        """A window's geometry or a splitter's state; empty when not remembered."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, name: str, value: QByteArray) -> None:
        self._store.setValue(name, value)

    @staticmethod
    def _key(project: Path, of: str) -> str:
        return f"{of}/" + str(project.resolve()).replace("/", "|").replace("\\", "|")
