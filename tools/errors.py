"""The one error of the set-up."""

from __future__ import annotations


class SetUpError(Exception):
    """Setting up cannot go on; the message says what a person has to do first."""
