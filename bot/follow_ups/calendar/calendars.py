"""The days on which somebody follows up: theirs, and the buyer's where the country is known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.advice.record import verdict_from_json
from bot.follow_ups.calendar.reach import country_of_mail, country_of_phone
from bot.follow_ups.calendar.steps import Agenda, day_of
from bot.follow_ups.calendar.working_days import WorkingDays, country_named, country_of_zone, working_days_of
from bot.people import People
from bot.storage.model import InquiryRecord


@dataclass(frozen=True, slots=True)
class Calendar:
    """A person's zone and working days, and the buyer's."""

    zone: ZoneInfo
    owner_days: WorkingDays
    buyer_days: WorkingDays | None

    def day_of(self, at_ms: int) -> date:
        """Return the person's day at an instant."""
        return day_of(at_ms, self.zone)

    def agenda(self, taken: Collection[date] = ()) -> Agenda:
        """Return the days with those taken that have a reminder already."""
        return Agenda(self.owner_days, self.buyer_days, taken)


def calendar_of(people: People, inquiry: InquiryRecord, owner: str) -> Calendar:
    """Return the calendar for follow-ups of an inquiry by `owner`; may ask Slack, so outside transactions."""
    zone = people.zone_of(inquiry.team, owner)
    country = buyer_country(inquiry)
    return Calendar(
        zone=zone,
        owner_days=working_days_of(country_of_zone(zone.key)),
        buyer_days=working_days_of(country) if country else None,
    )


def buyer_country(inquiry: InquiryRecord) -> str | None:
    """Return the code of the country the buyer wrote of, else of their phone or their firm's mail.

    None when unknown, or erased.
    """
    if not inquiry.verdict:
        return None
    facts = verdict_from_json(inquiry.verdict).facts
    return (
        (country_named(facts.country.value) if facts.country else None)
        or (country_of_phone(facts.phone.value) if facts.phone else None)
        or (country_of_mail(facts.email.value) if facts.email else None)
    )
