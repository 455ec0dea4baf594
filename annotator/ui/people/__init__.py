"""The people: a window beside the main one with every actor and all they say."""
