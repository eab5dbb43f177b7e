"""The poster."""
