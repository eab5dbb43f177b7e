"""Visits of advisers: what they found, beside what the school says itself."""
