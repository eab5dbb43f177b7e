"""What has moved: between two cycles, over all of them, between two git revisions."""
