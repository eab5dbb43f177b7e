"""The limits of the strict YAML subset, and of what is said about one file."""

MAX_BYTES = 1024 * 1024
MAX_VALUES = 50_000
"""Keys and values of one file: twenty times what a large self-evaluation has, and the most that is read in a second."""
MAX_DEPTH = 40
MOST_SAID = 200
"""Problems of one file that are said one by one; the last one counts the rest."""
NULL_WORDS = frozenset({"null", "Null", "NULL", "~"})
"""Plain words that other YAML readers take for nothing: refused, so that nobody has to guess."""
