"""Whoever speaks with the bot about follow-ups, and where."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.follow_ups.calendar.working_days import country_of_zone, working_days_of
from bot.follow_ups.conversation.command import Place
from bot.follow_ups.conversation.meant import inquiry_at, meant_in
from bot.follow_ups.conversation.reader import Reader
from bot.follow_ups.naming import named
from bot.follow_ups.promises.model import Reminder
from bot.follow_ups.when import Asker
from bot.services import Services
from bot.storage.model import InquiryRecord


@dataclass(frozen=True, slots=True)
class Caller:
    """A person with a wish, as a command, a mention, a click or a dialog brings them."""

    services: Services
    reader: Reader
    channel: str
    bot_user: str
    once: str  # names the command or click: the same one twice has one effect
    now_ms: int
    is_person: Callable[[str], bool]  # a Slack user id: False for bots and whoever left
    thread_ts: str = ""  # of the thread it is said in

    @property
    def user(self) -> str:
        """Return the person's id."""
        return self.reader.user

    @property
    def asker(self) -> Asker:
        """Return how their words about time are read."""
        return asker_of(self.reader, self.now_ms)

    def no_zone(self, person: str) -> str:
        """Return why no time can be set for a person whose zone is not known; "" where it is."""
        if person == self.user:
            return "" if self.reader.is_zone_known else self.reader.say("wrong.no_zone")
        if self.services.people.renew(self.reader.team, person):
            return ""
        return self.reader.say("wrong.no_zone_of_other", person=f"<@{person}>")

    def name(self, inquiry: InquiryRecord) -> str:
        """Return how an inquiry is named before this person."""
        reader = self.reader
        return named(self.services.knowledge, inquiry, reader.language, reader.workspace_url)

    def inquiry_of(self, reminder: Reminder) -> InquiryRecord | None:
        """Return what a reminder is about."""
        number = reminder.inquiry_id
        return self.services.inquiries.get(number) if number is not None else None

    def inquiry_meant(self, place: Place | None, wrong: str = "not_linked") -> InquiryRecord | str:
        """Return the inquiry this is about; a sentence when there is none, `wrong` for a place without."""
        database, team = self.services.database, self.reader.team
        if place:
            found = inquiry_at(database, team, place.channel, place.ts, place.thread_ts)
            key = wrong
        elif self.thread_ts:
            found = inquiry_at(database, team, self.channel, self.thread_ts)
            key = "not_in_thread"
        else:
            found = meant_in(database, team, self.channel, self.user)
            key = "none_in_private" if self.channel.startswith("D") else "none_here"
        inquiry = self.services.inquiries.get(found) if found is not None else None
        return inquiry or self.reader.say(f"wrong.{key}", bot=f"<@{self.bot_user}>")


def asker_of(reader: Reader, now_ms: int) -> Asker:
    """Return how a person's words about time are read: in their zone, by their country's working days."""
    days = working_days_of(country_of_zone(reader.zone.key))
    return Asker(now_ms=now_ms, zone=reader.zone, locale=reader.locale, days=days)
