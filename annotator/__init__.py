"""Annotator: read news articles and record who says what, and which side they take."""

__version__ = "0.1.0"
