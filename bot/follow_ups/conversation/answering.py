"""Every wish about follow-ups that is put in words, and its answer; `handlers/` says it to the one person."""

from bot.advice.blocks import section
from bot.advice.escape import harmless_mrkdwn
from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.command import Command, Help, List, Mark, Set, StartPlan, Unclear
from bot.follow_ups.conversation.echo import sentence_form
from bot.follow_ups.conversation.keeping import answer_list, answer_mark
from bot.follow_ups.conversation.planning import answer_plan
from bot.follow_ups.conversation.setting import ARGUMENT, answer_set
from bot.outbox.model import Form


def answer(caller: Caller, asked: Command) -> Form:
    """Do what was asked and return what to say."""
    match asked:
        case Help():
            return help_form(caller)
        case List():
            return answer_list(caller)
        case Mark():
            return answer_mark(caller, asked)
        case StartPlan():
            return answer_plan(caller, asked)
        case Set():
            return answer_set(caller, asked)
        case Unclear():
            return _unclear(caller, asked)


def help_form(caller: Caller) -> Form:
    """Return how follow-ups are set, in the person's language with the other one's words beside it."""
    says = caller.reader.say("help")
    return Form(says, (section(says),))


def _unclear(caller: Caller, asked: Unclear) -> Form:
    argument = harmless_mrkdwn(asked.argument, ARGUMENT)
    key = f"wrong.{asked.key}" if argument else f"wrong.{asked.key}_missing"
    return sentence_form(caller.reader.say(key, argument=argument))
