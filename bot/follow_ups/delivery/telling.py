"""What a reminder has to tell at the moment it is said, gathered from everything that is known then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot import texts
from bot.advice.draft import follow_up_draft
from bot.advice.escape import harmless_mrkdwn
from bot.advice.limits import clip_escaped
from bot.advice.model import Advice, ReplyDraft
from bot.advice.wording import emoji_of, language_name, type_name
from bot.follow_ups.calendar.calendars import buyer_country, calendar_of
from bot.follow_ups.calendar.countries import hour_there
from bot.follow_ups.calendar.steps import moved_says, steps_of
from bot.follow_ups.delivery.card import SENTENCE, Told
from bot.follow_ups.delivery.opening import debt_of, opening
from bot.follow_ups.delivery.recall import line_to_recall
from bot.follow_ups.moment import MINUTE_MS, hour_of_week, moment, span
from bot.follow_ups.naming import addressed, product_of
from bot.follow_ups.promises.model import PlanRecord, Reminder
from bot.follow_ups.promises.states import CLOSED, we_owe
from bot.services import Services
from bot.storage.model import InquiryRecord
from bot.texts import Language
from knowledge.content import LATE_ANSWER, NUDGE, Situation, Touch
from knowledge.model import NOT_AN_INQUIRY, Facts

LATE_FROM_MS = 2 * MINUTE_MS  # less is the normal way of a full channel
LATE_AWAKE_MS = 2_000  # but not of a bot that was not there when it was due
PRODUCT = 80  # units


@dataclass(frozen=True, slots=True)
class Case:
    """A reminder with all that belongs to it; without advice where the buyer's words are erased."""

    services: Services
    reminder: Reminder
    inquiry: InquiryRecord
    advice: Advice | None
    plan: PlanRecord | None
    language: Language
    now_ms: int
    awake_since: int = 0  # since when the bot speaks, epoch ms

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of reminders."""
        return texts.load().say(f"reminder.{key}", self.language, **values)

    @property
    def situation(self) -> Situation | None:
        """The silence its plan is made for."""
        situations = self.services.knowledge.situations.values()
        return next((one for one in situations if self.plan and one.plan == self.plan.plan), None)

    @property
    def touch(self) -> Touch | None:
        """The step of the plan it is; None for a reminder a person set, and for a step the plan lost."""
        touches, step = (self.situation.touches if self.situation else ()), self.reminder.step
        return touches[step] if step is not None and step < len(touches) else None


def case_of(services: Services, reminder: Reminder, inquiry: InquiryRecord, language: Language) -> Case:
    """Return a reminder with all that belongs to it as of now."""
    plan = services.plans.active(inquiry.id) if reminder.plan_id is not None else None
    return Case(
        services=services,
        reminder=reminder,
        inquiry=inquiry,
        advice=services.advice_on(inquiry, language),
        plan=plan if plan and plan.id == reminder.plan_id else None,
        language=language,
        now_ms=services.clock.now_ms(),
    )


def told(case: Case, *, is_late_told: bool = True) -> Told:
    """Return what to tell; a card that is only renewed does not say again how late it came."""
    draft = _draft(case)
    spoken = language_name(draft.language, case.language) if draft else ""
    is_own = case.reminder.created_by in (None, case.reminder.owner)
    return Told(
        opening=_opening(case),
        circumstances=tuple(line for line in _circumstances(case, is_late_told) if line),
        late=_late_shortly(case) if is_late_told else "",
        words=line_to_recall(case.advice.reading.text) if case.advice else "",
        note_title=case.say("note" if is_own else "note_of_other"),
        note=case.reminder.note,
        to_do=_to_do(case),
        draft_title=case.say("draft_in", spoken=spoken),
        draft=draft.text if draft else "",
        answer_to=_answer_to(case),
        has_plan=case.plan is not None,
        asks_for_arrival=_asks_for_arrival(case),
        arrived_on=_arrived_on(case.plan),
    )


def _opening(case: Case) -> str:
    sent = (case.plan.plan, case.plan.started_at) if case.plan else None
    debt = debt_of(case.inquiry, case.now_ms, sent)
    buyer = addressed(case.inquiry)
    return opening(case.reminder.owner, buyer, case.inquiry, debt, case.now_ms, case.language)


def _circumstances(case: Case, is_late_told: bool) -> Iterator[str]:
    if product := product_of(case.inquiry):
        yield case.say("about_product", product=harmless_mrkdwn(product, PRODUCT))
    yield _type(case)
    yield case.say("came_in", age=span(max(case.now_ms - case.inquiry.received_at, 0), case.language))
    yield _step(case)
    yield clip_escaped(_moved(case), SENTENCE)
    yield _there(case)
    if case.reminder.created_by not in (None, case.reminder.owner):
        yield case.say("set_by", user=f"<@{case.reminder.created_by}>")
    if is_late_told:
        yield clip_escaped(_late(case), SENTENCE)
    if case.advice and case.advice.dangers:
        yield case.say("danger")


def _type(case: Case) -> str:
    shown = case.inquiry.corrected_type or case.inquiry.buyer_type
    if shown is None:
        return ""
    knowledge = case.services.knowledge
    name = type_name(knowledge, shown, case.language)
    return clip_escaped(case.say("about_type", emoji=emoji_of(knowledge, shown), type=name), SENTENCE)


def _step(case: Case) -> str:
    if case.plan is None or case.situation is None or case.reminder.step is None:
        return ""
    count = len(case.situation.touches)
    return case.say(f"step_{case.plan.plan}", number=case.reminder.step + 1, count=count)


def _moved(case: Case) -> str:
    """Return why the step comes on another day than the plan names, reckoned as the plan reckoned it."""
    plan, situation, number = case.plan, case.situation, case.reminder.step
    if plan is None or situation is None or number is None:
        return ""
    calendar = calendar_of(case.services.people, case.inquiry, case.reminder.owner)
    steps = steps_of(
        situation,
        started_ms=plan.started_at,
        zone=calendar.zone,
        owner_days=calendar.owner_days,
        buyer_days=calendar.buyer_days,
        arrived_on=_arrived_on(plan),
    )
    step = next((one for one in steps if one.number == number), None)
    is_as_reckoned = step is not None and step.due_at == case.reminder.due_at
    return moved_says(step, case.language) if step and is_as_reckoned else ""


def _there(case: Case) -> str:
    country = buyer_country(case.inquiry)
    there = hour_there(country, case.now_ms) if country else None
    return case.say("there", time=hour_of_week(there, case.language)) if there else ""


def _late(case: Case) -> str:
    if not (late := _late_by(case)):
        return ""
    zone = case.services.people.zone_of(case.reminder.team, case.reminder.owner)
    due = moment(case.reminder.due_at, zone, case.language)
    return case.say("late", late=late, when=due)


def _late_shortly(case: Case) -> str:
    late = _late_by(case)
    return case.say("late_shortly", late=late) if late else ""


def _late_by(case: Case) -> str:
    """Return by how much it comes late, "" where that is nothing to speak of."""
    late_ms = case.now_ms - case.reminder.due_at
    is_late_start = case.reminder.due_at < case.awake_since and late_ms >= LATE_AWAKE_MS
    if late_ms < LATE_FROM_MS and not is_late_start:
        return ""
    return span(late_ms, case.language) if late_ms >= MINUTE_MS else case.say("under_a_minute")


def _asks_for_arrival(case: Case) -> bool:
    """Tell whether a later step still hangs on the day the samples arrived."""
    if case.plan is None or case.plan.plan != "sample" or case.situation is None:
        return False
    return case.reminder.step is not None and case.reminder.step + 1 < len(case.situation.touches)


def _to_do(case: Case) -> str:
    if case.touch:
        return case.touch.says.in_(case.language)
    if case.inquiry.state in CLOSED:
        return ""
    return _next_step(case) if we_owe(case.inquiry) else case.say("nudge")


def _next_step(case: Case) -> str:
    if case.advice:
        return case.advice.next_step
    known = case.services.knowledge.types.get(case.inquiry.corrected_type or case.inquiry.buyer_type or "")
    return known.next_step.in_(case.language) if known else ""


def _draft(case: Case) -> ReplyDraft | None:
    """Return the mail that fits the moment; none where a warning stands or nothing is to be written."""
    if not _is_to_be_written_to(case):
        return None
    facts = case.advice.verdict.facts if case.advice else Facts()
    return follow_up_draft(case.services.knowledge, facts, case.inquiry.language or "en", _draft_name(case))


def _draft_name(case: Case) -> str:
    if case.touch:
        return case.touch.draft
    return LATE_ANSWER if we_owe(case.inquiry) else NUDGE


def _answer_to(case: Case) -> int | None:
    """Return the inquiry whose whole answer can be opened: while we owe it, and there is a draft."""
    is_due = _is_to_be_written_to(case) and case.touch is None and we_owe(case.inquiry)
    return case.inquiry.id if is_due and case.advice and case.advice.reply_draft else None


def _is_to_be_written_to(case: Case) -> bool:
    shown = case.inquiry.corrected_type or case.inquiry.buyer_type
    is_over = case.inquiry.state in CLOSED or shown == NOT_AN_INQUIRY
    return not is_over and not (case.advice and case.advice.dangers)


def _arrived_on(plan: PlanRecord | None) -> date | None:
    if plan is None or plan.arrived_on is None:
        return None
    return datetime.fromtimestamp(plan.arrived_on / 1000, UTC).date()
