"""Changing the codebook while a project is under way, and what each change touches."""
