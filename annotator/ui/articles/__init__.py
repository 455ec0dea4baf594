"""The articles of the project: the list and what is done there."""
