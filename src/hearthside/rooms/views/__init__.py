"""The doors to rooms."""
