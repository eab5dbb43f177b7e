"""One survey: shares with how sure they are, what has changed, groups, and what was done."""
