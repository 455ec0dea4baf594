"""A project as a page for people without the program."""
