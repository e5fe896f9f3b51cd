"""The buttons of a reminder. Each leads to a changed card or to a sentence; a second press does no harm."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.follow_ups.conversation.choosing import change_dialog
from bot.follow_ups.delivery import card_actions as names
from bot.follow_ups.delivery.card import fresh_menus
from bot.follow_ups.delivery.card_actions import Snooze
from bot.follow_ups.moment import HOUR_MS, day_in_words, days_later, moment
from bot.follow_ups.promises.model import PlanRecord, Reminder
from bot.outbox.model import Form
from bot.storage.model import InquiryRecord
from bot.texts import Language
from handlers.click import Click

MORNING = time(9)
SNOOZED_DAYS = 3


@dataclass(frozen=True, slots=True)
class Pressed:
    """A click on a reminder its person may change. What all see is said in its owner's language and zone."""

    click: Click
    reminder: Reminder
    inquiry: InquiryRecord

    @property
    def language(self) -> Language:
        """The language of the card."""
        return self.click.services.people.language_of(self.reminder.team, self.reminder.owner)

    @property
    def zone(self) -> ZoneInfo:
        """The owner's: whoever snoozes it for them, "tomorrow 9:00" is theirs."""
        return self.click.services.people.zone_of(self.reminder.team, self.reminder.owner)

    def say(self, key: str, **values: object) -> str:
        """Return a sentence for the card."""
        return self.click.services.say(f"reminder.{key}", self.language, **values)

    def when(self, at_ms: int) -> str:
        """Return a moment for the card."""
        return moment(at_ms, self.zone, self.language)

    def settle(self) -> None:
        """Let the cards say what was done; that of the reminder was told of it with the deed."""
        self.click.services.renew_card(self.inquiry, by=self.click.user)
        if self.click.ts != self.reminder.delivered_ts:
            self.redraw()

    def redraw(self, said: str = "") -> None:
        """Have the card that was clicked say how the reminder stands."""
        self.click.services.reminders.redraw(self.reminder, self.click.channel, self.click.ts, said)

    def answer(self, key: str, **values: object) -> None:
        """Say a sentence to the person alone."""
        self.click.whisper(self.click.say(f"reminder.{key}", **values))

    def refuse(self) -> None:
        """Say why nothing was done; a card that does not show it yet is put right."""
        fresh = self.click.services.reminders.get(self.reminder.team, self.reminder.id) or self.reminder
        if fresh.is_in_flight:
            self.answer("on_its_way")
            return
        self.redraw()
        if fresh.is_waiting:
            self.answer("waits_already", when=self.click.caller().reader.when(fresh.due_at))
        else:
            self.answer("done_already")


def on_done(click: Click) -> None:
    """Note that the person is done with a reminder; where the answer was ours, it counts as given."""
    if pressed := _pressed(click, click.value):
        if click.services.reminders.close(pressed.reminder, click.user):
            pressed.settle()
        else:
            pressed.refuse()


def on_snooze(click: Click) -> None:
    """Let a reminder come again later, or ask when."""
    try:
        choice, number = names.parse_snooze(click.value)
    except ValueError:
        click.whisper(click.say("reminder.unknown"))
        return
    if pressed := _pressed(click, number):
        if pressed.reminder.is_waiting or not pressed.reminder.is_open:
            pressed.refuse()
        else:
            SNOOZES[choice](pressed)


def on_buyer_replied(click: Click) -> None:
    """Note that the buyer wrote back: the plan ends, and the next word is ours."""
    if pressed := _pressed(click, click.value):
        if not pressed.reminder.is_open:
            pressed.refuse()
            return
        click.services.states.buyer_replied(pressed.inquiry, click.user)
        click.services.reminders.cancel(pressed.reminder, click.user, ended="replied")
        pressed.settle()


def on_stop_plan(click: Click) -> None:
    """Stop the plan a reminder is a step of."""
    if pressed := _pressed(click, click.value):
        if _plan(pressed) is None:
            pressed.answer("no_plan")
            pressed.redraw()
            return
        click.services.plans.stop(pressed.inquiry.id, because="stopped", by=click.user)
        pressed.settle()


