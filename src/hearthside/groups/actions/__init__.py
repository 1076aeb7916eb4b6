"""The verbs of groups, by noun: read each with its module, as in `membership.visit`."""
