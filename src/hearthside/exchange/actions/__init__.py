"""The verbs of exchange, by noun: read each with its module, as in `imports.apply`."""
