"""The file itself: making and opening it, its schema, writing in turn, and noticing that it is another."""
