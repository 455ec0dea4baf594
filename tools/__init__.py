"""What a checkout is set up with and its pictures are made with; no part of the program."""
