"""One thin file per Slack surface: payload in, domain call, nothing decided here."""

from collections.abc import Callable

from slack_bolt import App

from bot.services import Services
from handlers import (
    actions,
    commands,
    errors,
    follow_up_actions,
    follow_up_views,
    followup,
    held,
    home,
    installation,
    membership,
    mentions,
    messages,
    profiles,
    shortcuts,
    unheard,
    views,
)

# In each pair the second one answers what the first one does not know.
SURFACES = (
    messages,
    mentions,
    commands,
    followup,
    shortcuts,
    held,
    *(follow_up_actions, actions),
    *(follow_up_views, views),
    home,
    profiles,
    errors,
)


def register(app: App, services: Services, forget: Callable[[str], None]) -> None:
    """Listen on every surface; `forget` is called with a workspace the app was taken out of."""
    for surface in SURFACES:
        surface.register(app, services)
    membership.register(app)
    installation.register(app, forget)
    unheard.register(app)  # last: the first listener that fits an event gets it
