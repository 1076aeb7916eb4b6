"""The verbs of rooms, by noun."""
