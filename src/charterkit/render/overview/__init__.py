"""Many schools as a document: a page for a committee, tables, and a heat map to look around in."""
