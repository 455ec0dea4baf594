"""Articles out of tables: which column is which, and a row for each."""
