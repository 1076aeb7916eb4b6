"""Verbs that write: people, their consents, their ways back in."""
