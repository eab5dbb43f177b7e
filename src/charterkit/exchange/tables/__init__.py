"""The whole workspace as tidy tables for other programs: one place says what each column is, all else follows it."""
