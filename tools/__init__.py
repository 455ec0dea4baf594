"""What makes a checkout ready to run; no part of the program."""
