"""How ready a school is for a certification visit, as a document."""
