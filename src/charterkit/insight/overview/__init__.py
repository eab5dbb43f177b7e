"""Many schools at once: what is kept of each one, and what comes of all of them together."""
