"""Agreement: a window beside the main one with figures, articles and differences."""
