"""The doors of exchange, by noun."""
