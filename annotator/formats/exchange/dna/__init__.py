"""Project files of the Discourse Network Analyzer 3.x, which are SQLite; read only."""
