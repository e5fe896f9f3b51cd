"""Offers a plan where one fits: after a quotation, after samples. Every day it would remind on is shown."""

from bot.advice.blocks import actions, button, context, rich, rich_bullets, section
from bot.follow_ups.conversation.actions import packed
from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.command import PlanName
from bot.follow_ups.conversation.echo import sentence_form
from bot.follow_ups.conversation.planning import PlanWish, start_plan, step_lines
from bot.follow_ups.delivery.card_actions import ACTION_NO_PLAN, ACTION_START_PLAN
from bot.outbox.model import Form
from bot.storage.model import InquiryRecord

PLAN_AFTER: dict[str, PlanName] = {"quoted": "quote", "sample_sent": "sample"}


def offer_plan(caller: Caller, inquiry: InquiryRecord, plan: PlanName, said: str) -> Form:
    """Return `said` (mrkdwn) and the plan to start; while one runs, whether it is to be replaced."""
    wish = PlanWish(inquiry, plan, inquiry.owner or caller.user)
    if caller.services.plans.active(inquiry.id):
        question = start_plan(caller, wish)
        return Form(f"{said}\n{question.text}", (section(said), *question.blocks))
    return _offer(caller, wish, said)


def _offer(caller: Caller, wish: PlanWish, said: str) -> Form:
    if unknown := caller.no_zone(wish.owner):
        return sentence_form(f"{said}\n{unknown}")
    spoken = caller.reader.language
    say = caller.services.say
    owner = say("plan.me", spoken) if wish.owner == caller.user else f"<@{wish.owner}>"
    asked = f"{said}\n{say('plan.offer', spoken, owner=owner)}"
    steps = caller.services.plans.foreseen(wish.inquiry, wish.plan, owner=wish.owner)
    value = packed(i=wish.inquiry.id, plan=wish.plan, o=wish.owner, n=f"start {caller.once}")
    buttons = actions(
        button(say("plan.start", spoken), ACTION_START_PLAN, value, is_primary=True),
        button(say("plan.not_now", spoken), ACTION_NO_PLAN, value),
    )
    lines = rich(rich_bullets(step_lines(caller, steps)))
    return Form(asked, (section(asked), lines, context(say("plan.later", spoken)), buttons))
