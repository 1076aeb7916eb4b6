"""Ranking groups for one person, with reasons."""
