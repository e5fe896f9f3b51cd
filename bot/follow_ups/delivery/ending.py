"""What became of a reminder, in a sentence for its card: read from the database, so it can be said again."""

from bot.follow_ups.moment import moment
from bot.follow_ups.promises.model import PlanRecord, Reminder
from bot.services import Services
from bot.texts import Language

OPERATOR = "operator"  # `by` of the command line


def what_became(services: Services, reminder: Reminder, language: Language) -> str:
    """Return the sentence as mrkdwn for a reminder that is to come again, or that ended."""
    if reminder.closed_at is None:
        return _moved(services, reminder, language)
    plan = services.plans.get(reminder.plan_id) if reminder.plan_id is not None else None
    if reminder.ended is None and plan and plan.ended_at == reminder.closed_at:
        return _with_plan(services, plan, reminder, language)
    key = f"{reminder.ended or 'done'}_by" if reminder.ended != "answered" else "done_answered"
    return _said(services, key, reminder, reminder.closed_by, reminder.closed_at, language)


def _moved(services: Services, reminder: Reminder, language: Language) -> str:
    if reminder.has_come:
        return _said(services, "came_again", reminder, None, reminder.due_at, language)
    by = reminder.moved_by or reminder.owner
    return _said(services, "snoozed_by", reminder, by, reminder.due_at, language)


def _with_plan(services: Services, plan: PlanRecord, reminder: Reminder, language: Language) -> str:
    key = {
        "buyer_replied": "replied_by" if plan.ended_by else "replied_mail",
        "stopped": "stopped_by",
        "replaced": "replaced_by",
        "closed": "closed_by",
    }.get(plan.ended_because or "", "done_by")
    said = _said(services, key, reminder, plan.ended_by, plan.ended_at or 0, language)
    if not plan.left_out:
        return said
    return services.say("reminder.steps_left_out", language, said=said, count=plan.left_out)


def _said(
    services: Services, key: str, reminder: Reminder, by: str | None, at_ms: int, language: Language
) -> str:
    zone = services.people.zone_of(reminder.team, reminder.owner)
    operator = services.say("reminder.operator", language)
    user = operator if by in (None, OPERATOR) else f"<@{by}>"
    return services.say(f"reminder.{key}", language, user=user, when=moment(at_ms, zone, language))
