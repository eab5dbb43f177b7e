"""Policies: the register, reviews, control, and what a rule pack misses."""
