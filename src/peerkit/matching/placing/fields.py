"""Reading the fields of a JSON document, with errors that say in words which one is wrong."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

_MISSING: Final = object()
T = TypeVar("T")


class DocumentIsWrong(ValueError):
    """A document does not say what it must; the text names the place in words."""


class Row:
    """One object of a document, and what it is called in an error: "Member 3 (ana)"."""

    def __init__(self, value: object, name: str, known: frozenset[str]) -> None:
        if not isinstance(value, Mapping):
            raise DocumentIsWrong(f"{name} must be an object with named fields.")
        strange = sorted(value.keys() - known)
        own = value.get("id")
        self._name: Final = f"{name} ({own})" if isinstance(own, str) and own else name
        self._value: Final = value
        if strange:
            raise DocumentIsWrong(
                f'{self._name} has a field "{strange[0]}", which means nothing here.'
            )

    def made(self, make: Callable[[], T]) -> T:
        """Return what `make` makes; a value it refuses is an error of this row."""
        try:
            return make()
        except DocumentIsWrong:
            raise
        except ValueError as wrong:
            raise DocumentIsWrong(f"{self._name}: {wrong}") from wrong

    def raw(self, field: str, otherwise: object = _MISSING) -> Any:
        """Return a field as it stands; without `otherwise` it must be there."""
        value = self._value.get(field, otherwise)
        if value is _MISSING:
            raise DocumentIsWrong(f'{self._name} has no "{field}".')
        return value

    def text(self, field: str, otherwise: object = _MISSING) -> str:
        """Return a field that is text."""
        value = self.raw(field, otherwise)
        if not isinstance(value, str):
            raise self._wrong(field, value, "text")
        return value

    def number(self, field: str, otherwise: object = _MISSING) -> int:
        """Return a field that is a whole number."""
        value = self.raw(field, otherwise)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(field, value, "a whole number")
        return value

    def flag(self, field: str, otherwise: object = _MISSING) -> bool:
        """Return a field that is true or false."""
        value = self.raw(field, otherwise)
        if not isinstance(value, bool):
            raise self._wrong(field, value, "true or false")
        return value

    def numbers(self, field: str) -> dict[str, int]:
        """Return a field that gives a whole number to each of some names; absent is empty."""
        value = self.raw(field, {})
        if not isinstance(value, Mapping):
            raise self._wrong(field, value, "an object of whole numbers")
        for name, number in value.items():
            if isinstance(number, bool) or not isinstance(number, int):
                raise self._wrong(f"{field} for {name}", number, "a whole number")
        return dict(value)

    def texts(self, field: str) -> dict[str, str]:
        """Return a field that gives a text to each of some names; absent is empty."""
        value = self.raw(field, {})
        if not isinstance(value, Mapping) or not all(isinstance(it, str) for it in value.values()):
            raise self._wrong(field, value, "an object of texts")
        return dict(value)

    def pairs(self, field: str) -> list[tuple[str, str]]:
        """Return a field that is a list of pairs of ids; absent is empty."""
        value = self.raw(field, [])
        if not isinstance(value, list):
            raise self._wrong(field, value, "a list of pairs")
        for at, pair in enumerate(value, start=1):
            is_pair = isinstance(pair, list) and len(pair) == len(("one", "other"))
            if not is_pair or not all(isinstance(name, str) for name in pair):
                raise self._wrong(f"{field}, entry {at},", pair, "a pair of ids")
        return [(pair[0], pair[1]) for pair in value]

    def _wrong(self, field: str, value: object, wanted: str) -> DocumentIsWrong:
        shown = repr(value)
        shown = shown if len(shown) <= len("x" * 40) else shown[:40] + "…"
        return DocumentIsWrong(f"{self._name}: {field} is {shown}; it must be {wanted}.")


def as_rows(
    whole: Row, field: str, known: frozenset[str], name: str, *, is_optional: bool = False
) -> list[Row]:
    """Return a list of objects as rows; `name` and its place from 1 call each in an error."""
    value = whole.raw(field, []) if is_optional else whole.raw(field)
    if not isinstance(value, list):
        raise DocumentIsWrong(f'"{field}" must be a list.')
    return [Row(one, f"{name} {at}", known) for at, one in enumerate(value, start=1)]