def on_arrived(click: Click) -> None:
    """Count the later steps from the day the samples arrived."""
    if pressed := _pressed(click, names.reminder_of_block(click.block_id)):
        plan, day = _plan(pressed), _day(click.value)
        if plan is None or day is None:
            pressed.answer("no_plan" if plan is None else "no_such_day")
            return
        click.services.plans.arrived(plan.id, day)
        click.services.renew_card(pressed.inquiry, by=click.user)
        pressed.redraw(_arrival(pressed, plan, day))


def _pressed(click: Click, number: str) -> Pressed | None:
    """Return the click with its reminder; None, with a sentence, for what is gone or another's."""
    services = click.services
    is_number = number.isascii() and number.isdigit() and len(number) <= names.MOST_DIGITS
    reminder = services.reminders.get(click.team, int(number)) if is_number else None
    inquiry = services.inquiries.get(reminder.inquiry_id) if reminder and reminder.inquiry_id else None
    if reminder is None or inquiry is None:
        click.whisper(click.say("reminder.unknown"))
        return None
    if not services.reminders.may_change(reminder, inquiry, click.user):
        click.whisper(click.say("reminder.not_yours", owner=f"<@{reminder.owner}>"))
        return None
    return Pressed(click, reminder, inquiry)


def _plan(pressed: Pressed) -> PlanRecord | None:
    """Return the plan the reminder is a step of, while it runs."""
    plan = pressed.click.services.plans.active(pressed.inquiry.id)
    return plan if plan and plan.id == pressed.reminder.plan_id else None


def _snooze_to(due_at: Callable[[Pressed], int]) -> Callable[[Pressed], None]:
    def snooze(pressed: Pressed) -> None:
        click, at = pressed.click, due_at(pressed)
        if not click.services.reminders.snooze(pressed.reminder, at, click.user):
            pressed.refuse()
            return
        pressed.settle()

    return snooze


def _snooze_to_the_morning(pressed: Pressed) -> None:
    if unknown := pressed.click.caller().no_zone(pressed.reminder.owner):
        pressed.click.whisper(unknown)
    else:
        _snooze_to(_tomorrow)(pressed)


def _ask_when(pressed: Pressed) -> None:
    click = pressed.click
    view = change_dialog(click.caller(), {"r": pressed.reminder.id}, click.place())
    if isinstance(view, str):
        click.whisper(view)
        return
    click.open(view)
    # A menu that shows a choice does not take the same one again.
    click.change(Form(click.text, fresh_menus(click.blocks, click.services.clock.now_ms())))


def _in_an_hour(pressed: Pressed) -> int:
    return pressed.click.services.clock.now_ms() + HOUR_MS


def _tomorrow(pressed: Pressed) -> int:
    zone, now_ms = pressed.zone, pressed.click.services.clock.now_ms()
    today = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone).date()
    morning = datetime.combine(today + timedelta(days=1), MORNING, zone)
    return int(morning.timestamp() * 1000)


def _in_days(pressed: Pressed) -> int:
    return days_later(pressed.click.services.clock.now_ms(), SNOOZED_DAYS, pressed.zone)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _arrival(pressed: Pressed, plan: PlanRecord, day: date) -> str:
    click, language = pressed.click, pressed.language
    step = click.services.plans.next_step(plan.id)
    values = {"day": day_in_words(day, language), "user": f"<@{click.user}>"}
    key = "arrived_on" if step else "arrived_last"
    return pressed.say(key, when=pressed.when(step.due_at) if step else "", **values)


SNOOZES: Mapping[Snooze, Callable[[Pressed], None]] = {
    "hour": _snooze_to(_in_an_hour),
    "tomorrow": _snooze_to_the_morning,
    "days": _snooze_to(_in_days),
    "choose": _ask_when,
}
BUTTONS: Mapping[str, Callable[[Click], None]] = {
    names.ACTION_DONE: on_done,
    names.ACTION_SNOOZE: on_snooze,
    names.ACTION_BUYER_REPLIED: on_buyer_replied,
    names.ACTION_STOP_PLAN: on_stop_plan,
    names.ACTION_ARRIVED: on_arrived,
}
