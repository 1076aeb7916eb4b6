"""Laws for the engines are not timed: a busy machine is no broken law."""

from hypothesis import settings

settings.register_profile("engines", deadline=None)
settings.load_profile("engines")
