"""The action plan across cycles: what is open, whose it is and by when."""
