"""Text in, models with positions out, and back again."""
