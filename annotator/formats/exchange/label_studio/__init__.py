"""Label Studio's tasks, in and out."""
