"""Where things are on the page, in plain numbers: which lane, which rectangle, which mark. No Qt."""
