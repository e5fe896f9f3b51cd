"""The database: tables, migrations and the queries on them."""

from bot.storage.database import (
    Database,
    DatabaseAway,
    DatabaseInUse,
    Door,
    door_of,
    open_database,
    open_to_read,
)

__all__ = ["Database", "DatabaseAway", "DatabaseInUse", "Door", "door_of", "open_database", "open_to_read"]
