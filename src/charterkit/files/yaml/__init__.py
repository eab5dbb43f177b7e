"""Bytes to tree to text: the strict YAML subset, and changes that leave the rest of a file alone."""
