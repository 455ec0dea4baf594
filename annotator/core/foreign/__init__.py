"""Bundles from other programs, in their own labels, and how they meet a project."""
