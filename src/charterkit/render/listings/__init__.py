"""Listings: rows under headings, in every format."""
