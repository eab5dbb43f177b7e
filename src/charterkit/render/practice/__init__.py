"""What other schools do well, and agreed to share."""
