"""Questions about evidence: what there is for an aspect, how old it is, and what a visitor would miss."""
