"""What a browser may send about safety."""
