"""Is the bot able to do its work, and how much of it lies there? Read by probes and by Prometheus."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.errors import BotError
from bot.follow_ups.promises.figures import ReminderFigures
from bot.outbox.awakening import IS_HELD
from bot.outbox.model import State
from bot.storage import Database
from bot.storage.tables import deliveries, inquiries, outbox

Check = Callable[[], str | None]  # the reason why not, or None

# A probe every second must not become a question to Slack every second; what mended itself is seen at once.
FRESH_S = 5.0
TROUBLE_FRESH_S = 0.5


class Readiness:
    """The reasons why the bot cannot work at present, found out now and then."""

    def __init__(self, checks: Mapping[str, Check], clock: Clock) -> None:
        self._checks = checks
        self._clock = clock
        self._lock = threading.Lock()
        self._asked_at: float | None = None
        self._reasons: tuple[str, ...] = ()

    def reasons(self) -> tuple[str, ...]:
        """Return a sentence for each thing that is not as it must be; none when ready."""
        with self._lock:
            now = self._clock.steady()
            fresh_s = TROUBLE_FRESH_S if self._reasons else FRESH_S
            if self._asked_at is None or now - self._asked_at > fresh_s:
                self._reasons = tuple(self._ask())
                self._asked_at = now
            return self._reasons

    def _ask(self) -> Iterator[str]:
        for name, check in self._checks.items():
            if reason := check():
                yield f"{name}: {reason}"


def database_check(database: Database) -> Check:
    """Return a check that the database answers."""

    def check() -> str | None:
        try:
            with database.begin() as connection:
                connection.execute(select(1))
        except (SQLAlchemyError, BotError) as error:
            return f"does not answer ({type(error).__name__})"
        return None

    return check


def registry_of(database: Database, clock: Clock) -> CollectorRegistry:
    """Return what /metrics shows: inquiries by type, the outbox, reminders, and the process itself."""
    registry = CollectorRegistry()
    registry.register(_Figures(database, clock))
    registry.register(ReminderFigures(database, clock))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    return registry


class _Figures(Collector):
    """Counts rows at the moment they are asked for: true after a restart, and for all replicas together."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def collect(self) -> Iterable[Metric]:
        with self._database.begin() as connection:
            types = connection.execute(
                select(
                    func.coalesce(inquiries.c.corrected_type, inquiries.c.buyer_type, "waiting"), func.count()
                ).group_by(func.coalesce(inquiries.c.corrected_type, inquiries.c.buyer_type, "waiting"))
            ).all()
            states = connection.execute(
                select(outbox.c.kind, outbox.c.state, func.count()).group_by(outbox.c.kind, outbox.c.state)
            ).all()
            oldest, due, doubtful = connection.execute(_waiting(self._clock.now_ms())).one()
            found = connection.execute(
                select(func.count()).select_from(deliveries).where(deliveries.c.found)
            ).scalar_one()
        yield _family("inquiries", "Inquiries by type of buyer, corrections counted", ("type",), types)
        yield _family("outbox_rows", "Rows of the outbox by kind and state", ("kind", "state"), states)
        overdue_s = max(self._clock.now_ms() - oldest, 0) / 1000 if oldest is not None else 0.0
        yield GaugeMetricFamily("inquiry_bot_outbox_due", "Rows whose time has come", value=due)
        yield GaugeMetricFamily(
            "inquiry_bot_outbox_overdue_seconds", "How late the latest row is", value=overdue_s
        )
        yield GaugeMetricFamily(
            "inquiry_bot_outbox_doubtful", "Rows whose last attempt may have posted", value=doubtful or 0
        )
        yield GaugeMetricFamily(
            "inquiry_bot_outbox_found", "Deliveries found in Slack instead of posted again", value=found
        )


def _waiting(now_ms: int) -> "Select[Any, int, int]":
    is_due = outbox.c.due_at <= now_ms
    return select(
        func.min(outbox.c.due_at).filter(is_due),
        func.count().filter(is_due),
        func.count().filter(outbox.c.doubt),
    ).where(outbox.c.state.in_([State.SCHEDULED, State.SENDING]), ~IS_HELD)


def _family(name: str, says: str, labels: tuple[str, ...], rows: Iterable[Iterable[object]]) -> Metric:
    family = GaugeMetricFamily(f"inquiry_bot_{name}", says, labels=labels)
    for *values, count in rows:
        family.add_metric([str(value) for value in values], float(str(count)))
    return family
