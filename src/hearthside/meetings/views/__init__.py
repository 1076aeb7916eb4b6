"""The doors to meetings."""
