"""One thin file per Slack surface: payload in, domain call, nothing decided here."""

from collections.abc import Callable

from slack_bolt import App

from bot.services import Services
from handlers import (
    actions,
    commands,
    errors,
    home,
    installation,
    membership,
    mentions,
    messages,
    shortcuts,
    unheard,
    views,
)


def register(app: App, services: Services, forget: Callable[[str], None]) -> None:
    """Listen on every surface; `forget` is called with a workspace the app was taken out of."""
    for surface in (messages, mentions, commands, shortcuts, actions, views, home, errors):
        surface.register(app, services)
    membership.register(app)
    installation.register(app, forget)
    unheard.register(app)  # last: the first listener that fits an event gets it
