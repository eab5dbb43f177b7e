"""A charter in other languages."""
