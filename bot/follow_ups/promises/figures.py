"""What /metrics shows of reminders: counted in the database at the moment they are asked for.

So they are true after a restart, and the same whichever replica is asked.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate

from prometheus_client.core import GaugeHistogramMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection, func, select

from bot.clock import Clock
from bot.follow_ups.promises.overview import counts
from bot.follow_ups.promises.rows import IS_REMINDER
from bot.outbox.awakening import IS_HELD
from bot.outbox.store import PENDING
from bot.storage import Database
from bot.storage.tables import deliveries, outbox

DAY_MS = 86_400_000
BOUNDS_S = (1, 5, 15, 60, 300, 1_800, 3_600, 21_600, 86_400)


class ReminderFigures(Collector):
    """Open reminders by state, and how late those of the last day came."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def collect(self) -> Iterable[Metric]:
        """Count."""
        now_ms = self._clock.now_ms()
        with self._database.begin() as connection:
            states = counts(connection)
            overdue = _overdue(connection, now_ms)
            late_s = _lateness(connection, now_ms - DAY_MS)
        says = "Open reminders by state; came ones wait for somebody to be done with them"
        family = GaugeMetricFamily("inquiry_bot_reminders", says, labels=("state",))
        for state, count in states.items():
            family.add_metric([state], count)
        yield family
        yield GaugeMetricFamily(
            "inquiry_bot_reminders_overdue", "Reminders whose time has come, not said yet", value=overdue
        )
        yield _histogram(late_s)


def _overdue(connection: Connection, now_ms: int) -> int:
    pending = IS_REMINDER & outbox.c.state.in_(PENDING) & ~IS_HELD
    due = select(func.count()).where(pending, outbox.c.due_at <= now_ms)
    return int(connection.execute(due).scalar_one())


def _lateness(connection: Connection, since_ms: int) -> Sequence[float]:
    # Of what was snoozed since, the promise it came late for is no longer known.
    stands = (deliveries.c.outbox_id == outbox.c.id) & (deliveries.c.seq == outbox.c.seq)
    late = (
        select(deliveries.c.sent_at - outbox.c.due_at)
        .select_from(deliveries.join(outbox, stands))
        .where(IS_REMINDER, deliveries.c.sent_at >= since_ms, ~deliveries.c.found)
    )
    return [max(late_ms, 0) / 1000 for late_ms in connection.execute(late).scalars()]


def _histogram(late_s: Sequence[float]) -> Metric:
    places = Counter(bisect_left(BOUNDS_S, late) for late in late_s)
    names = (*(f"{bound}.0" for bound in BOUNDS_S), "+Inf")
    sums = accumulate(places[place] for place in range(len(names)))
    return GaugeHistogramMetricFamily(
        "inquiry_bot_reminder_lateness_seconds",
        "How late the reminders of the last 24 hours came",
        buckets=list(zip(names, map(float, sums), strict=True)),
        gsum_value=sum(late_s),
    )
