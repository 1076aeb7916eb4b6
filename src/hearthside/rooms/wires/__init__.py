"""Order and durability of what passes through rooms, by database engine."""

from django.db import connection

from hearthside.rooms.ports import Wire


def open_wire() -> Wire:
    """The wire of the database that this installation uses."""
    if connection.vendor == "postgresql":
        # psycopg is an extra of the package: whoever runs on SQLite need not have it.
        from hearthside.rooms.wires.postgres import PostgresWire

        return PostgresWire()
    from hearthside.rooms.wires.sqlite import SqliteWire

    return SqliteWire()
