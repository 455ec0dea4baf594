"""Errors a person can act on: the message is one plain sentence that can be shown as it is."""

from __future__ import annotations


class AnnotatorError(Exception):
    """What was asked for could not be done; nothing was changed."""


class BadInput(AnnotatorError):
    """A file or a value that cannot be taken in; names the file, the place and the remedy."""


class NotAllowed(AnnotatorError):
    """The change would break a rule of the data."""


class Conflict(AnnotatorError):
    """Someone else changed the same thing in between."""


class ProjectFault(AnnotatorError):
    """The project file cannot be opened or written."""


class Busy(ProjectFault):
    """Another program has been writing to the project file for too long."""


class Damaged(ProjectFault):
    """The project file is not what it was; a new one can be made of what can be read of it."""
