"""What differs between two versions of a charter, in words."""
