"""Articles in: one module for each format, and one that walks through what was given."""
