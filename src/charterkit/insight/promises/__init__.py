"""Promises to families over an academic year."""
