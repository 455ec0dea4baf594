"""REFI-QDA 1.0: projects (.qdpx) and codebooks (.qdc) of programs for qualitative analysis."""
