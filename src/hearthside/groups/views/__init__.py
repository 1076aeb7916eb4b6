"""The doors of groups, by noun: each finds, checks, acts once, answers."""
