"""The doors of the finder, one file per noun."""
