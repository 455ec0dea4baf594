"""brat standoff, in and out."""
