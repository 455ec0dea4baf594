"""What spaCy and Prodigy read and write."""
