"""The limits of the strict YAML subset."""

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 40
NULL_WORDS = frozenset({"null", "Null", "NULL", "~"})
"""Plain words that other YAML readers take for nothing: refused, so that nobody has to guess."""
