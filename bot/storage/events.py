"""Which clicks, commands and events were already dealt with, on all replicas."""

from sqlalchemy import Connection, delete, select

from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.tables import seen_events

KEEP_MS = 24 * 3600 * 1000  # Slack's last retry comes after 5 minutes


class SeenEvents:
    """The keys (event_id, trigger_id, deleted message) of what was dealt with in the last day."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def is_first(self, key: str, connection: Connection) -> bool:
        """Take note of `key` in the transaction of its effect; False when it was there before."""
        insert = self._database.insert(seen_events).values(key=key, at=self._clock.now_ms())
        won = connection.execute(insert.on_conflict_do_nothing().returning(seen_events.c.key))
        return won.scalar_one_or_none() is not None

    def knows(self, key: str, connection: Connection) -> bool:
        """Tell whether `key` was noted."""
        noted = select(seen_events.c.key).where(seen_events.c.key == key)
        return connection.execute(noted).scalar_one_or_none() is not None

    def forget_old(self) -> None:
        """Forget what is older than a day."""
        with self._database.begin() as connection:
            connection.execute(delete(seen_events).where(seen_events.c.at < self._clock.now_ms() - KEEP_MS))
