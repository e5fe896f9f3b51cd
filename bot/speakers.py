"""Who finds the words for which kind of row."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.advice.speaker import AdviceSpeaker
from bot.follow_ups.buyer_mail.speaker import BuyerMailSpeaker
from bot.follow_ups.delivery.note import NoteSpeaker
from bot.follow_ups.delivery.redrawing import CardSpeaker
from bot.follow_ups.delivery.speaker import ReminderSpeaker
from bot.follow_ups.delivery.standing import standing_of
from bot.follow_ups.promises.held import HeldSpeaker
from bot.housekeeping import ForgetfulSpeaker
from bot.outbox.model import Kind, Speaker
from bot.services import Services


def speakers_of(services: Services, workspace_url: Callable[[str], str]) -> Mapping[Kind, Speaker]:
    """Return a speaker for every kind; `workspace_url` of a team is "" when unknown."""
    advice: Speaker = AdviceSpeaker(
        services.knowledge,
        services.inquiries,
        services.fetch,
        services.people,
        services.clock,
        partial(standing_of, services),
        services.correspondence.know,
    )
    if services.settings.retention_days == 0:
        advice = ForgetfulSpeaker(advice, services.inquiries)
    return {
        Kind.ADVICE: advice,
        Kind.ADVICE_UPDATE: advice,
        Kind.REMINDER: ReminderSpeaker(services),
        Kind.REMINDER_UPDATE: CardSpeaker(services),
        Kind.NOTE: NoteSpeaker(),
        Kind.HELD: HeldSpeaker(services),
        Kind.BUYER_MAIL: BuyerMailSpeaker(
            services.correspondence,
            services.inquiries,
            services.fetch,
            services.people,
            workspace_url,
            services.clock,
        ),
    }
