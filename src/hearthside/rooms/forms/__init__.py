"""What a browser may send about rooms, by noun."""
