"""Columns as in CoNLL-2003: a token a line, and in each column the tags of one kind of mark."""
