"""Keeping a project whole: backups, integrity, and what is still there of a damaged one."""
