"""A workspace in, findings out."""
