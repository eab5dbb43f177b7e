"""The report of one self-evaluation."""
