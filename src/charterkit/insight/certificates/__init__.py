"""Certificates of a workspace: which there are, how they stand, and what is in the way of another."""
