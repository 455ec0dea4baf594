"""The tour: five steps on a first article, which can be left at any time."""
