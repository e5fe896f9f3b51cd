"""The database: tables, migrations and the queries on them."""

from bot.storage.database import Database, DatabaseAway, DatabaseInUse, open_database

__all__ = ["Database", "DatabaseAway", "DatabaseInUse", "open_database"]
