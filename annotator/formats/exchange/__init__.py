"""The formats of the field, one file each: what they say as a bundle, and a bundle as they say it."""
