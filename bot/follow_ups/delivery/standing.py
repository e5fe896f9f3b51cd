"""What stands about an inquiry besides the advice: its state, its plan, its next reminder. For its card."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.advice.model import Standing
from bot.follow_ups.delivery.opening import NEW
from bot.follow_ups.moment import short_moment
from bot.follow_ups.promises.model import PlanRecord, Reminder
from bot.follow_ups.promises.states import we_owe
from bot.services import Services
from bot.storage.model import InquiryRecord
from bot.texts import Language


def standing_of(services: Services, inquiry: InquiryRecord, language: Language) -> Standing:
    """Return what stands now, worded; whatever changes it renews the card."""
    return Standing(tuple(_lines(services, inquiry, language)))


def _lines(services: Services, inquiry: InquiryRecord, language: Language) -> Iterator[str]:
    if inquiry.state != NEW:
        yield _state(services, inquiry, language)
    if plan := services.plans.active(inquiry.id):
        yield from _plan(services, plan, language)
    waiting = [
        one for one in services.reminders.of_inquiry(inquiry.id) if one.is_waiting and one.plan_id is None
    ]
    if waiting:
        yield _reminder(services, waiting, language)


def _state(services: Services, inquiry: InquiryRecord, language: Language) -> str:
    user = inquiry.owner or inquiry.posted_by
    name = services.say(f"state.{inquiry.state}", language)
    stands = {"state": name, "when": _when(services, inquiry.team, user, inquiry.state_at, language)}
    if we_owe(inquiry) and inquiry.buyer_replied_at:
        replied = _when(services, inquiry.team, user, inquiry.buyer_replied_at, language)
        return services.say("state.stands_replied", language, replied=replied, **stands)
    return services.say("state.stands", language, **stands)


def _plan(services: Services, plan: PlanRecord, language: Language) -> Iterator[str]:
    step = services.plans.next_step(plan.id)
    if step is None or step.step is None:
        return
    situations = services.knowledge.situations.values()
    count = max(len(one.touches) for one in situations if one.plan == plan.plan)
    yield services.say(
        "plan.next",
        language,
        step=services.say(f"reminder.step_{plan.plan}", language, number=step.step + 1, count=count),
        when=_when(services, step.team, step.owner, step.due_at, language),
        owner=f"<@{step.owner}>",
    )


def _reminder(services: Services, waiting: list[Reminder], language: Language) -> str:
    first = waiting[0]
    when = _when(services, first.team, first.owner, first.due_at, language)
    key = "state.reminder_first" if len(waiting) > 1 else "state.reminder"
    more = len(waiting) - 1
    return services.say(key, language, when=when, owner=f"<@{first.owner}>", more=more)


def _when(services: Services, team: str, user: str | None, at_ms: int, language: Language) -> str:
    zone = services.people.zone_of(team, user) if user else ZoneInfo("UTC")
    short = short_moment(at_ms, zone, language, services.clock.now_ms())
    return services.say("state.in_zone", language, when=short, zone=zone.key)
