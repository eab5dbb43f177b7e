"""Documents: one view each (plain data made by a pure function), and the templates that render it."""
