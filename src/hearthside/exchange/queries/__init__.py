"""Reads of exchange, and its seam to the formats engine."""
