"""The door: an open project and the analyst who works on it."""

from annotator.workspace.door import Workspace
from annotator.workspace.reading import NOBODY

__all__ = ["NOBODY", "Workspace"]
