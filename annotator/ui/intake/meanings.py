"""What labels mean in this import: chosen beside a file, kept as a preset, used again the next time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import BadInput
from annotator.core.foreign.labels import LabelMapping
from annotator.ui.intake.details import Details
from annotator.ui.intake.labels import Labels
from annotator.ui.intake.under_way import UnderWay
from annotator.ui.settings import Settings


class Meanings(QObject):
    """Lets one mapping hold for all files, and begins with the one used last."""

    changed = Signal()

    def __init__(
        self, work: UnderWay, details: Details, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._work, self._details, self._settings = work, details, settings
        name = settings.import_mapping
        try:
            work.mapping = Labels.read(name)
        except BadInput:
            name = ""  # it was deleted
        details.mapping_name = name
        details.labels.changed.connect(self._map)
        details.labels.used.connect(self._use)

    def _map(self, mapping: LabelMapping) -> None:
        self._work.map_labels(mapping)
        self._details.show_labels()
        self.changed.emit()

    def _use(self, name: str) -> None:
        self._details.mapping_name = self._settings.import_mapping = name
