"""Reviewing: who may do what, verdicts and gold, comments, assignments, blindness."""
