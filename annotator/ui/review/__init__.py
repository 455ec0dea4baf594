"""Comparing layers and deciding, reading back, and how the project is worked on."""
