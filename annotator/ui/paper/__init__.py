"""Articles with their marks on paper: print, PDF, SVG and PNG."""
