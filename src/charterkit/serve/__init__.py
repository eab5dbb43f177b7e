"""The page in the browser: a second face of the same sessions and documents, on this computer alone."""
