"""An evaluation being answered: the file, and what is asked next."""
