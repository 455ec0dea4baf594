"""The project on its way out: into which format, what is lost on the way, and how far it is."""
