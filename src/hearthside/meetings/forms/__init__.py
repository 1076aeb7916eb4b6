"""What a browser may send about meetings, by noun."""
