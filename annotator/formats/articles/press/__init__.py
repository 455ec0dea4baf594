"""Exports of press databases, which hold many articles in one file: a module for each layout."""
