"""Finding in the article, and marking what was found."""
