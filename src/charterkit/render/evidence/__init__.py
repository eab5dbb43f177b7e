"""What there is to show for the ratings: as a list for leaders, and packed for a visit."""
