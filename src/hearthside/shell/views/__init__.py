"""The doors of shell, by noun."""
