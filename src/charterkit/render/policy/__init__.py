"""One policy's control page."""
