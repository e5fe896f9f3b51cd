"""auth, apps, views, reactions and files."""

from bot.local_slack.model import Json, Refused
from bot.local_slack.parts import Args, Parts


def auth_test(parts: Parts, args: Args) -> Json:
    """auth.test."""
    here = parts.here
    return {
        "url": f"https://{here.domain}.slack.com/",
        "team": here.team_name,
        "user": parts.workspace.user(here.bot_user).name,
        "team_id": here.team,
        "user_id": here.bot_user,
        "bot_id": here.bot,
        "is_enterprise_install": False,
    }


def open_connection(parts: Parts, args: Args) -> Json:
    """apps.connections.open."""
    return {"url": parts.socket_address()}


def open_view(parts: Parts, args: Args) -> Json:
    """views.open."""
    user = parts.triggers.spend(args.need("trigger_id"))
    return {"view": parts.views.open(user, args.value("view", "invalid_arguments"))}


def push_view(parts: Parts, args: Args) -> Json:
    """views.push."""
    user = parts.triggers.spend(args.need("trigger_id"))
    return {"view": parts.views.push(user, args.value("view", "invalid_arguments"))}


def update_view(parts: Parts, args: Args) -> Json:
    """views.update."""
    view = args.value("view", "invalid_arguments")
    return {
        "view": parts.views.update(args.text("view_id"), args.text("external_id"), view, args.text("hash"))
    }


def publish_view(parts: Parts, args: Args) -> Json:
    """views.publish."""
    return {"view": parts.views.publish(args.need("user_id"), args.value("view", "invalid_arguments"))}


def add_reaction(parts: Parts, args: Args) -> Json:
    """reactions.add."""
    parts.need("reactions:write")
    channel, name = parts.joined(args.need("channel")), args.need("name")
    with parts.workspace.changed:
        message = parts.workspace.message(channel.id, args.need("timestamp"))
        reactions = message.setdefault("reactions", [])
        if any(r["name"] == name and parts.here.bot_user in r["users"] for r in reactions):
            raise Refused("already_reacted")
        reactions.append({"name": name, "users": [parts.here.bot_user], "count": 1})
        parts.workspace.touch()
    return {}


def remove_reaction(parts: Parts, args: Args) -> Json:
    """reactions.remove."""
    parts.need("reactions:write")
    channel, name = parts.joined(args.need("channel")), args.need("name")
    with parts.workspace.changed:
        message = parts.workspace.message(channel.id, args.need("timestamp"))
        own = [r for r in message.get("reactions", ()) if r["name"] == name]
        if not own:
            raise Refused("no_reaction")
        message["reactions"].remove(own[0])
        parts.workspace.touch()
    return {}


def file_info(parts: Parts, args: Args) -> Json:
    """files.info."""
    parts.need("files:read")
    file = parts.workspace.files.get(args.need("file"))
    if file is None:
        raise Refused("file_not_found")
    if file.answers == "gone":
        raise Refused("file_deleted")
    return {"file": file.about, "comments": [], "paging": {"count": 0, "total": 0, "page": 1, "pages": 0}}
