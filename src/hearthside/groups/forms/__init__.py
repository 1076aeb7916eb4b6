"""What a browser may send to groups, by noun."""
