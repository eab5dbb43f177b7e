"""Very many schools."""
