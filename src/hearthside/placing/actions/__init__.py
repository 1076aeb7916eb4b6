"""The verbs of placing, by noun."""
