"""What can be computed from marks and statements: alignment, agreement, positions, networks."""
