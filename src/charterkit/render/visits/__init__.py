"""Visits as documents: one visit, all of them, and the letter that asks for one."""
