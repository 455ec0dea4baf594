"""Which text an ``.ann`` file is about: the one beside it, or as corpora of several analysts lie."""

from __future__ import annotations

from pathlib import Path

_FOLDERS = ("text", "texts", "txt")
"""What the folder of texts is called that lies beside that of the annotations."""


def text_of(ann: Path) -> tuple[Path, str]:
    """The text, which need not be there, and the analyst whose name the ``.ann`` file adds to it.

    PolNeAR has ``attributions/x_4b22.ann`` by the analyst 4b22 on ``text/x.txt``.
    """
    beside = ann.with_suffix(".txt")
    if beside.is_file():
        return beside, ""
    stem, _, analyst = ann.stem.rpartition("_")
    folders = (ann.parent, *(ann.parent.parent / name for name in _FOLDERS))
    for name, whose in ((ann.stem, ""), (stem, analyst)):
        there = (folder / f"{name}.txt" for folder in folders if name)
        found = next((text for text in there if text.is_file()), None)
        if found is not None:
            return found, whose
    return beside, ""
