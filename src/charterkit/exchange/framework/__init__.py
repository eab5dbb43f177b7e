"""A charter out of a framework that somebody keeps as a table."""
