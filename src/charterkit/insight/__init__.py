"""Pure questions about what was read: no input or output, no clock."""
