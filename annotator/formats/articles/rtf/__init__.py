"""RTF documents in."""
