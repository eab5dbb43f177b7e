"""Two versions of a charter beside each other: which are meant, and what differs."""
