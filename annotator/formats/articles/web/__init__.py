"""Web pages in."""
