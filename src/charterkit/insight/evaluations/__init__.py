"""Self-evaluations: where a school stands, what changed, and what became of its plan."""
