"""What stands between a school and a visit that ends in a certificate, and what comes next on the way there."""
