"""What a report of a round can be. Nothing is imported here: to list it costs nothing."""

from __future__ import annotations

SORTS = (".html", ".pdf", ".json", ".csv")
"""How its name ends."""
TABLES = ("differences", "figures", "decisions", "gold")
"""What a CSV file can hold."""
