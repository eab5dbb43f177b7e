"""A register of policies as a spreadsheet, taken in: its columns, its cells, and what they come to."""
