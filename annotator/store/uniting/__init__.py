"""Two files of one project made one, and a file of one project for one analyst."""
