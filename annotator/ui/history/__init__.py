"""The history of the article on the desk."""
