"""The self-evaluation form."""
