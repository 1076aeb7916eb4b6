"""A query whose SQL is written once and asked with other values each time.

Writing the SQL of a small query takes Django several times as long as a database takes to answer it, and
every search, and the frame of every page, asks the same few.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import DateTimeField, QuerySet, UUIDField

Values = Sequence[Any]
Rows = Iterator[Sequence[Any]]
Made = Callable[[Mapping[str, Values]], QuerySet[Any, Any]]

# Room for one page of cards and what nearly fits; more is made in powers of two.
LEAST: Final = 32
_LONG_AGO: Final = datetime(1900, 1, 1, tzinfo=UTC)
_KEY: Final = UUIDField[Any, Any]()
_TIME: Final = DateTimeField[Any, Any]()


class Prepared:
    """One query of `values_list`. `made` builds it from values by name: keys of rows, or times; or from none."""

    def __init__(self, made: Made, *, keys: Sequence[str] = (), times: Sequence[str] = ()) -> None:
        self._made = made
        self._fields = {**dict.fromkeys(keys, _KEY), **dict.fromkeys(times, _TIME)}
        self._written: dict[int, _Written] = {}

    def rows(self, **values: Values) -> list[Sequence[Any]]:
        """The rows for these values, at least one of each name."""
        most = max((len(some) for some in values.values()), default=1)
        room = max(LEAST, 1 << (most - 1).bit_length())
        if room not in self._written:
            self._written[room] = _Written(self._made, self._fields, room)
        return self._written[room].rows(values)


class _Written:
    """The same with room for so many values of each name."""

    def __init__(self, made: Made, fields: Mapping[str, Any], room: int) -> None:
        self._fields = fields
        self._room = room
        query = made({name: _held(field, room) for name, field in fields.items()}).query
        self._compiler = query.get_compiler(connection=connection)
        self._sql, self._told = self._compiler.as_sql()
        self._where = {name: self._places(field) for name, field in fields.items()}

    def rows(self, values: Mapping[str, Values]) -> list[Sequence[Any]]:
        asked = list(self._told)
        # This thread's own: through the name that stands for it, each of many small steps looks it up again.
        here = connections[DEFAULT_DB_ALIAS]
        for name, field in self._fields.items():
            given = _stored(field, values[name], here)
            # The last stands in the room left over.
            given += given[-1:] * (self._room - len(given))
            for at, number in self._where[name]:
                asked[at] = given[number]
        with here.cursor() as cursor:
            cursor.execute(self._sql, asked)
            return list(self._compiler.apply_converters(cursor.fetchall(), self._converters))

    def _places(self, field: Any) -> list[tuple[int, int]]:
        """Where in the SQL values of this field stand, and which of them."""
        held = _stored(field, _held(field, self._room), connection)
        return [(at, held.index(one)) for at, one in enumerate(self._told) if one in held]

    @cached_property
    def _converters(self) -> Any:
        return self._compiler.get_converters([column for column, *_ in self._compiler.select])


def _held(field: Any, room: int) -> Values:
    """Values that no row has, to stand in the SQL while it is written."""
    if field is _KEY:
        return [UUID(int=number + 1) for number in range(room)]
    return [_LONG_AGO + timedelta(seconds=number) for number in range(room)]


def _stored(field: Any, values: Values, connection: Any) -> list[Any]:
    """As the database wants them."""
    return [field.get_db_prep_value(one, connection) for one in values]
