"""What safety reads."""
