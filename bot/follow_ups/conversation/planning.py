"""Starts and stops plans as people ask for it, and shows the dates of every step before the first comes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.advice.blocks import Block, Line, Run, actions, button, context, rich, rich_bullets, section
from bot.follow_ups.calendar.steps import Step, moved_says
from bot.follow_ups.conversation.actions import (
    ACTION_PLAN_KEEP,
    ACTION_PLAN_REPLACE,
    ACTION_PLAN_STOP,
    packed,
)
from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.command import PlanName, StartPlan
from bot.follow_ups.conversation.echo import sentence_form
from bot.follow_ups.conversation.setting import wrong_person
from bot.follow_ups.promises.model import PlanRecord, Reminder
from bot.follow_ups.promises.plans import Standing, Started
from bot.outbox.model import Form
from bot.storage.model import InquiryRecord


@dataclass(frozen=True, slots=True)
class PlanWish:
    """A plan somebody wants."""

    inquiry: InquiryRecord
    plan: PlanName
    owner: str


def answer_plan(caller: Caller, asked: StartPlan) -> Form:
    """Start a plan, or ask before it takes the place of one that runs."""
    inquiry = caller.inquiry_meant(asked.place)
    if isinstance(inquiry, str):
        return sentence_form(inquiry)
    if wrong := wrong_person(caller, asked.person):
        return sentence_form(wrong)
    owner = asked.person or inquiry.owner or caller.user
    return start_plan(caller, PlanWish(inquiry, asked.plan, owner))


def start_plan(caller: Caller, wish: PlanWish, *, replaces: bool = False) -> Form:
    """Start a plan once, and say what it does on which day."""
    if unknown := caller.no_zone(wish.owner):
        return sentence_form(unknown)
    begun = caller.services.plans.start(
        wish.inquiry, wish.plan, owner=wish.owner, by=caller.user, once=caller.once, replace=replaces
    )
    if begun is None:
        return sentence_form(caller.reader.say("wrong.clicked_before"))
    if isinstance(begun, Standing):
        return _question(caller, wish, begun.record)
    caller.services.renew_card(wish.inquiry, by=caller.user)
    return _started_form(caller, wish, begun)


def stop_plan(caller: Caller, inquiry: InquiryRecord) -> str:
    """Stop the plan of an inquiry; return the sentence that says so."""
    ended = caller.services.plans.stop(inquiry.id, because="stopped", by=caller.user)
    if ended is None:
        return caller.reader.say("plan.none_runs", inquiry=caller.name(inquiry))
    caller.services.renew_card(inquiry, by=caller.user)
    return caller.reader.say("plan.stopped", inquiry=caller.name(inquiry), left=ended.left_out)


def keep_plan(caller: Caller, inquiry: InquiryRecord) -> str:
    """Return the sentence that the plan which runs goes on."""
    return caller.reader.say("plan.kept", inquiry=caller.name(inquiry))


def step_lines(caller: Caller, steps: Sequence[Step]) -> list[Line]:
    """Return each step of a plan as a line: its day, what moved it, what to do."""
    reader = caller.reader
    lines: list[Line] = []
    for step in steps:
        moved = moved_says(step, reader.language)
        day = reader.when_short(step.due_at, caller.now_ms) + (f" ({moved})" if moved else "")
        lines.append((Run(f"{day}  ", bold=True), Run(step.touch.says.in_(reader.language))))
    return lines


def step_says(caller: Caller, reminder: Reminder) -> str:
    """Return which step of which plan a reminder is; "" for one a person set."""
    if reminder.inquiry_id is None or reminder.step is None:
        return ""
    plan = caller.services.plans.active(reminder.inquiry_id)
    if plan is None or plan.id != reminder.plan_id:
        return ""
    situations = caller.services.knowledge.situations.values()
    count = max((len(one.touches) for one in situations if one.plan == plan.plan), default=0)
    return caller.reader.say(f"plan.step_{plan.plan}", number=reminder.step + 1, count=count)


def _started_form(caller: Caller, wish: PlanWish, begun: Started) -> Form:
    reader = caller.reader
    whom = "me" if wish.owner == caller.user else "other"
    opening = reader.say(
        f"plan.{wish.plan}_{whom}",
        inquiry=caller.name(wish.inquiry),
        owner=f"<@{wish.owner}>",
        count=len(begun.steps),
    )
    blocks: list[Block] = [section(opening), rich(rich_bullets(step_lines(caller, begun.steps)))]
    blocks.append(context(*_small_print(caller, begun)))
    stop = button(reader.say("button.stop_plan"), ACTION_PLAN_STOP, packed(i=wish.inquiry.id))
    return Form(opening, (*blocks, actions(stop)))


def _small_print(caller: Caller, begun: Started) -> Iterator[str]:
    if begun.replaced:
        yield caller.reader.say("plan.replaced", left=begun.replaced.left_out)
    yield caller.reader.say("plan.ends")


def _question(caller: Caller, wish: PlanWish, standing: PlanRecord) -> Form:
    reader = caller.reader
    question = reader.say(
        f"plan.runs_{standing.plan}",
        inquiry=caller.name(wish.inquiry),
        left=caller.services.plans.steps_left(standing.id),
        next=_next(caller, standing),
    )
    value = packed(
        i=wish.inquiry.id, plan=wish.plan, o=wish.owner, n=f"replace {caller.once}", was=standing.id
    )
    replace = button(reader.say("button.replace_plan"), ACTION_PLAN_REPLACE, value)
    keep = button(reader.say("button.keep_plan"), ACTION_PLAN_KEEP, value)
    return Form(question, (section(question), actions(replace, keep)))


def _next(caller: Caller, plan: PlanRecord) -> str:
    step = caller.services.plans.next_step(plan.id)
    return caller.reader.when_short(step.due_at, caller.now_ms) if step else "–"
