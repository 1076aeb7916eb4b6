"""What placing reads, by noun."""
