"""The database: tables, migrations and the queries on them."""
