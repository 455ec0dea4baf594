"""Annotator JSON and JSON Lines as two of the formats."""
