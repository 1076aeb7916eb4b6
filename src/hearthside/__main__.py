"""Lets `python -m hearthside` do what the `hearthside` command does."""

from hearthside.project.command import main

main()
