"""Buttons of an advice card that move an inquiry on: reminders, states, plans, who takes care of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.advice import actions as names
from bot.advice.blocks import actions, button, section
from bot.follow_ups.conversation.actions import unpacked
from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.choosing import new_dialog
from bot.follow_ups.conversation.echo import sentence_form
from bot.follow_ups.conversation.offer import PLAN_AFTER, offer_plan
from bot.follow_ups.conversation.planning import PlanWish, start_plan
from bot.follow_ups.conversation.setting import echo
from bot.follow_ups.delivery.card_actions import ACTION_NO_PLAN, ACTION_START_PLAN
from bot.follow_ups.delivery.state_view import state_view
from bot.follow_ups.moment import days_later
from bot.follow_ups.promises.states import we_owe
from bot.outbox.model import Form
from bot.storage.model import InquiryRecord
from handlers.click import Click


def remind_in(days: int) -> Callable[[Click], None]:
    """Return what the button of so many days does: it promises a reminder, and says which one stands."""

    def on_days(click: Click) -> None:
        if inquiry := click.inquiry(click.value):
            _remind(click, inquiry, days)

    return on_days


def on_choose(click: Click) -> None:
    """Ask for day, time and note of a reminder."""
    if inquiry := click.inquiry(click.value):
        view = new_dialog(click.caller(), inquiry, click.place())
        if isinstance(view, str):
            click.whisper(view)
        else:
            click.open(view)


def sent(state: str) -> Callable[[Click], None]:
    """Return what "Quotation sent" or "Samples sent" does: it sets the state and offers the plan."""

    def on_sent(click: Click) -> None:
        if inquiry := click.inquiry(click.value):
            click.tell(move_on(click.caller(), inquiry, state))

    return on_sent


def move_on(caller: Caller, inquiry: InquiryRecord, state: str) -> Form:
    """Set the state of an inquiry, and return what there is to say; setting it anew does no harm."""
    said = _set_state(caller, inquiry, state)
    plan = PLAN_AFTER.get(state)
    return offer_plan(caller, inquiry, plan, said) if plan else sentence_form(said)


def on_start_plan(click: Click) -> None:
    """Start the plan that was offered."""
    try:
        fields = unpacked(click.value)
        wish_of = {"plan": fields["plan"], "owner": str(fields["o"])}
        number, once = str(fields["i"]), str(fields["n"])
    except (ValueError, KeyError):
        click.whisper(click.say("modal.inquiry_gone"))
        return
    if inquiry := click.inquiry(number):
        click.replace(start_plan(click.caller(once), PlanWish(inquiry, **wish_of)))


def on_no_plan(click: Click) -> None:
    """Let the offer go."""
    try:
        name = str(unpacked(click.value)["plan"])
    except (ValueError, KeyError):
        name = "quote"
    click.replace(sentence_form(click.say("plan.declined", name=name)))


def ask_state(click: Click, inquiry: InquiryRecord) -> None:
    """Ask where the inquiry stands."""
    click.open(state_view(inquiry.id, inquiry.state, click.language))


def take(click: Click, inquiry: InquiryRecord) -> None:
    """Make the person the owner, unless somebody is; then that may be taken over with another click."""
    if inquiry.owner == click.user:
        click.whisper(click.say("modal.taken_already"))
    elif inquiry.owner:
        said = click.say("modal.taken_by_other", owner=f"<@{inquiry.owner}>")
        over = button(click.say("modal.take_over"), names.ACTION_TAKE_OVER, str(inquiry.id))
        click.tell(Form(said, (section(said), actions(over))))
    else:
        click.whisper(_take(click, inquiry))


def on_take_over(click: Click) -> None:
    """Take an inquiry over from a colleague."""
    if inquiry := click.inquiry(click.value):
        is_own = inquiry.owner == click.user
        said = click.say("modal.taken_already") if is_own else _take(click, inquiry)
        click.replace(sentence_form(said))


def _remind(click: Click, inquiry: InquiryRecord, days: int) -> None:
    caller = click.caller()
    zone = caller.reader.zone
    due_at = days_later(caller.now_ms, days, zone)
    reminders = click.services.reminders
    made = reminders.promise(inquiry, owner=click.user, by=click.user, due_at=due_at, zone=zone)
    if made.is_new:
        click.services.renew_card(inquiry, by=click.user)
    if reminder := reminders.get(click.team, made.id):
        opening = "set" if made.is_new else "stands"
        click.tell(echo(caller, reminder, inquiry, opening, instead=_working_day(caller, made.due_at)))


def _working_day(caller: Caller, due_at: int) -> tuple[int, ...]:
    """Return the same hour of the next working day, should the day be none."""
    zone = caller.reader.zone
    local = datetime.fromtimestamp(due_at / 1000, UTC).astimezone(zone)
    free_days = (caller.asker.days.next_working(local.date()) - local.date()).days
    return (days_later(due_at, free_days, zone),) if free_days else ()


def _set_state(caller: Caller, inquiry: InquiryRecord, state: str) -> str:
    services, spoken = caller.services, caller.reader.language
    name = services.say(f"state.{state}", spoken)
    if state == inquiry.state and not (we_owe(inquiry) and state != "new"):
        return services.say("state.same", spoken, state=name, when=caller.reader.when(inquiry.state_at))
    ended = services.states.set_state(inquiry, state, caller.user)
    services.renew_card(inquiry, by=caller.user)
    said = services.say("state.set", spoken, state=name)
    if ended and ended.left_out:
        return services.say("state.plan_ended", spoken, said=said, count=ended.left_out)
    return said


def _take(click: Click, inquiry: InquiryRecord) -> str:
    services = click.services
    before = {one.id for one in services.reminders.of_inquiry(inquiry.id) if one.owner == click.user}
    owner = services.plans.take(inquiry, click.user)
    if owner != click.user:
        return click.say("modal.taken_by_other", owner=f"<@{owner}>")
    services.renew_card(inquiry, by=click.user)
    mine = {one.id for one in services.reminders.of_inquiry(inquiry.id) if one.owner == click.user}
    count = len(mine - before)
    return click.say("modal.taken_with", count=count) if count else click.say("modal.taken")


BUTTONS: Mapping[str, Callable[[Click], None]] = {
    **{names.in_days(days): remind_in(days) for days in names.DAYS},
    names.ACTION_CHOOSE: on_choose,
    names.ACTION_QUOTATION_SENT: sent("quoted"),
    names.ACTION_SAMPLES_SENT: sent("sample_sent"),
    names.ACTION_TAKE_OVER: on_take_over,
    ACTION_START_PLAN: on_start_plan,
    ACTION_NO_PLAN: on_no_plan,
}
