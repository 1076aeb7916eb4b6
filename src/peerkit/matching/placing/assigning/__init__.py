"""Generalised assignment: every job to one agent, at the least cost, within what each agent can take."""
