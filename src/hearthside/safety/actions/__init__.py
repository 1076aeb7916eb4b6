"""Verbs of safety that write."""
