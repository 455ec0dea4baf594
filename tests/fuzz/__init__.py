"""Nonsense for every reader: files of ours and of others, bent in a thousand ways."""
