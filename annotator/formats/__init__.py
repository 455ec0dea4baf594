"""One file per format: text in, bundle out, and back."""
