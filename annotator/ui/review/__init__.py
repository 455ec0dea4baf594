"""Comparing layers and deciding, and reading back what became of it."""
