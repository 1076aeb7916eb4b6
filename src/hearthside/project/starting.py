"""How commands begin and how they refuse: Django only when needed, one clear sentence on failure."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import typer

P = ParamSpec("P")
R = TypeVar("R")


def with_django(command: Callable[P, R]) -> Callable[P, R]:
    """Start Django only for commands that need it, so that --help answers at once."""

    @wraps(command)
    def started(*args: P.args, **kwargs: P.kwargs) -> R:
        import django

        django.setup()
        return command(*args, **kwargs)

    return started


class refusals:  # noqa: N801 - reads as a phrase: `with refusals(SomeError):`
    """Turns a named refusal into one clear sentence and exit code 1."""

    def __init__(self, *kinds: type[Exception]) -> None:
        self.kinds = kinds

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        if kind is not None and issubclass(kind, self.kinds):
            typer.secho(str(error), err=True, fg="red")
            raise typer.Exit(1) from error
