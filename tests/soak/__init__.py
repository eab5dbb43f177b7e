"""What runs too long for `make test`: `make soak` runs all of it, `python -m tests.soak PART [COUNT]` one part."""
