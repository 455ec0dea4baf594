"""The codebook in a window of its own: changing it, and reading its guidelines."""
