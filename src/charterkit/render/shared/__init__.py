"""What several documents show alike."""
