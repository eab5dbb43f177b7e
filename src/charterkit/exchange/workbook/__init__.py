"""A filled-in workbook, read back."""
