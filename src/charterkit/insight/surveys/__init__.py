"""What a school's surveys say: shares with how sure they are, what has changed, and what may not be shown."""
