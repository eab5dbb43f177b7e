"""How a check is run: families, cache, processes, settings, suppression and fixes."""
