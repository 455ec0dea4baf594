"""What the window remembers between sessions, on this machine, outside any project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from annotator import paths
from annotator.ui.article.geometry.measures import Reading
from annotator.ui.places import Place, packed, unpacked


class Settings:
    """An INI file in the user's configuration folder."""

    def __init__(self) -> None:
        file = paths.config_folder() / "window.ini"
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def last_project(self) -> Path | None:
        """The project opened last, if it is still there."""
        said = str(self._store.value("project", ""))
        return Path(said) if said and Path(said).is_file() else None

    @last_project.setter
    def last_project(self, path: Path) -> None:
        self._store.setValue("project", str(path.resolve()))

    @property
    def theme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return str(self._store.value("theme", "system"))

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

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
    def import_preset(self) -> str:
        """The name of the preset that articles were imported with last; empty for none."""
        return str(self._store.value("import_preset", ""))

    @import_preset.setter
    def import_preset(self, name: str) -> None:
        self._store.setValue("import_preset", name)

    @property
    def import_mapping(self) -> str:
        """The name of the mapping that labels were imported with last; empty for none."""
        return str(self._store.value("import_mapping", ""))

    @import_mapping.setter
    def import_mapping(self, name: str) -> None:
        self._store.setValue("import_mapping", name)

    @property
    def export_format(self) -> str:
        """The name of the format that was exported to last; empty for the usual one."""
        return str(self._store.value("export_format", ""))

    @export_format.setter
    def export_format(self, name: str) -> None:
        self._store.setValue("export_format", name)

    def export_folder(self, project: Path) -> Path:
        """The folder that a project was exported into last, if it is still there; else its own."""
        said = str(self._store.value(self._key(project, "exports"), ""))
        return Path(said) if said and Path(said).is_dir() else project.resolve().parent

    def keep_export_folder(self, project: Path, folder: Path) -> None:
        self._store.setValue(self._key(project, "exports"), str(folder.resolve()))

    def _number(self, name: str, usual: int) -> int:
        said = str(self._store.value(name, usual))
        return int(said) if said.isdecimal() else usual

    def place(self, project: Path) -> Place:
        """Where the analyst was in a project."""
        return unpacked(str(self._store.value(self._key(project), "")))

    def keep_place(self, project: Path, place: Place) -> None:
        """Remember it, and that this is the project worked in last; on disk when this returns."""
        self._store.setValue(self._key(project), packed(place))
        self.last_project = project
        self._store.sync()

    def bytes(self, name: str) -> QByteArray:
        """A window's geometry or a splitter's state; empty when not remembered."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, name: str, value: QByteArray) -> None:
        self._store.setValue(name, value)

    @staticmethod
    def _key(project: Path, of: str = "places") -> str:
        return f"{of}/" + str(project.resolve()).replace("/", "|").replace("\\", "|")
