"""What still stands between a school and a certification visit."""
