"""The list of articles and the index of words: kept in step with the rows, and asked."""
