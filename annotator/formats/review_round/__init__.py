"""The report of one round of review: JSON, CSV and a page to be printed."""
