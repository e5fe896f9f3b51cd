"""People change their profile: a new zone or language holds from then on."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.people import Profile
from bot.services import Services


def register(app: App, services: Services) -> None:
    """Listen for changes of profiles."""

    @app.event("user_change")
    def changed(event: dict[str, Any], context: BoltContext) -> None:
        user = event["user"]
        told = Profile(user.get("locale"), user.get("tz"))
        services.people.heard(str(context.team_id), str(user["id"]), told)
