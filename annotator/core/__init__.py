"""What can be said and done: plain data and pure functions, without Qt, SQL or files."""
