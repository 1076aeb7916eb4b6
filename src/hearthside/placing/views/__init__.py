"""The doors of placing, by noun."""
