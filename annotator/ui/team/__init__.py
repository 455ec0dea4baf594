"""How a project is worked on: who works as whom, on what, how blindly, and files of colleagues."""
